"""Let a case go on along its course (进程), to 结案, 回访 and 重办, and note what is beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework import course
from hotline_desk.domain.casework.cases import Action, ActionKind, Satisfaction
from hotline_desk.domain.casework.clock_events import Advance, ClockEvents
from hotline_desk.domain.casework.course import Course, Finish, Promise
from hotline_desk.domain.casework.noted import BY_DEEDS, SUPERVISED_FOR
from hotline_desk.domain.casework.payments import lacks_sum
from hotline_desk.domain.casework.rounds import present_round
from hotline_desk.domain.times import long_day_text
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows.assign import declined, no_conflict
from hotline_desk.workflows.cases import first_received, unmerged

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger import Ledger

_BY_EVENTS = frozenset({Course.CONTACTED, Course.PLANNED})
"""Where a course comes by what is noted, never by hand."""


def advance(ledger: Ledger, case_id: int, to: Course, *, on: date, by: str) -> Case:
    """Let the course go on; from 结案 to 待联系 is 重办.

    Raises:
        ConflictOfInterest: the 承办人 has one that nobody has overruled.
        CourseRefused: no such step, or one that comes by noting a contact or a plan.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, f"改为{to}")
        if to in _BY_EVENTS:
            what = "联系五项记齐" if to is Course.CONTACTED else "方案记齐、定一般或复杂并告知职工"
            raise CourseRefused(f"改为{to}", f"{what}以后自动改")
        if not case.course.is_open:
            course.advance(case.course, to)
            return again(ledger, case_id, on=on, by=by)
        no_conflict(ledger, case)
        step = Advance(on=on, start=case.course, to=course.advance(case.course, to))
        events = replace(case.events, advances=(*case.events.advances, step))
        return ledger.save_case(replace(case, course=to, events=events), by=by)


def again(ledger: Ledger, case_id: int, *, on: date, by: str) -> Case:
    """Take a finished case up again (重办) from the day *on*, which is its 接收日 now.

    What it had come to moves whole into `Case.earlier`; people, parties, 承办人 and route stay.

    Raises:
        CourseRefused: it is not finished, or *on* is before it was.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "重办")
        if case.course.is_open:
            raise CourseRefused("重办", "还没有结案")
        if case.finished_on is not None and on < case.finished_on:
            raise CourseRefused("重办", "日期早于结案日")
        return ledger.save_case(_renewed(case, on), by=by)


def finish(ledger: Ledger, case_id: int, way: Finish, *, on: date, why: str = "", by: str) -> Case:
    """End the course (结案); the clock has to have ended before.

    Args:
        ledger: where the case is.
        case_id: which case ends.
        way: 结案方式.
        on: on which day.
        why: why promised money is given up, where `course.gives_up` says that it is.
        by: who does it.

    Raises:
        CourseRefused: it is not 办结, the way does not fit, or promised money has not come.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "结案")
        state = finished(case, case.course, way, on)
        ended = replace(case, course=state, finish=way, finished_on=on)
        if course.gives_up(way, case.promise, on):
            if not why.strip():
                raise CourseRefused("结案", "答应的款项还没有到账，要写明为什么不再跟进")
            line = Action(on=on, kind=ActionKind.GIVEN_UP, words=why.strip(), by=by)
            ended = replace(ended, actions=(*case.actions, line))
        return ledger.save_case(ended, by=by)


def finished(case: Case, state: Course, way: Finish, on: date) -> Course:
    """Return 结案, if *case* may end in this *way* from *state* on the day *on*.

    Raises:
        CourseRefused: it is not 办结, the way does not fit, or promised money has not come.
    """
    if case.closing is None and case.events.closed_on and way not in course.finishes(state):
        raise CourseRefused("结案", "没有写是怎样办结的，先更正办结一条，选上办结方式")
    end = course.finish(state, way, promise=case.promise, on=on, closing=case.closing)
    closed_on = case.events.closed_on
    if closed_on is None:
        raise CourseRefused("结案", "还没有办结，先记办结方式和告知职工的日子")
    if on < closed_on:
        raise CourseRefused("结案", "日期早于办结日")
    if way is Finish.FULFILLED and lacks_sum(case, state):
        raise CourseRefused("结案", "还没有写协议金额，先记协议；没有要付的写 0")
    return end


