"""What the recorder promises when things break, each broken on purpose."""

import os
import shutil
import signal
import subprocess
import time
import wave
from pathlib import Path

import pytest

from hotline_desk.capture.running import running_take
from hotline_desk.paths import Workspace
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take, ask_to_stop
from tests.coded_sound import runs, write_coded
from tests.recorder_process import RecorderProcess, alive, events, wait_until
from tests.small_disk import fill, small_disk

__all__ = ["small_disk"]

RATE = 16000
NOTICED = 3.0  # seconds a loaded machine may take; a benchmark measures the promise of one


@pytest.fixture
def sounds(tmp_path):
    return [
        write_coded(tmp_path / f"{line}.wav", [line], seconds=60, rate_hz=RATE) for line in (0, 1)
    ]


def lines(sounds):
    return [f"来电=file:{sounds[0]}", f"演播室=file:{sounds[1]}"]


def test_a_killed_child_costs_a_measured_gap_of_its_line_alone(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.5)
        victim, _other = recorder.children()
        before = take.length("来电")
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: events(take, "device_back"))
        wait_until(lambda: take.length("来电") > before + RATE)
        ask_to_stop(take.folder)
        code, facts, _ = recorder.wait()

    assert code == 0
    first, silence, second = runs(take.read("来电", 0, 60 * RATE))
    # silence stands for exactly the samples that are missing: what follows is in its place
    assert (first.line, silence.line, second.line) == (0, None, 0)
    assert second.number == second.position
    assert silence.count < NOTICED * RATE
    (gap,) = events(take, "gap")
    assert (gap["line"], gap["sample"], gap["samples"]) == ("line1", first.count, silence.count)
    assert [run.line for run in runs(take.read("演播室", 0, 60 * RATE))] == [1]
    assert facts[-1]["lines"]["来电"]["gaps"] == 1
    assert facts[-1]["lines"]["演播室"]["gaps"] == 0
    lost = events(take, "device_lost")
    assert [(event["line"], event["reason"]) for event in lost] == [("line1", "ended")]


