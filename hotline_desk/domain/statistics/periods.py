"""Stretches of days that are counted, and those they are compared with."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.times import long_day_text
from hotline_desk.errors import PeriodReversed

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_MONTHS = 12
_THE_FIRST = date(1900, 1, 1)
"""Before any office's first broadcast: 开栏累计 counts from here."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from *first* to *last*, both included.

    Raises:
        PeriodReversed: it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodReversed(self.first, self.last)

    @classmethod
    def of_month(cls, month: str) -> Period:
        """Return the days of a month written as 2026-11.

        Raises:
            ValueError: it is no month.
        """
        return _months(date.fromisoformat(f"{month}-01"), 1)

    @classmethod
    def of_day(cls, day: date) -> Period:
        """Return one day."""
        return cls(day, day)

    @property
    def month(self) -> str:
        """The month that these days are, written as 2026-11; empty if they are none or more."""
        return month_of(self.first) if self._whole_months == 1 else ""

    @property
    def words(self) -> str:
        """How the desk says it: 2026年11月, 2026年11月25日 周三, 2026-11-01 至 2026-11-20."""
        if self.first == _THE_FIRST:
            return f"开栏至 {self.last.isoformat()}"
        if self.first == self.last:
            return long_day_text(self.first)
        if self.month:
            return month_text(self.month)
        return f"{self.first.isoformat()} 至 {self.last.isoformat()}"

    @property
    def before(self) -> Period:
        """As many days before, or as many months where these are whole months."""
        if count := self._whole_months:
            return _months(_shifted(self.first, -count), count)
        return Period(self.first - (self.last - self.first) - _DAY, self.first - _DAY)

    @property
    def after(self) -> Period:
        """As many days after, or as many months where these are whole months."""
        if count := self._whole_months:
            return _months(_shifted(self.first, count), count)
        return Period(self.last + _DAY, self.last + (self.last - self.first) + _DAY)

    @property
    def year_before(self) -> Period:
        """The same days of the year before; whole months stay whole."""
        if count := self._whole_months:
            return _months(_shifted(self.first, -_MONTHS), count)
        return Period(_year_before(self.first), _year_before(self.last))

    @property
    def year_to_date(self) -> Period:
        """From the first of January of the last day's year."""
        return Period(date(self.last.year, 1, 1), self.last)

    @property
    def since_start(self) -> Period:
        """From before the first broadcast to the last day."""
        return Period(_THE_FIRST, self.last)

    def days(self) -> Iterator[date]:
        """Yield the days in order."""
        day = self.first
        while day <= self.last:
            yield day
            day += _DAY

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def _whole_months(self) -> int:
        """How many months these days are, 0 if they begin or end within one."""
        if self.first.day != 1 or (self.last + _DAY).day != 1:
            return 0
        years = self.last.year - self.first.year
        return years * _MONTHS + self.last.month - self.first.month + 1


def month_of(day: date) -> str:
    """Return the month of *day*, written as 2026-11."""
    return f"{day.year:04}-{day.month:02}"


def month_after(month: str) -> str:
    """Return the month after one written as 2026-11."""
    return month_of(Period.of_month(month).last + _DAY)


def month_text(month: str) -> str:
    """Return a month written as 2026-11 as the desk says it: 2026年11月."""
    year, _, number = month.partition("-")
    return f"{int(year)}年{int(number)}月"


def _months(first: date, count: int) -> Period:
    return Period(first, _shifted(first, count) - _DAY)


def _shifted(first: date, months: int) -> date:
    """Return the first day of the month that lies *months* away."""
    year, month = divmod(first.year * _MONTHS + first.month - 1 + months, _MONTHS)
    return date(year, month + 1, 1)


def _year_before(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
