"""Start and end recording by the programme's timetable: what is due now, and what to say.

Decisions only: the desk asks now and then, and starts or stops the recorder itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.domain.timetable import Phase, Timetable
from hotline_desk.errors import TakeNotFound
from hotline_desk.take.places import TAKE
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.calls import Call
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings

_LONGEST_TAKE_SECONDS = 24 * 3600.0
_BY_HAND = "stop"
"""The reason in a take's end where somebody, or the desk, asked the recorder to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Whether recording is to begin now."""

    due: bool = False
    told: str = ""
    """What to say once it has begun."""
    missing: str = ""
    """What nobody may miss: it is time to record, and nothing is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Whether the recording is to be let go now."""

    due: bool = False
    told: str = ""
    """What to say, calmly: that it ends, or what it still waits for."""


def timetable(settings: Settings) -> Timetable:
    """Return the timetable that *settings* hold."""
    return Timetable(
        weekday=settings.weekday,
        records_from=settings.records_from,
        starts=settings.starts,
        ends=settings.ends,
        released=settings.released,
    )


def phase(settings: Settings, now: datetime) -> Phase:
    """Return where *now* lies in the week of the programme."""
    return timetable(settings).phase(now)


def due_start(workspace: Workspace, settings: Settings, now: datetime) -> Start:
    """Return whether recording is to begin *now*, where none runs, and what to say till it does.

    It begins with the lead of a broadcast, or at once where the desk is opened later. Somebody
    who stopped it by hand within the same broadcast is not overruled.

    Args:
        workspace: where the takes lie; looked at only when it is time.
        settings: the timetable, and the lines.
        now: with its offset.
    """
    present = phase(settings, now)
    if not present.should_record:
        return Start()
    missing = "应在录音，现在没有录音"
    if not settings.lines:
        return Start(missing=f"{missing}：还没有选好线路，请到设置（Ctrl+5）里选。")
    stopped = _stopped_by_hand(workspace, since=present.today.records_from)
    if stopped is not None:
        clock = f"{stopped.astimezone(STUDIO_ZONE):%H:%M}"
        return Start(missing=f"{missing}：{clock} 手动停止了，按 Ctrl+R 重新开始。")
    told = f"按节目时间表（{present.today.records_from:%H:%M}）自动开始录音。"
    return Start(due=True, told=told, missing=f"{missing}：正在自动开始，也可以按 Ctrl+R。")


def due_release(
    settings: Settings, now: datetime, began: datetime, calls: Iterable[Call]
) -> Release:
    """Return whether the take that *began* then is to be let go *now*.

    That is so from the timetable's end on, once nobody is on the line any more. A take of another
    day, or begun after the end, is somebody's own: it ends by hand.

    Args:
        settings: the timetable.
        now: with its offset.
        began: wall time of the take's beginning, with its offset.
        calls: those of the episode at hand.
    """
    table = timetable(settings)
    day = began.astimezone(STUDIO_ZONE).date()
    released = table.broadcast(day).released
    if day.weekday() != settings.weekday or not began < released <= now:
        return Release()
    clock = f"{released:%H:%M}"
    on_line = sum(call.state.is_on_line for call in calls)
    if on_line:
        return Release(told=f"已到 {clock}，还有 {on_line} 个通话没有结束，通话结束后停止录音。")
    return Release(due=True, told=f"已到 {clock}，本期录音按时间表结束，声音都已存好。")


def _stopped_by_hand(workspace: Workspace, *, since: datetime) -> datetime | None:
    """Return when the take that ended last was stopped by hand, None if it was not after *since*.

    A recorder that died, or came to its longest time, was stopped by nobody.
    """
    ended: datetime | None = None
    by_hand = False
    for record in workspace.episodes.glob(f"*/*/{TAKE}"):
        try:
            if record.stat().st_mtime < since.timestamp() - _LONGEST_TAKE_SECONDS:
                continue
            take = Take(record.parent)
            end = next(event for event in take.events() if event["event"] == "end")
            at = datetime.fromisoformat(end["wall"])
            newer = at >= (ended or since)
        except StopIteration:
            continue  # being recorded, or to be repaired
        except (TakeNotFound, OSError, KeyError, TypeError, ValueError):
            continue  # damaged: it tells nothing
        if newer:
            ended, by_hand = at, end["reason"] == _BY_HAND
    return ended if by_hand else None
