"""How loud samples are, in dB below full scale (dBFS)."""

from __future__ import annotations

import math

import numpy as np

_FULL_SCALE = 32_768.0


def peak_dbfs(pcm: bytes) -> float:
    """Return the peak of 16-bit samples in dBFS; minus infinity for silence or nothing."""
    samples = np.frombuffer(pcm, dtype=np.int16)
    if not len(samples):
        return -math.inf
    # in 32 bits: the lowest sample has no 16-bit positive
    return _dbfs(float(np.abs(samples.astype(np.int32)).max()))


def rms_dbfs(pcm: bytes) -> float:
    """Return the root mean square of 16-bit samples in dBFS; minus infinity for silence."""
    samples = np.frombuffer(pcm, dtype=np.int16)
    if not len(samples):
        return -math.inf
    return _dbfs(math.sqrt(float(np.mean(np.square(samples, dtype=np.float64)))))


def _dbfs(amplitude: float) -> float:
    return 20 * math.log10(amplitude / _FULL_SCALE) if amplitude else -math.inf
