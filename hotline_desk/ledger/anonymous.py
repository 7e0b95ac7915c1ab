"""What is left of a record's facts when its person is deleted: the matter, and every figure."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.deletions import day_and_point
from hotline_desk.domain.masking import mask_among, mask_caller, mask_employer
from hotline_desk.domain.names import ANONYMOUS, is_called

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from hotline_desk.domain.deletions import Person
    from hotline_desk.domain.traces import Traces
    from hotline_desk.ledger.rows import Fact, Facts

    Change = Callable[[str], str]

_JSON = frozenset(
    {"parties", "payments", "events", "actions", "interruptions", "earlier", "shows", "figures"}
)
"""Facts that are JSON with texts in them."""

_LOGGED = ("events", "actions", "interruptions", "earlier")
"""Facts of a case that are records of what was done."""

_SAID_OF_CASE = ("matter", "results", "basis")
_SAID = frozenset({"words", "was", "event", "evidence", "results", "basis"})
"""What of a case, and of its records, people have written in their own words."""

SAID_IN_LETTERS = ("subject", "answer", "notes", "voided_for")
"""What of a letter is in somebody's own words; the rest is what the register counts."""

_NAMED = ("parties", "payments", "earlier")
"""Facts of a case in which money is noted by a worker's name."""

OF_OTHERS = frozenset(
    {"answered_by", "owner", "helpers", "recorded_by", "host", "producer", "guests", "who",
     "approved_by", "prepared_by", "reviewed_by", "signed_by", "by", "approver", "advises"}
)  # fmt: skip
"""Names of those who work here: one may be called as the caller is."""

_WORDS_OF_OURS = frozenset(
    {"category", "other_categories", "kind", "channel", "state", "course", "route", "closing",
     "finish", "satisfaction", "handling", "keeping", "retained", "caller_kind", "labels", "title",
     "way", "facts", "parts", "grade", "line", "asked_line", "answered_line", "take", "unit",
     "figure", "plan", "questions", "month"}
)  # fmt: skip
"""Facts that hold nothing but the desk's own words."""


def out_of(facts: Mapping[str, Fact], change: Change) -> Facts:
    """Return what *change* makes of the free texts among *facts*, where it differs."""
    return {
        name: new
        for name, value in facts.items()
        if isinstance(value, str) and value and (new := _out(name, value, change)) != value
    }


def call(facts: Facts, person: Person, traces: Traces) -> Facts:
    """Return what changes in a call of the person's own."""
    caller = _caller(facts)
    return {
        "name": "",
        "title": "",
        "phone": "",
        "district": mask_caller(caller).district,
        "employer": mask_employer(caller.employer),
        "occupation": "",
        "point": _own(person, traces, caller)(str(facts["point"])) if person.everywhere else "",
        "notes": "",
    }


def question(facts: Facts, person: Person, traces: Traces, caller: Caller) -> Facts:
    """Return what changes in a question of the person's own; nothing is filled in again.

    Of one that was kept for a while only, what was asked and answered goes as well.
    """
    own = _own(person, traces, caller, str(facts["employer"]))
    return {
        "external_number": "",
        "point": own(str(facts["point"])) if person.everywhere else "",
        "text": "",
        "text_typed": 1,
        "answer": own(str(facts["answer"])) if person.everywhere else "",
        "answer_typed": 1,
        "articles": traces.out_of(str(facts["articles"])),
        "employer": mask_employer(str(facts["employer"])),
        "notes": "",
    }


def case(facts: Facts, person: Person, traces: Traces) -> Facts:
    """Return what changes in a case of this person alone.

    Of one that was kept for a while only all that was said goes: of each record of its log the
    day, the kind and the figures stay.
    """
    employer = str(facts["employer"])
    own = _own(person, traces, Caller(employer=employer))
    named = _named(facts, person.names, every=True)
    changed = out_of(named, own)
    kept = {name: value for name, value in changed.items() if name not in {"employer", "notes"}}
    return {
        **{name: named[name] for name in _NAMED},
        **kept,
        "external_number": "",
        "employer": mask_employer(employer),
        "notes": "",
        **({} if person.everywhere else _emptied(named)),
    }


def marks(facts: Facts) -> set[str]:
    """Return what would tell a question or case from others in an import."""
    day = date.fromisoformat(str(facts.get("at") or date.max)[:10])
    found = {str(facts["external_number"]), day_and_point(day, str(facts.get("point", "")))}
    return found - {""}


def shared_case(facts: Facts, person: Person, traces: Traces) -> Facts:
    """Return what changes in a case of several workers: the person's name alone."""
    named = _named(facts, person.names)
    return {
        **{name: named[name] for name in _NAMED if named[name] != facts[name]},
        **out_of(named, traces.out_of),
    }


def _own(person: Person, traces: Traces, caller: Caller, employer: str = "") -> Change:
    def change(text: str) -> str:
        gone = traces.out_of_own(text, (*person.names, *person.heard_as))
        return mask_among(gone, employers=[employer, caller.employer])

    return change


def _caller(facts: Facts) -> Caller:
    return Caller(
        name=str(facts["name"]), employer=str(facts["employer"]), district=str(facts["district"])
    )


def _named(facts: Facts, names: Collection[str], *, every: bool = False) -> Facts:
    """Return *facts* with the person's place in the case for the name, wherever money is noted."""
    parties = json.loads(str(facts["parties"]))
    called = {
        party["name"]: f"{ANONYMOUS} {place}"
        for place, party in enumerate(parties, 1)
        if party["name"] and (every or is_called(party["name"], names))
    }
    payments = json.loads(str(facts["payments"]))
    for party in parties:
        party["name"] = called.get(party["name"], party["name"])
    rounds = json.loads(str(facts["earlier"]))
    for payment in [*payments, *(each for one in rounds for each in one.get("payments", ()))]:
        payment["party"] = called.get(payment["party"], payment["party"])
    return facts | {
        "parties": _json(parties),
        "payments": _json(payments),
        "earlier": _json(rounds),
    }


def _out(name: str, value: str, change: Change) -> str:
    if name in OF_OTHERS | _WORDS_OF_OURS:
        return value
    if name in _JSON:
        return _json(_deep(json.loads(value), change))
    return change(value)


def _deep(value: Any, change: Change) -> Any:  # noqa: ANN401  whatever JSON holds
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_deep(each, change) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name in OF_OTHERS | _WORDS_OF_OURS else _deep(each, change)
            for name, each in value.items()
        }
    return value


def _emptied(facts: Facts) -> Facts:
    """Return what changes in a case of which only days, kinds and figures stay."""
    logs = {name: _json(_unsaid(json.loads(str(facts[name])))) for name in _LOGGED}
    return {**dict.fromkeys(_SAID_OF_CASE, ""), **logs}


def _unsaid(value: Any) -> Any:  # noqa: ANN401  whatever JSON holds
    """Return records of a case without anybody's own words."""
    if isinstance(value, list):
        return [_unsaid(each) for each in value]
    if not isinstance(value, dict):
        return value
    # a pause, too, has a reason, but one of a list
    extension = value.get("extension")
    extended = {"extension": extension | {"reason": ""}} if isinstance(extension, dict) else {}
    return {
        name: "" if name in _SAID else _unsaid(each) for name, each in (value | extended).items()
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
