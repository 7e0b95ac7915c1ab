"""Correct (更正) or strike out (作废) what was noted for a case, however long ago.

What is corrected passes the checks that it passed when it was new, and so does all that hangs on
it: the case is afterwards as if only what stands had ever been noted. What it was stays in the
case's log, with the reason, and in the history. Months that are closed stay as they were reported;
the first that is not tells what has changed in them (上月调整).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.casework import clock_changes
from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.casework.clock_events import ClockEvents, Grading
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, gives_up, stands_by
from hotline_desk.domain.casework.noted import Closed, Noted, What, noted, put
from hotline_desk.domain.casework.noted_words import told
from hotline_desk.domain.casework.payments import known_payments
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.workflows.case_clock import (
    before_closing,
    followed,
    moved_by_closing,
    sound_plan,
)
from hotline_desk.workflows.case_course import (
    finished,
    given_up,
    sound_action,
    sound_call_back,
    unfinished,
    unwatched,
    watched,
)
from hotline_desk.workflows.case_money import sound_payment
from hotline_desk.workflows.cases import not_before, unmerged
from hotline_desk.workflows.lapses import sound_interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.casework.noted import Record
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger


@dataclass(frozen=True, slots=True)
class _Rules:
    calendar: Calendar
    limits: Limits
    state: Course
    """From where the course came to 结案, else where it stands."""


_BY_NOTES = frozenset({Course.TO_CONTACT, Course.CONTACTED, Course.PLANNED})
"""Where the course stands by what is noted; from there on it goes by hand."""
_OWN_END = {
    Finish.FULFILLED: Course.MEDIATED,
    Finish.NOT_MEDIATED: Course.NOT_MEDIATED,
    Finish.ARBITRATED: Course.ARBITRATION,
    Finish.JUDGED: Course.LAWSUIT,
}
_MEDIATION = frozenset({ClosingWay.MEDIATED, ClosingWay.NOT_MEDIATED})


def correct(
    ledger: Ledger,
    case_id: int,
    was: Noted,
    record: Record | None,
    *,
    reason: str,
    on: date,
    calendar: Calendar,
    limits: Limits,
    by: str,
) -> Case:
    """Write *record* in the place of what *was* noted (更正); None strikes it out (作废).

    Args:
        ledger: where the case is.
        case_id: for which case it was noted, in the present round.
        was: one of `domain.noted.noted`.
        record: what is right, of the same kind.
        reason: why it was wrong, in words.
        on: the day on which it is corrected.
        calendar: the office's working days.
        limits: the office's limits.
        by: who does it.

    Raises:
        CaseNotFound: no case has this id.
        ClockRefused: the rules of the time limits forbid it, or what hangs on it.
        CourseRefused: there is no reason, nothing is changed, a day has not come, somebody else
            has changed it meanwhile, the course forbids it, or the case has been merged into
            another.
    """
    kind = ActionKind.STRUCK_OUT if record is None else ActionKind.CORRECTED
    with ledger.together():
        case = unmerged(ledger, case_id, kind)
        if not reason.strip():
            raise CourseRefused(kind, "要写明理由")
        if was not in noted(case):
            raise CourseRefused(kind, "这一条刚才改过，请重新选")
        record = _sound(ledger, case, was.record, record)
        if record == was.record:
            raise CourseRefused(kind, "和原来记的一样")
        if any(day > on for day in _days(record)):
            raise CourseRefused(kind, "日期晚于今天，到了那天再记")
        state = _before_its_end(ledger, case)
        changed = _along(case, was, record, state, by)
        _require_sound(case, changed, _Rules(calendar, limits, state), kind)
        what = told(was)
        words = "\n".join(filter(None, (what.head, what.text)))
        trace = Action(on=on, kind=kind, words=reason.strip(), by=by, was=words, was_on=what.on)
        changed = replace(changed, actions=(*changed.actions, trace))
        return ledger.save_case(changed, by=by)


def _sound(ledger: Ledger, case: Case, was: Record, record: Record | None) -> Record | None:
    """Return *record* as it is written down in the place of what *was*.

    Raises:
        ClockRefused: it is another grade, and nobody has approved of it.
        CourseRefused: an action that could not be noted so.
    """
    if isinstance(record, Action):
        return sound_action(ledger, case, record)
    if isinstance(record, Closed) and isinstance(was, Closed):
        moved_from = was.closing.moved_from
        return replace(record, closing=replace(record.closing, moved_from=moved_from))
    if (
        isinstance(record, Grading)
        and isinstance(was, Grading)
        and record.grade is not was.grade
        and not record.approver.strip()
    ):
        raise ClockRefused(f"改为{record.grade}", "已经定过，再改要有批准人")
    return record


def _days(record: Record | None) -> Iterator[date]:
    """Yield the days on which what is noted has happened; when a pause is likely to end is none."""
    noted_by = record.closing if isinstance(record, Closed) else record
    for name in ("on", "told_on", "asked_on", "first", "resumed"):
        if (day := getattr(noted_by, name, None)) is not None:
            yield day


def _before_its_end(ledger: Ledger, case: Case) -> Course:
    """Return from where the course came to 结案; while it is open, where it stands."""
    if case.course.is_open:
        return case.course
    steps = [each for each in ledger.history("cases", case.id) if each.field == "course"]
    for step in reversed(steps):
        if not step.undoes and step.after == Course.FINISHED and step.before:
            return Course(str(step.before))
    known = _OWN_END.get(case.finish) if case.finish else None  # it was brought along finished
    return known or _noted_course(case)


def _along(case: Case, was: Noted, record: Record | None, state: Course, by: str) -> Case:
    """Return the case with *record*, and with what follows of it."""
    if was.what is What.CALLED_BACK:
        return watched(put(unwatched(case), was, record), by)
    changed = put(case, was, record)
    if was.what is What.CLOSED:
        return _closed(case, changed, was.record)
    if was.what is What.FINISHED:
        changed = unfinished(case, state) if record is None else _ended(case, changed)
    led = changed.course is _noted_course(case)  # one that was brought along is not led back
    # what has led the course may have been put right since the case ended
    ended = not case.course.is_open and any(action.was for action in case.actions)
    if led or (ended and changed.course in _BY_NOTES):
        return replace(changed, course=_noted_course(changed))
    return followed(changed)


def _ended(case: Case, changed: Case) -> Case:
    """Return *changed*, whose 结案 is another one, with why money was given up by it."""
    at = given_up(case)
    if at is None or changed.finished_on is None:
        return changed
    line = replace(case.actions[at], on=changed.finished_on)
    stays = (line,) if _gives_up(changed) else ()
    return replace(changed, actions=(*case.actions[:at], *stays, *case.actions[at + 1 :]))


def _gives_up(case: Case) -> bool:
    """Return whether a case has ended in a way that leaves promised money behind."""
    way, on = case.finish, case.finished_on
    return way is not None and on is not None and gives_up(way, case.promise, on)


def _noted_course(case: Case) -> Course:
    """Return where the course stands by what is noted alone."""
    return followed(replace(case, course=Course.TO_CONTACT)).course


def _closed(case: Case, changed: Case, was: Record) -> Case:
    """Return *changed*, whose 办结 is another one or none, with its course where that leads."""
    if not isinstance(was, Closed) or changed.closing is was.way:
        return changed
    if not case.course.is_open:
        if changed.closing in _MEDIATION or was.way in _MEDIATION:
            raise CourseRefused("改办结方式", "已经结案，要先作废结案")
        return changed
    if was.way is None and case.course in _BY_NOTES:  # another ledger's, which told of no course
        return replace(changed, course=stands_by(changed.closing) or case.course)
    return moved_by_closing(changed, before_closing(case))


def _require_sound(case: Case, changed: Case, rules: _Rules, deed: str) -> None:
    """Let nothing of *changed* break a rule that nothing of *case* breaks.

    What was brought along from elsewhere may break rules of its own.
    """
    known = Counter(each.args for each in _faults(case, rules))
    for fault in _faults(changed, rules):
        if not known[fault.args]:
            raise type(fault)(deed, f"{fault.deed}：{fault.fault}") from fault
        known[fault.args] -= 1


def _faults(case: Case, rules: _Rules) -> Iterator[ClockRefused | CourseRefused]:
    """Yield why what is noted for *case* could not be noted so, were it noted now in its order."""
    for check in _checks(case, rules):
        try:
            check()
        except (ClockRefused, CourseRefused) as fault:
            yield fault


def _checks(case: Case, rules: _Rules) -> Iterator[Callable[[], object]]:
    yield from _checks_of_clock(case, rules)
    yield from (partial(sound_payment, case, payment) for payment in known_payments(case))
    yield from (partial(sound_interruption, stop) for stop in case.interruptions)
    yield partial(sound_call_back, case)
    yield partial(_planned, case, rules.state)
    if not case.course.is_open and case.finish is not None and case.finished_on is not None:
        yield partial(finished, case, rules.state, case.finish, case.finished_on)
        yield partial(_reasoned, case)


def _checks_of_clock(case: Case, rules: _Rules) -> Iterator[Callable[[], object]]:
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
    if _gives_up(case) and given_up(case) is None:
        why = "答应的款项还没有到账，要写明为什么不再跟进；先作废结案，改好再结案"
        raise CourseRefused("结案", why)


def _planned(case: Case, state: Course) -> None:
    """Let the plan be there that the course went on from by hand.

    Raises:
        CourseRefused: it is not, or not whole, or the worker does not know it.
    """
    if state not in _BY_NOTES and case.events.planned_on is None:
        raise CourseRefused("改方案", f"进程已经是{state}，方案要记齐并告知职工")
