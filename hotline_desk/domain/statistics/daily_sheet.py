"""每日台账: a day's figures by 填报单位; a day with nothing is reported as such (零报告)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.figures import OTHER, PUBLISHED, reports_zero
from hotline_desk.domain.statistics.periods import Period, month_of, month_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hotline_desk.domain.statistics.figures import Number
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.domain.units import UnitLine

ZERO_REPORT = "零报告"

DAILY_COLUMNS: tuple[tuple[str, str], ...] = (
    ("来电", "calls"),
    ("来访", "visits"),
    ("网上", "online"),
    ("咨询人次", "consultations"),
    ("问题数", "questions"),
    ("其中：工资", "category.工资"),
    ("社保缴纳", "category.社保缴纳"),
    ("劳动合同", "category.劳动合同"),
    ("工伤", "category.工伤"),
    ("其他", "category.其他"),
    ("立案", "cases.new"),
    ("办结", "cases.closed"),
    ("在办", "cases.open"),
    ("黄牌", "cases.yellow"),
    ("红牌", "cases.red"),
)
"""Heading and figure of each column of numbers; 其他 is what the four before it do not count."""

STOCKS = 3
"""How many of the last columns tell what was there at the day's end."""

DAILY_HEADINGS: tuple[str, ...] = (
    "日期", "填报单位", *(heading for heading, _ in DAILY_COLUMNS), "填报人", "审核人"
)  # fmt: skip

DAILY_NOTES: tuple[str, ...] = (
    "来电、来访、网上是咨询人次的一部分；12345 转办、上级交办和部门移送来的只计在咨询人次里。",
    "咨询人次：一人一次来电或来访计一次；问题数：台账行数，五类之和。",
    "立案是当日接收的案件，重办重新接收的也计，各日之和是每月汇总的新收。"
    "上日在办 + 立案 − 办结 = 在办。",
    "在办、黄牌、红牌是当日末的件数；没有人咨询、没有收案也没有办结的，报“零报告”。",
)
"""口径, to stand beneath the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyRow:
    """One 填报单位 on one day."""

    day: date
    line: UnitLine
    numbers: Mapping[str, Number]
    """By the keys of `DAILY_COLUMNS`."""

    @property
    def is_zero(self) -> bool:
        """零报告: nobody asked, and no case came in or was closed."""
        return reports_zero(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySheet:
    """每日台账 of one day or more."""

    period: Period
    unit: str
    rows: tuple[DailyRow, ...]
    """By day, then by 填报单位 as in the tree; sums stand before what they sum."""
    prepared_by: str = ""
    reviewed_by: str = ""
    closed: tuple[tuple[str, date], ...] = ()
    """The closed months (2026-10) that some of the days lie in, with 上报日期."""

    @property
    def notes(self) -> tuple[str, ...]:
        """口径, and that days of a closed month are told as the ledger has them now."""
        return (
            *DAILY_NOTES,
            *(
                f"{month_text(month)}已于 {day.isoformat()} 月结上报；本表按现在的台账，"
                "与上报数不同的以上报数为准，差额记在上月调整。"
                for month, day in self.closed
            ),
        )

    def cells(self) -> list[list[str | int]]:
        """Return the rows as the form has them, under `DAILY_HEADINGS`.

        What happened on a day with nothing is 零报告 in its first column and empty in the others;
        what was there at its end is told all the same.
        """
        return [
            [row.day.isoformat(), row.line.words, *_cells(row), self.prepared_by,
             self.reviewed_by]
            for row in self.rows
        ]  # fmt: skip


def daily_sheet(
    reckoning: Reckoning,
    period: Period,
    *,
    unit: str = "",
    prepared_by: str = "",
    reviewed_by: str = "",
) -> DailySheet:
    """Return 每日台账 of the days of *period* for *unit*, the union while empty, and all below it.

    Raises:
        KeyError: nobody knows the unit.
    """
    lines = reckoning.units.lines(unit)
    rows = [
        DailyRow(day=day, line=line, numbers=numbers)
        for day in period.days()
        for line in lines
        for numbers in [_numbers(reckoning, day, line)]
        if line.is_active or any(numbers.values())
    ]
    return DailySheet(
        period=period,
        unit=lines[0].name,
        rows=tuple(rows),
        prepared_by=prepared_by,
        reviewed_by=reviewed_by,
        closed=tuple(
            (each.month, each.reported_on)
            for each in reckoning.reported
            if month_of(period.first) <= each.month <= month_of(period.last)
        ),
    )


def _numbers(reckoning: Reckoning, day: date, line: UnitLine) -> Mapping[str, Number]:
    counted = reckoning.of_line(Period.of_day(day), line)
    published = sum(int(counted[f"category.{heading}"] or 0) for heading in PUBLISHED)
    others = {f"category.{OTHER}": int(counted["questions"] or 0) - published}
    return {key: (counted | others)[key] for _, key in DAILY_COLUMNS}


def _cells(row: DailyRow) -> list[str | int]:
    if not row.is_zero:
        return [int(row.numbers[key] or 0) for _, key in DAILY_COLUMNS]
    stocks = [int(row.numbers[key] or 0) for _, key in DAILY_COLUMNS[-STOCKS:]]
    return [ZERO_REPORT, *[""] * (len(DAILY_COLUMNS) - STOCKS - 1), *stocks]
