"""A table of frozen records with declared columns; it never loads or edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from hotline_desk.ui.kit.record_list import RECORD_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """How one field of a record is shown."""

    title: str
    text: Callable[[R], str]
    sort_key: Callable[[R], str | float] | None = None
    """What to sort by; the text when not given."""
    width: int = 100
    """In logical pixels, at first; what does not fit stands in the tooltip."""
    figure: bool = False
    """Whether it is set to the right."""
    stretches: bool = False
    """Whether it takes what room the others leave."""
    room: int = 0
    """How wide the table has to be for it, where it can be left to the panel."""


class RecordTable(QAbstractTableModel, Generic[R]):
    """Records, one a row."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._given: tuple[R, ...] = ()
        self._records: tuple[R, ...] = ()
        self._order = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def records(self) -> tuple[R, ...]:
        """All rows, in the order in which they stand."""
        return self._records

    def show(self, records: Sequence[R]) -> None:
        """Show *records* instead, in the order that was asked for last."""
        if tuple(records) != self._given:
            self.beginResetModel()
            self._given = tuple(records)
            self._records = self._in_order()
            self.endResetModel()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column, of none (-1) as they were given.

        A proxy would ask for each row's key at each comparison: a second for 10,000 rows.
        """
        self.layoutAboutToBeChanged.emit()
        kept, before = self.persistentIndexList(), self._records
        self._order = (column, order)
        self._records = self._in_order()
        place = {id(record): at for at, record in enumerate(self._records)}
        moved = [self.index(place[id(before[each.row()])], each.column()) for each in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _in_order(self) -> tuple[R, ...]:
        number, order = self._order
        if number < 0:
            return self._given
        column = self._columns[number]
        down = order is Qt.SortOrder.DescendingOrder
        return tuple(sorted(self._given, key=column.sort_key or column.text, reverse=down))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._records)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as above
        return 0 if parent.isValid() else len(self._columns)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record, column = self._records[index.row()], self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.text(record)
        if role == RECORD_ROLE:
            return record
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = (
            Qt.AlignmentFlag.AlignRight
            if self._columns[column].figure
            else Qt.AlignmentFlag.AlignLeft
        )
        return side | Qt.AlignmentFlag.AlignVCenter
