"""Counting any days of any units: what happened in them, and what was there at their ends."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.categories import Category
from hotline_desk.domain.statistics.case_entries import clock_of
from hotline_desk.domain.statistics.counted_units import sorted_by_unit
from hotline_desk.domain.statistics.figures import FigureKind, all_figures, heading_of, headings
from hotline_desk.domain.statistics.tallies import tally

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from hotline_desk.domain.statistics.counted import Book, CountedQuestion, CountedRound, Entry
    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.periods import Period
    from hotline_desk.domain.statistics.tallies import Counts
    from hotline_desk.domain.units import Units

_DAY = timedelta(days=1)
_CATEGORY = "category."
_CARDS = {Card.YELLOW: "cases.yellow", Card.RED: "cases.red"}


class Census:
    """Counts as the ledger was at one moment, whatever has been reported."""

    def __init__(self, book: Book) -> None:
        """Sort the records of *book* by 填报单位 and by day."""
        self.book = book
        self.on: date = book.on
        """The day it was read: nothing later has happened yet."""
        self.units: Units = book.units
        self.figures: tuple[Figure, ...] = all_figures(headings(book.published))
        """Every figure in the order of 每月汇总, categories by the office's 统计口径."""
        self._headings = {
            category.value: f"{_CATEGORY}{heading_of(category, book.published)}"
            for category in Category
        }
        self._records = sorted_by_unit(book)
        self._flows: dict[tuple[Period, str], Counts] = {}
        self._states: dict[tuple[int, date], tuple[str, ...]] = {}

    def counts(self, period: Period, units: Collection[str]) -> Counts:
        """Return the figures of *period* as they are now, without the rates."""
        counts = Counter(self.flows(period, units))
        counts.update(self._stocks(self._open(period.last, units), period.last))
        counts["cases.carried"] = self.open_at(period.first - _DAY, units)
        return counts

    def flows(self, period: Period, units: Collection[str]) -> Counts:
        """Return the figures of what happened in *period*, as they are now."""
        return sum((self._own_flows(period, unit) for unit in units), Counter())

    def open_at(self, day: date, units: Collection[str]) -> int:
        """Return 在办 at the end of *day*."""
        return sum(1 for _ in self._open(day, units))

    def figures_with(self, counts: Iterable[Mapping[str, int]]) -> tuple[Figure, ...]:
        """Return every figure, and those of headings that only *counts* still have."""
        keys = {key for each in counts for key in each if key.startswith(_CATEGORY)}
        old = sorted(keys - {each.key for each in self.figures})
        if not old:
            return self.figures
        return all_figures((*headings(self.book.published),
                            *(key.removeprefix(_CATEGORY) for key in old)))  # fmt: skip

    def finished(self, counts: Counts) -> dict[str, Number]:
        """Return *counts* with every figure, rates included."""
        return {
            each.key: _rate(each, counts) if each.kind is FigureKind.RATE else counts[each.key]
            for each in self.figures_with((counts,))
        }

    def _own_flows(self, period: Period, unit: str) -> Counts:
        found = self._flows.get((period, unit))
        if found is None:
            own = self._records[unit]
            found = self._flows[period, unit] = self._tally(
                own.questions.within(period), own.visits.within(period),
                own.entries.within(period),
            )  # fmt: skip
        return found

    def _tally(
        self,
        questions: Sequence[CountedQuestion],
        visits: Iterable[CountedQuestion],
        entries: Iterable[Entry],
    ) -> Counts:
        return tally(questions, visits, entries, headings=self._headings)

    def _open(self, day: date, units: Collection[str]) -> Iterator[CountedRound]:
        for unit in units:
            for each in self._records[unit].rounds:
                if each.is_open(day):
                    yield each

    def _stocks(self, rounds: Iterable[CountedRound], day: date) -> Counts:
        counts: Counts = Counter()
        for each in rounds:
            counts["cases.open"] += 1
            counts.update(self._state(each, min(day, self.on)))
        return counts

    def _state(self, each: CountedRound, day: date) -> tuple[str, ...]:
        """Return the figures of stocks that an open round counts under at the end of *day*."""
        key = (id(each), day)
        if key not in self._states:
            clock = clock_of(each, day, self.book)
            keys = [_CARDS[clock.card]] if clock.card in _CARDS else []
            self._states[key] = (*keys, "paused") if clock.pause else tuple(keys)
        return self._states[key]


def _rate(wanted: Figure, counts: Counts) -> float | None:
    above, below = wanted.of
    return counts[above] / counts[below] if counts[below] else None
