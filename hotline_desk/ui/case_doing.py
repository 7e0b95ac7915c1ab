"""Turn what stands in a deed's fields into the deed itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import Satisfaction
from hotline_desk.domain.clock_events import (
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
    PlanPart,
)
from hotline_desk.domain.contacts import Contact, Fact, Way
from hotline_desk.domain.course import Closing as ClosingWay
from hotline_desk.domain.course import Course, Finish
from hotline_desk.ui.case_deeds import Doing, was_reached
from hotline_desk.ui.day_text import day_of, moment_of
from hotline_desk.ui.field_text import NotUnderstood, from_text
from hotline_desk.workflows import case_clock, case_course, case_money
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from hotline_desk.domain.cases import Case
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.case_deeds import Deed
    from hotline_desk.ui.office import Office

    Values = dict[str, str]
    """What stands in the fields by their names; of ticks those set, with blanks between."""
    Act = Callable[[Ledger], Case]


def act(deed: Deed, case_id: int, values: Values, *, office: Office, now: datetime) -> Act:
    """Return what does *deed* to a case on the ledger.

    Raises:
        NotUnderstood: something is missing or cannot be read; it says what, in a sentence.
    """
    begun = all(values.get(field.name, "") == field.value for field in deed.fields)
    if deed.doing in _WANTED and begun and not deed.fields[0].value:
        raise NotUnderstood(_WANTED[deed.doing])
    return _ACTS[deed.doing](deed, case_id, _Read(values, now), office)


class _Read:
    """Reads the fields, and says which one is wrong."""

    def __init__(self, values: Values, now: datetime) -> None:
        self._values = values
        self._now = now

    def line(self, name: str) -> str:
        return self._values.get(name, "").strip()

    def words(self, name: str) -> list[str]:
        return self._values.get(name, "").split()

    def day(self, name: str, what: str) -> date:
        """A day that has come: what is noted has happened."""
        found = self.maybe_day(name, what)
        if found is None:
            raise NotUnderstood(f"还没有填{what}。")
        return found

    def maybe_day(self, name: str, what: str) -> date | None:
        found = self._any_day(name, what)
        if found is not None and found > self._now.date():
            raise NotUnderstood(f"{what}不能晚于今天，到了那天再记。")
        return found

    def coming_day(self, name: str, what: str) -> date:
        found = self._any_day(name, what)
        if found is None:
            raise NotUnderstood(f"还没有填{what}。")
        return found

    def moment(self, name: str) -> datetime:
        try:
            found = moment_of(self.line(name), self._now)
        except ValueError:
            raise NotUnderstood("时间请写成 11-25 09:10，当天的可以只写 09:10。") from None
        if found > self._now:
            raise NotUnderstood("联系的时间不能晚于现在。")
        return found

    def _any_day(self, name: str, what: str) -> date | None:
        try:
            return day_of(self.line(name), self._now.date())
        except ValueError:
            raise NotUnderstood(f"{what}请写成 2026-11-25、11-25 或“今天”。") from None

    def chosen(self, name: str, what: str) -> str:
        if not self.line(name):
            raise NotUnderstood(f"还没有选{what}。")
        return self.line(name)


def _contact(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    reached = was_reached(read.line("reached"))
    contact = Contact(
        at=read.moment("at"),
        way=Way(read.chosen("way", "方式")),
        reached=reached,
        facts=frozenset(map(Fact, read.words("facts"))) if reached else frozenset(),
    )
    note = read.line("note")
    return partial(
        case_clock.note_contact, case_id=case_id, contact=contact, note=note, by=office.by
    )


def _plan(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    on, told = read.day("on", "日期"), read.maybe_day("told_on", "告知职工的日子")
    written = frozenset(map(PlanPart, read.words("parts")))
    grading = _graded(read, on) if read.line("grade") else None

    def work(ledger: Ledger) -> Case:
        case = ledger.case(case_id)
        parts = written | ({PlanPart.OWNER} if case.owner else set())
        parts |= {PlanPart.ROUTE} if case.route else set()
        with ledger.together():
            if grading is not None:
                case_clock.grade(ledger, case_id, grading, by=office.by)
            plan = Plan(on=on, parts=parts, told_on=told)
            return case_clock.note_plan(ledger, case_id, plan, by=office.by)

    return work


def _graded(read: _Read, on: date) -> Grading:
    grade = Grade(read.chosen("grade", "一般还是复杂"))
    reason = read.line("reason") if grade is Grade.COMPLEX else ""
    return Grading(
        on=on,
        grade=grade,
        reason=ComplexReason(reason) if reason else None,
        approver=read.line("approver"),
    )


def _grade(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    grading = _graded(read, read.day("on", "日期"))
    return partial(case_clock.grade, case_id=case_id, grading=grading, by=office.by)


def _advance(deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    to, on = deed.to or Course.TO_CONTACT, read.day("on", "日期")
    return partial(case_course.advance, case_id=case_id, to=to, on=on, by=office.by)


def _close(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    way = ClosingWay(read.chosen("way", "办结方式"))
    told = read.maybe_day("told_on", "告知职工的日子")
    closing = Closing(on=read.day("on", "日期"), told_on=told)
    return partial(case_clock.close, case_id=case_id, closing=closing, way=way, by=office.by)


def _finish(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    way = Finish(read.chosen("way", "结案方式"))
    return partial(
        case_course.finish, case_id=case_id, way=way, on=read.day("on", "日期"), by=office.by
    )


def _payment(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    try:
        fen = from_text("amount_fen", read.line("fen"))
    except NotUnderstood:
        fen = None
    if fen is None:
        raise NotUnderstood("到账金额请写成数字，例如 3000 或 3.3万。")
    on, party = read.day("on", "日期"), read.line("party")
    return partial(
        case_money.note_payment, case_id=case_id, fen=fen, on=on, party=party, by=office.by
    )


def _call_back(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    said = Satisfaction(read.chosen("satisfaction", "满意度"))
    on = read.day("on", "日期")
    return partial(case_course.call_back, case_id=case_id, satisfaction=said, on=on, by=office.by)


def _pause(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    stop = Pause(
        first=read.day("on", "开始日"),
        reason=PauseReason(read.chosen("reason", "原因")),
        expected=read.coming_day("expected", "预计恢复日"),
    )
    return partial(case_clock.pause, case_id=case_id, stop=stop, by=office.by)


def _resume(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    return partial(case_clock.resume, case_id=case_id, on=read.day("on", "日期"), by=office.by)


def _extend(_deed: Deed, case_id: int, read: _Read, office: Office) -> Act:
    days = read.line("days")
    if not days.isdecimal():
        raise NotUnderstood("延长几个工作日请写成数字，最多 5。")
    extension = Extension(
        asked_on=read.day("on", "申请日"),
        days=int(days),
        approver=read.line("approver"),
        reason=read.line("reason"),
        told_on=read.day("told_on", "告知职工的日子"),
    )

    def work(ledger: Ledger) -> Case:
        return case_clock.extend(
            ledger,
            case_id,
            extension,
            calendar=read_calendar(office.workspace),
            limits=read_limits(office.settings),
            by=office.by,
        )

    return work


_WANTED = {
    Doing.CONTACT: "先在“记录”里写一句说了什么；没联系上就在“结果”里选，再按 Ctrl+S。",
    Doing.PLAN: "先勾上方案里已写明的，再按 Ctrl+S。",
}
"""What has to be written first, where the deed's fields could also be read as they begin."""

_ACTS: dict[Doing, Callable[[Deed, int, _Read, Office], Act]] = {
    Doing.CONTACT: _contact,
    Doing.PLAN: _plan,
    Doing.ADVANCE: _advance,
    Doing.CLOSE: _close,
    Doing.RESUME: _resume,
    Doing.PAYMENT: _payment,
    Doing.FINISH: _finish,
    Doing.CALL_BACK: _call_back,
    Doing.GRADE: _grade,
    Doing.PAUSE: _pause,
    Doing.EXTEND: _extend,
    Doing.AGAIN: _advance,
}
