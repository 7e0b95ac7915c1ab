"""A table about cases with one row at hand, which stays so even where it has left the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QItemSelectionModel, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.ui.cases.case_table import CaseTable
from hotline_desk.ui.kit.following import SeenWidget
from hotline_desk.ui.kit.panel import empty_words, hairline
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import RecordTable
from hotline_desk.ui.kit.restyle import set_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QHideEvent

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ui.kit.record_table import Column


class AboutCase(Protocol):
    """A row about a case."""

    @property
    def case(self) -> Case | None:
        """Which one, if any."""


R = TypeVar("R", bound=AboutCase)


class RowsAtHand(SeenWidget, Generic[R]):
    """The rows, or words where there are none; Enter goes to what is next for the one at hand."""

    chosen = Signal(object)
    """The row that is at hand from now on."""
    opened = Signal(object)
    """The row at hand; None where it has left the table."""
    filled = Signal()
    """There are rows where there were none."""
    left = Signal()
    """Esc, with nothing to put away."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], object],
        parent: QWidget | None = None,
    ) -> None:
        """Begin without rows; *key* tells one from the others, whatever changes in it."""
        super().__init__(parent)
        self._key = key
        self._rows = RecordTable(columns)
        self.table = CaseTable(columns, self)
        self.table.setModel(self._rows)
        self._empty = empty_words("")
        self._at_hand: object = None
        """The key of the row chosen last: the panel has its case, even where it has gone."""
        self._asked: object = None
        """Which rows were wanted when they were shown last."""

    def _lay_rows(self, above: QWidget, *below: QWidget) -> None:
        self.table.size_columns()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(hairline())
        for widget in below:
            column.addWidget(widget)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.table.doubleClicked.connect(self.open)
        self.table.opened.connect(self.open)

    def row(self) -> R | None:
        """Return the row at hand: the one that is lit."""
        index = self.table.currentIndex()
        lit = index.isValid() and self.table.selectionModel().isSelected(index)
        row: R | None = index.data(RECORD_ROLE) if lit else None
        return row

    def current(self) -> Case | None:
        """Return the case of the row at hand."""
        row = self.row()
        return None if row is None else row.case

    @Slot()
    def open(self) -> None:
        """Go to what is next for the row at hand, which may have left the table."""
        if self._at_hand is not None:
            self.opened.emit(self.row())

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._asked = None

    @Slot()
    def _choose(self) -> None:
        """Let the panel follow the lit row; where it went dark among several, another lit one."""
        row, lit = self.row(), self.table.selectionModel().selectedRows()
        if row is not None:
            self._at_hand = self._key(row)
            self.chosen.emit(row)
        elif lit and self.table.currentIndex().isValid():
            unchanged = QItemSelectionModel.SelectionFlag.NoUpdate
            self.table.selectionModel().setCurrentIndex(lit[0], unchanged)

    def _show_rows(self, rows: Sequence[R], asked: object, nothing: str) -> None:
        """Show *rows*, which are those *asked* for, or *nothing*; have one of them at hand."""
        anew, self._asked = asked != self._asked, asked
        self._rows.show(rows)
        filled = bool(rows) and self.table.isHidden()
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        set_text(self._empty, nothing)
        if not rows:
            return
        at_hand = self._index_at_hand()
        if at_hand is None and not anew and self._at_hand is not None:
            # it has left the list: what is written now is still meant for it, for no other case
            self.table.clearSelection()
            self.table.selectionModel().clearCurrentIndex()
        elif at_hand is None:
            self.table.light(self._rows.index(0, 0))
        elif not self.table.selectionModel().isSelected(at_hand):
            self.table.light(at_hand)
        if filled:
            self.filled.emit()

    def _index_at_hand(self) -> QModelIndex | None:
        """Return where the row at hand stands now; None where it is not among the rows."""
        keys = [self._key(row) for row in self._rows.records]
        return self._rows.index(keys.index(self._at_hand), 0) if self._at_hand in keys else None
