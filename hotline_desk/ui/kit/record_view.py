"""A table of records as it looks everywhere: whole rows, columns that give way, no grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from hotline_desk.ui.kit.record_table import Column


class RecordView(QTableView):
    """Shows what a `RecordTable` of the same columns holds."""

    def __init__(
        self, columns: Sequence[Column[Any]], *, row: int, parent: QWidget | None = None
    ) -> None:
        """Begin with the columns' own widths; a *row* is so many logical pixels high."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row)

    def size_columns(self) -> None:
        """Give the columns their widths; the model is there by now."""
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(tokens.TABLE_ROW)
        for number, column in enumerate(self._columns):
            header.resizeSection(number, column.width)
            if column.stretches:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def show_columns(self, width: int) -> None:
        """Show the columns that have room in *width* logical pixels."""
        for number, column in enumerate(self._columns):
            if column.room:
                self.setColumnHidden(number, width < column.room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.show_columns(event.size().width())
        super().resizeEvent(event)
