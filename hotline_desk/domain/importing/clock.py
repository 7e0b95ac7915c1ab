"""The clock of a case that others kept: events that come to the days and 用时 of their table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import COLLECTIVE_PEOPLE, Route
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    ClockEvents,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.deadlines import Outcome, read_clock
from hotline_desk.domain.importing.headings import same_word
from hotline_desk.domain.importing.values import CellNotUnderstood, read_count, read_day
from hotline_desk.domain.times import STUDIO_ZONE

if TYPE_CHECKING:
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.importing.rows import Row
    from hotline_desk.domain.workdays import Calendar

_UNDECIDED = "未定"
_PAUSE = re.compile(
    r"(?P<first>[^至到~—]+?)\s*(?:至|到|~|—+)\s*(?P<last>[^（(]*)[（(](?P<why>[^）)]*)[）)]"
)
_PAUSE_FORM = "要写成“2026-03-05 至 2026-03-09（等职工补充材料）”"
_EXTENSION = re.compile(
    r"(?:延期?|延长)?\s*(?P<days>\d{1,3})\s*(?:个?工作日|天|日)?[，,、;；\s]*(?P<by>.*)"
)
_REASON_UNKNOWN = "导入的台账里没有写"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDays:
    """The days of a case, as a row has them."""

    received: date
    contacted: date | None = None
    planned: date | None = None
    closed: date | None = None
    finished: date | None = None
    called_back: date | None = None


_FIELDS = {
    "contacted": "首次联系时间",
    "planned": "方案日期",
    "closed": "办结日期",
    "finished": "结案日期",
    "called_back": "回访日期",
}


def read_days(row: Row) -> CaseDays | None:
    """Return the days of a case, None without 接收日期; one that is out of order is noted."""
    received = row.day("接收日期")
    found = {name: row.day(field) for name, field in _FIELDS.items() if row.says(field)}
    if received is None:
        if not row.has("接收日期"):
            row.say("接收日期", "没有接收日期")
        return None
    for name, day in found.items():
        if day is not None and day < received:
            row.say(_FIELDS[name], f"{day.isoformat()} 早于接收日期 {received.isoformat()}")
    closed, finished = found.get("closed"), found.get("finished")
    if closed and finished and finished < closed:
        row.say("结案日期", f"{finished.isoformat()} 早于办结日期 {closed.isoformat()}")
    return CaseDays(received=received, **found)


def clock_events(
    row: Row, days: CaseDays, *, people: int | None, route: Route | None
) -> ClockEvents:
    """Return events from which the clock reads the days of the row."""
    contacted = row.moment(_FIELDS["contacted"])
    contact = () if contacted is None else (
        Contact(
            at=datetime.combine(contacted[0], contacted[1] or time(), STUDIO_ZONE),
            way=Way.CALL,
            reached=True,
            facts=ALL_FACTS,
        ),
    )  # fmt: skip
    return ClockEvents(
        received=days.received,
        contacts=contact,
        gradings=_gradings(row, days, people=people, route=route),
        plan=Plan(on=days.planned, parts=WHOLE_PLAN, told_on=days.planned)
        if days.planned
        else None,
        closing=Closing(on=days.closed, told_on=days.closed) if days.closed else None,
        pauses=_pauses(row, days),
        extension=_extension(row, days),
    )


def differing(
    events: ClockEvents,
    *,
    used: int | None,
    outcome: str,
    on: date,
    calendar: Calendar,
    limits: Limits,
) -> str:
    """Return how the clock comes to something else than the row says; empty if it does not.

    Args:
        events: what the clock is read from.
        used: 用时 of the row, None where it has none.
        outcome: 是否按期 of the row, in any words.
        on: the day on which the clock is read.
        calendar: the office's working days.
        limits: the office's limits.
    """
    clock = read_clock(events, on, calendar=calendar, limits=limits)
    close = clock.steps[-1]
    if used is not None and close.done is not None and used != close.used:
        return f"表里用时 {used} 个工作日，按工作日历是 {close.used} 个"
    told = next((each for each in Outcome if same_word(outcome, each)), None)
    if told is not None and clock.outcome is not None and told is not clock.outcome:
        return f"表里是{told}，按工作日历是{clock.outcome}"
    return ""


def _gradings(
    row: Row, days: CaseDays, *, people: int | None, route: Route | None
) -> tuple[Grading, ...]:
    said = row.text("一般/复杂")
    grade = None if said == _UNDECIDED else row.choice("一般/复杂", Grade)
    if grade is None and (said == _UNDECIDED or days.planned in {None, days.closed}):
        return ()  # nothing was said, and no plan needs it
    grade = grade or Grade.ORDINARY
    reason = _reason(people, route) if grade is Grade.COMPLEX else None
    if grade is Grade.COMPLEX and reason is None:
        row.say("一般/复杂", "表里没有写属于哪种复杂情形，请以后补上", blocks=False)
    return (Grading(on=days.received, grade=grade, reason=reason),)


def _reason(people: int | None, route: Route | None) -> ComplexReason | None:
    if (people or 0) >= COLLECTIVE_PEOPLE:
        return ComplexReason.TEN_PEOPLE
    return {
        Route.LEGAL_AID: ComplexReason.LEGAL_AID,
        Route.JOINT: ComplexReason.SEVERAL_DEPARTMENTS,
    }.get(route) if route else None  # fmt: skip


def _pauses(row: Row, days: CaseDays) -> tuple[Pause, ...]:
    text = row.text("暂停（起止、原因）")
    if not row.has("暂停（起止、原因）"):
        return ()
    found = []
    for part in filter(None, re.split(r"[；;\n]", text)):
        stop = _pause(part.strip())
        if stop is None:
            row.say("暂停（起止、原因）", f"看不懂：{part[:24]}；{_PAUSE_FORM}")
        elif stop.first < days.received:
            row.say("暂停（起止、原因）", f"{stop.first.isoformat()} 早于接收日期")
        else:
            found.append(stop)
    return tuple(found)


def _pause(text: str) -> Pause | None:
    match = _PAUSE.fullmatch(text)
    reason = match and next((each for each in PauseReason if same_word(match["why"], each)), None)
    if not match or reason is None:
        return None
    open_still = match["last"].strip() in {"今", "至今", ""}
    try:
        first = read_day(match["first"])
        resumed = None if open_still else read_day(match["last"])
    except CellNotUnderstood:
        return None
    if resumed is not None and resumed < first:
        return None
    # nobody knows what was expected: an open one is to be looked at from its second day on
    expected = max(resumed or first, first + timedelta(days=1))
    return Pause(first=first, reason=reason, expected=expected, resumed=resumed)


def _extension(row: Row, days: CaseDays) -> Extension | None:
    if not row.has("延期（天数、批准人）"):
        return None
    found = _EXTENSION.fullmatch(row.text("延期（天数、批准人）"))
    count = read_count(found["days"]) if found else None
    if not found or not count:
        row.say("延期（天数、批准人）", "看不懂；要写成“3 天，批准人姓名”")
        return None
    return Extension(
        asked_on=days.received,
        days=count,
        approver=found["by"].strip(),
        reason=_REASON_UNKNOWN,
        told_on=days.received,
    )
