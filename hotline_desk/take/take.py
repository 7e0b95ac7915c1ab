"""Takes: one stretch of recording on the disk, and its time.

Take time is seconds of the recorder's monotonic clock since the take began, times the take's
speed (1 but for sound files played faster). Each line's clock runs a little differently; the
anchors in events.jsonl say which sample was heard when, and `Take` converts by them.
"""

from __future__ import annotations

import bisect
import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.errors import TakeNotFound, WorkspaceUnwritable
from hotline_desk.system import is_locked, write_whole
from hotline_desk.take import journal, places
from hotline_desk.take.consolidated import consolidated, recorded
from hotline_desk.take.line_clock import LineClock
from hotline_desk.take.places import TAKE
from hotline_desk.take.segments import SAMPLE_BYTES, Segment, last_segment, repair, segments_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EVENTS = "events.jsonl"
LOCK = "take.lock"
STOP = "stop"
"""The recorder's one order: a file of this name in the take's folder."""

_STILL_SECONDS = 1.0
"""How long a newest segment may stay as it is before others are looked for."""

_FASTEST = 1000.0  # ten times what can be asked for

_COUNTS = {"begin": ("samples",), "anchor": ("sample",), "gap": ("sample", "samples")}
"""What the events of a line that are reckoned with must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    """One line of a take."""

    id: str
    """ASCII, for file names: line1, line2 …"""
    name: str
    """What the desk calls it."""
    role: str
    """One of `Role`, or empty."""
    device: str
    """As it was given: an input's name or ``file:PATH``, with its channel."""
    channel: int
    """From 1."""
    rate_hz: int


@dataclass(frozen=True, slots=True)
class _Newest:
    """A line's newest segment at the last look."""

    segment: Segment
    end: int
    """The sample after its last one."""
    since: float
    """Monotonic seconds since when it has ended there."""


def create_take(
    folder: Path,
    lines: Sequence[LineInfo],
    *,
    started_at: datetime,
    monotonic_ns: int,
    delay_seconds: float,
    speed: float,
    second: Path | None = None,
) -> None:
    """Write take.json into *folder*, once and whole.

    Args:
        folder: exists, and its `LOCK` is held by the caller.
        lines: in the order they are shown in.
        started_at: wall time of take time 0, with its offset.
        monotonic_ns: the recorder's monotonic clock at take time 0.
        delay_seconds: how far the air runs behind.
        speed: seconds of take time in a second.
        second: where sound goes on when *folder* refuses, if anywhere; need not be there.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: the folder cannot be written.
    """
    content: dict[str, Any] = {
        "version": 1,
        "started_at": started_at.isoformat(),
        "monotonic_ns": monotonic_ns,
        "delay_seconds": delay_seconds,
        "speed": speed,
        "lines": [asdict(line) for line in lines],
    }
    if second is not None:
        content[places.SECOND] = str(second)
    try:
        whole = json.dumps(content, ensure_ascii=False, indent=1).encode()
    except UnicodeEncodeError as error:  # a path of other bytes than UTF-8
        raise WorkspaceUnwritable(second or folder) from error
    try:
        write_whole(folder / TAKE, whole)
    except OSError as error:
        raise journal.workspace_error(folder, error) from error


def ask_to_stop(folder: Path) -> None:
    """Ask the recorder of the take in *folder* to end it.

    Raises:
        WorkspaceFull: there is no room for the order.
        WorkspaceUnwritable: the folder cannot be written; nor can the second one.
    """
    refused: OSError | None = None
    for place in places.places(folder):
        try:
            (place / STOP).touch()
        except OSError as error:
            refused = refused or error
        else:
            return
    if refused is not None:
        raise journal.workspace_error(folder, refused) from refused


def is_asked_to_stop(folders: Sequence[Path]) -> bool:
    """Whether the order to end the take lies in one of its *folders*."""
    return any((folder / STOP).exists() for folder in folders)


