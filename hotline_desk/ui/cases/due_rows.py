"""今日待办 in groups: a quiet heading above the rows that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from typing_extensions import override

from hotline_desk.domain.casework.due import by_person
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from hotline_desk.domain.casework.due import Due

    Index = QModelIndex | QPersistentModelIndex

_EVER = 1_000_000
_TIMES = (
    ("超期", -_EVER, -1), ("今天到期", 0, 0), ("三个工作日内", 1, 3), ("以后", 4, _EVER - 1),
    ("没有期限", _EVER, _EVER),
)  # fmt: skip
"""Groups by the working days left (ours)."""


class Grouping(Enum):
    """What the rows are grouped by."""

    TIME = "按时间"
    PERSON = "按承办人"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the rows below have in common, and how many they are."""

    words: str
    opens: bool = False
    """Whether it stands for rows that are not listed yet, which Enter lists."""


def grouped(rows: Sequence[Due], grouping: Grouping) -> tuple[Due | Heading, ...]:
    """Return *rows* with a heading above each group; none where there is but one group."""
    groups = list(_by_time(rows)) if grouping is Grouping.TIME else _by_person(rows)
    if len(groups) < 2 and grouping is Grouping.TIME:
        return tuple(rows)
    found: list[Due | Heading] = []
    for words, members in groups:
        found += [Heading(f"{words}  {len(members)} 项"), *members]
    return tuple(found)


class DueRows(RecordTable["Due | Heading"]):
    """Rows and headings; a heading cannot be selected unless it opens more of them."""

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        row = index.data(RECORD_ROLE)
        if isinstance(row, Heading) and not row.opens:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


def _by_time(rows: Sequence[Due]) -> Iterator[tuple[str, list[Due]]]:
    for words, first, last in _TIMES:
        members = [row for row in rows if first <= (row.left if row.has_limit else _EVER) <= last]
        if members:
            yield words, members


def _by_person(rows: Sequence[Due]) -> list[tuple[str, list[Due]]]:
    return [(owner or "还没有承办人", members) for owner, members in by_person(rows)]
