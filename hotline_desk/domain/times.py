"""How dates, durations and money are said."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

STUDIO_ZONE = timezone(timedelta(hours=8))
"""The studio's time: China has one zone and no summer time."""

_WEEKDAYS = "一二三四五六日"


def studio_now() -> datetime:
    """Return the time on the studio's clock."""
    return datetime.now(STUDIO_ZONE)


def clock_text(seconds: float) -> str:
    """Return *seconds* of take time as ``00:42:10``."""
    whole = int(max(0.0, seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def duration_text(seconds: float) -> str:
    """Return a length as people say it: ``2 分 05 秒``, ``40 秒``, ``1 小时 02 分``."""
    whole = round(max(0.0, seconds))
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60:02} 秒"
    return f"{whole // 3600} 小时 {whole // 60 % 60:02} 分"


def day_text(day: date) -> str:
    """Return a day as ``11月25日 周三``."""
    return f"{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def long_day_text(day: date) -> str:
    """Return a day as ``2026年11月25日 周三``."""
    return f"{day.year}年{day_text(day)}"


def money_text(fen: int) -> str:
    """Return an amount in fen as ``33,000 元``, with jiao and fen only where there are any."""
    yuan, rest = divmod(abs(fen), 100)
    cents = f".{rest:02}" if rest else ""
    return f"{'-' if fen < 0 else ''}{yuan:,}{cents} 元"
