"""Open cases and do what is done for them, each deed by the domain's rules, one step for undo.

Every function reads the case anew, raises CaseNotFound where there is none (any more), and returns
it as the ledger has it afterwards; *by* says who does it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain import clock_changes, course
from hotline_desk.domain.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.clock_events import ClockEvents, PlanPart
from hotline_desk.domain.contacts import Contact, Fact, Way, contacted_on
from hotline_desk.domain.course import Closing as ClosingWay
from hotline_desk.domain.course import Course
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.domain.times import STUDIO_ZONE, long_day_text, money_text
from hotline_desk.errors import ClockRefused, CourseRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hotline_desk.domain.cases import Case, Party, Route, Satisfaction
    from hotline_desk.domain.clock_events import Closing, Extension, Grading, Pause, Plan
    from hotline_desk.domain.course import Finish, Promise
    from hotline_desk.domain.deadlines import Limits
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger

OPENING = frozenset({Kind.REQUEST, Kind.COMPLAINT})
"""The kinds of question that open a case; any other becomes 求决 when one is opened for it."""

_BY_EVENTS = frozenset({Course.CONTACTED, Course.PLANNED})
"""Where a course comes by what is noted, never by hand."""


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
        case = _open(ledger, case_id, "归入")
        new = [each for each in dict.fromkeys(question_ids) if each not in case.questions]
        case = ledger.save_case(replace(case, questions=(*case.questions, *new)), by=by)
        _hand_over(ledger, [ledger.question(each) for each in new], by)
    return case


# The clock


def note_contact(
    ledger: Ledger, case_id: int, contact: Contact, *, note: str = "", by: str
) -> Case:
    """Note a try to reach the worker, and what was said; one that counts makes it 已联系.

    Raises:
        ClockRefused: it was before the case was received.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = _open(ledger, case_id, "记联系")
        _not_before(case, contact.on, "记联系")
        contacts = (*case.events.contacts, contact)
        said = _noted(case, contact.on, f"{contact.way}：{note}") if note else case.notes
        case = replace(case, events=replace(case.events, contacts=contacts), notes=said)
        return ledger.save_case(_followed(case), by=by)


def note_plan(ledger: Ledger, case_id: int, plan: Plan, *, by: str) -> Case:
    """Note the plan; a whole one that the worker has been told makes it 方案已定.

    Raises:
        ClockRefused: it was before the case was received, or route or owner are not decided.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = _open(ledger, case_id, "定方案")
        _not_before(case, plan.on, "定方案")
        if PlanPart.OWNER in plan.parts and not case.owner:
            raise ClockRefused("定方案", "还没有承办人")
        if PlanPart.ROUTE in plan.parts and case.route is None:
            raise ClockRefused("定方案", "还没有定分流方式")
        case = replace(case, events=replace(case.events, plan=plan))
        return ledger.save_case(_followed(case), by=by)


def grade(ledger: Ledger, case_id: int, grading: Grading, *, by: str) -> Case:
    """Say how hard the case is, 一般 or 复杂.

    Raises:
        ClockRefused: 复杂 without a reason, or a change without an approver.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = _open(ledger, case_id, f"定为{grading.grade}")
        case = replace(case, events=clock_changes.grade(case.events, grading))
        return ledger.save_case(_followed(case), by=by)


def pause(ledger: Ledger, case_id: int, stop: Pause, *, by: str) -> Case:
    """Stop the clock (暂停计时).

    Raises:
        ClockRefused: it cannot be stopped then.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = _open(ledger, case_id, "暂停计时")
        return ledger.save_case(replace(case, events=clock_changes.pause(case.events, stop)), by=by)


def resume(ledger: Ledger, case_id: int, on: date, *, by: str) -> Case:
    """Let the clock run again from the day after *on*.

    Raises:
        ClockRefused: it does not stand.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = _open(ledger, case_id, "恢复计时")
        return ledger.save_case(replace(case, events=clock_changes.resume(case.events, on)), by=by)


