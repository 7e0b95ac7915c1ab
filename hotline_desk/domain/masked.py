"""A question and a case with nothing left in them that tells who it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.masking import (
    mask_among,
    mask_caller,
    mask_employer,
    mask_name,
    mask_phones,
    persons_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.calls import Caller
    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.questions import Question


def masked_question(question: Question, others: Sequence[Caller] = ()) -> Question:
    """Return *question* masked; *others* are whom else its texts may name."""
    employer = question.employer or question.caller.employer

    def free(text: str) -> str:
        return mask_among(text, [question.caller, *others], employers=[employer])

    return replace(
        question,
        caller=mask_caller(question.caller),
        employer=mask_employer(question.employer),
        external_number=mask_phones(question.external_number, question.caller.phone),
        point=free(question.point),
        text=free(question.text),
        answer=free(question.answer),
        notes=free(question.notes),
    )


def masked_case(case: Case, questions: Sequence[Question]) -> Case:
    """Return *case* masked; whom its texts may name is told by it and by its *questions*."""
    persons = persons_of(case, questions)

    def free(text: str) -> str:
        return mask_among(text, persons, employers=[case.employer])

    contacts = tuple(replace(each, words=free(each.words)) for each in case.events.contacts)
    return replace(
        case,
        employer=mask_employer(case.employer),
        external_number=mask_phones(case.external_number),
        matter=free(case.matter),
        results=free(case.results),
        notes=free(case.notes),
        parties=tuple(replace(each, name=mask_name(each.name)) for each in case.parties),
        events=replace(case.events, contacts=contacts),
        actions=tuple(
            replace(each, words=free(each.words), was=free(each.was)) for each in case.actions
        ),
    )
