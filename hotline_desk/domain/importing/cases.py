"""Rows of 案件台账 and 当事人明细, read: the case with its clock, its money and its papers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Case, Party, Payment, Route
from hotline_desk.domain.casework.course import (
    ClosingWay,
    Course,
    Finish,
    Fulfilment,
    Promise,
    end_of,
    stands_by,
    waits_for,
)
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.casework.parties import (
    PartyNotUnderstood,
    named_twice,
    read_name,
    read_parties,
)
from hotline_desk.domain.casework.rounds import came_in, tells_of_money
from hotline_desk.domain.importing.call_back import AS_CLOSED, read_call_back
from hotline_desk.domain.importing.case_words import CASE_ONLY
from hotline_desk.domain.importing.clock import CaseDays, clock_events, read_days
from hotline_desk.domain.importing.headings import same_word
from hotline_desk.domain.importing.supervision import read_supervision
from hotline_desk.domain.importing.tables import TableKind
from hotline_desk.domain.importing.values import words_of
from hotline_desk.domain.importing.workers import parted, tell_of_blanks
from hotline_desk.domain.numbers import is_case_number, is_question_number
from hotline_desk.domain.times import money_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hotline_desk.domain.casework.clock_events import ClockEvents
    from hotline_desk.domain.importing.rows import Row
    from hotline_desk.domain.importing.supervision import Supervision

NOT_ENDED = "不记结案"
"""What may hold for 结案日期 where a row that is 办结 says none; else AS_CLOSED."""
_GOES_ON = frozenset({Course.ARBITRATION, Course.LAWSUIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingCase:
    """A row that is to become a case, or what several rows of questions say of one."""

    table: str
    row: int
    key: str
    """What the case is called in the file; empty where it is its one row's."""
    case: Case
    """Without questions; its number is empty where one is to be allotted."""
    questions: tuple[str, ...] = ()
    """台账编号 that the row names."""
    letters: tuple[Letter, ...] = ()
    """Of 一函两书, without the case's id."""
    of_question: bool = False
    """Whether the row is a question as well."""
    said: Mapping[str, str] = field(default_factory=dict)
    """By field, what the row says of the case as it is written there."""
    told_used: int | None = None
    """用时 as the file has it."""
    told_outcome: str = ""
    without_way: bool = False
    """Whether the row is 办结 and does not say how."""
    can_end: bool = False
    """Whether it is 办结, says nothing of 结案, and leaves nothing to follow."""
    undated: bool = False
    """Whether it is 办结 and has a 满意度, but no day of its 回访."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingParty:
    """A row of 当事人明细."""

    table: str
    row: int
    key: str
    party: Party


def read_case(row: Row, *, union: str) -> IncomingCase | None:
    """Return what a row says, None where it has no day; what is wrong is noted in its reader."""
    days = read_days(row)
    key = row.called("案件编号")
    number = key if is_case_number(key) else ""
    external = row.called("外部工单号")
    if key and not number:
        kept = "" if external else "记作外部工单号，"
        row.say("案件编号", f"不是本台的编号，{kept}另外编号：{key[:40]}", blocks=False)
        external = external or key
    closed = row.says("办结日期", "结案日期")
    closing = _closing(row, closed=closed)
    finish = row.choice("结案方式", Finish)
    unit = row.decided("填报单位")
    people = row.count("涉及人数")
    route = row.choice("分流方式", Route)
    supervised = read_supervision(row)
    if days is None:
        return None
    days = _ends(row, days, finish)
    promise = _promise(row, days, supervised)
    finish = finish or _finish(row, days, closing, promise)
    if finish and days.finished and waits_for(finish, promise, days.finished):
        owed = money_text(promise.agreed_fen - promise.received_fen)
        words = f"结案了，还差 {owed}没有写到账，导入后没有人再跟进，请核对"
        row.say("已到账金额（元）", words, blocks=False)
    can_end = _can_end(row, days, closing, promise)
    if can_end and row.reader.matching.defaults.get("结案日期") == AS_CLOSED:
        finish, days = end_of(closing), replace(days, finished=days.closed)
    events = clock_events(row, days, people=people, route=route)
    call_back = read_call_back(row, days)
    notes = row.words("备注") if row.reader.table.kind is TableKind.CASES else ""
    case = Case(
        id=0,
        number=number,
        received=days.received,
        reflected=row.day("反映日期"),
        employer=row.text("用人单位") or row.text("工作单位"),
        matter=row.words("案由") or row.words("诉求要点"),
        people=people,
        claimed_fen=_claimed(row),
        route=route,
        owner=row.text("承办人"),
        helpers=row.text("协办单位"),
        unit="" if unit == union else unit,
        external_number=external,
        notes="\n".join(filter(None, (notes, call_back.remark))),
        course=_course(row, days, events, closing),
        events=events,
        closing=closing,
        finish=finish if days.finished else None,
        finished_on=days.finished,
        promise=promise,
        basis=row.text("依据"),
        results=row.words("其他成效"),
        called_back_on=call_back.on,
        satisfaction=call_back.said,
        parties=_parties(row) if row.has("当事人") else (),
        payments=_payments(promise, row.day("到账日期")),
        earlier=supervised.rounds,
        actions=supervised.actions,
    )
    return IncomingCase(
        table=row.table,
        row=row.number,
        key=key,
        case=case,
        questions=_named_questions(row),
        letters=_letters(row, case),
        of_question=row.reader.table.kind is TableKind.QUESTIONS,
        said={name: row.text(name) for name in CASE_ONLY if row.says(name)},
        told_used=row.count("用时（工作日）") if days.closed else None,
        told_outcome=row.text("是否按期"),
        without_way=days.closed is not None and not row.says("办结方式"),
        can_end=can_end,
        undated=call_back.undated,
    )


def read_party(row: Row) -> IncomingParty | None:
    """Return what a row of 当事人明细 says; what is wrong is noted in its reader."""
    key, (name, represents) = row.called("案件编号"), read_name(row.text("姓名"))
    if not key:
        row.say("案件编号", "没有案件编号，不知道是哪一件案件的当事人")
    if not name:
        row.say("姓名", "没有姓名")
    tell_of_blanks(row, "姓名", name)
    party = Party(
        name=name,
        claimed_fen=row.fen("金额"),
        received_fen=row.fen("到账"),
        received_on=row.day("日期"),
        represents=represents,
    )
    if not key or not name:
        return None
    return IncomingParty(table=row.table, row=row.number, key=key, party=party)


def with_parties(case: Case, parties: tuple[Party, ...]) -> Case:
    """Return *case* with its workers as 当事人明细 has them; their money is not added to its own.

    What came for one of them is a payment of the case; the rest of its money came for all.
    """
    told = sum(payment.fen for payment in case.payments)
    paid = tuple(
        Payment(on=party.received_on, fen=party.received_fen, party=party.name)
        for party in parties
        if party.received_fen
    )
    rest = told - sum(payment.fen for payment in paid)
    day = case.payments[0].on if case.payments else None
    for_all = (Payment(on=day, fen=rest),) if rest > 0 else ()
    return replace(case, parties=parties, payments=(*paid, *for_all) if rest >= 0 else ())


def _claimed(row: Row) -> int | None:
    field = "诉求金额（元）" if row.has("诉求金额（元）") else "涉及金额"
    return row.fen(field)


def _parties(row: Row) -> tuple[Party, ...]:
    try:
        parties = tuple(parted(row, "当事人", read_parties(row.text("当事人"))))
    except PartyNotUnderstood as error:
        row.say("当事人", str(error))
        return ()
    if twice := named_twice(party.name for party in parties):
        row.say("当事人", f"{twice}有两位，请加字区分")
    return parties


def _named_questions(row: Row) -> tuple[str, ...]:
    if row.reader.table.kind is not TableKind.CASES:
        return ()
    named = words_of(row.text("台账编号"))
    if strange := [each for each in named if not is_question_number(each)]:
        row.say("台账编号", f"不是本台的编号：{'、'.join(strange)[:40]}", blocks=False)
    return tuple(each for each in named if is_question_number(each))


def _closing(row: Row, *, closed: bool) -> ClosingWay | None:
    """Return 办结方式; before the 办结 the column may say that it goes on: 办理中."""
    said = row.decided("办结方式")
    if closed or any(same_word(said, way) for way in ClosingWay):
        return row.choice("办结方式", ClosingWay)
    if row.says("办结方式"):
        row.say("办结方式", f"没有办结日期，不算办结，没有导入：{said[:24]}", blocks=False)
    return None


def _finish(
    row: Row, days: CaseDays, closing: ClosingWay | None, promise: Promise
) -> Finish | None:
    """Return how a case ended whose row says the day alone: as it was 办结, if that tells."""
    if days.finished is None or row.has("结案方式"):
        return None
    finish = end_of(closing)
    if finish is None or waits_for(finish, promise, days.finished):
        row.say("结案方式", "有结案日期，没有结案方式")
        return None
    row.say("结案日期", f"没有结案方式，按办结方式记作{finish}", blocks=False)
    return finish


def _ends(row: Row, days: CaseDays, finish: Finish | None) -> CaseDays:
    """Return *days* with an end of the clock where the course has ended."""
    if finish is not None and days.finished is None:
        row.say("结案日期", f"结案方式是{finish}，没有结案日期")
    if days.finished is None:
        return days
    if days.closed is None:
        row.say("办结日期", "结案了没有办结日期，按结案日期算办结", blocks=False)
        return replace(days, closed=days.finished)
    return days


def _can_end(row: Row, days: CaseDays, closing: ClosingWay | None, promise: Promise) -> bool:
    """Return whether a row that is 办结 and says nothing of 结案 leaves nothing to follow."""
    return (
        days.closed is not None
        and days.finished is None
        and not row.says("结案方式")
        and end_of(closing) is not None
        and promise.received_fen >= promise.agreed_fen
        and not any(same_word(row.text("进程"), state) for state in _GOES_ON)
    )


def _course(row: Row, days: CaseDays, events: ClockEvents, closing: ClosingWay | None) -> Course:
    """Return where the course stands: as the row says, else as far as its days go."""
    if days.finished is not None:
        return Course.FINISHED
    said = row.choice("进程", Course)
    if said is Course.FINISHED:
        row.say("结案日期", "进程是结案，没有结案日期")
    if said is not None and said.is_open:
        return said
    if (state := stands_by(closing)) is not None:
        return state
    if events.planned_on is not None:
        return Course.PLANNED
    return Course.CONTACTED if events.contacts else Course.TO_CONTACT


def _promise(row: Row, days: CaseDays, supervised: Supervision) -> Promise:
    """Return what is owed in the present round; the columns have the sums of all rounds."""
    said, agreed_on = row.fen("协议或裁决金额（元）"), row.day("协议或裁决日期")
    received = row.fen("已到账金额（元）") or 0
    if tells_of_money(supervised.rounds):
        said = supervised.agreed_fen
        received = max(0, received - sum(came_in(each) for each in supervised.rounds))
    agreed = said or 0
    pay_by = row.day("约定付款日")
    state = row.choice("履行状态", Fulfilment)
    if state is Fulfilment.OVERDUE and pay_by is None and received < agreed:
        pay_by = days.closed or days.received
        row.say("履行状态", f"没有约定付款日，先按 {pay_by.isoformat()} 记，请核对", blocks=False)
    if received > agreed:
        row.say("已到账金额（元）", "到账多于协议或裁决金额，请核对", blocks=False)
    return Promise(
        agreed_fen=agreed,
        agreed_on=agreed_on or (days.closed if said == 0 else None),  # none is owed: a day says it
        pay_by=pay_by,
        received_fen=received,
    )


def _payments(promise: Promise, on: date | None) -> tuple[Payment, ...]:
    return (Payment(on=on, fen=promise.received_fen),) if promise.received_fen else ()


def _letters(row: Row, case: Case) -> tuple[Letter, ...]:
    """Return the papers of 一函两书 whose numbers the row has; what they said it does not tell."""
    numbers = words_of(row.text("一函两书文号")) if row.has("一函两书文号") else []
    sent_on = case.events.closed_on or case.received
    if numbers:
        words = f"表里没有发出日期，先按 {sent_on.isoformat()} 登记，请核对"
        row.say("一函两书文号", words, blocks=False)
    return tuple(
        Letter(
            kind=next((kind for kind in LetterKind if kind in number), LetterKind.REMINDER),
            number=number,
            recipient=case.employer,
            sent_on=sent_on,
            subject=case.matter,
        )
        for number in numbers
    )
