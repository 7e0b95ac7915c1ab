"""Takes become one FLAC a line, and lose nothing wherever that is interrupted."""

import dataclasses
import itertools
import json
import random
import shutil
import subprocess
import threading
from datetime import datetime

import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.domain.marks import Mark, MarkKind
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import (
    Cancelled,
    NoRoomForFlac,
    SegmentHeld,
    WorkspaceUnwritable,
)
from hotline_desk.media.sound import damaged_archives, open_line
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.system import FileLock
from hotline_desk.take import captions
from hotline_desk.take.marks import add_mark
from hotline_desk.take.purge import purged
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take
from hotline_desk.workflows.consolidate import waiting
from hotline_desk.workflows.purge import purge_ended
from hotline_desk.workflows.recover import recover
from tests.coded_sound import coded
from tests.ended_takes import (
    LEFT,
    LINES,
    RATE,
    SAMPLES,
    WHOLE,
    heard,
    make_take,
    run,
)
from tests.small_disk import fill, small_disk  # noqa: F401  a fixture


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "工会 法律在线")


@pytest.fixture
def take(workspace):
    return make_take(workspace.episodes / "2026-11-25-第190期" / "take-1")


def test_a_take_becomes_one_flac_a_line_and_sounds_as_before(workspace, take):
    before = health_sheet(take)
    shares = []
    assert waiting(workspace) == [take]

    run(workspace, take, progress=lambda share, left: shares.append((share, left)))

    assert {path.name for path in take.iterdir()} == LEFT
    assert heard(take) == WHOLE
    assert waiting(workspace) == []
    assert [share for share, _ in shares] == sorted(share for share, _ in shares)
    assert all(0 <= share <= 1 and left >= 0 for share, left in shares)
    after = health_sheet(take)
    assert after == before
    assert after.verdict == "合格：来电 2 分 30 秒、演播室 1 分 35 秒，没有断点"
    take_read = Take(take)
    assert take_read.now() == pytest.approx(SAMPLES["来电"] / RATE)
    with open_line(take_read, "来电") as sound:
        for first in (0, 479_990, 700_000, SAMPLES["来电"] - 5):
            expected = coded(0, min(100, SAMPLES["来电"] - first), first).tobytes()
            assert sound.read(first, 100) == expected


def test_what_somebody_reads_meanwhile_never_changes(workspace, take):
    faults, over, reads = [], threading.Event(), itertools.count()

    def listen():
        chosen = random.Random(190)
        known = Take(take)
        with open_line(known, "来电") as sound:
            while not over.is_set():
                first = chosen.randrange(SAMPLES["来电"] - 4000)
                if sound.read(first, 4000) != coded(0, 4000, first).tobytes():
                    faults.append(first)
                next(reads)

    reader = threading.Thread(target=listen)
    reader.start()
    try:
        run(workspace, take)
    finally:
        over.set()
        reader.join()

    assert not faults
    assert next(reads) > 3
    assert not list(take.glob("*.wav"))


def test_it_stops_when_asked_and_leaves_the_segments(workspace, take):
    files = {path.name for path in take.iterdir()}

    with pytest.raises(Cancelled):
        run(workspace, take, cancelled=lambda: True)

    assert {path.name for path in take.iterdir()} == files
    run(workspace, take)
    assert heard(take) == WHOLE


def test_a_recorder_that_starts_stops_it_at_once(workspace, take):
    recorder = FileLock(workspace.recorder_lock)

    def begin_to_record(share, left):
        recorder.acquire()

    try:
        with pytest.raises(Cancelled):
            run(workspace, take, progress=begin_to_record)

        assert waiting(workspace) == []
    finally:
        recorder.release()
    assert len(segments(take, "line2")) == 2
    assert waiting(workspace) == [take]


def test_a_disk_without_room_keeps_the_segments(small_disk):  # noqa: F811
    workspace = Workspace(small_disk)
    folder = make_take(workspace.episodes / "2026-11-25" / "take-1", seconds=24)
    files = {path.name for path in folder.iterdir()}

    with pytest.raises(NoRoomForFlac):
        run(workspace, folder)

    assert {path.name for path in folder.iterdir()} == files
    assert waiting(workspace) == [folder]


def test_a_disk_that_fills_meanwhile_keeps_the_segments(small_disk):  # noqa: F811
    workspace = Workspace(small_disk)
    folder = make_take(workspace.episodes / "2026-11-25" / "take-1", seconds=12)
    fillers = []

    def somebody_fills_it(share, left):
        if not fillers:
            fillers.append(fill(small_disk))

    with pytest.raises((NoRoomForFlac, WorkspaceUnwritable)):
        run(workspace, folder, progress=somebody_fills_it)

    assert fillers
    assert len(segments(folder, "line2")) == 1
    fillers[0].unlink()
    run(workspace, folder)
    assert damaged_archives(Take(folder)) == []


