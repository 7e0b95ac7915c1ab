"""Deeds that change the 1357 clock: 改一般/复杂, 暂停计时, 恢复计时, 延期."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.clock_events import (
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
)
from hotline_desk.ui.cases.deed import DeedKind, Doing, Place, day, only_day
from hotline_desk.ui.kit.field_text import NotUnderstood
from hotline_desk.ui.kit.fields import Field, choice
from hotline_desk.workflows import case_clock
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ui.cases.deed import Act, Asked, Fields, Standing
    from hotline_desk.ui.kit.deed_reading import Reading


def grade_fields(case: Case) -> Fields:
    """Return what says how hard *case* is; ten workers and more are proposed as 复杂."""
    complex_ = case.is_collective and not case.events.gradings
    yield choice("grade", "一般/复杂", Grade, Grade.COMPLEX.value if complex_ else "")
    reason = ComplexReason.TEN_PEOPLE.value if complex_ else ""
    yield choice("reason", "复杂情形", ComplexReason, reason)


def graded(read: Reading, on: date) -> Grading:
    """Return how hard the case is said to be."""
    grade = Grade(read.chosen("grade", "一般还是复杂"))
    reason = read.line("reason") if grade is Grade.COMPLEX else ""
    return Grading(
        on=on,
        grade=grade,
        reason=ComplexReason(reason) if reason else None,
        approver=read.line("approver"),
    )


def told(on: date | None, today: date) -> Field:
    """Return the field of the day on which the worker was told."""
    return Field(
        name="told_on",
        title="告知职工",
        value=on.isoformat() if on else "",
        proposal="" if on else today.isoformat(),
        hint="还没有告知就空着",
    )


def _grade_fields(standing: Standing) -> Fields:
    yield from grade_fields(standing.case)
    yield Field(name="approver", title="批准人")
    yield day(standing)


def _grade(asked: Asked) -> Act:
    grading = graded(asked.read, asked.read.day("on", "日期"))
    return partial(case_clock.grade, case_id=asked.case.id, grading=grading, by=asked.by)


def _pause_fields(standing: Standing) -> Fields:
    yield choice("reason", "原因", PauseReason)
    yield Field(name="expected", title="预计恢复日", hint="到这一天会提醒")
    yield day(standing, "开始日")


def read_pause(read: Reading) -> Pause:
    """Return what is written of 暂停计时."""
    return Pause(
        first=read.day("on", "开始日"),
        reason=PauseReason(read.chosen("reason", "原因")),
        expected=read.coming_day("expected", "预计恢复日"),
    )


def _pause(asked: Asked) -> Act:
    stop = read_pause(asked.read)
    return partial(case_clock.pause, case_id=asked.case.id, stop=stop, by=asked.by)


def _resume(asked: Asked) -> Act:
    on = asked.read.day("on", "日期")
    return partial(case_clock.resume, case_id=asked.case.id, on=on, by=asked.by)


def _extend_fields(standing: Standing) -> Fields:
    yield Field(name="days", title="延长", hint="几个工作日，最多 5")
    yield Field(name="reason", title="理由")
    yield Field(name="approver", title="批准人")
    yield day(standing, "申请日")
    yield told(None, standing.now.date())


def read_extension(read: Reading) -> Extension:
    """Return what is written of 延期."""
    days = read.line("days")
    if not days.isdecimal():
        raise NotUnderstood("延长几个工作日请写成数字，最多 5。")
    return Extension(
        asked_on=read.day("on", "申请日"),
        days=int(days),
        approver=read.line("approver"),
        reason=read.line("reason"),
        told_on=read.day("told_on", "告知职工的日子"),
    )


def _extend(asked: Asked) -> Act:
    office, extension = asked.office, read_extension(asked.read)
    return lambda ledger: case_clock.extend(
        ledger,
        asked.case.id,
        extension,
        calendar=read_calendar(office.workspace),
        limits=read_limits(office.settings),
        by=asked.by,
    )


CLOCK_DEEDS: dict[Doing, DeedKind] = {
    Doing.GRADE: DeedKind(fields=_grade_fields, act=_grade, place=Place.MORE),
    Doing.PAUSE: DeedKind(fields=_pause_fields, act=_pause, place=Place.MORE),
    Doing.RESUME: DeedKind(fields=only_day, act=_resume),
    Doing.EXTEND: DeedKind(fields=_extend_fields, act=_extend, place=Place.MORE),
}
