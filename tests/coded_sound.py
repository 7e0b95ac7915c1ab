"""Sound in which every sample tells its line and its number.

A sample alone has only 16 bits; four in a row name their line and place without doubt, so lost,
doubled, swapped and wrong-line samples can be counted.
"""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

WINDOW = 4


@dataclass(frozen=True)
class Run:
    """A stretch of recorded samples that follow each other without a fault."""

    position: int
    """Where it lies in the recording."""
    line: int | None
    """None is silence, -1 is no sound of ours."""
    number: int
    """The first sample's number."""
    count: int


def coded(line: int, count: int, first: int = 0) -> np.ndarray:
    """Return *count* samples of *line* from number *first* on; none is 0."""
    mixed = np.arange(first, first + count, dtype=np.uint64) + np.uint64((line + 1) << 40)
    for shift, factor in ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53)):
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    samples = (mixed >> np.uint64(48)).astype(np.uint16).view(np.int16)
    return np.where(samples == 0, np.int16(1), samples)


def write_coded(path: Path, lines: list[int], *, seconds: float, rate_hz: int) -> Path:
    """Write a WAV whose channels carry *lines*."""
    count = round(seconds * rate_hz)
    frames = np.stack([coded(line, count) for line in lines], axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(lines))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(frames.astype("<i2").tobytes())
    return path


def runs(pcm: bytes, *, lines: int = 2, longest: int = 4_000_000) -> list[Run]:
    """Split a recording into runs; a good one is a single run, silence around it apart."""
    heard = np.frombuffer(pcm, dtype="<i2")
    codes = [coded(line, min(longest, 2 * len(heard) + 200_000)) for line in range(lines)]
    found: list[Run] = []
    position = 0
    while position < len(heard):
        run = _run_at(heard, position, codes)
        joined = found and run.line == found[-1].line == -1
        if joined:
            last = found.pop()
            run = Run(last.position, -1, 0, last.count + run.count)
        found.append(run)
        position = run.position + run.count
    return found


def _run_at(heard: np.ndarray, position: int, codes: list[np.ndarray]) -> Run:
    if heard[position] == 0:
        sound = np.flatnonzero(heard[position:])
        return Run(position, None, 0, int(sound[0]) if len(sound) else len(heard) - position)
    window = heard[position : position + WINDOW]
    for line, code in enumerate(codes):
        starts = np.flatnonzero(code[: len(code) - WINDOW + 1] == window[0])
        for start in starts:
            if np.array_equal(code[start : start + len(window)], window):
                length = min(len(heard) - position, len(code) - start)
                differs = np.flatnonzero(
                    code[start : start + length] != heard[position : position + length]
                )
                count = int(differs[0]) if len(differs) else length
                return Run(position, line, int(start), count)
    return Run(position, -1, 0, 1)
