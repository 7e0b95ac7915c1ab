"""What of a take is not on the disk, though it should be; no sound is read to tell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.times import duration_text
from hotline_desk.take.consolidated import stretches
from hotline_desk.take.segments import SEGMENT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from hotline_desk.take.consolidated import Held
    from hotline_desk.take.take import LineInfo, Take

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
    disk: str
    """Why the disk took nothing more until the end, in words; empty if it did."""

    def faults(self, name: str, rate_hz: int) -> list[str]:
        """Return what lacks of the line called *name*, in words."""
        lacking = self.expected - self.reached
        if self.reached == 0:
            length = duration_text(lacking / rate_hz)
            return [f"{name} 的声音文件全部缺失，应有 {length}"] if lacking else []
        found = []
        if self.holes:
            found.append(f"{name} 缺 {self.holes} 段文件")
        if lacking:
            length = duration_text(max(1.0, lacking / rate_hz))
            found.append(f"{name} 末尾缺 {length}" + (f"（{self.disk}）" if self.disk else ""))
        elif self.disk:
            found.append(f"{name} {self.disk}，之后没有录下")
        return found


def missing_sound(take: Take) -> list[str]:
    """Return a sentence for whatever of *take* is not on the disk; quickly, no sound is read."""
    found = []
    for line in take.lines:
        noted = noted_of(take, line)  # first: what is noted is on the disk by then
        found += missing(take, line, noted, stretches(take.folder, line.id)).faults(
            line.name, line.rate_hz
        )
    return found


def noted_of(take: Take, line: LineInfo) -> list[dict[str, Any]]:
    """Return the events of *line*, and those of the whole take."""
    return [event for event in take.events() if event.get("line", line.id) == line.id]


def missing(
    take: Take, line: LineInfo, noted: Sequence[dict[str, Any]], there: Sequence[Held]
) -> LineMissing:
    """Return what of *line* lacks.

    Args:
        take: the line's.
        line: whose sound.
        noted: as `noted_of` gives it, read before *there*.
        there: what there is of the line, first to last.
    """
    holes, reached, disk = 0, 0, ""
    for stretch in there:
        hole = max(0, stretch.first_sample - reached)
        holes += math.ceil(hole / (SEGMENT_SECONDS * line.rate_hz))
        reached = max(reached, stretch.end_sample)
    for event in noted:
        if event["event"] in {"disk_full", "disk_back"}:
            disk = refusal(event) if event["event"] == "disk_full" else ""
    return LineMissing(max(reached, _expected(take, line, noted)), reached, holes, disk)


def refusal(event: Mapping[str, Any]) -> str:
    """Return what a ``disk_full`` event says of the disk, in words."""
    return "磁盘写不进去" if event.get("reason") == "unwritable" else "磁盘写满"


def count(noted: object) -> int:
    """Return a number of samples that an event has, 0 where it has none that makes sense."""
    return max(0, noted) if isinstance(noted, int) else 0


def _expected(take: Take, line: LineInfo, noted: Sequence[dict[str, Any]]) -> int:
    """Return how many samples *line* should have, as far as its events tell."""
    expected = 0
    for event in noted:
        if event["event"] != "end":
            expected = max(expected, count(event.get("sample")) + count(event.get("samples")))
        elif event["reason"] != "recorder_lost":
            reaches = event.get("samples")
            if isinstance(reaches, dict):
                return count(reaches.get(line.id))
            late = round(_END_SECONDS * take.speed * line.rate_hz)
            expected = max(expected, take.sample_at(line.name, event["at"]) - late)
    return expected
