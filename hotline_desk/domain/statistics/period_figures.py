"""A period's figures beside those that it is compared with, and how they spread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.figures import FigureKind, change_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.periods import Period

MONTH_COLUMNS = ("本月", "上月", "环比", "上年同期", "同比", "本年累计", "开栏累计")
PERIOD_COLUMNS = ("本期", "上期", "环比", "上年同期", "同比", "本年累计", "开栏累计")


class Group(StrEnum):
    """What figures can be spread by."""

    EPISODE = "期号"
    MONTH = "月份"
    CATEGORY = "问题类别"
    CHANNEL = "来源渠道"
    ROUTE = "分流方式"
    DISTRICT = "区县街道"
    LAWYER = "解答人、承办人"
    UNIT = "填报单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One figure in every column of 每月汇总."""

    present: Number
    """本月, for other periods 本期."""
    previous: Number
    """上月, 上期."""
    last_year: Number
    """上年同期."""
    this_year: Number
    """本年累计."""
    total: Number
    """开栏累计, 期初数 included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFigure:
    """A figure and what it came to."""

    figure: Figure
    columns: Columns
    share: float | None = None
    """占比 in the present column, 0 to 1; None where none is told."""

    @property
    def change(self) -> float | None:
        """环比: by what part of 上月 it changed, for a rate the difference; None without one."""
        return _change(self.figure, self.columns.present, self.columns.previous)

    @property
    def year_change(self) -> float | None:
        """同比, the same against 上年同期."""
        return _change(self.figure, self.columns.present, self.columns.last_year)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """What the rows of each of the seven columns come to (`PeriodFigures.column_periods`)."""
        columns = self.columns
        return (columns.present, columns.previous, columns.previous, columns.last_year,
                columns.last_year, columns.this_year, columns.total)  # fmt: skip

    @property
    def texts(self) -> tuple[str, ...]:
        """The seven columns as they are read."""
        figure, columns = self.figure, self.columns
        return (
            figure.text(columns.present),
            figure.text(columns.previous),
            change_text(figure, self.change),
            figure.text(columns.last_year),
            change_text(figure, self.year_change),
            figure.text(columns.this_year),
            figure.text(columns.total),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """The present column's figures of what has one value in common."""

    value: str
    """By which `Reckoning.behind` finds its rows: 工资, 190, 2026-11; may be empty."""
    words: str
    """How it is shown: 第 190 期, 未填写."""
    numbers: Mapping[str, Number]
    """By the figure's key; what is nothing is 0, stocks (at start and end) included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """上月调整: a reported month's figure that has changed since then."""

    month: str
    """2026-10; empty for what was before the first closed month, 期初数 included."""
    figure: Figure
    reported: int
    """What it was last told to be."""
    present: int

    @property
    def difference(self) -> int:
        """What the next sheet adds."""
        return self.present - self.reported


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """Everything counted for one period."""

    period: Period
    unit: str
    """填报单位; its sums hold what is below it."""
    figures: tuple[CountedFigure, ...]
    """In the order of 每月汇总."""
    adjustments: tuple[Adjustment, ...] = ()
    """For a month: what its sheet tells of earlier ones."""
    reported_on: date | None = None
    """上报日期 if the period is a closed month: then these are the figures that were reported."""
    faults: tuple[str, ...] = ()
    """What does not balance, a sentence each; nothing where all does."""

    @property
    def column_headings(self) -> tuple[str, ...]:
        """The headings of the seven columns."""
        return MONTH_COLUMNS if self.period.month else PERIOD_COLUMNS

    @property
    def column_periods(self) -> tuple[Period, ...]:
        """The days that each of the seven columns counts; 环比 and 同比 open what they compare."""
        period = self.period
        before, last_year = period.before, period.year_before
        return (period, before, before, last_year, last_year, period.year_to_date,
                period.since_start)  # fmt: skip

    def __getitem__(self, key: str) -> CountedFigure:
        """Return the figure of this key.

        Raises:
            KeyError: none has it.
        """
        found = next((each for each in self.figures if each.figure.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsBehind:
    """The records that a number counts, by their ids."""

    questions: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    """期号."""
    letters: tuple[int, ...] = ()
    publications: tuple[int, ...] = ()


def _change(figure: Figure, value: Number, before: Number) -> float | None:
    if value is None or before is None:
        return None
    if figure.kind is FigureKind.RATE:
        return value - before
    return value / before - 1 if before else None
