"""A line's meter: peak programme level with peak hold, and a lamp for clipping.

The ballistics are those of IEC 60268-10, type I (DIN 45406): a burst of 5 kHz reads 1 dB under
the steady tone after 10 ms, 2 dB after 5 ms (the integration time), 4 dB after 3 ms and 15 dB
after 0.4 ms; the reading returns by 20 dB in 1.7 s. Type I, not II, because a recorder's meter
has to show what comes near full scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hotline_desk.media.levels import RETURN_DB_PER_SECOND, amplitudes, dbfs

HOLD_SECONDS = 1.5
"""How long the highest reading stands before it falls."""
LAMP_SECONDS = 3.0
"""How long the lamp stays lit after the last clipping."""
CLIPPED_SAMPLES = 3
"""In a row at full scale: a converter's limit, not a loud syllable."""

_CHARGE_SECONDS = 0.00136  # with it a burst of 5 ms reads 2 dB under the steady tone
_STEADY_DB = 0.18  # what a steady tone's charge stays under its peak
_CHUNK_SAMPLES = 2048
_HIGHEST_SAMPLE = 32_767
_INAUDIBLE = 1e-3  # of one sample's step: nothing is left to return from


class PeakProgramme:
    """The rectifier and the capacitor of a peak programme meter.

    The charge follows whatever exceeds it, at a rate, and otherwise returns. Each sample is
    reckoned with as it comes; only those above the falling charge cost time.
    """

    def __init__(self, rate_hz: int) -> None:
        self._gain = 10 ** (_STEADY_DB / 20)
        self._share = 1 - math.exp(-1 / (rate_hz * _CHARGE_SECONDS))
        samples = np.arange(_CHUNK_SAMPLES + 1)
        self._fall = 10 ** (-RETURN_DB_PER_SECOND / 20 / rate_hz * samples)
        self._falls: list[float] = self._fall.tolist()
        self._charge = 0.0

    def feed(self, heights: np.ndarray) -> float:
        """Return the highest reading since the last call, in dBFS.

        Args:
            heights: of the next samples, as `levels.amplitudes` gives them.
        """
        highest = 0.0
        for first in range(0, len(heights), _CHUNK_SAMPLES):
            highest = max(highest, self._take_in(heights[first : first + _CHUNK_SAMPLES]))
        return dbfs((highest or self._charge) * self._gain)

    def _take_in(self, heights: np.ndarray) -> float:
        charge = highest = self._charge
        above = np.flatnonzero(heights > charge * self._fall[: len(heights)])
        at = 0
        for place, height in zip(above.tolist(), heights[above].tolist(), strict=True):
            charge *= self._falls[place - at]
            at = place
            if height > charge:
                charge += self._share * (height - charge)
                highest = max(highest, charge)
        charge *= self._falls[len(heights) - at]
        self._charge = charge if charge > _INAUDIBLE else 0.0
        return highest


class Clipping:
    """Counts stretches of samples at full scale, across the blocks that they come in."""

    def __init__(self) -> None:
        self._open = 0  # samples at full scale at the end of the last block

    def feed(self, samples: np.ndarray) -> int:
        """Return how many stretches of 16-bit *samples* came to count as clipped in this block."""
        if not len(samples):
            return 0
        full = (samples >= _HIGHEST_SAMPLE) | (samples <= -_HIGHEST_SAMPLE)
        edges = np.flatnonzero(np.diff(full, prepend=False, append=False))
        before, self._open = self._open, 0
        if not len(edges):
            return 0
        lengths = edges[1::2] - edges[::2]
        counted = 0
        if edges[0] == 0:
            lengths[0] += before
            counted = int(before >= CLIPPED_SAMPLES)
        if edges[-1] == len(samples):
            self._open = int(lengths[-1])
        return int(np.count_nonzero(lengths >= CLIPPED_SAMPLES)) - counted


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter shows."""

    ppm_dbfs: float
    """The highest since the last reading; a steady tone reads its peak."""
    hold_dbfs: float
    """The highest of the last `HOLD_SECONDS`; older ones fall as the meter does."""
    clipped: bool
    """Whether the lamp is lit."""


class Meter:
    """One line's meter; its time is the samples'."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._programme = PeakProgramme(rate_hz)
        self._clipping = Clipping()
        self._hold = -math.inf
        self._held = 0.0  # seconds
        self._dark = LAMP_SECONDS  # seconds since the last clipping

    def feed(self, pcm: bytes) -> Reading:
        """Return what the meter shows after the next 16-bit samples."""
        samples = np.frombuffer(pcm, dtype=np.int16)
        seconds = len(samples) / self._rate_hz
        level = self._programme.feed(amplitudes(samples))
        self._dark = 0.0 if self._clipping.feed(samples) else self._dark + seconds
        self._held += seconds
        over = self._held - HOLD_SECONDS
        if over > 0:
            self._hold -= RETURN_DB_PER_SECOND * min(over, seconds)
        if level >= self._hold:
            self._hold, self._held = level, 0.0
        return Reading(level, self._hold, self._dark < LAMP_SECONDS)
