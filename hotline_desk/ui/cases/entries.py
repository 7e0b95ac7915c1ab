"""What was noted, one below the other: when and what in a quiet line, the words below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import DEEDS_KEY
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_role, set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from hotline_desk.ui.cases.deed import Doing

_MOST = 80
"""Entries that are shown; a case with more has its history for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was noted."""

    head: str
    text: str = ""
    role: str = ""
    """How the text is drawn: as text, or quiet, warning, red-card."""
    gone: str = ""
    """Why it does not stand any more; what it was is struck through."""
    deeds: tuple[tuple[Doing, str], ...] = ()
    """What can be done about it, and what it is called among the options there."""


class Entries(QWidget):
    """Entries; their rows are made when somebody sees them, and serve the next case's as well."""

    deed_wanted = Signal(object, str)
    """A deed (Doing) is to be filled in for the entry that is called so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Entry, ...] = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What is shown, or will be as soon as it is unfolded."""
        return self._shown

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show *entries* instead, from the top."""
        self._shown = tuple(entries[:_MOST])
        if self.isVisible():
            self._fill()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        for _ in self._shown[len(self._rows) :]:
            row = _Row(self)
            row.deed_wanted.connect(self.deed_wanted)
            self._column.addWidget(row)
            self._rows.append(row)
        for row, entry in zip(self._rows, self._shown, strict=False):
            row.show_entry(entry)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(self._shown))


class _Row(QWidget):
    """One entry."""

    deed_wanted = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = Entry(head="")
        self._head, self._text = label(wrap=True), label(wrap=True)
        self._gone = label(role="quiet", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QToolButton] = []
        self._top = QHBoxLayout()
        self._top.setSpacing(tokens.TINY)
        self._top.addWidget(self._head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self._text)
        column.addWidget(self._gone)

    def show_entry(self, entry: Entry) -> None:
        """Show *entry* instead."""
        self._entry = entry
        set_role(self._head, "struck-head" if entry.gone else "meta")
        set_role(self._text, "struck" if entry.gone else entry.role)
        for each, words in (
            (self._head, entry.head), (self._text, entry.text), (self._gone, entry.gone),
        ):  # fmt: skip
            set_text(each, words)
            each.setVisible(bool(words))
        while len(self._buttons) < len(entry.deeds):
            self._add_button(len(self._buttons))
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(entry.deeds))
        for button, (doing, _option) in zip(self._buttons, entry.deeds, strict=False):
            button.setText(f"{doing.value}…")
            tip = self.tr("在上面的表里填写；也可以按 {key} 选“{deed}”")
            button.setToolTip(tip.format(key=DEEDS_KEY, deed=doing.value))

    def _add_button(self, at: int) -> None:
        made = QToolButton(self)
        made.setProperty("kind", "row")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by key all of them are one deed
        made.clicked.connect(lambda: self.deed_wanted.emit(*self._entry.deeds[at]))
        self._top.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons.append(made)
