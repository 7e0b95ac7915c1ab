"""合并: two cases that tell of one matter become one, and it can be seen that they were two.

接收日 is the day on which this union got the matter (DOMAIN.md, section 5): the earlier of the two
holds for the time limits, whichever number stays. Of people and money nothing is added up: the
larger holds, as when a case is opened, though no worker who is named is lost, nor what they claim
or, where the two have no worker in common, were promised together. What the surviving case has
settled already, its plan, grade, extension and 办结, stays; where it has none, the other's holds.
The clock stands in the pauses of either; a payment that both tell of was made once; a worker who
was 不满意 with either is to be heard (重办). What cannot stand beside that goes into the trace in
words: nothing is lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from hotline_desk.domain.casework.cases import Action, ActionKind, Satisfaction
from hotline_desk.domain.casework.course import Course, Promise
from hotline_desk.domain.casework.noted import What, noted
from hotline_desk.domain.casework.noted_words import told
from hotline_desk.domain.casework.payments import known_payments, with_payments
from hotline_desk.domain.keeping import Keeping
from hotline_desk.domain.times import money_text
from hotline_desk.errors import CourseRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case, Party
    from hotline_desk.domain.casework.clock_events import ClockEvents, Pause

_DEED = "合并"
_T = TypeVar("_T")

_HEARD = {Satisfaction.DISSATISFIED: 3, Satisfaction.SATISFIED: 2, Satisfaction.MOSTLY: 2,
          Satisfaction.NO_ANSWER: 1, Satisfaction.UNREACHED: 0}  # fmt: skip
"""Whose word holds where both workers were called back: the higher, of like ones the survivor's."""


def merged(target: Case, duplicate: Case, *, on: date, by: str) -> tuple[Case, Case]:
    """Return what *target* and *duplicate* become when the latter goes into the former.

    Raises:
        CourseRefused: they are one, one of them is finished or merged already, or *duplicate* has
            come further along its course, or is taken up again (重办) and would end its clock by
            that: who was promised a new one is to be heard.
    """
    _require(target, duplicate)
    parties = _parties(target, duplicate)
    claims = sum(party.claimed_fen or 0 for party in parties)
    known = {day.event for day in target.days}
    promise, basis = _promise(target, duplicate)
    called_back_on, satisfaction = _called_back(target, duplicate)
    whole = replace(
        target,
        received=min(target.received, duplicate.received),
        reflected=min(filter(None, (target.reflected, duplicate.reflected)), default=None),
        questions=(*target.questions, *duplicate.questions),
        employer=target.employer or duplicate.employer,
        matter=target.matter or duplicate.matter,
        people=_largest(target.people, duplicate.people, len(parties) if parties else None),
        claimed_fen=_largest(target.claimed_fen, duplicate.claimed_fen, claims or None),
        route=target.route or duplicate.route,
        owner=target.owner or duplicate.owner,
        helpers=target.helpers or duplicate.helpers,
        unit=target.unit or duplicate.unit,
        external_number=target.external_number or duplicate.external_number,
        keeping=min(target.keeping, duplicate.keeping, key=list(Keeping).index),
        retained=target.retained or duplicate.retained,
        notes=_lines(target.notes, duplicate.notes),
        events=_events(target.events, duplicate.events),
        promise=promise,
        basis=basis,
        called_back_on=called_back_on,
        satisfaction=satisfaction,
        results=_lines(target.results, duplicate.results),
        parties=parties,
        actions=tuple(sorted((*target.actions, *duplicate.actions), key=lambda each: each.on)),
        days=(*target.days, *(day for day in duplicate.days if day.event not in known)),
        interruptions=_both(target.interruptions, duplicate.interruptions),
        earlier=tuple(
            sorted((*target.earlier, *duplicate.earlier), key=lambda each: each.received)
        ),
    )
    whole = with_payments(whole, _both(known_payments(target), known_payments(duplicate)))
    trace = Action(on=on, kind=ActionKind.MERGED, words=_trace(target, duplicate, whole), by=by)
    gone = replace(
        duplicate,
        questions=(),
        merged_into=target.id,
        actions=(
            *duplicate.actions,
            Action(on=on, kind=ActionKind.MERGED, words=f"并入 {target.number}", by=by),
        ),
    )
    return replace(whole, actions=(*whole.actions, trace)), gone


def _require(target: Case, duplicate: Case) -> None:
    if target.id == duplicate.id:
        raise CourseRefused(_DEED, "是同一件案件")
    for case in (target, duplicate):
        if case.merged_into is not None:
            raise CourseRefused(_DEED, f"{case.number} 已经并入别的案件")
        if not case.course.is_open:
            raise CourseRefused(_DEED, f"{case.number} 已经结案，要先重办")
    if _progress(duplicate) > _progress(target):
        raise CourseRefused(
            _DEED, f"{duplicate.number} 已经办到{duplicate.course}，请把 {target.number} 并入它"
        )
    if duplicate.earlier and duplicate.events.closed_on is None and target.events.closed_on:
        raise CourseRefused(_DEED, f"{duplicate.number} 正在重办，先把它办结再合并")


def _progress(case: Case) -> tuple[bool, int]:
    return case.events.closed_on is not None, list(Course).index(case.course)


