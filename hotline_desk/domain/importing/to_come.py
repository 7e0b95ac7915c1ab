"""Days of incoming rows that have not come: what is noted has happened, here as at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.importing.tables import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.importing.cases import IncomingCase
    from hotline_desk.domain.importing.questions import IncomingQuestion


def days_to_come(
    questions: Iterable[IncomingQuestion], cases: Iterable[IncomingCase], on: date
) -> Iterator[Problem]:
    """Yield a problem for each day of a row that is later than *on*, once for each cell."""
    said = {(row.table, row.row, "接收日期", row.question.at.date()): None for row in questions} | {
        (row.table, row.row, heading, day): None
        for row in cases
        for heading, day in _happened(row.case)
        if day is not None
    }
    for table, number, heading, day in said:
        if day > on:
            words = f"{day.isoformat()} 晚于今天，到了那天再记"
            yield Problem(table=table, row=number, heading=heading, words=words)


def _happened(case: Case) -> Iterator[tuple[str, date | None]]:
    events = case.events
    yield "接收日期", case.received
    yield "反映日期", case.reflected
    for contact in events.contacts:
        yield "首次联系时间", contact.on
    if events.plan is not None:
        yield "方案日期", events.plan.on
    for pause in events.pauses:
        yield "暂停（起止、原因）", pause.resumed or pause.first
    yield "办结日期", events.closed_on
    yield "结案日期", case.finished_on
    yield "协议或裁决日期", case.promise.agreed_on
    for payment in case.payments:
        yield "到账日期", payment.on
    for party in case.parties:
        yield "到账日期", party.received_on
    yield "回访日期", case.called_back_on
    for action in case.actions:
        yield "重办/督办", action.on
