"""What is asked of the ledger outside any episode, whatever store stands behind it."""

from datetime import timedelta

from hotline_desk.domain.calls import CallQuery, CallState
from hotline_desk.domain.questions import QuestionQuery
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question

BY = "接线员"


def at(ledger, ago, *steps, episode=None):
    moment = AT - ago
    call = ledger.add_call(a_call(episode=episode, at=moment), by=BY)
    for state in steps:
        ledger.set_state(call.id, state, at=moment, by=BY)
    return call.id


def test_calls_since_a_moment_and_those_outside_that_wait_for_the_air(ledger):
    day = timedelta(days=1)
    lately = at(ledger, timedelta(minutes=5))
    called_back = at(ledger, day, CallState.ANSWERED, CallState.CALL_BACK)
    ledger.set_state(called_back, CallState.ANSWERED, at=AT - timedelta(minutes=5), by=BY)
    ended = at(ledger, day, CallState.ANSWERED)
    ledger.set_state(ended, CallState.ENDED, at=AT - timedelta(minutes=5), by=BY)
    at(ledger, day)
    at(ledger, day, CallState.ANSWERED, CallState.ENDED)
    waiting = [
        at(ledger, 9 * day, CallState.ANSWERED, *more)
        for more in ((CallState.WAITING,), (CallState.NEXT,), (CallState.CALL_BACK,))
    ]
    just_now = at(ledger, timedelta(), episode=EPISODE.number)
    waits_on = at(ledger, day, CallState.ANSWERED, episode=EPISODE.number)
    ledger.set_state(waits_on, CallState.WAITING, at=AT - timedelta(minutes=5), by=BY)
    at(ledger, 2 * day, CallState.WAITING, episode=EPISODE.number)

    found = ledger.calls(CallQuery(at_desk_since=AT - timedelta(hours=1)))

    assert {call.id for call in found} == {lately, called_back, *waiting, just_now, waits_on}


def test_questions_outside_and_those_of_a_take(ledger):
    outside = ledger.add_question(a_question(episode=None, take=""), by=BY)
    inside = ledger.add_question(a_question(episode=EPISODE.number, take=TAKE), by=BY)

    assert [row.id for row in ledger.questions(QuestionQuery(outside=True))] == [outside.id]
    assert [row.id for row in ledger.questions(QuestionQuery(take=TAKE))] == [inside.id]
