"""What the recorder promises when a disk fills up or goes away, with disks that really do."""

import shutil
import signal
import subprocess
import time

import pytest

from hotline_desk.paths import Workspace
from hotline_desk.take.home import away
from hotline_desk.take.marks import Mark, MarkKind, add_mark, marks
from hotline_desk.take.places import RESERVE_BYTES
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take, ask_to_stop
from hotline_desk.workflows.recording import Second, time_left
from hotline_desk.workflows.recover import recover
from tests.coded_sound import runs, write_coded
from tests.e2e import two_disks
from tests.e2e.two_disks import (
    LINES,
    RATE,
    assert_valid,
    assert_whole,
    grown,
    lies_in,
    recorder_on,
)
from tests.recorder_process import RecorderProcess, events, wait_until
from tests.small_disk import MEGABYTE, fill, mounted
from tests.take.test_marks_captions import WALL

sounds, lines, first, second = (
    two_disks.sounds,
    two_disks.lines,
    two_disks.first,
    two_disks.second,
)


def test_a_disk_that_fills_up_to_the_last_byte_costs_no_sample_with_a_second_folder(
    first, second, lines
):
    with recorder_on(first, lines, second) as recorder:
        take = recorder.started(0.5)
        fill(first)
        grown(take, 2.0)
        assert time_left(take).second is Second.IN_USE
        mark = Mark(MarkKind.CALL, 1.0, WALL)
        add_mark(take.folder, mark)
        recorder.process.send_signal(signal.SIGINT)
        code, facts, _ = recorder.wait()

    assert code == 0
    assert {event["line"] for event in events(take, "second_folder")} == {"line1", "line2"}
    assert not events(take, "disk_full")
    assert not events(take, "gap")
    assert facts[-2]["lines"]["来电"]["missing"] == 0
    assert facts[-1]["away"] > 0  # no room at home: it stays, and is told
    again = Take(take.folder)
    assert again.ended_in_order
    assert marks(take.folder) == [mark]
    for seen in (take, again):
        assert_whole(seen)
        assert_valid(seen)
    assert lies_in(take, first)
    assert lies_in(take, second)

    (first / "filler").unlink()
    workspace = Workspace(first / "ws")
    assert recover(workspace) == []

    home = Take(take.folder)
    assert not away(take.folder)
    assert list(second.iterdir()) == []
    assert not lies_in(home, second)
    for seen in (take, again, home):  # those who followed it do not notice
        assert_whole(seen)
    assert_valid(home)
    assert [event["event"] for event in home.events()][-1] == "home"
    assert marks(take.folder) == [mark]
    names = (take.folder / "line1.m3u8").read_text(encoding="utf-8").splitlines()
    assert names == [segment.path.name for segment in segments(take.folder, "line1")]


def test_a_disk_that_is_nearly_full_is_left_for_the_second_folder_and_closing_comes_home(
    first, second, lines
):
    with recorder_on(first, lines, second) as recorder:
        take = recorder.started(0.5)
        assert time_left(take).second is Second.READY
        filler = fill(first, leave=RESERVE_BYTES - MEGABYTE)
        wait_until(lambda: len(events(take, "second_folder")) == 2)
        free = shutil.disk_usage(first).free
        grown(take, 2.0)
        # captions, marks and the ledger still have their room
        assert free - shutil.disk_usage(first).free < MEGABYTE // 4
        filler.unlink()
        ask_to_stop(take.folder)
        code, facts, _ = recorder.wait()

    assert code == 0
    assert facts[-1] == {"take": str(take.folder), "away": 0}
    assert list(second.iterdir()) == []
    assert Take(take.folder).events()[-1]["event"] == "home"
    assert Take(take.folder).end_reason == "stop"
    assert_whole(Take(take.folder))
    assert_valid(Take(take.folder))
    assert not list(take.folder.glob("*.part"))


def test_a_second_volume_that_vanishes_as_well_costs_a_gap_and_nothing_that_was_written(
    first, second, lines
):
    with recorder_on(first, lines, second) as recorder:
        take = recorder.started(0.5)
        filler = fill(first)
        grown(take)
        subprocess.run(["umount", "-l", str(second)], check=True)
        wait_until(lambda: len(events(take, "disk_full")) == 2 or filler_gone(filler, take))
        filler.unlink(missing_ok=True)
        wait_until(lambda: events(take, "disk_back"))
        grown(take, 2.0)
        ask_to_stop(take.folder)
        code, _, _ = recorder.wait()

    assert code == 0
    assert_valid(take)
    for line, name in enumerate(LINES):
        before, silence, after = runs(take.read(name, 0, take.length(name)))
        assert (before.line, silence.line, after.line) == (line, None, line)
        assert (before.number, after.number) == (0, after.position)
    assert events(take, "second_lost")[0]["reason"] == "gone"


def filler_gone(filler, take):
    """Give the room back once both lines owe silence; their events had no place before."""
    lengths = [take.length(name) for name in LINES]
    time.sleep(0.5)
    if [take.length(name) for name in LINES] == lengths:
        filler.unlink()
        return True
    return False


