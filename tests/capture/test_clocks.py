"""Two devices whose clocks run apart stay aligned in take time, over an hour of coded sound.

The hour passes as fast as the recorder reads: its own capture children, feeds, lines and files,
with devices of the test's own at the far end of the pipe.
"""

import contextlib
import sys
import threading

import numpy as np
import pytest

from hotline_desk import processes
from hotline_desk.capture.length import Length
from hotline_desk.capture.recorder import Keeping, Recorder
from hotline_desk.capture.sources import parse_lines
from hotline_desk.take.take import Take
from tests.capture import drifting_child
from tests.capture.drifting_child import RATE, heard_at
from tests.coded_sound import coded
from tests.recorder_process import events

SECONDS = 3600
PPM = {"来电": 25.0, "演播室": -25.0}
ALIGNED_SECONDS = 0.02


@pytest.fixture(scope="module")
def hour(tmp_path_factory):
    """The take of an hour, recorded from two devices that are 50 ppm apart."""
    root = tmp_path_factory.mktemp("hour")
    lines = [f"{name}={n},{SECONDS},{ppm}" for n, (name, ppm) in enumerate(PPM.items())]
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        module = drifting_child.__name__
        patch.setattr(
            processes, "own_command", lambda *words: [sys.executable, "-m", module, *words]
        )
        recorder = Recorder(parse_lines(lines, []), root / "take", log=root / "capture.log")
        stack.callback(recorder.close)
        recorder.begin(delay_seconds=20.0, volume=None, keeping=Keeping(1800, 30), stack=stack)
        reason = recorder.run(threading.Event(), seconds=None, length=Length(10.0 * SECONDS))
        recorder.finish(reason)
    assert (reason, (root / "capture.log").read_text()) == ("over", "")
    return Take(root / "take")


def first_position(take, name):
    """Return where in a line the device's first sample lies."""
    (begin,) = (event for event in events(take, "begin") if event["line"] == take.line(name).id)
    return begin["samples"]


def true_time(take, name, seconds):
    """Return when the sample that take time has at *seconds* was really heard, as its code says."""
    sample = take.sample_at(name, seconds)
    number = sample - first_position(take, name)
    code = np.frombuffer(take.read(name, sample, 4), "<i2")
    assert np.array_equal(code, coded(list(PPM).index(name), 4, number))
    return heard_at(number, PPM[name])


@pytest.mark.slow
def test_no_sample_of_the_hour_is_lost(hour):
    for line, name in enumerate(PPM):
        samples = np.frombuffer(hour.read(name, 0, 10**9), "<i2")
        sound = samples[first_position(hour, name) :][: SECONDS * RATE]
        assert np.array_equal(sound, coded(line, SECONDS * RATE))
        assert not events(hour, "gap")
        assert not events(hour, "overflow")


@pytest.mark.slow
def test_two_devices_50_ppm_apart_are_aligned_to_20_ms_for_an_hour(hour):
    moments = [0.5, *range(1, SECONDS - 1, 3)]

    times = np.array([[true_time(hour, name, moment) for name in PPM] for moment in moments])

    apart = np.abs(times[:, 0] - times[:, 1])
    wrong = np.abs(times - np.array(moments)[:, None])
    assert apart.max() < ALIGNED_SECONDS  # samples alone: 180 ms at the end
    assert wrong.max() < ALIGNED_SECONDS


@pytest.mark.slow
def test_the_same_moment_leads_back_to_the_same_sample(hour):
    for name in PPM:
        for moment in range(5, SECONDS - 5, 61):
            sample = hour.sample_at(name, moment)
            assert abs(hour.sample_at(name, hour.time_at(name, sample)) - sample) <= 1
