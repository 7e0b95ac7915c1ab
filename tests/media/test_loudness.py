"""Loudness against BS.1770's own figures, EBU Tech 3341's test signals and ffmpeg's ebur128."""

import math
import re
import subprocess
import wave

import numpy as np
import pytest

from hotline_desk.media import ffmpeg
from hotline_desk.media.loudness import Loudness, k_weighting
from hotline_desk.paths import resource

RATE = 48_000


def tones(*parts, rate_hz=RATE, hertz=1_000.0):
    """Return a sine of changing level: pairs of dBFS and seconds."""
    wave_ = [
        np.round(10 ** (level / 20) * 32_768 * np.sin(2 * np.pi * hertz * at / rate_hz))
        for level, seconds in parts
        for at in [np.arange(round(seconds * rate_hz))]
    ]
    return np.concatenate(wave_).astype("<i2")


def measured(samples, rate_hz=RATE, *, block=4_801):
    loudness = Loudness(rate_hz)
    for first in range(0, len(samples), block):
        loudness.feed(samples[first : first + block].tobytes())
    return loudness


def test_the_filters_at_48_khz_are_those_of_the_recommendation():
    shelf, high_pass = k_weighting(48_000)

    # ITU-R BS.1770-5, annex 1, tables 1 and 2
    assert shelf[0] == pytest.approx((1.53512485958697, -2.69169618940638, 1.19839281085285))
    assert shelf[1] == pytest.approx((1.0, -1.69065929318241, 0.73248077421585))
    assert high_pass[0] == (1.0, -2.0, 1.0)
    assert high_pass[1] == pytest.approx((1.0, -1.99004745483398, 0.99007225036621))


# EBU Tech 3341, table 1; one channel heard from both loudspeakers, as both carry the same there
INTEGRATED = {
    1: ([(-23, 20)], -23.0),
    2: ([(-33, 20)], -33.0),
    3: ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
    4: ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
    5: ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
}


@pytest.mark.parametrize(("parts", "lufs"), INTEGRATED.values(), ids=INTEGRATED)
def test_integrated_loudness_of_the_test_signals(parts, lufs):
    assert measured(tones(*parts)).integrated == pytest.approx(lufs, abs=0.1)


@pytest.mark.parametrize(
    "rate_hz", [8_000, 11_025, 16_000, 32_000, 44_100, 48_000, 96_000, 192_000]
)
def test_a_tone_is_as_loud_at_every_rate(rate_hz):
    heard = measured(tones((-23, 4), rate_hz=rate_hz), rate_hz)

    assert (heard.short_term, heard.integrated) == pytest.approx((-23,) * 2, abs=0.1)


def test_short_term_loudness_of_the_test_signal_9():
    samples = tones(*[(-20, 1.34), (-30, 1.66)] * 5)
    loudness = Loudness(RATE)
    found = []
    for first in range(0, len(samples), 4_800):
        loudness.feed(samples[first : first + 4_800].tobytes())
        found.append(loudness.short_term)

    assert found[30:] == pytest.approx([-23.0] * len(found[30:]), abs=0.1)


@pytest.mark.parametrize("number", range(0, 20, 3))
def test_short_term_loudness_of_the_test_signal_10(number):
    samples = tones((-120, number * 0.15), (-23, 3), (-120, 1))
    loudness, highest = Loudness(RATE), -math.inf
    for first in range(0, len(samples), 4_800):
        loudness.feed(samples[first : first + 4_800].tobytes())
        highest = max(highest, loudness.short_term)

    assert highest == pytest.approx(-23.0, abs=0.1)


def test_silence_has_no_loudness():
    heard = measured(np.zeros(5 * RATE, dtype="<i2"))

    assert (heard.short_term, heard.integrated) == (-math.inf,) * 2
    assert Loudness(RATE).integrated == -math.inf
    assert measured(tones((-80, 5))).integrated == -math.inf


def test_it_does_not_matter_how_the_sound_is_cut():
    samples = tones((-20, 2), (-31, 3.33), hertz=440)

    whole, pieces = (measured(samples, block=block) for block in (len(samples), 77))

    assert pieces.integrated == pytest.approx(whole.integrated, abs=1e-4)
    assert pieces.short_term == pytest.approx(whole.short_term, abs=1e-4)


def ebur128(path):
    """Return integrated and last short-term loudness as ffmpeg measures them."""
    done = subprocess.run(
        [ffmpeg.ffmpeg(), "-hide_banner", "-nostats", "-i", path,
         "-af", "ebur128=dualmono=true", "-f", "null", "-"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    integrated = re.findall(r"^\s+I:\s+(\S+) LUFS", done.stderr, re.MULTILINE)[-1]
    short_term = re.findall(r"\bS:\s*(\S+)", done.stderr)[-1]
    return float(integrated), float(short_term)


def speech():
    path = min(resource("samples").rglob("*.wav"))
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(-1), "<i2"), file.getframerate()


def noise(rate_hz):
    """Return pink-like noise that comes and goes, as music does."""
    source = np.random.default_rng(7)
    white = source.normal(0, 1, 12 * rate_hz)
    pink = np.convolve(white, 1 / np.sqrt(np.arange(1, 400)), "same")
    swell = 0.02 + 0.2 * np.sin(np.arange(len(pink)) / rate_hz) ** 2
    return np.clip(pink / np.abs(pink).max() * swell * 32_000, -32_767, 32_767).astype("<i2")


@pytest.mark.parametrize("source", ["speech", 48_000, 44_100])
def test_real_sound_is_as_loud_as_ffmpeg_says(tmp_path, source):
    samples, rate_hz = speech() if source == "speech" else (noise(source), source)
    samples = samples[: len(samples) // (rate_hz // 10) * (rate_hz // 10)]  # ffmpeg tells each hop
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(samples.tobytes())

    heard = measured(samples, rate_hz)

    found = (heard.integrated, heard.short_term)
    assert found == pytest.approx(ebur128(tmp_path / "a.wav"), abs=0.1)
