"""Tell what lapses in a case by the office's list of time limits of the law (时效提醒)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Interruption, KnownDay
from hotline_desk.domain.casework.course import ClosingWay, Course, Fulfilment
from hotline_desk.domain.casework.lapses import Limit, Unit, lapses
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.errors import CourseRefused, LapsesNotUnderstood
from hotline_desk.paths import resource
from hotline_desk.speech.dates import spoken_days, starting_days
from hotline_desk.workflows.cases import questions_of, unmerged
from hotline_desk.workflows.written import heading_place, read_written, wrong_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.lapses import Lapse
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.speech.dates import SpokenDay

_NAME = "lapses.toml"
DUE = "裁判规定的履行期届满"
"""An event of the list that is known before it comes."""
_AGREED = "调解协议生效"
_CUES = {
    "收到工伤认定决定": "工伤认定|认定",
    "收到鉴定结论": "鉴定",
    "收到一审判决": "判决",
    "收到非终局裁决": "裁决",
    "受伤或诊断": "伤|摔|砸|撞|压断|夹|骨折|事故|车祸|出事|诊断|确诊|查出",
    "离职": "辞退|开除|解除|离职|辞职|走人|被裁|裁员|终止|到期|期满|不用来|别来|不让.{0,2}来|倒闭",
    "知道权利受到侵害": "没发|没给|停发|欠|断缴|停工",
}
"""What in a caller's words speaks for an event of the list; the words that come first decide."""
_CUE = re.compile(
    "|".join(f"(?P<e{number}>{words})" for number, words in enumerate(_CUES.values()))
)
_CLAUSE = 12
"""How many characters after a day say what happened on it, as `speech.dates` has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDay:
    """A day named in a question that may start a limit; a person decides."""

    event: str
    on: date
    words: str
    """Where it was said, and what."""


def lapses_of(case: Case, limits: Sequence[Limit], on: date, *, calendar: Calendar) -> list[Lapse]:
    """Return what lapses in an open case by *limits* and the days it knows, the first first.

    When all that was promised has come, only what is there to get it is met: one case may have
    parts that different articles answer (DOMAIN.md, section 3, rule 9).
    """
    if not case.course.is_open:
        return []
    if case.promise.fulfilment(on) is Fulfilment.FULFILLED:
        limits = [limit for limit in limits if not limit.until_paid]
    days = _derived_days(case) | {day.event: day.on for day in case.days}
    interruptions = [interruption.on for interruption in case.interruptions]
    return lapses(limits, days, calendar=calendar, interruptions=interruptions) if days else []


def events(limits: Sequence[Limit]) -> tuple[str, ...]:
    """Return the events from which *limits* run, in their order."""
    return tuple(dict.fromkeys(limit.start for limit in limits))


def note_day(ledger: Ledger, case_id: int, event: str, on: date | None, *, by: str) -> Case:
    """Note on which day *event* was, from which limits of the law run; None takes it out.

    Raises:
        CaseNotFound: no case has this id.
        CourseRefused: no event is named, or the case is merged.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "记日期")
        if not event.strip():
            raise CourseRefused("记日期", "还没有选是哪件事")
        others = tuple(day for day in case.days if day.event != event)
        days = others if on is None else (*others, KnownDay(event=event, on=on))
        return ledger.save_case(replace(case, days=days), by=by)


