"""Takes that are damaged or lack something, before and after they become FLAC."""

import dataclasses

import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.errors import (
    SegmentDiffers,
)
from hotline_desk.media.sound import damaged_archives
from hotline_desk.paths import Workspace
from hotline_desk.take import journal
from hotline_desk.take.consolidated import CONSOLIDATED, consolidated
from hotline_desk.take.segments import segments
from hotline_desk.take.take import EVENTS, Take
from hotline_desk.workflows.consolidate import waiting
from hotline_desk.workflows.recover import recover
from tests.ended_takes import (
    LINES,
    RATE,
    SAMPLES,
    STARTED,
    WHOLE,
    heard,
    make_take,
    note_end,
    run,
    spoil,
)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "工会 法律在线")


@pytest.fixture
def take(workspace):
    return make_take(workspace.episodes / "2026-11-25-第190期" / "take-1")


def test_a_segment_that_was_changed_since_stays_beside_the_flac(workspace, take):
    kept = take / "line1-000000480000.wav"
    content = kept.read_bytes()
    run(workspace, take)
    kept.write_bytes(content)
    spoil(kept)

    with pytest.raises(SegmentDiffers):
        run(workspace, take)

    assert kept.exists()
    assert heard(take) == WHOLE


@pytest.mark.parametrize("missing", ["line1-000000480000.wav", "line1-000000960000.wav"])
def test_a_line_with_a_missing_file_is_left_in_segments(workspace, take, missing):
    content = (take / missing).read_bytes()
    (take / missing).unlink()
    faults = health_sheet(take).faults

    run(workspace, take)

    assert faults
    assert health_sheet(take).faults == faults
    assert len(segments(take, "line1")) == 2
    assert consolidated(take, "line2") is not None
    (take / missing).write_bytes(content)
    run(workspace, take)
    assert heard(take) == WHOLE


def test_what_a_full_disk_refused_is_not_waited_for(workspace, take):
    (take / "line1-000000960000.wav").unlink()
    (take / EVENTS).unlink()
    about = {"event": "disk_full", "line": "line1", "sample": 960_000}
    journal.append(take / EVENTS, about | {"at": 120.0, "wall": STARTED.isoformat()})
    note_end(take, samples={"line1": 150 * RATE, "line2": 95 * RATE})
    faults = health_sheet(take).faults

    run(workspace, take)

    assert not list(take.glob("*.wav"))
    assert health_sheet(take).faults == faults


def test_damage_done_later_is_found_by_one_byte(workspace, take):
    run(workspace, take)
    assert damaged_archives(Take(take)) == []

    spoil(take / "line2.flac")

    assert damaged_archives(Take(take)) == ["演播室 的声音文件 line2.flac 已损坏，请从备份恢复"]
    assert health_sheet(take).faults == ("演播室 的声音文件 line2.flac 已损坏，请从备份恢复",)
    (take / "line2.flac").unlink()
    assert health_sheet(take).faults == ("演播室 的声音文件全部缺失，应有 1 分 35 秒",)


def test_a_flac_whose_record_is_lost_is_heard_all_the_same(workspace, take):
    run(workspace, take)
    assert heard(take) == WHOLE

    (take / CONSOLIDATED).write_text("坏了\n", encoding="utf-8")
    run(workspace, take)

    assert heard(take) == WHOLE
    assert waiting(workspace) == []
    assert health_sheet(take).faults == tuple(
        f"{name} 的归档记录丢失，声音还在 line{n}.flac，无法核对"
        for n, name in enumerate(SAMPLES, 1)
    )


@pytest.mark.parametrize(
    "hurt",
    [
        {"event": "end", "samples": {"line1": "x", "line2": None}},
        {"event": "disk_full", "line": "line1", "sample": "x", "reason": "full"},
        {"event": "end", "wall": "x"},
        {"event": "end", "wall": "2026-11-25T09:50:00"},
    ],
)
def test_a_take_with_a_damaged_event_is_passed_over_and_keeps_no_other_waiting(
    workspace, caplog, hurt
):
    lines = (LINES[0], dataclasses.replace(LINES[1], role="坐席"))
    hurt_take = make_take(workspace.episodes / "0" / "take", seconds=3, ended=False, lines=lines)
    end = {"at": 3.0, "wall": STARTED.isoformat(), "reason": "stop"}
    journal.append(hurt_take / EVENTS, end | hurt)
    if hurt["event"] != "end":
        journal.append(hurt_take / EVENTS, end | {"event": "end"})
    sound = make_take(workspace.episodes / "1" / "take", seconds=3)

    assert waiting(workspace) == [sound]

    assert "cannot be put away" in caplog.text
    caplog.clear()
    recover(workspace)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [],
        lambda lines: lines[:-1],
        lambda lines: [line.replace(b'line2-2.flac"', b'line2-7.flac"') for line in lines],
        lambda lines: [line.replace(b'"samples": ', b'"samples": 9') for line in lines],
    ],
)
def test_a_flac_whose_record_is_lost_or_wrong_is_found_all_the_same(workspace, change):
    folder = make_take(workspace.episodes / "190" / "take", seconds=3)
    run(workspace, folder)
    before = heard(folder)
    (folder / "line2.flac").rename(folder / "line2-2.flac")
    path = folder / CONSOLIDATED
    records = path.read_bytes().replace(b'line2.flac"', b'line2-2.flac"')
    path.write_bytes(b"".join(change(records.splitlines(keepends=True))))

    assert heard(folder) == before
