"""Cases and facts: a case as plain values by name, and back again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Case,
    Interruption,
    KnownDay,
    Party,
    Payment,
    Round,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.ledger.case_events import (
    day_or_none,
    event_facts,
    iso,
    iso_days,
    read_events,
    without_empty,
)
from hotline_desk.ledger.rows import from_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed import DataclassInstance

    from hotline_desk.domain.casework.cases import NewCase
    from hotline_desk.ledger.rows import Facts


_NONE: Mapping[str, Callable[[Any], Any]] = {}
_Record = TypeVar("_Record", Action, Interruption, KnownDay, Payment)


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
        "reflected": iso(case.reflected),
        "employer": case.employer,
        "matter": case.matter,
        "people": case.people,
        "claimed_fen": case.claimed_fen,
        "route": case.route or "",
        "owner": case.owner,
        "helpers": case.helpers,
        "course": case.course.value,
        "events": _json(event_facts(case.events)),
        "closing": case.closing or "",
        "finish": case.finish or "",
        "finished_on": iso(case.finished_on),
        "agreed_fen": case.promise.agreed_fen,
        "agreed_on": iso(case.promise.agreed_on),
        "pay_by": iso(case.promise.pay_by),
        "received_fen": case.promise.received_fen,
        "basis": case.basis,
        "results": case.results,
        "called_back_on": iso(case.called_back_on),
        "satisfaction": case.satisfaction or "",
        "unit": case.unit,
        "external_number": case.external_number,
        "keeping": case.keeping.value,
        "retained": case.retained or "",
        "notes": case.notes,
        "parties": _json([_party(party) for party in case.parties]),
        "payments": _list(case.payments),
        "actions": _list(case.actions, "was", "was_on"),
        "days": _list(case.days),
        "interruptions": _list(case.interruptions),
        "earlier": _json([_round_facts(each) for each in case.earlier]),
        "merged_into": case.merged_into,
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
        reflected=day_or_none(facts["reflected"]),
        questions=tuple(json.loads(facts["questions"])),
        employer=facts["employer"],
        matter=facts["matter"],
        people=facts["people"],
        claimed_fen=facts["claimed_fen"],
        route=Route(facts["route"]) if facts["route"] else None,
        owner=facts["owner"],
        helpers=facts["helpers"],
        unit=facts["unit"],
        external_number=facts["external_number"],
        keeping=Keeping(facts["keeping"]),
        retained=Retention(facts["retained"]) if facts["retained"] else None,
        notes=facts["notes"],
        course=Course(facts["course"]),
        events=read_events(date.fromisoformat(facts["received"]), json.loads(facts["events"])),
        closing=ClosingWay(facts["closing"]) if facts["closing"] else None,
        finish=Finish(facts["finish"]) if facts["finish"] else None,
        finished_on=day_or_none(facts["finished_on"]),
        promise=_promise(facts),
        basis=facts["basis"],
        results=facts["results"],
        called_back_on=day_or_none(facts["called_back_on"]),
        satisfaction=Satisfaction(facts["satisfaction"]) if facts["satisfaction"] else None,
        parties=tuple(
            Party(
                **each
                | {
                    "received_on": day_or_none(each["received_on"]),
                    "represents": bool(each.get("represents")),
                }
            )
            for each in json.loads(facts["parties"])
        ),
        payments=_read_list(Payment, facts["payments"]),
        actions=_read_list(Action, facts["actions"], {"kind": ActionKind, "was_on": day_or_none}),
        days=_read_list(KnownDay, facts["days"]),
        interruptions=_read_list(Interruption, facts["interruptions"]),
        earlier=tuple(map(_round, json.loads(facts["earlier"]))),
        merged_into=facts["merged_into"],
    )


def _party(party: Party) -> Facts:
    facts = asdict(party) | {"received_on": iso(party.received_on), "represents": +party.represents}
    return without_empty(facts, "represents")


def _promise(facts: Mapping[str, Any]) -> Promise:
    return Promise(
        agreed_fen=facts["agreed_fen"],
        agreed_on=day_or_none(facts["agreed_on"]),
        pay_by=day_or_none(facts["pay_by"]),
        received_fen=facts["received_fen"],
    )


def _round_facts(earlier: Round) -> dict[str, Any]:
    return {
        "received": iso(earlier.received),
        "events": event_facts(earlier.events),
        "closing": earlier.closing,
        "finish": earlier.finish,
        "finished_on": iso(earlier.finished_on),
        **iso_days(asdict(earlier.promise)),
        "basis": earlier.basis,
        "payments": [iso_days(asdict(payment)) for payment in earlier.payments],
        "results": earlier.results,
        "called_back_on": iso(earlier.called_back_on),
        "satisfaction": earlier.satisfaction,
    }


def _round(facts: Mapping[str, Any]) -> Round:
    received = date.fromisoformat(facts["received"])
    return Round(
        received=received,
        events=read_events(received, facts["events"]),
        closing=ClosingWay(facts["closing"]) if facts["closing"] else None,
        finish=Finish(facts["finish"]) if facts["finish"] else None,
        finished_on=day_or_none(facts["finished_on"]),
        promise=_promise(facts),
        basis=facts["basis"],
        payments=_records(Payment, facts["payments"]),
        results=facts["results"],
        called_back_on=day_or_none(facts["called_back_on"]),
        satisfaction=Satisfaction(facts["satisfaction"]) if facts["satisfaction"] else None,
    )


def _list(records: Iterable[DataclassInstance], *newer: str) -> str:
    return _json([without_empty(iso_days(asdict(record)), *newer) for record in records])


def _read_list(
    kind: type[_Record], text: str, read: Mapping[str, Callable[[Any], Any]] = _NONE
) -> tuple[_Record, ...]:
    """Return the records that a JSON list holds; the field ``on`` is a day."""
    return _records(kind, json.loads(text), read)


def _records(
    kind: type[_Record],
    found: Iterable[Mapping[str, Any]],
    read: Mapping[str, Callable[[Any], Any]] = _NONE,
) -> tuple[_Record, ...]:
    readers = {"on": day_or_none, **read}
    return tuple(
        kind(**{name: readers[name](value) if name in readers else value
                for name, value in each.items()})
        for each in found
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
