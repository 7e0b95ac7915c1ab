"""What may be asked of a case's clock: a grade, a pause and its end, an extension.

Each returns the events with the new one among them, or refuses in the desk's words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.clock_events import Grade
from hotline_desk.domain.casework.deadlines import Step, WorkingTime
from hotline_desk.errors import ClockRefused

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.clock_events import ClockEvents, Extension, Grading, Pause
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.workdays import Calendar

LONGEST_EXTENSION = 5
"""Working days."""


def grade(events: ClockEvents, grading: Grading) -> ClockEvents:
    """Say how hard a case is.

    Raises:
        ClockRefused: it is 复杂 without a reason, a change without an approver, or too early.
    """
    deed = f"定为{grading.grade}"
    if grading.grade is Grade.COMPLEX and grading.reason is None:
        raise ClockRefused(deed, "要写明属于哪种复杂情形")
    if grading.on < events.received:
        raise ClockRefused(deed, "日期早于接收日")
    if events.gradings and not grading.approver.strip():
        raise ClockRefused(deed, "已经定过，再改要有批准人")
    if events.gradings and grading.on < events.gradings[-1].on:
        raise ClockRefused(deed, "日期早于上一次")
    return replace(events, gradings=(*events.gradings, grading))


def pause(events: ClockEvents, new: Pause) -> ClockEvents:
    """Stop the clock.

    Raises:
        ClockRefused: the case is closed, the clock stands already, or the days are not in order.
    """
    deed = "暂停计时"
    if events.closed_on is not None:
        raise ClockRefused(deed, "已经办结")
    if events.pause is not None:
        raise ClockRefused(deed, "已经在暂停中")
    if new.first < max((events.received, *(p.resumed for p in events.pauses if p.resumed))):
        raise ClockRefused(deed, "开始日早于接收日或上一次恢复的日子")
    if new.expected <= new.first:
        raise ClockRefused(deed, "预计恢复日要在开始日之后")
    return replace(events, pauses=(*events.pauses, replace(new, resumed=None)))


def resume(events: ClockEvents, on: date) -> ClockEvents:
    """Let the clock run again from the day after *on*.

    Raises:
        ClockRefused: it does not stand, or *on* is before the pause.
    """
    standing = events.pause
    if standing is None:
        raise ClockRefused("恢复计时", "没有在暂停")
    if on < standing.first:
        raise ClockRefused("恢复计时", "恢复日早于暂停的开始日")
    ended = replace(standing, resumed=on)
    return replace(events, pauses=tuple(ended if p is standing else p for p in events.pauses))


def extend(
    events: ClockEvents, extension: Extension, *, calendar: Calendar, limits: Limits
) -> ClockEvents:
    """Give a case more days for closing.

    Raises:
        ClockRefused: it has been extended or closed already, by too many days, too late or before
            it was received, or without approver or reason.
    """
    if fault := _extension_fault(events, extension, calendar, limits):
        raise ClockRefused("延期", fault)
    return replace(events, extension=extension)


def _extension_fault(
    events: ClockEvents, extension: Extension, calendar: Calendar, limits: Limits
) -> str:
    if events.extension is not None:
        return "只能延期一次"
    if events.closed_on is not None:
        return "已经办结"
    if not 0 < extension.days <= LONGEST_EXTENSION:
        return f"最多延 {LONGEST_EXTENSION} 个工作日"
    if not extension.approver.strip() or not extension.reason.strip():
        return "要有批准人和理由"
    if min(extension.asked_on, extension.told_on) < events.received:
        early = "申请日" if extension.asked_on < events.received else "告知职工的日子"
        return f"{early}早于接收日"
    known = events.as_of(extension.asked_on)
    used = WorkingTime(known, extension.asked_on, calendar).until(extension.asked_on)
    if used > limits.of(Step.CLOSE, known.grade):
        return "要在期限届满之前提出"
    return ""
