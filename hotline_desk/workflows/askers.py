"""Who asked a question: put right, or written down later, as a call that is over."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallState, NewCall
from hotline_desk.domain.casework.parties import following
from hotline_desk.domain.questions import QuestionQuery

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call, Caller
    from hotline_desk.ledger.ledger import Ledger


def save_asker(ledger: Ledger, call: Call, *, by: str) -> Call:
    """Save a call whose caller may be better known now; his cases follow, in one step for undo.

    Raises:
        CallNotFound: the call is not in the ledger.
    """
    with ledger.together():
        was = ledger.call(call.id).caller
        saved = ledger.save_call(call, by=by)
        if _name(was) != _name(saved.caller):
            for question in ledger.questions(QuestionQuery(call_id=call.id)):
                case = ledger.case_of(question.id)
                if case is not None and (told := following(case, was, saved.caller)) != case:
                    ledger.save_case(told, by=by)
    return saved


def _name(caller: Caller) -> tuple[object, ...]:
    return caller.name, caller.title, caller.kind


def call_of(ledger: Ledger, question_id: int, *, by: str) -> Call:
    """Return the call that a question came by; where it has none, one is filed for it.

    Raises:
        QuestionNotFound: no question has this id, or its adding was taken back.
    """
    with ledger.together():
        question = ledger.question(question_id)
        if question.call_id is not None:
            return ledger.call(question.call_id)
        new = NewCall(
            episode=question.episode,
            channel=question.channel,
            point=question.point,
            at=question.at,
        )
        call = ledger.add_call(new, by=by)
        ledger.save_question(dataclasses.replace(question, call_id=call.id), by=by)
        return ledger.set_state(call.id, CallState.ENDED, at=question.at, by=by)
