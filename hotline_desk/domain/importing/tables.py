"""What an existing 台账 is read into: tables as they stand in a file, and their problems."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

Given = str | int | float | datetime | time | None
"""What a cell holds; None where it is empty."""

DATES_FROM = date(1899, 12, 30)
"""The day whose number is 0 in Excel, as long as no other is said."""


_LOOKED_AT = 500
"""Rows that samples of a column are taken from."""


class TableKind(StrEnum):
    """What the rows of a table are."""

    QUESTIONS = "问题台账"
    CASES = "案件台账"
    PARTIES = "当事人明细"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a file as it is written there."""

    name: str
    rows: tuple[tuple[int, tuple[Given, ...]], ...]
    """Number and cells of every row that is not empty; numbers are the file's own, from 1."""
    without_value: frozenset[tuple[int, int]] = frozenset()
    """Row and column, from 1 and 0, of formulas whose result is not in the file."""
    merged: frozenset[tuple[int, int]] = frozenset()
    """Row and column of cells that got their value from the first of a merged block."""
    dates_from: date = DATES_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet whose headings were found."""

    sheet: Sheet
    kind: TableKind
    headings: tuple[str, ...]
    heading_row: int

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.sheet.name

    @property
    def rows(self) -> tuple[tuple[int, tuple[Given, ...]], ...]:
        """The rows below the headings."""
        return self.sheet.rows[self._first :]

    @property
    def _first(self) -> int:
        return bisect_right(self.sheet.rows, self.heading_row, key=lambda row: row[0])

    def samples(self, column: int, count: int = 3) -> tuple[str, ...]:
        """Return the first different texts of a column."""
        found: dict[str, None] = {}
        for _, cells in self.sheet.rows[self._first : self._first + _LOOKED_AT]:
            if column < len(cells) and (text := plain_text(cells[column])):
                found[text] = None
                if len(found) == count:
                    break
        return tuple(found)

    def has_words(self, column: int) -> bool:
        """Return whether anything stands in a column."""
        return any(column < len(cells) and plain_text(cells[column]) for _, cells in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """对照: how a file's columns and words become the ledger's, as a person decided."""

    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """A heading of the file and the field that it is; an empty one is not imported."""
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By a table's name the columns of that table alone; they go before *columns*."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, a word of the file and ours."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """By field, what holds where the file has no such column or an empty cell."""

    def columns_of(self, table: Table) -> Mapping[str, str]:
        """Return the columns that were decided for *table*.

        A sheet that has another name by now is known by its headings.
        """
        own = self.tables.get(table.name)
        if own is None:
            alike = (each for each in self.tables.values() if each.keys() <= {*table.headings})
            own = max(alike, key=len, default={})
        found = {**self.columns, **own}
        return {heading: field for heading, field in found.items() if heading in table.headings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in one place of the file, in words."""

    table: str
    row: int | None
    """The file's own number; None where the whole table is meant."""
    heading: str
    """The column's; empty where the whole row is meant."""
    words: str
    blocks: bool = True
    """Whether nothing is imported while it stands and its row is not left out."""
    field: str = ""
    word: str = ""
    """A word of the file that is none of the field's, and what is proposed for it."""
    proposal: str = ""

    @property
    def place(self) -> str:
        """Where it is: 问题台账 第 5 行“接收日期”."""
        row = "" if self.row is None else f" 第 {self.row} 行"
        return f"{self.table}{row}" + (f"“{self.heading}”" if self.heading else "")

    @property
    def told(self) -> str:
        """Place and words in one line."""
        proposed = f"（建议：{self.proposal}）" if self.proposal else ""
        return f"{self.place}：{self.words}{proposed}"


class _Placed(Protocol):
    """A row of a table that was read."""

    @property
    def table(self) -> str: ...

    @property
    def row(self) -> int: ...


def place_words(other: _Placed, *, seen_from: _Placed) -> str:
    """Return where *other* stands, as a problem of another row calls it: 第 5 行."""
    table = "" if other.table == seen_from.table else f"“{other.table}”"
    return f"{table}第 {other.row} 行"


def plain_text(given: Given) -> str:
    """Return a cell as people read it, without the blanks around it."""
    if given is None:
        return ""
    if isinstance(given, datetime):
        midnight = given.time() == time(0)
        return given.date().isoformat() if midnight else f"{given:%Y-%m-%d %H:%M:%S}"
    if isinstance(given, time):
        return f"{given:%H:%M:%S}"
    if isinstance(given, float) and given.is_integer() and abs(given) < 10**15:
        return str(int(given))
    return str(given).strip()