def test_a_second_folder_that_is_not_there_is_told_and_recording_begins(first, lines, tmp_path):
    with recorder_on(first, lines, tmp_path / "没有") as recorder:
        take = recorder.started(0.3)
        assert time_left(take).second is Second.LOST
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0

    assert events(take, "second_lost")[0]["reason"] == "gone"
    assert not (tmp_path / "没有").exists()
    assert_whole(take)


def test_a_second_folder_on_the_same_volume_is_told(tmp_path, lines):
    (tmp_path / "second").mkdir()
    with recorder_on(tmp_path, lines, tmp_path / "second") as recorder:
        take = recorder.started(0.1)
        assert time_left(take).second is Second.SAME_VOLUME
        ask_to_stop(take.folder)
        assert recorder.wait()[0] == 0

    assert_whole(take)
    assert list((tmp_path / "second").iterdir()) == []


def test_a_second_folder_in_a_cloud_is_not_used(first, lines, tmp_path):
    (tmp_path / "OneDrive").mkdir()
    with recorder_on(first, lines, tmp_path / "OneDrive", "--for", "0.3") as recorder:
        take = recorder.started(0.1)
        recorder.wait()

    assert events(take, "second_lost")[0]["reason"] == "synchronised"
    assert list((tmp_path / "OneDrive").iterdir()) == []
    assert_whole(take)


@pytest.mark.parametrize("more", [(), ("--second", "{second}")])
def test_a_disk_without_a_byte_left_refuses_a_recording_in_one_sentence(first, second, lines, more):
    fill(first)

    code, facts, said = RecorderProcess(
        first / "ws", *lines, more=[text.format(second=second) for text in more]
    ).wait()

    assert (code, facts) == (1, [])
    assert "磁盘已满" in said
    assert said.count("\n") == 1
    assert list(second.iterdir()) == []


def test_two_gigabytes_are_room_for_hours_and_nobody_is_warned(tmp_path, lines):
    with mounted(tmp_path / "2 GB", "2g") as disk, RecorderProcess(disk / "ws", *lines) as recorder:
        take = recorder.started(1.5)
        left = time_left(take)
        ask_to_stop(take.folder)
        recorder.wait()

        hours = 2 * 1024 * MEGABYTE / (2 * 2 * RATE) / 3600
        assert left.minutes / 60 == pytest.approx(hours, rel=0.01)
        assert (left.second, left.second_minutes) == (Second.UNSET, 0)
        assert not events(take, "disk_low")
        assert_whole(take)


def test_sixty_and_fifteen_minutes_before_the_end_the_disk_is_told(tmp_path):
    slow = write_coded(tmp_path / "slow.wav", [0], seconds=60, rate_hz=4000)  # 0.5 MB a minute
    with mounted(tmp_path / "disk", str(40 * MEGABYTE)) as disk:
        with RecorderProcess(disk / "ws", f"来电=file:{slow}") as recorder:
            take = recorder.started(1.5)
            assert not events(take, "disk_low")
            fill(disk, leave=20 * MEGABYTE)
            wait_until(lambda: len(events(take, "disk_low")) == 1)
            assert 15 < time_left(take).minutes < 60
            fill(disk, leave=4 * MEGABYTE)
            wait_until(lambda: len(events(take, "disk_low")) == 2)
            assert time_left(take).minutes < 15
            ask_to_stop(take.folder)
            recorder.wait()

        told = [(event["minutes"], event["folder"]) for event in events(take, "disk_low")]
        assert told == [(60, str(take.folder)), (15, str(take.folder))]


@pytest.mark.slow
def test_a_recorder_killed_in_its_second_folder_leaves_whole_files_that_come_home(
    first, second, lines
):
    with recorder_on(first, lines, second) as recorder:
        take = recorder.started(0.5)
        filler = fill(first, leave=RESERVE_BYTES // 2)
        wait_until(lambda: len(events(take, "second_folder")) == 2)
        grown(take)
        recorder.process.kill()
        recorder.process.wait()
        killed = time.time() - take.started_at.timestamp()

    assert_valid(take)
    filler.unlink()
    assert recover(Workspace(first / "ws")) == [take.folder]
    assert list(second.iterdir()) == []
    home = Take(take.folder)
    assert_whole(home)
    assert_valid(home)
    assert home.end_reason == "recorder_lost"
    for name in LINES:
        assert killed - home.length(name) / RATE < 1.0


@pytest.mark.slow
def test_sound_in_the_second_folder_is_followed_by_captions_readers_without_knowing(
    first, second, lines
):
    with recorder_on(first, lines, second, "--for", "4") as recorder:
        take = recorder.started(0.5)
        fill(first, leave=RESERVE_BYTES // 2)
        followed = dict.fromkeys(LINES, b"")
        while not (take.ended and all(_follow(take, name, followed) for name in LINES)):
            time.sleep(0.05)
        recorder.wait()

    for line, name in enumerate(LINES):
        assert [(r.line, r.number) for r in runs(followed[name])] == [(line, 0)]
        assert len(followed[name]) // 2 == take.length(name)


def _follow(take, name, followed):
    """Read on as the captioner does; return whether there was nothing new."""
    done = len(followed[name]) // 2
    waiting = take.length(name) - done
    if waiting > 0:
        followed[name] += take.read(name, done, min(waiting, RATE // 10))
    return waiting <= 0
