import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.calls import Caller, CallState
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import CallNotFound, NothingToUndo, QuestionInCase
from tests.ledger.records import (
    AT,
    EPISODE,
    TAKE,
    a_call,
    a_question,
    call_changes,
    episodes,
    heard,
    new_calls,
    new_questions,
    question_changes,
)


def state(ledger):
    """Everything that can be seen of a ledger but its history."""
    return (
        ledger.episodes(),
        ledger.calls(),
        ledger.questions(),
        ledger.edits(TAKE),
        ledger.earlier_calls("13800005678"),
        ledger.search("工资"),
    )


def _add_call(ledger, new):
    ledger.add_call(new, by="甲")


def _add_question(ledger, new):
    ledger.add_question(new, by="甲")


def _save_episode(ledger, episode):
    ledger.save_episode(episode, by="甲")


def _save_call(ledger, changes):
    for call in ledger.calls()[:1]:
        ledger.save_call(dataclasses.replace(call, **changes), by="甲")


def _save_question(ledger, changes):
    for question in ledger.questions()[:1]:
        ledger.save_question(dataclasses.replace(question, **changes), by="甲")


def _set_state(ledger, wanted):
    for call in ledger.calls()[:1]:
        if call.state.may_become(wanted):
            ledger.set_state(call.id, wanted, at=AT + timedelta(minutes=1), by="甲")


def _edit(ledger, text):
    ledger.add_edit(TAKE, Edit("来电", 0.0, text), by="甲")


operations = st.one_of(
    st.tuples(st.just(_add_call), new_calls),
    st.tuples(st.just(_add_question), new_questions),
    st.tuples(st.just(_save_episode), episodes),
    st.tuples(st.just(_save_call), call_changes),
    st.tuples(st.just(_save_question), question_changes),
    st.tuples(st.just(_set_state), st.sampled_from(CallState)),
    st.tuples(st.just(_edit), st.sampled_from(["工资", "工龄", ""])),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(operations, max_size=8))
def test_undoing_every_step_leads_back_through_every_state(store, tmp_path_factory, done):
    with store(tmp_path_factory.mktemp("undo")) as ledger:
        ledger.save_episode(EPISODE, by="乙")
        ledger.copy_utterances(TAKE, [heard("拖欠工资")])
        states = [state(ledger)]
        for operation, what in done:
            operation(ledger, what)
            if state(ledger) != states[-1]:
                states.append(state(ledger))

        while states:
            assert state(ledger) == states.pop()
            if states:
                ledger.undo(by="甲")

        with pytest.raises(NothingToUndo):
            ledger.undo(by="甲")
        assert ledger.examine() == []


def test_what_is_undone_is_told_in_words(ledger):
    call = ledger.add_call(a_call(caller=Caller(name="董", phone="13800005678")), by="甲")
    question = ledger.add_question(a_question(call_id=call.id), by="甲")
    ledger.save_question(
        dataclasses.replace(question, category=Category.WAGES, point="欠薪"), by="甲"
    )
    ledger.set_state(call.id, CallState.ON_AIR, at=AT + timedelta(minutes=1), by="甲")

    assert ledger.undo(by="甲") == "通话（董）：状态"
    assert ledger.undo(by="甲") == "问题 GHFL-2026-190-01：问题类别、诉求要点"
    assert ledger.undo(by="甲") == "新增问题 GHFL-2026-190-01"
    assert ledger.undo(by="甲") == "新增通话（董）"
    with pytest.raises(NothingToUndo):
        ledger.undo(by="甲")


def test_only_ones_own_and_recent_changes_are_undone(ledger):
    ledger.add_call(a_call(), by="甲")
    ledger.add_call(a_call(), by="乙")

    with pytest.raises(NothingToUndo):
        ledger.undo(by="丙")
    with pytest.raises(NothingToUndo):
        ledger.undo(by="甲", since=datetime.now(UTC) + timedelta(hours=1))
    ledger.undo(by="甲", since=datetime.now(UTC) - timedelta(hours=1))

    assert [call.id for call in ledger.calls()] == [2]


def test_what_another_has_changed_since_then_stays(ledger):
    question = ledger.add_question(a_question(), by="甲")
    mine = dataclasses.replace(question, point="欠薪", employer="某公司")
    ledger.save_question(mine, by="甲")
    ledger.save_question(dataclasses.replace(mine, point="拖欠工资"), by="乙")

    ledger.undo(by="甲")

    now = ledger.question(question.id)
    assert (now.point, now.employer) == ("拖欠工资", "")


def test_a_number_taken_back_is_not_given_again(ledger):
    first = ledger.add_question(a_question(text="工资"), by="甲")
    ledger.undo(by="甲")
    second = ledger.add_question(a_question(), by="甲")

    assert (first.number, second.number) == ("GHFL-2026-190-01", "GHFL-2026-190-02")
    assert ledger.questions() == [second]
    assert ledger.search("工资") == []
    assert ledger.examine() == []


def test_what_was_written_together_is_undone_together(ledger):
    with ledger.together():
        call = ledger.add_call(a_call(), by="甲")
        ledger.set_state(call.id, CallState.ON_AIR, at=AT, by="甲")
        ledger.add_question(a_question(call_id=call.id), by="甲")

    assert ledger.undo(by="甲") == "新增通话（未留姓名）；新增问题 GHFL-2026-190-01"

    assert (ledger.calls(), ledger.questions()) == ([], [])
    assert ledger.examine() == []


def test_what_is_written_together_is_dropped_together(ledger):
    def half():
        with ledger.together():
            call = ledger.add_call(a_call(), by="甲")
            ledger.add_question(a_question(call_id=call.id + 1), by="甲")

    with pytest.raises(CallNotFound):
        half()

    assert (ledger.calls(), ledger.questions()) == ([], [])
    assert ledger.history("calls", 1) == []


def test_a_question_stays_while_a_case_of_somebody_else_hangs_on_it(ledger):
    question = ledger.add_question(a_question(), by="甲")
    case = ledger.add_case(NewCase(received=AT.date(), questions=(question.id,)), by="乙")

    with pytest.raises(QuestionInCase) as refused:
        ledger.undo(by="甲")

    assert (refused.value.number, refused.value.case) == (question.number, case.number)
    assert ledger.question(question.id) == question
    assert ledger.case(case.id) == case

    ledger.undo(by="乙")
    ledger.undo(by="甲")
    assert ledger.questions() == []


def test_a_question_and_its_case_that_came_in_together_go_together(ledger):
    with ledger.together():
        question = ledger.add_question(a_question(), by="甲")
        ledger.add_case(NewCase(received=AT.date(), questions=(question.id,)), by="甲")

    ledger.undo(by="甲")

    assert ledger.questions() == []
    assert ledger.cases() == []
