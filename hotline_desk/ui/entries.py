"""What was noted, one below the other: when and what in a quiet line, the words below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hotline_desk.ui import tokens
from hotline_desk.ui.panel import label

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 80
"""Entries that are shown; a case with more has its history for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was noted."""

    head: str
    text: str = ""
    role: str = ""
    """How the text is drawn: as text, or quiet, warning, red-card."""


class Entries(QWidget):
    """Entries, made anew only where they have changed."""

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
            self._column.addWidget(_made(entry))


def _made(entry: Entry) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if entry.head:
        column.addWidget(label(entry.head, "meta", wrap=True))
    if entry.text:
        words = label(entry.text, entry.role, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
    return made