def _trace(target: Case, duplicate: Case, whole: Case) -> str:
    """Return the words of 合并: which case came, and all of both that *whole* tells otherwise."""
    number = f"，外部工单号 {duplicate.external_number}" if duplicate.external_number else ""
    parts = [f"{duplicate.number} 并入{number}"]
    facts = set(_facts(whole))
    records = {each.record for each in noted(whole)}
    for name, case in (("本案", target), (f"{duplicate.number} ", duplicate)):
        lost = [fact for fact in _facts(case) if fact not in facts]
        lost += [
            f"{said.head}（{said.text}）" if said.text else said.head
            for each in noted(case)
            if each.what is not What.CALLED_BACK and each.record not in records
            for said in [told(each)]
        ]
        if lost:
            parts.append(f"{name}原记：{'，'.join(lost)}".replace("\n", " "))
    return "；".join(parts)


def _facts(case: Case) -> Iterator[str]:
    """Yield what is written of a case of which only one can stand, but for what `noted` has."""
    promise = case.promise
    facts = {
        "接收日": case.received,
        "用人单位": case.employer,
        "案由": case.matter,
        "分流": case.route,
        "承办人": case.owner,
        "协办单位": case.helpers,
        "填报单位": case.unit,
        "依法留存": case.retained,
        "协议或裁决金额": money_text(promise.agreed_fen) if promise.agreed_fen else "",
        "协议日期": promise.agreed_on,
        "约定付款日": promise.pay_by,
        "依据": case.basis,
        "回访": " ".join(str(part) for part in (case.called_back_on, case.satisfaction) if part),
        **{day.event: day.on for day in case.days},
    }
    yield from (f"{name} {fact}" for name, fact in facts.items() if fact)


def _events(target: ClockEvents, duplicate: ClockEvents) -> ClockEvents:
    contacts = _both(target.contacts, duplicate.contacts)
    others, ended = duplicate.extension, target.closed_on
    if others is not None and ended is not None and others.asked_on > ended:
        others = None
    return replace(
        target,
        received=min(target.received, duplicate.received),
        contacts=tuple(sorted(contacts, key=lambda contact: contact.at)),
        gradings=target.gradings or duplicate.gradings,
        plan=target.plan or duplicate.plan,
        pauses=_pauses(target, duplicate),
        extension=target.extension or others,
    )


def _pauses(target: ClockEvents, duplicate: ClockEvents) -> tuple[Pause, ...]:
    """Return the pauses of both, one of them standing; none begins after 办结."""
    standing, ended = target.pause, target.closed_on
    others = [each for each in duplicate.pauses if ended is None or each.first <= ended]
    if standing is not None:
        begun = [each for each in others if each.resumed or each.first < standing.first]
        others = [replace(each, resumed=each.resumed or standing.first) for each in begun]
    return tuple(sorted(_both(target.pauses, others), key=lambda each: each.first))


def _parties(target: Case, duplicate: Case) -> tuple[Party, ...]:
    known = {party.name: party for party in duplicate.parties}
    own = [
        replace(
            party,
            claimed_fen=_largest(party.claimed_fen, known[party.name].claimed_fen),
            represents=party.represents or known[party.name].represents,
        )
        if party.name in known
        else party
        for party in target.parties
    ]
    names = {party.name for party in own}
    return (*own, *(party for party in duplicate.parties if party.name not in names))


def _promise(target: Case, duplicate: Case) -> tuple[Promise, str]:
    """Return what is owed and on what it rests; what has come follows from the payments."""
    cases = sorted((target, duplicate), key=_agreed, reverse=True)
    (larger, basis), (smaller, other) = ((case.promise, case.basis) for case in cases)
    names, others = ({party.name for party in each.parties} for each in cases)
    if not smaller.agreed_fen:
        return larger, basis or other
    agreed_on, pay_by = larger.agreed_on or smaller.agreed_on, larger.pay_by or smaller.pay_by
    if not names or not others or names & others:
        return replace(larger, agreed_on=agreed_on, pay_by=pay_by), basis or other
    return Promise(
        agreed_fen=larger.agreed_fen + smaller.agreed_fen,
        agreed_on=agreed_on,
        pay_by=min(filter(None, (larger.pay_by, smaller.pay_by)), default=None),
    ), "；".join(dict.fromkeys(filter(None, (target.basis, duplicate.basis))))


def _agreed(case: Case) -> tuple[int, bool]:
    """Return how much is agreed, and whether it is said at all: nothing owed has its day."""
    return case.promise.agreed_fen, case.promise.agreed_on is not None


def _called_back(target: Case, duplicate: Case) -> tuple[date | None, Satisfaction | None]:
    """Return what the worker said of the result that stands, and when."""
    ended = target.events.closed_on
    said = [
        (case.called_back_on, case.satisfaction)
        for case in (target, duplicate)
        if case is target or (ended and case.called_back_on and case.called_back_on >= ended)
    ]
    return max(said, key=lambda each: -1 if each[1] is None else _HEARD[each[1]])


def _largest(*counts: int | None) -> int | None:
    return max((each for each in counts if each is not None), default=None)


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _both(own: tuple[_T, ...], others: Iterable[_T]) -> tuple[_T, ...]:
    """Return *own*, and what of *others* is not among them."""
    return (*own, *(each for each in others if each not in own))