def extend(
    ledger: Ledger,
    case_id: int,
    extension: Extension,
    *,
    calendar: Calendar,
    limits: Limits,
    by: str,
) -> Case:
    """Give the case more days for closing (延期).

    Raises:
        ClockRefused: the office's rules forbid it.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = _open(ledger, case_id, "延期")
        events = clock_changes.extend(case.events, extension, calendar=calendar, limits=limits)
        return ledger.save_case(replace(case, events=events), by=by)


def close(ledger: Ledger, case_id: int, closing: Closing, way: ClosingWay, *, by: str) -> Case:
    """Note result and reply (办结), which ends the clock; the course goes on to 结案.

    What came of a mediation moves its course along.

    Raises:
        ClockRefused: the case is 办结 already, or the day is before it was received.
        CourseRefused: the case is finished, or its course has not come to what *way* says.
    """
    with ledger.together():
        case = _open(ledger, case_id, "办结")
        if case.events.closed_on is not None:
            raise ClockRefused("办结", "已经办结")
        _not_before(case, closing.on, "办结")
        moved = replace(
            case,
            course=_mediated(case.course, way),
            closing=way,
            events=replace(case.events, closing=closing),
        )
        return ledger.save_case(moved, by=by)


# The course


def advance(ledger: Ledger, case_id: int, to: Course, *, on: date, by: str) -> Case:
    """Let the course go on; from 结案 to 待联系 is 重办: a new clock from the day *on*.

    What the old clock came to stays: in the notes, and as the results until others are noted.

    Raises:
        CourseRefused: no such step, or one that comes by noting a contact or a plan.
    """
    with ledger.together():
        case = ledger.case(case_id)
        if to in _BY_EVENTS:
            what = "联系五项记齐" if to is Course.CONTACTED else "方案记齐、定一般或复杂并告知职工"
            raise CourseRefused(f"改为{to}", f"{what}以后自动改")
        moved = replace(case, course=course.advance(case.course, to))
        return ledger.save_case(moved if case.course.is_open else _again(moved, on), by=by)


def finish(ledger: Ledger, case_id: int, way: Finish, *, on: date, by: str) -> Case:
    """End the course (结案); the clock has to have ended before.

    Raises:
        CourseRefused: it is not 办结, the way does not fit, or promised money has not come.
    """
    with ledger.together():
        case = ledger.case(case_id)
        state = course.finish(case.course, way, promise=case.promise, on=on)
        closed_on = case.events.closed_on
        if closed_on is None:
            raise CourseRefused("结案", "还没有办结，先记办结方式和告知职工的日子")
        if on < closed_on:
            raise CourseRefused("结案", "日期早于办结日")
        return ledger.save_case(replace(case, course=state, finish=way, finished_on=on), by=by)


def call_back(
    ledger: Ledger, case_id: int, satisfaction: Satisfaction, *, on: date, by: str
) -> Case:
    """Note what the worker said when called back (回访).

    Raises:
        CourseRefused: the case is not 办结.
    """
    with ledger.together():
        case = ledger.case(case_id)
        if case.events.closed_on is None:
            raise CourseRefused("记回访", "还没有办结")
        return ledger.save_case(replace(case, satisfaction=satisfaction, called_back_on=on), by=by)


# Who, and how much


def assign(
    ledger: Ledger, case_id: int, *, owner: str, route: Route | None, helpers: str = "", by: str
) -> Case:
    """Say whose case it is (承办人), by which route (分流), and who helps (协办单位)."""
    with ledger.together():
        case = ledger.case(case_id)
        changed = replace(case, owner=owner.strip(), route=route, helpers=helpers.strip())
        return ledger.save_case(changed, by=by)


def note_parties(ledger: Ledger, case_id: int, parties: Iterable[Party], *, by: str) -> Case:
    """Say whose case it is among the workers (当事人), and what each claims."""
    with ledger.together():
        return ledger.save_case(replace(ledger.case(case_id), parties=tuple(parties)), by=by)


def promise(ledger: Ledger, case_id: int, agreed: Promise, *, basis: str, by: str) -> Case:
    """Note what was agreed or awarded, by when it is to be paid, and what has come of it.

    Raises:
        CourseRefused: an amount is below nothing.
    """
    with ledger.together():
        case = ledger.case(case_id)
        if agreed.agreed_fen < 0 or agreed.received_fen < 0:
            raise CourseRefused("记协议", "金额不能小于零")
        return ledger.save_case(replace(case, promise=agreed, basis=basis.strip()), by=by)


def note_payment(
    ledger: Ledger, case_id: int, fen: int, *, on: date, party: str = "", by: str
) -> Case:
    """Add *fen* to what has come (到账) on the day *on*, for the whole case or one worker of it.

    Raises:
        CourseRefused: the amount is nothing, or nobody of that name belongs to the case.
    """
    with ledger.together():
        case = ledger.case(case_id)
        if fen <= 0:
            raise CourseRefused("记到账", "金额要大于零")
        if party and party not in {each.name for each in case.parties}:
            raise CourseRefused("记到账", f"当事人里没有{party}")
        parties = tuple(
            replace(each, received_fen=(each.received_fen or 0) + fen, received_on=on)
            if each.name == party
            else each
            for each in case.parties
        )
        received = replace(case.promise, received_fen=case.promise.received_fen + fen)
        words = " ".join(filter(None, ("到账", party, money_text(fen))))
        changed = replace(case, promise=received, parties=parties, notes=_noted(case, on, words))
        return ledger.save_case(changed, by=by)


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


def _open(ledger: Ledger, case_id: int, deed: str) -> Case:
    case = ledger.case(case_id)
    if not case.course.is_open:
        raise CourseRefused(deed, "已经结案，要先重办")
    return case


def _not_before(case: Case, day: date, deed: str) -> None:
    if day < case.received:
        raise ClockRefused(deed, f"日期早于接收日 {long_day_text(case.received)}")


def _followed(case: Case) -> Case:
    """Let the course follow what is noted; a plan that the worker was told needs no other call."""
    planned = case.events.planned_on is not None
    if case.course is Course.TO_CONTACT and (planned or contacted_on(case.events.contacts)):
        case = replace(case, course=course.advance(case.course, Course.CONTACTED))
    if case.course is Course.CONTACTED and planned:
        case = replace(case, course=course.advance(case.course, Course.PLANNED))
    return case


def _mediated(state: Course, way: ClosingWay) -> Course:
    """Return where the course stands when the case is 办结 in this *way*."""
    wanted = {
        ClosingWay.MEDIATED: (Course.MEDIATED,),
        ClosingWay.NOT_MEDIATED: (Course.NOT_MEDIATED, Course.ARBITRATION, Course.LAWSUIT),
    }.get(way)
    if wanted is None or state in wanted:
        return state
    if state is not Course.MEDIATING:
        raise CourseRefused("办结", f"从{state}还不能是“{way}”，要先调解")
    return course.advance(state, wanted[0])


def _again(case: Case, on: date) -> Case:
    """Begin a new clock; the case has been received anew, and was reflected when it was before."""
    if case.finished_on is not None and on < case.finished_on:
        raise CourseRefused("重办", "日期早于结案日")
    closed = case.events.closed_on
    before = f"{long_day_text(case.received)}接收"
    before += f"，{long_day_text(closed)}办结（{case.closing}）" if closed else ""
    return replace(
        case,
        received=on,
        reflected=case.reflected or case.received,
        events=ClockEvents(received=on),
        notes=_noted(case, on, f"重办；上一次：{before}，结案（{case.finish}）"),
    )


def _noted(case: Case, on: date, words: str) -> str:
    """Return the case's notes with one more line."""
    return "\n".join(filter(None, (case.notes, f"{on.isoformat()} {words}")))
