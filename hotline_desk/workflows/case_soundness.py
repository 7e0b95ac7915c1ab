"""What is noted for a case, checked anew in its order, once something of it was put right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.casework import clock_changes
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.casework.course import gives_up, stands_by
from hotline_desk.domain.casework.noted import BY_NOTES, known_advances
from hotline_desk.domain.casework.payments import known_payments
from hotline_desk.domain.times import long_day_text
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.workflows.case_clock import sound_plan
from hotline_desk.workflows.case_course import finished, given_up, sound_call_back
from hotline_desk.workflows.case_money import sound_payment
from hotline_desk.workflows.cases import not_before
from hotline_desk.workflows.lapses import sound_interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.course import Course
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Rules:
    """What a case is checked by."""

    calendar: Calendar
    limits: Limits
    state: Course
    """From where the course of one that is 结案 came there."""
    until: date | None
    """When the round was followed by another (重办); None for the present one."""


def require_sound(case: Case, changed: Case, rules: Rules, deed: str) -> None:
    """Let nothing of *changed* break a rule that nothing of *case* breaks.

    What was brought along from elsewhere may break rules of its own.

    Args:
        case: as it was.
        changed: as it is to be.
        rules: by what both are checked.
        deed: what is done.

    Raises:
        ClockRefused: the rules of the time limits forbid it.
        CourseRefused: the course forbids it.
    """
    known = Counter(each.args for each in _faults(case, rules))
    if changed.course in BY_NOTES:
        rules = replace(rules, state=changed.course)
    for fault in _faults(changed, rules):
        if not known[fault.args]:
            raise type(fault)(deed, f"{fault.deed}：{fault.fault}") from fault
        known[fault.args] -= 1


def leaves_money(case: Case) -> bool:
    """Return whether a case has ended in a way that leaves promised money behind."""
    way, on = case.finish, case.finished_on
    return way is not None and on is not None and gives_up(way, case.promise, on)


def _faults(case: Case, rules: Rules) -> Iterator[ClockRefused | CourseRefused]:
    """Yield why what is noted for *case* could not be noted so, were it noted now in its order."""
    for check in _checks(case, rules):
        try:
            check()
        except (ClockRefused, CourseRefused) as fault:
            yield fault


def _checks(case: Case, rules: Rules) -> Iterator[Callable[[], object]]:
    yield from _checks_of_clock(case, rules)
    yield from (partial(sound_payment, case, payment) for payment in known_payments(case))
    yield from (partial(sound_interruption, stop) for stop in case.interruptions)
    yield partial(sound_call_back, case)
    yield partial(_planned, case, rules.state)
    yield partial(_in_order, case, rules.until)
    yield partial(_step_by_step, case)
    if not case.course.is_open and case.finish is not None and case.finished_on is not None:
        yield partial(finished, case, rules.state, case.finish, case.finished_on)
        yield partial(_reasoned, case)


def _checks_of_clock(case: Case, rules: Rules) -> Iterator[Callable[[], object]]:
    events, known = case.events, ClockEvents(received=case.received)
    for contact in events.contacts:
        yield partial(not_before, case, "记联系", contact.on)
    for grading in events.gradings:
        yield partial(clock_changes.grade, known, grading)
        known = replace(known, gradings=(*known.gradings, grading))
    for pause in events.pauses:
        yield partial(clock_changes.pause, known, pause)
        begun = replace(known, pauses=(*known.pauses, replace(pause, resumed=None)))
        if pause.resumed is not None:
            yield partial(clock_changes.resume, begun, pause.resumed)
        known = replace(known, pauses=(*known.pauses, pause))
    if events.plan is not None:
        yield partial(sound_plan, case, events.plan)
    if events.extension is not None:
        yield partial(
            clock_changes.extend, known, events.extension,
            calendar=rules.calendar, limits=rules.limits,
        )  # fmt: skip
    if events.closing is not None:
        yield partial(not_before, case, "办结", events.closing.on, events.closing.told_on)


def _reasoned(case: Case) -> None:
    """Let it stand why money that has not come is followed no more.

    Raises:
        CourseRefused: nobody has said it; a new 结案 would ask.
    """
    if leaves_money(case) and given_up(case) is None:
        why = "答应的款项还没有到账，要写明为什么不再跟进；先作废结案，改好再结案"
        raise CourseRefused("结案", why)


def _planned(case: Case, state: Course) -> None:
    """Let the plan be there that the course went on from by hand.

    Raises:
        CourseRefused: it is not, or not whole, or the worker does not know it.
    """
    if state not in BY_NOTES and case.events.planned_on is None:
        raise CourseRefused("改方案", f"进程已经是{state}，方案要记齐并告知职工")


def _in_order(case: Case, until: date | None) -> None:
    """Let a round begin when the one before has ended, and end before the next begins.

    Raises:
        CourseRefused: it does not.
    """
    before = case.earlier[-1].finished_on if case.earlier else None
    if before is not None and case.received < before:
        raise CourseRefused("重办", "日期早于结案日")
    if until is not None and case.finished_on is not None and case.finished_on > until:
        raise CourseRefused("结案", f"日期晚于重办的日子 {long_day_text(until)}")


def _step_by_step(case: Case) -> None:
    """Let each step by hand begin where the course stood.

    Raises:
        CourseRefused: one does not, the one before or 办结 being another now.
    """
    closing, stood = case.events.closing, None
    for step in known_advances(case):
        by_closing = closing is not None and closing.moved_from is stood
        reached = {stood, stands_by(case.closing)} if by_closing else {stood}
        if stood is not None and step.start not in reached:
            why = f"后面的“改为{step.to}”是从{step.start}来的，先更正或作废它"
            raise CourseRefused("改进程", why)
        stood = step.to
