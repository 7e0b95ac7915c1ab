"""The health sheet's contents: facts, words and rows; `capture.health` fills it in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.capture.findings import places_text
from hotline_desk.domain.times import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from hotline_desk.capture.findings import Findings, Gap, LineFindings
    from hotline_desk.capture.missing import LineMissing


def line_faults(
    name: str,
    rate_hz: int,
    missing: LineMissing,
    noted: LineFindings,
    unreadable: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return what a line lost, in words, worst first; *unreadable* are names of its files."""
    return (
        *missing.faults(name, rate_hz),
        *(f"{name} 的文件 {file} 读不出来" for file in unreadable),
        *noted.faults,
    )


def take_faults(
    noted: Findings, damaged: Sequence[str], of_lines: Iterable[Sequence[str]]
) -> tuple[str, ...]:
    """Return what is wrong with a take, in words: as noted, its archives, then line by line."""
    return (*noted.faults, *damaged, *(fault for line in of_lines for fault in line))


def verdict(faults: Sequence[str], good: str) -> str:
    """Return *faults* in one line, or *good* if there are none."""
    return f"有问题：{'；'.join(faults)}" if faults else good


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    part: str
    """The line's name; empty for the take as a whole."""
    label: str
    words: str
    bad: bool = False
    """Whether it tells of a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHealth:
    """What was found on one line."""

    name: str
    rate_hz: int
    seconds: float
    missing: LineMissing
    noted: LineFindings
    clipped: int
    """Stretches at full scale."""
    peak_dbfs: float
    """The highest sample; minus infinity for digital silence, as with the next two."""
    ppm_dbfs: float
    """The highest peak programme level."""
    loudness_lufs: float
    """Integrated."""
    silent_seconds: float
    """Below `levels.SILENT_DBFS`, without what is silent for another reason than the room's."""
    longest_silence_seconds: float
    silence: str
    """What is wrong with a line that was silent all the time; empty for any other."""
    unreadable: tuple[str, ...]
    """Names of files that cannot be read."""
    hashes: Mapping[str, str]
    """SHA-256 of the samples of each segment, by the file's name."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words, worst first."""
        return (
            *line_faults(self.name, self.rate_hz, self.missing, self.noted, self.unreadable),
            *([f"{self.name} {self.silence}"] if self.silence else []),
            *([f"{self.name} 削波 {self.clipped} 处"] if self.clipped else []),
        )

    def rows(self) -> list[Row]:
        """Return the line's part of the sheet."""
        noted = self.noted
        lost = [
            fault.removeprefix(self.name).strip()
            for fault in self.missing.faults(self.name, self.rate_hz)
        ]
        device = [noted.device] if noted.device else []
        device += [f"丢样 {noted.overflows} 次"] if noted.overflows else []
        silence = f"最长 {duration_text(self.longest_silence_seconds)}，共 {self._share()}"
        found = [
            Row(self.name, "长度", f"{duration_text(self.seconds)}（{self.rate_hz:,} Hz）"),
            Row(self.name, "缺失", "；".join(lost) or "无", bad=bool(lost)),
            Row(
                self.name,
                "断点",
                places_text(noted.gaps, self.rate_hz) if noted.gaps else "无",
                bad=bool(noted.gaps),
            ),
            Row(
                self.name,
                "设备",
                "；".join(device) or "没有变化",
                bad=bool(device and (noted.overflows or noted.gaps or noted.faults)),
            ),
            Row(
                self.name,
                "削波",
                f"{self.clipped} 处" if self.clipped else "无",
                bad=bool(self.clipped),
            ),
            Row(
                self.name,
                "静音",
                self.silence or (silence if self.silent_seconds else "无"),
                bad=bool(self.silence),
            ),
            Row(
                self.name,
                "电平",
                f"峰值 {_db(self.peak_dbfs)} dBFS，PPM 最高 {_db(self.ppm_dbfs)} dBFS",
            ),
            Row(self.name, "响度", f"{_db(self.loudness_lufs)} LUFS"),
        ]
        if noted.purged:
            found.append(Row(self.name, "清除", places_text(noted.purged, self.rate_hz)))
        found += [Row(self.name, name, "读不出来", bad=True) for name in self.unreadable]
        found += [Row(self.name, name, f"SHA-256 {sha}") for name, sha in self.hashes.items()]
        return found

    def facts(self) -> dict[str, Any]:
        """Return the same as a JSON object."""
        noted = self.noted
        return {
            "line": self.name,
            "rate_hz": self.rate_hz,
            "seconds": round(self.seconds, 3),
            "missing_seconds": round(
                (self.missing.expected - self.missing.reached) / self.rate_hz, 3
            ),
            "missing_files": self.missing.holes,
            "gaps": _ranges(noted.gaps, self.rate_hz),
            "device": noted.device,
            "overflows": noted.overflows,
            "clipped": self.clipped,
            "silent_seconds": round(self.silent_seconds, 1),
            "longest_silence_seconds": round(self.longest_silence_seconds, 1),
            "peak_dbfs": _finite(self.peak_dbfs),
            "ppm_dbfs": _finite(self.ppm_dbfs),
            "loudness_lufs": _finite(self.loudness_lufs),
            "purged": _ranges(noted.purged, self.rate_hz),
            "faults": list(self.faults),
            "notes": list(noted.notes),
            "unreadable": list(self.unreadable),
            "sha256": dict(self.hashes),
        }

    def _share(self) -> str:
        share = self.silent_seconds / self.seconds if self.seconds else 0.0
        return f"{duration_text(self.silent_seconds)}（{share:.0%}）"


