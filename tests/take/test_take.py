import json
import os
import threading
from datetime import datetime

import pytest

from hotline_desk.errors import TakeNotFound, WorkspaceUnwritable
from hotline_desk.system import FileLock
from hotline_desk.take import journal
from hotline_desk.take import take as take_module
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LOCK, LineInfo, Take, ask_to_stop, create_take
from tests.coded_sound import coded
from tests.recorder_process import wait_until

RATE = 1000
LINES = (
    LineInfo(id="line1", name="来电", role="来电", device="热线", channel=1, rate_hz=RATE),
    LineInfo(id="line2", name="演播室", role="", device="file:a b.wav", channel=2, rate_hz=RATE),
)
STARTED = datetime.fromisoformat("2026-11-25T09:50:00+08:00")


@pytest.fixture
def folder(tmp_path):
    create_take(tmp_path, LINES, started_at=STARTED, monotonic_ns=5, delay_seconds=20.0, speed=1.0)
    return tmp_path


def write(folder, line_id, samples, line=0):
    writer = SegmentWriter(folder, line_id, RATE)
    writer.append(coded(line, samples).tobytes())
    writer.close()


def anchor(folder, sample, at, line="line1"):
    journal.append(
        folder / EVENTS, {"event": "anchor", "line": line, "sample": sample, "at": at, "wall": ""}
    )


def test_a_take_tells_what_was_written_once(folder):
    take = Take(folder)

    assert take.lines == LINES
    assert take.line("演播室").channel == 2
    assert (take.started_at, take.delay_seconds) == (STARTED, 20.0)
    assert take.now() == 0.0


@pytest.mark.parametrize("content", [None, "", "{}", '{"lines": [{"id": "line1"}]}', "[1]"])
def test_a_folder_without_a_readable_take_says_so(tmp_path, content):
    if content is not None:
        (tmp_path / "take.json").write_text(content)

    with pytest.raises(TakeNotFound):
        Take(tmp_path)


def test_reading_crosses_segments_and_is_short_at_the_end(folder):
    write(folder, "line1", 150_000)
    take = Take(folder)

    assert take.length("来电") == 150_000
    assert take.read("来电", 59_990, 70_000) == coded(0, 70_000, 59_990).tobytes()
    assert take.read("来电", 149_990, 100) == coded(0, 10, 149_990).tobytes()
    assert take.read("来电", 150_000, 100) == b""
    assert take.read("演播室", 0, 100) == b""


def test_a_deleted_segment_reads_as_silence_of_its_length(folder):
    write(folder, "line1", 150_000)
    (folder / "line1-000000060000.wav").unlink()

    heard = Take(folder).read("来电", 59_999, 60_002)

    code = coded(0, 150_000)
    assert heard == code[59_999:60_000].tobytes() + bytes(120_000) + code[120_000:120_001].tobytes()


def test_what_lies_within_a_lost_segment_is_silence_so_that_a_reader_comes_past_it(folder):
    write(folder, "line1", 150_000)
    (folder / "line1-000000060000.wav").unlink()

    assert Take(folder).read("来电", 70_000, 100) == bytes(200)


def grow(folder, line_id, samples):
    """Write *samples* more of a line, as its recorder does; yield after each second."""
    writer = SegmentWriter(folder, line_id, RATE)
    while writer.samples < samples:
        writer.append(coded(0, RATE, writer.samples).tobytes())
        yield writer.samples
    writer.close()


def test_a_take_that_is_followed_sees_every_new_segment(folder):
    take = Take(folder)
    assert take.length("来电") == 0

    for samples in grow(folder, "line1", 130_000):
        assert take.length("来电") == samples
        assert take.read("来电", samples - 3, 9) == coded(0, 3, samples - 3).tobytes()
    assert take.length("演播室") == 0


def test_a_segment_deleted_as_it_is_looked_at_is_as_one_deleted_before(folder):
    write(folder, "line1", 1000)
    path = folder / "line1-000000000000.wav"
    done = threading.Event()

    def come_and_go():
        content = path.read_bytes()
        while not done.is_set():
            path.unlink()
            path.write_bytes(content)

    other = threading.Thread(target=come_and_go)
    other.start()
    try:
        seen = {Take(folder).length("来电") for _ in range(1000)}
    finally:
        done.set()
        other.join()

    assert seen <= {0, 1000}


def test_a_segment_that_does_not_follow_on_the_last_one_is_found_all_the_same(folder, monkeypatch):
    monkeypatch.setattr(take_module, "_STILL_SECONDS", 0.05)
    write(folder, "line1", 30_000)
    take = Take(folder)
    assert take.length("来电") == 30_000
    os.truncate(folder / "line1-000000000000.wav", 44 + 2 * 20_000)

    writer = SegmentWriter(folder, "line1", RATE)
    writer.samples = 30_000
    writer.append(coded(0, 5_000, 30_000).tobytes())
    writer.close()

    wait_until(lambda: take.length("来电") == 35_000)
    assert take.read("来电", 30_000, 5_000) == coded(0, 5_000, 30_000).tobytes()


