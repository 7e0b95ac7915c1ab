"""A list of frozen records, for views that draw their own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = int(Qt.ItemDataRole.UserRole)


class RecordList(QAbstractListModel, Generic[R]):
    """Records, one a row; rows that stay keep their selection."""

    def __init__(self, text: Callable[[R], str], key: Callable[[R], object]) -> None:
        super().__init__()
        self._records: list[R] = []
        self._text = text
        self._key = key

    @property
    def records(self) -> tuple[R, ...]:
        """All rows, from the top."""
        return tuple(self._records)

    def row_of(self, record: R | None) -> int:
        """Return the row of the record with the same key, or -1."""
        if record is None:
            return -1
        keys = [self._key(known) for known in self._records]
        return keys.index(self._key(record)) if self._key(record) in keys else -1

    def show(self, records: Sequence[R]) -> None:
        """Show *records* instead."""
        if list(map(self._key, records)) == list(map(self._key, self._records)):
            for row, (old, new) in enumerate(zip(self._records, records, strict=True)):
                if old != new:
                    self._records[row] = new
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._records)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role == RECORD_ROLE:
            return record
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(record)
        return None
