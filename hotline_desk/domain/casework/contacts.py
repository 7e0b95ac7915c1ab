"""The contact log of a case (联系记录), and step 1 of the time limits, 联系, read off it.

Only talk with the worker counts for that step; what was said with the employer, before a mediator,
an arbitrator or a court is noted beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from hotline_desk.domain.times import STUDIO_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from hotline_desk.domain.workdays import Calendar

TRIES = 3
"""How often the worker is called in vain before enough has been tried; one text on top."""
TRY_DAYS = 2
"""On how many working days at least."""
TRY_HOURS = timedelta(hours=1)
"""How far the tries' times of day lie apart (ours: 不同时段)."""


class Way(StrEnum):
    """How somebody was, or was to be, spoken with."""

    INTAKE = "接听来电"
    CALL = "电话"
    VISIT = "面谈"
    TEXT = "文字"
    ON_AIR = "直播解答"
    NEGOTIATION = "与单位协商"
    MEDIATION = "调解"
    ARBITRATION = "仲裁"
    COURT = "诉讼"

    @property
    def with_worker(self) -> bool:
        """Whether it may be the contact of step 1: a live answer is none, nor talk with others."""
        return self in _WITH_WORKER


_WITH_WORKER = frozenset({Way.INTAKE, Way.CALL, Way.VISIT, Way.TEXT})


class Fact(StrEnum):
    """What has to be noted before a contact counts."""

    EMPLOYER = "用人单位"
    MATTER = "事项"
    AMOUNT = "金额"
    TIME = "时间"
    EVIDENCE = "证据"


ALL_FACTS = frozenset(Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One entry of the log: a try to reach the worker, the intake call, a talk, a hearing."""

    at: datetime
    """With its zone."""
    way: Way
    reached: bool
    """Whether they spoke, or it took place; for a text, whether the worker wrote back, and *at*
    is when."""
    facts: frozenset[Fact] = frozenset()
    """What was noted of it, for step 1."""
    words: str = ""
    """What was said, and what came of it."""

    @property
    def on(self) -> date:
        """The day, by the studio's clock."""
        return self.at.astimezone(STUDIO_ZONE).date()


def contacted_on(contacts: Iterable[Contact]) -> date | None:
    """Return the day from which step 1 is done, None while it is not.

    Spoken with, or answered in writing, and all five facts noted, at once or one after the other.
    Neither a live answer nor a text without reply is a contact; the intake call is.
    """
    noted: set[Fact] = set()
    for contact in sorted(contacts, key=lambda contact: contact.at):
        if contact.reached and contact.way.with_worker:
            noted |= contact.facts
            if noted == ALL_FACTS:
                return contact.on
    return None


def first_contact(contacts: Iterable[Contact]) -> Contact | None:
    """Return the first talk with the worker or written reply, None while there is none.

    The intake call is one if all five facts were noted in it; those of any other may still be.
    """
    spoken = (
        contact
        for contact in contacts
        if contact.reached
        and contact.way.with_worker
        and (contact.way is not Way.INTAKE or contact.facts == ALL_FACTS)
    )
    return min(spoken, key=lambda contact: contact.at, default=None)


def tried_enough_on(contacts: Sequence[Contact], calendar: Calendar) -> date | None:
    """Return the day from which 已尽联系义务 holds, None while it does not.

    Three tries in vain on two working days at different hours, and one text.
    """
    vain = [contact for contact in contacts if not contact.reached]
    texts = [contact.on for contact in vain if contact.way is Way.TEXT]
    tries = sorted(
        (
            contact
            for contact in vain
            if contact.way in {Way.CALL, Way.VISIT} and calendar.is_workday(contact.on)
        ),
        key=lambda contact: contact.at,
    )
    enough = [chosen[-1].on for chosen in combinations(tries, TRIES) if _differ(chosen)]
    return max(min(enough), min(texts)) if enough and texts else None


def _differ(tries: Sequence[Contact]) -> bool:
    days = {contact.on for contact in tries}
    times = sorted(_time_of_day(contact.at) for contact in tries)
    return len(days) >= TRY_DAYS and all(
        later - earlier >= TRY_HOURS for earlier, later in pairwise(times)
    )


def _time_of_day(at: datetime) -> timedelta:
    local = at.astimezone(STUDIO_ZONE)
    return timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