def test_a_segment_that_is_held_goes_later_and_holds_up_no_other_line(workspace, take):
    held = take / "line1-000000480000.wav"
    if subprocess.run(["mount", "--bind", held, held], check=False).returncode:
        pytest.skip("holding a file needs root here")
    try:
        for _ in range(2):
            with pytest.raises(SegmentHeld) as told:
                run(workspace, take)

        assert told.value.path == held
        assert [path.name for path in take.glob("*.wav")] == [held.name]
        assert heard(take) == WHOLE
        assert waiting(workspace) == [take]
    finally:
        subprocess.run(["umount", held], check=True)
    run(workspace, take)
    assert {path.name for path in take.iterdir()} == LEFT


def test_what_is_not_over_is_left_alone(workspace, take):
    unended = make_take(take.with_name("take-2"), ended=False)
    captioner = FileLock(take / captions.LOCK)
    captioner.acquire()
    try:
        assert waiting(workspace) == []
        run(workspace, take)
        run(workspace, unended)
    finally:
        captioner.release()
    assert len(list(take.glob("*.wav"))) == 5
    assert len(list(unended.glob("*.wav"))) == 5

    assert recover(workspace) == [unended]

    assert waiting(workspace) == [take, unended]
    run(workspace, unended)
    assert heard(unended) == WHOLE


def test_segments_in_a_second_folder_are_consolidated_as_well(workspace, take, tmp_path):
    second = tmp_path / "第二块盘" / "take-1"
    second.mkdir(parents=True)
    record = json.loads((take / "take.json").read_bytes()) | {"second": str(second)}
    (take / "take.json").write_text(json.dumps(record), encoding="utf-8")
    moved = take / "line1-000000480000.wav"
    away = second / moved.name
    shutil.move(moved, away)
    shutil.move(second, tmp_path / "unplugged")
    run(workspace, take)
    assert len(segments(take, "line1")) == 2, "a volume that is away may come back"
    shutil.move(tmp_path / "unplugged", second)

    run(workspace, take)

    assert not away.exists()
    assert {path.name for path in take.iterdir()} == LEFT
    assert heard(take) == WHOLE


def test_a_seat_waits_for_its_purge_and_can_be_purged_as_a_flac(workspace):
    lines = [dataclasses.replace(line, role=line.name) for line in LINES[:1]]
    lines.append(dataclasses.replace(LINES[1], name="坐席", role="坐席"))
    began = datetime.fromisoformat("2026-01-07T09:50:00+08:00")
    folder = make_take(workspace.episodes / "2026-01-07" / "take-1", lines=lines, began=began)
    for kind, at, call in (
        (MarkKind.CALL, 5.0, 1),
        (MarkKind.END, 10.0, 1),
        (MarkKind.CALL, 30.0, 2),
        (MarkKind.END, 80.0, 2),
    ):
        add_mark(folder, Mark(kind=kind, at=at, wall=began, call_id=call))
    claimed = coded(1, 95 * RATE)
    claimed[83 * RATE :] = 0

    run(workspace, folder)
    assert [path.name for path in folder.glob("*.flac")] == ["line1.flac"]
    purge_ended(workspace, Settings(), studio_now())
    run(workspace, folder)
    assert not list(folder.glob("*.wav"))
    assert seat(folder) == claimed.tobytes()
    add_mark(folder, Mark(kind=MarkKind.REFUSED, at=80.0, wall=began, call_id=2, pre_roll=10.0))
    recorder = FileLock(workspace.recorder_lock)
    recorder.acquire()
    assert purge_ended(workspace, Settings(), studio_now()).changed == [], "recording comes first"
    recorder.release()
    assert seat(folder) == claimed.tobytes()

    assert purge_ended(workspace, Settings(), studio_now()).changed == [folder]

    claimed[13 * RATE :] = 0  # and the pre-roll is nobody's any more
    assert seat(folder) == claimed.tobytes()
    assert {path.name for path in folder.glob("*.flac*")} == {"line1.flac", "line2-2.flac"}
    assert {gone.reason for gone in purged(Take(folder))} == {"unclaimed", "refused"}
    assert purge_ended(workspace, Settings(), studio_now()).changed == []
    assert damaged_archives(Take(folder)) == []


def seat(folder):
    with open_line(Take(folder), "坐席") as sound:
        return sound.read(0, sound.samples)


def test_a_long_path_of_chinese_words_and_blanks_is_none_the_worse(workspace):
    folder = make_take(workspace.episodes / ("很长的 名字" * 12) / ("又长又 长" * 12), seconds=3)
    assert len(str(folder)) > 200

    run(workspace, folder)

    assert {path.name for path in folder.iterdir()} == LEFT
    assert damaged_archives(Take(folder)) == []
