"""What a case's clock is read from, as plain values for JSON, and back again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.clock_events import (
    Advance,
    ClockEvents,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
    PlanPart,
)
from hotline_desk.domain.casework.contacts import Contact, Fact, Way
from hotline_desk.domain.casework.course import Course
from hotline_desk.ledger.rows import moment_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def event_facts(events: ClockEvents) -> dict[str, Any]:
    """Return what a clock is read from as plain values; the day of receiving is the case's."""
    facts = {
        "contacts": [_contact_facts(contact) for contact in events.contacts],
        "gradings": [iso_days(asdict(grading)) for grading in events.gradings],
        "plan": events.plan
        and {
            "on": iso(events.plan.on),
            "parts": sorted(events.plan.parts),
            "told_on": iso(events.plan.told_on),
        },
        "closing": events.closing and without_empty(iso_days(asdict(events.closing)), "moved_from"),
        "pauses": [iso_days(asdict(pause)) for pause in events.pauses],
        "extension": events.extension and iso_days(asdict(events.extension)),
        "advances": [iso_days(asdict(step)) for step in events.advances],
    }
    return without_empty(facts, "advances")


def read_events(received: date, found: Mapping[str, Any]) -> ClockEvents:
    """Return the clock events that *found* describes, from the day of receiving on."""
    return ClockEvents(
        received=received,
        contacts=tuple(
            Contact(
                at=datetime.fromisoformat(each["at"]),
                way=Way(each["way"]),
                reached=each["reached"],
                facts=frozenset(map(Fact, each["facts"])),
                words=each.get("words", ""),
            )
            for each in found["contacts"]
        ),
        gradings=tuple(
            Grading(
                **each
                | {
                    "on": date.fromisoformat(each["on"]),
                    "grade": Grade(each["grade"]),
                    "reason": _if(ComplexReason, each["reason"]),
                }
            )
            for each in found["gradings"]
        ),
        plan=_if(_plan, found["plan"]),
        closing=_if(_closing, found["closing"]),
        pauses=tuple(map(_pause, found["pauses"])),
        extension=_if(_extension, found["extension"]),
        advances=tuple(
            Advance(on=day_or_none(each["on"]), start=Course(each["start"]), to=Course(each["to"]))
            for each in found.get("advances", ())
        ),
    )


def _contact_facts(contact: Contact) -> dict[str, Any]:
    facts = {
        "at": moment_text(contact.at),
        "way": contact.way,
        "reached": contact.reached,
        "facts": sorted(contact.facts),
        "words": contact.words,
    }
    return without_empty(facts, "words")


def _plan(found: Mapping[str, Any]) -> Plan:
    return Plan(
        on=date.fromisoformat(found["on"]),
        parts=frozenset(map(PlanPart, found["parts"])),
        told_on=day_or_none(found["told_on"]),
    )


def _closing(found: Mapping[str, Any]) -> Closing:
    return Closing(
        on=date.fromisoformat(found["on"]),
        told_on=day_or_none(found["told_on"]),
        moved_from=_if(Course, found.get("moved_from")),
    )


def _pause(found: Mapping[str, Any]) -> Pause:
    return Pause(
        first=date.fromisoformat(found["first"]),
        reason=PauseReason(found["reason"]),
        expected=date.fromisoformat(found["expected"]),
        resumed=day_or_none(found["resumed"]),
    )


def _extension(found: Mapping[str, Any]) -> Extension:
    days = {name: date.fromisoformat(found[name]) for name in ("asked_on", "told_on")}
    return Extension(**{**found, **days})


def _if(read: Callable[[Any], Any], found: Any) -> Any:  # noqa: ANN401  whatever *read* makes
    return None if found is None else read(found)


def iso_days(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return *facts* with every date as text."""
    return {name: iso(value) if isinstance(value, date) else value
            for name, value in facts.items()}  # fmt: skip


def without_empty(facts: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return *facts* without those of *names* that say nothing: older ledgers do not have them.

    What such a ledger holds stays as it is written there.
    """
    return {name: value for name, value in facts.items() if value or name not in names}


def iso(day: date | None) -> str | None:
    """Return a day as it is stored."""
    return None if day is None else day.isoformat()


def day_or_none(text: str | None) -> date | None:
    """Return the day that a stored text says."""
    return None if text is None else date.fromisoformat(text)
