"""The records of each 填报单位, by their days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.case_entries import case_entries, rounds_of
from hotline_desk.domain.statistics.counted import CountedQuestion, Entry, Traits
from hotline_desk.domain.statistics.other_entries import other_entries
from hotline_desk.domain.statistics.tallies import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.statistics.counted import Book, CountedRound


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecords:
    """What one unit's own figures are counted from."""

    questions: Stream[CountedQuestion]
    visits: Stream[CountedQuestion]
    """The first question of each call, and every one that came without a call."""
    entries: Stream[Entry]
    rounds: Sequence[CountedRound]

    @property
    def first(self) -> date | None:
        """The first day that anything lies on."""
        days = [day for day in (self.questions.first, self.entries.first) if day]
        return date.fromisoformat(min(days)) if days else None

    @property
    def last(self) -> date | None:
        """The last day that anything lies on; the limit of what is done early is to come."""
        days = [day for day in (self.questions.last, self.entries.last) if day]
        return date.fromisoformat(max(days)) if days else None


def sorted_by_unit(book: Book) -> dict[str, UnitRecords]:
    """Return the records of every unit; whose unit nobody knows are the union's.

    A call's first question says where and under what the call is counted.
    """
    home = book.units.home
    questions: dict[str, list[CountedQuestion]] = defaultdict(list)
    visits: dict[str, list[CountedQuestion]] = defaultdict(list)
    for row in book.questions:
        questions[home(row.unit)].append(row)
    for row in _visits(book.questions):
        visits[home(row.unit)].append(row)
    entries: dict[str, list[Entry]] = defaultdict(list)
    rounds: dict[str, list[CountedRound]] = defaultdict(list)
    traits = _traits(book)
    for case in book.cases:
        own = rounds_of(case, traits[case.id])
        rounds[traits[case.id].unit] += own
        entries[traits[case.id].unit] += case_entries(case, own, book)
    for entry in other_entries(book, traits):
        entries[entry.traits.unit].append(entry)
    return {
        unit: UnitRecords(
            questions=Stream(questions[unit]),
            visits=Stream(visits[unit]),
            entries=Stream(sorted(entries[unit], key=attrgetter("day"))),
            rounds=rounds[unit],
        )
        for unit in book.units.names
    }


def _visits(questions: Sequence[CountedQuestion]) -> Iterator[CountedQuestion]:
    seen: set[int] = set()
    for row in questions:
        if row.call_id is None:
            yield row
        elif row.call_id not in seen:
            seen.add(row.call_id)
            yield row


def _traits(book: Book) -> dict[int, Traits]:
    """Return what each case is grouped by: its own, and those of its first question."""
    wanted = {min(case.questions) for case in book.cases if case.questions}
    heads = {row.id: row for row in book.questions if row.id in wanted}
    return {case.id: _traits_of(case, heads, book) for case in book.cases}


def _traits_of(case: Case, heads: dict[int, CountedQuestion], book: Book) -> Traits:
    own = Traits(
        unit=book.units.home(case.unit),
        route=case.route.value if case.route else "",
        lawyer=case.owner,
    )
    head = heads.get(min(case.questions, default=0))
    if head is None:
        return own
    return own._replace(
        episode=head.episode,
        channel=head.channel,
        category=head.category,
        district=head.district,
    )
