"""How days and moments are typed into a case, and how they are read."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hotline_desk.domain.days import is_meant
from hotline_desk.domain.times import STUDIO_ZONE

_DAY = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_WORDS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1}


def day_of(text: str, today: date) -> date | None:
    """Return the day that *text* means: 2026-11-25, 11-25, 11月25日, 今天; None for nothing.

    Without a year it is the one nearest to *today*.

    Raises:
        ValueError: it means none.
    """
    text = text.strip()
    if not text:
        return None
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    month, day = int(found[2]), int(found[3])
    if found[1]:
        written = date(int(found[1]), month, day)
        if not is_meant(written):
            raise ValueError(text)
        return written
    years = [year for year in (today.year - 1, today.year, today.year + 1) if _is(year, month, day)]
    if not years:
        raise ValueError(text)
    return min((date(year, month, day) for year in years), key=lambda each: abs(each - today))


def moment_of(text: str, now: datetime) -> datetime:
    """Return the moment that *text* means: 11-25 09:10, 昨天 15:00, 09:10.

    Raises:
        ValueError: it means none.
    """
    day, _, time = text.strip().rpartition(" ")
    found = _TIME.fullmatch(time)
    if found is None:
        raise ValueError(text)
    on = day_of(day, now.date()) or now.date()
    return datetime(on.year, on.month, on.day, int(found[1]), int(found[2]), tzinfo=STUDIO_ZONE)


def short_day(day: date | None) -> str:
    """Return *day* as it is written into a field; nothing where there is none."""
    return "" if day is None else day.isoformat()


def _is(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
