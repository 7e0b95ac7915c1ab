"""Open cases for questions (立案), each deed by the domain's rules and one step for undo.

Every function of this module and its siblings ``case_clock``, ``case_correcting``, ``case_course``,
``case_money``, ``case_merging`` and ``assign`` reads the case anew, raises CaseNotFound where there
is none (any more), and returns it as the ledger has it afterwards; *by* says who does it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.casework.cases import OPENING, NewCase
from hotline_desk.domain.casework.contacts import Contact, Fact, Way
from hotline_desk.domain.casework.parties import asking_workers, may_be_one, without_asker
from hotline_desk.domain.categories import Category
from hotline_desk.domain.masked import named_in
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.domain.times import STUDIO_ZONE, long_day_text
from hotline_desk.errors import (
    CallNotFound,
    CaseNotFound,
    ClockRefused,
    CourseRefused,
    QuestionNotFound,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hotline_desk.domain.calls import Call, Caller
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.keeping import Keeping, Retention
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger

_SPOKEN = {
    Channel.ON_AIR: Way.INTAKE,
    Channel.HOTLINE: Way.INTAKE,
    Channel.VISIT: Way.VISIT,
}
"""By which channels who asks is spoken with, and how."""


def open_case(ledger: Ledger, question_ids: Sequence[int], *, by: str) -> Case:
    """Open one case for some questions (立案); its people and money are not added up.

    Three questions of eleven cleaners stay 11 people and one amount: the largest of each holds
    until somebody writes another. Who asks for himself is a 当事人, where no more are told of.
    接收日 is the first question's; the calls they came by are noted as contacts with the facts that
    they brought.

    Raises:
        CourseRefused: there are no questions.
        QuestionHasCase: one of them belongs to another case.
        QuestionNotFound: one of them is not in the ledger.
    """
    with ledger.together():
        questions = [ledger.question(each) for each in dict.fromkeys(question_ids)]
        if not questions:
            raise CourseRefused("立案", "没有选中问题")
        asking = asking_workers(question.caller for question in questions)
        case = ledger.add_case(_new(questions, least=len(asking)), by=by)
        parties = asking if case.people in {None, len(asking)} else ()
        contacts = tuple(_intakes(ledger, questions))
        events = replace(case.events, contacts=contacts)
        case = ledger.save_case(replace(case, events=events, parties=parties), by=by)
        _hand_over(ledger, questions, by)
    return case


def join_case(ledger: Ledger, case_id: int, question_ids: Sequence[int], *, by: str) -> Case:
    """Let more questions belong to a case that is open; people and money stay as they are.

    Where nobody has written 涉及人数, who asks for himself becomes one of its 当事人.

    Raises:
        CourseRefused: the case is finished.
        QuestionHasCase: one of them belongs to another case.
        QuestionNotFound: one of them is not in the ledger.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "归入")
        new = [each for each in dict.fromkeys(question_ids) if each not in case.questions]
        questions = [ledger.question(each) for each in new]
        joined = replace(case, questions=(*case.questions, *new))
        if case.people is None:
            asking = asking_workers(question.caller for question in questions)
            known = [party.name for party in case.parties]
            others = (each for each in asking if not any(may_be_one(each.name, k) for k in known))
            joined = replace(joined, parties=(*case.parties, *others))
        case = ledger.save_case(joined, by=by)
        _hand_over(ledger, questions, by)
    return case


def open_or_join(ledger: Ledger, question_ids: Sequence[int], *, by: str) -> Case:
    """Open one case for some questions, or let them join the one that some of them have already.

    Raises:
        CourseRefused: there are no questions, or that case is finished.
        QuestionHasCase: they belong to several cases.
        QuestionNotFound: one of them is not in the ledger.
    """
    with ledger.together():
        known = (ledger.case_of(each) for each in question_ids)
        if case := next(filter(None, known), None):
            return join_case(ledger, case.id, question_ids, by=by)
        return open_case(ledger, question_ids, by=by)


class CaseFields(TypedDict, total=False):
    """What of a case is written as it is, by the names of `Case`."""

    matter: str
    employer: str
    people: int | None
    claimed_fen: int | None
    unit: str
    external_number: str
    notes: str
    keeping: Keeping
    retained: Retention | None
    reflected: date | None
    results: str


def amend(ledger: Ledger, case_id: int, *, by: str, **changed: Unpack[CaseFields]) -> Case:
    """Write fields of a case, finished or not; what is not given stays.

    Raises:
        CourseRefused: people or money are below nothing, 反映日 is after 接收日, or the case has
            been merged into another.
    """
    with ledger.together():
        deed = "改案件"
        case = unmerged(ledger, case_id, deed)
        if min(changed.get("people") or 0, changed.get("claimed_fen") or 0) < 0:
            raise CourseRefused(deed, "人数和金额不能小于零")
        reflected = changed.get("reflected")
        if reflected is not None and reflected > case.received:
            raise CourseRefused(deed, f"反映日晚于接收日 {long_day_text(case.received)}")
        return ledger.save_case(replace(case, **changed), by=by)


