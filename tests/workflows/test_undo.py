"""Undoing takes back the mark with its row, and marks that have no row."""

from datetime import date, datetime, timedelta

import pytest

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.casework.claims import claimed
from hotline_desk.domain.episodes import Episode
from hotline_desk.errors import NothingToUndo, WorkspaceUnwritable
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.take.marks import MARKS, Mark, MarkKind, add_mark, marks
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.undo import undo

CALL, AIR, END = MarkKind.CALL, MarkKind.AIR, MarkKind.END
QUESTION, ANSWER, DUMP = MarkKind.QUESTION, MarkKind.ANSWER, MarkKind.DUMP


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def take(workspace):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-20261125-095000"
    folder.mkdir(parents=True)
    lines = [
        LineInfo(id=f"line{n}", name=name, role=name, device="x", channel=n, rate_hz=8000)
        for n, name in ((1, "来电"), (2, "演播室"))
    ]
    now = datetime.now().astimezone()
    create_take(folder, lines, started_at=now, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    return folder


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="系统")
        yield ledger


@pytest.fixture
def desk(ledger, workspace, take):
    desk = CallDesk(ledger, workspace, episode=190, by="导播")
    desk.follow(take)
    return desk


def key(desk, verb, *arguments, **more):
    """Press a key: what it does is one change."""
    with desk.ledger.together():
        return verb(*arguments, **more)


def kinds(take):
    return [mark.kind for mark in marks(take)]


def test_a_call_that_was_filed_by_mistake_leaves_no_mark(desk, take):
    key(desk, desk.ring, at=5.0)

    undo(desk)

    assert marks(take) == []
    assert desk.calls() == []


def test_a_question_that_was_marked_by_mistake_leaves_no_mark_and_the_one_before_goes_on(
    desk, take
):
    call = key(desk, desk.ring, at=5.0)
    first = key(desk, desk.mark_question, call, at=10.0)
    key(desk, desk.mark_question, call, at=50.0)

    undo(desk)

    assert kinds(take) == [CALL, QUESTION]
    assert desk.questions() == [desk.ledger.question(first.id)]
    assert desk.questions()[0].in_progress


def test_an_answer_that_was_marked_by_mistake_leaves_no_mark(desk, take):
    question = key(desk, desk.mark_question, key(desk, desk.ring, at=5.0), at=10.0)
    key(desk, desk.mark_answer, question, at=20.0)

    undo(desk)

    assert kinds(take) == [CALL, QUESTION]
    assert desk.questions()[0].answered is None


def test_a_call_that_was_put_on_the_air_by_mistake_gives_the_air_back(desk, take):
    first, second = key(desk, desk.ring, at=1.0), key(desk, desk.ring, at=2.0)
    key(desk, desk.advance, first.id, CallState.ON_AIR, at=3.0)
    key(desk, desk.advance, second.id, CallState.ON_AIR, at=9.0)

    undo(desk)

    states = {call.id: call.state for call in desk.calls()}
    assert states == {first.id: CallState.ON_AIR, second.id: CallState.ANSWERED}
    assert [(mark.kind, mark.call_id) for mark in marks(take)] == [
        (CALL, first.id),
        (CALL, second.id),
        (AIR, first.id),
    ]


def test_a_call_that_was_ended_by_mistake_goes_on_and_claims_on(desk, take):
    call = key(desk, desk.ring, at=40.0)
    key(desk, desk.end, call.id, at=50.0)

    undo(desk)

    assert kinds(take) == [CALL]
    assert claimed(marks(take), pre_roll=30.0)[0].end == float("inf")


def test_every_key_can_be_taken_back_one_after_the_other(desk, take):
    call = key(desk, desk.ring, at=1.0)
    key(desk, desk.advance, call.id, CallState.ON_AIR, at=2.0)
    question = key(desk, desk.mark_question, call, at=3.0)
    key(desk, desk.mark_answer, question, at=4.0)
    key(desk, desk.end, call.id, at=5.0)
    assert kinds(take) == [CALL, AIR, QUESTION, ANSWER, END]

    for left in ([CALL, AIR, QUESTION, ANSWER], [CALL, AIR, QUESTION], [CALL, AIR], [CALL], []):
        undo(desk)
        assert kinds(take) == left
    with pytest.raises(NothingToUndo):
        undo(desk)


