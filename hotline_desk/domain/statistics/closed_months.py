"""月结: a month's figures as they were reported, and what has changed in them since.

The rule. A closed month shows, in every column, what was reported; so do later sheets where they
show that month. The first month that is not closed tells what has changed since in all that was
reported before it (上月调整: the present count less what was last told, by month and figure), and
its sums hold it: 开栏累计 = the last reported 开栏累计 + 上月调整 + the months that are not closed;
本年累计 likewise, with what is told of this year's months alone, and so it is the present count of
the year's days: neither 期初数 nor a late row of December is of this year. So a change is booked in
the month that tells it, and the sum of all months with their adjustments is always the present
count and 期初数. Of what was there, 上月结转 is the present count, too: it is the reported 月末在办
and the adjustments of 新收 less 办结. In the sums 上月结转 is what balances: 在办 − 新收 + 办结.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.statistics.figures import FIXED, FigureKind, figure
from hotline_desk.domain.statistics.period_figures import (
    Adjustment,
    Columns,
    CountedFigure,
    PeriodFigures,
)
from hotline_desk.domain.statistics.periods import Period, month_after
from hotline_desk.domain.statistics.tallies import added

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from hotline_desk.domain.statistics.census import Census
    from hotline_desk.domain.statistics.closings import MonthClosing
    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.tallies import Counts

COLUMNS = ("present", "previous", "last_year", "this_year", "total")
"""The columns in which a figure is frozen, as the stored text names them: they stay for good."""

_DAY = timedelta(days=1)
_SUMS = (
    ("questions", "category.", "类别"),
    ("consultations", "channel.", "渠道"),
    ("cases.new", "route.", "分流"),
)
"""What is the sum of which figures, by how their keys begin."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A closed month as it is kept."""

    month: str
    reported_on: date
    kept: Mapping[str, Any]
    """By 填报单位, the union's under no name: its "own" figures by key, those with all below it by
    column and key ("columns"), and "adjustments"."""


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """One closed month of one 填报单位."""

    month: str
    reported_on: date
    columns: Mapping[str, Counts]
    """The figures by column."""
    adjusted: Mapping[str, Counts]
    """What its sheet added to earlier months, by month."""
    adjustments: tuple[Adjustment, ...]


def read_closings(closings: Sequence[MonthClosing]) -> tuple[Reported, ...]:
    """Return the closed months in their order."""
    return tuple(
        Reported(each.month, each.reported_on, json.loads(each.figures))
        for each in sorted(closings, key=lambda each: each.month)
    )


def _read(reported: Reported, kept: Mapping[str, Any]) -> ClosedMonth:
    told = kept.get("columns", {})
    columns: dict[str, Counts] = {column: Counter(told.get(column, {})) for column in COLUMNS}
    adjustments = tuple(
        Adjustment(
            month=each["month"],
            figure=figure(each["figure"]),
            reported=each["reported"],
            present=each["present"],
        )
        for each in kept.get("adjustments", ())
    )
    adjusted: dict[str, Counts] = {}
    for each in adjustments:
        adjusted.setdefault(each.month, Counter())[each.figure.key] += each.difference
    return ClosedMonth(reported.month, reported.reported_on, columns, adjusted, adjustments)


