"""`hotline-desk check`: the sheet as people and programs read it."""

import hashlib
import json

import numpy as np
import pytest

from hotline_desk import cli
from hotline_desk.capture.health import health_sheet
from hotline_desk.capture.sheet import sheet_text
from hotline_desk.take import journal
from hotline_desk.take.segments import SegmentWriter
from hotline_desk.take.take import EVENTS, LineInfo, create_take
from tests.take.test_take import STARTED

RATE = 8_000


@pytest.fixture
def take(tmp_path):
    """A good take of 70 s: a tone that pauses, and a purged line."""
    folder = tmp_path / "take-20261125-095000"
    folder.mkdir()
    names = (("line1", "来电", "来电"), ("line2", "坐席一", "坐席"))
    lines = [
        LineInfo(id=id_, name=name, role=role, device="d", channel=1, rate_hz=RATE)
        for id_, name, role in names
    ]
    create_take(folder, lines, started_at=STARTED, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    tone = np.round(3_277 * np.sin(np.arange(70 * RATE) * 2 * np.pi / 8)).astype("<i2")
    for line, pause in zip(lines, (slice(80_000, 160_000), slice(None)), strict=True):
        samples = tone.copy()
        samples[pause] = 0
        writer = SegmentWriter(folder, line.id, RATE)
        writer.append(samples.tobytes())
        writer.close()
    note(folder, "purged", line="line2", sample=0, samples=70 * RATE, reason="unclaimed")
    note(folder, "end", reason="stop", samples={line.id: 70 * RATE for line in lines})
    return folder


def note(folder, event, **facts):
    wall = STARTED.isoformat()
    journal.append(folder / EVENTS, {"event": event, "at": 70.0, "wall": wall} | facts)


def check(capsys, take, *options):
    code = cli.run(["check", str(take), *options])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_good_take_reads_as_a_sheet(capsys, take):
    code, out, said = check(capsys, take)

    assert (code, said) == (0, "")
    found = out.splitlines()
    assert found[:3] == [
        "录音体检单：take-20261125-095000",
        "结论：合格：来电 1 分 10 秒、坐席一 1 分 10 秒，没有断点",
        "备注：坐席一 无人认领，按设定清除 1 处，共 1 分 10 秒",
    ]
    assert found[3:12] == [
        "来电",
        "  长度：1 分 10 秒（8,000 Hz）",
        "  缺失：无",
        "  断点：无",
        "  设备：没有变化",
        "  削波：无",
        "  静音：最长 10 秒，共 10 秒（14%）",
        "  电平：峰值 -20.0 dBFS，PPM 最高 -19.9 dBFS",
        "  响度：-20.0 LUFS",
    ]
    first = (take / "line1-000000000000.wav").read_bytes()[44:]
    digest = hashlib.sha256(first).hexdigest()
    assert found[12] == f"  line1-000000000000.wav：SHA-256 {digest}"
    assert "  清除：1 处，共 1 分 10 秒（00:00:00 起 1 分 10 秒）" in found[13:]


def test_programs_get_one_object(capsys, take):
    code, out, _ = check(capsys, take, "--json")

    (line,) = out.splitlines()
    sheet = json.loads(line)
    assert (code, sheet["good"], sheet["faults"], sheet["ended"]) == (0, True, [], True)
    caller, seat = sheet["lines"]
    assert (caller["line"], caller["seconds"], caller["gaps"]) == ("来电", 70.0, [])
    assert caller["loudness_lufs"] == pytest.approx(-20, abs=0.2)
    assert (seat["peak_dbfs"], seat["loudness_lufs"]) == (None, None)
    assert seat["purged"] == [{"at": 0.0, "seconds": 70.0}]
    assert list(caller["sha256"]) == ["line1-000000000000.wav", "line1-000000480000.wav"]


def test_a_bad_verdict_is_told_and_is_exit_code_1(capsys, take):
    (take / "line1-000000480000.wav").unlink()
    note(take, "gap", line="line2", sample=16_000, samples=8_000, seconds=1.0)

    code, out, said = check(capsys, take)
    as_json = check(capsys, take, "--json")

    faults = "来电 末尾缺 10 秒；坐席一 断 1 处，共 1 秒"
    assert code == as_json[0] == 1
    assert f"结论：有问题：{faults}" in out
    assert said == f"录音“{take}”体检发现 2 处问题，声音没有改动，请按体检单核对。\n"
    assert json.loads(as_json[1])["faults"] == faults.split("；")


def test_a_folder_without_a_take_is_one_sentence(capsys, tmp_path):
    code, out, said = check(capsys, tmp_path)

    assert (code, out) == (1, "")
    assert said == f"“{tmp_path}”里没有录音，请检查文件夹是否写对。\n"


def test_a_take_is_found_by_its_name_alone(capsys, take, tmp_path):
    workspace = tmp_path / "工会法律在线"
    home = workspace / "episodes" / "2026-11-25-第190期" / take.name
    home.parent.mkdir(parents=True)
    take.rename(home)

    code, out, _ = check(capsys, take.name, "--workspace", str(workspace))

    assert code == 0
    assert out.startswith(f"录音体检单：{take.name}\n")


def test_the_sheet_says_the_same_as_text_and_as_rows(take):
    sheet = health_sheet(take)

    text = sheet_text(sheet)

    assert all(f"{row.label}：{row.words}" in text for row in sheet.rows())
    assert not [row for row in sheet.rows() if row.bad]
