"""The fields of a case that can always be written, and the facts that propose a route."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.casework.cases import Party, Route
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.casework.parties import PartyNotUnderstood, read_parties
from hotline_desk.domain.casework.routing import known_facts
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.times import money_text
from hotline_desk.errors import CourseRefused
from hotline_desk.ui.kit.day_text import day_of, short_day
from hotline_desk.ui.kit.field_text import NotUnderstood, as_text, from_text
from hotline_desk.ui.kit.fields import Field, Shape
from hotline_desk.workflows import assign, case_money, cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.routing import RoutingFacts
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger.ledger import Ledger

BASICS: tuple[Field, ...] = (
    Field(name="matter", title="案由"),
    Field(name="employer", title="用人单位"),
    Field(name="people", title="涉及人数", hint="几个人"),
    Field(name="claimed_fen", title="诉求金额", hint="例如 3.3万"),
    Field(name="unit", title="填报单位", shape=Shape.CHOICE),
    Field(name="external_number", title="外部工单号"),
    Field(name="reflected", title="反映日", hint="职工最早反映的日子"),
    Field(name="keeping", title="保管期限", shape=Shape.CHOICE, options=tuple(map(str, Keeping))),
    Field(name="retained", title="留存", shape=Shape.CHOICE, options=("", *map(str, Retention))),
    Field(name="notes", title="备注", shape=Shape.TEXT),
)
"""What a case is about, in reading order."""

PROMISE: tuple[Field, ...] = (
    Field(name="agreed", title="协议金额", hint="协议或裁决；没有要付的写 0"),
    Field(name="agreed_on", title="协议日期", hint="例如 11-20"),
    Field(name="pay_by", title="约定付款日", hint="例如 12-10"),
    Field(name="basis", title="依据", hint="调解协议书、裁决书文号"),
    Field(name="results", title="其他成效", hint="例如 继续聘用、补签合同"),
)
"""What was agreed or awarded."""

PARTIES = Field(
    name="parties",
    title="当事人",
    shape=Shape.TEXT,
    hint="一行一位：董某 3000，代表人写 @董某",
    lines=4,
)

_AMENDED = frozenset({*(each.name for each in BASICS), "results"})


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
    """Return what is known of the case when its route is chosen: by the ledger, and by *ticks*."""
    known = known_facts(case, questions)
    return replace(
        known,
        clear=True if RouteTick.CLEAR in ticks else None,
        breach=False if RouteTick.NO_BREACH in ticks else None,
        provable=False if RouteTick.HARD_TO_PROVE in ticks else None,
        needs_lawyer=RouteTick.LAWYER in ticks or known.needs_lawyer,
        means_tested=RouteTick.POOR in ticks or known.means_tested,
        migrant=RouteTick.MIGRANT in ticks or known.migrant,
    )


def title_of(field: str) -> str:
    """Return what *field* of a case is called."""
    return _TITLES[field]


def text_of(case: Case, field: str) -> str:
    """Return what stands in *field* of a case, as it is written."""
    if field == "agreed":
        promise = case.promise
        return as_text("amount_fen", promise.agreed_fen if promise.is_said else None)
    if field in _DAYS:
        return short_day(getattr(case if field == "reflected" else case.promise, field))
    if field == "claimed_fen":
        return as_text("amount_fen", case.claimed_fen)
    if field == "people":
        return as_text("people", case.people)
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
    if field in _AMENDED:
        amended = _amended(field, text.strip(), today)
        return partial(_amend, case_id=case_id, field=field, value=amended, by=by)
    if field in {"agreed", "agreed_on", "pay_by", "basis"}:
        promised = _promised(field, text.strip(), today)
        return partial(
            _write_promise, case_id=case_id, field=field, value=promised, by=by, today=today
        )
    value = (Route(text) if text else None) if field == "route" else text.strip()
    return partial(_write_assignment, case_id=case_id, field=field, value=value, by=by)


def _promised(field: str, text: str, today: date) -> int | date | str | None:
    if field == "basis":
        return text
    if field in _DAYS:
        return _day(field, text, today)
    try:
        fen: int | None = from_text("amount_fen", text)
    except NotUnderstood:
        raise NotUnderstood("协议金额请写成数字，例如 33000 或 3.3万。") from None
    return fen


def _day(field: str, text: str, today: date) -> date | None:
    try:
        return day_of(text, today)
    except ValueError:
        raise NotUnderstood(f"{_TITLES[field]}请写成 2026-12-10 或 12-10。") from None


def _amended(field: str, text: str, today: date) -> date | int | str | None:
    if field in _DAYS:
        return _day(field, text, today)
    if field == "keeping":
        return Keeping(text)
    if field == "retained":
        return Retention(text) if text else None
    name, says = _MEASURED.get(field, ("", ""))
    if not name:
        return text
    try:
        found: int | None = from_text(name, text)
    except NotUnderstood:
        raise NotUnderstood(says) from None
    return found


def _amend(ledger: Ledger, *, case_id: int, field: str, value: object, by: str) -> Case:
    changed: Any = {field: value}
    with ledger.together():
        case = cases.amend(ledger, case_id, by=by, **changed)
        return assign.check_anew(ledger, case, by=by) if field == "employer" else case


def _write_promise(
    ledger: Ledger, *, case_id: int, field: str, value: object, by: str, today: date
) -> Case:
    with ledger.together():
        case = ledger.case(case_id)
        basis = str(value) if field == "basis" else case.basis
        changed: dict[str, Any] = {} if field in {"agreed", "basis"} else {field: value}
        if field == "agreed":  # 0 is the word that none is owed, and has its day
            day = case.promise.agreed_on or (today if value == 0 else None)
            changed = {"agreed_fen": value or 0, "agreed_on": None if value is None else day}
        agreed = replace(case.promise, **changed)
        if field == "agreed_on" and value and not case.promise.is_said:
            raise CourseRefused("记协议", "先写协议金额；没有要付的写 0")
        unspoken = case.course is Course.TO_CONTACT and case.events.closed_on is None
        if unspoken and agreed.is_said and not case.promise.is_said:
            raise CourseRefused("记协议", "还在待联系，先记联系，调解成功或办结时一起写协议金额")
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
            replace(
                known.get(party.name, party),
                claimed_fen=party.claimed_fen,
                represents=party.represents,
            )
            for party in written
        ]
        return case_money.note_parties(ledger, case_id, parties, by=by)


def _parties(text: str) -> tuple[Party, ...]:
    try:
        return read_parties("\n".join(line.partition("（已到账")[0] for line in text.splitlines()))
    except PartyNotUnderstood as error:
        raise NotUnderstood(f"{error}。当事人一行写一位：董某 3000。") from None


def _party_text(party: Party) -> str:
    words = [party.told]
    if party.claimed_fen is not None:
        words.append(money_text(party.claimed_fen))
    if party.received_fen:
        words.append(f"（已到账 {money_text(party.received_fen)}）")
    return " ".join(words)


_TITLES = {each.name: each.title for each in (*BASICS, *PROMISE, PARTIES)} | {
    "route": "分流",
    "helpers": "协办单位",
}
_DAYS = frozenset({"pay_by", "agreed_on", "reflected"})
_MEASURED = {
    "people": ("people", "涉及人数请写成数字，例如 11。"),
    "claimed_fen": ("amount_fen", "诉求金额请写成数字，例如 33000 或 3.3万。"),
}