def leave_case(ledger: Ledger, case_id: int, question_id: int, *, by: str) -> Case:
    """Take a question out of a case; people and money stay as they are, but for who asked it.

    Raises:
        CourseRefused: it does not belong to the case, or is its last one.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "移出")
        if question_id not in case.questions:
            raise CourseRefused("移出", "问题不在这件案件里")
        left = tuple(each for each in case.questions if each != question_id)
        if not left:
            raise CourseRefused("移出", "这是案件里最后一个问题")
        question = ledger.question(question_id)
        others = [each.caller for each in questions_of(ledger, replace(case, questions=left))]
        case = without_asker(replace(case, questions=left), question.caller, others)
        case = ledger.save_case(case, by=by)
        ledger.save_question(replace(question, handling=Handling.ANSWERED), by=by)
    return case


def questions_of(ledger: Ledger, case: Case) -> list[Question]:
    """Return the questions of a case that are in the ledger, in the order of their adding."""
    found = []
    for each in case.questions:
        with suppress(QuestionNotFound):  # its adding was taken back
            found.append(ledger.question(each))
    return found


def calls_of(ledger: Ledger, case: Case) -> list[Call]:
    """Return the calls in which a case's questions were asked, each once."""
    found = []
    for call_id in dict.fromkeys(question.call_id for question in questions_of(ledger, case)):
        if call_id is not None:
            with suppress(CallNotFound):  # its adding was taken back, the question stands
                found.append(ledger.call(call_id))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """What the callers of a case agree to, all together."""

    secret: bool
    """对单位保密: somebody was never asked, or does not agree that the employer learns who asks."""
    may_pass_on: bool
    """Whether everybody agrees that other departments learn of it (④)."""
    refused: bool
    """Whether somebody has said no to that."""


def consents_of(ledger: Ledger, case: Case) -> Consents:
    """Return what the callers of *case* agree to; of a question without a call nobody was asked."""
    given = [call.consent for call in calls_of(ledger, case)]
    asked_all = bool(given) and all(
        question.call_id is not None for question in questions_of(ledger, case)
    )
    return Consents(
        secret=not asked_all or any(each.secret_from_employer for each in given),
        may_pass_on=asked_all and all(each.pass_on is True for each in given),
        refused=any(each.pass_on is False for each in given),
    )


def persons_beside(ledger: Ledger, question_id: int) -> list[Caller]:
    """Return whom else a question's texts may name: all whom its case knows."""
    case = ledger.case_of(question_id)
    return [] if case is None else named_in(case, questions_of(ledger, case))


def unmerged(ledger: Ledger, case_id: int, deed: str) -> Case:
    """Return a case, finished or not; *deed* is what is to be done with it.

    Raises:
        CaseNotFound: no case has this id.
        CourseRefused: it has been merged into another.
    """
    case = ledger.case(case_id)
    if case.merged_into is not None:
        raise CourseRefused(deed, f"已经并入 {ledger.case(case.merged_into).number}")
    return case


def open_one(ledger: Ledger, case_id: int, deed: str) -> Case:
    """Return a case that is not finished; *deed* is what is to be done with it.

    Raises:
        CaseNotFound: no case has this id.
        CourseRefused: it is finished, or has been merged into another.
    """
    case = unmerged(ledger, case_id, deed)
    if not case.course.is_open:
        raise CourseRefused(deed, "已经结案，要先重办")
    return case


def first_received(case: Case) -> date:
    """Return 接收日 of the first round of a case."""
    return min((case.received, *(each.received for each in case.earlier)))


def not_before(case: Case, deed: str, day: date, told_on: date | None = None) -> None:
    """Let *deed* be done, and the worker told of it, on days on which the case was there.

    Raises:
        ClockRefused: one of the days is before 接收日.
    """
    for what, on in (("日期", day), ("告知职工的日子", told_on)):
        if on is not None and on < case.received:
            raise ClockRefused(deed, f"{what}早于接收日 {long_day_text(case.received)}")


def _hand_over(ledger: Ledger, questions: Iterable[Question], by: str) -> None:
    """Let the questions say that a case deals with them."""
    for question in questions:
        kind = question.kind if question.kind in OPENING else Kind.REQUEST
        ledger.save_question(replace(question, handling=Handling.CASE, kind=kind), by=by)


def _new(questions: Sequence[Question], *, least: int) -> NewCase:
    days = [question.at.astimezone(STUDIO_ZONE).date() for question in questions]
    claimed = [q.amount_fen for q in questions if q.amount_fen is not None]
    people = [q.people for q in questions if q.people is not None and q.people >= least]
    points = [q.point for q in questions if q.point]
    categories = [str(q.category) for q in questions if q.category is not Category.PENDING]
    return NewCase(
        received=min(days),
        questions=tuple(question.id for question in questions),
        employer=next((q.employer or q.caller.employer for q in questions
                       if q.employer or q.caller.employer), ""),
        matter=next(iter(points or categories), ""),
        unit=next((q.unit for q in questions if q.unit), ""),
        external_number=next((q.external_number for q in questions if q.external_number), ""),
        people=max(people, default=None),
        claimed_fen=max(claimed, default=None),
    )  # fmt: skip


def _intakes(ledger: Ledger, questions: Sequence[Question]) -> Iterable[Contact]:
    """Return the calls as contacts, each with what its questions have noted.

    What was written, or handed over by others, is none: nobody has spoken with the worker.
    """
    calls: dict[int, set[Fact]] = {}
    ways: dict[int, Way] = {}
    for question in questions:
        if question.call_id is not None and question.channel in _SPOKEN:
            known = {
                Fact.EMPLOYER: question.employer or question.caller.employer,
                Fact.MATTER: question.point,
                Fact.AMOUNT: question.amount_fen is not None,
            }
            noted = {fact for fact, value in known.items() if value}
            calls.setdefault(question.call_id, set()).update(noted)
            ways[question.call_id] = _SPOKEN[question.channel]
    for call_id, facts in calls.items():
        at = ledger.call(call_id).at
        yield Contact(at=at, way=ways[call_id], reached=True, facts=frozenset(facts))


def case_numbered(ledger: Ledger, number: str) -> Case:
    """Return the case with this 案件编号, one that was merged too.

    Raises:
        CaseNotFound: no case has this number.
    """
    found = ledger.case_numbered(number)
    if found is None:
        raise CaseNotFound(number)
    return found
