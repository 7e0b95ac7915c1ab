"""Write down what is known of a question, and that a lawyer has confirmed its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger

_CONFIRMED = frozenset({"answer", "articles"})
"""What the lawyer's confirmation covers."""


def stays_confirmed(question: Question, written: Mapping[str, Any]) -> bool:
    """Return whether an answer that a lawyer has confirmed stays so with what was *written*."""
    return question.confirmed and not _CONFIRMED & written.keys()


def amend(ledger: Ledger, question_id: int, written: Mapping[str, Any], *, by: str) -> Question:
    """Lay what was *written*, by field, over the question as the ledger has it now.

    Words that somebody wrote are not followed by captions any more. A lawyer's confirmation was of
    the words that stood there: other words need it anew.

    Raises:
        QuestionNotFound: it was undone meanwhile.
    """
    with ledger.together():
        fresh = ledger.question(question_id)
        return ledger.save_question(
            replace(
                fresh,
                **written,
                text_typed=fresh.text_typed or "text" in written,
                answer_typed=fresh.answer_typed or "answer" in written,
                confirmed=stays_confirmed(fresh, written),
            ),
            by=by,
        )


def turn_confirmation(
    ledger: Ledger, question_id: int, written: Mapping[str, Any], *, lawyer: str, by: str
) -> Question:
    """Turn the lawyer's confirmation (解答律师确认) of an answer on, or off again.

    Args:
        ledger: where it is written down.
        question_id: whose answer it is.
        written: what is amended with it, by field, in one step for undo.
        lawyer: who answers where neither the question nor its episode names anybody.
        by: who turns it.

    Raises:
        QuestionNotFound: it was undone meanwhile.
    """
    with ledger.together():
        fresh = amend(ledger, question_id, written, by=by)
        confirmed = not fresh.confirmed
        answered_by = fresh.answered_by
        if confirmed and not answered_by:
            answered_by = _guest(ledger, fresh.episode) or lawyer
        return ledger.save_question(
            replace(fresh, confirmed=confirmed, answered_by=answered_by), by=by
        )


def _guest(ledger: Ledger, episode: int | None) -> str:
    """Return who explained the law in *episode*; nothing where nobody is written down."""
    guests = () if episode is None else ledger.episode(episode).guests
    return guests[0].name if guests else ""
