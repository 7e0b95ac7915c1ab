"""Let a case go on along its course (进程), to its end (结案), 回访 and 重办."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain import course
from hotline_desk.domain.clock_events import ClockEvents
from hotline_desk.domain.course import Course
from hotline_desk.domain.times import long_day_text
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows.cases import noted

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.cases import Case, Satisfaction
    from hotline_desk.domain.course import Finish
    from hotline_desk.ledger import Ledger

_BY_EVENTS = frozenset({Course.CONTACTED, Course.PLANNED})
"""Where a course comes by what is noted, never by hand."""


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
        notes=noted(case, on, f"重办；上一次：{before}，结案（{case.finish}）"),
    )