def call_back(
    ledger: Ledger, case_id: int, satisfaction: Satisfaction, *, on: date, by: str
) -> Case:
    """Note what the worker said when called back (回访); 不满意 puts the case under 督办.

    Raises:
        CourseRefused: the case is not 办结, or *on* is before it was.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "记回访")
        said = replace(case, satisfaction=satisfaction, called_back_on=on)
        sound_call_back(said)
        return ledger.save_case(watched(said, by), by=by)


def sound_call_back(case: Case) -> None:
    """Let the worker of *case* have been called back when it says, if at all.

    Raises:
        CourseRefused: it was not 办结 then.
    """
    if case.called_back_on is None:
        return
    closed_on = case.events.closed_on
    if closed_on is None:
        raise CourseRefused("记回访", "还没有办结")
    if case.called_back_on < closed_on:
        raise CourseRefused("记回访", f"日期早于办结日 {long_day_text(closed_on)}")


def watched(case: Case, by: str) -> Case:
    """Return a case whose worker was called back, under 督办 where that one was 不满意."""
    on = case.called_back_on
    if on is None or case.satisfaction is not Satisfaction.DISSATISFIED:
        return case
    action = Action(on=on, kind=ActionKind.SUPERVISED, words=SUPERVISED_FOR, by=by)
    return case if action in case.actions else replace(case, actions=(*case.actions, action))


def unwatched(case: Case) -> Case:
    """Return the case without the 督办 that came of its 回访."""
    return _without(
        case,
        lambda action: (
            action.kind is ActionKind.SUPERVISED
            and (action.on, action.words) == (case.called_back_on, SUPERVISED_FOR)
        ),
    )


def unfinished(case: Case, state: Course) -> Case:
    """Return a case that is 结案 as it was before, in *state*, its money followed again."""
    at = given_up(case)
    actions = case.actions if at is None else (*case.actions[:at], *case.actions[at + 1 :])
    return replace(case, course=state, finish=None, finished_on=None, actions=actions)


def given_up(case: Case) -> int | None:
    """Return the place among its actions of why *case* was ended with money owed, if it was.

    A round before that ended on the same day has its own line.
    """
    places = [
        at
        for at, action in enumerate(case.actions)
        if action.kind is ActionKind.GIVEN_UP and action.on == case.finished_on
    ]
    before = sum(
        each.finished_on == case.finished_on
        and each.finish is not None
        and course.gives_up(each.finish, each.promise, each.finished_on)
        for each in case.earlier
        if each.finished_on is not None
    )
    return places[-1] if len(places) > before else None


def _without(case: Case, is_so: Callable[[Action], bool]) -> Case:
    """Return the case without the last of its actions of which *is_so* is true."""
    last = max((at for at, action in enumerate(case.actions) if is_so(action)), default=None)
    if last is None:
        return case
    return replace(case, actions=(*case.actions[:last], *case.actions[last + 1 :]))


def take_action(ledger: Ledger, case_id: int, action: Action, *, by: str) -> Case:
    """Note what is done beside the course: 转办 with to whom, 督办, 质检, 催办, 转介服务点.

    Raises:
        CourseRefused: it is before the case was received, says too little, notes itself with its
            deed, or the worker does not agree that others learn of the case.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, f"记{action.kind}")
        noted = sound_action(ledger, case, replace(action, by=action.by or by))
        return ledger.save_case(replace(case, actions=(*case.actions, noted)), by=by)


def sound_action(ledger: Ledger, case: Case, action: Action) -> Action:
    """Return *action* as it is written down for *case*.

    Raises:
        CourseRefused: see `take_action`.
    """
    deed = f"记{action.kind}"
    if action.kind in BY_DEEDS:
        raise CourseRefused(deed, "办的时候自动记")
    if action.on < first_received(case):
        raise CourseRefused(deed, "日期早于接收日")
    if action.kind is ActionKind.PASSED_ON:
        if not action.words.strip():
            raise CourseRefused(deed, "要写明转给哪个部门，是否已告知职工")
        if declined(ledger, case):
            raise CourseRefused(deed, "职工不同意转交其他部门")
    return replace(action, words=action.words.strip())


def _renewed(case: Case, on: date) -> Case:
    """Return a case with a new clock; it was reflected when it first was."""
    return replace(
        case,
        received=on,
        reflected=case.reflected or case.received,
        course=Course.TO_CONTACT,
        events=ClockEvents(received=on),
        closing=None,
        finish=None,
        finished_on=None,
        promise=Promise(),
        basis="",
        payments=(),
        results="",
        called_back_on=None,
        satisfaction=None,
        earlier=(*case.earlier, present_round(case)),
    )
