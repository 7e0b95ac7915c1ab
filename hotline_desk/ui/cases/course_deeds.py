"""Deeds that bring a case on in its course: 联系, 方案, 进程, 办结, 到账, 结案, 回访, 重办."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Route, Satisfaction
from hotline_desk.domain.casework.clock_events import Closing, Plan, PlanPart
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Fact, Way
from hotline_desk.domain.casework.course import (
    ClosingWay,
    Course,
    Finish,
    Fulfilment,
    finishes,
    gives_up,
)
from hotline_desk.domain.casework.payments import claimed_fen
from hotline_desk.domain.times import STUDIO_ZONE, money_text
from hotline_desk.ui.cases.case_fields import PROMISE, text_of
from hotline_desk.ui.cases.clock_deeds import grade_fields, graded, told
from hotline_desk.ui.cases.deed import DeedKind, Doing, day, only_day
from hotline_desk.ui.kit.day_text import short_day
from hotline_desk.ui.kit.field_text import NotUnderstood
from hotline_desk.ui.kit.fields import Field, Shape, choice
from hotline_desk.workflows import assign, case_clock, case_course, case_money

if TYPE_CHECKING:
    from collections.abc import Collection

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.deed import Act, Asked, Fields, Standing
    from hotline_desk.ui.kit.deed_reading import Reading

_REACHED = ("联系上了", "没联系上")
_WAYS = (Way.CALL, Way.VISIT, Way.TEXT, Way.INTAKE,
         Way.NEGOTIATION, Way.MEDIATION, Way.ARBITRATION,
         Way.COURT)  # fmt: skip
_WRITTEN = (PlanPart.FACTS, PlanPart.EVIDENCE, PlanPart.MEASURES)
_COMES_TO = {
    Course.MEDIATED: ClosingWay.MEDIATED,
    Course.NOT_MEDIATED: ClosingWay.NOT_MEDIATED,
}
"""In which way a case is 办结 whose course has come there."""
_SUM_WANTED = "先写协议金额，没有要付的写 0，再按 Ctrl+S。"


def _contact_fields(standing: Standing) -> Fields:
    case = standing.case
    noted = {fact for contact in case.events.contacts if contact.reached for fact in contact.facts}
    known = {
        Fact.EMPLOYER: bool(case.employer),
        Fact.MATTER: bool(case.matter),
        Fact.AMOUNT: case.claimed_fen is not None,
    }
    noted |= {fact for fact, is_known in known.items() if is_known}
    yield Field(name="note", title="记录", hint="说了什么、结果怎样，一句话")
    yield Field(
        name="facts",
        title="五项",
        shape=Shape.TICKS,
        options=tuple(fact.value for fact in Fact),
        value="、".join(fact.value for fact in Fact if fact in noted & ALL_FACTS),
    )
    yield Field(
        name="reached", title="结果", shape=Shape.CHOICE, options=_REACHED, value=_REACHED[0]
    )
    yield Field(
        name="way",
        title="方式",
        shape=Shape.CHOICE,
        options=tuple(way.value for way in _WAYS),
        value=Way.CALL.value,
    )
    yield Field(name="at", title="时间", value=f"{standing.now:%Y-%m-%d %H:%M}")


def contact_texts(contact: Contact) -> dict[str, str]:
    """Return what stands in the fields of a contact that was noted."""
    return {
        "note": contact.words,
        "facts": "、".join(fact for fact in Fact if fact in contact.facts),
        "reached": _REACHED[0 if contact.reached else 1],
        "way": contact.way.value,
        "at": f"{contact.at.astimezone(STUDIO_ZONE):%Y-%m-%d %H:%M}",
    }


def read_contact(read: Reading) -> Contact:
    """Return what is written of a contact."""
    reached, way = read.line("reached") == _REACHED[0], Way(read.chosen("way", "方式"))
    noted = reached and way.with_worker
    return Contact(
        at=read.moment("at"),
        way=way,
        reached=reached,
        facts=frozenset(map(Fact, read.words("facts"))) if noted else frozenset(),
        words=read.line("note"),
    )


def _contact(asked: Asked) -> Act:
    contact = read_contact(asked.read)
    return partial(case_clock.note_contact, case_id=asked.case.id, contact=contact, by=asked.by)


def written_parts(parts: Collection[PlanPart]) -> str:
    """Return which of a plan's *parts* are ticked; the ledger knows the rest."""
    return "、".join(part.value for part in _WRITTEN if part in parts)


