"""The health sheet of real takes: it tells each fault that was made, and nothing of good ones."""

import os
import re
import signal
import time

import numpy as np
import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take, ask_to_stop
from tests.coded_sound import write_coded
from tests.recorder_process import RecorderProcess, events, wait_until
from tests.small_disk import fill, small_disk
from tests.sound_server import server

__all__ = ["server", "small_disk"]

RATE = 16_000
LENGTH = r"\d+(\.\d)? 秒"


@pytest.fixture
def lines(tmp_path):
    sounds = [write_coded(tmp_path / f"{n}.wav", [n], seconds=60, rate_hz=RATE) for n in (0, 1)]
    return [f"来电=file:{sounds[0]}", f"演播室=file:{sounds[1]}"]


def ended(recorder, take):
    """End the take; return its sheet."""
    ask_to_stop(take.folder)
    recorder.wait()
    return health_sheet(take.folder)


def said(faults, *patterns):
    """Whether the faults are these, in this order."""
    assert len(faults) == len(patterns), faults
    assert all(re.fullmatch(p, f) for p, f in zip(patterns, faults, strict=True)), faults
    return True


def test_a_killed_child_and_a_deleted_file_are_told(tmp_path, lines):
    with RecorderProcess(tmp_path / "ws", *lines) as recorder:
        take = recorder.started(0.5)
        segments(take.folder, "line2")[0].path.unlink()
        os.kill(recorder.children()[0], signal.SIGKILL)
        wait_until(lambda: events(take, "segment_lost") and events(take, "device_back"))
        back = max(take.length("来电"), take.length("演播室"))
        wait_until(lambda: min(take.length("来电"), take.length("演播室")) > back + RATE // 2)
        sheet = ended(recorder, take)

    assert said(sheet.faults, rf"来电 断 1 处，共 {LENGTH}（设备断开）", "演播室 缺 1 段文件")
    assert sheet.notes == ("演播室 录音时有文件被删除，之后另起了文件",)


def test_a_child_that_was_held_up_is_noted_and_no_fault(tmp_path, lines):
    with RecorderProcess(tmp_path / "ws", *lines) as recorder:
        take = recorder.started(0.3)
        held_up = recorder.children()[0]
        os.kill(held_up, signal.SIGSTOP)
        wait_until(lambda: events(take, "device_lost"))
        os.kill(held_up, signal.SIGCONT)
        wait_until(lambda: events(take, "device_back"))
        sheet = ended(recorder, take)

    assert (sheet.faults, sheet.notes) == ((), ("来电 设备停顿 1 次，没有丢失声音",))


def test_a_killed_recorder_is_told_before_and_after_the_repair(tmp_path, lines):
    with RecorderProcess(tmp_path / "ws", *lines) as recorder:
        take = recorder.started(0.5)
        recorder.process.kill()
        recorder.process.wait()

    before = health_sheet(take.folder)
    Take(take.folder).repair()

    fault = "录音程序中途退出，最后一秒可能缺失"
    assert before.faults == health_sheet(take.folder).faults == (fault,)


def test_a_folder_that_was_moved_away_is_told(tmp_path, lines):
    with RecorderProcess(tmp_path / "ws", *lines) as recorder:
        take = recorder.started(0.5)
        take.folder.rename(tmp_path / "moved")
        recorder.wait()

    assert "录音程序中途退出" in health_sheet(tmp_path / "moved").faults[0]


def test_a_disk_that_was_full_for_a_while_is_told(small_disk, lines):
    with RecorderProcess(small_disk / "ws", *lines) as recorder:
        take = recorder.started(0.3)
        filler = fill(small_disk)
        time.sleep(0.6)
        filler.unlink()
        wait_until(lambda: len(events(take, "disk_back")) == 2)
        sheet = ended(recorder, take)

    gap = rf" 断 1 处，共 {LENGTH}（磁盘写满）"
    assert said(sheet.faults, f"来电{gap}", f"演播室{gap}")
    assert sheet.notes == (
        "磁盘曾只够再录 15 分钟",
        "来电 录音时磁盘写满过",
        "演播室 录音时磁盘写满过",
    )


def test_a_disk_that_stayed_full_is_told(small_disk, lines):
    with RecorderProcess(small_disk / "ws", *lines) as recorder:
        take = recorder.started(0.3)
        filler = fill(small_disk, leave=8192)  # the end can be noted, the sound cannot be written
        time.sleep(1.0)
        recorder.process.send_signal(signal.SIGINT)
        recorder.wait()
        filler.unlink()
        sheet = health_sheet(take.folder)

    assert {fault.split()[0] for fault in sheet.faults} >= {"来电", "演播室"}
    assert all("磁盘写满" in fault for fault in sheet.faults), sheet.faults


@pytest.mark.parametrize("speed", [1, 8])
def test_a_good_take_has_nothing_said_against_it(tmp_path, lines, speed):
    more = ("--for", str(2.0 * speed))
    quick = [f"{line}?speed={speed}" for line in lines]
    with RecorderProcess(tmp_path / "ws", *quick, more=more) as recorder:
        recorder.wait()

    sheet = health_sheet(recorder.take)

    assert (sheet.faults, sheet.notes) == ((), ())
    assert all(line.seconds >= 2.0 * speed for line in sheet.lines)


def test_a_quiet_studio_beside_a_file_that_ends_is_well(tmp_path, lines):
    short = write_coded(tmp_path / "short.wav", [0], seconds=0.5, rate_hz=RATE)
    studio = tmp_path / "studio.wav"
    noise = np.random.default_rng(3).normal(0, 20, 3 * RATE).astype("<i2")
    header = write_coded(studio, [1], seconds=3, rate_hz=RATE).read_bytes()[:44]
    studio.write_bytes(header + noise.tobytes())
    with RecorderProcess(
        tmp_path / "ws", f"来电=file:{short}", f"演播室=file:{studio}"
    ) as recorder:
        recorder.wait()

    sheet = health_sheet(recorder.take)

    assert (sheet.faults, sheet.notes) == ((), ())


@pytest.mark.slow
def test_a_device_that_goes_and_comes_back_is_told(server, tmp_path):
    names = ("来电=caller_line", "演播室=studio_line")
    with RecorderProcess(tmp_path / "ws", *names, env=server.environment) as recorder:
        take = recorder.started(0.1)
        sounds = [write_coded(tmp_path / f"{n}.wav", [n], seconds=30, rate_hz=RATE) for n in (0, 1)]
        players = [server.play(s, k) for s, k in zip(sounds, ("caller", "studio"), strict=True)]
        wait_until(lambda: any(take.read("演播室", 0, take.length("演播室"))))
        modules = server.control("list", "short", "modules").splitlines()
        remap = next(line.split()[0] for line in modules if "source_name=caller_line" in line)
        server.control("unload-module", remap)
        wait_until(lambda: events(take, "device_failed"))
        server.control(
            "load-module", "module-remap-source", "source_name=caller_line", "master=caller.monitor"
        )
        wait_until(lambda: events(take, "device_back"))
        back = take.length("来电")
        wait_until(lambda: take.length("来电") > back + RATE)
        sheet = ended(recorder, take)
        for player in players:
            player.kill()
            player.wait()

    # PulseAudio may move the stream elsewhere before it ends it
    why = "（(设备断开|声音被换到别的输入)）"
    assert said(sheet.faults, f"来电 断 1 处，共 {LENGTH}{why}")
    told = next(row for row in sheet.rows() if (row.part, row.label) == ("来电", "设备"))
    assert told.words.endswith("），已恢复")
