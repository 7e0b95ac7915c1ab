"""Correct (更正) or strike out (作废) what was noted for a case, however long ago.

What is corrected passes the checks that it passed when it was new, and so does all that hangs on
it: the case is afterwards as if only what stands had ever been noted. What it was stays in the
case's log, with the reason, and in the history. Months that are closed stay as they were reported;
the first that is not tells what has changed in them (上月调整).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.casework.clock_events import Advance, Grading
from hotline_desk.domain.casework.course import (
    ClosingWay,
    Course,
    Finish,
    advance,
    stands_by,
)
from hotline_desk.domain.casework.noted import (
    BY_NOTES,
    OF_THE_CASE,
    Closed,
    Noted,
    What,
    noted,
    put,
)
from hotline_desk.domain.casework.noted_words import told
from hotline_desk.domain.casework.rounds import as_in_round, with_round
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.workflows.case_clock import (
    before_closing,
    fits,
    followed,
    moved_by_closing,
)
from hotline_desk.workflows.case_course import (
    given_up,
    sound_action,
    unfinished,
    unwatched,
    watched,
)
from hotline_desk.workflows.case_soundness import Rules, leaves_money, require_sound
from hotline_desk.workflows.cases import unmerged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.casework.noted import Record
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger


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
        case_id: for which case it was noted, in whichever of its rounds.
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
        at = was.round
        stood = case if at is None else as_in_round(case, at)
        record = _sound(ledger, stood, was.record, record)
        if record == was.record:
            raise CourseRefused(kind, "和原来记的一样")
        if any(day > on for day in _days(record)):
            raise CourseRefused(kind, "日期晚于今天，到了那天再记")
        if at is not None and record is None and was.what is What.FINISHED:
            raise CourseRefused(kind, "重办以前的结案不能作废，先作废重办")
        rules = Rules(calendar, limits, _before_its_end(ledger, case, at), _until(case, at))
        changed = _along(stood, replace(was, round=None), record, rules.state, by)
        if record is not None or was.what is not What.AGAIN:  # else the round is as it ended
            require_sound(stood, changed, rules, kind)
        if at is not None:
            changed = with_round(case, at, changed)
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


def _until(case: Case, at: int | None) -> date | None:
    """Return the day of the 重办 that followed the round at this place."""
    if at is None:
        return None
    return (*(each.received for each in case.earlier), case.received)[at + 1]


def _before_its_end(ledger: Ledger, case: Case, at: int | None) -> Course:
    """Return from where the course came to 结案; while it is open, where it stands."""
    if at is None and case.course.is_open:
        return case.course
    steps = ledger.history("cases", case.id) if at is None else []
    case = case if at is None else as_in_round(case, at)
    if (stood := _stood(case)) is not None:
        return stood
    # of a case that was brought along it is known by what was done here alone
    ends = [each for each in steps if each.field == "course" and each.after == Course.FINISHED]
    state = next((each.before for each in reversed(ends) if not each.undoes), None)
    if state and state != Course.TO_CONTACT:  # there a 重办 was struck out, else nothing is noted
        return Course(str(state))
    known = _OWN_END.get(case.finish) if case.finish else None
    anywhere = case.closing is ClosingWay.BEFORE_CASE  # it comes to its end from any state
    return _noted_course(case) if known is None or anywhere else known


def _stood(case: Case) -> Course | None:
    """Return where steps by hand and 办结 have brought the course; None where none of them did."""
    steps, closing = case.events.advances, case.events.closing
    state = steps[-1].to if steps else None
    moved_from = None if closing is None else closing.moved_from
    moved = moved_from is not None and state in {None, moved_from}
    return stands_by(case.closing) if moved else state


def _along(case: Case, was: Noted, record: Record | None, state: Course, by: str) -> Case:
    """Return the case with *record*, and with what follows of it."""
    if was.what is What.CALLED_BACK:
        return watched(put(unwatched(case), was, record), by)
    if isinstance(was.record, Advance):
        return _advanced(case, was, was.record, record)
    if was.what is What.AGAIN and record is None:
        _require_nothing_since(case)
    changed = put(case, was, record)
    if was.what is What.CLOSED:
        return _closed(case, changed, was.record)
    if was.what is What.FINISHED:
        changed = unfinished(case, state) if record is None else _ended(case, changed)
    led = changed.course is _noted_course(case)  # one that was brought along is not led back
    # what has led the course may have been put right since the case ended
    ended = not case.course.is_open and any(action.was for action in case.actions)
    if led or (ended and changed.course in BY_NOTES):
        return replace(changed, course=_noted_course(changed))
    return followed(changed)


def _ended(case: Case, changed: Case) -> Case:
    """Return *changed*, whose 结案 is another one, with why money was given up by it."""
    at = given_up(case)
    if at is None or changed.finished_on is None:
        return changed
    line = replace(case.actions[at], on=changed.finished_on)
    stays = (line,) if leaves_money(changed) else ()
    return replace(changed, actions=(*case.actions[:at], *stays, *case.actions[at + 1 :]))


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
    if was.way is None and case.course in BY_NOTES:  # another ledger's, which told of no course
        return replace(changed, course=stands_by(changed.closing) or case.course)
    if _stands_by_it(case, was):
        return replace(changed, course=stands_by(changed.closing) or _noted_course(changed))
    return moved_by_closing(changed, before_closing(case))


def _stands_by_it(case: Case, was: Closed) -> bool:
    """Return whether 办结 alone says where the course stands: it was brought along so."""
    by_hand = case.events.advances or was.closing.moved_from is not None
    return not by_hand and case.course not in BY_NOTES and was.way in _MEDIATION


def _advanced(case: Case, was: Noted, step: Advance, record: Record | None) -> Case:
    """Return the case with another *step* of its course or none, and 办结 where that leads."""
    changed = put(case, was, record)
    to = record.to if isinstance(record, Advance) else None
    if to is step.to:
        return changed
    if not case.course.is_open:
        raise CourseRefused("改进程", "已经结案，要先作废结案")
    if to is not None:
        advance(step.start, to)
    left = changed.events.advances
    brought = _noted_course(case) if step.on is None else step.start
    state, closing = left[-1].to if left else brought, case.events.closing
    moved_from = None if closing is None else closing.moved_from
    rests = moved_from in {None, step.to} and fits(case.closing, step.to)
    if closing is not None and (rests or moved_from is state):
        if not fits(case.closing, state):
            raise CourseRefused("改进程", f"办结方式“{case.closing}”靠这一步，先更正或作废办结")
        return moved_by_closing(changed, state)
    return replace(changed, course=state)


def _require_nothing_since(case: Case) -> None:
    """Let nothing have been noted since 重办.

    Raises:
        CourseRefused: something was, which would be lost.
    """
    since = [each for each in noted(case) if each.round is None and each.what not in OF_THE_CASE]
    if since:
        raise CourseRefused("作废重办", f"重办以后已经记了{told(since[0]).head}，先作废")
    if case.promise.is_said or case.basis or case.results:
        raise CourseRefused("作废重办", "重办以后已经写了协议或成效，先去掉")
