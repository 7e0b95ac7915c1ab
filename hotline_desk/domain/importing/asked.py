"""What a person is asked of a file that stands in no way: 填报单位, and how old cases ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from hotline_desk.domain.importing.call_back import AS_CLOSED
from hotline_desk.domain.importing.choices import CHOICES, StrangeWord
from hotline_desk.domain.importing.tables import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hotline_desk.domain.importing.cases import IncomingCase
    from hotline_desk.domain.importing.reading import Incoming

    Place = tuple[str, int]

_UNIT, _WAY, _END, _CALLED = "填报单位", "办结方式", "结案日期", "回访日期"


def unknown_units(
    incoming: Incoming, registered: tuple[str, ...], left_out: frozenset[Place]
) -> dict[tuple[str, str], int]:
    """Return each 填报单位 that is not registered, by table, with the number of its rows."""
    said: dict[tuple[str, str], set[int]] = defaultdict(set)
    for table, row, unit in (
        *((each.table, each.row, each.question.unit) for each in incoming.questions),
        *((each.table, each.row, each.case.unit) for each in incoming.cases),
    ):
        if unit and unit not in registered and (table, row) not in left_out:
            said[table, unit].add(row)
    return {place: len(rows) for place, rows in said.items()}


def told_of_units(unknown: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """Yield a reminder of each 填报单位 that is not registered."""
    for (table, unit), rows in unknown.items():
        words = (
            f"{rows:,} 行的填报单位是{unit}，没有登记，统计里单列一行（未登记）；"
            "请登记为服务点，或对照成登记过的单位"
        )
        yield Problem(table=table, row=None, heading=_UNIT, words=words, blocks=False)


def unit_words(
    unknown: Mapping[tuple[str, str], int], registered: tuple[str, ...]
) -> tuple[StrangeWord, ...]:
    """Return these as words that may be taken for registered ones, those of most rows first."""
    rows: Counter[str] = Counter()
    for (_, unit), count in unknown.items():
        rows[unit] += count
    return tuple(
        StrangeWord(field=_UNIT, word=unit, rows=count, choices=registered)
        for unit, count in rows.most_common()
    )


def end_words(cases: Sequence[IncomingCase]) -> tuple[StrangeWord, ...]:
    """Return what may hold for all *cases* that are 办结 and leave something of it unsaid.

    How they ended, whether they are 结案, and on which day their workers were called back.
    """
    unsaid = (
        (_WAY, sum(case.without_way for case in cases), ""),
        (_END, sum(case.can_end for case in cases), AS_CLOSED),
        (_CALLED, sum(case.undated for case in cases), AS_CLOSED),
    )
    return tuple(
        StrangeWord(field=field, word="", rows=rows, proposal=proposal, choices=CHOICES[field])
        for field, rows, proposal in unsaid
        if rows
    )


def told_of_ends(cases: Sequence[IncomingCase], defaults: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a reminder for what nobody has said of the ends of *cases*."""
    says = {
        _WAY: "办结了没有写办结方式，进程停在原处，要逐件补记；可以选一种办结方式一律照记",
        _END: "办结了没有写结案，款项也没有欠着；可以都按办结日期记结案",
    }
    for word in end_words(cases):
        if word.field in says and word.field not in defaults:  # the others are told by row
            words = f"{word.rows:,} 件{says[word.field]}"
            yield Problem(
                table=cases[0].table, row=None, heading=word.field, words=words, blocks=False
            )
