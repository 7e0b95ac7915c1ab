"""The ledger's rows as a model: it knows all of them by id, and has those read that are seen."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from hotline_desk.domain.arranging import Arranged, Facet
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.ledger.question_columns import COLUMNS, value_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hotline_desk.domain.questions import TableRow

Index = QModelIndex | QPersistentModelIndex

HEADING_ROLE = RECORD_ROLE + 2
_PAGE = 64
_PAGES_AT_ONCE = 3
_KEPT = 4096
"""Rows that stay read; more than any screen shows, and few beside the ids."""
_UNREAD = "…"
_NOTHING = Arranged(array("q"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A group's heading among the rows."""

    words: str
    count: int
    folded: bool


class QuestionRows(QAbstractTableModel):
    """One row a question, and a heading above each group; a row not read yet shows a mark."""

    wanted = Signal(tuple)
    """Ids of rows that came into sight and have to be read."""
    order_asked = Signal(object, bool)
    """What to put the rows in order by (Order or None), and whether from its end."""

    def __init__(self) -> None:
        super().__init__()
        self._all = _NOTHING
        self._facet: Facet | None = None
        self._folded: set[str] = set()
        self._tops: list[int] = []
        """In which row each group's heading stands."""
        self._firsts: list[int] = []
        """Where each group begins among the ids."""
        self._count = 0
        self._read: dict[int, TableRow] = {}
        self._fresh: set[int] = set()
        """Ids whose rows are as the ledger has them now, or are being read."""
        self._places: dict[int, int] = {}
        """Where among all ids those are that were asked for."""
        self._pages: dict[int, None] = {}
        self._reading = False
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def show(self, arranged: Arranged, facet: Facet | None) -> bool:
        """Show *arranged*, grouped by *facet*; return whether rows stand elsewhere now.

        Where they do not, what was read stays in sight until it is read anew.
        """
        self._fresh.clear()
        if arranged == self._all and facet is self._facet:
            self._touch(0, self._count - 1)
            return False
        self.beginResetModel()
        if facet is not self._facet:
            self._folded.clear()
        self._all, self._facet = arranged, facet
        self._places.clear()
        self._pages.clear()
        self._lay_out()
        self.endResetModel()
        return True

    def fill(self, rows: Iterable[TableRow]) -> None:
        """Take over *rows* that were read, and ask for what came into sight meanwhile."""
        self._reading = False
        seen = []
        for row in rows:
            key = row.question.id
            self._read.pop(key, None)
            self._read[key] = row
            if key in self._places:
                seen.append(self.row_at(self._places[key]))
        for key in list(self._read)[: max(0, len(self._read) - _KEPT)]:
            del self._read[key]
            self._fresh.discard(key)
        if seen:
            self._touch(min(seen), max(seen))
        if self._pages:
            self._soon.start()

    def turn(self, row: int) -> None:
        """Fold the group that *row* belongs to away, or bring it back."""
        group = self._group(row)
        if group is None:
            return
        self._folded ^= {self._all.groups[group].value}
        self._lay_out_anew()

    def turn_all(self) -> None:
        """Fold all groups away; if all are, bring them back."""
        values = {group.value for group in self._all.groups}
        self._folded = set() if self._folded >= values else values
        self._lay_out_anew()

    @property
    def ids(self) -> array[int]:
        """The ids of all rows, those of folded groups too."""
        return self._all.ids

    @property
    def grouped(self) -> bool:
        """Whether there are headings."""
        return bool(self._all.groups)

    def ids_of(self, first: int, last: int) -> array[int]:
        """Return the ids of the rows from *first* to *last*, without the headings."""
        if not self._tops:
            return self._all.ids[first : last + 1]
        found = array("q")
        group = bisect_right(self._tops, first) - 1
        while first <= last and group < len(self._tops):
            top, begin = self._tops[group], self._firsts[group]
            end = self._tops[group + 1] if group + 1 < len(self._tops) else self._count
            until = min(last + 1, end)
            found.extend(self._all.ids[begin + max(0, first - top - 1) : begin + until - top - 1])
            first, group = end, group + 1
        return found

    def heading_of(self, row: int) -> int:
        """Return the row of the heading above *row*, -1 where it is not grouped."""
        group = self._group(row)
        return -1 if group is None else self._tops[group]

    def row_of(self, question_id: int) -> int:
        """Return the row of a question, -1 where it is in none or folded away."""
        try:
            return self.row_at(self._all.ids.index(question_id))
        except ValueError:
            return -1

    def row_at(self, place: int) -> int:
        """Return the row of what stands in this place among the ids; -1 if it is folded away."""
        if not self._tops:
            return place
        group = bisect_right(self._firsts, place) - 1
        if self._all.groups[group].value in self._folded:
            return -1
        return self._tops[group] + 1 + place - self._firsts[group]

    def question_id(self, row: int) -> int | None:
        """Return the id of the question in *row*, None where a heading is."""
        place = self._place(row)
        return None if place is None else self._all.ids[place]

    def _group(self, row: int) -> int | None:
        return bisect_right(self._tops, row) - 1 if self._tops and row >= 0 else None

    def _place(self, row: int) -> int | None:
        group = self._group(row)
        if group is None:
            return row
        behind = row - self._tops[group] - 1
        return None if behind < 0 else self._firsts[group] + behind

    def _lay_out(self) -> None:
        counts = [group.count for group in self._all.groups]
        self._firsts = [0, *accumulate(counts)][: len(counts)]
        shown = (
            1 + (0 if group.value in self._folded else group.count) for group in self._all.groups
        )
        ends = list(accumulate(shown))
        self._tops = [0, *ends][: len(counts)]
        self._count = ends[-1] if ends else len(self._all.ids)

    def _lay_out_anew(self) -> None:
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()

    def _want(self, place: int) -> TableRow | None:
        key = self._all.ids[place]
        if key not in self._fresh:
            page = place // _PAGE
            self._pages.pop(page, None)
            self._pages[page] = None
            if not self._reading and not self._soon.isActive():
                self._soon.start()
        return self._read.get(key)

    def _ask(self) -> None:
        """Ask for the pages seen last; what has left the sight since is not read."""
        pages = list(self._pages)[-_PAGES_AT_ONCE:]
        self._pages.clear()
        ids: list[int] = []
        for page in pages:
            for place in range(page * _PAGE, min((page + 1) * _PAGE, len(self._all.ids))):
                key = self._all.ids[place]
                if key not in self._fresh:
                    self._places[key] = place
                    ids.append(key)
        if ids:
            self._reading = True
            self._fresh.update(ids)
            self.wanted.emit(tuple(ids))

    def _touch(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as above
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = self._place(index.row())
        if place is None:
            return self._of_heading(index.row(), role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == RECORD_ROLE:
            return self._read.get(self._all.ids[place])
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        row, column = self._want(place), COLUMNS[index.column()]
        if row is None:
            return _UNREAD if column.name == "number" else ""
        return column.text(row)

    def _of_heading(self, row: int, role: int) -> object:
        group = self._all.groups[bisect_right(self._tops, row) - 1]
        words = "" if self._facet is None else value_words(self._facet, group.value)
        if role == HEADING_ROLE:
            return Heading(words, group.count, group.value in self._folded)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{words} {group.count:,} 条"
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        by = COLUMNS[column].order if 0 <= column < len(COLUMNS) else None
        self.order_asked.emit(by, order is Qt.SortOrder.DescendingOrder)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].figure else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def ids_in(rows: QuestionRows, ranges: Sequence[tuple[int, int]]) -> array[int]:
    """Return the ids of the rows in *ranges*, each from its first to its last, from the top."""
    found = array("q")
    for first, last in sorted(ranges):
        found.extend(rows.ids_of(first, last))
    return found