def test_a_dropped_call_ends_and_one_that_is_back_begins_again(desk, take):
    call = key(desk, desk.ring, at=1.0)
    key(desk, desk.advance, call.id, CallState.DROPPED, at=20.0)
    key(desk, desk.advance, call.id, CallState.ANSWERED, at=90.0)
    key(desk, desk.end, call.id, at=99.0)

    assert [(mark.kind, mark.at) for mark in marks(take)] == [
        (CALL, 1.0),
        (END, 20.0),
        (CALL, 90.0),
        (END, 99.0),
    ]
    undo(desk)
    undo(desk)
    assert kinds(take) == [CALL, END]
    undo(desk)
    assert kinds(take) == [CALL]


def test_a_dropped_call_that_is_ended_has_one_end_to_undo(desk, take):
    call = key(desk, desk.ring, at=1.0)
    key(desk, desk.advance, call.id, CallState.DROPPED, at=20.0)
    key(desk, desk.end, call.id, at=90.0)

    undo(desk)
    undo(desk)

    assert kinds(take) == [CALL]


def test_a_dump_is_taken_back_before_what_was_done_earlier(desk, ledger, take):
    desk.ring(at=1.0)
    desk.mark_moment(DUMP, at=5.0)

    undo(desk)

    assert kinds(take) == [CALL]
    undo(desk)
    assert (kinds(take), desk.calls()) == ([], [])


def test_what_was_done_after_a_dump_is_taken_back_first(desk, ledger, take):
    call = desk.ring(at=1.0)
    desk.mark_moment(DUMP, at=5.0)
    key(desk, desk.end, call.id, at=9.0)

    undo(desk)

    assert kinds(take) == [CALL, DUMP]
    assert desk.calls()[0].state is CallState.ANSWERED
    undo(desk)
    assert kinds(take) == [CALL]


def test_a_clock_that_was_set_back_makes_no_old_dump_the_newest(desk, ledger, take):
    call = desk.ring(at=1.0)
    before = datetime.now().astimezone() + timedelta(hours=1)
    add_mark(take, Mark(DUMP, 5.0, before))
    key(desk, desk.end, call.id, at=9.0)

    undo(desk)

    assert kinds(take) == [CALL, DUMP]
    assert desk.calls()[0].state is CallState.ANSWERED


def test_a_dump_alone_can_be_taken_back(desk, take):
    desk.mark_moment(DUMP, at=5.0)
    desk.mark_moment(MarkKind.NAMED, at=6.0)

    assert (undo(desk), kinds(take)) == ("点名", [DUMP])
    assert (undo(desk), kinds(take)) == ("删延时", [])
    with pytest.raises(NothingToUndo):
        undo(desk)


def test_a_mark_that_cannot_be_taken_back_leaves_the_row(desk, take):
    desk.ring(at=5.0)
    (take / MARKS).rename(take / "away.jsonl")
    (take / MARKS).mkdir()  # nobody, root neither, can write or read it

    with pytest.raises(WorkspaceUnwritable):
        undo(desk)

    (take / MARKS).rmdir()
    (take / "away.jsonl").rename(take / MARKS)
    assert len(desk.calls()) == 1
    assert kinds(take) == [CALL]


def test_without_a_take_rows_are_taken_back_alone(ledger, workspace):
    desk = CallDesk(ledger, workspace, episode=190, by="导播")
    desk.ring()

    assert undo(desk).startswith("新增通话")
    assert desk.calls() == []


def test_a_ledger_of_years_is_not_read_whole_for_one_key(desk):
    key(desk, desk.mark_question, key(desk, desk.ring, at=5.0), at=10.0)
    asked = []
    desk.ledger._db.conn.set_trace_callback(asked.append)

    undo(desk)

    every = [sql for sql in asked if sql.endswith("LIMIT ifnull(NULL, -1)") and "JOIN" in sql]
    assert every
    assert [sql for sql in every if "episode = 190" not in sql and ">= '" not in sql] == []
