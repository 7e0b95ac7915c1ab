"""The table of cases: the row that a key leads to is the one that is lit, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_view import RecordView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from hotline_desk.ui.kit.record_table import Column

_ENDS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})
_LEADING = _ENDS | {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
"""Keys that lead from row to row."""


class CaseTable(RecordView):
    """Wherever a key leads, that row is lit; Home and End lead to the first and the last one."""

    opened = Signal()
    """Enter."""
    left = Signal()
    """Esc."""

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget | None = None) -> None:
        super().__init__(columns, row=tokens.TABLE_ROW, parent=parent)

    def light(self, index: QModelIndex) -> None:
        """Have this row at hand, and no other one lit."""
        select = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, select.ClearAndSelect | select.Rows)

    @override
    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let Ctrl with an arrow light the row that it leads to, as the arrow alone does."""
        if isinstance(event, QKeyEvent) and event.key() in _LEADING:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            select = QItemSelectionModel.SelectionFlag
            kept = select.SelectCurrent if shift else select.ClearAndSelect
            return kept | select.Rows
        return super().selectionCommand(index, event)

    @override
    def event(self, event: QEvent) -> bool:
        """Take Home and End with Ctrl as its own; they mean other things elsewhere."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _ENDS:
            event.accept()
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose nothing by coming here: a case that has left the list stays at hand."""
        nothing = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if nothing:
            self.selectionModel().clearCurrentIndex()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if plain and event.key() in _ENDS:
            last = self.model().rowCount() - 1
            row = 0 if event.key() == Qt.Key.Key_Home else last
            self.light(self.model().index(row, max(0, self.currentIndex().column())))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
