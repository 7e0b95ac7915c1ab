"""Speech in which every sample tells its line and its number, in its low bits.

Captions hear the sample calls over and over; the six low bits of each sample, never all zero, are
a code of which some twenty in a row have one place alone.
"""

import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.coded_sound import Run, coded
from tests.speech import samples

RATE_HZ = 16_000
WINDOW = 24
_CODE = 63
_PAUSE_SECONDS = 2
_NEAR_SECONDS = 60
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Played:
    """A line's sound as it was played."""

    path: Path
    samples: np.ndarray
    code: bytes
    """The low bits of each sample."""


def write_speech(path: Path, line: int, *, seconds: float) -> Path:
    """Write a WAV of what is said on one side of the sample calls, in turn, with its code."""
    pause = np.zeros((_PAUSE_SECONDS * RATE_HZ, 2), dtype=np.int16)
    spoken = np.concatenate(
        [part for call in samples.CALLS for part in (samples.channels(call)[1], pause)]
    )[:, line]
    count = round(seconds * RATE_HZ)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        for first in range(0, count, _BLOCK):
            block = min(_BLOCK, count - first)
            code = coded(line, block, first).view(np.uint16) % _CODE + 1
            words = spoken.take(np.arange(first, first + block), mode="wrap")
            file.writeframes((words & ~_CODE | code.astype(np.int16)).astype("<i2").tobytes())
    return path


def played(path: Path) -> Played:
    """Return what `write_speech` wrote."""
    heard = np.memmap(path, dtype="<i2", mode="r", offset=44)
    return Played(path, heard, (heard & _CODE).astype(np.uint8).tobytes())


def runs(heard: np.ndarray, lines: Sequence[Played]) -> list[Run]:
    """Split a recording into runs of each line's sound, silence, and what is no sound of ours."""
    found: list[Run] = []
    position = 0
    while position < len(heard):
        run = _run_at(heard, position, lines, found)
        if found and run.line == found[-1].line == -1:
            last = found.pop()
            run = Run(last.position, -1, 0, last.count + run.count)
        found.append(run)
        position = run.position + run.count
    return found


def spoken_runs(found: Iterable[Run]) -> list[Run]:
    """Return the runs that are no silence."""
    return [run for run in found if run.line is not None]


def _run_at(
    heard: np.ndarray, position: int, lines: Sequence[Played], before: Sequence[Run]
) -> Run:
    if heard[position] == 0:
        return Run(position, None, 0, _until(heard, position, lambda piece, _: piece != 0))
    window = (heard[position : position + WINDOW] & _CODE).astype(np.uint8).tobytes()
    for line, number in _places(window, lines, before):
        sound = lines[line].samples
        if np.array_equal(sound[number : number + len(window)], heard[position:][: len(window)]):

            def differs(piece, done, sound=sound, number=number):
                right = sound[number + done : number + done + len(piece)]
                return np.append(piece[: len(right)] != right, True)

            return Run(position, line, number, _until(heard, position, differs))
    return Run(position, -1, 0, 1)


def _places(window: bytes, lines: Sequence[Played], before: Sequence[Run]):
    """Yield where a window may come from: soon after the last sound, or anywhere."""
    last = next((run for run in reversed(before) if run.line not in (None, -1)), None)
    if last is not None:
        after = last.number + last.count
        near = lines[last.line].code.find(window, after, after + _NEAR_SECONDS * RATE_HZ)
        if near >= 0:
            yield last.line, near
    for line, sound in enumerate(lines):
        number = sound.code.find(window)
        while number >= 0:
            yield line, number
            number = sound.code.find(window, number + 1)


def _until(heard: np.ndarray, position: int, ends) -> int:
    """Return how many samples from *position* on come before one that *ends* marks."""
    done, step = 0, WINDOW
    while position + done < len(heard):
        piece = heard[position + done : position + done + step]
        marked = np.flatnonzero(ends(piece, done)[: len(piece)])
        if len(marked):
            return done + int(marked[0])
        done += len(piece)
        step = min(4 * step, _BLOCK)
    return done
