"""Change of sampling rate by a rational factor, with numpy alone."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HALF_WIDTH = 16
"""Zero crossings of the windowed sinc on each side."""
_BLOCK = 1 << 16


def resample(samples: NDArray[np.floating], from_hz: int, to_hz: int) -> NDArray[np.float32]:
    """Return mono *samples* taken at *from_hz* as float32 at *to_hz*."""
    source = np.asarray(samples, dtype=np.float32)
    if from_hz == to_hz:
        return source
    divisor = gcd(from_hz, to_hz)
    up, down = to_hz // divisor, from_hz // divisor
    taps = _filters(up, down)
    reach = taps.shape[1] // 2
    padded = np.pad(source, (reach, reach))
    count = -(-len(source) * up // down)
    result = np.empty(count, dtype=np.float32)
    offsets = np.arange(taps.shape[1])
    for first in range(0, count, _BLOCK):
        position = np.arange(first, min(first + _BLOCK, count)) * down
        around = np.minimum((position // up)[:, None] + offsets, len(padded) - 1)
        result[first : first + len(position)] = np.einsum(
            "ij,ij->i", padded[around], taps[position % up]
        )
    return result


@lru_cache(maxsize=8)
def _filters(up: int, down: int) -> NDArray[np.float32]:
    """Return one low-pass filter for each of the *up* fractional positions."""
    cutoff = min(1.0, up / down) * 0.97
    reach = int(np.ceil(_HALF_WIDTH / cutoff))
    at = np.arange(2 * reach)[None, :] - reach - (np.arange(up) / up)[:, None]
    window = np.cos(np.pi * np.clip(at / reach, -1, 1) / 2) ** 2
    taps = cutoff * np.sinc(cutoff * at) * window
    filters: NDArray[np.float32] = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return filters
