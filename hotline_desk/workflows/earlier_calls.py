"""Who calls has called before: the earlier calls of a number, and the rows that came of them.

A number is no person: others may call by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.questions import QuestionQuery

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger

_MOST = 50
"""How many calls of one number are looked at: a whole office may call by one."""


@dataclass(frozen=True, slots=True)
class EarlierCalls:
    """The calls by one number before a call."""

    calls: tuple[Call, ...]
    """Newest first, at least one."""
    questions: tuple[Question, ...]
    """What came of them, in the same order."""


def earlier_calls(ledger: Ledger, call: Call) -> EarlierCalls | None:
    """Return the calls that came by the number of *call* before it; None where there are none."""
    known = ledger.earlier_calls(call.caller.phone, limit=_MOST)
    before = [each for each in known if each.id != call.id and each.at <= call.at]
    if not before:
        return None
    calls = tuple(sorted(before, key=lambda each: (each.at, each.id), reverse=True))
    rows = [row for each in calls for row in ledger.questions(QuestionQuery(call_id=each.id))]
    return EarlierCalls(calls, tuple(rows))