class UnitColumns:
    """The columns of one 填报单位, over its closed months and those that are not."""

    def __init__(self, census: Census, reported: Iterable[Reported], unit: str) -> None:
        is_union = unit == census.units.union
        self._census = census
        self._unit = unit
        self._units = census.units.under(unit)
        self._months = tuple(
            _read(each, each.kept.get("" if is_union else unit, {})) for each in reported
        )
        self._closed = {each.month: each for each in self._months}
        self._opening = census.book.openings if is_union else {}

    def counted(self, period: Period) -> PeriodFigures:
        """Return everything that is counted for *period*; 上年同期 where that is another one."""
        known = self._closed.get(period.month)
        columns = dict(known.columns) if known else self._present(period)
        finished = {name: self._census.finished(counts) for name, counts in columns.items()}
        if period.year_before.last >= period.first:  # the same days stand in both
            finished["last_year"] = dict.fromkeys(finished["last_year"])
        return PeriodFigures(
            period=period,
            unit=self._unit,
            figures=tuple(
                _counted(each, finished) for each in self._census.figures_with(columns.values())
            ),
            adjustments=known.adjustments if known else self._told_by(period.month),
            reported_on=known.reported_on if known else None,
            faults=tuple(_faults(columns)),
        )

    def _present(self, period: Period) -> dict[str, Counts]:
        present = self._all(period)
        columns = {
            "present": present,
            "previous": self._shown(period.before),
            "last_year": self._shown(period.year_before),
            "this_year": self._flows(period.year_to_date.first, period.last),
            "total": self._total(period),
        }
        for name in ("this_year", "total"):
            columns[name].update(_standing(columns[name], present))
        return columns

    def _shown(self, period: Period) -> Counts:
        """Return a period beside the one that is asked for, as it was reported if it was."""
        known = self._closed.get(period.month)
        return known.columns["present"] if known else self._all(period)

    def _all(self, period: Period) -> Counts:
        return self._census.counts(period, self._units)

    def _flows(self, first: date, last: date) -> Counts:
        if last < first:
            return Counter()
        return Counter(self._census.flows(Period(first, last), self._units))

    def _since_start(self, last: date) -> Counts:
        period = Period.of_day(last).since_start
        return self._flows(period.first, period.last)

    def _total(self, period: Period) -> Counts:
        if (last := self._reported_before(period)) is None:
            return added(self._since_start(period.last), self._opening)
        told = _flows_of(last.columns["total"])
        return added(told, self._adjusted(), self._flows(_after(last), period.last))

    def _reported_before(self, period: Period) -> ClosedMonth | None:
        """Return the last closed month, if *period* is a month that follows it."""
        last = self._months[-1] if self._months else None
        return last if last is not None and period.month > last.month else None

    def _told_by(self, month: str) -> tuple[Adjustment, ...]:
        """Return what the sheet of *month* tells: all of it the first that is not closed."""
        if not self._months or month != month_after(self._months[-1].month):
            return ()
        return self._differences

    def _adjusted(self) -> Counts:
        counts: Counts = Counter()
        for each in self._differences:
            if each.figure.kind is FigureKind.FLOW:
                counts[each.figure.key] += each.difference
        return counts

    @cached_property
    def _differences(self) -> tuple[Adjustment, ...]:
        """What is not as it was last told: before the first closed month, then month by month."""
        first = self._months[0]
        base = added(first.columns["total"])
        base.subtract(first.columns["present"])
        before = Period.of_month(first.month).first - _DAY
        found = [*self._changed("", base, added(self._since_start(before), self._opening))]
        for month, known in self._closed.items():
            period = Period.of_month(month)
            now = self._flows(period.first, period.last)
            found += self._changed(month, known.columns["present"], now)
        return (*found, *self._still_open(self._months[-1]))

    def _still_open(self, last: ClosedMonth) -> Iterator[Adjustment]:
        """Yield 在办 at the end of the last closed month, if it is not as it was reported."""
        told = last.columns["present"]["cases.open"]
        now = self._census.open_at(Period.of_month(last.month).last, self._units)
        if told != now:
            yield Adjustment(
                month=last.month, figure=figure("cases.open"), reported=told, present=now
            )

    def _changed(
        self, month: str, reported: Mapping[str, int], present: Mapping[str, int]
    ) -> Iterator[Adjustment]:
        """Yield the figures of what happened in a month that are not as they were last told."""
        told = added(reported, *(each.adjusted.get(month, {}) for each in self._closed.values()))
        for each in self._census.figures_with((told, present)):
            before, now = told[each.key], present.get(each.key, 0)
            if each.kind is FigureKind.FLOW and before != now:
                yield Adjustment(month=month, figure=each, reported=before, present=now)


def _flows_of(counts: Counts) -> Counts:
    return Counter(
        {key: count for key, count in counts.items() if figure(key).kind is FigureKind.FLOW}
    )


def _after(closed: ClosedMonth) -> date:
    return Period.of_month(month_after(closed.month)).first


def _standing(sums: Counts, present: Counts) -> Counts:
    """Return what is there in a column of sums: the same at its end, at its start what balances."""
    at_end = {each.key: present[each.key] for each in FIXED if each.kind is FigureKind.AT_END}
    carried = present["cases.open"] - sums["cases.new"] + sums["cases.closed"]
    return Counter({**at_end, "cases.carried": carried})


def _counted(each: Figure, columns: Mapping[str, Mapping[str, Number]]) -> CountedFigure:
    whole = columns["present"].get(each.share_of) if each.share_of else None
    part = columns["present"].get(each.key, 0)
    return CountedFigure(
        figure=each,
        columns=Columns(**{name: numbers.get(each.key, 0) for name, numbers in columns.items()}),
        share=part / whole if part is not None and whole else None,
    )


def _faults(columns: Mapping[str, Counts]) -> Iterator[str]:
    """Yield what does not balance."""
    present, total = columns["present"], columns["total"]
    carried, new, closed = (present[f"cases.{name}"] for name in ("carried", "new", "closed"))
    if carried + new - closed != present["cases.open"]:
        found = present["cases.open"]
        yield f"上月结转 {carried} + 新收 {new} − 办结 {closed} 不等于在办 {found}。"
    if left := total["cases.carried"]:
        yield f"期初数里新收与办结相差 {-left} 件：开栏时还在办的要录进案件台账。"
    for whole, parts, words in _SUMS:
        found = sum(count for key, count in present.items() if key.startswith(parts))
        if found != present[whole]:
            yield f"{words}：各项之和 {found} 不等于合计 {present[whole]}。"
