"""The periods that are asked for most, by the word on their button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from hotline_desk.domain.episodes import nearest_episode
from hotline_desk.domain.statistics.periods import Period, month_of

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.errors import HotlineDeskError

_QUARTER = 3
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Usual(Enum):
    """A word that means other days each day."""

    TODAY = "今日"
    YESTERDAY = "昨日"
    EPISODE = "本期"
    WEEK = "本周"
    MONTH = "本月"
    LAST_MONTH = "上月"
    QUARTER = "本季"
    YEAR = "本年"
    SINCE_START = "开栏以来"


OF_STATISTICS = (Usual.EPISODE, Usual.WEEK, Usual.MONTH, Usual.LAST_MONTH, Usual.QUARTER,
                 Usual.YEAR, Usual.SINCE_START)  # fmt: skip
OF_DAYS = (Usual.TODAY, Usual.YESTERDAY, Usual.WEEK, Usual.MONTH, Usual.LAST_MONTH)


@dataclass(frozen=True, slots=True)
class Counting:
    """What the ledger came to, and its episodes, the first first."""

    reckoning: Reckoning
    episodes: tuple[Episode, ...]
    fault: HotlineDeskError | None = None
    """What of the office's own calendar is not understood; it was counted without it then."""

    def usual(self, usual: Usual, today: date) -> Period:
        """Return the days that *usual* means *today*."""
        if usual is Usual.EPISODE:
            episode = nearest_episode(self.episodes, today)
            return Period.of_day(episode.on if episode else today)
        if usual is Usual.SINCE_START:
            return Period(min(self.reckoning.beginning or today, today), today)
        return _usual(usual, today)

    def episode_on(self, day: date) -> int | None:
        """Return 期号 of the broadcast of that day, None without one."""
        return next((each.number for each in self.episodes if each.on == day), None)

    def broadcast_beside(self, period: Period, by: int) -> Period | None:
        """Return the day of the broadcast before or after *period*, None without one."""
        days = [each.on for each in self.episodes]
        if by > 0:
            found = next((day for day in days if day > period.last), None)
        else:
            found = next((day for day in reversed(days) if day < period.first), None)
        return None if found is None else Period.of_day(found)


def _usual(usual: Usual, today: date) -> Period:
    if usual in {Usual.TODAY, Usual.YESTERDAY}:
        return Period.of_day(today if usual is Usual.TODAY else today - _DAY)
    if usual is Usual.WEEK:
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + _WEEK - _DAY)
    if usual is Usual.QUARTER:
        first = today.month - (today.month - 1) % _QUARTER
        last = Period.of_month(f"{today.year:04}-{first + _QUARTER - 1:02}").last
        return Period(today.replace(month=first, day=1), last)
    if usual is Usual.YEAR:
        return Period(today.replace(month=1, day=1), today.replace(month=12, day=31))
    month = Period.of_month(month_of(today))
    return month.before if usual is Usual.LAST_MONTH else month
