import hashlib
from datetime import datetime

import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.errors import TakeNotFound
from hotline_desk.take import journal
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LineInfo, create_take
from tests.coded_sound import coded
from tests.take.test_take import STARTED

RATE = 1000


@pytest.fixture
def folder(tmp_path):
    lines = [
        LineInfo(id=f"line{n}", name=name, role="", device="d", channel=1, rate_hz=RATE)
        for n, name in ((1, "来电"), (2, "演播室"))
    ]
    create_take(tmp_path, lines, started_at=STARTED, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    return tmp_path


def record(folder, line_id, pcm):
    writer = SegmentWriter(folder, line_id, RATE)
    writer.append(pcm)
    writer.close()


def note(folder, event, **facts):
    wall = datetime.now().astimezone().isoformat()
    journal.append(folder / EVENTS, {"event": event, "at": 0.0, "wall": wall} | facts)


@pytest.fixture
def good(folder):
    for line, line_id in enumerate(("line1", "line2")):
        record(folder, line_id, coded(line, 70_000).tobytes())
        note(folder, "begin", line=line_id, samples=40)
    note(folder, "end", reason="stop")
    return folder


def test_a_good_take_has_nothing_said_against_it(good):
    sheet = health_sheet(good)

    assert sheet.faults == ()
    assert sheet.verdict == "合格：来电 1 分 10 秒、演播室 1 分 10 秒，没有断点"
    (caller, _) = sheet.lines
    assert caller.hashes == {
        "line1-000000000000.wav": hashlib.sha256(coded(0, 60_000).tobytes()).hexdigest(),
        "line1-000000060000.wav": hashlib.sha256(coded(0, 10_000, 60_000).tobytes()).hexdigest(),
    }


def test_gaps_and_lost_samples_are_told(good):
    note(good, "gap", line="line2", sample=5, samples=3000, seconds=3.0)
    note(good, "overflow", line="line2", sample=9000)

    assert health_sheet(good).faults == ("演播室 断 1 处，共 3 秒", "演播室 设备丢样 1 次")


def test_a_line_that_began_late_has_a_gap(folder):
    record(folder, "line1", bytes(10_000) + coded(0, 5000).tobytes())
    record(folder, "line2", coded(1, 10_000).tobytes())
    note(folder, "begin", line="line1", samples=5000)
    note(folder, "end", reason="stop")

    assert health_sheet(folder).faults == ("来电 断 1 处，共 5 秒",)


def test_silence_and_clipping_are_told(folder):
    record(folder, "line1", bytes(20_000))
    loud = (32767).to_bytes(2, "little", signed=True) * 3
    record(folder, "line2", coded(1, 500).tobytes() + loud + b"\1\0" + loud[:4] + b"\1\0")
    note(folder, "end", reason="stop")

    assert health_sheet(folder).faults == ("来电 没有声音", "演播室 削波 1 处")


def test_a_deleted_segment_is_told(good):
    (good / "line1-000000000000.wav").unlink()

    assert health_sheet(good).faults == ("来电 缺 1 段文件",)


def test_segments_that_are_deleted_one_after_the_other_are_counted(folder):
    record(folder, "line1", coded(0, 190_000).tobytes())
    record(folder, "line2", coded(1, 190_000).tobytes())
    note(folder, "end", reason="stop", samples={"line1": 190_000, "line2": 190_000})
    for first in (60_000, 120_000):
        (folder / f"line1-{first:012}.wav").unlink()

    assert health_sheet(folder).faults == ("来电 缺 2 段文件",)


@pytest.mark.parametrize("end", [{"at": 70.0}, {"samples": {"line1": 70_000, "line2": 70_000}}])
def test_what_lacks_at_the_end_is_told(folder, end):
    for line, line_id in enumerate(("line1", "line2")):
        record(folder, line_id, coded(line, 70_000).tobytes())
    (folder / "line1-000000060000.wav").unlink()
    for segment in folder.glob("line2-*.wav"):
        segment.unlink()
    note(folder, "end", reason="stop", **end)

    first, second = health_sheet(folder).faults
    assert first.startswith("来电 末尾缺 ")
    assert second.startswith("演播室 的声音文件全部缺失，应有 1 分 ")
    if "samples" in end:
        assert (first, second[-8:]) == ("来电 末尾缺 10 秒", "1 分 10 秒")


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("anchor", {"sample": 179_000}),
        ("gap", {"sample": 100_000, "samples": 79_000, "seconds": 79.0}),
        ("line_over", {"sample": 179_000}),
    ],
)
def test_what_the_recorder_noted_last_must_be_there(good, event, facts):
    note(good, event, line="line1", **facts)

    assert "来电 末尾缺 1 分 49 秒" in health_sheet(good).faults


def test_a_disk_that_stayed_full_is_told(good):
    note(good, "disk_full", line="line1", sample=65_000)
    note(good, "disk_back", line="line1", sample=70_000)
    note(good, "disk_full", line="line2", sample=70_000)

    assert health_sheet(good).faults == ("演播室 磁盘写满，之后没有录下",)


def test_what_a_full_disk_did_not_take_is_told(folder):
    record(folder, "line1", coded(0, 65_000).tobytes())
    record(folder, "line2", coded(1, 179_000).tobytes())
    note(folder, "disk_full", line="line1", sample=65_000)
    note(folder, "end", reason="over", samples={"line1": 179_000, "line2": 179_000})

    assert health_sheet(folder).faults == ("来电 末尾缺 1 分 54 秒（磁盘写满）",)


def test_a_line_that_never_had_sound_is_told(folder):
    record(folder, "line1", coded(0, 5_000).tobytes())
    note(folder, "end", reason="stop", samples={"line1": 5_000, "line2": 0})

    assert health_sheet(folder).faults == ("演播室 没有声音",)


def test_a_recorder_that_was_killed_is_told(folder):
    record(folder, "line1", coded(0, 500).tobytes())
    record(folder, "line2", coded(1, 500).tobytes())

    assert health_sheet(folder).faults == ("录音程序中途退出，最后一秒可能缺失",)


def test_a_folder_without_a_take_says_so(tmp_path):
    with pytest.raises(TakeNotFound):
        health_sheet(tmp_path)
