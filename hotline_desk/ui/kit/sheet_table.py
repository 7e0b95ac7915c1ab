"""A sheet as a table of texts; a cell with something behind it opens it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_table import Column, RecordTable
from hotline_desk.ui.kit.record_view import RecordView

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

Row = tuple[str, ...]


class SheetTable(RecordView):
    """Enter or a double click opens what is behind the cell at hand."""

    opened = Signal(int, int)
    """Row and column, from 0."""

    def __init__(
        self,
        headings: Sequence[str],
        widths: Sequence[int],
        name: str,
        *,
        words: Collection[int] = (0,),
        nothing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty table.

        Args:
            headings: of the columns.
            widths: of the columns, in logical pixels; where there is more room all have more.
            name: what a screen reader calls it.
            words: which columns hold words; the others are set to the right.
            nothing: what is said while there are no rows.
            parent: where it lies.
        """
        columns: tuple[Column[Row], ...] = tuple(
            Column(title=heading, text=partial(_cell, at), width=width, figure=at not in words)
            for at, (heading, width) in enumerate(zip(headings, widths, strict=True))
        )
        super().__init__(columns, row=tokens.TABLE_ROW, parent=parent)
        self._nothing = nothing
        self._rows = RecordTable(columns)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.size_columns()
        self.doubleClicked.connect(self._open)

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows, from the top."""
        return self._rows.records

    def show_rows(self, rows: Sequence[Row], *, spans: Sequence[tuple[int, int, int]] = ()) -> None:
        """Show *rows*; the place at hand stays at hand.

        Args:
            rows: the texts.
            spans: cells that stand across several columns: row, first column, how many.
        """
        at, column = max(0, self.currentIndex().row()), max(0, self.currentIndex().column())
        self._rows.show(rows)
        self.clearSpans()
        for row, first, count in spans:
            self.setSpan(row, first, 1, count)
        if rows:
            self.setCurrentIndex(self._rows.index(min(at, len(rows) - 1), column))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._rows.records:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._nothing)
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        widths = [column.width for column in self._columns]
        scale = max(1.0, event.size().width() / sum(widths))
        for at, width in enumerate(widths):
            self.horizontalHeader().resizeSection(at, int(width * scale))
        super().resizeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row(), index.column())


def _cell(at: int, row: Row) -> str:
    return row[at]
