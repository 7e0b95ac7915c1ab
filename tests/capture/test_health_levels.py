"""The health sheet's levels: how loud a line was, whether it was silent, where it clipped."""

import numpy as np
import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.take.take import LineInfo, create_take
from tests.capture.test_health import levelled, note, record, recorded
from tests.coded_sound import coded
from tests.take.test_take import STARTED

RATE = 1000


@pytest.fixture
def folder(tmp_path):
    lines = [
        LineInfo(id=f"line{n}", name=name, role="", device="d", channel=1, rate_hz=RATE)
        for n, name in ((1, "来电"), (2, "演播室"))
    ]
    create_take(tmp_path, lines, started_at=STARTED, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    return tmp_path


def test_levels_and_silence_are_measured(folder):
    loud, quiet = levelled(-12, 5), levelled(-80, 15)
    pauses = np.concatenate((loud, quiet, loud, quiet[:3000]))

    (line, _) = recorded(folder, pauses, loud).lines

    assert line.peak_dbfs == pytest.approx(-12, abs=0.1)
    assert line.ppm_dbfs == pytest.approx(-12, abs=0.3)
    assert (line.silent_seconds, line.longest_silence_seconds) == (18.0, 15.0)
    assert line.faults == ()


def test_a_line_that_is_mostly_silent_is_well(folder):
    silence, word = np.zeros(60_000, dtype="<i2"), levelled(-20, 1)
    noise = np.random.default_rng(1).normal(0, 20, 61_000).astype("<i2")  # of a quiet room

    assert recorded(folder, np.concatenate((silence, word)), noise).faults == ()


def test_a_line_that_was_never_louder_than_a_dead_cable_is_told(folder):
    sheet = recorded(folder, levelled(-65, 10), levelled(-20, 10))

    assert sheet.faults == ("来电 几乎没有声音，一直低于 -60 dBFS",)


def test_a_line_that_was_purged_from_end_to_end_is_no_silent_one(folder):
    note(folder, "purged", line="line1", sample=0, samples=20_000, reason="unclaimed")

    sheet = recorded(folder, np.zeros(20_000, dtype="<i2"), levelled(-20, 20))

    assert sheet.faults == ()


def test_a_clipping_across_two_blocks_and_two_files_is_one(folder):
    samples = levelled(-20, 70)
    samples[59_998:60_002] = 32_767

    assert recorded(folder, samples, levelled(-20, 70)).faults == ("来电 削波 1 处",)


def test_silence_and_clipping_are_told(folder):
    record(folder, "line1", bytes(20_000))
    loud = (32767).to_bytes(2, "little", signed=True) * 3
    record(folder, "line2", coded(1, 500).tobytes() + loud + b"\1\0" + loud[:4] + b"\1\0")
    note(folder, "end", reason="stop")

    assert health_sheet(folder).faults == ("来电 没有声音", "演播室 削波 1 处")
