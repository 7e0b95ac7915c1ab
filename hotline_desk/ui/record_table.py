"""A table of frozen records with declared columns; it never loads or edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from hotline_desk.ui.record_list import RECORD_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = RECORD_ROLE + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """How one field of a record is shown."""

    title: str
    text: Callable[[R], str]
    sort_key: Callable[[R], str | float] | None = None
    """What to sort by; the text when not given. Qt mis-sorts any other type silently."""
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
        self._records: tuple[R, ...] = ()

    @property
    def records(self) -> tuple[R, ...]:
        """All rows, unsorted."""
        return self._records

    def show(self, records: Sequence[R]) -> None:
        """Show *records* instead."""
        if tuple(records) != self._records:
            self.beginResetModel()
            self._records = tuple(records)
            self.endResetModel()

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
        if role == SORT_ROLE:
            return (column.sort_key or column.text)(record)
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
