"""A take that lies in two folders: read as one, and brought home whatever comes between."""

import random
import subprocess
import sys
import time

import pytest

from hotline_desk.capture.findings import take_findings
from hotline_desk.errors import WorkspaceFull
from hotline_desk.system import FileLock
from hotline_desk.take import home as home_module
from hotline_desk.take import journal
from hotline_desk.take.home import away, bring_home
from hotline_desk.take.marks import MARKS, Mark, MarkKind, add_mark, marks
from hotline_desk.take.places import RESERVE_BYTES, second_folder, second_for
from hotline_desk.take.segments import SegmentWriter, segments, wav_header
from hotline_desk.take.take import EVENTS, LOCK, Take, ask_to_stop, create_take, is_asked_to_stop
from tests.coded_sound import coded
from tests.small_disk import fill, mounted
from tests.take.test_marks_captions import WALL
from tests.take.test_take import LINES, RATE, STARTED

SAMPLES = 400_000
PARTS = ((0, 150_000), (150_000, 290_000), (290_000, SAMPLES))


def event(at, **facts):
    return {"event": "anchor", "at": at, "wall": "", "line": "line1", **facts}


def take_in(folder, second):
    """Make a take whose sound began in *folder*, went on in *second* and came back at the end."""
    folder.mkdir(parents=True)
    second.mkdir(parents=True)
    create_take(
        folder,
        LINES,
        started_at=STARTED,
        monotonic_ns=5,
        delay_seconds=20.0,
        speed=1.0,
        second=second,
    )
    for line, info in enumerate(LINES):
        writer = SegmentWriter(folder, info.id, RATE)
        for place, (first, end) in zip((folder, second, folder), PARTS, strict=True):
            writer.folder = place
            writer.append(coded(line, end - first, first).tobytes())
            writer.leave()
        writer.close()
    journal.append(folder / EVENTS, event(1.25, sample=1_000))
    there = {"event": "second_folder", "at": 150.25, "wall": "", "line": "line1"}
    journal.append(folder / EVENTS, there)
    journal.append(second / EVENTS, event(200.5, sample=199_750))
    journal.append(folder / EVENTS, event(399.0, sample=398_750))
    end = {"event": "end", "at": 400.25, "wall": "", "reason": "stop"}
    journal.append(second / EVENTS, end)
    return folder


@pytest.fixture
def folder(tmp_path):
    return take_in(tmp_path / "第一" / "take", tmp_path / "第二" / "第190期" / "take")


def assert_whole(take):
    for line, info in enumerate(LINES):
        assert take.length(info.name) == SAMPLES
        assert take.read(info.name, 0, SAMPLES + 9) == coded(line, SAMPLES).tobytes()
    names = [e["event"] for e in take.events()]
    assert names[:5] == ["anchor", "second_folder", "anchor", "anchor", "end"]
    assert take.time_at("来电", 199_750) == pytest.approx(200.5)
    assert take.end_reason == "stop"


def test_a_reader_sees_both_folders_as_one(folder):
    take = Take(folder)

    assert take.folders == (folder, second_folder(folder))
    assert_whole(take)
    assert take.read("来电", 149_990, 20) == coded(0, 20, 149_990).tobytes()
    assert len(away(folder)) == 7  # three segments of each line, and events


def test_a_take_without_a_second_folder_has_none(tmp_path):
    create_take(tmp_path, LINES, started_at=STARTED, monotonic_ns=0, delay_seconds=0, speed=1.0)

    assert second_folder(tmp_path) is None
    assert Take(tmp_path).folders == (tmp_path,)
    assert bring_home(tmp_path)


def test_a_second_volume_that_is_away_leaves_the_first_readable(folder, tmp_path):
    (tmp_path / "第二").rename(tmp_path / "weg")

    take = Take(folder)

    assert take.read("来电", 0, 150_000) == coded(0, 150_000).tobytes()
    assert take.read("来电", 150_000, 140_000) == bytes(280_000)
    assert take.length("来电") == SAMPLES
    assert away(folder) == []
    bring_home(folder)
    (tmp_path / "weg").rename(tmp_path / "第二")
    assert_whole(Take(folder))


def test_a_segment_that_was_begun_in_vain_in_one_folder_hides_nothing_in_the_other(folder):
    (folder / "line1-000000150000.wav").write_bytes(wav_header(RATE, 0))
    (second_folder(folder) / "line1-000000290000.wav").write_bytes(wav_header(RATE, 0))

    assert_whole(Take(folder))
    assert bring_home(folder)
    assert_whole(Take(folder))


def test_what_is_brought_home_is_the_same_and_nothing_is_left(folder, tmp_path):
    followed = Take(folder)
    assert_whole(followed)

    assert bring_home(folder)

    assert away(folder) == []
    assert list((tmp_path / "第二").iterdir()) == []
    for take in (followed, Take(folder)):
        assert_whole(take)
        assert take.events()[-1]["event"] == "home"
        assert len(take.events()) == 6
    assert not list(folder.glob("*.part"))
    names = (folder / "line2.m3u8").read_text().splitlines()
    assert names == [segment.path.name for segment in segments(folder, "line2")]
    assert bring_home(folder)
    assert len(Take(folder).events()) == 6


