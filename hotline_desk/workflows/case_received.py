"""Correct the day on which a case was received (接收日), from which its time limits run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.statistics.periods import month_after, month_of, month_text
from hotline_desk.domain.times import long_day_text
from hotline_desk.errors import ClockRefused
from hotline_desk.workflows import letters
from hotline_desk.workflows.cases import unmerged
from hotline_desk.workflows.closings import closed_months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger import Ledger

_DEED = ActionKind.RECEIVED_CORRECTED.value


def correct_received(
    ledger: Ledger, case_id: int, received: date, *, reason: str, on: date, by: str
) -> Case:
    """Let the clock of the present round run from another day; its log says who did so and why.

    Months that are closed stay as they were reported: the figures of the first that is not tell
    what has changed in them (上月调整).

    Args:
        ledger: where the case is.
        case_id: whose 接收日 was wrong.
        received: the right one.
        reason: why it was wrong, in words.
        on: the day on which it is corrected.
        by: who does it.

    Raises:
        CaseNotFound: no case has this id.
        ClockRefused: there is no reason, the day has not come, is the same, or something that was
            noted for the case would now lie before it.
        CourseRefused: it has been merged into another.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, _DEED)
        if not reason.strip():
            raise ClockRefused(_DEED, "要写明理由")
        if received == case.received:
            raise ClockRefused(_DEED, "和现在的接收日是同一天")
        if received > on:
            raise ClockRefused(_DEED, "接收日不能晚于今天")
        if case.reflected is not None and received < case.reflected:
            fault = f"早于反映日 {long_day_text(case.reflected)}，先改反映日"
            raise ClockRefused(_DEED, fault)
        # what an import has brought from before the present one is no reason against a better one
        early = [
            (day, what) for day, what in _noted(ledger, case) if case.received <= day < received
        ]
        if early:
            first, what = min(early)
            raise ClockRefused(_DEED, f"{long_day_text(first)}已经有{what}的记录")
        if case.earlier and received < (case.earlier[-1].finished_on or received):
            raise ClockRefused(_DEED, "早于上一次结案的日子")
        words = f"{case.received.isoformat()} 改为 {received.isoformat()}：{reason.strip()}"
        noted = Action(on=on, kind=ActionKind.RECEIVED_CORRECTED, words=words, by=by)
        corrected = replace(
            case,
            received=received,
            events=replace(case.events, received=received),
            actions=(*case.actions, noted),
        )
        return ledger.save_case(corrected, by=by)


def told_of_closed(ledger: Ledger, *days: date) -> str:
    """Return what a change on *days* means for months that are closed; empty where for none."""
    closed = closed_months(ledger)
    if not closed or month_of(min(days)) > closed[0].month:
        return ""
    last, next_ = closed[0].month, month_after(closed[0].month)
    return f"{month_text(last)}已经月结，上报的数不变；变动记在{month_text(next_)}的上月调整里。"


def _noted(ledger: Ledger, case: Case) -> Iterator[tuple[date, str]]:
    """Yield what has happened to the case, each with its day."""
    events = case.events
    yield from ((contact.on, "联系") for contact in events.contacts)
    yield from ((grading.on, "一般/复杂") for grading in events.gradings)
    yield from ((pause.first, "暂停计时") for pause in events.pauses)
    if events.plan is not None:
        yield from _told(events.plan.on, events.plan.told_on, "方案")
    if events.extension is not None:
        yield from _told(events.extension.asked_on, events.extension.told_on, "延期")
    if events.closing is not None:
        yield from _told(events.closing.on, events.closing.told_on, "办结")
    if case.earlier:  # what was done beside an earlier round is no fault of this one
        return
    own = ActionKind.RECEIVED_CORRECTED
    yield from ((each.on, str(each.kind)) for each in case.actions if each.kind is not own)
    papers = [letter for letter in letters.of_case(ledger, case.id) if letter.stands]
    yield from ((paper.sent_on, "函件") for paper in papers)


def _told(on: date, told_on: date | None, what: str) -> Iterator[tuple[date, str]]:
    yield on, what
    if told_on is not None:
        yield told_on, f"告知职工{what}"
