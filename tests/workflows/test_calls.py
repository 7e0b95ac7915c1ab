"""Calls on the air: each key leaves its mark on the take and its row in the ledger."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import StepNotAllowed, WorkspaceUnwritable
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.take import LineInfo, Take, create_take
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.proposals import unfilled

CALLER, STUDIO = "来电", "演播室"


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def take(workspace):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-20261125-095000"
    folder.mkdir(parents=True)
    lines = [
        LineInfo(id=f"line{n}", name=name, role=name, device="file:x.wav", channel=n, rate_hz=8000)
        for n, name in ((1, CALLER), (2, STUDIO))
    ]
    create_take(
        folder,
        lines,
        started_at=datetime.now().astimezone(),
        monotonic_ns=0,
        delay_seconds=20.0,
        speed=1.0,
    )
    return folder


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="导播")
        yield ledger


@pytest.fixture
def desk(ledger, workspace, take):
    desk = CallDesk(ledger, workspace, episode=190, by="导播")
    desk.follow(take)
    return desk


def say(take, line, start, text):
    """Put *text* on *line*, a word of one character each 0.2 s from *start* on."""
    words = tuple(
        Word(char, start + 0.2 * n, start + 0.2 * (n + 1), 1.0) for n, char in enumerate(text)
    )
    append_utterance(take, Utterance(line, start, words[-1].end, text, words))


def test_rows_carry_the_time_that_their_captions_show(desk, take):
    call = desk.ring(at=600.0)

    question = desk.mark_question(call, at=615.0)

    began = Take(take).started_at
    assert abs(call.at - began - timedelta(seconds=600)) < timedelta(seconds=1)
    assert abs(question.at - began - timedelta(seconds=615)) < timedelta(seconds=1)
    assert question.at.utcoffset() == timedelta(hours=8)


def plain(text):
    return "".join(char for char in text if char.isalnum())


def test_a_call_goes_on_the_air_and_ends_with_a_mark_for_each(desk, take):
    call = desk.ring(at=2.0)
    assert call.state is CallState.ANSWERED

    desk.advance(call.id, CallState.WAITING, at=5.0)
    desk.advance(call.id, CallState.ON_AIR, at=9.0)
    call = desk.end(call.id, at=20.0)

    assert (call.state, call.began, call.ended) == (CallState.ENDED, 2.0, 20.0)
    assert [(mark.kind, mark.at) for mark in marks(take)] == [
        (MarkKind.CALL, 2.0),
        (MarkKind.AIR, 9.0),
        (MarkKind.END, 20.0),
    ]


def test_a_forbidden_step_changes_nothing(desk, take):
    call = desk.end(desk.ring(at=1.0).id, at=2.0)
    before = marks(take)

    with pytest.raises(StepNotAllowed):
        desk.advance(call.id, CallState.ON_AIR, at=3.0)

    assert marks(take) == before
    assert desk.calls()[0].state is CallState.ENDED


def test_a_call_put_on_the_air_ends_the_one_that_was_there(desk):
    first, second = desk.ring(at=1.0), desk.ring(at=2.0)
    desk.advance(first.id, CallState.ON_AIR, at=3.0)

    desk.advance(second.id, CallState.ON_AIR, at=9.0)

    states = {call.id: call.state for call in desk.calls()}
    assert states == {first.id: CallState.ENDED, second.id: CallState.ON_AIR}


def test_a_question_begins_where_the_caller_began_to_speak(desk, take):
    call = desk.ring(at=1.0)
    say(take, CALLER, 3.0, "喂你好")
    say(take, CALLER, 10.0, "老板拖欠两个月工资")
    desk.follow_captions()

    question = desk.mark_question(call, at=14.0)

    assert question.asked.start == 10.0
    assert question.number == "GHFL-2026-190-01"
    assert plain(question.text).startswith("老板拖欠")


def test_a_question_begins_with_the_utterance_that_is_still_being_spoken(desk, take):
    call = desk.ring(at=1.0)
    say(take, CALLER, 3.0, "喂你好")
    desk.follow_captions()
    desk.speaking(CALLER, 8.0)

    assert desk.mark_question(call, at=9.5).asked.start == 8.0


def test_a_question_reaches_no_more_than_30_seconds_back(desk):
    call = desk.ring(at=1.0)
    desk.speaking(CALLER, 5.0)

    assert desk.mark_question(call, at=50.0).asked.start == 20.0


def test_a_question_never_begins_before_its_call(desk, take):
    say(take, CALLER, 3.0, "上一位听众的话")
    desk.follow_captions()
    call = desk.ring(at=8.0)

    assert desk.mark_question(call, at=9.0).asked.start == 8.0


def test_question_and_answer_get_the_words_of_their_own_line_and_time(desk, take):
    call = desk.ring(at=0.0)
    desk.speaking(CALLER, 1.0)
    question = desk.mark_question(call, at=2.0)
    say(take, CALLER, 1.0, "公司没有签合同")
    desk.speaking(CALLER, None)
    desk.speaking(STUDIO, 6.0)
    desk.mark_answer(question, at=6.5)
    say(take, STUDIO, 6.0, "可以要求赔偿")
    desk.end(call.id, at=9.0)
    say(take, STUDIO, 12.0, "下一位听众")
    desk.follow_captions()

    (row,) = desk.questions()
    assert plain(row.text) == "公司没有签合同"
    assert plain(row.answer) == "可以要求赔偿"
    assert (row.asked.start, row.asked.end) == (1.0, 6.0)
    assert (row.answered.start, row.answered.end) == (6.0, 9.0)
    assert not row.in_progress


def test_the_next_question_ends_the_one_before(desk, take):
    call = desk.ring(at=0.0)
    desk.speaking(CALLER, 1.0)
    first = desk.mark_question(call, at=2.0)
    desk.speaking(CALLER, 20.0)

    second = desk.mark_question(call, at=21.0)

    first, again = desk.questions()
    assert again.id == second.id
    assert first.asked.end == second.asked.start == 20.0
    assert second.number == "GHFL-2026-190-02"


def test_captions_do_not_touch_what_somebody_has_typed(desk, ledger, take):
    call = desk.ring(at=0.0)
    desk.speaking(CALLER, 1.0)
    question = desk.mark_question(call, at=2.0)
    typed = dataclasses.replace(question, text="我改过的话", text_typed=True)
    ledger.save_question(typed, by="导播")

    say(take, CALLER, 1.0, "公司没有签合同")
    desk.follow_captions()

    assert desk.questions()[0].text == "我改过的话"


def test_captions_that_come_after_the_call_still_reach_the_question(desk, take):
    call = desk.ring(at=0.0)
    desk.speaking(CALLER, 1.0)
    desk.mark_question(call, at=2.0)
    desk.end(call.id, at=5.0)

    say(take, CALLER, 1.0, "公司没有签合同")
    desk.follow_captions()

    assert plain(desk.questions()[0].text) == "公司没有签合同"


def test_a_desk_that_opens_again_finds_calls_questions_and_captions(desk, ledger, workspace, take):
    call = desk.ring(at=0.0)
    desk.speaking(CALLER, 1.0)
    desk.mark_question(call, at=2.0)
    say(take, CALLER, 1.0, "公司没有签合同")
    desk.follow_captions()

    again = CallDesk(ledger, workspace, episode=190, by="导播")
    again.follow(take)
    again.follow_captions()

    assert [row.number for row in again.questions()] == ["GHFL-2026-190-01"]
    assert len(ledger.utterances(again.questions()[0].take)) == 1


def test_proposals_are_offered_only_where_nothing_stands(desk, ledger, take):
    call = desk.ring(at=0.0)
    desk.speaking(CALLER, 1.0)
    question = desk.mark_question(call, at=2.0)
    say(take, CALLER, 1.0, "老板拖欠我三千元工资")
    desk.follow_captions()
    question = ledger.question(question.id)

    offered = unfilled(question, desk.proposals(question))
    assert offered["category"] is Category.WAGES
    assert offered["amount_fen"] == 300_000

    decided = dataclasses.replace(question, category=Category.CONTRACT)
    assert "category" not in unfilled(decided, desk.proposals(decided))


def test_nobody_on_the_air_goes_back_to_wait(desk):
    call = desk.advance(desk.ring(at=1.0).id, CallState.ON_AIR, at=2.0)

    with pytest.raises(StepNotAllowed):
        desk.advance(call.id, CallState.WAITING, at=3.0)

    assert desk.ledger.call(call.id).state is CallState.ON_AIR


def test_only_one_call_is_the_next_one(desk):
    first, second = desk.ring(at=1.0), desk.ring(at=2.0)
    for call in (first, second):
        desk.advance(call.id, CallState.WAITING)
        desk.advance(call.id, CallState.NEXT)

    states = {call.id: call.state for call in desk.calls()}

    assert states == {first.id: CallState.WAITING, second.id: CallState.NEXT}


def test_the_end_of_another_call_leaves_the_question_on_the_air_alone(desk):
    waiting, on_air = desk.ring(at=1.0), desk.ring(at=2.0)
    desk.advance(on_air.id, CallState.ON_AIR, at=3.0)
    desk.mark_question(on_air, at=4.0)

    desk.end(waiting.id, at=6.0)
    meanwhile = desk.questions()[0].in_progress
    desk.end(on_air.id, at=9.0)

    assert meanwhile
    assert not desk.questions()[0].in_progress


def test_no_undo_of_a_person_takes_captions_back(desk, ledger, take):
    call = desk.ring(at=1.0)
    desk.mark_question(call, at=2.0)
    say(take, CALLER, 2.5, "公司拖欠工资")
    desk.follow_captions()

    undone = ledger.undo(by="导播")

    assert undone.startswith("新增问题")


def test_the_end_of_a_take_ends_the_question_in_progress(desk, take):
    desk.mark_question(desk.ring(at=1.0), at=2.0)

    desk.end_take()

    assert not desk.questions()[0].in_progress


def test_an_answer_keeps_what_was_decided_since_the_question_was_marked(desk, ledger):
    question = desk.mark_question(desk.ring(at=0.0), at=2.0)
    decided = dataclasses.replace(ledger.question(question.id), category=Category.WAGES, point="要")
    ledger.save_question(decided, by="导播")

    desk.mark_answer(question, at=5.0)

    (row,) = desk.questions()
    assert (row.category, row.point) == (Category.WAGES, "要")


def test_a_call_that_is_over_keeps_its_end_when_it_is_taken_off_line(desk, take):
    call = desk.end(desk.ring(at=1.0).id, at=60.0)

    call = desk.advance(call.id, CallState.OFFLINE, at=1500.0)

    assert (call.state, call.ended) == (CallState.OFFLINE, 60.0)
    assert [mark.kind for mark in marks(take)].count(MarkKind.END) == 1


def test_a_mark_that_cannot_be_written_leaves_no_row(desk, ledger, take):
    (take / "marks.jsonl").mkdir()

    with pytest.raises(WorkspaceUnwritable):
        desk.ring(at=1.0)
    with pytest.raises(WorkspaceUnwritable):
        desk.mark_question(None, at=2.0)

    assert desk.calls() == []
    assert desk.questions() == []


def test_a_take_without_a_caller_s_line_has_its_questions_on_its_first_line(
    ledger, workspace, take
):
    record = take / "take.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"来电"', '"坐席"'), "utf-8")
    desk = CallDesk(ledger, workspace, episode=190, by="导播")
    desk.follow(take)

    question = desk.mark_question(None, at=1.0)

    assert question.asked.line == "坐席"
    assert desk.mark_answer(question, at=2.0).answered.line == STUDIO


def test_words_that_come_after_the_lawyer_s_confirmation_take_it_away(desk, ledger, take):
    question = desk.mark_answer(desk.mark_question(desk.ring(at=0.0), at=1.0), at=2.0)
    say(take, STUDIO, 2.0, "可以申请仲裁")
    desk.follow_captions()
    read = ledger.question(question.id)
    ledger.save_question(dataclasses.replace(read, confirmed=True), by="导播")

    desk.follow_captions()
    assert ledger.question(question.id).confirmed

    say(take, STUDIO, 6.0, "也可以投诉")
    desk.follow_captions()
    assert not ledger.question(question.id).confirmed


def test_without_a_recording_a_question_points_to_no_sound(ledger, workspace):
    desk = CallDesk(ledger, workspace, episode=190, by="导播")

    question = desk.mark_question(desk.ring(), at=None)
    question = desk.mark_answer(question)

    assert (question.asked, question.answered, question.in_progress) == (None, None, False)
