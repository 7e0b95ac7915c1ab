"""A machine that sleeps, or stands still, while it records: a gap as long as it was, and told.

A test cannot send its machine to sleep. It steps the one clock of the recorder's processes that
counts sleep, as waking up does; or stops their processes, and the sound, for a while.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from hotline_desk.take.take import ask_to_stop
from tests.coded_sound import coded, runs, write_coded
from tests.recorder_process import RecorderProcess, events, wait_until
from tests.sound_server import server

__all__ = ["server"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="clocks and signals of Linux"),
]

RATE = 16000
LINES = ("来电=caller_line", "演播室=studio_line")
NAMES = ("来电", "演播室")
SLEPT = Path(__file__).resolve().parents[1] / "slept"


@pytest.fixture
def slept(tmp_path):
    file = tmp_path / "slept"
    file.touch()
    return file


def heard(take, name):
    found = runs(take.read(name, 0, take.length(name)))
    return [run for run in found if run.line is not None]


def gap_of(take, line_id):
    (gap,) = [event for event in events(take, "gap") if event["line"] == line_id]
    return gap


@pytest.mark.parametrize("seconds", [2.5, 61.0])
def test_a_sleep_is_a_gap_as_long_as_it_was(server, tmp_path, slept, seconds):
    environment = {
        **server.environment,
        "PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[2]), str(SLEPT))),
        "SLEPT": str(slept),
    }
    sounds = [
        write_coded(tmp_path / f"{line}.wav", [line], seconds=40, rate_hz=RATE) for line in (0, 1)
    ]
    with RecorderProcess(tmp_path / "ws", *LINES, env=environment) as recorder:
        take = recorder.started(0.1)
        for path, sink in zip(sounds, ("caller", "studio"), strict=True):
            server.play(path, sink)
        wait_until(lambda: all(heard(take, name) for name in NAMES))
        time.sleep(1.5)
        os.truncate(slept, round(seconds * 1000))
        wait_until(lambda: len(events(take, "gap")) == 2)
        lengths = {name: take.length(name) for name in NAMES}
        wait_until(lambda: all(take.length(name) > lengths[name] + RATE for name in NAMES))
        ask_to_stop(take.folder)
        code, _, said = recorder.wait()
        server.silence()

    assert (code, said) == (0, "")
    (told,) = events(take, "sleep")
    assert told["seconds"] == pytest.approx(seconds, abs=0.01)
    for line, (info, name) in enumerate(zip(take.lines, NAMES, strict=True)):
        gap = gap_of(take, info.id)
        assert gap["seconds"] == pytest.approx(seconds, abs=0.15)
        before = take.read(name, 0, gap["sample"])
        after_from = gap["sample"] + gap["samples"]
        after = take.read(name, after_from, take.length(name) - after_from)
        assert not any(take.read(name, gap["sample"], min(gap["samples"], RATE)))
        last = runs(before)[-1]
        (first,) = runs(after)
        # the sound of the device itself went on: not one sample more is lost
        assert (last.line, first.line) == (line, line)
        assert first.number == last.number + last.count
        # and what comes after the gap lies where the clock was
        lag = take.time_at(name, after_from) - after_from / RATE
        assert abs(lag - (take.time_at(name, gap["sample"]) - gap["sample"] / RATE)) < 0.15


def test_a_machine_that_stands_still_leaves_a_gap_as_long_as_it_did(server, tmp_path):
    """No sound and no process for a while, then both go on; no clock tells of it."""
    device = tmp_path / "device"
    module = server.control(
        "load-module", "module-pipe-source", "source_name=still", f"file={device}",
        "format=s16le", f"rate={RATE}", "channels=1",
    )  # fmt: skip
    player = Player(device)
    try:
        with RecorderProcess(tmp_path / "ws", "来电=still", env=server.environment) as recorder:
            take = recorder.started(2.0)
            pids = [recorder.process.pid, *recorder.children()]
            player.stands_still.set()
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            time.sleep(3.0)
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
            player.stands_still.clear()
            length = take.length("来电")
            wait_until(lambda: take.length("来电") > length + 5 * RATE)
            ask_to_stop(take.folder)
            assert recorder.wait()[0] == 0
    finally:
        player.close()
        server.control("unload-module", module.strip())

    gap = gap_of(take, "line1")
    assert gap["seconds"] == pytest.approx(3.0, abs=0.4)
    *_silence_at_first, before, silence, after = runs(take.read("来电", 0, take.length("来电")))
    assert (before.line, silence.line, after.line) == (0, None, 0)
    assert (gap["sample"], gap["samples"]) == (silence.position, silence.count)
    assert after.number == before.number + before.count


class Player:
    """Writes coded sound into a pipe as fast as it is heard, as a sound card would."""

    def __init__(self, pipe):
        self.stands_still = threading.Event()
        self._over = threading.Event()
        self._pipe = pipe
        self._thread = threading.Thread(target=self._play)
        self._thread.start()

    def close(self):
        self._over.set()
        self._thread.join()

    def _play(self):
        size = RATE // 50
        number, due = 0, time.monotonic()
        with self._pipe.open("wb", buffering=0) as pipe:
            while not self._over.wait(max(0.0, due - time.monotonic())):
                if self.stands_still.is_set():
                    due = time.monotonic() + 0.01
                    continue
                pipe.write(coded(0, size, number).astype("<i2").tobytes())
                number, due = number + size, due + size / RATE
