"""A line's samples and take time: two ways of one clock, whatever the anchors say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.take.line_clock import LineClock

RATE = 16_000
steps = st.lists(st.tuples(st.integers(1_000, 10**7), st.floats(0.9, 1.1)), max_size=8)
"""From one anchor to the next: samples, and how far off the nominal rate."""


def clock(steps):
    made = LineClock(RATE)
    sample, at = 0, 0.0
    for samples, drift in steps:
        sample, at = sample + samples, at + samples / RATE * drift
        made.note(sample, at)
    return made


@given(steps, st.lists(st.integers(0, 10**8), min_size=2))
def test_both_ways_agree_and_later_samples_are_heard_later(steps, samples):
    line = clock(steps)
    heard = [line.time_at(sample) for sample in sorted(samples)]

    assert heard == sorted(heard)
    for sample in samples:
        if at := line.time_at(sample):  # what would lie before the take is put at its beginning
            assert line.sample_at(at) == sample


@pytest.mark.parametrize("odd", [(1_000, 9.0), (2_000, 1.0), (500, 0.5)])
def test_an_anchor_that_contradicts_the_last_says_nothing(odd):
    line = LineClock(RATE)
    line.note(1_000, 1.0)
    line.note(*odd)
    line.note(17_000, 2.1)

    assert line.time_at(9_000) == pytest.approx(1.55)
