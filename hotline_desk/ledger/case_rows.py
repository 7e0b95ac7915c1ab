"""Cases and facts: a case as plain values by name, and back again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.cases import Case, Party, Route, Satisfaction
from hotline_desk.domain.clock_events import (
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
from hotline_desk.domain.contacts import Contact, Fact, Way
from hotline_desk.domain.course import Closing as ClosingWay
from hotline_desk.domain.course import Course, Finish, Promise
from hotline_desk.ledger.rows import from_stored, moment_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hotline_desk.domain.cases import NewCase
    from hotline_desk.ledger.rows import Facts


def new_case_facts(new: NewCase) -> Facts:
    """Return the facts of a case that has just been opened."""
    given = {name: getattr(new, name) for name in type(new).__dataclass_fields__}
    events = ClockEvents(received=new.received)
    return case_facts(Case(id=0, number="", events=events, **given))


def case_facts(case: Case) -> Facts:
    """Return the facts of a case; parties, questions and events are JSON texts each.

    Raises:
        ValueError: its events begin on another day than it was received.
    """
    if case.events.received != case.received:
        raise ValueError(case.received)
    return {
        "received": case.received.isoformat(),
        "reflected": _iso(case.reflected),
        "employer": case.employer,
        "matter": case.matter,
        "people": case.people,
        "claimed_fen": case.claimed_fen,
        "route": case.route or "",
        "owner": case.owner,
        "helpers": case.helpers,
        "course": case.course.value,
        "events": _json(_events(case.events)),
        "closing": case.closing or "",
        "finish": case.finish or "",
        "finished_on": _iso(case.finished_on),
        "agreed_fen": case.promise.agreed_fen,
        "pay_by": _iso(case.promise.pay_by),
        "received_fen": case.promise.received_fen,
        "basis": case.basis,
        "results": case.results,
        "called_back_on": _iso(case.called_back_on),
        "satisfaction": case.satisfaction or "",
        "notes": case.notes,
        "parties": _json([_party(party) for party in case.parties]),
        "questions": _json(sorted(case.questions)),
        "removed": 0,
    }


@from_stored
def case(case_id: int, number: str, facts: Mapping[str, Any]) -> Case:
    """Return the case that the facts describe."""
    return Case(
        id=case_id,
        number=number,
        received=date.fromisoformat(facts["received"]),
        reflected=_day(facts["reflected"]),
        questions=tuple(json.loads(facts["questions"])),
        employer=facts["employer"],
        matter=facts["matter"],
        people=facts["people"],
        claimed_fen=facts["claimed_fen"],
        route=Route(facts["route"]) if facts["route"] else None,
        owner=facts["owner"],
        helpers=facts["helpers"],
        notes=facts["notes"],
        course=Course(facts["course"]),
        events=_read_events(date.fromisoformat(facts["received"]), json.loads(facts["events"])),
        closing=ClosingWay(facts["closing"]) if facts["closing"] else None,
        finish=Finish(facts["finish"]) if facts["finish"] else None,
        finished_on=_day(facts["finished_on"]),
        promise=Promise(
            agreed_fen=facts["agreed_fen"],
            pay_by=_day(facts["pay_by"]),
            received_fen=facts["received_fen"],
        ),
        basis=facts["basis"],
        results=facts["results"],
        called_back_on=_day(facts["called_back_on"]),
        satisfaction=Satisfaction(facts["satisfaction"]) if facts["satisfaction"] else None,
        parties=tuple(
            Party(**each | {"received_on": _day(each["received_on"])})
            for each in json.loads(facts["parties"])
        ),
    )


def _party(party: Party) -> Facts:
    return asdict(party) | {"received_on": _iso(party.received_on)}


def _events(events: ClockEvents) -> dict[str, Any]:
    """Return what a clock is read from as plain values; the day of receiving is the case's."""
    return {
        "contacts": [
            {
                "at": moment_text(contact.at),
                "way": contact.way,
                "reached": contact.reached,
                "facts": sorted(contact.facts),
            }
            for contact in events.contacts
        ],
        "gradings": [_days(asdict(grading)) for grading in events.gradings],
        "plan": events.plan
        and {
            "on": _iso(events.plan.on),
            "parts": sorted(events.plan.parts),
            "told_on": _iso(events.plan.told_on),
        },
        "closing": events.closing and _days(asdict(events.closing)),
        "pauses": [_days(asdict(pause)) for pause in events.pauses],
        "extension": events.extension and _days(asdict(events.extension)),
    }


def _read_events(received: date, found: Mapping[str, Any]) -> ClockEvents:
    return ClockEvents(
        received=received,
        contacts=tuple(
            Contact(
                at=datetime.fromisoformat(each["at"]),
                way=Way(each["way"]),
                reached=each["reached"],
                facts=frozenset(map(Fact, each["facts"])),
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
    )


def _plan(found: Mapping[str, Any]) -> Plan:
    return Plan(
        on=date.fromisoformat(found["on"]),
        parts=frozenset(map(PlanPart, found["parts"])),
        told_on=_day(found["told_on"]),
    )


def _closing(found: Mapping[str, Any]) -> Closing:
    return Closing(on=date.fromisoformat(found["on"]), told_on=_day(found["told_on"]))


def _pause(found: Mapping[str, Any]) -> Pause:
    return Pause(
        first=date.fromisoformat(found["first"]),
        reason=PauseReason(found["reason"]),
        expected=date.fromisoformat(found["expected"]),
        resumed=_day(found["resumed"]),
    )


def _extension(found: Mapping[str, Any]) -> Extension:
    days = {name: date.fromisoformat(found[name]) for name in ("asked_on", "told_on")}
    return Extension(**{**found, **days})


def _if(read: Callable[[Any], Any], found: Any) -> Any:  # noqa: ANN401  whatever *read* makes
    return None if found is None else read(found)


def _days(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: _iso(value) if isinstance(value, date) else value
            for name, value in facts.items()}  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
