"""A feed whose own parts fail: the line is told lost, and goes on."""

import math
import os
import signal
import time
from datetime import datetime

from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.capture.feed import Feed
from hotline_desk.capture.line import LineRecorder
from hotline_desk.capture.room import Room
from hotline_desk.capture.sources import parse_lines
from hotline_desk.system import steady_ns
from hotline_desk.take.take import EVENTS, LineInfo, Take, create_take
from tests.coded_sound import runs, write_coded
from tests.recorder_process import events, wait_until

RATE = 16_000


class LineWithABug(LineRecorder):
    """Fails once, in the middle of its sound."""

    failed = False

    def take_in(self, pcm, at):
        if self.samples > RATE // 2 and not self.failed:
            self.failed = True
            raise ZeroDivisionError
        super().take_in(pcm, at)


def fed(tmp_path, kind):
    """Return a take, its line, the feed that is to bring it 30 s of sound, its clock and notes."""
    sound = write_coded(tmp_path / "a.wav", [0], seconds=30, rate_hz=RATE)
    info = LineInfo(id="line1", name="来电", role="", device="d", channel=1, rate_hz=RATE)
    folder = tmp_path / "take"
    folder.mkdir()
    clock = TakeClock(steady_ns(), 1.0)
    create_take(
        folder,
        [info],
        started_at=datetime.now().astimezone(),
        monotonic_ns=clock.origin_ns,
        delay_seconds=0.0,
        speed=1.0,
    )
    log = EventLog(folder / EVENTS, clock)
    line = kind(Room(folder), info, clock=clock, events=log)
    feed = Feed(parse_lines([f"来电=file:{sound}"], []), log=tmp_path / "capture.log")
    return Take(folder), line, feed, clock, log


def test_a_bug_costs_a_gap_that_is_told_and_not_the_line(tmp_path, capfd):
    take, line, feed, clock, log = fed(tmp_path, LineWithABug)
    try:
        feed.wait()

        feed.begin([line], clock=clock, events=log, all_over=lambda: False)

        wait_until(lambda: events(take, "device_back"))
        wait_until(lambda: line.samples > events(take, "gap")[0]["sample"] + 2 * RATE)
    finally:
        feed.close()
        line.finish(clock.now())
    assert [event["reason"] for event in events(take, "device_failed")] == ["bug"]
    assert [event["reason"] for event in events(take, "device_lost")] == ["bug"]
    assert "ZeroDivisionError" in capfd.readouterr().err
    first, silence, second, *_ = runs(take.read("来电", 0, 60 * RATE))
    assert (first.line, silence.line, second.line) == (0, None, 0)
    assert second.number == second.position


def test_a_child_is_not_blamed_for_what_held_up_the_recorder(tmp_path):
    take, line, feed, clock, log = fed(tmp_path, LineRecorder)
    try:
        feed.wait()
        feed.begin([line], clock=clock, events=log, all_over=lambda: False)
        wait_until(lambda: line.samples > RATE)
        os.kill(feed._child._process.pid, signal.SIGSTOP)
        wait_until(lambda: time.monotonic() - (feed._waiting_since or math.inf) > 1.2)

        feed.be_patient()
        feed.look()
        blamed = events(take, "device_lost")
        wait_until(lambda: time.monotonic() - feed._waiting_since > 1.2)
        feed.look()

        assert blamed == []
        assert [event["reason"] for event in events(take, "device_lost")] == ["silent"]
    finally:
        os.kill(feed._child._process.pid, signal.SIGCONT)
        feed.close()
        line.finish(clock.now())
