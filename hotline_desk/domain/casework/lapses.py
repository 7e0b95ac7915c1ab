"""时效提醒: what lapses when, from the days a case knows; for the lawyer to check (供律师核对).

Periods are those of the civil code: the day itself is not counted (民法典 第二百零一条); a period
of years or months ends on the day of the same number, or the month's last (第二百零二条); a last
day that is not worked moves on to the next that is (第二百零三条).
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hotline_desk.domain.workdays import Calendar

NOTICE = "供律师核对"
"""Stands beside everything that this module says."""


class Unit(StrEnum):
    """What a period is counted in."""

    YEAR = "年"
    MONTH = "月"
    DAY = "日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One time limit of the law, as the office's list has it."""

    what: str
    who: str
    start: str
    """The event it runs from, as the case's days name it."""
    count: int
    unit: Unit
    source: str
    interruptible: bool = False
    """Whether 时效中断 lets it begin anew."""
    checked: bool = True
    """Whether the office has checked the article; shown with ？ until then."""
    until_paid: bool = False
    """Whether it is met when the money that was promised has come in full."""
    note: str = ""
    """What is to be heeded of it: whom it does not bind, where the law is read differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """When a limit lapses in a case."""

    limit: Limit
    start: date
    """The event's day, or that of the last interruption (时效中断)."""
    last: date
    """The last day on which it can still be done."""
    estimated: bool
    """暂估: whether *last* is worked is not published yet."""

    def left(self, on: date) -> int:
        """Return the calendar days left on the day *on*; below 0 when it may have lapsed."""
        return (self.last - on).days


def lapses(
    limits: Iterable[Limit],
    days: Mapping[str, date],
    *,
    calendar: Calendar,
    interruptions: Iterable[date] = (),
) -> list[Lapse]:
    """Return what lapses in a case, the first to lapse first.

    Args:
        limits: the office's list.
        days: when each known event was, by its name.
        calendar: the office's working days.
        interruptions: days on which the worker claimed or asked for help (时效中断).
    """
    found = []
    stops = sorted(interruptions)
    for limit in limits:
        if (start := days.get(limit.start)) is None:
            continue
        nominal = period_end(start, limit.count, limit.unit)
        for stop in stops if limit.interruptible else ():
            # what has lapsed cannot be interrupted any more
            if start < stop <= _worked(nominal, calendar):
                start, nominal = stop, period_end(stop, limit.count, limit.unit)
        last = _worked(nominal, calendar)
        estimated = calendar.is_estimated(nominal - timedelta(days=1), last)
        found.append(Lapse(limit=limit, start=start, last=last, estimated=estimated))
    return sorted(found, key=lambda lapse: lapse.last)


def left_text(lapse: Lapse, on: date) -> str:
    """Return how long is left as the desk says it; a lapse is never stated as a fact."""
    left = lapse.left(on)
    if left < 0:
        return f"可能已过 {-left} 天"
    return f"还有 {left} 天" if left else "今天是最后一天"


def period_end(start: date, count: int, unit: Unit) -> date:
    """Return the last day of a period that runs from *start*, which is not counted.

    Raises:
        OverflowError: it lies beyond the calendar.
    """
    if unit is Unit.DAY:
        return start + timedelta(days=count)
    whole = start.year * 12 + start.month - 1 + count * (12 if unit is Unit.YEAR else 1)
    year, month = whole // 12, whole % 12 + 1
    if year > date.max.year:
        raise OverflowError(year)
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))


def _worked(day: date, calendar: Calendar) -> date:
    return day if calendar.is_workday(day) else calendar.nth(day, 1)
