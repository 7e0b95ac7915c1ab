"""Consolidate takes: one FLAC a line, heard again sample for sample before the segments go.

Runs while nothing records. Wherever it is interrupted, a line is whole in its segments or in its
FLAC, and the next run goes on from there.

Left in segments is a line with something missing: a file that was moved away, or lies on a disk
that is not there now, may come back, and finds its place then. So is a 坐席 line of which words
may still have to go.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import time
from typing import TYPE_CHECKING

from hotline_desk.domain.roles import Role
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import (
    Cancelled,
    HotlineDeskError,
    SegmentDiffers,
    SegmentHeld,
    TakeNotFound,
)
from hotline_desk.media.archive import archive, replaced
from hotline_desk.settings import load
from hotline_desk.system import FileLock, is_locked, patiently
from hotline_desk.take import captions, journal
from hotline_desk.take.consolidated import Consolidated, Held, consolidated
from hotline_desk.take.journal import workspace_error
from hotline_desk.take.places import TAKE, places
from hotline_desk.take.segments import SAMPLE_BYTES, playlist, segments
from hotline_desk.take.take import LOCK, Take
from hotline_desk.workflows.purge import is_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.take.segments import Segment
    from hotline_desk.take.take import LineInfo

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.2
"""How often it is asked whether somebody began to record, or wants this to stop."""


def waiting(workspace: Workspace) -> list[Path]:
    """Return the folders of the takes that can be consolidated now, oldest first.

    None while a recorder runs. A take that was not ended in order waits for its repair, one that
    is being captioned for its captioner, one that is brought home or purged for that.
    """
    if is_locked(workspace.recorder_lock):
        return []
    settings = load(workspace.settings)
    records = sorted(workspace.episodes.glob(f"*/*/{TAKE}"))
    return [record.parent for record in records if _waits(record.parent, settings)]


def consolidate(
    workspace: Workspace,
    take_folder: Path,
    *,
    progress: Callable[[float, float | None], None],
    cancelled: Callable[[], bool],
) -> None:
    """Make one FLAC a line of a take that is `waiting`, then delete its segments.

    Does nothing to a take that is not waiting any more, or that another process works on.

    Args:
        workspace: whose recorder comes first: this stops as soon as one runs.
        take_folder: the take's.
        progress: gets the share that is done, 0 to 1, and the seconds left, None at first.
        cancelled: asked several times a second.

    Raises:
        Cancelled: it was asked to stop, or a recorder runs; nothing is lost.
        NoRoomForFlac: the FLAC would not fit beside the segments, which stay.
        FlacFailed: the FLAC did not come out as the segments are; they stay.
        SegmentHeld: another program holds a segment; the FLAC is whole, try again later.
        SegmentDiffers: a segment was changed after its FLAC was made; both stay.
        WorkspaceUnwritable: the take's folder cannot be written, or a segment not be read.
        FfmpegMissing: there is no usable ffmpeg.
        TakeNotFound: the folder holds no take.
    """
    take = Take(take_folder)
    lock = FileLock(take_folder / LOCK)
    try:
        # the recorder's own lock: whoever writes a take's sound holds it
        if not _may_change(take) or not lock.acquire():
            return
        try:
            due = _due(take, load(workspace.settings))
            # what could not be deleted lately must not keep other lines waiting
            due.sort(key=lambda line: consolidated(take_folder, line.id) is not None)
            samples = sum(take.length(line.name) for line in due)
            course = _Course(workspace, samples, progress, cancelled)
            for line in due:
                _consolidate_line(take, line, course)
        finally:
            lock.release()
    except OSError as error:
        raise workspace_error(take_folder, error) from error


class _Course:
    """How far it has come; every sample is passed twice, written and heard again."""

    def __init__(
        self,
        workspace: Workspace,
        samples: int,
        progress: Callable[[float, float | None], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._recorder_lock = workspace.recorder_lock
        self._all = max(1, 2 * samples)
        self._passed = 0
        self._progress = progress
        self._cancelled = cancelled
        self._began = time.monotonic()
        self._next_look = self._began

    def passed(self, samples: int) -> None:
        """Note that *samples* more were passed.

        Raises:
            Cancelled: it is to stop.
        """
        self._passed += samples
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _LOOK_SECONDS
        if self._cancelled() or is_locked(self._recorder_lock):
            raise Cancelled
        share = min(1.0, self._passed / self._all)
        left = (now - self._began) * (1 - share) / share if share else None
        self._progress(share, left)


def _has_more_than_one_flac_a_line(folder: Path) -> bool:
    """Whether there is anything to do, by the names alone: years of takes are looked at."""
    names = [name for place in places(folder) if place.is_dir() for name in os.listdir(place)]  # noqa: PTH208  names only
    flacs = [re.split(r"[-.]", name)[0] for name in names if ".flac" in name]
    return len(flacs) > len(set(flacs)) or any(name.endswith(".wav") for name in names)


def _waits(folder: Path, settings: Settings) -> bool:
    """Return whether the take in *folder* is `waiting`; one that cannot be understood is not."""
    try:
        if not _has_more_than_one_flac_a_line(folder):
            return False
        take = Take(folder)
        return _may_change(take) and bool(_due(take, settings))
    except TakeNotFound:
        return False
    except (HotlineDeskError, OSError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        _log.warning("a take cannot be put away: %s", type(error).__name__)
        return False


def _may_change(take: Take) -> bool:
    """Whether nobody else is at work on *take*, and its end is known."""
    return take.ended_in_order and not any(
        is_locked(take.folder / name) for name in (LOCK, captions.LOCK)
    )


def _due(take: Take, settings: Settings) -> list[LineInfo]:
    """Return the lines with segments that can become a FLAC, or that one has made superfluous."""
    return [line for line in take.lines if _is_due(take, line, settings)]


def _is_due(take: Take, line: LineInfo, settings: Settings) -> bool:
    there = _segments(take, line)
    if consolidated(take.folder, line.id) is not None:
        return bool(there or replaced(take.folder, line))
    if not there or not _is_whole(take, line, there):
        return False
    return line.role != Role.SEAT or is_settled(take, settings, studio_now())


def _segments(take: Take, line: LineInfo) -> list[Segment]:
    """Return what holds samples of *line*, first to last: a file begun in vain holds none."""
    return [segment for segment in segments(take.folder, line.id) if segment.samples]


def _is_whole(take: Take, line: LineInfo, there: Sequence[Segment]) -> bool:
    """Whether the segments follow each other from the line's beginning to its end.

    Stricter than capture/missing, which tells people what it can make out: segments are deleted
    after this, so that nothing here is taken for granted.

    Raises:
        KeyError: an event does not say how far the line should reach.
        TypeError: what it says is no number.
    """
    reached = 0
    for segment in there:
        if segment.first_sample != reached:
            return False
        reached = segment.end_sample
    expected, written = 0, None
    for event in take.events():
        if event["event"] == "end" and isinstance(event.get("samples"), dict):
            expected = journal.fact(event["samples"], line.id, int)
        elif event.get("line") != line.id:
            continue
        elif event["event"] == "disk_full":
            written = journal.fact(event, "sample", int)  # what comes after was never written
        elif event["event"] == "disk_back":
            written = None
    return reached >= (expected if written is None else written)


def _consolidate_line(take: Take, line: LineInfo, course: _Course) -> None:
    there = _segments(take, line)
    made = consolidated(take.folder, line.id)
    if made is None:
        made = archive(take.folder, line, there, passed=course.passed)
    for folder in places(take.folder):
        playlist(folder, line.id).unlink(missing_ok=True)
    kept: SegmentDiffers | SegmentHeld | None = None
    for segment in there:
        course.passed(0)
        try:
            _delete(segment, made)
        except (SegmentDiffers, SegmentHeld) as error:
            kept = kept or error
    if kept is not None:
        raise kept
    for path in replaced(take.folder, line):
        patiently(path.unlink)


def _delete(segment: Segment, made: Consolidated) -> None:
    """Delete *segment* if it is what *made* was made of.

    Raises:
        SegmentDiffers: it is not.
        SegmentHeld: it cannot be deleted now.
    """
    pcm = segment.read(segment.first_sample, segment.samples)
    there = Held(
        segment.path.name,
        segment.first_sample,
        len(pcm) // SAMPLE_BYTES,
        hashlib.sha256(pcm).hexdigest(),
    )
    if there not in made.stretches:
        raise SegmentDiffers(segment.path)
    try:
        patiently(segment.path.unlink)
    except OSError as error:
        raise SegmentHeld(segment.path) from error
