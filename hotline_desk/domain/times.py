"""How dates, durations and money are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

STUDIO_ZONE = timezone(timedelta(hours=8))
"""The studio's time: China has one zone and no summer time."""

LEAST_DELAY_SECONDS = 6.0
"""How far live call-in radio has to run behind the studio."""

_WEEKDAYS = "一二三四五六日"


def studio_now() -> datetime:
    """Return the time on the studio's clock."""
    return datetime.now(STUDIO_ZONE)


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """The two clocks of one moment of a live broadcast."""

    recorded: datetime
    """录音时间: when it was said in the studio."""
    aired: datetime
    """播出时间: when it was heard, the delay later."""

    @property
    def recorded_text(self) -> str:
        """录音时间 as ``10:16:58``."""
        return f"{self.recorded:%H:%M:%S}"

    @property
    def aired_text(self) -> str:
        """播出时间 as ``10:17:18``."""
        return f"{self.aired:%H:%M:%S}"

    @property
    def words(self) -> str:
        """Both, for a tooltip or a row's panel."""
        return f"录音 {self.recorded_text} · 播出 {self.aired_text}"


def two_clocks(started_at: datetime, at: float, *, delay_seconds: float) -> TwoClocks:
    """Return the clocks of a moment of a take, on the studio's wall.

    Args:
        started_at: wall time of take time 0, with its offset.
        at: seconds of take time.
        delay_seconds: how far the air ran behind, as the take has it.
    """
    recorded = started_at.astimezone(STUDIO_ZONE) + timedelta(seconds=at)
    return TwoClocks(recorded, recorded + timedelta(seconds=delay_seconds))


def delay_warning(delay_seconds: float) -> str:
    """Return what to say of a delay that is too short for live call-in radio, else nothing."""
    if delay_seconds >= LEAST_DELAY_SECONDS:
        return ""
    return (
        f"延时 {delay_seconds:g} 秒，不足 {LEAST_DELAY_SECONDS:g} 秒："
        "热线直播至少要延时这么久，请核对延时设备。"
    )


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


def short_day_text(day: date, today: date | None = None) -> str:
    """Return a day as ``11月25日``, of another year than today's as ``2025年11月25日``.

    Args:
        day: which is said.
        today: when it is said, by the studio's clock unless given.
    """
    year = (today or studio_now()).year
    return ("" if day.year == year else f"{day.year}年") + f"{day.month}月{day.day}日"


def day_text(day: date, today: date | None = None) -> str:
    """Return a day as ``11月25日 周三``; of another year than today's as ``2025年11月25日``.

    The arguments are those of :func:`short_day_text`.
    """
    short = short_day_text(day, today)
    return short if "年" in short else f"{short} {_weekday(day)}"


def long_day_text(day: date) -> str:
    """Return a day as ``2026年11月25日 周三``."""
    return f"{day.year}年{day.month}月{day.day}日 {_weekday(day)}"


def _weekday(day: date) -> str:
    return f"周{_WEEKDAYS[day.weekday()]}"


def received_clock(at: datetime) -> str:
    """Return the time of day of something received, ``10:03``; empty where nobody wrote one.

    A row of a table that has a day alone comes in with midnight to the microsecond, which nothing
    received at the desk ever has: no time is made up for it.
    """
    return "" if at.time() == time() else f"{at:%H:%M}"


def received_text(at: datetime) -> str:
    """Return when something was received: ``2026-11-25 10:03``, the day alone without a time."""
    return f"{at.date().isoformat()} {received_clock(at)}".rstrip()


def received_iso(at: datetime) -> str:
    """Return the same for other programs: ``2026-11-25T10:03:00+08:00``, or the day alone."""
    whole = at.astimezone(STUDIO_ZONE)
    return whole.isoformat(timespec="seconds") if received_clock(whole) else str(whole.date())


def received_long_text(at: datetime) -> str:
    """Return the same as ``2026年11月25日 周三 10:03``."""
    return f"{long_day_text(at.date())} {received_clock(at)}".rstrip()


def money_text(fen: int) -> str:
    """Return an amount in fen as ``33,000 元``, with jiao and fen only where there are any."""
    yuan, rest = divmod(abs(fen), 100)
    cents = f".{rest:02}" if rest else ""
    return f"{'-' if fen < 0 else ''}{yuan:,}{cents} 元"
