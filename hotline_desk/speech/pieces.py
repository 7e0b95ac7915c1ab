"""Cutting long sound into pieces at its silences, so that several cores can hear it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hotline_desk.media.decode import SAMPLE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_FRAME_SECONDS = 0.02
_WINDOW_SECONDS = 120.0
"""Loud and quiet are told apart within so much sound; it is also what is held in memory."""
_LONGEST_SECONDS = 30.0
_SILENCE_SECONDS = 0.4
"""A silence of this length ends a piece: the recogniser's own rule (0.5 s of no speech) ends an
utterance about there, but looks too seldom when it hears in large chunks."""
_BREATH_SECONDS = 0.5
_MARGIN_SECONDS = 0.3
"""Silence kept on both sides of speech: soft beginnings and endings lie in it."""
_FLOOR_PERCENT, _LOUD_PERCENT = 3, 95
"""A low floor: soft speech beside loud speech must not be taken for silence."""
_QUIET_ABOVE_FLOOR_DB = 8.0
_QUIET_BELOW_LOUD_DB = 20.0
"""Sound without this much between loud and quiet, such as music, is not cut at silences."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of sound with speech in it."""

    first_sample: int
    pcm: bytes
    """16-bit mono samples."""


def pieces(blocks: Iterable[bytes], rate_hz: int) -> Iterator[Piece]:
    """Yield the stretches of *blocks* in which something is heard, in their order.

    What lies between them is silence. No piece is longer than half a minute; where speech goes
    on for longer, it is cut at its quietest moment.

    Args:
        blocks: 16-bit mono samples, in blocks of any length.
        rate_hz: their rate.
    """
    window = int(_WINDOW_SECONDS * rate_hz) * SAMPLE_BYTES
    held = bytearray()
    first = 0
    for block in blocks:
        held += block
        if len(held) >= window:
            found = _spoken(held, rate_hz)
            # the last stretch may go on in the next window
            rest = found.pop()[0] if found else len(held) // SAMPLE_BYTES
            yield from _cut(held, found, first)
            del held[: rest * SAMPLE_BYTES]
            first += rest
    yield from _cut(held, _spoken(held, rate_hz), first)


def _cut(held: bytearray, found: list[tuple[int, int]], first: int) -> Iterator[Piece]:
    for start, end in found:
        yield Piece(first + start, bytes(held[start * SAMPLE_BYTES : end * SAMPLE_BYTES]))


def _spoken(pcm: bytearray, rate_hz: int) -> list[tuple[int, int]]:
    """Return the ranges of *pcm*, in samples, that are to be heard."""
    frame = int(_FRAME_SECONDS * rate_hz)
    samples = np.frombuffer(bytes(pcm), dtype=np.int16)
    loudness = _loudness_db(samples, frame)
    if not len(loudness):
        return [(0, len(samples))] if len(samples) else []
    ranges: list[tuple[int, int]] = []
    for start, end in _stretches(_is_loud(loudness)):
        ranges += _shortened(loudness, start, end)
    found = [(start * frame, min(end * frame, len(samples))) for start, end in ranges]
    if found and found[-1][1] >= len(loudness) * frame:
        found[-1] = (found[-1][0], len(samples))
    return found


def _loudness_db(samples: NDArray[np.int16], frame: int) -> NDArray[np.float64]:
    whole = samples[: len(samples) // frame * frame].astype(np.float64).reshape(-1, frame)
    loudness: NDArray[np.float64] = 10 * np.log10(np.mean(np.square(whole), axis=1) + 1.0)
    return loudness


def _is_loud(loudness: NDArray[np.float64]) -> NDArray[np.bool_]:
    floor, loud = np.percentile(loudness, (_FLOOR_PERCENT, _LOUD_PERCENT))
    threshold = min(floor + _QUIET_ABOVE_FLOOR_DB, loud - _QUIET_BELOW_LOUD_DB)
    return np.asarray(loudness > threshold)


def _stretches(is_loud: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return ranges of frames between long silences, with a margin on both sides.

    A silence that is too short for both margins is shared by its neighbours.
    """
    margin, gap = int(_MARGIN_SECONDS / _FRAME_SECONDS), int(_SILENCE_SECONDS / _FRAME_SECONDS)
    loud = np.flatnonzero(is_loud)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > gap)
    ends, starts = loud[breaks] + 1, loud[breaks + 1]
    middles = (ends + starts) // 2
    first, last = max(0, loud[0] - margin), min(len(is_loud), loud[-1] + 1 + margin)
    begin = [first, *np.maximum(starts - margin, middles)]
    end = [*np.minimum(ends + margin, middles), last]
    return [(int(start), int(stop)) for start, stop in zip(begin, end, strict=True)]


def _shortened(loudness: NDArray[np.float64], start: int, end: int) -> list[tuple[int, int]]:
    """Cut one range where it is quietest until no part is too long."""
    longest, breath = (int(s / _FRAME_SECONDS) for s in (_LONGEST_SECONDS, _BREATH_SECONDS))
    # the quietest breath, not the quietest instant: that may lie inside a word
    smooth = np.convolve(loudness, np.ones(breath), mode="same")
    parts: list[tuple[int, int]] = []
    while end - start > longest:
        earliest = start + longest // 2
        cut = earliest + int(np.argmin(smooth[earliest : start + longest]))
        parts.append((start, cut))
        start = cut
    return [*parts, (start, end)]
