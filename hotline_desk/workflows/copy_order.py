"""Copy a question or a case as a work order for other hotlines' platforms (复制工单文本)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.masked import masked_case, masked_question, named_in
from hotline_desk.domain.work_orders import case_text, question_text
from hotline_desk.errors import CallNotFound
from hotline_desk.workflows.accesses import note_access
from hotline_desk.workflows.cases import consents_of, persons_beside, questions_of

if TYPE_CHECKING:
    from hotline_desk.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A work order."""

    number: str
    text: str
    internal: bool


def copy_question(ledger: Ledger, question_id: int, *, why: str = "", by: str) -> Copied:
    """Return the work order of a question: masked, or whole where it is said *why*.

    A whole one (内部版) is noted in 访问记录 before it is given.

    Raises:
        QuestionNotFound: no question has this id.
    """
    why = why.strip()
    question, case = ledger.question(question_id), ledger.case_of(question_id)
    call = None
    if question.call_id is not None:
        try:
            call = ledger.call(question.call_id)
        except CallNotFound:  # its adding was taken back, the question stands
            call = None
    if not why:
        question = masked_question(question, persons_beside(ledger, question_id))
    number = case.number if case else ""
    text = question_text(question, call, case_number=number, internal=bool(why))
    return _given(ledger, question.number, text, why, by)


def copy_case(ledger: Ledger, case_id: int, *, why: str = "", by: str) -> Copied:
    """Return the work order of a case, as `copy_question`.

    Raises:
        CaseNotFound: no case has this id.
    """
    why, case = why.strip(), ledger.case(case_id)
    consents, questions = consents_of(ledger, case), questions_of(ledger, case)
    if not why:
        known = named_in(case, questions)
        case = masked_case(case, questions)
        questions = [masked_question(each, known) for each in questions]
    text = case_text(case, questions, secret=consents.secret, kept=consents.refused)
    return _given(ledger, case.number, text, why, by)


def _given(ledger: Ledger, number: str, text: str, why: str, by: str) -> Copied:
    if why:
        note_access(ledger, f"工单文本（内部版）{number}", who=by, why=why)
    return Copied(number=number, text=text, internal=bool(why))
