"""Purge 坐席 lines of takes that have ended, so that none is forgotten with its recorder.

The recorder purges what it records; what was too young when it ended, or could be taken back
then, is the desk's, at its start and now and then.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.claims import SEAT_ROLE
from hotline_desk.errors import (
    Cancelled,
    RecordingError,
    SoundFileError,
    TakeNotFound,
    WorkspaceError,
)
from hotline_desk.media.archive import silence
from hotline_desk.system import FileLock, is_locked
from hotline_desk.take import journal
from hotline_desk.take.captions import erase_purged, read_captions
from hotline_desk.take.consolidated import consolidated
from hotline_desk.take.places import TAKE
from hotline_desk.take.purge import (
    REGRET_SECONDS,
    SETTLED_SECONDS,
    due,
    note_purged,
    purge_due,
)
from hotline_desk.take.take import EVENTS, LOCK, Take
from hotline_desk.workflows.recording import relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.take.purge import Note, Range

NEWEST = 50
"""How many takes are looked at: older ones were, when the desk was opened before."""


def purge_ended(workspace: Workspace, settings: Settings, now: datetime) -> list[Path]:
    """Purge what is due of the newest takes; return the folders of those that were changed.

    A take that is being recorded is its recorder's; one that awaits its repair, or that a full or
    read-only disk keeps from it, is left for the next time, and so is a FLAC once a recorder runs.
    What the ledger has copied of their captions goes with `forget`.
    """
    changed = []
    found = sorted(workspace.episodes.glob(f"*/*/{TAKE}"), key=lambda path: path.stat().st_mtime)
    for record in found[-NEWEST:]:
        try:
            take = Take(record.parent)
            if any(line.role == SEAT_ROLE for line in take.lines) and take.ended_in_order:
                purged = _purge(workspace, take, settings, now)
                if erase_purged(take) or purged:  # of what the recorder purged, too
                    changed.append(take.folder)
        except (TakeNotFound, WorkspaceError, OSError, KeyError, TypeError, ValueError):
            continue
    return changed


def is_settled(take: Take, settings: Settings, now: datetime) -> bool:
    """Return whether nothing of a take that has ended in order is still to be purged.

    Until then its 坐席 lines stay in segments: a FLAC can only be purged by making another.
    """
    if all(line.role != SEAT_ROLE for line in take.lines):
        return True
    at = _take_time(take, now)
    keep_seconds = settings.purge_minutes * 60.0
    young = at - take.now() < max(keep_seconds, REGRET_SECONDS) + SETTLED_SECONDS
    return not young and not due(
        take, at, keep_seconds=keep_seconds, pre_roll_seconds=settings.pre_roll_seconds
    )


def forget(ledger: Ledger, workspace: Workspace, takes: Iterable[Path]) -> None:
    """Have the ledger's copies of captions be what may still be seen of *takes*.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    known = ledger.takes()
    for folder in takes:
        name = relative(workspace, folder)
        if name in known:
            captions, read_to = read_captions(folder)
            ledger.replace_utterances(name, captions, read_to=read_to)


def _purge(workspace: Workspace, take: Take, settings: Settings, now: datetime) -> bool:
    lock = FileLock(take.folder / LOCK)
    if not lock.acquire():
        return False
    try:
        note, at, keep_seconds = (
            _Note(take, now),
            _take_time(take, now),
            settings.purge_minutes * 60.0,
        )
        pre_roll_seconds = settings.pre_roll_seconds
        done = purge_due(
            take, at, keep_seconds=keep_seconds, pre_roll_seconds=pre_roll_seconds, note=note
        )
        left = due(take, at, keep_seconds=keep_seconds, pre_roll_seconds=pre_roll_seconds)
        done += _purge_archives(workspace, take, left, note)
    finally:
        lock.release()
    return bool(done)


def _purge_archives(
    workspace: Workspace, take: Take, ranges: Sequence[Range], note: Note
) -> list[Range]:
    """Make the FLACs of *take* anew that hold some of *ranges*; return what is gone by that."""

    def give_way(_samples: int) -> None:
        if is_locked(workspace.recorder_lock):
            raise Cancelled

    done: list[Range] = []
    for line in take.lines:
        gone = [each for each in ranges if each.line_id == line.id]
        if not gone or consolidated(take.folder, line.id) is None:
            continue
        places = [(each.first_sample, each.samples) for each in gone]
        try:
            silence(take.folder, line, places, passed=give_way)
        except (Cancelled, RecordingError, SoundFileError, WorkspaceError, OSError):
            continue  # the FLAC is what it was; the next time
        for each in gone:
            note_purged(each, note)
        done += gone
    return done


def _take_time(take: Take, now: datetime) -> float:
    """Return the take time that it would be by now, had *take* gone on.

    By the wall clock, the only one that goes on while nothing records.
    """
    end = next(event for event in take.events() if event["event"] == "end")
    since = (now - datetime.fromisoformat(end["wall"])).total_seconds()
    return take.now() + max(0.0, since) * take.speed


class _Note:
    """Writes events of a take whose recorder has ended; its lock is held meanwhile."""

    def __init__(self, take: Take, now: datetime) -> None:
        self._path = take.folder / EVENTS
        self._at = take.now()
        self._now = now

    def __call__(self, event: str, *, at: float | None = None, **facts: object) -> None:
        record: dict[str, Any] = {
            "event": event,
            "at": round(self._at if at is None else at, 6),
            "wall": self._now.isoformat(timespec="milliseconds"),
            **facts,
        }
        journal.append(self._path, record, sync=True)
