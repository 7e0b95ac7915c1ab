"""Which days are worked (工作日), and how they are counted."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline_desk.domain.notices import CalendarPages, Festivals, Notice

_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""元旦, 劳动节 and 国庆节 (全国年节及纪念日放假办法 第二条, as of 2025)."""


class Calendar:
    """The working days of an office.

    The office's own days come first, then the State Council's notices. A year without a notice is
    estimated (暂估): its statutory days are off as the law names them, without any shifting, and
    so are its weekends.
    """

    def __init__(self, *pages: CalendarPages) -> None:
        """Lay *pages* on top of each other; a later notice replaces one of the same year."""
        notices: dict[int, Notice] = {n.year: n for page in pages for n in page.notices}
        self._festivals: dict[int, Festivals] = {
            festivals.new_year.year: festivals for page in pages for festivals in page.festivals
        }
        self._published = frozenset(notices)
        self._named: dict[date, bool] = {}
        for _, notice in sorted(notices.items()):
            self._name(off=notice.off, worked=notice.worked)
        for page in pages:
            self._name(off=page.office_off, worked=page.office_worked)
        self._counted: dict[int, tuple[date, ...]] = {}

    def is_workday(self, day: date) -> bool:
        """Return whether *day* is worked."""
        named = self._named.get(day)
        if named is not None:
            return named
        return day.weekday() < _SATURDAY and (
            day.year in self._published or day not in self._statutory(day.year)
        )

    def is_estimated(self, after: date, until: date) -> bool:
        """Return whether a day in (*after*, *until*] is of a year without a notice (暂估)."""
        first = after + timedelta(days=1)
        return any(year not in self._published for year in range(first.year, until.year + 1))

    def workdays(self, after: date, until: date) -> int:
        """Return how many days in (*after*, *until*] are worked; 0 if *until* is not later."""
        if until <= after:
            return 0
        whole_years = sum(len(self._workdays_of(year)) for year in range(after.year, until.year))
        return whole_years + self._position(until) - self._position(after)

    def nth(self, after: date, count: int) -> date:
        """Return the *count*-th working day after *after*, which is not counted itself.

        Args:
            after: a day, worked or not (民法典 第二百零一条).
            count: from 1 on.
        """
        if count < 1:
            raise ValueError(count)
        year, place = after.year, self._position(after) + count - 1
        while place >= len(days := self._workdays_of(year)):
            year, place = year + 1, place - len(days)
        return days[place]

    def _position(self, day: date) -> int:
        """How many days of the year up to *day* are worked."""
        return bisect_right(self._workdays_of(day.year), day)

    def _workdays_of(self, year: int) -> tuple[date, ...]:
        if year not in self._counted:
            numbers = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            days = map(date.fromordinal, numbers)
            self._counted[year] = tuple(filter(self.is_workday, days))
        return self._counted[year]

    def _statutory(self, year: int) -> frozenset[date]:
        fixed = {date(year, month, day) for month, day in _FIXED}
        festivals = self._festivals.get(year)
        if festivals is None:
            return frozenset(fixed)
        eve_to_third = {festivals.new_year + timedelta(days=n) for n in (-1, 0, 1, 2)}
        single = {festivals.qingming, festivals.dragon_boat, festivals.mid_autumn}
        return frozenset(fixed | eve_to_third | single)

    def _name(self, *, off: frozenset[date], worked: frozenset[date]) -> None:
        self._named.update(dict.fromkeys(off, False))
        self._named.update(dict.fromkeys(worked, True))
