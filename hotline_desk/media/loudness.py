"""Loudness in LUFS, as ITU-R BS.1770-5 and EBU R 128 (Tech 3341) measure it.

A line is one channel that is heard from both loudspeakers: it counts twice, so that a tone of
-23 dBFS on it reads -23 LUFS, as the same tone on both channels of a stereo file does.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from hotline_desk.media.levels import FULL_SCALE

_HOPS_PER_SECOND = 10
_MOMENTARY_HOPS, _SHORT_TERM_HOPS = 4, 30
_MOST_HOPS = 10  # weighted at once
_RESPONSE_SECONDS = 0.06  # after it the weighting's answer to an impulse is 120 dB down
_CHANNELS = 2
_OFFSET_DB = -0.691
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU = -70.0, -10.0

# The two filters of BS.1770, annex 1, are given there for 48 kHz alone. These are the analogue
# ones that their bilinear transform gives them, so they can be had for any rate.
_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_SHELF_POWER = 0.4996667741545416
_HIGH_PASS_HZ, _HIGH_PASS_Q = 38.13547087602444, 0.5003270373238773

Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]
"""Numerator and denominator of a filter of the second order, in powers of 1/z."""


class Loudness:
    """Measures one channel of sound as it comes, 100 ms by 100 ms."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._hop = round(rate_hz / _HOPS_PER_SECOND)
        self._before = np.zeros(round(rate_hz * _RESPONSE_SECONDS), dtype=np.float32)
        self._waiting = np.zeros(0, dtype=np.float32)
        self._powers: list[float] = []  # of each hop, weighted, both channels

    def feed(self, pcm: bytes) -> None:
        """Take in the next 16-bit samples."""
        new = np.frombuffer(pcm, dtype=np.int16).astype(np.float32) / np.float32(FULL_SCALE)
        samples = np.concatenate((self._waiting, new))
        whole = len(samples) // self._hop * self._hop
        most = _MOST_HOPS * self._hop
        for first in range(0, whole, most):
            self._weigh(samples[first : min(whole, first + most)])
        self._waiting = samples[whole:]

    @property
    def short_term(self) -> float:
        """The loudness of the last 3 s in LUFS; minus infinity for silence."""
        return _lufs(sum(self._powers[-_SHORT_TERM_HOPS:]) / _SHORT_TERM_HOPS)

    @property
    def integrated(self) -> float:
        """The gated loudness of all in LUFS; minus infinity where all is under the gate."""
        window = np.full(_MOMENTARY_HOPS, 1 / _MOMENTARY_HOPS)
        if len(self._powers) < _MOMENTARY_HOPS:
            return -math.inf
        blocks = np.convolve(self._powers, window, "valid")
        loud = blocks[blocks > _power(_ABSOLUTE_GATE_LUFS)]
        if not len(loud):
            return -math.inf
        gate = float(loud.mean()) * 10 ** (_RELATIVE_GATE_LU / 10)
        return _lufs(float(loud[loud > gate].mean()))

    def _weigh(self, samples: np.ndarray) -> None:
        """Weight whole hops, by a product of spectra: no sample waits for the one before it."""
        joined = np.concatenate((self._before, samples))
        size = -(-len(joined) // 1024) * 1024  # what the transform does fast
        spectrum = np.fft.rfft(joined, size) * _weighting(self._rate_hz, size)
        # where the end of the response comes round to the beginning, nothing is taken
        weighted = np.fft.irfft(spectrum, size)[len(self._before) : len(joined)]
        hops = weighted.reshape(-1, self._hop)
        energies = np.square(hops).sum(axis=1, dtype=np.float64)
        self._powers.extend((_CHANNELS / self._hop * energies).tolist())
        self._before = joined[len(joined) - len(self._before) :]


def k_weighting(rate_hz: int) -> tuple[Biquad, Biquad]:
    """Return BS.1770's two filters at *rate_hz*: the head's shelf, then the high pass."""
    k = math.tan(math.pi * _SHELF_HZ / rate_hz)
    high = 10 ** (_SHELF_DB / 20)
    band = high**_SHELF_POWER
    scale = 1 + k / _SHELF_Q + k * k
    shelf = (
        (
            (high + band * k / _SHELF_Q + k * k) / scale,
            2 * (k * k - high) / scale,
            (high - band * k / _SHELF_Q + k * k) / scale,
        ),
        (1.0, 2 * (k * k - 1) / scale, (1 - k / _SHELF_Q + k * k) / scale),
    )
    k = math.tan(math.pi * _HIGH_PASS_HZ / rate_hz)
    scale = 1 + k / _HIGH_PASS_Q + k * k
    high_pass = (
        (1.0, -2.0, 1.0),
        (1.0, 2 * (k * k - 1) / scale, (1 - k / _HIGH_PASS_Q + k * k) / scale),
    )
    return shelf, high_pass


@lru_cache(maxsize=64)
def _weighting(rate_hz: int, size: int) -> np.ndarray:
    """Return what the two filters do to each frequency of a transform of *size* samples."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(delay), dtype=complex)
    for above, below in k_weighting(rate_hz):
        response *= np.polyval(above[::-1], delay) / np.polyval(below[::-1], delay)
    return response.astype(np.complex64)


def _lufs(power: float) -> float:
    return _OFFSET_DB + 10 * math.log10(power) if power > 0 else -math.inf


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_DB) / 10))
