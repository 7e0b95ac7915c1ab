"""A line tried before it is recorded, on real inputs and outputs."""

import math
import os
import subprocess
import sys
import time

import pytest

from hotline_desk.capture.trial import try_line
from hotline_desk.errors import DeviceNotFound, PreListenIsLine, PreListenNotChosen
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting, Settings
from tests.coded_sound import runs, write_coded
from tests.recorder_process import alive, wait_until
from tests.sound_server import server

__all__ = ["server"]

RATE = 16_000
CALLER = LineSetting(name="来电", device="caller_line", role="来电")


@pytest.fixture
def desk(server, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "ws")


@pytest.fixture
def speech(tmp_path):
    return write_coded(tmp_path / "a.wav", [0], seconds=30, rate_hz=RATE)


@pytest.mark.slow
def test_its_level_is_shown_and_falls_when_it_is_silent(desk, workspace, speech):
    with try_line(workspace, CALLER) as trial:
        assert trial.read() == -math.inf

        player = desk.play(speech, "caller")
        wait_until(lambda: trial.read() > -0.1)
        player.kill()
        player.wait()

        wait_until(lambda: trial.read() == -math.inf)
    assert list(workspace.root.rglob("*.wav")) == []


@pytest.mark.slow
def test_the_newest_seconds_are_heard_on_the_output_for_listening(
    desk, workspace, speech, tmp_path
):
    with (tmp_path / "ears").open("wb") as file:
        ears = subprocess.Popen(
            ["parec", "--device=studio.monitor", "--latency-msec=20", "--raw",
             f"--rate={RATE}", "--channels=1", "--format=s16le"],
            stdout=file,
        )  # fmt: skip
        desk.play(speech, "caller")
        with try_line(workspace, CALLER) as trial:
            wait_until(lambda: trial.read() > -0.1)
            time.sleep(1)

            playback = trial.listen(0.5, Settings(lines=(CALLER,), pre_listen="studio"))
            wait_until(lambda: playback.done)
            playback.stop()
        desk.silence()
        ears.kill()
        ears.wait()

    heard = (tmp_path / "ears").read_bytes()
    (run,) = [run for run in runs(heard[: len(heard) // 2 * 2]) if run.line is not None]
    assert (run.line, run.count) == (0, RATE // 2)


def test_it_is_never_played_into_a_line(desk, workspace):
    studio = LineSetting(name="演播室", device="studio_line", role="演播室")
    with try_line(workspace, CALLER) as trial:
        with pytest.raises(PreListenIsLine):
            trial.listen(1, Settings(lines=(studio,), pre_listen="studio"))
        with pytest.raises(PreListenIsLine):
            trial.listen(1, Settings(pre_listen="caller"))
        with pytest.raises(PreListenNotChosen):
            trial.listen(1, Settings())


@pytest.mark.parametrize("device", ["没有", "caller_line?channel=2"])
def test_a_device_or_channel_that_is_not_there_is_told(desk, workspace, device):
    with pytest.raises(DeviceNotFound):
        try_line(workspace, LineSetting(name="来电", device=device, role=""))


@pytest.mark.slow
def test_a_device_that_goes_while_it_is_tried_is_told(desk, workspace):
    module = desk.control(
        "load-module", "module-remap-source", "source_name=gone", "master=caller.monitor"
    ).strip()
    with try_line(workspace, LineSetting(name="来电", device="gone", role="")) as trial:
        desk.control("unload-module", module)
        with pytest.raises(DeviceNotFound):
            wait_until(lambda: trial.read() > 0)


PROGRAM = """
import sys, time
from pathlib import Path
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting
from hotline_desk.capture.trial import try_line
trial = try_line(Workspace(Path(sys.argv[1])), LineSetting(name="a", device="caller_line", role=""))
print(trial._child._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_nothing_of_it_outlives_a_window_that_is_killed(desk, workspace):
    window = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(workspace.root)],
        stdout=subprocess.PIPE,
        env=dict(os.environ),
        text=True,
    )
    with window:
        child = int(window.stdout.readline())
        assert alive(child)

        window.kill()
        window.wait()

    wait_until(lambda: not alive(child))
