"""Late sound is told from lost sound by the pace at which it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.capture.blocks import Block, BlockFlag
from hotline_desk.capture.pace import Pace

RATE = 16_000
BLOCK_NS = 50_000_000
PCM = bytes(2 * RATE // 20)


def heard(*stamps_ns, rate_hz=RATE):
    """Return what `Pace` hands on of blocks with these times: (time, whether it follows)."""
    pace = Pace(rate_hz, 1)
    found = [each for at in stamps_ns for each in pace.hear(Block(at, BlockFlag(0), PCM))]
    return [(block.at_ns, follows) for block, follows in [*found, *pace.rest()]]


def steady(first_ns, count):
    return [first_ns + number * BLOCK_NS for number in range(count)]


def test_sound_at_its_pace_is_handed_on_at_once():
    pace = Pace(RATE, 1)

    for at in steady(7, 100):
        block = Block(at, BlockFlag(0), PCM)
        assert pace.hear(block) == [(block, True)]
    assert pace.rest() == []


@given(st.integers(700, 3_600_000))
def test_what_follows_a_sleep_does_not_follow_on(milliseconds):
    slept = milliseconds * 1_000_000
    before = steady(0, 20)
    after = steady(20 * BLOCK_NS + slept, 30)

    found = heard(*before, *after)

    assert found == [(at, at != after[0]) for at in [*before, *after]]


@given(st.integers(12, 400), st.integers(0, 30_000_000))
def test_a_burst_after_a_pause_has_lost_nothing(blocks, step_ns):
    """Its process was held up: the blocks come late, one soon after the other."""
    woken = (20 + blocks) * BLOCK_NS
    due = steady(0, 20 + 4 * blocks)
    burst = [max(at, woken + number * step_ns) for number, at in enumerate(due[20:])]

    found = heard(*due[:20], *burst)

    assert found == [(at, True) for at in [*due[:20], *burst]]


def test_a_first_block_that_was_late_itself_does_not_lengthen_the_gap():
    slept = 3_000_000_000
    after = steady(20 * BLOCK_NS + slept, 30)

    found = heard(*steady(0, 20), after[0] + 150_000_000, *after[4:30])

    gap = [at for at, follows in found if not follows]
    # the first block's sound was heard before it was told
    assert gap == [pytest.approx(after[3], abs=BLOCK_NS)]
    assert len(found) == 20 + 1 + 26


def test_a_child_that_ends_while_it_is_looked_at_loses_nothing():
    found = heard(*steady(0, 20), 5_000_000_000)

    assert len(found) == 21
