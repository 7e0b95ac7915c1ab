"""What the recorder purges of 坐席 lines beside their recording, and that it never harms it."""

import pytest

from hotline_desk.take.marks import MARKS, Mark, MarkKind, add_mark
from hotline_desk.take.take import ask_to_stop
from tests.coded_sound import coded, runs, write_coded
from tests.recorder_process import RecorderProcess, events, wait_until
from tests.take.test_marks_captions import WALL

RATE = 4000
SPEED = 60  # a minute of take time goes by in a second
PRE_ROLL = 10


@pytest.fixture
def recorder(tmp_path):
    sound = write_coded(tmp_path / "two.wav", [0, 1], seconds=420, rate_hz=RATE)
    lines = (f"一号=file:{sound}?speed={SPEED}", f"演播室=file:{sound}?channel=2&speed={SPEED}")
    more = ("--role", "一号=坐席", "--purge-after", "1", "--pre-roll", str(PRE_ROLL))
    with RecorderProcess(tmp_path / "ws", *lines, more=more) as process:
        yield process


@pytest.mark.slow
def test_what_no_mark_claims_goes_while_the_line_is_recorded_and_the_rest_stays(recorder):
    take = recorder.started(40)
    add_mark(take.folder, Mark(MarkKind.CALL, 30.0, WALL, call_id=1))
    add_mark(take.folder, Mark(MarkKind.END, 50.0, WALL, call_id=1))
    wait_until(lambda: len(events(take, "purged")) >= 3)
    ask_to_stop(take.folder)
    code, _, _ = recorder.wait()

    assert code == 0
    assert {event["reason"] for event in events(take, "purged")} == {"unclaimed"}
    assert {event["line"] for event in events(take, "purged")} == {"line1"}
    heard = runs(take.read("一号", 0, take.length("一号")))
    claimed = next(run for run in heard if run.line == 0)
    assert claimed.position == claimed.number == pytest.approx((30 - PRE_ROLL) * RATE, abs=RATE)
    assert claimed.count > 30 * RATE
    silent = sum(run.count for run in heard if run.line is None)
    assert silent == sum(event["samples"] for event in events(take, "purged"))
    studio = take.length("演播室")
    assert take.read("演播室", 0, studio) == coded(1, studio).tobytes()
    assert not events(take, "gap")
    assert not events(take, "purge_failed")


@pytest.mark.slow
def test_a_purge_that_fails_is_noted_once_and_harms_no_sample(recorder):
    take = recorder.started(20)
    (take.folder / MARKS).mkdir()  # whatever makes reading marks fail
    wait_until(lambda: events(take, "purge_failed"))
    wait_until(lambda: take.length("一号") > 200 * RATE)
    ask_to_stop(take.folder)
    code, _, _ = recorder.wait()

    assert code == 0
    assert len(events(take, "purge_failed")) == 1
    for line, name in enumerate(("一号", "演播室")):
        length = take.length(name)
        assert take.read(name, 0, length) == coded(line, length).tobytes()
    assert not events(take, "gap")


@pytest.mark.slow
def test_marks_that_go_away_while_the_line_is_recorded_end_its_purging(recorder):
    take = recorder.started(40)
    add_mark(take.folder, Mark(MarkKind.CALL, 100.0, WALL, call_id=1))
    add_mark(take.folder, Mark(MarkKind.END, 200.0, WALL, call_id=1))
    wait_until(lambda: events(take, "purged"))

    (take.folder / MARKS).unlink()

    wait_until(lambda: take.length("一号") > 380 * RATE)
    ask_to_stop(take.folder)
    assert recorder.wait()[0] == 0
    assert len(events(take, "purge_failed")) == 1
    claimed = take.read("一号", 90 * RATE, 110 * RATE)
    assert [run.line for run in runs(claimed)] == [0]
