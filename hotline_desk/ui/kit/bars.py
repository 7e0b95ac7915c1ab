"""Bars beside each other's names: how one figure spreads; each opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.row_ground import paint_lit
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance

_NAME_LEAST, _NAME_MOST = 72, 200
_BAR = 14
_PICTURE_WIDTH = 720
_STEPS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Home: -1_000_000, Qt.Key.Key_End: 1_000_000,
}  # fmt: skip


MOST_IN_PICTURE = 200
"""More bars are no picture that fits on any paper."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart."""

    name: str
    value: float
    words: str
    """The value as it is read, with its share where it has one."""


class Bars(QWidget):
    """A row a bar; click, or Enter on the lit one, opens its rows."""

    opened = Signal(int)
    """Which bar, from the top."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._appearance = appearance
        self._lit = 0
        self._name = self._said = 0
        """The widths of the longest name and of the longest value."""
        self._longest = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("打开这一条后面的行（上下键选，回车打开）"))
        appearance.changed.connect(self.update)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown, from the top."""
        return self._bars

    @property
    def lit(self) -> int:
        """Which bar Enter opens."""
        return self._lit

    def show_bars(self, bars: tuple[Bar, ...], title: str) -> None:
        """Show *bars*; *title* is what a screen reader says of them."""
        self._bars = bars
        self._lit = min(self._lit, max(0, len(bars) - 1))
        names, values = QFontMetrics(font()), QFontMetrics(font(figures=True))
        named = max((names.horizontalAdvance(bar.name) for bar in bars), default=0)
        self._name = min(_NAME_MOST, max(_NAME_LEAST, named)) + 2 * tokens.SMALL
        self._said = max((values.horizontalAdvance(bar.words) for bar in bars), default=0)
        self._longest = max((bar.value for bar in bars), default=0.0) or 1.0
        self.setAccessibleName(title)
        self._say_lit()
        self.updateGeometry()
        self.update()

    def picture(self, title: str, below: str) -> QPixmap:
        """Return the chart with its title and its 口径, on white: for another program's paper."""
        wide = max(_PICTURE_WIDTH, self.width())
        head, foot = tokens.HUGE * 2, tokens.HUGE * 2
        ratio = 2.0
        size = QSize(wide, head + self._height() + foot)
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(tokens.LIGHT.surface))
        painter = QPainter(made)
        painter.setPen(QColor(tokens.LIGHT.text))
        painter.setFont(font(tokens.EMPHASIS, strong=True))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(tokens.WIDE, 0, wide, head), centre, title)
        painter.translate(tokens.SMALL, head)
        rows = range(len(self._bars))
        self._paint_bars(painter, wide - tokens.WIDE, rows, tokens.LIGHT)
        painter.translate(tokens.SMALL, self._height())
        painter.setPen(QColor(tokens.LIGHT.quiet))
        painter.setFont(font(tokens.META))
        wrapped = centre | Qt.TextFlag.TextWordWrap
        painter.drawText(QRect(0, 0, wide - 2 * tokens.WIDE, foot), wrapped, below)
        painter.end()
        return made

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        seen = event.rect()
        first = seen.top() // tokens.TABLE_ROW
        last = min(seen.bottom() // tokens.TABLE_ROW + 1, len(self._bars))
        colours = self._appearance.colours
        if self.hasFocus() and first <= self._lit < last:
            place = QRect(0, self._lit * tokens.TABLE_ROW, self.width(), tokens.TABLE_ROW)
            paint_lit(painter, place, self._appearance, at_hand=True)
        self._paint_bars(painter, self.width(), range(first, last), colours)

    def _height(self) -> int:
        return len(self._bars) * tokens.TABLE_ROW

    def _paint_bars(
        self, painter: QPainter, width: int, rows: range, colours: tokens.Colours
    ) -> None:
        room = max(24, width - self._name - self._said - 3 * tokens.SMALL)
        for row in rows:
            top, value = row * tokens.TABLE_ROW, max(0.0, self._bars[row].value)
            length = max(1, round(room * value / self._longest))
            self._paint_bar(painter, self._bars[row], QRect(self._name, top, length, 0), colours)

    def _paint_bar(
        self, painter: QPainter, bar: Bar, place: QRect, colours: tokens.Colours
    ) -> None:
        """Paint a row: its bar begins at *place* and is as long."""
        top, centre = place.top(), Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.text))
        painter.setFont(font())
        named = QRect(tokens.SMALL, top, self._name - 2 * tokens.SMALL, tokens.TABLE_ROW)
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(bar.name, elide, named.width())
        painter.drawText(named, centre, shown)
        painter.fillRect(
            QRect(place.left(), top + (tokens.TABLE_ROW - _BAR) // 2, place.width(), _BAR),
            QColor(colours.accent if bar.value else colours.line),
        )
        painter.setFont(font(figures=True))
        painter.setPen(QColor(colours.text if bar.value else colours.quiet))
        left = place.left() + place.width() + tokens.SMALL
        painter.drawText(QRect(left, top, 10_000, tokens.TABLE_ROW), centre, bar.words)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // tokens.TABLE_ROW
        if event.button() == Qt.MouseButton.LeftButton and 0 <= row < len(self._bars):
            self._light(row)
            self.opened.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self._light(self._lit + step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._bars:
            self.opened.emit(self._lit)
        else:
            super().keyPressEvent(event)

    def _light(self, row: int) -> None:
        self._lit = max(0, min(len(self._bars) - 1, row))
        self._say_lit()
        self.update()
        leaf = self.parent()
        leaf = leaf.parent() if leaf is not None else None
        if isinstance(leaf, QScrollArea):
            leaf.ensureVisible(0, self._lit * tokens.TABLE_ROW + tokens.TABLE_ROW // 2, 0, 48)

    def _say_lit(self) -> None:
        if self._bars:
            bar = self._bars[self._lit]
            self.setAccessibleDescription(f"{bar.name} {bar.words}")
