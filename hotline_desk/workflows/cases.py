"""Open cases for questions (立案), each deed by the domain's rules and one step for undo.

Every function of this module and its siblings ``case_clock``, ``case_course`` and ``case_money``
reads the case anew, raises CaseNotFound where there is none (any more), and returns it as the
ledger has it afterwards; *by* says who does it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.contacts import Contact, Fact, Way
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.domain.times import STUDIO_ZONE, long_day_text
from hotline_desk.errors import ClockRefused, CourseRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger

OPENING = frozenset({Kind.REQUEST, Kind.COMPLAINT})
"""The kinds of question that open a case; any other becomes 求决 when one is opened for it."""


def open_case(ledger: Ledger, question_ids: Sequence[int], *, by: str) -> Case:
    """Open one case for some questions (立案); its people and money are not added up.

    Three questions of eleven cleaners stay 11 people and one amount: the largest of each holds
    until somebody writes another. 接收日 is the first question's; the calls they came by are noted
    as contacts with the facts that they brought.

    Raises:
        CourseRefused: there are no questions.
        QuestionHasCase: one of them belongs to another case.
        QuestionNotFound: one of them is not in the ledger.
    """
    with ledger.together():
        questions = [ledger.question(each) for each in dict.fromkeys(question_ids)]
        if not questions:
            raise CourseRefused("立案", "没有选中问题")
        case = ledger.add_case(_new(questions), by=by)
        contacts = tuple(_intakes(ledger, questions))
        case = ledger.save_case(
            replace(case, events=replace(case.events, contacts=contacts)), by=by
        )
        _hand_over(ledger, questions, by)
    return case


def join_case(ledger: Ledger, case_id: int, question_ids: Sequence[int], *, by: str) -> Case:
    """Let more questions belong to a case that is open; people and money stay as they are.

    Raises:
        CourseRefused: the case is finished.
        QuestionHasCase: one of them belongs to another case.
        QuestionNotFound: one of them is not in the ledger.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "归入")
        new = [each for each in dict.fromkeys(question_ids) if each not in case.questions]
        case = ledger.save_case(replace(case, questions=(*case.questions, *new)), by=by)
        _hand_over(ledger, [ledger.question(each) for each in new], by)
    return case


def open_one(ledger: Ledger, case_id: int, deed: str) -> Case:
    """Return a case that is not finished; *deed* is what is to be done with it.

    Raises:
        CaseNotFound: no case has this id.
        CourseRefused: it is finished.
    """
    case = ledger.case(case_id)
    if not case.course.is_open:
        raise CourseRefused(deed, "已经结案，要先重办")
    return case


def not_before(case: Case, day: date, deed: str) -> None:
    """Let *deed* be done on a day on which the case was there.

    Raises:
        ClockRefused: the day is before 接收日.
    """
    if day < case.received:
        raise ClockRefused(deed, f"日期早于接收日 {long_day_text(case.received)}")


def noted(case: Case, on: date, words: str) -> str:
    """Return the case's notes with one more line."""
    return "\n".join(filter(None, (case.notes, f"{on.isoformat()} {words}")))


def _hand_over(ledger: Ledger, questions: Iterable[Question], by: str) -> None:
    """Let the questions say that a case deals with them."""
    for question in questions:
        kind = question.kind if question.kind in OPENING else Kind.REQUEST
        ledger.save_question(replace(question, handling=Handling.CASE, kind=kind), by=by)


def _new(questions: Sequence[Question]) -> NewCase:
    days = [question.at.astimezone(STUDIO_ZONE).date() for question in questions]
    claimed = [q.amount_fen for q in questions if q.amount_fen is not None]
    people = [q.people for q in questions if q.people is not None]
    points = [q.point for q in questions if q.point]
    categories = [str(q.category) for q in questions if q.category is not Category.PENDING]
    return NewCase(
        received=min(days),
        questions=tuple(question.id for question in questions),
        employer=next((q.employer or q.caller.employer for q in questions
                       if q.employer or q.caller.employer), ""),
        matter=next(iter(points or categories), ""),
        people=max(people, default=None),
        claimed_fen=max(claimed, default=None),
    )  # fmt: skip


def _intakes(ledger: Ledger, questions: Sequence[Question]) -> Iterable[Contact]:
    """Return the calls as contacts, each with what its questions have noted."""
    calls: dict[int, set[Fact]] = {}
    for question in questions:
        if question.call_id is not None:
            known = {
                Fact.EMPLOYER: question.employer or question.caller.employer,
                Fact.MATTER: question.point,
                Fact.AMOUNT: question.amount_fen is not None,
            }
            noted = {fact for fact, value in known.items() if value}
            calls.setdefault(question.call_id, set()).update(noted)
    for call_id, facts in calls.items():
        at = ledger.call(call_id).at
        yield Contact(at=at, way=Way.INTAKE, reached=True, facts=frozenset(facts))