def _plan_fields(standing: Standing) -> Fields:
    case = standing.case
    plan = case.events.plan
    noted = plan.parts if plan else frozenset[PlanPart]()
    yield Field(
        name="parts",
        title="已写明",
        shape=Shape.TICKS,
        options=tuple(part.value for part in _WRITTEN),
        value=written_parts(noted),
    )
    if case.route is None:
        yield choice("route", "分流", Route, standing.route or "")
    if not case.events.gradings:
        yield from grade_fields(case)
    yield day(standing)
    yield told(plan.told_on if plan else None, standing.now.date())


def _plan(asked: Asked) -> Act:
    read, by = asked.read, asked.by
    on, told_on = read.day("on", "日期"), read.maybe_day("told_on", "告知职工的日子")
    written = frozenset(map(PlanPart, read.words("parts")))
    grading = graded(read, on) if read.line("grade") else None
    route = Route(read.line("route")) if read.line("route") else None

    def work(ledger: Ledger) -> Case:
        with ledger.together():
            case = ledger.case(asked.case.id)
            if route is not None and route is not case.route:
                case = assign.assign(
                    ledger, case.id, owner=case.owner, route=route, helpers=case.helpers, by=by
                )
            parts = written | ({PlanPart.OWNER} if case.owner else set())
            parts |= {PlanPart.ROUTE} if case.route else set()
            if grading is not None:
                case_clock.grade(ledger, case.id, grading, by=by)
            plan = Plan(on=on, parts=parts, told_on=told_on)
            return case_clock.note_plan(ledger, case.id, plan, by=by)

    return work


def _agreement_fields(case: Case) -> Fields:
    """Ask for what was agreed where a mediation came to something; nothing need be written."""
    claimed = claimed_fen(case)
    hints = {
        "agreed": f"诉求 {money_text(claimed)}；没有要付的写 0" if claimed else "没有就空着",
        "agreed_on": "空着就是上面的日期",
        "pay_by": "例如 12-10",
    }
    for field in PROMISE:
        if field.name in hints:
            yield replace(field, value=text_of(case, field.name), hint=hints[field.name])


def _with_agreement(work: Act, asked: Asked) -> Act:
    """Return what does *work* and notes what was agreed with it, where that was written."""
    read = asked.read
    begun = {field.name: field.value for field in asked.deed.fields}
    if all(read.line(name) == begun.get(name, "") for name in ("agreed", "agreed_on", "pay_by")):
        return work
    fen = read.fen("agreed", "协议金额")
    on = read.maybe_day("agreed_on", "协议日期") or read.day("on", "日期")
    pay_by = read.any_day("pay_by", "约定付款日")
    if fen is None:
        raise NotUnderstood("写了协议日期或约定付款日，还没有填协议金额。")

    def both(ledger: Ledger) -> Case:
        with ledger.together():
            case = work(ledger)
            agreed = replace(case.promise, agreed_fen=fen, agreed_on=on, pay_by=pay_by)
            return case_money.promise(ledger, case.id, agreed, basis=case.basis, by=asked.by)

    return both


def _promise_fields(standing: Standing) -> Fields:
    """Ask for the sum of a case that was mediated, with the day on which it was closed."""
    closed_on = short_day(standing.case.events.closed_on)
    for field in _agreement_fields(standing.case):
        yield replace(field, value=closed_on) if field.name == "agreed_on" else field


def _promise(asked: Asked) -> Act:
    read, case = asked.read, asked.case
    fen = read.fen("agreed", "协议金额")
    if fen is None:
        raise NotUnderstood(_SUM_WANTED)
    on = read.maybe_day("agreed_on", "协议日期") or case.events.closed_on
    pay_by = read.any_day("pay_by", "约定付款日")
    agreed = replace(case.promise, agreed_fen=fen, agreed_on=on, pay_by=pay_by)
    return partial(
        case_money.promise, case_id=case.id, agreed=agreed, basis=case.basis, by=asked.by
    )


def _advance_fields(standing: Standing) -> Fields:
    yield day(standing)
    if standing.to is Course.MEDIATED:
        yield from _agreement_fields(standing.case)


def _advance(asked: Asked) -> Act:
    to, on = asked.deed.to, asked.read.day("on", "日期")
    if to is None:
        raise ValueError(asked.deed)
    moved = partial(case_course.advance, case_id=asked.case.id, to=to, on=on, by=asked.by)
    return _with_agreement(moved, asked)


