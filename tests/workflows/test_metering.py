"""Meters of a take that grows on the disk, and of a real recorder's."""

import math
import os
import signal
import time

import numpy as np
import pytest

from hotline_desk.system import FileLock
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import LOCK, LineInfo, Take, ask_to_stop, create_take
from hotline_desk.workflows.metering import DEAD_SECONDS, TakeMeters
from tests.coded_sound import write_coded
from tests.recorder_process import RecorderProcess, wait_until
from tests.take.test_take import STARTED

RATE = 8_000
LINES = (
    LineInfo(id="line1", name="来电", role="来电", device="d", channel=1, rate_hz=RATE),
    LineInfo(id="line2", name="节目", role="节目输出（PGM）", device="d", channel=2, rate_hz=RATE),
)


def tone(seconds, level_dbfs=-20.0):
    at = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (level_dbfs / 20) * 32_767 * np.sin(2 * np.pi * 1_000 * at)
    return np.round(wave).astype("<i2").tobytes()


class Desk:
    """A take whose lines are written by the test, its meters, and their clock."""

    def __init__(self, folder):
        self.now = 100.0
        self.writers = {line.name: SegmentWriter(folder, line.id, RATE) for line in LINES}
        self.meters = TakeMeters(Take(folder), clock=lambda: self.now)

    def pass_time(self, seconds, **sound):
        """Let time pass, a tenth of a second a look; sound comes as it is heard."""
        for tenth in range(round(seconds * 10)):
            self.now += 0.1
            for name, pcm in sound.items():
                step = RATE // 10 * 2
                self.writers[name].append(pcm[tenth * step : (tenth + 1) * step])
            found = self.meters.read()
        return found


@pytest.fixture
def desk(tmp_path):
    create_take(tmp_path, LINES, started_at=STARTED, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
    lock = FileLock(tmp_path / LOCK)
    assert lock.acquire()  # the take goes on
    desk = Desk(tmp_path)
    yield desk
    for writer in desk.writers.values():
        writer.close()
    lock.release()


def test_lines_that_sound_show_level_hold_and_loudness_of_the_programme(desk):
    found = desk.pass_time(4, 来电=tone(4), 节目=tone(4))

    caller, programme = found["来电"], found["节目"]
    assert (caller.state, programme.state) == ("sounding", "sounding")
    assert caller.ppm_dbfs == pytest.approx(-20, abs=0.3)
    assert caller.hold_dbfs == pytest.approx(-20, abs=0.3)
    assert caller.lufs is None
    assert programme.lufs == pytest.approx(-20, abs=0.1)


def test_loudness_is_measured_of_whom_it_is_asked(desk):
    desk.meters = TakeMeters(Take(desk.meters._take.folder), loud=frozenset({"来电"}))

    found = desk.pass_time(3, 来电=tone(3), 节目=tone(3))

    assert found["来电"].lufs == pytest.approx(-20, abs=0.1)


def test_a_line_without_new_bytes_is_stalled_within_a_second(desk):
    desk.pass_time(1, 来电=tone(1), 节目=tone(1))

    found = desk.pass_time(1, 节目=tone(1))

    assert (found["来电"].state, found["节目"].state) == ("stalled", "sounding")
    assert found["来电"].seconds == pytest.approx(1.0)
    assert desk.pass_time(0.1, 来电=tone(0.1), 节目=tone(0.1))["来电"].state == "sounding"


def test_a_line_that_never_had_sound_is_stalled(desk):
    found = desk.pass_time(1, 节目=tone(1))

    assert (found["来电"].state, found["来电"].ppm_dbfs) == ("stalled", -math.inf)


def test_a_take_that_has_ended_is_not_stalled(desk, tmp_path):
    desk.pass_time(1, 来电=tone(1), 节目=tone(1))
    with (tmp_path / "events.jsonl").open("a", encoding="utf-8") as events:
        events.write('{"event": "end", "at": 1.0, "wall": "", "reason": "stop"}\n')

    assert desk.pass_time(3)["来电"].state == "sounding"


def test_a_silent_line_is_told_within_a_second_and_a_dead_one_by_its_zeros(desk):
    hush = tone(1, level_dbfs=-70)
    found = desk.pass_time(1, 来电=hush, 节目=bytes(2 * RATE))
    assert [found[line.name].state for line in LINES] == ["silent", "silent"]
    assert found["来电"].seconds == pytest.approx(1.0)

    long = round(DEAD_SECONDS)
    found = desk.pass_time(long, 来电=hush * long, 节目=bytes(2 * RATE * long))
    assert (found["来电"].dead, found["节目"].dead) == (False, True)

    found = desk.pass_time(0.1, 来电=tone(0.1), 节目=tone(0.1))
    assert [(found[n].state, found[n].dead) for n in ("来电", "节目")] == [("sounding", False)] * 2


def test_a_clipped_line_is_told_at_once(desk):
    desk.pass_time(1, 来电=tone(1), 节目=tone(1))
    clipped = np.frombuffer(tone(0.1), "<i2").copy()
    clipped[40:44] = 32_767

    found = desk.pass_time(0.1, 来电=clipped.tobytes(), 节目=tone(0.1))

    assert (found["来电"].state, found["来电"].clipped) == ("clipped", True)
    assert found["节目"].state == "sounding"


def test_a_reader_that_was_away_reads_the_newest_seconds_alone(desk, monkeypatch):
    desk.pass_time(1, 来电=tone(1), 节目=tone(1))
    read: list[int] = []
    real = Take.read
    monkeypatch.setattr(Take, "read", lambda *a: read.append(a[-1]) or real(*a))
    for writer in desk.writers.values():
        writer.append(tone(60, level_dbfs=-3) + tone(3, level_dbfs=-26))

    found = desk.meters.read()

    assert read == [3 * RATE, 3 * RATE]
    assert found["节目"].lufs == pytest.approx(-26, abs=0.1)
    assert found["节目"].hold_dbfs == pytest.approx(-26, abs=0.3)


def test_a_file_that_goes_away_under_the_meters_stalls_its_line(desk):
    desk.pass_time(1, 来电=tone(1), 节目=tone(1))
    desk.writers["来电"]._path.unlink()

    found = desk.pass_time(1, 节目=tone(1))

    assert (found["来电"].state, found["节目"].state) == ("stalled", "sounding")


def test_a_recorders_lines_are_metered_and_its_end_is_shown_within_a_second(tmp_path):
    sounds = [write_coded(tmp_path / f"{n}.wav", [n], seconds=30, rate_hz=16_000) for n in (0, 1)]
    lines = [f"来电=file:{sounds[0]}", f"演播室=file:{sounds[1]}"]
    with RecorderProcess(tmp_path / "ws", *lines) as recorder:
        take = recorder.started(0.2)
        meters = TakeMeters(Take(take.folder))
        wait_until(lambda: {r.state for r in meters.read().values()} == {"sounding"})
        assert all(-6 < reading.ppm_dbfs < 0 for reading in meters.read().values())
        victim = recorder.children()[0]

        os.kill(victim, signal.SIGSTOP)
        stopped = time.monotonic()
        wait_until(lambda: "stalled" in {r.state for r in meters.read().values()})
        noticed = time.monotonic() - stopped
        os.kill(victim, signal.SIGCONT)

        ask_to_stop(take.folder)
        recorder.wait()
    assert noticed < 2.0  # a loaded machine's; one second is the promise
