"""Who asked a question that came without a call: written down later, as a call that is over."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallState, NewCall

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.ledger.ledger import Ledger


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