@pytest.mark.slow
def test_a_hung_child_is_noticed_and_replaced(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        victim = recorder.children()[0]
        os.kill(victim, signal.SIGSTOP)
        stopped = time.monotonic()
        wait_until(lambda: events(take, "device_lost"))
        noticed = time.monotonic() - stopped
        wait_until(lambda: events(take, "device_back"))
        ask_to_stop(take.folder)
        recorder.wait()

    assert noticed < NOTICED
    assert events(take, "device_lost")[0]["reason"] == "silent"
    assert victim not in recorder.children()
    _, silence, *second = runs(take.read("来电", 0, 60 * RATE))
    assert silence.line is None
    assert [run.position - run.number for run in second] == [0] * len(second)


def test_a_child_that_a_busy_machine_holds_up_is_told_and_loses_nothing(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        held_up = recorder.children()[0]
        os.kill(held_up, signal.SIGSTOP)
        wait_until(lambda: events(take, "device_lost"))
        os.kill(held_up, signal.SIGCONT)
        wait_until(lambda: events(take, "device_back"))
        ask_to_stop(take.folder)
        recorder.wait()

    assert events(take, "device_lost")[0]["reason"] == "silent"
    assert [(r.line, r.number) for r in runs(take.read("来电", 0, 60 * RATE))] == [(0, 0)]
    assert not events(take, "gap")


def test_a_killed_recorder_leaves_all_but_the_last_moment_and_whole_files(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(1.0)

        recorder.process.kill()
        killed = take.time_at("来电", 0) + (time.time() - take.started_at.timestamp())
        recorder.process.wait()

    for line, name in enumerate(("来电", "演播室")):
        (run,) = runs(take.read(name, 0, 60 * RATE))
        assert (run.line, run.number) == (line, 0)
        assert killed - run.count / RATE < 1.0
    for segment in [*segments(take.folder, "line1"), *segments(take.folder, "line2")]:
        with wave.open(str(segment.path)) as file:  # even before any repair
            assert file.getnframes() * 2 == len(file.readframes(file.getnframes())) > 0

    assert take.ended
    assert not take.ended_in_order
    take.repair()
    for segment in segments(take.folder, "line1"):
        with wave.open(str(segment.path)) as file:
            assert file.getnframes() == segment.samples
    assert Take(take.folder).events()[-1]["reason"] == "recorder_lost"


def test_a_new_recorder_starts_at_once_after_a_killed_one(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        recorder.started(0.1)
        recorder.process.kill()
        recorder.process.wait()

    with RecorderProcess(tmp_path / "ws", *lines(sounds), take=tmp_path / "ws" / "2") as second:
        take = second.started(0.1)
        ask_to_stop(take.folder)
        assert second.wait()[0] == 0


def test_after_a_killed_recorder_nobody_is_sent_to_its_take(tmp_path, sounds):
    workspace = Workspace(tmp_path / "ws")
    with RecorderProcess(workspace.root, *lines(sounds)) as recorder:
        recorder.started(0.1)
        wait_until(lambda: running_take(workspace))
        recorder.process.kill()
        recorder.process.wait()
    assert (workspace.root / "recorder.json").exists()

    told = set()
    with RecorderProcess(workspace.root, *lines(sounds), take=workspace.root / "2") as second:

        def announced():
            told.add(running_take(workspace))
            return second.take in told

        wait_until(announced)
        ask_to_stop(second.take)
        second.wait()

    assert told - {None} == {second.take}
    assert not (workspace.root / "recorder.json").exists()


@pytest.mark.slow
def test_a_recorder_that_was_frozen_goes_on_without_loss(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        recorder.process.send_signal(signal.SIGSTOP)
        time.sleep(1.5)  # longer than a child may be silent: the recorder must not blame it
        recorder.process.send_signal(signal.SIGCONT)
        wait_until(lambda: take.length("来电") > 2.3 * RATE)
        ask_to_stop(take.folder)
        recorder.wait()

    for line, name in enumerate(("来电", "演播室")):
        assert [(r.line, r.number) for r in runs(take.read(name, 0, 60 * RATE))] == [(line, 0)]
    assert not events(take, "device_lost")


def test_a_disk_that_is_full_from_the_start_is_told(small_disk, sounds):
    fill(small_disk)

    code, facts, said = RecorderProcess(small_disk / "ws", *lines(sounds)).wait()

    assert (code, facts) == (1, [])
    assert "磁盘已满" in said
    assert said.count("\n") == 1
    assert not (small_disk / "ws" / "take").exists()


def test_a_disk_that_fills_up_costs_a_gap_and_nothing_else(small_disk, sounds):
    with RecorderProcess(small_disk / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        filler = fill(small_disk)
        grown = take.length("来电")
        time.sleep(0.6)
        assert take.length("来电") < grown + 0.3 * RATE
        filler.unlink()
        wait_until(lambda: events(take, "disk_back"))
        wait_until(lambda: take.length("来电") > grown + RATE)
        ask_to_stop(take.folder)
        code, _, _ = recorder.wait()

    assert code == 0
    first, silence, second = runs(take.read("来电", 0, 60 * RATE))
    assert (first.line, silence.line, second.line) == (0, None, 0)
    assert second.number == second.position
    gap = next(event for event in events(take, "gap") if event["line"] == "line1")
    assert (gap["sample"], gap["samples"]) == (first.count, silence.count)
    assert events(take, "disk_full")
    for segment in segments(take.folder, "line1"):
        with wave.open(str(segment.path)) as file:
            assert file.getnframes() == segment.samples


def test_recorder_and_child_stay_small(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(1.0)

        keeper, child = (resident_mb(pid) for pid in (recorder.process.pid, recorder.children()[0]))
        ask_to_stop(take.folder)
        recorder.wait()

    assert keeper < 20
    assert child < 45


def resident_mb(pid):
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    return int(kilobytes) / 1000


def test_a_segment_that_is_deleted_under_the_recorder_costs_itself_alone(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(1.0)
        (deleted,) = segments(take.folder, "line1")
        deleted.path.unlink()
        wait_until(lambda: events(take, "segment_lost"))
        wait_until(lambda: take.length("来电") > events(take, "segment_lost")[0]["samples"] + RATE)
        ask_to_stop(take.folder)
        code, facts, _ = recorder.wait()

    assert code == 0
    (lost,) = events(take, "segment_lost")
    assert (lost["line"], lost["sample"]) == ("line1", 0)
    assert lost["samples"] < (1.0 + NOTICED) * RATE
    silence, sound = runs(take.read("来电", 0, 60 * RATE))
    assert (silence.line, silence.count) == (None, lost["samples"])
    assert (sound.line, sound.number) == (0, sound.position)
    (caller, studio) = (facts[-1]["lines"][name] for name in ("来电", "演播室"))
    assert caller["samples"] == sound.count
    assert caller["missing"] == pytest.approx(lost["samples"] / RATE, abs=0.001)
    assert studio["missing"] == 0


@pytest.mark.parametrize("what", ["deleted", "moved", "replaced"])
def test_a_take_whose_folder_goes_away_ends_at_once_and_frees_the_desk(tmp_path, sounds, what):
    workspace = tmp_path / "ws"
    with RecorderProcess(workspace, *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        children = recorder.children()
        if what == "deleted":
            shutil.rmtree(take.folder)
        else:
            take.folder.rename(tmp_path / "moved")
        if what == "replaced":
            shutil.copytree(tmp_path / "moved", take.folder)
        code, facts, said = recorder.wait()

    assert (code, len(facts)) == (1, 1)
    assert said.count("\n") == 1
    assert f"“{take.folder}”在录音时不见了" in said
    assert not any(alive(child) for child in children)
    with RecorderProcess(workspace, *lines(sounds), take=workspace / "2") as second:
        ask_to_stop(second.started(0.1).folder)
        assert second.wait()[0] == 0


def test_a_terminal_that_is_closed_ends_the_take_in_order(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        recorder.process.send_signal(signal.SIGHUP)
        code, facts, _ = recorder.wait()

    assert (code, facts[-1]["reason"], take.end_reason) == (0, "signal", "signal")


def test_the_last_line_tells_what_a_full_disk_did_not_take(small_disk, sounds):
    with RecorderProcess(small_disk / "ws", *lines(sounds)) as recorder:
        take = recorder.started(0.3)
        fill(small_disk)
        wait_until(lambda: recorder.process.poll() is not None or full_for(take, 2.0))
        recorder.process.send_signal(signal.SIGINT)
        code, facts, _ = recorder.wait()

    told = facts[-1]["lines"]["来电"]
    assert code == 0
    assert told["samples"] == take.length("来电")
    assert told["missing"] > 1.0


def full_for(take, seconds):
    return time.time() - take.started_at.timestamp() > take.length("来电") / RATE + seconds


def test_a_segment_that_is_truncated_under_the_recorder_is_told_within_a_second(tmp_path, sounds):
    with RecorderProcess(tmp_path / "ws", *lines(sounds)) as recorder:
        take = recorder.started(1.0)
        (cut,) = segments(take.folder, "line1")
        os.truncate(cut.path, 44 + RATE)
        done = time.monotonic()
        wait_until(lambda: events(take, "segment_cut"))
        noticed = time.monotonic() - done
        there = take.length("来电")
        wait_until(lambda: take.length("来电") > there + RATE)
        ask_to_stop(take.folder)
        code, _, _ = recorder.wait()

    assert code == 0
    assert noticed < NOTICED
    (told,) = events(take, "segment_cut")
    assert (told["line"], told["sample"]) == ("line1", RATE // 2)
    before, zeros, after = runs(take.read("来电", 0, 60 * RATE))
    assert (before.count, zeros.line, zeros.count) == (RATE // 2, None, told["samples"])
    assert (after.line, after.number) == (0, after.position)
    assert [run.line for run in runs(take.read("演播室", 0, 60 * RATE))] == [1]


STEPPED_CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t which, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, now);
    if (which == CLOCK_REALTIME && access(getenv("STEPPED"), F_OK) == 0) now->tv_sec -= 7200;
    return failed;
}
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="the clock is stepped by a library in C")
def test_a_wall_clock_that_is_stepped_during_the_take_moves_no_sample(tmp_path, sounds):
    (tmp_path / "clock.c").write_text(STEPPED_CLOCK)
    library, stepped = tmp_path / "clock.so", tmp_path / "stepped"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-o", str(library), str(tmp_path / "clock.c"), "-ldl"],
        check=True,
    )
    env = {"LD_PRELOAD": str(library), "STEPPED": str(stepped)}
    with RecorderProcess(tmp_path / "ws", *lines(sounds), env=env) as recorder:
        take = recorder.started(1.5)
        stepped.touch()  # two hours back, as a time server may
        wait_until(lambda: take.length("来电") > 13 * RATE)
        ask_to_stop(take.folder)
        code, _, _ = recorder.wait()

    assert code == 0
    for line, name in enumerate(("来电", "演播室")):
        assert [(r.line, r.number) for r in runs(take.read(name, 0, 60 * RATE))] == [(line, 0)]
        assert take.time_at(name, 12 * RATE) == pytest.approx(12.0, abs=0.05)
    assert not events(take, "gap")
    at = [event["at"] for event in take.events() if event["event"] == "anchor"]
    assert at == sorted(at)
    walls = [event["wall"] for event in take.events()]
    assert walls[-1] < walls[0], "the clock was not stepped"
    assert 13 < take.events()[-1]["at"] < 40
