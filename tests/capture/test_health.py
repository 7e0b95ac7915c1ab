import hashlib
import shutil
from datetime import datetime

import numpy as np
import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.errors import Cancelled, TakeNotFound
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.take import consolidated, journal
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LOCK, LineInfo, create_take
from hotline_desk.workflows.consolidate import consolidate
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


def note(folder, event, /, **facts):
    wall = datetime.now().astimezone().isoformat()
    journal.append(folder / EVENTS, {"event": event, "at": 0.0, "wall": wall} | facts)


@pytest.fixture
def good(folder):
    for line, line_id in enumerate(("line1", "line2")):
        record(folder, line_id, coded(line, 70_000).tobytes())
        note(folder, "begin", line=line_id, samples=40)
    note(folder, "end", reason="stop")
    return folder


def levelled(level_dbfs, seconds, *, hertz=50):
    at = np.arange(round(seconds * RATE)) / RATE
    return np.round(10 ** (level_dbfs / 20) * 32_767 * np.sin(2 * np.pi * hertz * at)).astype("<i2")


def recorded(folder, *pcm, reason="stop"):
    """Write the sound of the lines, and the end of a good take."""
    for number, samples in enumerate(pcm, start=1):
        record(folder, f"line{number}", samples.tobytes())
        note(folder, "begin", line=f"line{number}", samples=0)
    reached = {f"line{number}": len(samples) for number, samples in enumerate(pcm, start=1)}
    note(folder, "end", reason=reason, samples=reached)
    return health_sheet(folder)


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

    assert health_sheet(folder).faults == ("来电 断 1 处，共 5 秒（开始晚了）",)


@pytest.mark.parametrize(
    ("samples", "length"), [(20, "0.1 秒"), (340, "0.3 秒"), (3_000, "3 秒"), (9_400, "9.4 秒"),
                            (59_700, "1 分 00 秒")]
)  # fmt: skip
def test_a_moment_is_not_told_as_nothing(good, samples, length):
    note(good, "gap", line="line2", sample=5, samples=samples, seconds=samples / RATE)

    assert health_sheet(good).faults == (f"演播室 断 1 处，共 {length}",)


def test_a_line_that_was_absent_at_the_beginning_lost_all_until_it_came(folder):
    note(folder, "device_lost", line="line1", sample=0, reason="absent")
    note(folder, "device_back", line="line1", sample=0)
    note(folder, "begin", line="line1", samples=900)

    sheet = recorded(folder, levelled(-20, 5), levelled(-20, 5))

    assert (sheet.faults, sheet.notes) == (("来电 断 1 处，共 0.9 秒（开始时没有接上）",), ())


def test_a_file_behind_a_hole_has_its_own_hash(good):
    (good / "line1-000000000000.wav").unlink()

    assert health_sheet(good).lines[0].hashes == {
        "line1-000000060000.wav": hashlib.sha256(coded(0, 10_000, 60_000).tobytes()).hexdigest()
    }


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

    sheet = health_sheet(good)

    assert sheet.faults == ("演播室 磁盘写满，之后没有录下",)
    assert sheet.notes == ("来电 录音时磁盘写满过", "演播室 录音时磁盘写满过")


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


@pytest.mark.parametrize(
    ("event", "facts", "fault"),
    [
        ("gap", {"line": "line1", "sample": 0, "samples": 2000}, "来电 断 1 处，共 2 秒"),
        ("segment_cut", {"line": "line1", "sample": 0, "samples": 2000},
         "来电 的声音文件被截断 1 次，缺 2 秒"),
        ("overflow", {"line": "line1", "sample": 0}, "来电 设备丢样 1 次"),
        ("sleep", {"seconds": 61.0}, "电脑睡眠 1 次，共 1 分 01 秒"),
        ("sync_failed", {"errno": 5}, "磁盘有 1 次没能写实，那时断电会丢声音"),
    ],
)  # fmt: skip
def test_each_noted_loss_is_a_fault_of_its_own_words(good, event, facts, fault):
    note(good, event, **facts)

    sheet = health_sheet(good)

    assert sheet.faults == (fault,)
    assert sheet.verdict == f"有问题：{fault}"


