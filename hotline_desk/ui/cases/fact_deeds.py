"""Deeds that change what a case knows: 接收日, the days of limits, its questions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Interruption
from hotline_desk.ui.cases.deed import DeedKind, Doing, Place
from hotline_desk.ui.kit.field_text import NotUnderstood
from hotline_desk.ui.kit.fields import Field, choice
from hotline_desk.workflows import (
    case_merging,
    cases,
    lapses,
)
from hotline_desk.workflows.case_received import correct_received, told_of_closed
from hotline_desk.workflows.cases import case_numbered

if TYPE_CHECKING:
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.deed import Act, Asked, Copy, Fields, Standing
    from hotline_desk.ui.kit.deed_reading import Reading
    from hotline_desk.workflows.case_merging import Duplicate


def _duplicate_name(duplicate: Duplicate) -> str:
    return f"{duplicate.case.number} {duplicate.why}"


def _received_fields(standing: Standing) -> Fields:
    hint = f"现在是 {standing.case.received.isoformat()}"
    yield Field(name="received", title="接收日", hint=hint)
    yield Field(name="reason", title="理由", hint="例如 转办件那天才到")


def _received(asked: Asked) -> Act:
    received, reason = asked.read.day("received", "接收日"), asked.read.wanted("reason", "理由")
    return partial(
        correct_received, case_id=asked.case.id, received=received, reason=reason,
        on=asked.read.today, by=asked.by,
    )  # fmt: skip


def _closed_months(asked: Asked) -> Copy:
    """Copy nothing; say what the change means for months that are closed."""
    received = asked.read.day("received", "接收日")
    return lambda ledger: ("", told_of_closed(ledger, received, asked.case.received))


def _day_fields(standing: Standing) -> Fields:
    around = standing.around
    first = around.days[0] if around.days else None
    yield choice("event", "什么事", around.events, first.event if first else "")
    yield Field(
        name="day",
        title="哪一天",
        proposal=first.on.isoformat() if first else "",
        hint="例如 2026-03-01；记过的空着就是去掉",
    )


def _day(asked: Asked) -> Act:
    read, event = asked.read, asked.read.chosen("event", "什么事")
    on = (read.any_day if event == lapses.DUE else read.maybe_day)("day", "日期")
    if on is None and event not in {day.event for day in asked.case.days}:
        raise NotUnderstood("还没有填哪一天。")
    return partial(lapses.note_day, case_id=asked.case.id, event=event, on=on, by=asked.by)


def _interrupt_fields(standing: Standing) -> Fields:
    proposed = standing.around.interruptions
    first = proposed[0] if proposed else None
    yield Field(
        name="event",
        title="什么事",
        proposal=first.event if first else "",
        hint="例如 书面要求支付、申请仲裁",
    )
    yield Field(
        name="day",
        title="哪一天",
        proposal=first.on.isoformat() if first else "",
        hint="例如 2026-03-01",
    )
    yield Field(name="evidence", title="证据", hint="例如 微信记录、快递签收")


def _interrupt(asked: Asked) -> Act:
    stop = read_interruption(asked.read)
    return partial(lapses.interrupt, case_id=asked.case.id, interruption=stop, by=asked.by)


def read_interruption(read: Reading) -> Interruption:
    """Return what is written of a 时效中断."""
    return Interruption(
        on=read.day("day", "哪一天"),
        event=read.wanted("event", "什么事"),
        evidence=read.line("evidence"),
    )


def _merge_fields(standing: Standing) -> Fields:
    names = [_duplicate_name(each) for each in standing.around.duplicates]
    if names:
        yield choice("into", "并入", names, names[0] if len(names) == 1 else "")
    yield Field(name="number", title="或写编号" if names else "并入", hint="例如 AJ-2026-0003")


def _merge(asked: Asked) -> Act:
    number = asked.read.line("number").upper()
    if not number:
        name = asked.read.chosen("into", "并入哪一件")
        found = (each for each in asked.around.duplicates if _duplicate_name(each) == name)
        number = next(found).case.number

    def work(ledger: Ledger) -> Case:
        into = case_numbered(ledger, number)
        return case_merging.merge(ledger, asked.case.id, into=into.id, by=asked.by)

    return work


def _take_out_fields(standing: Standing) -> Fields:
    yield choice("question", "哪一条", [each.number for each in standing.around.questions])


def _take_out(asked: Asked) -> Act:
    number = asked.read.chosen("question", "哪一条")
    question = next(each for each in asked.around.questions if each.number == number)
    return partial(cases.leave_case, case_id=asked.case.id, question_id=question.id, by=asked.by)


FACT_DEEDS: dict[Doing, DeedKind] = {
    Doing.DAY: DeedKind(
        fields=_day_fields,
        act=_day,
        place=Place.FOLD,
        possible=lambda at: bool(at.around.events),
    ),
    Doing.INTERRUPT: DeedKind(fields=_interrupt_fields, act=_interrupt, place=Place.FOLD),
    Doing.MERGE: DeedKind(fields=_merge_fields, act=_merge, place=Place.FOLD),
    Doing.TAKE_OUT: DeedKind(
        fields=_take_out_fields,
        act=_take_out,
        place=Place.FOLD,
        possible=lambda at: at.case.course.is_open and len(at.around.questions) > 1,
    ),
    Doing.RECEIVED: DeedKind(
        fields=_received_fields,
        act=_received,
        copy=_closed_months,
        place=Place.FOLD,
        possible=lambda _at: True,
    ),
}