def test_a_second_folder_that_was_not_needed_goes_without_a_word(tmp_path):
    folder, second = tmp_path / "take", tmp_path / "第二" / "第190期" / "take"
    folder.mkdir()
    second.mkdir(parents=True)
    create_take(
        folder, LINES, started_at=STARTED, monotonic_ns=0, delay_seconds=0, speed=1.0, second=second
    )

    assert bring_home(folder)

    assert list((tmp_path / "第二").iterdir()) == []
    assert [event["event"] for event in Take(folder).events()] == ["second_unneeded"]
    assert take_findings(Take(folder)).notes == ()


def test_somebody_elses_work_on_the_take_is_waited_for(folder):
    lock = FileLock(folder / LOCK)
    assert lock.acquire()

    assert not bring_home(folder)

    lock.release()
    assert len(away(folder)) == 7


def test_a_cancelled_way_home_goes_on_later(folder):
    asked = iter([False, False, True])

    assert not bring_home(folder, cancelled=lambda: next(asked))

    assert len(away(folder)) == 5
    assert_whole(Take(folder))
    assert bring_home(folder)
    assert_whole(Take(folder))


def test_the_first_volume_keeps_its_reserve(tmp_path):
    with mounted(tmp_path / "disk", str(RESERVE_BYTES + (1 << 20))) as disk:
        folder = take_in(disk / "take", tmp_path / "第二" / "take")

        assert not bring_home(folder)

        assert away(folder)
        assert_whole(Take(folder))
        for _ in range(9):
            bring_home(folder)
        assert_whole(Take(folder))


BRING_HOME = """
import sys
from pathlib import Path
from hotline_desk.take import home
home._CHUNK_BYTES = 4096
print(flush=True)
home.bring_home(Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_killed_at_any_moment_on_its_way_home_nothing_is_lost_or_doubled(folder):
    chance = random.Random(3)
    kills = 0
    while away(folder):
        mover = subprocess.Popen(
            [sys.executable, "-c", BRING_HOME, str(folder)], stdout=subprocess.PIPE
        )
        mover.stdout.readline()
        time.sleep(chance.random() * 0.002 * (kills + 1))
        mover.kill()
        mover.communicate()
        kills += 1
        assert_whole(Take(folder))
        assert kills < 200

    assert kills > 2
    assert_whole(Take(folder))
    assert bring_home(folder)
    assert not second_folder(folder).exists()
    assert [e["event"] for e in Take(folder).events()][5:] == ["home"]


def test_what_is_purged_on_its_way_home_does_not_live_on_in_the_copy(folder, monkeypatch):
    real, purged = home_module.patiently, []

    def purge_meanwhile(change):
        # between the copy's getting its name and the original's going
        if not purged and (there := [path for path in away(folder) if path.suffix == ".wav"]):
            purged.append(there[0])
            with there[0].open("r+b") as file:
                file.seek(44)
                file.write(bytes(2000))
        real(change)

    monkeypatch.setattr(home_module, "patiently", purge_meanwhile)

    assert bring_home(folder)

    assert Take(folder).read("来电", 150_000, 1001) == bytes(2000) + coded(0, 1, 151_000).tobytes()


def test_a_mark_that_the_first_volume_refuses_lies_in_the_second(tmp_path):
    with mounted(tmp_path / "disk", "1m") as disk:
        folder = disk / "take"
        second = tmp_path / "第二" / "take"
        folder.mkdir()
        second.mkdir(parents=True)
        create_take(
            folder, LINES, started_at=STARTED, monotonic_ns=0, delay_seconds=0, speed=1.0,
            second=second,
        )  # fmt: skip
        before, refused = Mark(MarkKind.CALL, 1.0, WALL), Mark(MarkKind.AIR, 2.0, WALL)
        add_mark(folder, before)
        with (folder / MARKS).open("ab") as file:  # to the end of its page
            file.write(b"\n" * (4096 - file.tell()))
        fill(disk)

        add_mark(folder, refused)

        assert marks(folder) == [before, refused]
        assert (second / MARKS).exists()


def test_without_a_second_folder_a_mark_that_cannot_be_set_is_told(tmp_path):
    with mounted(tmp_path / "disk", "1m") as disk:
        create_take(disk, LINES, started_at=STARTED, monotonic_ns=0, delay_seconds=0, speed=1.0)
        fill(disk)

        with pytest.raises(WorkspaceFull):
            add_mark(disk, Mark(MarkKind.CALL, 1.0, WALL))


def test_the_order_to_stop_goes_where_it_is_taken(tmp_path):
    with mounted(tmp_path / "disk", "4m") as disk:
        folder = take_in(disk / "take", tmp_path / "第二" / "take")
        take = Take(folder)
        assert not is_asked_to_stop(take.folders)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        ask_to_stop(folder)

        assert is_asked_to_stop(take.folders)


def test_a_second_folder_is_never_another_takes(tmp_path):
    take = tmp_path / "第190期" / "take-1"
    volume = tmp_path / "volume"

    first = second_for(take, volume)
    first.mkdir(parents=True)
    other = second_for(take, volume)

    assert first == volume / "第190期" / "take-1"
    assert other == volume / "第190期" / "take-1-2"


def test_a_copy_that_is_not_the_same_is_made_again(folder, monkeypatch):
    real, spoiled = home_module.write_through, []

    def spoil_the_first(path):
        real(path)
        if not spoiled:
            spoiled.append(path)
            with path.open("r+b") as file:
                file.seek(2_000)
                file.write(b"\xff")

    monkeypatch.setattr(home_module, "write_through", spoil_the_first)

    assert bring_home(folder)

    assert spoiled
    assert_whole(Take(folder))