@pytest.mark.parametrize(
    ("event", "facts", "said"),
    [
        ("disk_low", {"minutes": 60, "folder": "甲"}, "磁盘曾只够再录 60 分钟"),
        ("second_folder", {"line": "line1", "sample": 9, "folder": "乙"},
         "有一部分声音在备用文件夹里"),
        ("no_inhibit", {"reason": "none"}, "录音时没能阻止系统睡眠"),
        ("second_lost", {"folder": "乙", "reason": "gone"}, "备用文件夹不见了"),
        ("second_lost", {"folder": "乙", "reason": "unwritable"}, "备用文件夹不能写入"),
        ("purge_failed", {"error": "OSError"}, "到期的声音没能清除"),
        ("room_failed", {"error": "OSError"}, "磁盘还能录多久，有一阵没能查看"),
        ("disk_full", {"line": "line1", "sample": 9}, "来电 录音时磁盘写满过"),
        ("disk_full", {"line": "line1", "sample": 9, "reason": "unwritable"},
         "来电 录音时磁盘写不进去过"),
        ("purged", {"line": "line1", "sample": 0, "samples": 2000, "reason": "unclaimed"},
         "来电 无人认领，按设定清除 1 处，共 2 秒"),
        ("purged", {"line": "line1", "sample": 0, "samples": 2000, "reason": "refused"},
         "来电 来电人不同意录音，已清除 1 处，共 2 秒"),
        ("device_lost", {"line": "line1", "sample": 9, "reason": "silent"},
         "来电 设备停顿 1 次，没有丢失声音"),
    ],
)  # fmt: skip
def test_what_merely_happened_is_a_note_and_no_fault(good, event, facts, said):
    note(good, event, **facts)
    back = {"device_lost": "device_back"}.get(event, "disk_back")
    note(good, back, line="line1", sample=9)

    sheet = health_sheet(good)

    assert (sheet.faults, sheet.notes) == ((), (said,))
    assert sheet.verdict.startswith("合格：")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("ended", "设备断开"),
        ("silent", "设备没有数据"),
        ("moved", "声音被换到别的输入"),
        ("repeating", "设备重复同一段声音"),
        ("bug", "程序出错"),
        ("something newer", "设备中断"),
    ],
)
def test_a_gap_says_what_became_of_the_device(good, reason, words):
    note(good, "device_lost", line="line2", sample=5000, reason=reason)
    note(good, "device_back", line="line2", sample=5000)
    note(good, "gap", line="line2", sample=5000, samples=3000, seconds=3.0)

    sheet = health_sheet(good)

    assert sheet.faults == (f"演播室 断 1 处，共 3 秒（{words}）",)
    told = {row.label: row.words for row in sheet.rows() if row.part == "演播室"}
    assert told["断点"] == "1 处，共 3 秒（00:00:05 起 3 秒）"
    assert told["设备"] == f"中断 1 次（00:00:00 起；{words}），已恢复"


def test_a_device_that_repeats_itself_for_good_is_a_fault_without_any_gap(good):
    note(good, "device_lost", line="line2", sample=5000, reason="repeating")

    sheet = health_sheet(good)

    assert sheet.faults == ("演播室 从 00:00:00 起设备重复同一段声音",)
    device = next(row for row in sheet.rows() if (row.part, row.label) == ("演播室", "设备"))
    assert (device.words.endswith("到录音结束没有恢复"), device.bad) == (True, True)


def test_a_device_that_came_back_at_another_rate_says_so(good):
    note(good, "device_lost", line="line2", sample=5000, reason="ended")
    note(good, "device_back", line="line2", sample=5000, rate_hz=44_100)
    note(good, "gap", line="line2", sample=5000, samples=1000, seconds=1.0)

    told = [row.words for row in health_sheet(good).rows() if row.label == "设备"]

    assert told[1].endswith("已恢复，采样率变为 44,100 Hz")


def test_a_take_that_was_forgotten_says_why_it_ended(folder):
    sheet = recorded(folder, levelled(-20, 5), levelled(-20, 5), reason="longest")

    assert (sheet.faults, sheet.notes) == ((), ("到了最长录音时间，自动停止",))


def test_sound_that_was_brought_home_is_said_to_be(good):
    note(good, "second_folder", line="line1", sample=9, folder="乙")
    note(good, "home")

    assert health_sheet(good).notes == ("用过备用文件夹，声音已并回",)


def test_a_clock_that_was_set_is_noted(good):
    for sample, wall in ((10_000, "10:00:10"), (20_000, "10:00:20"), (30_000, "11:00:30")):
        stamp = f"2026-11-25T{wall}+08:00"
        note(good, "anchor", line="line1", sample=sample, at=sample / RATE, wall=stamp)

    sheet = health_sheet(good)

    assert (sheet.faults, sheet.notes) == ((), ("系统时钟被调快 1 小时 00 分",))


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_examined(good):
    (good / "line1-000000060000.wav").unlink()
    (good / "line1-000000060000.wav").mkdir()

    sheet = health_sheet(good)

    assert sheet.faults == ("来电 的文件 line1-000000060000.wav 读不出来",)
    assert list(sheet.lines[0].hashes) == ["line1-000000000000.wav"]


def test_what_is_still_recorded_is_said_to_be(good):
    (good / EVENTS).unlink()
    lock = FileLock(good / LOCK)
    assert lock.acquire()

    sheet = health_sheet(good)
    lock.release()

    assert (sheet.ended, sheet.faults) == (False, ())
    assert sheet.verdict.startswith("还在录，到现在合格：来电 1 分 10 秒")


def test_it_tells_how_far_it_is_and_can_be_stopped(good):
    shares: list[float] = []

    health_sheet(good, progress=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        health_sheet(good, cancelled=lambda: True)


def test_a_recorder_that_was_killed_is_told(folder):
    record(folder, "line1", coded(0, 500).tobytes())
    record(folder, "line2", coded(1, 500).tobytes())

    assert health_sheet(folder).faults == ("录音程序中途退出，最后一秒可能缺失",)


def test_a_take_that_is_consolidated_while_it_is_examined_is_as_good(good, tmp_path, monkeypatch):
    take = tmp_path / "ws" / "episodes" / "1" / "take"
    shutil.copytree(good, take)
    before = health_sheet(take)
    workspace = Workspace(tmp_path / "ws")
    listed = consolidated.segments

    def listed_in_vain(*arguments):
        found = listed(*arguments)
        if found:
            consolidate(workspace, take, progress=lambda *_: None, cancelled=lambda: False)
        return found

    monkeypatch.setattr(consolidated, "segments", listed_in_vain)
    sheet = health_sheet(take)

    assert not list(take.glob("*.wav"))
    assert sheet == before


def test_a_folder_without_a_take_says_so(tmp_path):
    with pytest.raises(TakeNotFound):
        health_sheet(tmp_path)
