"""Cutting sound at its silences: no speech is lost, and no piece is too long."""

import numpy as np
import pytest

from hotline_desk.speech.pieces import pieces

RATE = 16_000


def _noise(seconds: float, level: float, seed: int) -> np.ndarray:
    samples = np.random.default_rng(seed).normal(0, level, int(seconds * RATE))
    return samples.clip(-32_768, 32_767).astype(np.int16)


def _ranges(sound: np.ndarray, *, block_seconds: float = 0.5) -> list[tuple[float, float]]:
    step = int(block_seconds * RATE)
    blocks = (sound[start : start + step].tobytes() for start in range(0, len(sound), step))
    return [
        (p.first_sample / RATE, (p.first_sample + len(p.pcm) // 2) / RATE)
        for p in pieces(blocks, RATE)
    ]


def test_silence_is_left_out_with_a_margin():
    sound = np.concatenate([_noise(2, 3, 1), _noise(3, 3_000, 2), _noise(4, 3, 3)])

    ((start, end),) = _ranges(sound)

    assert (start, end) == (pytest.approx(1.7, abs=0.05), pytest.approx(5.3, abs=0.05))


def test_a_pause_inside_speech_does_not_cut_it():
    sound = np.concatenate([_noise(2, 3_000, 1), _noise(0.3, 3, 2), _noise(2, 3_000, 3)])

    assert _ranges(sound) == [(0.0, pytest.approx(4.3, abs=0.02))]


def test_a_short_silence_is_shared_by_the_speech_on_both_sides():
    sound = np.concatenate([_noise(2, 3_000, 1), _noise(0.5, 3, 2), _noise(2, 3_000, 3)])

    first, second = _ranges(sound)

    assert first[1] == second[0] == pytest.approx(2.25, abs=0.03)


def test_speech_without_an_end_is_cut_at_its_longest_breath():
    sound = np.concatenate([_noise(22, 3_000, 1), _noise(0.5, 300, 2), _noise(22, 3_000, 3)])

    (first, second) = _ranges(sound)

    assert first[1] == second[0]
    assert 22.0 <= first[1] <= 22.5


@pytest.mark.parametrize("level", [0, 2, 3_000])
def test_every_sample_of_an_even_sound_is_heard(level):
    ranges = _ranges(_noise(300, level, 4))

    assert ranges[0][0] == 0
    assert ranges[-1][1] == 300
    assert all(end - start <= 30.0 for start, end in ranges)
    assert all(ranges[n][1] == ranges[n + 1][0] for n in range(len(ranges) - 1))


def test_soft_speech_beside_loud_speech_is_heard():
    loud, soft = _noise(60, 8_000, 1), _noise(5, 200, 2)
    sound = np.concatenate([loud, _noise(2, 3, 3), soft, _noise(2, 3, 4)])

    ranges = _ranges(sound)

    assert any(start <= 62.1 and end >= 66.9 for start, end in ranges)


def test_what_lies_on_a_window_s_edge_is_whole():
    """Speech from 118 to 123 s lies across the edge at 120 s."""
    sound = _noise(180, 3, 1)
    sound[118 * RATE : 123 * RATE] = _noise(5, 3_000, 2)
    sound[10 * RATE : 12 * RATE] = _noise(2, 3_000, 3)

    ranges = _ranges(sound)

    assert any(start <= 117.9 and end >= 123.1 for start, end in ranges)


def test_no_sound_has_no_pieces():
    assert list(pieces([], RATE)) == []
    assert [len(piece.pcm) for piece in pieces([b"\1\0" * 10], RATE)] == [20]
