"""The health sheet (录音体检单): what is wrong with a take, and nothing if nothing is.

It is made anew whenever it is wanted, from the sound and the recorder's notes: a sheet that was
kept could not tell what became of the files since.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import numpy as np

from hotline_desk.capture.findings import Gap, line_findings, take_findings
from hotline_desk.capture.missing import missing, noted_of
from hotline_desk.capture.sheet import HealthSheet, LineHealth, line_faults, take_faults, verdict
from hotline_desk.errors import Cancelled
from hotline_desk.media.levels import FULL_SCALE, SILENT_DBFS
from hotline_desk.media.measure import HOPS_PER_SECOND, LineMeasure
from hotline_desk.media.sound import damaged_archives, open_line
from hotline_desk.take.consolidated import stretches
from hotline_desk.take.segments import SAMPLE_BYTES
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hotline_desk.media.sound import LineSound
    from hotline_desk.take.consolidated import Held
    from hotline_desk.take.take import LineInfo

_BLOCK_SECONDS = 10.0  # measured at once: memory stays flat


def health_sheet(
    folder: Path,
    *,
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> HealthSheet:
    """Examine the take in *folder*, all of its sound; an hour takes seconds.

    Args:
        folder: the take's; it may still be recorded.
        progress: gets the share that is done, 0 to 1.
        cancelled: asked several times a second.

    Raises:
        TakeNotFound: the folder holds none.
        Cancelled: it was asked to stop.
        FfmpegMissing: the sound lies in a FLAC, and there is no usable ffmpeg.
    """
    take = Take(folder)
    ended = take.ended
    course = _Course(take, progress, cancelled)
    lines = tuple(_examined(take, line, course) for line in take.lines)
    return HealthSheet(folder, ended, take_findings(take), lines, tuple(damaged_archives(take)))


def noted_verdict(take: Take) -> str:
    """Return what the recorder's notes and the files tell in one line; no sound is read."""
    of_lines = []
    for line in take.lines:
        noted = noted_of(take, line)
        lacking = missing(take, line, noted, stretches(take.folder, line.id))
        found = line_findings(take, line, noted)
        of_lines.append(line_faults(line.name, line.rate_hz, lacking, found))
    damaged = damaged_archives(take, read=False)
    return verdict(take_faults(take_findings(take), damaged, of_lines), "没有断点")


class _Course:
    """How far the examination has come."""

    def __init__(
        self, take: Take, progress: Callable[[float], None], cancelled: Callable[[], bool]
    ) -> None:
        self._all = max(1, sum(take.length(line.name) for line in take.lines))
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled

    def passed(self, samples: int) -> None:
        if self._cancelled():
            raise Cancelled
        self._done += samples
        self._progress(min(1.0, self._done / self._all))


class _Examination:
    """One pass over a line's sound."""

    def __init__(self, line: LineInfo, sound: LineSound, course: _Course) -> None:
        self.measure = LineMeasure(line.rate_hz)
        self.unreadable: list[str] = []
        self.hashes: dict[str, str] = {}
        self.holes: list[Gap] = []
        self._block = round(_BLOCK_SECONDS * line.rate_hz)
        self._sound = sound
        self._course = course
        self._reached = 0

    def pass_over(self, stretch: Held) -> None:
        """Measure what *stretch* holds, and silence for what lacks before it."""
        self._stand_in(stretch.first_sample)
        digest = hashlib.sha256()
        try:
            while self._reached < stretch.end_sample:
                left = stretch.end_sample - self._reached
                pcm = self._sound.read(self._reached, min(self._block, left))
                if not pcm:
                    break
                digest.update(pcm)
                self._take_in(pcm)
        except OSError:
            self.unreadable.append(stretch.name)
            self._stand_in(stretch.end_sample)
            return
        self.hashes[stretch.name] = digest.hexdigest()
        self._stand_in(stretch.end_sample)

    def _stand_in(self, sample: int) -> None:
        if sample > self._reached:
            self.holes.append(Gap(self._reached, sample - self._reached))
        while self._reached < sample:
            self._take_in(bytes(min(self._block, sample - self._reached) * SAMPLE_BYTES))

    def _take_in(self, pcm: bytes) -> None:
        self.measure.feed(pcm)
        self._reached += len(pcm) // SAMPLE_BYTES
        self._course.passed(len(pcm) // SAMPLE_BYTES)


def _examined(take: Take, line: LineInfo, course: _Course) -> LineHealth:
    noted_events = noted_of(take, line)
    there = stretches(take.folder, line.id)
    lacking = missing(take, line, noted_events, there)
    noted = line_findings(take, line, noted_events)
    with open_line(take, line.name) as sound:
        examination = _Examination(line, sound, course)
        for stretch in there:
            examination.pass_over(stretch)
    measure = examination.measure
    silent, longest, silence = _silence(
        measure.hop_peaks(), (*noted.blank, *examination.holes), line.rate_hz
    )
    if not (lacking.reached or lacking.expected):
        silence = "没有声音"
    return LineHealth(
        name=line.name,
        rate_hz=line.rate_hz,
        seconds=lacking.reached / line.rate_hz,
        missing=lacking,
        noted=noted,
        clipped=measure.clipped,
        peak_dbfs=measure.peak_dbfs,
        ppm_dbfs=measure.ppm_dbfs,
        loudness_lufs=measure.loudness_lufs,
        silent_seconds=silent,
        longest_silence_seconds=longest,
        silence=silence,
        unreadable=tuple(examination.unreadable),
        hashes=examination.hashes,
    )


def _silence(peaks: np.ndarray, blank: Sequence[Gap], rate_hz: int) -> tuple[float, float, str]:
    """Return the seconds of silence, the longest stretch, and what is wrong if it is all.

    Args:
        peaks: the highest amplitude of each tenth of a second.
        blank: where silence is not the room's; it counts for nothing.
        rate_hz: the line's rate.
    """
    hop = rate_hz / HOPS_PER_SECOND
    counts = np.ones(len(peaks), dtype=bool)
    for gap in blank:
        end = gap.first_sample + gap.samples
        counts[int(gap.first_sample / hop) : math.ceil(end / hop)] = False
    quiet = counts & (peaks < FULL_SCALE * 10 ** (SILENT_DBFS / 20))
    edges = np.flatnonzero(np.diff(quiet, prepend=False, append=False))
    longest = int((edges[1::2] - edges[::2]).max(initial=0))
    wrong = ""
    if counts.any() and np.array_equal(quiet, counts):
        heard = bool(peaks[counts].any())
        wrong = f"几乎没有声音，一直低于 {SILENT_DBFS:.0f} dBFS" if heard else "没有声音"
    return int(np.count_nonzero(quiet)) / HOPS_PER_SECOND, longest / HOPS_PER_SECOND, wrong
