"""The health sheet (录音体检单): what is wrong with a take, and nothing if nothing is."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hotline_desk.domain.times import duration_text
from hotline_desk.media.sound import damaged_archives, open_line
from hotline_desk.take.consolidated import stretches
from hotline_desk.take.segments import SEGMENT_SECONDS
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from hotline_desk.take.consolidated import Stretch
    from hotline_desk.take.take import LineInfo

_FULL_SCALE = 32_767
_CLIPPED_SAMPLES = 3  # in a row at full scale: a converter's limit, not a loud syllable
_LATE_SECONDS = 2.0  # of silence before a line's first sound
_END_SECONDS = 5.0  # of real time: what the recorder may take to its note of the end


@dataclass(frozen=True, slots=True)
class LineMissing:
    """What of a line is not on the disk, though it should be; in samples."""

    expected: int
    """How far the line should reach."""
    reached: int
    """How far it does."""
    holes: int
    """How many files lack between others."""
    disk_full: bool
    """Whether the disk was full until the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHealth:
    """What was found on one line."""

    name: str
    seconds: float
    gaps: int
    gap_seconds: float
    overflows: int
    """How often the device said that it lost samples."""
    clipped: int
    """Stretches at full scale."""
    silent_seconds: float
    """Of digital silence, gaps apart."""
    missing: LineMissing
    hashes: Mapping[str, str]
    """SHA-256 of the samples of each segment, by the file's name."""


@dataclass(frozen=True, slots=True)
class HealthSheet:
    """What was found in a take."""

    lines: tuple[LineHealth, ...]
    faults: tuple[str, ...]
    """In words, worst first; none is a good take."""

    @property
    def verdict(self) -> str:
        """The sheet in one line."""
        if self.faults:
            return "；".join(self.faults)
        lengths = "、".join(f"{line.name} {duration_text(line.seconds)}" for line in self.lines)
        return f"合格：{lengths}，没有断点"


def health_sheet(folder: Path) -> HealthSheet:
    """Examine the take in *folder*, segment by segment.

    Raises:
        TakeNotFound: the folder holds none.
        FfmpegMissing: the sound lies in a FLAC, and there is no usable ffmpeg.
    """
    take = Take(folder)
    lines = tuple(_examined(take, line) for line in take.lines)
    examined = zip(take.lines, lines, strict=True)
    faults = [fault for line, health in examined for fault in _faults(line, health)]
    faults += damaged_archives(take)
    if take.ended and take.end_reason in {"", "recorder_lost"}:
        faults.insert(0, "录音程序中途退出，最后一秒可能缺失")
    return HealthSheet(lines, tuple(faults))


def missing_sound(take: Take) -> list[str]:
    """Return a sentence for whatever of *take* is not on the disk; quickly, no sound is read."""
    found = []
    for line in take.lines:
        noted = _noted(take, line)
        there = stretches(take.folder, line.id)
        found += _missing_faults(line, _missing(take, line, noted, there))
    return found


def _noted(take: Take, line: LineInfo) -> list[dict[str, Any]]:
    """Return the events of *line*, and the take's end; what is noted is on the disk by then."""
    return [event for event in take.events() if event.get("line", line.id) == line.id]


def _missing(
    take: Take, line: LineInfo, noted: Sequence[dict[str, Any]], there: Sequence[Stretch]
) -> LineMissing:
    holes, reached, full = 0, 0, False
    for segment in there:
        hole = max(0, segment.first_sample - reached)
        holes += math.ceil(hole / (SEGMENT_SECONDS * line.rate_hz))
        reached = segment.end_sample
    for event in noted:
        full = event["event"] == "disk_full" or (full and event["event"] != "disk_back")
    return LineMissing(max(reached, _expected(take, line, noted)), reached, holes, full)


def _expected(take: Take, line: LineInfo, noted: Sequence[dict[str, Any]]) -> int:
    """Return how many samples *line* should have, as far as its events tell."""
    expected = 0
    for event in noted:
        if event["event"] != "end":
            first, more = event.get("sample", 0), event.get("samples", 0)
            expected = max(expected, _count(first) + _count(more))
        elif event["reason"] != "recorder_lost":
            reaches = event.get("samples")
            if isinstance(reaches, dict):
                return _count(reaches.get(line.id))
            late = round(_END_SECONDS * take.speed * line.rate_hz)
            expected = max(expected, take.sample_at(line.name, event["at"]) - late)
    return expected


def _count(noted: object) -> int:
    return noted if isinstance(noted, int) else 0


def _missing_faults(line: LineInfo, missing: LineMissing) -> list[str]:
    lacking = missing.expected - missing.reached
    if missing.reached == 0:
        length = duration_text(lacking / line.rate_hz)
        return [f"{line.name} 的声音文件全部缺失，应有 {length}"] if lacking else []
    found = []
    if missing.holes:
        found.append(f"{line.name} 缺 {missing.holes} 段文件")
    if lacking:
        length = duration_text(max(1.0, lacking / line.rate_hz))
        found.append(f"{line.name} 末尾缺 {length}" + ("（磁盘写满）" if missing.disk_full else ""))
    elif missing.disk_full:
        found.append(f"{line.name} 磁盘写满，之后没有录下")
    return found


def _examined(take: Take, line: LineInfo) -> LineHealth:
    noted = _noted(take, line)
    there = stretches(take.folder, line.id)
    missing = _missing(take, line, noted, there)
    clipped, silent = 0, 0
    hashes: dict[str, str] = {}
    with open_line(take, line.name) as sound:
        for stretch, pcm in sound.stretches():
            samples = np.frombuffer(pcm, dtype="<i2")
            hashes[stretch.name] = hashlib.sha256(pcm).hexdigest()
            clipped += _clipped(samples)
            silent += len(samples) - int(np.count_nonzero(samples))
    gaps = [event for event in noted if event["event"] == "gap" or _is_late(event, line.rate_hz)]
    lost = sum(event["samples"] for event in gaps)
    return LineHealth(
        name=line.name,
        seconds=missing.reached / line.rate_hz,
        gaps=len(gaps),
        gap_seconds=lost / line.rate_hz,
        overflows=sum(event["event"] == "overflow" for event in noted),
        clipped=clipped,
        silent_seconds=max(0, silent - lost) / line.rate_hz,
        missing=missing,
        hashes=hashes,
    )


def _is_late(event: Mapping[str, object], rate_hz: int) -> bool:
    """Whether the line began so late that its first silence is a gap."""
    samples = event.get("samples")
    return (
        event["event"] == "begin" and isinstance(samples, int) and samples > _LATE_SECONDS * rate_hz
    )


def _clipped(samples: np.ndarray) -> int:
    """Return how many stretches of samples are at full scale."""
    full = (samples >= _FULL_SCALE) | (samples <= -_FULL_SCALE)
    edges = np.flatnonzero(np.diff(full.astype(np.int8), prepend=0, append=0))
    return int(np.count_nonzero(edges[1::2] - edges[::2] >= _CLIPPED_SAMPLES))


def _faults(info: LineInfo, line: LineHealth) -> list[str]:
    found = _missing_faults(info, line.missing)
    if line.gaps:
        found.append(f"{line.name} 断 {line.gaps} 处，共 {duration_text(line.gap_seconds)}")
    if line.overflows:
        found.append(f"{line.name} 设备丢样 {line.overflows} 次")
    silent = line.silent_seconds >= line.seconds - line.gap_seconds
    if silent and (line.seconds or not line.missing.expected):
        found.append(f"{line.name} 没有声音")
    if line.clipped:
        found.append(f"{line.name} 削波 {line.clipped} 处")
    return found
