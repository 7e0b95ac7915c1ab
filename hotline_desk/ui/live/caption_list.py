"""The captions as a list: what has settled, then what is still being spoken on each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.ui.kit.said import Said

Index = QModelIndex | QPersistentModelIndex

SAID_ROLE = int(Qt.ItemDataRole.UserRole)


class CaptionList(QAbstractListModel):
    """Said, one a row; the unsettled ones stand last."""

    def __init__(self) -> None:
        super().__init__()
        self._settled: list[Said] = []
        self._unsettled: dict[str, Said] = {}

    @property
    def settled(self) -> int:
        """How many rows have settled."""
        return len(self._settled)

    @Slot()
    def clear(self) -> None:
        """Begin anew."""
        self.beginResetModel()
        self._settled, self._unsettled = [], {}
        self.endResetModel()

    @Slot(tuple)
    def add(self, said: Iterable[Said]) -> None:
        """Add what has settled; it takes the place of what was unsettled on its line."""
        for utterance in said:
            self._drop(utterance.line)
            place = len(self._settled)
            while place and self._settled[place - 1].start > utterance.start:
                place -= 1
            self.beginInsertRows(QModelIndex(), place, place)
            self._settled.insert(place, utterance)
            self.endInsertRows()

    @Slot(object)
    def hear(self, said: Said) -> None:
        """Show what is being spoken on a line now; without text nothing is."""
        if not said.text:
            self._drop(said.line)
        elif said.line in self._unsettled:
            self._unsettled[said.line] = said
            row = len(self._settled) + list(self._unsettled).index(said.line)
            self.dataChanged.emit(self.index(row), self.index(row))
        else:
            row = self.rowCount()
            self.beginInsertRows(QModelIndex(), row, row)
            self._unsettled[said.line] = said
            self.endInsertRows()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._settled) + len(self._unsettled)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        said = self._at(index.row())
        if role == SAID_ROLE:
            return said
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{said.clock} {said.line} {said.text}"
        if role == Qt.ItemDataRole.ToolTipRole and said.aired:
            heard = self.tr("录音 {recorded} · 播出 {aired}").format(
                recorded=said.clock, aired=said.aired
            )
            return f"{heard}\n{self.tr('单击播放标记或按空格，在预听设备上播放这一句')}"
        return None

    def _at(self, row: int) -> Said:
        if row < len(self._settled):
            return self._settled[row]
        return list(self._unsettled.values())[row - len(self._settled)]

    def _drop(self, line: str) -> None:
        if line in self._unsettled:
            row = len(self._settled) + list(self._unsettled).index(line)
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._unsettled[line]
            self.endRemoveRows()
