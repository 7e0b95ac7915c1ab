"""The "1357" clock of a case as four small steps with their dates, the current one lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.times import short_day_text
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock, StepClock
    from hotline_desk.ui.kit.style import Appearance

_HIGH = 76
_DOT = 11
_AXIS = 16


class ClockSteps(QWidget):
    """接收, 联系, 方案, 办结: a filled dot is done, a ring is due, its colour the card's."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._steps: tuple[tuple[str, str, str, StepClock | None], ...] = ()
        self._current: StepClock | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def show_clock(self, clock: Clock, case: Case) -> None:
        """Show how *clock* stands."""
        self._current = clock.current if clock.card or clock.pause is None else None
        received = ("接收", short_day_text(case.received), "", None)
        self._steps = (received, *(_step(step) for step in clock.steps))
        self.setAccessibleName("，".join(" ".join(step[:3]) for step in self._steps))
        self.setToolTip(
            "\n".join(
                f"{step.step}：{step.limit} 个工作日，期限 {step.due.isoformat()}"
                f"{'（暂估）' if step.estimated else ''}，用时 {step.used} 个工作日"
                f"{'，已尽联系义务' if step.only_tried else ''}"
                for step in clock.steps
            )
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, _HIGH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / len(self._steps)
        for at, (name, day, says, step) in enumerate(self._steps):
            place = QRect(round(at * wide), 0, round(wide), _HIGH)
            done = step is None or step.done is not None
            if at:
                painter.setPen(QPen(self._appearance.colour("accent" if done else "line"), 2))
                before = round(place.center().x() - wide + _DOT)
                painter.drawLine(before, _AXIS, place.center().x() - _DOT, _AXIS)
            self._paint_dot(painter, QPoint(place.center().x(), _AXIS), step, done=done)
            self._paint_words(painter, place, (name, day, says), step)
        painter.end()

    def _paint_dot(
        self, painter: QPainter, centre: QPoint, step: StepClock | None, *, done: bool
    ) -> None:
        lit = step is not None and step is self._current
        colour = self._appearance.colour(_colour(step) if lit else "accent" if done else "control")
        painter.setPen(QPen(colour, 3 if lit else 2))
        painter.setBrush(colour if done else self._appearance.colour("surface"))
        radius = _DOT // 2 + (2 if lit else 0)
        painter.drawEllipse(centre, radius, radius)

    def _paint_words(
        self,
        painter: QPainter,
        place: QRect,
        words: tuple[str, str, str],
        step: StepClock | None,
    ) -> None:
        lit = step is not None and step is self._current
        late = step is not None and step.card is Card.RED
        for line, text in enumerate(words):
            strong = lit and line < 2
            painter.setFont(font(tokens.META, strong=strong, figures=True))
            red = late and line == 2
            plain = "text" if line == 0 or lit else "quiet"
            painter.setPen(self._appearance.colour("red" if red else plain))
            row = QRect(place.x(), 28 + line * 16, place.width(), 16)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, text)


def _step(step: StepClock) -> tuple[str, str, str, StepClock]:
    if step.done is None:
        day = short_day_text(step.due) + ("估" if step.estimated else "")
        says = f"超期 {-step.left}" if step.left < 0 else f"{step.limit} 个工作日"
    else:
        day = f"✓ {short_day_text(step.done)}"
        says = "已尽义务" if step.only_tried else f"用 {step.used} 个工作日"
        says = says if step.on_time else f"超期 {-step.left}"
    return str(step.step), day, says, step


def _colour(step: StepClock | None) -> str:
    cards = {Card.RED: "red", Card.YELLOW: "yellow_card_text"}
    return cards.get(step.card, "accent") if step is not None else "accent"
