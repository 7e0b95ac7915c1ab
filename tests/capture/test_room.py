import shutil

import pytest

from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.capture.room import Room, make_second
from hotline_desk.take import journal
from hotline_desk.take.places import RESERVE_BYTES
from tests.small_disk import MEGABYTE, fill, mounted

RATE = 10_000.0  # bytes a second


@pytest.fixture
def log(tmp_path):
    return EventLog(tmp_path / "events.jsonl", TakeClock(0, 1.0))


def told(tmp_path):
    return [
        (event["event"], event.get("minutes"))
        for event in journal.read(tmp_path / "events.jsonl", dict)[0]
    ]


def disk(folder, size):
    return mounted(folder, str(size))


def test_a_warning_comes_once_and_again_when_room_was_made_between(tmp_path, log):
    with disk(tmp_path / "disk", 60 * MEGABYTE) as folder:
        room = Room(folder)
        for leave in (0.7, 0.6, 0.2, 0.1):
            fill(folder, leave=int(leave * 3600 * RATE))
            room.look(RATE, log)
        assert told(tmp_path) == [("disk_low", 60), ("disk_low", 15)]

        (folder / "filler").unlink()
        room.look(RATE, log)
        fill(folder, leave=int(0.1 * 3600 * RATE))
        room.look(RATE, log)

    assert told(tmp_path)[2:] == [("disk_low", 15)]


def test_the_first_folder_is_left_with_its_reserve_and_not_before(tmp_path, log):
    first_size, second_size = RESERVE_BYTES + 60 * MEGABYTE, 60 * MEGABYTE
    with disk(tmp_path / "1", first_size) as first, disk(tmp_path / "2", second_size) as second:
        room = Room(first, second)
        assert room.places() == (first, second)
        fill(first, leave=RESERVE_BYTES + MEGABYTE)
        room.look(RATE, log)
        assert room.places() == (first, second)
        assert told(tmp_path) == [("disk_low", 15)]  # until sound goes to the second

        fill(first, leave=RESERVE_BYTES - MEGABYTE)
        room.look(RATE, log)

        assert room.places() == (second, first)
        assert shutil.disk_usage(first).free > RESERVE_BYTES - 2 * MEGABYTE


def test_a_second_folder_that_is_no_better_is_not_gone_to(tmp_path, log):
    with disk(tmp_path / "1", MEGABYTE) as first, disk(tmp_path / "2", MEGABYTE) as second:
        fill(second, leave=MEGABYTE // 4)
        room = Room(first, second)

        room.look(RATE, log)

        assert room.places() == (first, second)


def test_a_folder_that_refused_is_left_alone_for_a_while(tmp_path, log):
    with disk(tmp_path / "1", MEGABYTE) as first, disk(tmp_path / "2", 4 * MEGABYTE) as second:
        room = Room(first, second)
        room.look(RATE, log)
        assert room.places() == (second, first)

        room.settle(first)  # the second one let itself not be written
        room.look(RATE, log)

        assert room.places() == (first, second)


def test_a_second_folder_that_goes_is_told_each_time(tmp_path, log):
    second = tmp_path / "second"
    room = Room(tmp_path, second)
    for there in (False, False, True, False):
        if there:
            second.mkdir()
        elif second.exists():
            second.rmdir()
        room.look(RATE, log)

    assert [name for name, _ in told(tmp_path) if name == "second_lost"] == ["second_lost"] * 2


@pytest.mark.parametrize(
    ("volume", "reason"),
    [("none", "gone"), ("OneDrive", "synchronised"), ("file", "gone"), ("refusing", "unwritable")],
)
def test_why_there_is_no_second_folder(tmp_path, volume, reason):
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "refusing").mkdir()
    (tmp_path / "refusing" / "第190期").touch()  # stands where a folder should

    assert make_second(tmp_path / volume, tmp_path / "第190期" / "take") == (None, reason)


def test_a_second_folder_is_the_owners_alone(tmp_path):
    second, why_not = make_second(tmp_path, tmp_path / "ws" / "第190期" / "take-1")

    assert (second, why_not) == (tmp_path / "第190期" / "take-1", "")
    for folder in (second, second.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
