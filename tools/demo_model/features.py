"""Log-mel features: Kaldi's, to the digit, from which its MFCC are made by a fixed matrix.

The network learns from these; the shipped one begins with the matrix that turns MFCC back.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000
MEL_BANDS = 40
LOW_HZ, HIGH_HZ = 20.0, RATE_HZ / 2 - 400
LIFTER = 22.0
_FRAME, _SHIFT, _FFT = 400, 160, 512
_PREEMPHASIS = 0.97
_FLOOR = float(np.finfo(np.float32).eps)

FRAMES_PER_OUTPUT = 3
OUTPUT_SECONDS = FRAMES_PER_OUTPUT * _SHIFT / RATE_HZ
FIRST_OUTPUT_SECONDS = _FRAME / RATE_HZ / 2
"""Middle of the first frame: output *i* speaks of the sound at this time + 0.03 · i."""

CONF = """\
--use-energy=false
--sample-frequency=16000
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=-400
--dither=0
--allow-upsample=true
--allow-downsample=true
"""
"""The same in the words of conf/mfcc.conf."""


def log_mel(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """Return the log-mel energies of *samples* (16 kHz), one row for each 10 ms."""
    if len(samples) < _FRAME:
        return np.zeros((0, MEL_BANDS), np.float32)
    frames = sliding_window_view(samples.astype(np.float32), _FRAME)[::_SHIFT]
    frames = frames - frames.mean(axis=1, keepdims=True)
    shifted = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    frames = (frames - _PREEMPHASIS * shifted) * _window()
    power = np.abs(np.fft.rfft(frames, _FFT)).astype(np.float32)[:, : _FFT // 2] ** 2
    energies: NDArray[np.float32] = np.maximum(power @ _mel_weights(), _FLOOR)
    return np.log(energies).astype(np.float32)


def mfcc_to_log_mel() -> NDArray[np.float64]:
    """Return the matrix that turns a column of 40 MFCC into one of 40 log-mel energies."""
    coefficient = np.arange(MEL_BANDS)
    lifter = 1 + LIFTER / 2 * np.sin(np.pi * coefficient / LIFTER)
    band = np.arange(MEL_BANDS) + 0.5
    cosines = np.sqrt(2 / MEL_BANDS) * np.cos(np.pi / MEL_BANDS * np.outer(coefficient, band))
    cosines[0] = np.sqrt(1 / MEL_BANDS)
    inverse: NDArray[np.float64] = np.linalg.inv(lifter[:, None] * cosines)
    return inverse


@cache
def _window() -> NDArray[np.float32]:
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_FRAME) / (_FRAME - 1))
    return (hann**0.85).astype(np.float32)


@cache
def _mel_weights() -> NDArray[np.float32]:
    """Return the triangles of the mel bank, one column for each band."""

    def mel(hertz: NDArray[np.float64] | float) -> NDArray[np.float64]:
        return 1127.0 * np.log(1.0 + np.asarray(hertz) / 700.0)

    edges = np.linspace(mel(LOW_HZ), mel(HIGH_HZ), MEL_BANDS + 2)
    at = mel(np.arange(_FFT // 2) * RATE_HZ / _FFT)[:, None]
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    rise, fall = (at - left) / (centre - left), (right - at) / (right - centre)
    return np.maximum(0, np.minimum(rise, fall)).astype(np.float32)