@dataclass(frozen=True, slots=True)
class HealthSheet:
    """What was found in a take."""

    folder: Path
    ended: bool
    """Whether the take had ended; else this is how it stood."""
    noted: Findings
    lines: tuple[LineHealth, ...]
    damaged: tuple[str, ...]
    """A sentence for each FLAC that is no longer what was verified."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words; none is a good take."""
        return take_faults(self.noted, self.damaged, [line.faults for line in self.lines])

    @property
    def notes(self) -> tuple[str, ...]:
        """What is no fault but worth knowing, in words."""
        return (*self.noted.notes, *(note for line in self.lines for note in line.noted.notes))

    @property
    def verdict(self) -> str:
        """The sheet in one line."""
        lengths = "、".join(f"{line.name} {duration_text(line.seconds)}" for line in self.lines)
        good = "合格" if self.ended else "还在录，到现在合格"
        return verdict(self.faults, f"{good}：{lengths}，没有断点")

    def rows(self) -> list[Row]:
        """Return the whole sheet, line by line, as the command and the window show it."""
        notes = [Row("", "备注", note) for note in self.notes]
        verdict = Row("", "结论", self.verdict, bad=bool(self.faults))
        notes += [Row("", "归档", damaged, bad=True) for damaged in self.damaged]
        return [verdict, *notes, *(row for line in self.lines for row in line.rows())]

    def facts(self) -> dict[str, Any]:
        """Return the sheet as a JSON object; levels of digital silence are null."""
        return {
            "take": str(self.folder),
            "ended": self.ended,
            "good": not self.faults,
            "verdict": self.verdict,
            "faults": list(self.faults),
            "notes": list(self.notes),
            "lines": [line.facts() for line in self.lines],
        }


def sheet_text(sheet: HealthSheet) -> str:
    """Return the sheet as it is printed: the whole take first, then line by line."""
    lines = [f"录音体检单：{sheet.folder.name}"]
    part = ""
    for row in sheet.rows():
        if row.part != part:
            part = row.part
            lines.append(part)
        lines.append(f"{'  ' if part else ''}{row.label}：{row.words}")
    return "\n".join(lines)


def _ranges(gaps: Sequence[Gap], rate_hz: int) -> list[dict[str, float]]:
    return [
        {"at": round(gap.first_sample / rate_hz, 3), "seconds": round(gap.samples / rate_hz, 3)}
        for gap in gaps
    ]


def _db(level: float) -> str:
    return f"{level:.1f}" if math.isfinite(level) else "−∞"


def _finite(level: float) -> float | None:
    return round(level, 2) if math.isfinite(level) else None
