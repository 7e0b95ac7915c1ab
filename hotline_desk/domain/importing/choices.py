"""Which fields have words of their own, and what of a file still waits for a person's word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallerKind, Channel, PersonLabel
from hotline_desk.domain.casework.cases import Route, Satisfaction
from hotline_desk.domain.casework.clock_events import Grade
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Fulfilment
from hotline_desk.domain.categories import Category
from hotline_desk.domain.importing.call_back import AS_CLOSED, NOT_CALLED
from hotline_desk.domain.importing.cases import NOT_ENDED
from hotline_desk.domain.importing.headings import is_ignored, match, propose_for, same_word
from hotline_desk.domain.questions import Handling, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hotline_desk.domain.importing.tables import Matching, Problem, Table

CHOICES: Mapping[str, tuple[str, ...]] = {
    "来源渠道": tuple(Channel),
    "身份": tuple(CallerKind),
    "人员标签": tuple(PersonLabel),
    "问题类别": tuple(Category),
    "副类别": tuple(Category),
    "类型": tuple(Kind),
    "办理方式": tuple(Handling),
    "一般/复杂": tuple(Grade),
    "分流方式": tuple(Route),
    "办结方式": tuple(ClosingWay),
    "结案方式": tuple(Finish),
    "进程": tuple(Course),
    "结案日期": (AS_CLOSED, NOT_ENDED),
    "回访日期": (AS_CLOSED, NOT_CALLED),
    "履行状态": tuple(Fulfilment),
    "满意度": tuple(Satisfaction),
    "对单位保密": ("是", "否"),
    "可否回拨": ("是", "否"),
    "解答律师确认": ("是", "否"),
}
"""The words of each field that has no others; of a day those that may hold where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangeWord:
    """A word of the file that is none of a field's."""

    field: str
    word: str
    """Empty for what the rows do not say: what is taken for it holds for all of them."""
    rows: int
    proposal: str = ""
    choices: tuple[str, ...]
    """What it can be taken for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedColumn:
    """A column of the file and what it is taken for."""

    table: str
    heading: str
    field: str
    """Empty where it is not imported."""
    proposal: str
    """What it might be, as long as nobody has said."""


def known_columns(table: Table) -> dict[str, str]:
    """Return the headings that are the forms' own, with their fields; the others with none."""
    proposed = propose_for(table)
    return {
        heading: field if same_word(heading, field) else ""
        for heading, field in zip(table.headings, proposed, strict=True)
        if heading
    }


def matched_columns(
    table: Table, matching: Matching, decided: Iterable[str]
) -> list[MatchedColumn]:
    """Return the columns of a table; what is not among the headings *decided* has a proposal."""
    proposed = propose_for(table)
    said = set(decided)
    columns = matching.columns_of(table)
    taken = set(columns.values())
    return [
        MatchedColumn(
            table=table.name,
            heading=heading,
            field=columns.get(heading, ""),
            proposal="" if heading in said or proposed[column] in taken else proposed[column],
        )
        for column, heading in enumerate(table.headings)
        if heading
    ]


def kept_columns(matching: Matching, tables: Iterable[Table]) -> Matching:
    """Return *matching* as it is kept: by tables only where these call different things alike."""
    own = {table.name: matching.columns_of(table) for table in tables}
    said = {(heading, field) for columns in own.values() for heading, field in columns.items()}
    columns = dict(said)
    if len(columns) == len(said):
        return replace(matching, columns=columns, tables={})
    return replace(matching, columns={}, tables=own)


def unknown_headings(table: Table, matching: Matching) -> tuple[str, ...]:
    """Return the headings of columns with words in them that are no field and nobody decided."""
    decided = matching.columns_of(table)
    matched = match(table, matching)
    return tuple(
        heading
        for column, heading in enumerate(table.headings)
        if heading
        and not (matched[column] or heading in decided or is_ignored(heading))
        and table.has_words(column)
    )


def strange_words(problems: Iterable[Problem]) -> list[StrangeWord]:
    """Return the words that rows have and no field knows, those of the most rows first."""
    counted: Counter[tuple[str, str, str]] = Counter(
        (problem.field, problem.word, problem.proposal) for problem in problems if problem.word
    )
    return [
        StrangeWord(
            field=field, word=word, rows=rows, proposal=proposal, choices=CHOICES.get(field, ())
        )
        for (field, word, proposal), rows in counted.most_common()
    ]
