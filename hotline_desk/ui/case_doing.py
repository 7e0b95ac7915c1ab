"""Turn what stands in a deed's fields into the deed itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import Route, Satisfaction
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
from hotline_desk.ui.case_deeds import was_reached
from hotline_desk.ui.deed import Doing
from hotline_desk.ui.deed_reading import Reading
from hotline_desk.ui.field_text import NotUnderstood
from hotline_desk.workflows import assign, case_clock, case_course, case_money
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from hotline_desk.domain.cases import Case
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.deed import Deed
    from hotline_desk.ui.deed_reading import Values
    from hotline_desk.ui.office import Office

    Act = Callable[[Ledger], Case]


def act(deed: Deed, case_id: int, values: Values, *, office: Office, now: datetime) -> Act:
    """Return what does *deed* to a case on the ledger.

    Raises:
        NotUnderstood: something is missing or cannot be read; it says what, in a sentence.
    """
    begun = all(values.get(field.name, "") == field.value for field in deed.fields)
    if deed.doing in _WANTED and begun and not deed.fields[0].value:
        raise NotUnderstood(_WANTED[deed.doing])
    return _ACTS[deed.doing](deed, case_id, Reading(values, now), office)


def _contact(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    reached, way = was_reached(read.line("reached")), Way(read.chosen("way", "方式"))
    noted = reached and way.with_worker
    contact = Contact(
        at=read.moment("at"),
        way=way,
        reached=reached,
        facts=frozenset(map(Fact, read.words("facts"))) if noted else frozenset(),
        words=read.line("note"),
    )
    return partial(case_clock.note_contact, case_id=case_id, contact=contact, by=office.by)


def _plan(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    on, told = read.day("on", "日期"), read.maybe_day("told_on", "告知职工的日子")
    written = frozenset(map(PlanPart, read.words("parts")))
    grading = _graded(read, on) if read.line("grade") else None
    route = Route(read.line("route")) if read.line("route") else None

    def work(ledger: Ledger) -> Case:
        with ledger.together():
            case = ledger.case(case_id)
            if route is not None and route is not case.route:
                case = assign.assign(
                    ledger, case_id, owner=case.owner, route=route, helpers=case.helpers,
                    by=office.by,
                )  # fmt: skip
            parts = written | ({PlanPart.OWNER} if case.owner else set())
            parts |= {PlanPart.ROUTE} if case.route else set()
            if grading is not None:
                case_clock.grade(ledger, case_id, grading, by=office.by)
            plan = Plan(on=on, parts=parts, told_on=told)
            return case_clock.note_plan(ledger, case_id, plan, by=office.by)

    return work


def _graded(read: Reading, on: date) -> Grading:
    grade = Grade(read.chosen("grade", "一般还是复杂"))
    reason = read.line("reason") if grade is Grade.COMPLEX else ""
    return Grading(
        on=on,
        grade=grade,
        reason=ComplexReason(reason) if reason else None,
        approver=read.line("approver"),
    )


def _grade(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    grading = _graded(read, read.day("on", "日期"))
    return partial(case_clock.grade, case_id=case_id, grading=grading, by=office.by)


def _advance(deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    to, on = deed.to or Course.TO_CONTACT, read.day("on", "日期")
    moved = partial(case_course.advance, case_id=case_id, to=to, on=on, by=office.by)
    return _with_agreement(moved, deed, case_id, read, office)


def _close(deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    way = ClosingWay(read.chosen("way", "办结方式"))
    told = read.maybe_day("told_on", "告知职工的日子")
    closing = Closing(on=read.day("on", "日期"), told_on=told)
    closed = partial(case_clock.close, case_id=case_id, closing=closing, way=way, by=office.by)
    return _with_agreement(closed, deed, case_id, read, office)


def _with_agreement(work: Act, deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    """Return what does *work* and notes what was agreed with it, where that was written."""
    begun = {field.name: field.value for field in deed.fields}
    if all(read.line(name) == begun.get(name, "") for name in ("agreed", "agreed_on", "pay_by")):
        return work
    fen = read.fen("agreed", "协议金额") or 0
    on = read.maybe_day("agreed_on", "协议日期") or read.day("on", "日期")
    pay_by = read.any_day("pay_by", "约定付款日")
    if not fen:
        raise NotUnderstood("写了协议日期或约定付款日，还没有填协议金额。")

    def both(ledger: Ledger) -> Case:
        with ledger.together():
            case = work(ledger)
            agreed = replace(case.promise, agreed_fen=fen, agreed_on=on, pay_by=pay_by)
            return case_money.promise(ledger, case_id, agreed, basis=case.basis, by=office.by)

    return both


def _finish(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    way = Finish(read.chosen("way", "结案方式"))
    return partial(
        case_course.finish, case_id=case_id, way=way, on=read.day("on", "日期"), by=office.by
    )


def _payment(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    fen = read.fen("fen", "到账金额")
    if fen is None:
        raise NotUnderstood("到账金额请写成数字，例如 3000 或 3.3万。")
    on, party = read.day("on", "日期"), read.line("party")
    return partial(
        case_money.note_payment, case_id=case_id, fen=fen, on=on, party=party, by=office.by
    )


def _call_back(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    said = Satisfaction(read.chosen("satisfaction", "满意度"))
    on = read.day("on", "日期")
    return partial(case_course.call_back, case_id=case_id, satisfaction=said, on=on, by=office.by)


def _pause(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    stop = Pause(
        first=read.day("on", "开始日"),
        reason=PauseReason(read.chosen("reason", "原因")),
        expected=read.coming_day("expected", "预计恢复日"),
    )
    return partial(case_clock.pause, case_id=case_id, stop=stop, by=office.by)


def _resume(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
    return partial(case_clock.resume, case_id=case_id, on=read.day("on", "日期"), by=office.by)


def _extend(_deed: Deed, case_id: int, read: Reading, office: Office) -> Act:
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

_ACTS: dict[Doing, Callable[[Deed, int, Reading, Office], Act]] = {
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
