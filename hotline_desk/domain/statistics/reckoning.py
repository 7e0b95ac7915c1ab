"""What the records of an office come to, for any days and any unit, and how it spreads."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.census import Census
from hotline_desk.domain.statistics.closed_months import UnitColumns, read_closings
from hotline_desk.domain.statistics.figures import FigureKind, figure
from hotline_desk.domain.statistics.grouping import in_order, value_of, words_of
from hotline_desk.domain.statistics.period_figures import Group, GroupRow, RowsBehind
from hotline_desk.domain.statistics.periods import Period, month_of
from hotline_desk.domain.statistics.tallies import VISIT_KEYS, Counts, added

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.statistics.counted import Book, CountedQuestion, CountedRound, Entry
    from hotline_desk.domain.statistics.counted_units import UnitRecords
    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.period_figures import PeriodFigures
    from hotline_desk.domain.units import UnitLine

_DAY = timedelta(days=1)
_BY_PLACE = frozenset({Group.UNIT, Group.MONTH})
"""Groups whose parts are units or periods of their own."""


class Reckoning(Census):
    """What the ledger came to at one moment; it stays as it is when the ledger changes."""

    def __init__(self, book: Book) -> None:
        """Count what *book* holds, beside what has been reported of it."""
        super().__init__(book)
        self.reported = read_closings(book.closings)
        """The closed months in their order."""
        self._columns: dict[str, UnitColumns] = {}

    @property
    def beginning(self) -> date | None:
        """The first day that anything counted lies on."""
        return min(filter(None, (own.first for own in self._records.values())), default=None)

    def counted(self, period: Period, *, unit: str = "") -> PeriodFigures:
        """Return every figure in every column for *unit*, the union while empty, and all below it.

        A closed month has the figures it was reported with, and later ones build on them.

        Raises:
            KeyError: nobody knows the unit.
        """
        name = self.units.under(unit)[0]
        if name not in self._columns:
            self._columns[name] = UnitColumns(self, self.reported, name)
        return self._columns[name].counted(period)

    def numbers(self, period: Period, *, unit: str = "") -> dict[str, Number]:
        """Return every figure of *period* as it is now, by its key.

        Raises:
            KeyError: nobody knows the unit.
        """
        return self._numbers(period, self.units.under(unit))

    def of_line(self, period: Period, line: UnitLine) -> dict[str, Number]:
        """Return every figure of *period* as it is now for one row of a sheet by 填报单位."""
        return self._numbers(period, line.units)

    def reported_of_line(self, period: Period, line: UnitLine) -> Counts:
        """Return the counts of one row of a sheet, as they were reported if *period* is closed.

        A unit that nobody knows any more is the union's.
        """
        reported = next((each for each in self.reported if each.month == period.month), None)
        if reported is None:
            return self.counts(period, line.units)
        return added(
            *(
                kept["own"]
                for name, kept in reported.kept.items()
                if self.units.home(name or self.units.union) in line.units
            )
        )

    def groups(self, period: Period, by: Group, *, unit: str = "") -> tuple[GroupRow, ...]:
        """Return how the figures of *period* spread, as they are now; the sums are the figures.

        Raises:
            KeyError: nobody knows the unit.
        """
        units = self.units.under(unit)
        if by is Group.UNIT:
            found = {each: self._numbers(period, (each,)) for each in units}
        elif by is Group.MONTH:
            found = {
                month: self._numbers(days, units)
                for month, days in self._months(period, units).items()
            }
        else:
            found = self._spread(period, by, units)
        sizes = {value: int(numbers["questions"] or 0) for value, numbers in found.items()}
        return tuple(
            GroupRow(value=value, words=words_of(by, value), numbers=found[value])
            for value in in_order(by, sizes, self.units)
            if any(found[value].values())
        )

    def behind(
        self,
        key: str,
        period: Period,
        *,
        unit: str = "",
        by: Group | None = None,
        value: str = "",
    ) -> RowsBehind:
        """Return the rows that a figure counts, or its part with *value* of the group *by*.

        Of a visit it is the first row. Behind a rate lie those that fell short of a whole one.

        Raises:
            KeyError: no figure has the key, or nobody knows the unit.
        """
        wanted = figure(key)
        units = self.units.under(unit)
        if by is Group.UNIT:
            units = tuple(each for each in units if each == value)
        elif by is Group.MONTH:
            period = _common(period, Period.of_month(value))

        def fits(record: CountedQuestion | CountedRound | Entry) -> bool:
            return by is None or by in _BY_PLACE or value_of(by, record) == value

        return self._behind(wanted, period, units, fits)

    def questions(self, period: Period, *, unit: str = "") -> list[CountedQuestion]:
        """Return the rows of *period*, unit by unit.

        Raises:
            KeyError: nobody knows the unit.
        """
        return [
            row
            for each in self.units.under(unit)
            for row in self._records[each].questions.within(period)
        ]

    def category_of(self, case: Case) -> str:
        """Return the category of a case's first question; empty where it has none."""
        own = self._records[self.units.home(case.unit)]
        return next((each.traits.category for each in own.rounds if each.case_id == case.id), "")

    def _numbers(self, period: Period, units: Collection[str]) -> dict[str, Number]:
        return self.finished(self.counts(period, units))

    def _spread(
        self, period: Period, by: Group, units: Collection[str]
    ) -> dict[str, dict[str, Number]]:
        questions: dict[str, list[CountedQuestion]] = defaultdict(list)
        visits: dict[str, list[CountedQuestion]] = defaultdict(list)
        entries: dict[str, list[Entry]] = defaultdict(list)
        there: dict[str, list[CountedRound]] = defaultdict(list)
        carried: Counter[str] = Counter()
        for own in map(self._records.__getitem__, units):
            for question in own.questions.within(period):
                questions[value_of(by, question)].append(question)
            for visit in own.visits.within(period):
                visits[value_of(by, visit)].append(visit)
            for entry in own.entries.within(period):
                entries[value_of(by, entry)].append(entry)
        for each in self._open(period.last, units):
            there[value_of(by, each)].append(each)
        carried.update(value_of(by, each) for each in self._open(period.first - _DAY, units))
        found = {}
        for value in {*questions, *visits, *entries, *there, *carried}:
            counts = self._tally(questions[value], visits[value], entries[value])
            counts.update(self._stocks(there[value], period.last))
            counts["cases.carried"] = carried[value]
            found[value] = self.finished(counts)
        return found

    def _months(self, period: Period, units: Collection[str]) -> dict[str, Period]:
        """Return the days of *period* by month, from the first that has something to the last."""
        firsts = [first for unit in units if (first := self._records[unit].first)]
        lasts = [last for unit in units if (last := self._records[unit].last)]
        last = min(period.last, max((self.on, *lasts)))
        if not firsts or last < period.first:
            return {}
        day, found = max(period.first, min(*firsts, last)), {}
        while day <= last:
            month = Period.of_month(month_of(day))
            found[month_of(day)] = _common(month, Period(period.first, last))
            day = month.last + _DAY
        return found

    def _behind(
        self,
        wanted: Figure,
        period: Period,
        units: Collection[str],
        fits: Callable[[CountedQuestion | CountedRound | Entry], bool],
    ) -> RowsBehind:
        records = [self._records[unit] for unit in units]
        if wanted.kind is FigureKind.RATE:
            return RowsBehind(cases=_short(wanted, period, records, fits))
        if wanted.kind is not FigureKind.FLOW:
            return RowsBehind(cases=self._there(wanted, period, units, fits))
        questions = [
            row.id for own in records for row in self._rows(wanted.key, own, period) if fits(row)
        ]
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for own in records:
            for entry in own.entries.within(period):
                if entry.key == wanted.key and fits(entry):
                    found[entry.table][entry.row_id] = None
        return RowsBehind(
            questions=tuple(questions), **{table: tuple(ids) for table, ids in found.items()}
        )

    def _rows(self, key: str, own: UnitRecords, period: Period) -> Iterator[CountedQuestion]:
        """Yield the rows that a figure of questions or visits counts."""
        for row in own.questions.within(period):
            if key in {"questions", self._headings[row.category]}:
                yield row
        for visit in own.visits.within(period):
            if key in VISIT_KEYS[visit.channel]:
                yield visit

    def _there(
        self,
        wanted: Figure,
        period: Period,
        units: Collection[str],
        fits: Callable[[CountedQuestion | CountedRound | Entry], bool],
    ) -> tuple[int, ...]:
        """Return the cases that a figure of stocks counts."""
        day = period.last if wanted.kind is FigureKind.AT_END else period.first - _DAY
        return tuple(
            each.case_id
            for each in self._open(day, units)
            if fits(each)
            and (
                wanted.key in {"cases.open", "cases.carried"}
                or wanted.key in self._state(each, min(day, self.on))
            )
        )


def _short(
    wanted: Figure, period: Period, records: Iterable[UnitRecords], fits: Callable[[Entry], bool]
) -> tuple[int, ...]:
    """Return the cases that a rate divides by and does not count: once for each of their rounds."""
    above, below = wanted.of
    counts: Counter[tuple[int, str]] = Counter()
    for own in records:
        for entry in filter(fits, own.entries.within(period)):
            counts[entry.row_id, entry.day] += (entry.key == below) - (entry.key == above)
    return tuple(dict.fromkeys(case for (case, _), count in counts.items() if count > 0))


def _common(period: Period, other: Period) -> Period:
    """Return the days that both have; *other*'s first where there are none."""
    first = max(period.first, other.first)
    return Period(first, max(first, min(period.last, other.last)))
