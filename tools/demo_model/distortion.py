"""Makes clean synthetic speech sound like speech over all kinds of lines and rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.demo_model.features import RATE_HZ
from tools.synthesis.channel import (
    NOISE_COLOURS,
    add_noise,
    band_pass,
    coloured_noise,
    mu_law,
    rms,
    to_int16,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONDITIONS = ("wide", "telephone", "noisy")
_SNR_DB = {"wide": (18, 45), "telephone": (12, 40), "noisy": (3, 24)}


def distort(
    samples: NDArray[np.float32],
    condition: str,
    babble: NDArray[np.float32],
    rng: np.random.Generator,
) -> NDArray[np.int16]:
    """Return *samples* (16 kHz, int16 scale) as heard under *condition*, one of ``CONDITIONS``.

    *babble* is other people's speech of any length, for the background.
    """
    heard = samples
    if rng.random() < 1 / 3:
        heard = _in_room(heard, rng)
    low, high = _SNR_DB[condition]
    heard = add_noise(heard, _noise(len(heard), babble, rng), rng.uniform(low, high))
    if condition == "telephone" or (condition == "noisy" and rng.random() < 0.5):
        heard = _telephone(heard, rng)
    level = 10 ** (rng.uniform(-30, 0) / 20)
    peak = float(np.abs(heard).max()) + 1e-9
    return to_int16(heard / peak * 32_000 * level)


def without_speech(rng: np.random.Generator) -> NDArray[np.int16]:
    """Return one to four seconds of what is not speech: noise, hum, clicks, tones."""
    count = int(rng.uniform(1, 4) * RATE_HZ)
    sound: NDArray[np.floating] = coloured_noise(count, _colour(rng), rng)
    at = np.arange(count) / RATE_HZ
    if rng.random() < 0.4:
        pitch = rng.uniform(45, 2_500)
        swing = rng.random(3) * (np.arange(1, 4) ** -1.0)
        tones = sum(a * np.sin(2 * np.pi * pitch * (n + 1) * at) for n, a in enumerate(swing))
        beat = (at * rng.uniform(0.5, 6)) % 1 < rng.uniform(0.2, 1)
        sound = sound + rng.uniform(1, 20) * tones * beat
    for _ in range(int(rng.integers(0, 6))):
        first = int(rng.integers(count))
        decay = np.exp(-np.arange(count - first) / (RATE_HZ * rng.uniform(0.002, 0.05)))
        sound[first:] += decay * rng.standard_normal(count - first) * rng.uniform(3, 40)
    if rng.random() < 0.5:
        sound = _telephone(sound.astype(np.float32) * 500, rng) / 500
    return to_int16(sound / np.abs(sound).max() * 32_000 * 10 ** (rng.uniform(-45, -3) / 20))


def _in_room(samples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    length = int(rng.uniform(0.05, 0.4) * RATE_HZ)
    tail = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= rng.uniform(0.1, 0.8) / np.linalg.norm(tail)
    tail[0] = 1.0
    size = 1 << int(np.ceil(np.log2(len(samples) + length)))
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(tail, size)
    return np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)


def _noise(
    count: int, babble: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.float32]:
    if len(babble) and rng.random() < 0.25:
        first = int(rng.integers(len(babble)))
        noise = np.resize(np.roll(babble, -first), count)
        return (noise / (rms(noise) + 1e-9)).astype(np.float32)
    return coloured_noise(count, _colour(rng), rng)


def _colour(rng: np.random.Generator) -> str:
    colours = list(NOISE_COLOURS)
    return colours[int(rng.integers(len(colours)))]


def _telephone(samples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    edge = 5.0 if rng.random() < 0.25 else rng.uniform(30, 200)
    heard = band_pass(
        samples, RATE_HZ, rng.uniform(80, 380), rng.uniform(3_000, 3_950), edge_hz=edge
    )
    if rng.random() < 0.5:
        peak = float(np.abs(heard).max()) + 1e-9
        heard = mu_law(heard / peak * 30_000 * 10 ** (rng.uniform(-20, 0) / 20))
    return heard
