"""The meter against the tables of its standard, and against the plain recursion it stands for."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.media.levels import amplitudes, dbfs
from hotline_desk.media.meters import (
    HOLD_SECONDS,
    LAMP_SECONDS,
    RETURN_DB_PER_SECOND,
    Clipping,
    Meter,
    PeakProgramme,
)

RATES = (32_000, 44_100, 48_000, 96_000)


def tone(seconds, *, hertz=5_000.0, rate_hz=48_000, level_dbfs=-6.0):
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    wave = 10 ** (level_dbfs / 20) * 32_767 * np.sin(2 * np.pi * hertz * at)
    return np.round(wave).astype("<i2")


def highest(samples, rate_hz):
    return PeakProgramme(rate_hz).feed(amplitudes(samples))


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize(
    ("milliseconds", "under_db", "tolerance_db"),
    [(10.0, -1.0, 0.5), (5.0, -2.0, 0.2), (3.0, -4.0, 1.0), (0.4, -15.0, 4.0)],
)  # IEC 60268-10, type I; the integration time itself is held closer than it wants
def test_bursts_read_what_the_standard_says(rate_hz, milliseconds, under_db, tolerance_db):
    steady = highest(tone(0.5, rate_hz=rate_hz), rate_hz)

    burst = highest(tone(milliseconds / 1000, rate_hz=rate_hz), rate_hz)

    assert burst - steady == pytest.approx(under_db, abs=tolerance_db)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, *RATES, 192_000])
@pytest.mark.parametrize("hertz", [31.5, 100, 1_000, 3_150, 10_000])
def test_a_steady_tone_reads_its_peak_at_every_frequency(rate_hz, hertz):
    if hertz > 0.4 * rate_hz:
        pytest.skip("this rate has no such tone")

    read = highest(tone(1.0, hertz=hertz, rate_hz=rate_hz, level_dbfs=-9.0), rate_hz)

    assert read == pytest.approx(-9.0, abs=0.3)


@pytest.mark.parametrize("rate_hz", RATES)
def test_the_reading_returns_by_20_db_in_1_7_s(rate_hz):
    programme = PeakProgramme(rate_hz)
    before = programme.feed(amplitudes(tone(0.5, rate_hz=rate_hz)))

    programme.feed(np.zeros(round(1.7 * rate_hz), dtype=np.float32))

    assert programme.feed(np.zeros(0, dtype=np.float32)) - before == pytest.approx(-20, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(1, 3_000), min_size=1, max_size=8))
def test_it_is_the_plain_recursion_however_the_sound_is_cut(random, lengths):
    rate_hz = 48_000
    source = np.random.default_rng(random.getrandbits(32))
    tops = source.uniform(0, 32_767, size=len(lengths))
    pieces = [
        source.uniform(-top, top, length).astype("<i2")
        for top, length in zip(tops, lengths, strict=True)
    ]
    programme = PeakProgramme(rate_hz)

    read = [programme.feed(amplitudes(piece)) for piece in pieces]

    charge, expected = 0.0, []
    share = 1 - math.exp(-1 / (rate_hz * 0.00136))
    fall = 10 ** (-RETURN_DB_PER_SECOND / 20 / rate_hz)
    for piece in pieces:
        top = charge
        for height in np.abs(piece.astype(float)):
            charge += max(0.0, share * (height - charge))
            top = max(top, charge)
            charge *= fall
        expected.append(dbfs(top) + 0.18)
    assert read == pytest.approx(expected, abs=1e-3)


def test_silence_reads_nothing_and_a_long_silence_falls_to_nothing():
    programme = PeakProgramme(8_000)
    assert programme.feed(np.zeros(800, dtype=np.float32)) == -math.inf
    programme.feed(amplitudes(tone(0.1, hertz=1000, rate_hz=8_000)))

    for _ in range(20):
        programme.feed(np.zeros(8_000, dtype=np.float32))

    assert programme.feed(np.zeros(8_000, dtype=np.float32)) == -math.inf


def test_the_hold_stands_then_falls_to_the_level():
    meter = Meter(48_000)
    block = 4_800
    meter.feed(tone(0.5, level_dbfs=-3).tobytes())
    quiet = tone(0.1, level_dbfs=-50).tobytes()

    held = [meter.feed(quiet) for _ in range(round(HOLD_SECONDS * 48_000 / block))]
    falling = [meter.feed(quiet) for _ in range(10)]
    at_last = [meter.feed(quiet) for _ in range(40)][-1]

    assert {round(reading.hold_dbfs, 1) for reading in held} == {-3.0}
    assert held[-1].ppm_dbfs < -15
    steps = np.diff([reading.hold_dbfs for reading in falling])
    assert steps == pytest.approx(-RETURN_DB_PER_SECOND / 10)
    assert at_last.hold_dbfs == at_last.ppm_dbfs == pytest.approx(-50, abs=0.5)


@pytest.mark.parametrize(
    ("samples", "stretches"),
    [
        ([0, 32_767, 32_767, 0], 0),
        ([0, 32_767, 32_767, 32_767, 0], 1),
        ([-32_768, -32_767, -32_768], 1),
        ([32_767] * 4 + [0] + [-32_768] * 3, 2),
        ([32_766] * 9, 0),
    ],
)
def test_three_samples_at_full_scale_are_clipped(samples, stretches):
    assert Clipping().feed(np.array(samples, dtype="<i2")) == stretches


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([0, 5, 32_767, -32_768]), max_size=40),
    st.lists(st.integers(0, 40), max_size=5),
)
def test_clipping_is_counted_once_however_the_sound_is_cut(samples, cuts):
    whole = np.array(samples, dtype="<i2")
    clipping = Clipping()

    counted = sum(clipping.feed(piece) for piece in np.split(whole, sorted(cuts)))

    assert counted == Clipping().feed(whole)


def test_the_lamp_stays_lit_for_a_while():
    meter = Meter(8_000)
    assert not meter.feed(tone(0.1, hertz=500, rate_hz=8_000).tobytes()).clipped

    clipped = meter.feed(np.full(3, 32_767, dtype="<i2").tobytes())
    second = bytes(2 * 8_000)
    lit = [meter.feed(second).clipped for _ in range(int(LAMP_SECONDS) + 1)]

    assert clipped.clipped
    assert lit == [True, True, False, False]
