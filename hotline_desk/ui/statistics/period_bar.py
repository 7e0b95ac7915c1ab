"""Which days are counted: usual periods as buttons, arrows to the ones beside, two typed dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.day_text import day_of, short_day
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from hotline_desk.ui.kit.style import Appearance

_DAY_FIELD = 104
_ARROW = 30


class PeriodBar(QWidget):
    """The period at hand, and the ways to another one."""

    chosen = Signal(str)
    """One of the usual periods, by its word."""
    stepped = Signal(int)
    """So many periods on, or back."""
    typed = Signal(object, object)
    """From this day to that one."""
    left = Signal()
    """Esc in a field: back to what is counted."""
    refused = Signal(str)
    """What was typed is no period; why."""

    def __init__(
        self,
        usual: Sequence[str],
        appearance: Appearance,
        *,
        typed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Make the bar with buttons for the *usual* periods; *typed* has fields for two days."""
        super().__init__(parent)
        self._buttons = {word: self._button(word) for word in usual}
        self._group = QButtonGroup(self)
        self._back = _Arrow("◀", self.tr("前一个时段（Alt+←）"))
        self._on = _Arrow("▶", self.tr("后一个时段（Alt+→）"))
        self._words = label(role="emphasis")
        self._since, self._until = (OneLine(appearance) for _ in range(2))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TINY)
        for button in self._buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        row.addSpacing(tokens.SMALL)
        row.addWidget(self._back)
        row.addWidget(self._on)
        row.addSpacing(tokens.TINY)
        row.addWidget(self._words)
        row.addStretch(1)
        if typed:
            for field, name in ((self._since, self.tr("从")), (self._until, self.tr("到"))):
                field.setFixedWidth(_DAY_FIELD)
                field.setAccessibleName(name)
                field.setToolTip(self.tr("任意两天：写成 2026-11-01 或 11-1，回车生效"))
                row.addWidget(label(name, "quiet"))
                row.addWidget(field)
                field.editingFinished.connect(self._take)
                field.left.connect(self.left)
        for arrow, by in ((self._back, -1), (self._on, 1)):
            arrow.clicked.connect(lambda _on=False, by=by: self.stepped.emit(by))
            arrow.stepped.connect(self.stepped)

    def step_keys(self, page: QWidget) -> None:
        """Let Alt+← and Alt+→ step anywhere on *page*."""
        for key, by in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(
                QKeySequence(key), page, lambda by=by: self.stepped.emit(by),
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )  # fmt: skip

    def show_period(self, word: str, words: str, since: object, until: object) -> None:
        """Show the period at hand: the button *word* is down if there is one."""
        set_text(self._words, words)
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == word)
        self._group.setExclusive(True)
        for field, day in ((self._since, since), (self._until, until)):
            field.setModified(False)
            field.show_text(short_day(day))  # type: ignore[arg-type]

    def _button(self, word: str) -> QPushButton:
        button = QPushButton(word)
        button.setCheckable(True)
        button.setProperty("kind", "choice")
        button.setToolTip(self.tr("统计{period}").format(period=word))
        button.clicked.connect(lambda _on=False: self.chosen.emit(word))
        return button

    def _take(self) -> None:
        if not (self._since.isModified() or self._until.isModified()):
            return
        today = studio_now().date()
        try:
            since, until = (day_of(field.text(), today) for field in (self._since, self._until))
        except ValueError:
            self.refused.emit(self.tr("日期写成 2026-11-01 或 11-1。"))
            return
        if until is None:
            return
        if since is not None and since > until:
            self.refused.emit(self.tr("结束的日期在开始以前。"))
            return
        self.typed.emit(since, until)


class _Arrow(QPushButton):
    """Steps to the period beside; the arrow keys do so too while it has the focus."""

    stepped = Signal(int)

    def __init__(self, sign: str, tip: str) -> None:
        super().__init__(sign)
        self.setProperty("kind", "flat")
        self.setFixedWidth(_ARROW)
        self.setToolTip(tip)
        self.setAccessibleName(tip)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
