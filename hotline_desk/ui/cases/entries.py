"""What was noted, one below the other: when and what in a quiet line, the words below it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import DEEDS_KEY
from hotline_desk.ui.kit.panel import label

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """Entries, made anew only where they have changed."""

    deed_wanted = Signal(object, str)
    """A deed (Doing) is to be filled in for the entry that is called so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Entry, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SMALL)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self._shown

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show *entries* instead, from the top."""
        wanted = tuple(entries[:_MOST])
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for entry in wanted:
            self._column.addWidget(self._made(entry))

    def _made(self, entry: Entry) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if entry.head:
            row = QHBoxLayout()
            row.setSpacing(tokens.TINY)
            row.addWidget(label(entry.head, "struck-head" if entry.gone else "meta", wrap=True), 1)
            for doing, option in entry.deeds:
                row.addWidget(self._button(doing, option), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        if entry.text:
            words = label(entry.text, "struck" if entry.gone else entry.role, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        if entry.gone:
            column.addWidget(label(entry.gone, "quiet", wrap=True))
        return made

    def _button(self, doing: Doing, option: str) -> QToolButton:
        made = QToolButton()
        made.setText(f"{doing.value}…")
        tip = self.tr("在上面的表里填写；也可以按 {key} 选“{deed}”")
        made.setToolTip(tip.format(key=DEEDS_KEY, deed=doing.value))
        made.setProperty("kind", "row")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by key all of them are one deed
        made.clicked.connect(partial(self.deed_wanted.emit, doing, option))
        return made
