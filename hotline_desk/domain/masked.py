"""A question and a case with nothing left in them that tells who it is.

Whatever prints or exports a record is given it plain, or as it comes from here. Those who work on
it stay named, as do the departments and the other platforms; a number beside them goes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.masking import (
    mask_among,
    mask_caller,
    mask_employer,
    mask_name,
    mask_numbers,
    mask_phones,
    persons_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hotline_desk.domain.casework.cases import Case, Party
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.questions import Question


def named_in(case: Case, questions: Sequence[Question]) -> list[Caller]:
    """Return whom the texts of a case and its questions may name, and for whom these work."""
    return [*persons_of(case, questions), Caller(employer=case.employer)]


def masked_question(question: Question, others: Sequence[Caller] = ()) -> Question:
    """Return *question* masked; *others* are whom else its texts may name (`named_in`)."""
    employer = question.employer or question.caller.employer

    def free(text: str) -> str:
        return mask_among(text, [question.caller, *others], employers=[employer])

    asked = question.caller
    caller = mask_caller(asked)
    return replace(
        question,
        caller=replace(caller, industry=free(asked.industry), occupation=free(asked.occupation)),
        employer=mask_employer(question.employer),
        external_number=mask_phones(question.external_number, asked.phone),
        point=free(question.point),
        text=free(question.text),
        answer=free(question.answer),
        answered_by=mask_numbers(question.answered_by),
        recorded_by=mask_numbers(question.recorded_by),
        notes=free(question.notes),
    )


def masked_case(case: Case, questions: Sequence[Question]) -> Case:
    """Return *case* masked; whom its texts may name is told by it and by its *questions*."""
    known = named_in(case, questions)

    def free(text: str) -> str:
        return mask_among(text, known)

    external = mask_phones(case.external_number)
    for question in questions:
        external = mask_phones(external, question.caller.phone)
    contacts = tuple(replace(each, words=free(each.words)) for each in case.events.contacts)
    return replace(
        case,
        employer=mask_employer(case.employer),
        external_number=external,
        matter=free(case.matter),
        owner=mask_numbers(case.owner),
        helpers=free(case.helpers),
        basis=free(case.basis),
        results=free(case.results),
        notes=free(case.notes),
        parties=masked_parties(case.parties),
        events=replace(case.events, contacts=contacts),
        actions=tuple(
            replace(each, words=free(each.words), was=free(each.was)) for each in case.actions
        ),
        interruptions=tuple(
            replace(each, event=free(each.event), evidence=free(each.evidence))
            for each in case.interruptions
        ),
        earlier=tuple(
            replace(each, basis=free(each.basis), results=free(each.results))
            for each in case.earlier
        ),
    )


def masked_letter(letter: Letter, case: Case, questions: Sequence[Question]) -> Letter:
    """Return a paper of *case* masked, as the case itself is."""
    known = named_in(case, questions)

    def free(text: str) -> str:
        return mask_among(text, known)

    return replace(
        letter,
        recipient=free(letter.recipient),
        subject=free(letter.subject),
        answer=free(letter.answer),
        notes=free(letter.notes),
        voided_for=free(letter.voided_for),
    )


def masked_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return the workers of a case with their surnames alone."""
    return tuple(replace(each, name=mask_name(mask_numbers(each.name))) for each in parties)