def interrupt(ledger: Ledger, case_id: int, interruption: Interruption, *, by: str) -> Case:
    """Note a 时效中断: on which day, by what, and what proves it.

    Raises:
        CaseNotFound: no case has this id.
        CourseRefused: it does not say what happened, or the case is merged.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "记时效中断")
        stops = (*case.interruptions, sound_interruption(interruption))
        noted = sorted(stops, key=lambda each: each.on)
        return ledger.save_case(replace(case, interruptions=tuple(noted)), by=by)


def sound_interruption(interruption: Interruption) -> Interruption:
    """Return *interruption*, if it may be noted.

    Raises:
        CourseRefused: it does not say what happened.
    """
    if not interruption.event.strip():
        raise CourseRefused("记时效中断", "还没有写发生了什么")
    return interruption


def proposed_days(ledger: Ledger, case: Case, limits: Sequence[Limit]) -> tuple[ProposedDay, ...]:
    """Return the days that the case's questions name for events of *limits* not known to it yet."""
    known = {day.event for day in case.days}
    wanted = [event for event in events(limits) if event not in known]
    found = [
        day for question in questions_of(ledger, case) for day in _named_days(question)
    ]  # fmt: skip
    return tuple(dict.fromkeys(day for day in found if day.event in wanted))


def proposed_interruptions(ledger: Ledger, case: Case) -> tuple[Interruption, ...]:
    """Return the days on which help was asked for and that are not noted: it may interrupt."""
    noted = {interruption.on for interruption in case.interruptions}
    found = [
        Interruption(
            on=question.at.astimezone(STUDIO_ZONE).date(),
            event="向工会求助",
            evidence=f"台账 {question.number}" + ("，有录音" if question.asked else ""),
        )
        for question in questions_of(ledger, case)
    ]
    first = {each.on: each for each in reversed(found)}
    return tuple(first[on] for on in sorted(first) if on not in noted)


def read_lapse_limits(workspace: Workspace) -> tuple[Limit, ...]:
    """Return the office's own list, ``lapses.toml`` in the workspace, else the shipped one.

    Raises:
        LapsesNotUnderstood: the list is wrong.
    """
    own = workspace.root / _NAME
    return _listed(own) if own.exists() else shipped_lapse_limits()


def shipped_lapse_limits() -> tuple[Limit, ...]:
    """Return the list that comes with the program."""
    return _listed(resource("laws") / _NAME)


def _listed(path: Path) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    try:
        text = read_written(path)
        entries = tomllib.loads(text)["limit"]
    except (OSError, ValueError, KeyError) as error:
        raise LapsesNotUnderstood(path, wrong_place(path, error)) from error
    try:
        limits.extend(map(_limit, entries))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LapsesNotUnderstood(path, heading_place(text, "limit", len(limits))) from error
    return tuple(limits)


def _derived_days(case: Case) -> dict[str, date]:
    known = {}
    if case.closing is ClosingWay.MEDIATED and case.events.closing is not None:
        known[_AGREED] = case.promise.agreed_on or case.events.closing.on
    if case.course in {Course.ARBITRATION, Course.LAWSUIT} and case.promise.pay_by is not None:
        known[DUE] = case.promise.pay_by
    return known


def _named_days(question: Question) -> Iterator[ProposedDay]:
    received = question.at.astimezone(STUDIO_ZONE).date()
    for text in (question.text, question.point):
        starting = starting_days(text, today=received)
        for day in spoken_days(text, today=received):
            clause = text[day.end : day.end + _CLAUSE]
            cue = _CUE.search(clause)
            on = _passed(day, received)
            if day.iso in starting and cue is not None and cue.lastgroup and on is not None:
                event = tuple(_CUES)[int(cue.lastgroup[1:])]
                words = f"{question.number}：{text[day.start : day.end + cue.end()]}"
                yield ProposedDay(event=event, on=on, words=words)


def _passed(day: SpokenDay, received: date) -> date | None:
    """Return the day; without a year the last one that had come when it was said."""
    years = (received.year, received.year - 1) if day.year is None else (day.year,)
    for year in years:
        try:
            on = date(year, day.month, day.day)
        except ValueError:  # 02-29 in a year that has none
            continue
        if on <= received:
            return on
    return None


def _limit(entry: dict[str, Any]) -> Limit:
    start, unit = str(entry.pop("from")), Unit(entry.pop("unit"))
    limit = Limit(start=start, unit=unit, **entry)
    if type(limit.count) is not int or limit.count < 1:
        raise ValueError(limit)
    return limit
