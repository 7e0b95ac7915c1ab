"""The health sheet (录音体检单): what is wrong with a take, and nothing if nothing is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hotline_desk.domain.times import duration_text
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FULL_SCALE = 32_767
_CLIPPED_SAMPLES = 3  # in a row at full scale: a converter's limit, not a loud syllable
_LATE_SECONDS = 2.0  # of silence before a line's first sound


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
    missing_segments: int
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
    """
    take = Take(folder)
    lines = tuple(_examined(take, line.name) for line in take.lines)
    faults = [fault for line in lines for fault in _faults(line)]
    if take.ended and take.end_reason in {"", "recorder_lost"}:
        faults.insert(0, "录音程序中途退出，最后一秒可能缺失")
    return HealthSheet(lines, tuple(faults))


def _examined(take: Take, name: str) -> LineHealth:
    line = take.line(name)
    clipped, silent, missing, position = 0, 0, 0, 0
    hashes: dict[str, str] = {}
    for segment in segments(take.folder, line.id):
        missing += segment.first_sample > position
        position = segment.end_sample
        pcm = segment.read(segment.first_sample, segment.samples)
        samples = np.frombuffer(pcm, dtype="<i2")
        hashes[segment.path.name] = hashlib.sha256(pcm).hexdigest()
        clipped += _clipped(samples)
        silent += len(samples) - int(np.count_nonzero(samples))
    noted = [event for event in take.events() if event.get("line") == line.id]
    gaps = [event for event in noted if event["event"] == "gap" or _is_late(event, line.rate_hz)]
    lost = sum(event["samples"] for event in gaps)
    return LineHealth(
        name=name,
        seconds=position / line.rate_hz,
        gaps=len(gaps),
        gap_seconds=lost / line.rate_hz,
        overflows=sum(event["event"] == "overflow" for event in noted),
        clipped=clipped,
        silent_seconds=max(0, silent - lost) / line.rate_hz,
        missing_segments=missing,
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


def _faults(line: LineHealth) -> list[str]:
    found = []
    if line.missing_segments:
        found.append(f"{line.name} 缺 {line.missing_segments} 段文件")
    if line.gaps:
        found.append(f"{line.name} 断 {line.gaps} 处，共 {duration_text(line.gap_seconds)}")
    if line.overflows:
        found.append(f"{line.name} 设备丢样 {line.overflows} 次")
    if line.seconds and line.silent_seconds >= line.seconds - line.gap_seconds:
        found.append(f"{line.name} 没有声音")
    if line.clipped:
        found.append(f"{line.name} 削波 {line.clipped} 处")
    return found
