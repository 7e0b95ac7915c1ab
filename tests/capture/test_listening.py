"""Pre-listening on real outputs: null sinks of a sound server that the test starts."""

import shutil
import subprocess
import time

import numpy as np
import pytest

from hotline_desk.capture import pulse
from hotline_desk.capture.devices import relist
from hotline_desk.capture.listening import outputs, play
from hotline_desk.capture.sound_server import sound_server
from hotline_desk.errors import PreListenIsLine, PreListenLost, PreListenNotChosen
from tests.coded_sound import coded, runs
from tests.recorder_process import wait_until

RATE = 16000
SINKS = ("headphones", "programme")


@pytest.fixture(scope="module")
def server():
    """A sound server with an output to listen on and one that feeds the programme's line."""
    if not all(map(shutil.which, ("pulseaudio", "pactl", "parec"))):
        pytest.skip("PulseAudio is not on this machine")
    with sound_server(SINKS) as server:
        yield server


@pytest.fixture
def desk(server, monkeypatch):
    """The server as the desk's own."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def ears(desk, tmp_path):
    """Returns what has been heard on each output."""
    heard = {sink: tmp_path / f"{sink}.raw" for sink in SINKS}
    files = [path.open("wb") for path in heard.values()]
    listeners = [
        subprocess.Popen(
            ["parec", f"--device={sink}.monitor", "--latency-msec=20", "--raw",
             f"--rate={RATE}", "--channels=1", "--format=s16le"],
            stdout=file,
        )
        for sink, file in zip(SINKS, files, strict=True)
    ]  # fmt: skip
    wait_until(lambda: all(path.stat().st_size for path in heard.values()))
    yield lambda sink: heard[sink].read_bytes()[: heard[sink].stat().st_size // 2 * 2]
    for listener, file in zip(listeners, files, strict=True):
        listener.kill()
        listener.wait()
        file.close()


def test_outputs_are_the_sinks(desk):
    assert outputs() == list(SINKS)


def test_what_is_played_is_heard_there_and_nowhere_else(desk, ears):
    sound = coded(0, RATE).tobytes()

    playback = play(sound, RATE, "headphones", sources=["programme_line"])
    wait_until(lambda: playback.done)
    time.sleep(0.3)
    playback.stop()

    (run,) = [run for run in runs(ears("headphones")) if run.line is not None]
    assert (run.line, run.number, run.count) == (0, 0, RATE)
    assert not np.frombuffer(ears("programme"), "<i2").any()


def test_a_server_that_came_after_the_program_is_played_on(desk, ears, monkeypatch):
    with monkeypatch.context() as before:
        before.setenv("PULSE_SERVER", "unix:/nowhere")
        relist()  # as at the first look, when no server was there

    playback = play(coded(0, RATE).tobytes(), RATE, "headphones", sources=[])
    wait_until(lambda: playback.done)
    playback.stop()

    wait_until(lambda: np.frombuffer(ears("headphones"), "<i2").any())


def test_stopping_ends_it(desk, ears):
    playback = play(coded(0, 60 * RATE).tobytes(), RATE, "headphones", sources=[])
    wait_until(lambda: np.frombuffer(ears("headphones"), "<i2").any())

    playback.stop()

    assert playback.done
    length = len(ears("headphones"))
    wait_until(lambda: len(ears("headphones")) > length + RATE)
    assert not np.frombuffer(ears("headphones"), "<i2")[-RATE // 4 :].any()


@pytest.mark.parametrize(
    "source",
    [
        "programme_line",
        "programme.monitor",
        "programme_line?channel=2",
        "Remapped Monitor of Null Output",
    ],
)
def test_an_output_that_is_heard_on_a_line_is_refused(desk, ears, source):
    device = "headphones" if source.startswith("Remapped") else "programme"

    with pytest.raises(PreListenIsLine):
        play(coded(0, RATE).tobytes(), RATE, device, sources=["file:a.wav", source])

    time.sleep(0.2)
    assert not np.frombuffer(ears(device), "<i2").any()


def test_nothing_is_played_without_a_choice_or_where_the_choice_is_gone(desk):
    with pytest.raises(PreListenNotChosen):
        play(b"\0\0", RATE, "", sources=[])
    for gone in ("vanished", "pulse", "default"):
        with pytest.raises(PreListenLost):
            play(b"\0\0", RATE, gone, sources=[])


def test_an_output_that_vanishes_is_not_replaced_by_another(desk, ears):
    spare = desk.control("load-module", "module-null-sink", "sink_name=spare").strip()
    playback = play(coded(0, 60 * RATE).tobytes(), RATE, "spare", sources=[])
    wait_until(lambda: desk.control("list", "short", "sink-inputs").strip())
    time.sleep(0.3)  # sound under way

    desk.control("unload-module", spare)
    wait_until(lambda: playback.done)
    playback.stop()

    assert not {*pulse.sinks()} - {*SINKS}
    leaked = sum(np.count_nonzero(np.frombuffer(ears(sink), "<i2")) for sink in SINKS)
    assert leaked < RATE // 2
