"""What lies between a mouth and a line: telephone band, noise, level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL_SCALE = 32_768.0
_MU = 255.0

NOISE_COLOURS = {"white": 0.0, "pink": 0.5, "brown": 1.0}
"""Exponent by which the amplitude of each colour falls with frequency."""


def band_pass(
    samples: NDArray[np.float32], rate_hz: int, low_hz: float, high_hz: float, *, edge_hz: float
) -> NDArray[np.float32]:
    """Keep *low_hz* to *high_hz* of *samples*, falling to nothing over *edge_hz* on each side."""
    size = 1 << int(np.ceil(np.log2(max(2, len(samples)))))
    spectrum = np.fft.rfft(samples, size)
    frequency = np.fft.rfftfreq(size, 1 / rate_hz)
    rise = np.clip((frequency - low_hz) / edge_hz + 1, 0, 1)
    fall = np.clip((high_hz - frequency) / edge_hz + 1, 0, 1)
    gain = np.sin(np.pi / 2 * rise) * np.sin(np.pi / 2 * fall)
    return np.fft.irfft(spectrum * gain, size)[: len(samples)].astype(np.float32)


def mu_law(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return *samples* (int16 scale) after coding in 8 bits, as on a telephone trunk."""
    level = np.clip(samples / FULL_SCALE, -1, 1)
    coded = np.sign(level) * np.log1p(_MU * np.abs(level)) / np.log1p(_MU)
    coded = np.round(coded * 127) / 127
    decoded = np.sign(coded) * np.expm1(np.abs(coded) * np.log1p(_MU)) / _MU
    heard: NDArray[np.float32] = (decoded * FULL_SCALE).astype(np.float32)
    return heard


def telephone(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """Return *samples* as they arrive over a plain telephone line: 300–3,400 Hz, µ-law."""
    return mu_law(band_pass(samples, rate_hz, 300, 3_400, edge_hz=100))


def coloured_noise(count: int, colour: str, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return *count* samples of noise of a colour of ``NOISE_COLOURS``, with RMS 1."""
    size = 1 << int(np.ceil(np.log2(max(2, count))))
    spectrum = np.fft.rfft(rng.standard_normal(size))
    bins = np.maximum(np.arange(len(spectrum)), 1)
    noise = np.fft.irfft(spectrum / bins ** NOISE_COLOURS[colour], size)[:count]
    return (noise / (rms(noise) + 1e-9)).astype(np.float32)


def add_noise(
    samples: NDArray[np.float32], noise: NDArray[np.float32], snr_db: float
) -> NDArray[np.float32]:
    """Return *samples* with *noise* (RMS 1, same length) at *snr_db* below their RMS."""
    return (samples + noise * (rms(samples) / 10 ** (snr_db / 20))).astype(np.float32)


def rms(samples: NDArray[np.floating]) -> float:
    """Return the root mean square of *samples*."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0


def to_int16(samples: NDArray[np.floating]) -> NDArray[np.int16]:
    """Return *samples* (int16 scale) rounded and clipped to 16 bits."""
    return np.clip(np.round(samples), -32_768, 32_767).astype(np.int16)
