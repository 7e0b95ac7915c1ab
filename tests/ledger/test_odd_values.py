"""File names and arguments bring what SQLite cannot hold: half characters and numbers too big."""

import dataclasses

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import CallNotFound, EpisodeNotFound, QuestionNotFound
from tests.ledger.records import AT, EPISODE, a_call, a_question, heard

HALF = b"\xe5\xb7".decode("utf-8", "surrogateescape")
ODD_TAKE = f"episodes/{HALF}/take-1"
TOO_BIG = [1 << 63, -(1 << 63) - 1, 99_999_999_999_999_999_999, 10**300]


@pytest.mark.parametrize("number", TOO_BIG)
def test_a_number_beyond_all_that_are_stored_is_not_there(ledger, number):
    with pytest.raises(EpisodeNotFound) as error:
        ledger.episode(number)
    assert error.value.number == number
    with pytest.raises(EpisodeNotFound):
        ledger.add_call(a_call(episode=number), by="甲")
    with pytest.raises(CallNotFound):
        ledger.call(number)
    with pytest.raises(QuestionNotFound):
        ledger.question(number)
    assert ledger.questions(QuestionQuery(episode=number)) == []
    assert ledger.takes(number) == {}


def test_half_characters_are_stored_as_question_marks(ledger):
    caller = Caller(name=f"王{HALF}", phone=HALF, employer=HALF)
    call = ledger.add_call(a_call(caller=caller, take=ODD_TAKE, line=HALF), by=f"甲{HALF}")
    question = ledger.add_question(
        a_question(call_id=call.id, point=HALF, text=f"工{HALF}资", articles=HALF), by="甲"
    )
    ledger.save_question(dataclasses.replace(question, answer=f"可以{HALF}"), by=HALF)
    ledger.save_episode(dataclasses.replace(EPISODE, topic=HALF), by="甲")
    ledger.add_take(ODD_TAKE, EPISODE.number, AT)
    ledger.copy_utterances(ODD_TAKE, [heard(f"社{HALF}保", line=HALF), heard("医保", 3.0)])
    ledger.add_edit(ODD_TAKE, Edit("来电", 3.0, f"医{HALF}保"), by="甲")

    assert call.caller == Caller(name="王??", phone="??", employer="??")
    assert question.text == "工??资"
    assert ledger.takes() == {"episodes/??/take-1": 0}
    assert [hit.text for hit in ledger.search(f"社{HALF}保")] == ["社??保"]
    assert [hit.text for hit in ledger.search("??保")] == ["医??保", "社??保"]
    assert ledger.history("calls", call.id)[0].by == "甲??"
    assert ledger.examine() == []

    assert ledger.undo(by=HALF) == f"问题 {question.number}：解答要点"
    assert ledger.question(question.id) == question
    assert ledger.examine() == []
