"""Note what a case's time limits are read from: contacts, plan, grade, pauses, extension, 办结."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework import clock_changes, course
from hotline_desk.domain.casework.clock_events import PlanPart
from hotline_desk.domain.casework.contacts import contacted_on
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.workflows.assign import checked, no_conflict
from hotline_desk.workflows.cases import not_before, open_one

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.clock_events import Closing, Extension, Grading, Pause, Plan
    from hotline_desk.domain.casework.contacts import Contact
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger

_WANTED = {
    ClosingWay.MEDIATED: (Course.MEDIATED,),
    ClosingWay.NOT_MEDIATED: (Course.NOT_MEDIATED, Course.ARBITRATION, Course.LAWSUIT),
}
"""Where the course stands when a case is 办结 in a way that the mediation came to."""


def note_contact(ledger: Ledger, case_id: int, contact: Contact, *, by: str) -> Case:
    """Add to the contact log; talk with the worker that counts makes the case 已联系.

    Raises:
        ClockRefused: it was before the case was received.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "记联系")
        not_before(case, "记联系", contact.on)
        contacts = (*case.events.contacts, contact)
        case = replace(case, events=replace(case.events, contacts=contacts))
        return ledger.save_case(followed(case), by=by)


def note_plan(ledger: Ledger, case_id: int, plan: Plan, *, by: str) -> Case:
    """Note the plan; a whole one that the worker has been told makes it 方案已定.

    Raises:
        ClockRefused: it or the telling was before the case was received, or route or owner are
            not decided.
        ConflictOfInterest: the 承办人 has one that nobody has overruled.
        ConflictUnchecked: for legal aid it could not be looked up.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "定方案")
        sound_plan(case, plan)
        if case.owner:
            case = checked(ledger, case, by=by)
        case = replace(case, events=replace(case.events, plan=plan))
        return ledger.save_case(followed(case), by=by)


def grade(ledger: Ledger, case_id: int, grading: Grading, *, by: str) -> Case:
    """Say how hard the case is, 一般 or 复杂.

    Raises:
        ClockRefused: 复杂 without a reason, a change without an approver, or too early.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = open_one(ledger, case_id, f"定为{grading.grade}")
        case = replace(case, events=clock_changes.grade(case.events, grading))
        return ledger.save_case(followed(case), by=by)


def pause(ledger: Ledger, case_id: int, stop: Pause, *, by: str) -> Case:
    """Stop the clock (暂停计时).

    Raises:
        ClockRefused: it cannot be stopped then.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "暂停计时")
        return ledger.save_case(replace(case, events=clock_changes.pause(case.events, stop)), by=by)


def resume(ledger: Ledger, case_id: int, on: date, *, by: str) -> Case:
    """Let the clock run again from the day after *on*.

    Raises:
        ClockRefused: it does not stand.
        CourseRefused: the case is finished.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "恢复计时")
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
        case = open_one(ledger, case_id, "延期")
        events = clock_changes.extend(case.events, extension, calendar=calendar, limits=limits)
        return ledger.save_case(replace(case, events=events), by=by)


def close(ledger: Ledger, case_id: int, closing: Closing, way: ClosingWay, *, by: str) -> Case:
    """Note result and reply (办结), which ends the clock; the course goes on to 结案.

    What came of a mediation moves its course along.

    Raises:
        ClockRefused: the case is 办结 already, or a day is before it was received.
        ConflictOfInterest: the 承办人 has one that nobody has overruled.
        CourseRefused: the case is finished, or its course has not come to what *way* says.
    """
    with ledger.together():
        case = open_one(ledger, case_id, "办结")
        if case.events.closed_on is not None:
            raise ClockRefused("办结", "已经办结")
        not_before(case, "办结", closing.on, closing.told_on)
        no_conflict(ledger, case)
        moved = replace(
            case,
            closing=way,
            events=replace(case.events, closing=closing),
        )
        return ledger.save_case(moved_by_closing(moved, before_closing(case)), by=by)


def sound_plan(case: Case, plan: Plan) -> None:
    """Let *plan* be that of *case*.

    Raises:
        ClockRefused: it or the telling was before the case was received, or route or owner are
            not decided.
    """
    not_before(case, "定方案", plan.on, plan.told_on)
    if PlanPart.OWNER in plan.parts and not case.owner:
        raise ClockRefused("定方案", "还没有承办人")
    if PlanPart.ROUTE in plan.parts and case.route is None:
        raise ClockRefused("定方案", "还没有定分流方式")


def before_closing(case: Case) -> Course:
    """Return where the course stood before 办结 let it go on, if nothing else has since."""
    closing = case.events.closing
    start = None if closing is None else closing.moved_from
    if start is None or moved_by_closing(case, start).course is not case.course:
        return case.course
    return start


def moved_by_closing(case: Case, state: Course) -> Case:
    """Return a case that is 办结 with its course where that leads it from *state*.

    Raises:
        CourseRefused: it does not lead on from there in this way.
    """
    closing = case.events.closing
    if closing is None or case.closing is None:
        return replace(case, course=state)
    course = _mediated(state, case.closing)
    closing = replace(closing, moved_from=None if course is state else state)
    return replace(case, course=course, events=replace(case.events, closing=closing))


def followed(case: Case) -> Case:
    """Let the course follow what is noted; a plan that the worker was told needs no other call."""
    planned = case.events.planned_on is not None
    if case.course is Course.TO_CONTACT and (planned or contacted_on(case.events.contacts)):
        case = replace(case, course=course.advance(case.course, Course.CONTACTED))
    if case.course is Course.CONTACTED and planned:
        case = replace(case, course=course.advance(case.course, Course.PLANNED))
    return case


def fits(way: ClosingWay | None, state: Course) -> bool:
    """Return whether a case whose course stands in *state* may be 办结 in this *way*."""
    wanted = _WANTED.get(way) if way else None
    return wanted is None or state is Course.MEDIATING or state in wanted


def _mediated(state: Course, way: ClosingWay) -> Course:
    """Return where the course stands when the case is 办结 in this *way*."""
    wanted = _WANTED.get(way)
    if wanted is None or state in wanted:
        return state
    if not fits(way, state):
        raise CourseRefused("办结", f"从{state}还不能是“{way}”，要先调解")
    return course.advance(state, wanted[0])
