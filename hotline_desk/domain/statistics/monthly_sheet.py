"""每月汇总: the ten parts of a month's sheet, as plain records to be printed or written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.emerging import WITHIN, emerging
from hotline_desk.domain.statistics.figures import reports_zero
from hotline_desk.domain.statistics.periods import Period, month_text
from hotline_desk.domain.statistics.typical import typical_cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.statistics.emerging import Emerging
    from hotline_desk.domain.statistics.figures import Number, Part
    from hotline_desk.domain.statistics.period_figures import (
        Adjustment,
        CountedFigure,
        PeriodFigures,
    )
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.domain.statistics.typical import TypicalCase
    from hotline_desk.domain.units import UnitLine

UNIT_FIGURES = (
    "consultations", "questions", "cases.new", "cases.closed", "cases.open", "cases.yellow",
    "cases.red", "people", "agreed", "received",
)  # fmt: skip
"""The figures of the table by 填报单位 (part 8), by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One row of part 8."""

    line: UnitLine
    numbers: Mapping[str, Number]
    """By the keys of `UNIT_FIGURES`."""

    @property
    def is_zero(self) -> bool:
        """零报告."""
        return reports_zero(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlySheet:
    """每月汇总 of one month and 填报单位."""

    month: str
    """2026-11."""
    unit: str
    internal: bool = False
    """内部版: employers and 案由 of part 9 are named."""
    prepared_by: str = ""
    """填报人."""
    reviewed_by: str = ""
    """审核人."""
    signed_by: str = ""
    """签发人."""
    reported_on: date | None = None
    """上报日期; None while the month is not closed."""
    counted: PeriodFigures
    """Parts 1 to 7, with 上月调整 and what does not balance."""
    units: tuple[UnitRow, ...]
    """Part 8; sums stand before what they sum."""
    typical: tuple[TypicalCase, ...]
    """Part 9, 典型案例."""
    emerging: tuple[Emerging, ...]
    """Part 9, 苗头性问题."""

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return month_name(self.month, self.unit, internal=self.internal)

    def part(self, part: Part) -> tuple[CountedFigure, ...]:
        """Return the figures of one of the parts 1 to 7."""
        return tuple(each for each in self.counted.figures if each.figure.part is part)

    @property
    def cases_now(self) -> str:
        """Say that part 9 is of today where the other parts are as they were reported, or nothing.

        Figures are frozen (月结), the cases are not: their sums may be others than in part 6.
        """
        if self.reported_on is None or not (self.typical or self.emerging):
            return ""
        return f"各项数字是 {self.reported_on.isoformat()} 上报时的，以下案例和苗头按现在的台账。"

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """Part 10, 上月调整说明."""
        return self.counted.adjustments


def month_name(month: str, unit: str, *, internal: bool) -> str:
    """Return what a file of 每月汇总 is called; an internal one says so."""
    return f"每月汇总{'（内部版）' * internal} {unit} {month_text(month)}"


def monthly_sheet(
    reckoning: Reckoning,
    month: str,
    *,
    unit: str = "",
    internal: bool = False,
    prepared_by: str = "",
    reviewed_by: str = "",
    signed_by: str = "",
) -> MonthlySheet:
    """Return 每月汇总 of a month written as 2026-11, for *unit*, the union while empty.

    A closed month has the figures, and the names of those who signed, that it was reported with.

    Raises:
        KeyError: nobody knows the unit.
        ValueError: it is no month.
    """
    period = Period.of_month(month)
    counted = reckoning.counted(period, unit=unit)
    signed = next((each for each in reckoning.book.closings if each.month == month), None)
    return MonthlySheet(
        month=month,
        unit=counted.unit,
        internal=internal,
        prepared_by=signed.prepared_by if signed else prepared_by,
        reviewed_by=signed.reviewed_by if signed else reviewed_by,
        signed_by=signed.signed_by if signed else signed_by,
        reported_on=signed.reported_on if signed else None,
        counted=_with_sources(counted, reckoning.book.episodes),
        units=tuple(_unit_rows(reckoning, period, unit)),
        typical=typical_cases(reckoning, period, unit=unit, internal=internal),
        emerging=emerging(
            reckoning.questions(Period(period.first - WITHIN, period.last), unit=unit),
            period,
            internal=internal,
        ),
    )


def _with_sources(counted: PeriodFigures, episodes: Iterable[Episode]) -> PeriodFigures:
    """Return the figures, 收听人数 with the source that each episode's was filled in with."""
    told: dict[str, list[str]] = {}
    for each in sorted(episodes, key=lambda each: each.number):
        if each.listeners and counted.period.first <= each.on <= counted.period.last:
            told.setdefault(each.listeners_source or "没有写来源", []).append(str(each.number))
    sources = "；".join(f"{source}（第 {'、'.join(of)} 期）" for source, of in told.items())
    return replace(
        counted,
        figures=tuple(
            replace(each, figure=replace(each.figure, note=f"{each.figure.note}：{sources}"))
            if sources and each.figure.key == "listeners" and each.columns.present
            else each
            for each in counted.figures
        ),
    )


def _unit_rows(reckoning: Reckoning, period: Period, unit: str) -> Iterator[UnitRow]:
    for line in reckoning.units.lines(unit):
        counts = reckoning.reported_of_line(period, line)
        numbers = {key: counts[key] for key in UNIT_FIGURES}
        if line.is_active or any(numbers.values()):
            yield UnitRow(line=line, numbers=numbers)
