"""The fields of a case that can always be written, and the facts that propose a route."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.cases import Party, Route
from hotline_desk.domain.categories import Category
from hotline_desk.domain.clock_events import ComplexReason
from hotline_desk.domain.routing import RoutingFacts
from hotline_desk.domain.times import money_text
from hotline_desk.ui.day_text import day_of, short_day
from hotline_desk.ui.field_text import NotUnderstood, as_text, from_text
from hotline_desk.workflows import assign, case_money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger.ledger import Ledger

LINES = ("owner", "helpers", "agreed", "pay_by", "basis")
"""Fields of one line, in reading order; beside them there are route and parties."""

_PARTY = re.compile(r"^(?P<name>.+?)(?:[\s,，、:：]+(?P<money>[\d,，.]+\s*万?\s*元?))?$")


class RouteTick(Enum):
    """A fact that speaks for a route; its value is what is ticked."""

    CLEAR = "事实清楚"
    NO_BREACH = "无明显违法"
    HARD_TO_PROVE = "举证困难"
    LAWYER = "可能仲裁诉讼"
    POOR = "经济困难"
    MIGRANT = "农民工"


def routing_facts(
    case: Case, questions: Iterable[Question], ticks: frozenset[RouteTick]
) -> RoutingFacts:
    """Return what is known of the case when its route is chosen.

    The departments are those written as 协办单位; pay and injury are read off the categories.
    """
    aid = any(each.reason is ComplexReason.LEGAL_AID for each in case.events.gradings)
    claims = {Category.WAGES, Category.INJURY}
    departments = tuple(filter(None, re.split(r"[、，,；;\s]+", case.helpers)))
    return RoutingFacts(
        clear=True if RouteTick.CLEAR in ticks else None,
        breach=False if RouteTick.NO_BREACH in ticks else None,
        provable=False if RouteTick.HARD_TO_PROVE in ticks else None,
        needs_lawyer=RouteTick.LAWYER in ticks or aid,
        means_tested=RouteTick.POOR in ticks or aid,
        migrant=RouteTick.MIGRANT in ticks,
        pay_or_injury=any(question.category in claims for question in questions),
        departments=departments,
    )


def text_of(case: Case, field: str) -> str:
    """Return what stands in *field* of a case, as it is written."""
    if field == "agreed":
        return as_text("amount_fen", case.promise.agreed_fen or None)
    if field == "pay_by":
        return short_day(case.promise.pay_by)
    if field == "parties":
        return "\n".join(_party_text(party) for party in case.parties)
    return str(getattr(case, field) or "")


def writing(
    field: str, text: str, case_id: int, *, by: str, today: date
) -> Callable[[Ledger], Case]:
    """Return what writes *text* down for *field* of a case.

    Raises:
        NotUnderstood: the text means nothing there; it says so in a sentence.
    """
    if field == "parties":
        return partial(_write_parties, case_id=case_id, written=_parties(text), by=by)
    if field in {"agreed", "pay_by", "basis"}:
        value = _promised(field, text.strip(), today)
        return partial(_write_promise, case_id=case_id, field=field, value=value, by=by)
    value = (Route(text) if text else None) if field == "route" else text.strip()
    return partial(_write_assignment, case_id=case_id, field=field, value=value, by=by)


def _promised(field: str, text: str, today: date) -> int | date | str | None:
    if field == "basis":
        return text
    if field == "pay_by":
        try:
            return day_of(text, today)
        except ValueError:
            raise NotUnderstood("约定付款日请写成 2026-12-10 或 12-10。") from None
    try:
        return int(from_text("amount_fen", text) or 0)
    except NotUnderstood:
        raise NotUnderstood("协议金额请写成数字，例如 33000 或 3.3万。") from None


def _write_promise(ledger: Ledger, *, case_id: int, field: str, value: object, by: str) -> Case:
    with ledger.together():
        case = ledger.case(case_id)
        basis = str(value) if field == "basis" else case.basis
        changed: dict[str, Any] = {} if field == "basis" else {_PROMISE[field]: value}
        agreed = replace(case.promise, **changed)
        return case_money.promise(ledger, case_id, agreed, basis=basis, by=by)


def _write_assignment(
    ledger: Ledger, *, case_id: int, field: str, value: Route | str | None, by: str
) -> Case:
    with ledger.together():
        case = ledger.case(case_id)
        present: dict[str, Any] = {
            "owner": case.owner, "route": case.route, "helpers": case.helpers,
        }  # fmt: skip
        return assign.assign(ledger, case_id, by=by, **(present | {field: value}))


def _write_parties(ledger: Ledger, *, case_id: int, written: tuple[Party, ...], by: str) -> Case:
    """Keep what each had received: it is written by the payments alone."""
    with ledger.together():
        known = {party.name: party for party in ledger.case(case_id).parties}
        parties = [
            replace(known.get(party.name, party), claimed_fen=party.claimed_fen)
            for party in written
        ]
        return case_money.note_parties(ledger, case_id, parties, by=by)


def _parties(text: str) -> tuple[Party, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(_party(line.partition("（已到账")[0].strip()) for line in lines)


def _party(line: str) -> Party:
    found = _PARTY.match(line)
    if found is None:
        raise NotUnderstood("当事人一行写一位：董某 3000。")
    fen = from_text("amount_fen", found["money"] or "")
    return Party(name=found["name"].strip(), claimed_fen=fen)


def _party_text(party: Party) -> str:
    words = [party.name]
    if party.claimed_fen is not None:
        words.append(money_text(party.claimed_fen))
    if party.received_fen:
        words.append(f"（已到账 {money_text(party.received_fen)}）")
    return " ".join(words)


_PROMISE = {"agreed": "agreed_fen", "pay_by": "pay_by"}
