"""Purge 坐席 lines of takes that have ended, so that none is forgotten with its recorder.

The recorder purges what it records; what was too young when it ended, or could be taken back
then, is the desk's, at its start and now and then.
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.roles import Role
from hotline_desk.errors import (
    Cancelled,
    HotlineDeskError,
    RecordingError,
    SoundFileError,
    TakeNotFound,
    WorkspaceError,
)
from hotline_desk.ledger import Ledger
from hotline_desk.media.archive import silence
from hotline_desk.system import FileLock, is_locked
from hotline_desk.take import journal
from hotline_desk.take.captions import erase_purged
from hotline_desk.take.consolidated import consolidated
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.purge import (
    REGRET_SECONDS,
    SETTLED_SECONDS,
    due,
    has_certain_marks,
    note_purged,
    purge_due,
    purged,
)
from hotline_desk.take.take import EVENTS, LOCK, Take
from hotline_desk.workflows.gather import copy_anew
from hotline_desk.workflows.recording import relative
from hotline_desk.workflows.recover import newest_takes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.take.purge import Note, Range
    from hotline_desk.take.take import LineInfo

"""More calls than a take can have."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Purging:
    """What became of the newest takes; their folders."""

    changed: list[Path] = field(default_factory=list)
    """Sound became silent there, or words went."""
    left: list[Path] = field(default_factory=list)
    """Something could not be purged; it is tried again the next time."""


def purge_ended(workspace: Workspace, settings: Settings, now: datetime) -> Purging:
    """Purge what is due of the newest takes.

    A take that is being recorded is its recorder's; one that awaits its repair is left for the
    next time, and so is a FLAC once a recorder runs. What the ledger has copied of the captions
    goes with `forget`.
    """
    purging = Purging()
    for folder in newest_takes(workspace):
        try:
            take = Take(folder)
            if any(line.role == Role.SEAT for line in take.lines) and take.ended_in_order:
                _see_to(workspace, take, settings, now, purging)
        except TakeNotFound:
            continue
        except HotlineDeskError as error:
            _log.warning("a take could not be purged: %s", type(error).__name__)
            purging.left.append(folder)
        except Exception as error:  # noqa: BLE001  no take may keep the others from being purged
            frames = "".join(traceback.format_tb(error.__traceback__))  # a message may hold words
            _log.error("a take could not be purged: %s\n%s", type(error).__name__, frames)
            purging.left.append(folder)
    return purging


def is_settled(take: Take, settings: Settings, now: datetime) -> bool:
    """Return whether nothing of a take that has ended in order is still to be purged.

    Until then its 坐席 lines stay in segments: a FLAC can only be purged by making another.
    """
    if all(line.role != Role.SEAT for line in take.lines):
        return True
    keep_seconds = settings.purge_minutes * 60.0
    age = _take_time(take, now) - take.now()
    young = age < max(keep_seconds, REGRET_SECONDS) + SETTLED_SECONDS
    return not young and not _due(take, settings, now)


def unmarked(ledger: Ledger, workspace: Workspace, take: Take) -> list[Call]:
    """Return the calls on *take* that its marks do not know as the ledger does.

    Marks of theirs were lost: that a call came in, or that its caller agreed after all.
    """
    known = {(mark.kind, mark.call_id) for mark in marks(take.folder)}
    query = CallQuery(take=relative(workspace, take.folder))
    return [
        call
        for call in ledger.calls(query)
        if (MarkKind.CALL, call.id) not in known
        or ((MarkKind.REFUSED, call.id) in known and call.consent.record is not False)
    ]


