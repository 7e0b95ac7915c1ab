"""How soon a line that delivers no more is told: each fault many times, with real means."""

import json
import os
import signal
import statistics

from hotline_desk.capture.sound_server import sound_server
from hotline_desk.system import steady_ns
from hotline_desk.take.take import ask_to_stop
from tests.coded_sound import coded, write_coded
from tests.pipe_source import pipe_source
from tests.recorder_process import RecorderProcess, events, wait_until

TIMES = 20
RATE_HZ = 16_000
TARGET = "1 s"


def noticed(recorder, take, break_it, mend):
    """Return after how many seconds each of TIMES faults was told, by the event's own time."""
    after = []
    origin_ns = json.loads((take.folder / "take.json").read_text("utf-8"))["monotonic_ns"]
    for count in range(1, TIMES + 1):
        length = take.length("来电")
        wait_until(lambda length=length: take.length("来电") > length + RATE_HZ // 2)
        broken_ns = steady_ns()
        broken = break_it()
        wait_until(lambda count=count: len(events(take, "device_lost")) == count)
        at_ns = origin_ns + round(events(take, "device_lost")[-1]["at"] * 1e9)
        after.append((at_ns - broken_ns) / 1e9)
        mend(broken)
        wait_until(lambda count=count: len(events(take, "device_back")) == count)
    return after


def report(figure, what, after):
    p95 = statistics.quantiles(after, n=20)[-1]
    median = statistics.median(after)
    figure(f"told that a line is lost, {what}", f"p95 {p95:.2f} s (median {median:.2f} s)", TARGET)


def test_a_child_that_is_killed_or_hangs(tmp_path, figure):
    sound = write_coded(tmp_path / "a.wav", [0], seconds=600, rate_hz=RATE_HZ)
    for what, number in (("its child killed", "SIGKILL"), ("its child hung", "SIGSTOP")):
        with RecorderProcess(tmp_path / number, f"来电=file:{sound}") as recorder:
            take = recorder.started(0.5)

            def break_it(recorder=recorder, number=number):
                (child,) = recorder.children()
                os.kill(child, getattr(signal, number))

            after = noticed(recorder, take, break_it, lambda _: None)
            ask_to_stop(take.folder)
            recorder.wait()
        report(figure, what, after)


def test_a_device_that_goes_away(tmp_path, figure):
    with sound_server(["desk"], rate_hz=RATE_HZ) as server:
        again = ("load-module", "module-remap-source", "source_name=in", "master=desk.monitor")
        server.control(*again)
        with RecorderProcess(tmp_path / "ws", "来电=in", env=dict(server.environment)) as recorder:
            take = recorder.started(0.5)

            def break_it():
                modules = server.control("list", "short", "modules").splitlines()
                module = next(line.split()[0] for line in modules if "source_name=in" in line)
                server.control("unload-module", module)

            after = noticed(recorder, take, break_it, lambda _: server.control(*again))
            ask_to_stop(take.folder)
            recorder.wait()
    report(figure, "its device gone", after)


def test_a_device_that_repeats_itself(tmp_path, figure):
    with (
        sound_server(["desk"], rate_hz=RATE_HZ) as server,
        pipe_source(
            lambda *module: server.control("load-module", *module),
            tmp_path / "pipe",
            rate_hz=RATE_HZ,
        ) as source,
        RecorderProcess(
            tmp_path / "ws", "来电=pipe_line", env=dict(server.environment)
        ) as recorder,
    ):
        sound, stuck = coded(1, 600 * RATE_HZ), coded(0, RATE_HZ // 100)
        source.piece = sound
        take = recorder.started(0.5)

        def set_piece(piece):
            source.piece = piece

        after = noticed(recorder, take, lambda: set_piece(stuck), lambda _: set_piece(sound))
        ask_to_stop(take.folder)
        recorder.wait()
    report(figure, "its device repeating itself", after)