def test_a_take_that_was_looked_at_rarely_sees_several_new_segments(folder):
    growing = grow(folder, "line1", 200_000)
    next(growing)
    take = Take(folder)
    assert take.length("来电") == RATE

    for _ in growing:
        pass

    assert take.length("来电") == 200_000


def test_a_take_that_is_followed_sees_what_was_deleted_and_what_was_repaired(folder):
    write(folder, "line1", 150_000)
    take = Take(folder)
    assert take.length("来电") == 150_000

    (folder / "line1-000000120000.wav").unlink()
    assert take.length("来电") == 120_000
    assert take.read("来电", 119_999, 9) == coded(0, 1, 119_999).tobytes()

    last = folder / "line1-000000060000.wav"
    last.write_bytes(last.read_bytes()[:-1001])
    assert take.repair() == [last.name]
    assert take.length("来电") == 119_499
    for path in folder.glob("line1-*.wav"):
        path.unlink()
    assert take.length("来电") == 0
    assert take.read("来电", 0, 9) == b""


def test_following_a_long_take_does_not_list_its_folder(folder, monkeypatch):
    write(folder, "line1", 150_000)
    take = Take(folder)
    take.length("来电")
    listed = []
    real = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: listed.append(path) or real(path))

    assert take.length("来电") == 150_000
    assert len(take.read("来电", 149_900, 100)) == 200

    assert not listed


def test_without_anchors_time_is_by_the_rate(folder):
    take = Take(folder)

    assert take.time_at("来电", 2500) == 2.5
    assert take.sample_at("来电", 2.5) == 2500


def test_anchors_bend_time_and_both_ways_agree(folder):
    take = Take(folder)
    anchor(folder, 1_000, 1.25)
    anchor(folder, 11_000, 11.35)
    anchor(folder, 21_000, 21.30)

    assert take.time_at("来电", 0) == pytest.approx(0.25)
    assert take.time_at("来电", 6_000) == pytest.approx(6.30)
    assert take.time_at("来电", 22_000) == pytest.approx(22.30)
    assert take.time_at("演播室", 6_000) == 6.0
    for sample in range(0, 40_000, 997):
        assert take.sample_at("来电", take.time_at("来电", sample)) == sample


def test_anchors_and_sound_that_arrive_later_are_seen(folder):
    take = Take(folder)
    assert take.now() == 0.0

    write(folder, "line2", 3_000, line=1)
    anchor(folder, 1_000, 1.5, line="line2")

    assert take.now() == pytest.approx(3.5)


def test_a_take_lasts_as_long_as_its_recorder_holds_the_lock(folder):
    lock = FileLock(folder / LOCK)
    assert lock.acquire()
    take = Take(folder)

    assert not take.ended
    assert take.repair() == []

    lock.release()
    assert take.ended
    assert not take.ended_in_order


def test_repair_ends_what_a_killed_recorder_left_and_only_once(folder):
    write(folder, "line1", 4_000)
    path = folder / "line1-000000000000.wav"
    path.write_bytes(path.read_bytes()[:-1001])
    take = Take(folder)

    changed = take.repair()

    assert changed == [path.name]
    assert take.events()[-1]["event"] == "end"
    assert take.events()[-1]["reason"] == "recorder_lost"
    assert take.events()[-1]["at"] == pytest.approx(3.499)
    assert Take(folder).repair() == []
    assert len(Take(folder).events()) == 1


def test_the_order_to_stop_is_a_file(folder):
    ask_to_stop(folder)

    assert (folder / "stop").exists()


def test_the_description_is_readable_by_others(folder):
    found = json.loads((folder / "take.json").read_text(encoding="utf-8"))

    assert [line["name"] for line in found["lines"]] == ["来电", "演播室"]
    assert not (folder / "take.json.new").exists()


def test_an_anchor_that_goes_back_is_passed_over(folder):
    anchor(folder, 10_000, 10.0)
    anchor(folder, 5_000, 11.0)
    anchor(folder, 11_500, 9.0)
    anchor(folder, 20_000, 20.0)

    take = Take(folder)

    take.events()
    assert [take.time_at("来电", sample) for sample in (7_000, 12_000, 21_000)] == [7.0, 12.0, 21.0]
    assert take.sample_at("来电", 12.0) == 12_000


def test_a_record_that_cannot_be_written_down_leaves_nothing_behind(tmp_path):
    second = tmp_path / "\udcff"

    with pytest.raises(WorkspaceUnwritable):
        create_take(
            tmp_path, LINES, started_at=STARTED, monotonic_ns=0, delay_seconds=0, speed=1.0,
            second=second,
        )  # fmt: skip

    assert list(tmp_path.iterdir()) == []