class Take:
    """A take as it is on the disk at each call; no file is kept open.

    Not for several threads at once: what was read of the events is remembered.
    """

    def __init__(self, folder: Path) -> None:
        """Open the take in *folder*.

        Raises:
            TakeNotFound: there is none, or its take.json cannot be read.
        """
        self.folder = folder
        try:
            found = json.loads((folder / TAKE).read_bytes())
            if found["version"] != 1 or "\0" in found.get(places.SECOND, ""):
                raise ValueError(found)
            self.lines = tuple(_line(line) for line in found["lines"])
            self.started_at = datetime.fromisoformat(found["started_at"])
            self.delay_seconds = journal.number(found, "delay_seconds")
            self.speed = journal.number(found, "speed")
            if self.delay_seconds < 0 or not 0 < self.speed <= _FASTEST:
                raise ValueError(found)
            if self.started_at.utcoffset() is None:
                raise ValueError(found)
        except (OSError, *journal.NO_RECORD, AttributeError) as error:
            raise TakeNotFound(folder) from error
        self.folders = places.places(folder)
        """Where the take lies: its own folder, then the second one, if it has one."""
        self._by_name = {line.name: line for line in self.lines}
        self._events: list[dict[str, Any]] = []
        self._offsets = dict.fromkeys(self.folders, 0)
        self._elsewhere: list[dict[str, Any]] = []
        self._clocks = {line.id: LineClock(line.rate_hz) for line in self.lines}
        self._known: dict[str, _Newest] = {}

    def line(self, name: str) -> LineInfo:
        """Return the line called *name*; a KeyError is a bug."""
        return self._by_name[name]

    def length(self, line_name: str) -> int:
        """Return how many samples of the line are on the disk now, in segments or a FLAC."""
        line_id = self.line(line_name).id
        if whole := recorded(self.folder, line_id):
            return whole.samples
        if newest := self._newest(line_id):
            return newest.end
        lost = consolidated(self.folder, line_id)
        return lost.samples if lost else 0

    def read(self, line_name: str, first_sample: int, count: int) -> bytes:
        """Return *count* samples from *first_sample* on, 16-bit mono; fewer at the line's end.

        From the segments alone: hotline_desk.media.sound reads a line wherever its sound lies.
        What a lost segment leaves open between two others is silence.
        """
        line_id = self.line(line_name).id
        try:
            return self._read(line_id, first_sample, count)
        except FileNotFoundError:  # brought home, or deleted, between two looks
            self._known.pop(line_id, None)
            return self._read(line_id, first_sample, count)

    def _read(self, line_id: str, first_sample: int, count: int) -> bytes:
        pieces: list[bytes] = []
        position, end = first_sample, first_sample + count
        newest = self._newest(line_id)
        if newest is not None and first_sample >= newest.segment.first_sample:
            found = [newest.segment]
        else:
            found = segments_in(self.folders, line_id)
        first = bisect.bisect(found, first_sample, key=lambda segment: segment.first_sample)
        for segment in found[max(0, first - 1) :]:
            silent = max(0, min(end, segment.first_sample) - position)
            pieces.append(bytes(silent * SAMPLE_BYTES))
            position += silent
            last = min(end, segment.end_sample)
            if last > position:
                pieces.append(segment.read(position, last - position))
                position = last
            if position == end:
                break
        return b"".join(pieces)

    def newest_folder(self) -> Path:
        """Return which of `folders` the sound goes to now."""
        newest = [self._newest(line.id) for line in self.lines]
        there = [last.segment.path.parent for last in newest if last is not None]
        return self.folders[-1] if self.folders[-1] in there else self.folders[0]

    def sample_at(self, line_name: str, seconds: float) -> int:
        """Return the sample of the line that was heard at take time *seconds*."""
        return self._clock(line_name).sample_at(seconds)

    def time_at(self, line_name: str, sample: int) -> float:
        """Return the take time in seconds at which *sample* of the line was heard."""
        return self._clock(line_name).time_at(sample)

    def now(self) -> float:
        """Return the take time of the newest sample of the line that has come furthest."""
        return max(
            (self.time_at(line.name, self.length(line.name)) for line in self.lines), default=0.0
        )

    @property
    def ended(self) -> bool:
        """Whether nothing more will be recorded: the recorder ended it, or is gone."""
        return self.ended_in_order or not is_locked(self.folder / LOCK)

    @property
    def ended_in_order(self) -> bool:
        """Whether the recorder, or a repair after it, wrote the take's end."""
        return self.end_reason != ""

    @property
    def end_reason(self) -> str:
        """Why the take ended, as the end's event says; empty without one."""
        return next((str(e["reason"]) for e in self.events() if e["event"] == "end"), "")

    def events(self) -> list[dict[str, Any]]:
        """Return what the recorder noted, oldest first.

        Each has ``event``, ``at`` (seconds of take time), ``wall`` and, where it is about one
        line, ``line`` (its id); capture/events.py says which there are and what each carries.
        """
        new = self._new_events()
        self._events += new
        for event in new:
            if event["event"] == "anchor":
                self._clocks[event["line"]].note(event["sample"], event["at"])
        return self._events

    def unreadable_events(self) -> int:
        """Return how many lines of what the recorder noted nobody understands."""
        return sum(journal.unreadable(place / EVENTS, self._event) for place in self.folders)

    def _new_events(self) -> list[dict[str, Any]]:
        """Return the events since the last look, those of the second folder in their place."""
        found: list[dict[str, Any]] = []
        for folder in self.folders:
            new, self._offsets[folder] = journal.read(
                folder / EVENTS, self._event, self._offsets[folder]
            )
            if folder is self.folders[0]:
                # what is brought home was seen in the second folder already
                found += [event for event in new if event not in self._elsewhere]
            elif new:
                seen = self._events + found
                new = [event for event in new if event not in seen]
                self._elsewhere += new
                found += new
        # what was brought home stands behind what came later
        return found if len(self.folders) == 1 else sorted(found, key=_at)

    def repair(self) -> list[str]:
        """Put in order what a recorder that was killed left; the names of the changed files.

        Does nothing while the recorder lives. Must not run in two processes at once.

        Raises:
            WorkspaceUnwritable: a file cannot be written.
            WorkspaceFull: the disk is full.
        """
        if is_locked(self.folder / LOCK):
            return []
        changed = repair(self.folder, {line.id: line.rate_hz for line in self.lines})
        if not self.ended_in_order:
            end = {
                "event": "end",
                "at": self.now(),
                "wall": datetime.now().astimezone().isoformat(),
                "reason": "recorder_lost",
            }
            journal.append(self.folder / EVENTS, end, sync=True)
        return changed

    def _event(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return *record* if it is an event of this take, with what its kind has."""
        event = journal.fact(record, "event", str)
        journal.number(record, "at")
        counts = _COUNTS.get(event, ())
        if counts or "line" in record:
            self._clocks[record["line"]]
        for key in counts:
            journal.fact(record, key, int)
        if event == "end":
            journal.fact(record, "reason", str)
        return record

    def _newest(self, line_id: str) -> _Newest | None:
        while True:
            try:
                return self._seen_newest(line_id)
            except FileNotFoundError:  # deleted after it was listed: the list has it no more
                self._known.pop(line_id, None)

    def _seen_newest(self, line_id: str) -> _Newest | None:
        known = self._known.get(line_id)
        found = last_segment(self.folders, line_id, known.segment if known else None)
        if found is None:
            self._known.pop(line_id, None)
            return None
        now, end = time.monotonic(), found.end_sample
        since = known.since if known is not None and known.end == end else now
        if now - since > _STILL_SECONDS:
            # the next one may be named for another sample: this one may have been cut
            found = [found, *segments_in(self.folders, line_id)][-1]
            since, end = now, found.end_sample
        self._known[line_id] = newest = _Newest(found, end, since)
        return newest

    def _clock(self, line_name: str) -> LineClock:
        self.events()  # the newest anchors
        return self._clocks[self.line(line_name).id]


def _line(record: dict[str, Any]) -> LineInfo:
    """Return the line that take.json tells of; the errors are those of `journal.NO_RECORD`."""
    line = LineInfo(**record)
    for text in ("id", "name", "role", "device"):
        journal.fact(record, text, str)
    for number, least in (("channel", 1), ("rate_hz", 1)):
        if journal.fact(record, number, int) < least:
            raise ValueError(number)
    if not (line.id.isascii() and line.id.isalnum() and line.name):
        raise ValueError(line.id)
    return line


def _at(event: dict[str, Any]) -> float:
    return float(event["at"])
