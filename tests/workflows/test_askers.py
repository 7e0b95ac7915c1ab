"""Who asked, written down later for a question that came without a call."""

from dataclasses import replace

import pytest

from hotline_desk.domain.calls import Caller, CallerKind, CallState, Channel, Gender, NewCall
from hotline_desk.domain.casework.cases import Party
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import QuestionNotFound
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.workflows import case_money, cases
from hotline_desk.workflows.askers import call_of, save_asker

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


OTHERS = [Party(name="李强"), Party(name="赵梅")]


@pytest.mark.parametrize(
    ("was", "now", "others", "named"),
    [
        ({"name": "王"}, {"name": "王小丽"}, [], ["王小丽"]),
        ({"name": "王", "title": Gender.WOMAN}, {"title": Gender.MAN}, [], ["王先生"]),
        ({"name": "王小燕"}, {"name": "王晓燕"}, OTHERS, ["王晓燕", "李强", "赵梅"]),
        ({"name": "王小燕"}, {"name": ""}, OTHERS, ["匿名", "李强", "赵梅"]),
        ({"name": "王小燕"}, {"name": "李强"}, OTHERS, ["王小燕", "李强", "赵梅"]),
        ({"name": "王小燕"}, {"kind": CallerKind.FAMILY}, OTHERS, ["李强", "赵梅"]),
        ({"name": "王小燕"}, {"name": ""}, [Party(name="匿名")], ["匿名当事人 1", "匿名"]),
        ({}, {"name": "王小燕"}, [Party(name="匿名"), *OTHERS], ["王小燕", "李强", "赵梅"]),
        ({}, {"title": Gender.WOMAN}, [Party(name="匿名")], ["匿名"]),
        ({}, {"name": "王小燕"}, [], ["王小燕"]),
        ({}, {"name": "王小燕"}, OTHERS, ["李强", "赵梅"]),
        ({"name": "王小燕"}, {"phone": "13800005678"}, [], ["王小燕"]),
    ],
)
def test_a_case_calls_who_asked_as_the_card_does(ledger, was, now, others, named):
    """One name is written in one place, and put right in one step."""
    call = ledger.add_call(NewCall(episode=None, at=studio_now(), caller=Caller(**was)), by=BY)
    case = cases.open_case(ledger, [question(ledger, call_id=call.id).id], by=BY)
    before = case_money.note_parties(ledger, case.id, [*case.parties, *others], by=BY)

    save_asker(ledger, replace(call, caller=replace(call.caller, **now)), by=BY)

    assert [party.name for party in ledger.case(case.id).parties] == named
    ledger.undo(by=BY)
    assert ledger.case(case.id) == before
    assert ledger.call(call.id) == call


def test_money_that_has_come_goes_along_with_the_name(ledger):
    asker = Caller(name="王")
    call = ledger.add_call(NewCall(episode=None, at=studio_now(), caller=asker), by=BY)
    case = cases.open_case(ledger, [question(ledger, call_id=call.id).id], by=BY)
    case_money.note_payment(ledger, case.id, 500, on=studio_now().date(), by=BY)

    save_asker(ledger, replace(call, caller=replace(asker, name="王小丽")), by=BY)
    save_asker(ledger, replace(call, caller=replace(asker, kind=CallerKind.FAMILY)), by=BY)

    (party,) = ledger.case(case.id).parties
    assert (party.name, party.received_fen) == ("王小丽", 500)
