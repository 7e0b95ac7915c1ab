"""How what was noted for a case is said: when and what in one line, the words below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Action, Interruption, Payment
from hotline_desk.domain.casework.clock_events import (
    Advance,
    Extension,
    Grading,
    Pause,
    Plan,
    PlanPart,
)
from hotline_desk.domain.casework.contacts import Contact, Fact, Way
from hotline_desk.domain.casework.noted import (
    Again,
    CalledBack,
    Closed,
    Finished,
    Resumed,
    What,
)
from hotline_desk.domain.times import (
    STUDIO_ZONE,
    day_text,
    money_text,
    received_clock,
    received_text,
    short_day_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from hotline_desk.domain.casework.noted import Noted

    _Said = tuple[date | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that was noted, in words."""

    on: date | None
    """None of money without a day."""
    at: datetime
    """Where it stands among the others: what has no hour stands at the end of its day."""
    head: str
    text: str = ""


def told(noted: Noted) -> Told:
    """Return *noted* in words, and of an earlier round in which."""
    if noted.round is not None:
        said = told(replace(noted, round=None))
        return replace(said, head=f"{said.head} · 第 {noted.round + 1} 轮")
    record = noted.record
    if isinstance(record, Contact):
        return _contact(record)
    on, says = _SAYS[type(record)](record)
    what = record.kind.value if isinstance(record, Action) else noted.what.value
    if isinstance(record, Grading):
        what = f"定为{record.grade}"
    if isinstance(record, Advance):
        what = f"改为{record.to}"
    if noted.what is What.PLAN:
        what = "定方案"
    return Told(
        on=on,
        at=at_end_of(on),
        head=f"{on.isoformat() if on else '日期未记'} · {what}",
        text=says,
    )


def spoken(noted: Noted, today: date) -> str:
    """Return which one it is within a sentence that is said *today*: 11月23日 09:07 的联系."""
    record, said = noted.record, told(noted)
    what = record.kind.value if isinstance(record, Action) else noted.what.value
    if isinstance(record, Advance):
        what = f"“改为{record.to}”"
    if said.on is None:
        return f"日期未记的{what}"
    hour = received_clock(said.at.astimezone(STUDIO_ZONE)) if isinstance(record, Contact) else ""
    at = f" {hour} " if hour else ""
    return f"{short_day_text(said.on, today)}{at}的{what}"


def at_end_of(day: date | None) -> datetime:
    """Return the last minute of *day*; of none the first of all."""
    if day is None:
        return datetime.min.replace(tzinfo=STUDIO_ZONE)
    return datetime.combine(day, time(23, 59), tzinfo=STUDIO_ZONE)


def _contact(contact: Contact) -> Told:
    facts = "、".join(fact for fact in Fact if fact in contact.facts)
    noted = f"已记：{facts}" if facts else ""
    at = contact.at.astimezone(STUDIO_ZONE)
    return Told(
        on=contact.on,
        at=contact.at,
        head=f"{received_text(at)} · {contact.way} · {_outcome(contact)}",
        text="\n".join(filter(None, (contact.words, noted))),
    )


def _outcome(contact: Contact) -> str:
    if contact.way is Way.TEXT:
        return "回了信" if contact.reached else "没有回信"
    if contact.way.with_worker:
        return "说上了话" if contact.reached else "没联系上"
    return "进行了" if contact.reached else "没有进行"


def _grading(grading: Grading) -> _Said:
    approved = f"{grading.approver}批准" if grading.approver else ""
    return grading.on, "，".join(filter(None, (str(grading.reason or ""), approved)))


def _extension(longer: Extension) -> _Said:
    return longer.asked_on, f"{longer.days} 个工作日，{longer.reason}，{longer.approver}批准"


def _closed(closed: Closed) -> _Said:
    on = closed.closing.told_on
    reply = f"{day_text(on)}告知职工" if on else "还没有告知职工"
    return closed.closing.on, "，".join(filter(None, (str(closed.way or ""), reply)))


def _interruption(stop: Interruption) -> _Said:
    return stop.on, stop.event + (f"（{stop.evidence}）" if stop.evidence else "")


_SAYS: dict[type, Callable[[Any], _Said]] = {
    Grading: _grading,
    Plan: lambda plan: (plan.on, "、".join(part for part in PlanPart if part in plan.parts)),
    Pause: lambda pause: (pause.first, f"{pause.reason}，预计 {day_text(pause.expected)}恢复"),
    Resumed: lambda resumed: (resumed.on, ""),
    Extension: _extension,
    Closed: _closed,
    Finished: lambda finished: (finished.on, str(finished.way or "")),
    CalledBack: lambda said: (said.on, said.satisfaction.value),
    Payment: lambda paid: (paid.on, " · ".join(filter(None, (money_text(paid.fen), paid.party)))),
    Action: lambda action: (action.on, action.words),
    Interruption: _interruption,
    Advance: lambda step: (step.on, ""),
    Again: lambda again: (again.on, ""),
}
"""Of each kind but contacts the day, and what is said of it."""