def forget(ledger: Ledger, workspace: Workspace, takes: Iterable[Path]) -> None:
    """Have the ledger's copies of captions be what may still be seen of *takes*.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    known = ledger.takes()
    for folder in takes:
        name = relative(workspace, folder)
        if name in known:
            copy_anew(ledger, folder, name)


def _see_to(
    workspace: Workspace, take: Take, settings: Settings, now: datetime, purging: Purging
) -> None:
    before = len(purged(take))
    try:
        if not has_certain_marks(take):
            purging.left.append(take.folder)
        elif _due(take, settings, now):  # else the ledger need not be asked, minute by minute
            if _is_marked(workspace, take):
                _purge(workspace, take, settings, now)
            else:
                purging.left.append(take.folder)
    finally:
        if erase_purged(take) or len(purged(take)) > before:  # words of the recorder's purge, too
            purging.changed.append(take.folder)


def _is_marked(workspace: Workspace, take: Take) -> bool:
    """Return whether the marks of *take* know all calls that the ledger knows.

    Raises:
        LedgerError: the ledger cannot be asked.
    """
    if not workspace.ledger.exists():
        return True
    with Ledger.open(workspace.ledger) as ledger:
        return not unmarked(ledger, workspace, take)


def _purge(workspace: Workspace, take: Take, settings: Settings, now: datetime) -> None:
    note, at = TakeNote(take, now), _take_time(take, now)
    lock = FileLock(take.folder / LOCK)
    if not lock.acquire():
        return
    keep_seconds, pre_roll_seconds = settings.purge_minutes * 60.0, settings.pre_roll_seconds
    try:
        purge_due(take, at, keep_seconds=keep_seconds, pre_roll_seconds=pre_roll_seconds, note=note)
    finally:
        try:
            _purge_archives(workspace, take, _due(take, settings, now), note)
        finally:
            lock.release()


def _due(take: Take, settings: Settings, now: datetime) -> list[Range]:
    return due(
        take,
        _take_time(take, now),
        keep_seconds=settings.purge_minutes * 60.0,
        pre_roll_seconds=settings.pre_roll_seconds,
    )


def _purge_archives(workspace: Workspace, take: Take, ranges: Sequence[Range], note: Note) -> None:
    """Make the FLACs of *take* anew that hold some of *ranges*.

    Raises:
        HotlineDeskError: one could not be made, and is what it was; the others were.
    """
    failure: HotlineDeskError | None = None
    for line in take.lines:
        gone = [each for each in ranges if each.line_id == line.id]
        if not gone or consolidated(take.folder, line.id) is None:
            continue
        try:
            _purge_archive(workspace, take, line, gone, note)
        except (RecordingError, SoundFileError, WorkspaceError) as error:
            failure = failure or error
    if failure is not None:
        raise failure


def _purge_archive(
    workspace: Workspace, take: Take, line: LineInfo, gone: Sequence[Range], note: Note
) -> None:
    def give_way(_samples: int) -> None:
        if is_locked(workspace.recorder_lock):
            raise Cancelled

    places = [(each.first_sample, each.samples) for each in gone]
    try:
        silence(take.folder, line, places, passed=give_way)
    except Cancelled:
        return  # the next time
    except OSError as error:
        raise journal.workspace_error(take.folder, error) from error
    for each in gone:
        note_purged(each, note)


def _take_time(take: Take, now: datetime) -> float:
    """Return the take time that it would be by now, had *take* gone on.

    By the wall clock, the only one that goes on while nothing records.
    """
    end = next(event for event in take.events() if event["event"] == "end")
    since = (now - datetime.fromisoformat(end["wall"])).total_seconds()
    return take.now() + max(0.0, since) * take.speed


class TakeNote:
    """Writes events of a take whose recorder has ended; its lock is held meanwhile."""

    def __init__(self, take: Take, now: datetime) -> None:
        self._path = take.folder / EVENTS
        self._at = take.now()
        self._now = now

    def __call__(self, event: str, *, at: float | None = None, **facts: object) -> None:
        """Add *event*, as `Note` says."""
        record: dict[str, Any] = {
            "event": event,
            "at": round(self._at if at is None else at, 6),
            "wall": self._now.isoformat(timespec="milliseconds"),
            **facts,
        }
        journal.append(self._path, record, sync=True)
