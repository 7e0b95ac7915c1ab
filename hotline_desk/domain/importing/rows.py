"""One row of a table being read: its cells by field, and what is wrong with them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from hotline_desk.domain.importing import values
from hotline_desk.domain.importing.headings import (
    is_in_myriads,
    match,
    means_yes,
    nearest,
    same_word,
)
from hotline_desk.domain.importing.tables import Problem, plain_text
from hotline_desk.domain.importing.values import CellNotUnderstood
from hotline_desk.domain.phones import can_be_called, numbers_in
from hotline_desk.domain.times import money_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, time

    from hotline_desk.domain.importing.tables import Given, Matching, Table

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "累计", "本月合计", "本页合计", "本页小计"})
_TOTAL_WITHIN = 3
_HAS_FIGURE = re.compile(r"\d")
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|注意|提示|填报?说明|填表(?:人|说明|日期|单位)|制表(?:人|日期)|填报(?:人|日期)"
    r"|审核人|复核人|审批人|(?:单位|部门)?负责人|报送(?:人|日期|时间)|联系人|统计人)\d*(?:[:：].*)?",
    re.DOTALL,
)

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")


class TableReader:
    """A table with its columns matched; problems of its rows are collected in *problems*."""

    def __init__(self, table: Table, matching: Matching, problems: list[Problem]) -> None:
        self.table = table
        self.matching = matching
        self.problems = problems
        self.fields = match(table, matching)
        self.columns = {field: at for at, field in enumerate(self.fields) if field}

    def rows(self) -> Iterator[Row]:
        """Yield the rows; totals and those with nothing in any matched column are left out."""
        without_value = self.table.sheet.without_value
        for number, cells in self.table.rows:
            row = Row(self, number, cells)
            if row.is_total:
                row.say("", "是合计行，不导入", blocks=False)
                continue
            if row.is_note:
                row.say("", f"是说明，不是记录，不导入：{row.first[:24]}", blocks=False)
                continue
            unknown = [f for f, column in self.columns.items() if (number, column) in without_value]
            for field in unknown:
                row.say(field, "公式没有存下结果，请在 Excel 里打开、保存一次再导入")
            if unknown or any(row.has(field) for field in self.columns):
                yield row

    def has(self, *fields: str) -> bool:
        """Return whether a column is matched to one of *fields*, or a default stands for it."""
        return any(field in self.columns or field in self.matching.defaults for field in fields)


class Row:
    """One row; what cannot be read is noted and returned as nothing."""

    def __init__(self, reader: TableReader, number: int, cells: tuple[Given, ...]) -> None:
        self.reader = reader
        self.number = number
        self._cells = cells
        self._told: set[tuple[str, str]] = set()
        """Headings and words: one cause is told once, however often the cell is read."""

    @property
    def table(self) -> str:
        """The sheet's name."""
        return self.reader.table.name

    @property
    def first(self) -> str:
        """The first that it says."""
        return next(filter(None, map(plain_text, self._cells)), "")

    @property
    def is_note(self) -> bool:
        """Whether it is what stands below a table: 注：…, 填表人：…, and no day of a record."""
        if _NOTE.fullmatch(self.first) is None:
            return False
        alone = len({text for cell in self._cells if (text := plain_text(cell))}) == 1
        told = (plain_text(self._cell(day)) for day in ("接收日期", "接收时间", "案件编号"))
        # who signed may stand in the column of the days
        return alone or not any(text != self.first and _HAS_FIGURE.search(text) for text in told)

    @property
    def is_total(self) -> bool:
        """Whether the first that it says is that it sums up the rows above."""
        said = (plain_text(cell) for cell in self._cells[:_TOTAL_WITHIN])
        first = re.sub(r"[\s:：]+", "", next(filter(None, said), ""))
        return first in _TOTALS

    def has(self, *fields: str) -> bool:
        """Return whether one of the cells says anything."""
        return any(not values.is_nothing(self._given(field)) for field in fields)

    def says(self, *fields: str) -> bool:
        """Return whether one of the cells themselves says anything, whatever holds for others."""
        return any(not values.is_nothing(self._cell(field)) for field in fields)

    def is_empty(self, field: str) -> bool:
        """Return whether the field's own cell is empty; a stroke says something."""
        return not plain_text(self._cell(field))

    def say(self, field: str, words: str, *, blocks: bool = True, proposal: str = "") -> None:
        """Note what is wrong with the cell of *field*, or with the row where that is empty."""
        self._note(
            Problem(
                table=self.table,
                row=self.number,
                heading=self._heading(field),
                words=words,
                blocks=blocks,
                proposal=proposal,
            )
        )

    def called(self, field: str) -> str:
        """Return what a record is called."""
        return self._read(field, values.read_number) or ""

    def decided(self, field: str) -> str:
        """Return the words of a short field, or what somebody decided that they mean."""
        text = self.text(field)
        return self.reader.matching.words.get(field, {}).get(text, text)

    def text(self, field: str) -> str:
        """Return the words of a short field."""
        return self._read(field, values.read_text) or ""

    def words(self, field: str) -> str:
        """Return a long text as it stands, with the blanks around it."""
        given = self._given(field)
        return given if isinstance(given, str) and given.strip() else self.text(field)

    def day(self, field: str) -> date | None:
        """Return the day."""
        moment = self.moment(field)
        return None if moment is None else moment[0]

    def moment(self, field: str) -> tuple[date, time | None] | None:
        """Return the day, and the time where it says one."""
        if not self.has(field):
            return None
        base = self.reader.table.sheet.dates_from
        return self._read(field, lambda given: values.read_moment(given, dates_from=base))

    def time(self, field: str) -> time | None:
        """Return the time of day, of a cell with a day too."""
        if not self.has(field):
            return None
        try:
            moment = values.read_moment(self._given(field))[1]
        except CellNotUnderstood:
            moment = None
        return moment or self._read(field, values.read_time)

    def fen(self, field: str) -> int | None:
        """Return the amount in fen."""
        times = 10_000 if is_in_myriads(self._heading(field)) else 1
        fen = self._read(field, lambda given: values.read_fen(given, times=times))
        if fen is not None:
            self._remind_of_rough(field, money_text(fen))
        return fen

    def count(self, field: str) -> int | None:
        """Return the number of people."""
        count = self._read(field, values.read_count)
        if count is not None:
            self._remind_of_rough(field, f"{count} 人")
        return count

    def phone(self, field: str) -> str:
        """Return the telephone number as it is written; one that is nobody's is told."""
        phone = self._read(field, values.read_phone) or ""
        if len(numbers_in(phone)) > 1:
            self.say(field, f"一格里有几个号码，照原样都记：{phone[:40]}", blocks=False)
        elif phone and not can_be_called(phone):
            words = f"不像能打通的电话（手机 11 位，座机 7、8 位），照原样记，请核对：{phone[:24]}"
            self.say(field, words, blocks=False)
        return phone

    def yes(self, field: str) -> bool | None:
        """Return the answer; None where there is none."""
        text = self.text(field)
        answer = means_yes(self.decided(field))
        if answer is None and self.has(field):
            self._strange(field, text, ("是", "否"), "要写是或否")
        return answer

    def choice(self, field: str, ours: type[Choice]) -> Choice | None:
        """Return which of *ours* the cell says."""
        return self._chosen(field, self.text(field), ours) if self.has(field) else None

    def choices(self, field: str, ours: type[Choice]) -> tuple[Choice, ...]:
        """Return which of *ours* the cell lists, in their own order."""
        if not self.has(field):
            return ()
        text = self.text(field)
        # a word of ours may hold what parts words elsewhere
        parts = [text] if any(same_word(text, own) for own in ours) else values.words_of(text)
        found = {self._chosen(field, part, ours) for part in parts}
        return tuple(own for own in ours if own in found)

    def _chosen(self, field: str, text: str, ours: type[Choice]) -> Choice | None:
        decided = self.reader.matching.words.get(field, {}).get(text, text)
        for own in ours:
            if same_word(decided, own):
                return own
        self._strange(field, text, tuple(ours), f"没有这一项：{text[:24]}")
        return None

    def _strange(self, field: str, word: str, ours: tuple[str, ...], words: str) -> None:
        self._note(
            Problem(
                table=self.table,
                row=self.number,
                heading=self._heading(field),
                words=words,
                field=field,
                word=word,
                proposal=nearest(field, word, ours),
            )
        )

    def _note(self, problem: Problem) -> None:
        if (key := (problem.heading, problem.words)) not in self._told:
            self._told.add(key)
            self.reader.problems.append(problem)

    def _remind_of_rough(self, field: str, taken: str) -> None:
        if values.is_rough(given := self._given(field)):
            words = f"是约数，按 {taken}记：{plain_text(given)[:24]}"
            self.say(field, words, blocks=False)

    def _read(self, field: str, read: Callable[[Given], Read]) -> Read | None:
        try:
            return read(self._given(field))
        except CellNotUnderstood as error:
            self.say(field, str(error))
            return None

    def _cell(self, field: str) -> Given:
        column = self.reader.columns.get(field)
        return None if column is None or column >= len(self._cells) else self._cells[column]

    def _given(self, field: str) -> Given:
        given = self._cell(field)
        return given if plain_text(given) else self.reader.matching.defaults.get(field)

    def _heading(self, field: str) -> str:
        column = self.reader.columns.get(field)
        return field if column is None else self.reader.table.headings[column]
