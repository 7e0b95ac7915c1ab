"""Who asked, written down later for a question that came without a call."""

import pytest

from hotline_desk.domain.calls import CallState, Channel, NewCall
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import QuestionNotFound
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.workflows.askers import call_of

BY = "台账管理员"


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        yield ledger


def question(ledger, **given):
    new = NewQuestion(episode=None, channel=Channel.APP, point="欠薪", at=studio_now(), **given)
    return ledger.add_question(new, by=BY)


def test_a_question_with_a_call_keeps_it(ledger):
    call = ledger.add_call(NewCall(episode=None, at=studio_now()), by=BY)
    asked = question(ledger, call_id=call.id)

    assert call_of(ledger, asked.id, by=BY) == call
    assert len(ledger.calls()) == 1


def test_one_without_gets_a_call_that_is_over_and_came_as_it_did(ledger):
    asked = ledger.question(question(ledger).id)

    call = call_of(ledger, asked.id, by=BY)

    assert (call.channel, call.state, call.episode) == (Channel.APP, CallState.ENDED, None)
    assert (call.at, call.point) == (asked.at, "欠薪")
    assert ledger.question(asked.id).call_id == call.id
    assert call_of(ledger, asked.id, by=BY) == call


def test_it_is_taken_back_in_one(ledger):
    asked = question(ledger)
    call_of(ledger, asked.id, by=BY)

    ledger.undo(by=BY)

    assert ledger.question(asked.id).call_id is None
    assert ledger.calls() == []


def test_no_call_is_filed_for_a_question_that_is_not_there(ledger):
    with pytest.raises(QuestionNotFound):
        call_of(ledger, 77, by=BY)

    assert ledger.calls() == []
