"""What can be done for a case now, the next deed first, and which fields each deed needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import Route, Satisfaction
from hotline_desk.domain.clock_events import ComplexReason, Grade, PauseReason, PlanPart
from hotline_desk.domain.contacts import ALL_FACTS, Fact, Way
from hotline_desk.domain.course import Closing, Course, Fulfilment, finishes, next_steps
from hotline_desk.domain.deadlines import Step
from hotline_desk.domain.due import Stage
from hotline_desk.domain.times import money_text
from hotline_desk.ui.case_fields import PROMISE, text_of
from hotline_desk.ui.deed import Deed, Doing, Place
from hotline_desk.ui.fields import Field, Shape, choice
from hotline_desk.workflows import case_money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.deadlines import Clock


STAGE_DEEDS = {
    Stage.CONTACT: Doing.CONTACT,
    Stage.PLAN: Doing.PLAN,
    Stage.RESUME: Doing.RESUME,
    Stage.FULFIL: Doing.PAYMENT,
    Stage.CALL_BACK: Doing.CALL_BACK,
    Stage.AGAIN: Doing.AGAIN,
    Stage.ANSWER: Doing.ANSWER,
}
"""Which deed a row of 今日待办 waits for; on the way to 办结 it is the next one."""

_BY_HAND = frozenset({Course.MEDIATING, Course.MEDIATED, Course.NOT_MEDIATED, Course.ARBITRATION,
                      Course.LAWSUIT})  # fmt: skip
_OWED = frozenset({Fulfilment.OWED, Fulfilment.PARTLY, Fulfilment.OVERDUE})
_REACHED = ("联系上了", "没联系上")
_WAYS = (Way.CALL, Way.VISIT, Way.TEXT, Way.INTAKE, Way.NEGOTIATION, Way.MEDIATION,
         Way.ARBITRATION, Way.COURT)  # fmt: skip
_BESIDE = frozenset({Doing.PAUSE, Doing.EXTEND, Doing.GRADE})
"""Possible, but seldom what comes next."""


def deeds(case: Case, clock: Clock, now: datetime, route: Route | None = None) -> tuple[Deed, ...]:
    """Return what may be done, the next deed first; none that the rules would refuse outright.

    Args:
        case: the case.
        clock: how its clock stands.
        now: the studio's time.
        route: the 分流 that is proposed while none is decided.
    """
    made = _finished(case) if not case.course.is_open else _going_on(case, clock, now)
    return tuple(_deed(doing, to, case, now, route) for doing, to in made)


def _finished(case: Case) -> list[tuple[Doing, Course | None]]:
    again, call = (Doing.AGAIN, None), (Doing.CALL_BACK, None)
    return [again, call] if case.satisfaction is Satisfaction.DISSATISFIED else [call, again]


def _going_on(case: Case, clock: Clock, now: datetime) -> Iterable[tuple[Doing, Course | None]]:
    steps = [(Doing.ADVANCE, to) for to in next_steps(case.course) if to in _BY_HAND]
    if case.events.closed_on is not None:
        return _closed(case, steps, now)
    done = {step.step for step in clock.steps if step.done is not None}
    contacted, stands = Step.CONTACT in done, clock.pause is not None
    close = (Doing.CLOSE, None)
    # after a plan comes the mediation; from then on 办结 says how it came out
    ends = [*steps, close] if case.course is Course.PLANNED else [close, *steps]
    first = {
        Doing.RESUME: stands,
        Doing.CONTACT: not contacted,
        Doing.PLAN: Step.PLAN not in done,
    }
    last = {
        Doing.CONTACT: contacted,
        Doing.PAUSE: not stands,
        Doing.EXTEND: case.events.extension is None,
        Doing.GRADE: bool(case.events.gradings),
    }
    return [*_wanted(first), *ends, *_wanted(last)]


def _wanted(doings: dict[Doing, bool]) -> list[tuple[Doing, Course | None]]:
    return [(doing, None) for doing, wanted in doings.items() if wanted]


def _closed(
    case: Case, steps: Sequence[tuple[Doing, Course | None]], now: datetime
) -> list[tuple[Doing, Course | None]]:
    owed = case.promise.fulfilment(now.date()) in _OWED
    money, end = [(Doing.PAYMENT, None)] if owed else [], (Doing.FINISH, None)
    called = (Doing.CALL_BACK, None)
    if case.satisfaction is Satisfaction.DISSATISFIED:  # 结案 is what 重办 waits for
        return [end, *money, *steps, called, (Doing.CONTACT, None)]
    return [*money, *([] if owed else [end]), called, *steps, *([end] if owed else []),
            (Doing.CONTACT, None)]  # fmt: skip


def _deed(doing: Doing, to: Course | None, case: Case, now: datetime, route: Route | None) -> Deed:
    title = f"改为{to}" if to is not None else doing.value
    place = Place.MORE if doing in _BESIDE else Place.NEXT
    fields = [*_fields(doing, case, now)]
    if doing is Doing.PLAN and case.route is None:
        fields.insert(1, choice("route", "分流", Route, route or ""))
    if doing is Doing.CLOSE or to is Course.MEDIATED:
        fields += _of_agreement(case)
    return Deed(doing=doing, title=title, fields=tuple(fields), to=to, place=place)


def _fields(doing: Doing, case: Case, now: datetime) -> Iterator[Field]:
    today = now.date().isoformat()
    if doing is Doing.CONTACT:
        yield from _of_contact(case, now)
    elif doing in _MADE:
        yield from _MADE[doing](case)
    else:
        yield from _PLAIN.get(doing, ())
    if doing in _DATED:
        yield Field(name=_DATED[doing][0], title=_DATED[doing][1], value=today)
    if doing in _TOLD:
        told = case.events.plan.told_on if doing is Doing.PLAN and case.events.plan else None
        yield Field(
            name="told_on",
            title="告知职工",
            value=told.isoformat() if told else "",
            proposal="" if told else today,
            hint="还没有告知就空着",
        )


def _of_contact(case: Case, now: datetime) -> Iterator[Field]:
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
    yield Field(name="at", title="时间", value=f"{now:%Y-%m-%d %H:%M}")


def _of_plan(case: Case) -> Iterator[Field]:
    written = [PlanPart.FACTS, PlanPart.EVIDENCE, PlanPart.MEASURES]
    noted = case.events.plan.parts if case.events.plan else frozenset[PlanPart]()
    yield Field(
        name="parts",
        title="已写明",
        shape=Shape.TICKS,
        options=tuple(part.value for part in written),
        value="、".join(part.value for part in written if part in noted),
    )
    if not case.events.gradings:
        yield from _of_grade(case)


def _of_grade(case: Case) -> Iterator[Field]:
    complex_ = case.is_collective and not case.events.gradings
    yield choice("grade", "一般/复杂", Grade, Grade.COMPLEX.value if complex_ else "")
    reason = ComplexReason.TEN_PEOPLE.value if complex_ else ""
    yield choice("reason", "复杂情形", ComplexReason, reason)


def _of_change(case: Case) -> Iterator[Field]:
    yield from _of_grade(case)
    yield Field(name="approver", title="批准人")


def _of_close(case: Case) -> Iterator[Field]:
    yield replace(choice("way", "办结方式", Closing), value=str(case.closing or ""))


def _of_finish(case: Case) -> Iterator[Field]:
    yield choice("way", "结案方式", finishes(case.course))


def _of_payment(case: Case) -> Iterator[Field]:
    yield Field(name="fen", title="到账金额", hint="例如 3000 或 3.3万")
    if case.parties:
        party = choice("party", "当事人", [party.name for party in case.parties])
        yield replace(party, value=case_money.only_party(case))


def _of_agreement(case: Case) -> Iterator[Field]:
    """Ask for what was agreed where a mediation came to something; nothing need be written."""
    claimed = f"诉求 {money_text(case.claimed_fen)}；" if case.claimed_fen else ""
    hints = {
        "agreed": f"{claimed}没有就空着",
        "agreed_on": "空着就是上面的日期",
        "pay_by": "例如 12-10",
    }
    for field in PROMISE:
        if field.name in hints:
            yield replace(field, value=text_of(case, field.name), hint=hints[field.name])


def was_reached(words: str) -> bool:
    """Return whether a contact's result in *words* says that they spoke."""
    return words == _REACHED[0]


_MADE: dict[Doing, Callable[[Case], Iterator[Field]]] = {
    Doing.PLAN: _of_plan,
    Doing.PAYMENT: _of_payment,
    Doing.CLOSE: _of_close,
    Doing.GRADE: _of_change,
    Doing.FINISH: _of_finish,
}
_PLAIN: dict[Doing, tuple[Field, ...]] = {
    Doing.CALL_BACK: (choice("satisfaction", "满意度", Satisfaction),),
    Doing.PAUSE: (
        choice("reason", "原因", PauseReason),
        Field(name="expected", title="预计恢复日", hint="到这一天会提醒"),
    ),
    Doing.EXTEND: (
        Field(name="days", title="延长", hint="几个工作日，最多 5"),
        Field(name="reason", title="理由"),
        Field(name="approver", title="批准人"),
    ),
}
_ON = ("on", "日期")
_DATED = {doing: _ON for doing in Doing if doing is not Doing.CONTACT} | {
    Doing.PAUSE: ("on", "开始日"),
    Doing.EXTEND: ("on", "申请日"),
}
_TOLD = frozenset({Doing.PLAN, Doing.CLOSE, Doing.EXTEND})
