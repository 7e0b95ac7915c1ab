"""One line being recorded: its samples, its gaps and its clock."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING

from hotline_desk.errors import WorkspaceError, WorkspaceFull
from hotline_desk.take.segments import SAMPLE_BYTES, SegmentWriter, segments_in

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.capture.events import EventLog, TakeClock
    from hotline_desk.capture.room import Room
    from hotline_desk.take.take import LineInfo

_FIRST_ANCHOR_SECONDS = 1.0
_ANCHOR_SECONDS = 10.0
_LOUD = 104  # a peak of -50 dBFS: an open line's noise stays below it, speech does not
_LISTENED = 8  # of so many samples one is looked at for it
_LOST_SECONDS = 0.1  # between two anchors: no clock runs apart so far


class LineRecorder:
    """Writes one line of a take; one thread at a time calls it.

    `samples` counts what the line's time has reached: written, or owed by a full disk.
    """

    def __init__(self, room: Room, info: LineInfo, *, clock: TakeClock, events: EventLog) -> None:
        self.info = info
        self.writer = SegmentWriter(room.first, info.id, info.rate_hz)
        self.gaps = 0
        self.listens_from = math.inf
        """Take time from which on `loud_at` is kept."""
        self.loud_at = 0.0
        """Take time at which the line was last louder than noise."""
        self._room = room
        self._sounding_in = room.first
        self._clock = clock
        self._events = events
        self._owed = 0
        self._full = False
        self._flowing = False
        self._lag = 0.0  # seconds of take time that a sample comes after sample / rate
        self._best: tuple[float, int] | None = None  # the smallest lag since the last anchor
        self._anchored = False  # since the sound began or came back
        self._next_anchor: float | None = None  # seconds of take time

    @property
    def samples(self) -> int:
        """How many samples of take time the line has."""
        return self.writer.samples + self._owed

    @property
    def seconds(self) -> float:
        """The same in seconds of the line's own clock."""
        return self.samples / self.info.rate_hz

    def on_disk(self) -> int:
        """Return how many samples are on the disk now.

        Raises:
            OSError: the take's folder cannot be read.
        """
        return sum(each.samples for each in segments_in(self._room.folders, self.info.id))

    def take_in(self, pcm: bytes, at: float) -> None:
        """Write mono samples whose first was heard at take time *at*."""
        if not self._flowing:
            self._flowing = True
            self._join(at)
        self._look_at_file()
        self._write(pcm)
        end = at + len(pcm) / SAMPLE_BYTES / self.info.rate_hz
        if end >= self.listens_from and _is_loud(pcm):
            self.loud_at = end
        self._watch_clock(end)

    def interrupt(self) -> None:
        """Sound that comes after this does not follow on what came before."""
        self._flowing = False

    def overflow(self) -> None:
        """Note that the device lost samples here; the next anchor tells how long they were."""
        self._events.note("overflow", line=self.info.id, sample=self.samples)
        if self._best is not None:
            self._anchor(self._best[0], self.samples)
        self._best, self._next_anchor, self._anchored = None, None, False

    def finish(self, at: float) -> None:
        """Fill a line that has no sound at the take's end, and close its files.

        Raises:
            OSError: the disk fails.
        """
        if not self._flowing:
            self._join(at)
        self._look_at_file()
        self._write(b"")
        self.writer.close()

    def _look_at_file(self) -> None:
        """Tell what somebody did to the file that is written: took it away, or cut its end off."""
        with contextlib.suppress(OSError):  # a disk that fails is told when it is written
            if self.writer.is_lost():
                lost = self.writer.leave()
                first = self.writer.samples - lost
                self._events.note("segment_lost", line=self.info.id, sample=first, samples=lost)
            elif cut := self.writer.mend_cut():
                first, gone = cut
                self._events.note("segment_cut", line=self.info.id, sample=first, samples=gone)

    def _join(self, at: float) -> None:
        """Stand silence for the time that has passed without sound."""
        lag = self._lag if self._best is None else min(self._lag, self._best[0])
        first, missing = self.samples, max(0, round((at - lag) * self.info.rate_hz) - self.samples)
        self._owed += missing
        self._write(b"")
        if first == 0:
            self._events.note("begin", line=self.info.id, samples=missing)
        elif missing:
            self._note_gap(first, missing)
        self._best, self._next_anchor, self._anchored = None, None, False

    def _write(self, pcm: bytes) -> None:
        """Write what is owed, as silence, and *pcm*; what the disk refuses is owed from now on."""
        owed, first = self._owed, self.writer.samples
        wanted = self.samples + len(pcm) // SAMPLE_BYTES
        try:
            self._store(owed, pcm)
        except WorkspaceError as error:
            if not self._full:
                why = "full" if isinstance(error, WorkspaceFull) else "unwritable"
                at = self.writer.samples
                self._events.note("disk_full", line=self.info.id, sample=at, reason=why)
            self._full = True
        else:
            if self._full:
                self._events.note("disk_back", line=self.info.id, sample=first + owed)
                self._note_gap(first, owed)
            self._full = False
        self._owed = wanted - self.writer.samples

    def _store(self, owed: int, pcm: bytes) -> None:
        """Write *owed* samples of silence and *pcm* where the take writes, else in its other place.

        Raises:
            WorkspaceFull: every place is full.
            WorkspaceUnwritable: no place lets itself be written.
        """
        goal = self.writer.samples + owed + len(pcm) // SAMPLE_BYTES
        refusals: list[WorkspaceError] = []
        for place in self._room.places():
            self._write_in(place)
            begun = self.writer.samples
            if self._appended(goal, pcm, refusals):
                if self.writer.samples > begun:
                    self._room.settle(place)
                    self._tell_place(place, begun)
                return
        raise refusals[0]

    def _appended(self, goal: int, pcm: bytes, refusals: list[WorkspaceError]) -> bool:
        """Write up to sample *goal*, whose last are *pcm*; in a new file if the present refuses."""
        while (left := goal - self.writer.samples) > 0:
            sound = pcm[-left * SAMPLE_BYTES :]
            try:
                self.writer.append_silence(left - len(sound) // SAMPLE_BYTES)
                self.writer.append(sound)
            except WorkspaceError as error:
                refusals.append(error)
                if isinstance(error, WorkspaceFull) or not self.writer.leave():
                    return False
        return True

    def _write_in(self, place: Path) -> None:
        """Let the next segment lie in *place*, and begin it now if that is another."""
        if self.writer.folder != place:
            self.writer.leave()
            self.writer.folder = place

    def _tell_place(self, place: Path, sample: int) -> None:
        if place != self._sounding_in:
            self._sounding_in = place
            name = "second_folder" if place == self._room.second else "first_folder"
            self._events.note(name, line=self.info.id, sample=sample, folder=str(place))

    def _note_gap(self, first: int, samples: int) -> None:
        self.gaps += 1
        self._events.note(
            "gap",
            at=first / self.info.rate_hz + self._lag,
            line=self.info.id,
            sample=first,
            samples=samples,
            seconds=round(samples / self.info.rate_hz, 6),
        )

    def _watch_clock(self, at: float) -> None:
        """Remember the block that came with the smallest delay; anchor by it now and then.

        Delays on the way only ever add, so the smallest is nearest to when it was heard.
        """
        lag = at - self.seconds
        if self._best is None or lag < self._best[0]:
            self._best = lag, self.samples
        if self._next_anchor is None:
            self._next_anchor = at + _FIRST_ANCHOR_SECONDS
        elif at >= self._next_anchor:
            if self._anchored and self._best[0] - self._lag > _LOST_SECONDS:
                # the device lost samples since the last anchor and did not say so
                self._events.note("overflow", line=self.info.id, sample=self.samples)
            self._anchor(*self._best)
            self._best, self._next_anchor = None, at + _ANCHOR_SECONDS

    def _anchor(self, lag: float, sample: int) -> None:
        self._lag, self._anchored = lag, True
        at = sample / self.info.rate_hz + lag
        about = {"line": self.info.id, "sample": sample}
        self._events.note("anchor", at=at, **about, monotonic_ns=self._clock.monotonic_ns(at))


def _is_loud(pcm: bytes) -> bool:
    some = memoryview(pcm).cast("h")[::_LISTENED]
    return max(some, default=0) > _LOUD or min(some, default=0) < -_LOUD
