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

WHY = "复制工单文本"
"""Why the internal version was looked at, as 访问记录 has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A work order."""

    number: str
    text: str
    internal: bool


def copy_question(ledger: Ledger, question_id: int, *, internal: bool, by: str) -> Copied:
    """Return the work order of a question; an internal one is noted in 访问记录.

    Raises:
        QuestionNotFound: no question has this id.
    """
    question, case = ledger.question(question_id), ledger.case_of(question_id)
    call = None
    if question.call_id is not None:
        try:
            call = ledger.call(question.call_id)
        except CallNotFound:  # its adding was taken back, the question stands
            call = None
    if not internal:
        question = masked_question(question, persons_beside(ledger, question_id))
    text = question_text(question, call, case_number=case.number if case else "", internal=internal)
    return _noted(ledger, Copied(number=question.number, text=text, internal=internal), by)


def copy_case(ledger: Ledger, case_id: int, *, internal: bool, by: str) -> Copied:
    """Return the work order of a case; an internal one is noted in 访问记录.

    Raises:
        CaseNotFound: no case has this id.
    """
    case = ledger.case(case_id)
    consents, questions = consents_of(ledger, case), questions_of(ledger, case)
    if not internal:
        known = named_in(case, questions)
        case = masked_case(case, questions)
        questions = [masked_question(each, known) for each in questions]
    text = case_text(case, questions, secret=consents.secret, kept=consents.refused)
    return _noted(ledger, Copied(number=case.number, text=text, internal=internal), by)


def _noted(ledger: Ledger, copied: Copied, by: str) -> Copied:
    if copied.internal:
        note_access(ledger, f"工单文本（内部版）{copied.number}", who=by, why=WHY)
    return copied
