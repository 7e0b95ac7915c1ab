from datetime import datetime, timedelta

import pytest

from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.take import journal
from tests.small_disk import fill, small_disk

__all__ = ["small_disk"]


def test_take_time_runs_by_the_clock_and_the_speed():
    clock = TakeClock(1_000_000_000, 8.0)

    assert clock.seconds(3_000_000_000) == 16.0
    assert clock.monotonic_ns(16.0) == 3_000_000_000


def test_what_happened_earlier_has_the_wall_time_it_happened_at(tmp_path):
    clock = TakeClock(0, 2.0)
    log = EventLog(tmp_path / "events.jsonl", clock)
    now = clock.now()

    log.note("gap", at=now - 60.0, line="line1")
    log.note("end")

    (gap, end), _ = journal.read(tmp_path / "events.jsonl", dict)
    assert gap["at"] == pytest.approx(now - 60.0, abs=1e-5)
    apart = datetime.fromisoformat(end["wall"]) - datetime.fromisoformat(gap["wall"])
    assert timedelta(seconds=29.9) < apart < timedelta(seconds=31)  # 60 s of take at speed 2


def test_events_of_a_full_disk_are_written_in_order_once_there_is_room(small_disk):
    path = small_disk / "events.jsonl"
    log = EventLog(path, TakeClock(0, 1.0))
    log.note("begin", line="line1")
    filler = fill(small_disk)
    count = 0
    while path.stat().st_size < 4096 - 100:  # to the end of its page
        log.note("anchor", line="line1", sample=count)
        count += 1

    log.note("disk_full", line="line1", reason="长" * 200)
    log.note("disk_full", line="line2")
    before = [event["event"] for event in journal.read(path, dict)[0]]
    filler.unlink()
    log.sync()

    assert "disk_full" not in before
    found = journal.read(path, dict)[0]
    assert [event["event"] for event in found[-2:]] == ["disk_full", "disk_full"]
    assert [event["line"] for event in found[-2:]] == ["line1", "line2"]


def test_events_that_could_not_be_synced_are_synced_the_next_time(tmp_path):
    folder, away = tmp_path / "take", tmp_path / "away"
    folder.mkdir()
    log = EventLog(folder / "events.jsonl", TakeClock(0, 1.0))
    log.note("begin", line="line1")
    folder.rename(away)

    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            log.sync()

    away.rename(folder)
    log.sync()
    folder.rename(away)
    log.sync()  # nothing is owed any more
