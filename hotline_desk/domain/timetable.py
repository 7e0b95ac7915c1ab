"""The programme's timetable: when recording begins, when it is on the air, when all is let go.

It goes by the studio's wall clock; the zone knows no summer time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from hotline_desk.domain.episodes import next_broadcast
from hotline_desk.domain.times import STUDIO_ZONE, day_text

_LEEWAY = timedelta(minutes=10)
"""Before and after a broadcast, where the times around it would lie within it."""


class AirStage(Enum):
    """Where a moment lies in the week."""

    OTHER_DAY = "other day"
    BEFORE = "before"
    LEAD = "lead"
    ON_AIR = "on air"
    RUN_OUT = "run out"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The times of one weekly broadcast, each as ``09:50``."""

    weekday: int
    """0 is Monday."""
    records_from: str
    starts: str
    ends: str
    released: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What contradicts itself, a sentence each."""
        found = []
        if self.starts >= self.ends:
            found.append(f"开播 {self.starts} 不早于结束 {self.ends}，请改其中一个。")
        if self.records_from > self.starts:
            found.append(f"录音开始 {self.records_from} 晚于开播，按开播前 10 分钟开始录音。")
        if self.released < self.ends:
            found.append(f"录音结束 {self.released} 早于节目结束，按节目结束后 10 分钟结束录音。")
        return tuple(found)

    def broadcast(self, day: date) -> Broadcast:
        """Return the moments of a broadcast on *day*, whatever weekday it is."""
        starts, ends = _moment(day, self.starts), _moment(day, self.ends)
        records_from = _moment(day, self.records_from)
        released = _moment(day, self.released)
        return Broadcast(
            records_from=records_from if records_from <= starts else starts - _LEEWAY,
            starts=starts,
            ends=ends,
            released=released if released >= ends else ends + _LEEWAY,
        )

    def phase(self, now: datetime) -> Phase:
        """Return where *now* lies."""
        today = now.astimezone(STUDIO_ZONE).date()
        broadcast = self.broadcast(today)
        stage = broadcast.stage(now) if today.weekday() == self.weekday else AirStage.OTHER_DAY
        later = (
            today if stage in {AirStage.BEFORE, AirStage.OTHER_DAY} else today + timedelta(days=1)
        )
        return Phase(
            stage=stage,
            today=broadcast,
            next_start=self.broadcast(next_broadcast(later, self.weekday)).records_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One day's moments, in the order in which they come."""

    records_from: datetime
    starts: datetime
    ends: datetime
    released: datetime

    def stage(self, now: datetime) -> AirStage:
        """Return where *now* lies on this day; each moment belongs to what it begins."""
        if now < self.records_from:
            return AirStage.BEFORE
        if now < self.starts:
            return AirStage.LEAD
        if now < self.ends:
            return AirStage.ON_AIR
        return AirStage.RUN_OUT if now < self.released else AirStage.RELEASED


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Where a moment lies, and what follows from it."""

    stage: AirStage
    today: Broadcast
    """What would be today's moments, if `stage` is not another day's."""
    next_start: datetime
    """When recording begins by itself next time, after this moment."""

    @property
    def should_record(self) -> bool:
        """Whether the lines have to be recorded now."""
        return self.stage in {AirStage.LEAD, AirStage.ON_AIR, AirStage.RUN_OUT}

    @property
    def on_air(self) -> bool:
        """Whether the programme is being broadcast now."""
        return self.stage is AirStage.ON_AIR

    @property
    def words(self) -> str:
        """What comes next, in one clause."""
        match self.stage:
            case AirStage.LEAD:
                return f"{self.today.starts:%H:%M} 开播"
            case AirStage.ON_AIR:
                return f"直播时间，{self.today.ends:%H:%M} 结束"
            case AirStage.RUN_OUT:
                return f"直播时间已过，录音到 {self.today.released:%H:%M}"
            case AirStage.BEFORE:
                return f"今天 {self.next_start:%H:%M} 自动开始录音"
            case AirStage.RELEASED | AirStage.OTHER_DAY:
                next_day = day_text(self.next_start.date(), self.today.starts.date())
                return f"下次 {next_day} {self.next_start:%H:%M} 自动开始录音"


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), STUDIO_ZONE)