def _close_fields(standing: Standing) -> Fields:
    case = standing.case
    way = choice("way", "办结方式", ClosingWay, _COMES_TO.get(case.course, ""))
    yield replace(way, value=str(case.closing or ""))
    yield day(standing)
    yield told(None, standing.now.date())
    yield from _agreement_fields(case)


def _close(asked: Asked) -> Act:
    closing, way = read_closing(asked.read)
    closed = partial(case_clock.close, case_id=asked.case.id, closing=closing, way=way, by=asked.by)
    return _with_agreement(closed, asked)


def read_closing(read: Reading) -> tuple[Closing, ClosingWay]:
    """Return what is written of 办结, and its way."""
    way = ClosingWay(read.chosen("way", "办结方式"))
    told_on = read.maybe_day("told_on", "告知职工的日子")
    return Closing(on=read.day("on", "日期"), told_on=told_on), way


def _payment_fields(standing: Standing) -> Fields:
    case = standing.case
    yield Field(name="fen", title="到账金额", hint="例如 3000 或 3.3万")
    if case.parties:
        party = choice("party", "当事人", [party.name for party in case.parties])
        yield replace(party, value=case_money.only_party(case))
    yield day(standing)


def _payment(asked: Asked) -> Act:
    read, case_id = asked.read, asked.case.id
    fen = read.fen("fen", "到账金额")
    if fen is None:
        raise NotUnderstood("到账金额请写成数字，例如 3000 或 3.3万。")
    on, party = read.day("on", "日期"), read.line("party")
    return partial(
        case_money.note_payment, case_id=case_id, fen=fen, on=on, party=party, by=asked.by
    )


def _finish_fields(standing: Standing) -> Fields:
    case, ways = standing.case, finishes(standing.case.course, standing.case.closing)
    fulfilled = case.promise.fulfilment(standing.now.date()) is Fulfilment.FULFILLED
    proposed = Finish.FULFILLED if fulfilled and Finish.FULFILLED in ways else ""
    yield choice("way", "结案方式", ways, proposed)
    yield day(standing)
    if any(gives_up(way, case.promise, standing.now.date()) for way in ways):
        yield Field(name="why", title="不再跟进", hint="款没到账就撤回、转办或联系不上：写明理由")


def _finish(asked: Asked) -> Act:
    way, on = Finish(asked.read.chosen("way", "结案方式")), asked.read.day("on", "日期")
    why = asked.read.line("why")
    return partial(case_course.finish, case_id=asked.case.id, way=way, on=on, why=why, by=asked.by)


def _call_back_fields(standing: Standing) -> Fields:
    yield choice("satisfaction", "满意度", Satisfaction)
    yield day(standing)


def _call_back(asked: Asked) -> Act:
    said = Satisfaction(asked.read.chosen("satisfaction", "满意度"))
    on, case_id = asked.read.day("on", "日期"), asked.case.id
    return partial(case_course.call_back, case_id=case_id, satisfaction=said, on=on, by=asked.by)


def _again(asked: Asked) -> Act:
    on, case_id = asked.read.day("on", "日期"), asked.case.id
    return partial(case_course.advance, case_id=case_id, to=Course.TO_CONTACT, on=on, by=asked.by)


COURSE_DEEDS: dict[Doing, DeedKind] = {
    Doing.CONTACT: DeedKind(
        fields=_contact_fields,
        act=_contact,
        wanted="先在“记录”里写一句说了什么；没联系上就在“结果”里选，再按 Ctrl+S。",
    ),
    Doing.PLAN: DeedKind(
        fields=_plan_fields, act=_plan, wanted="先勾上方案里已写明的，再按 Ctrl+S。"
    ),
    Doing.ADVANCE: DeedKind(fields=_advance_fields, act=_advance),
    Doing.CLOSE: DeedKind(fields=_close_fields, act=_close),
    Doing.PROMISE: DeedKind(fields=_promise_fields, act=_promise, wanted=_SUM_WANTED),
    Doing.PAYMENT: DeedKind(fields=_payment_fields, act=_payment),
    Doing.FINISH: DeedKind(fields=_finish_fields, act=_finish),
    Doing.CALL_BACK: DeedKind(fields=_call_back_fields, act=_call_back),
    Doing.AGAIN: DeedKind(fields=only_day, act=_again),
}
