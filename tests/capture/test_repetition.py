"""What a stuck device delivers is told from all that may repeat itself rightly."""

import numpy as np
import pytest

from hotline_desk.capture.repetition import Repetition
from tests.coded_sound import coded

RATES = (8_000, 16_000, 44_100, 48_000, 96_000)


def found_after(channels, rate_hz):
    """Return after how many seconds repetition is found in *channels*; None if never."""
    pcm = np.stack(channels, axis=1).astype("<i2")
    repetition = Repetition(rate_hz, len(channels))
    size = rate_hz // 90  # no divisor of what repeats
    for start in range(0, len(pcm), size):
        repetition.hear(pcm[start : start + size].tobytes())
        if repetition.found:
            return (start + size) / rate_hz
    return None


def again_and_again(piece, rate_hz):
    return np.resize(piece, 2 * rate_hz)


def tones(rate_hz, *pitches, peak=8000):
    at = np.arange(2 * rate_hz) / rate_hz
    return np.round(sum(peak / len(pitches) * np.sin(2 * np.pi * hz * at) for hz in pitches))


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("seconds", [0.005, 0.01, 0.16])
@pytest.mark.parametrize("lines", [1, 2])
def test_a_stuck_buffer_is_found_within_a_second_whatever_its_length(rate_hz, seconds, lines):
    piece = [again_and_again(coded(n, int(seconds * rate_hz)), rate_hz) for n in range(lines)]

    assert found_after(piece, rate_hz) < 0.75


def test_one_stuck_channel_beside_a_silent_one_is_found():
    stuck = again_and_again(coded(0, 480), 48_000)

    assert found_after([np.zeros_like(stuck), stuck], 48_000) < 0.75


def test_a_stuck_buffer_that_ends_in_silence_is_found():
    piece = np.concatenate([coded(0, 100), np.zeros(900, np.int16)])

    assert found_after([again_and_again(piece, 48_000)], 48_000) < 0.75


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize(
    "pitches",
    [(1000,), (440,), (450,), (997,), (100,), (2000,), (350, 440), (770, 1336)],
)
@pytest.mark.parametrize("peak", [100, 20_000])
def test_test_tones_and_telephone_tones_are_sound(rate_hz, pitches, peak):
    tone = tones(rate_hz, *pitches, peak=peak)

    assert found_after([tone], rate_hz) is None
    assert found_after([tone, 0 * tone], rate_hz) is None


def test_silence_and_what_an_open_input_murmurs_are_no_fault():
    assert found_after([np.zeros(96_000)], 48_000) is None
    assert found_after([np.full(96_000, -7)], 48_000) is None
    assert found_after([again_and_again(np.array([0, 1, 0, -1, 2]), 48_000)], 48_000) is None


def test_a_pip_shorter_than_half_a_second_is_no_fault():
    pip = np.concatenate([coded(1, 48_000), np.resize(coded(0, 480), 19_200), coded(1, 48_000)])

    assert found_after([pip], 48_000) is None


def test_it_is_over_when_other_sound_comes():
    repetition = Repetition(16_000, 1)
    repetition.hear(again_and_again(coded(0, 160), 16_000).tobytes())
    assert repetition.found

    repetition.hear(coded(1, 8_000).tobytes())

    assert not repetition.found
