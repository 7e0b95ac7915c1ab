"""合并: two cases that tell of one matter become one, and it can be seen that they were two.

接收日 is the day on which this union got the matter (DOMAIN.md, section 5): the earlier of the two
holds for the time limits, whichever number stays. Of people and money nothing is added up: the
larger holds, as when a case is opened, though no worker who is named is lost, nor what they claim
or, where the two have no worker in common, were promised together. What the surviving case has
settled already, its plan, grade, pauses, extension and 办结, stays; a payment that both tell of was
made once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.casework.course import Course, Promise
from hotline_desk.domain.casework.payments import known_payments, with_payments
from hotline_desk.domain.keeping import Keeping
from hotline_desk.errors import CourseRefused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hotline_desk.domain.casework.cases import Case, Party
    from hotline_desk.domain.casework.clock_events import ClockEvents

_DEED = "合并"
_T = TypeVar("_T")


def merged(target: Case, duplicate: Case, *, on: date, by: str) -> tuple[Case, Case]:
    """Return what *target* and *duplicate* become when the latter goes into the former.

    Raises:
        CourseRefused: they are one, one of them is finished or merged already, or *duplicate* has
            come further along its course.
    """
    _require(target, duplicate)
    parties = _parties(target, duplicate)
    claims = sum(party.claimed_fen or 0 for party in parties)
    known = {day.event for day in target.days}
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
        promise=_promise(target, duplicate),
        basis=target.basis or duplicate.basis,
        results=_lines(target.results, duplicate.results),
        parties=parties,
        actions=(
            *sorted((*target.actions, *duplicate.actions), key=lambda action: action.on),
            Action(on=on, kind=ActionKind.MERGED, words=_came(duplicate), by=by),
        ),
        days=(*target.days, *(day for day in duplicate.days if day.event not in known)),
        interruptions=_both(target.interruptions, duplicate.interruptions),
        earlier=tuple(
            sorted((*target.earlier, *duplicate.earlier), key=lambda each: each.received)
        ),
    )
    payments = _both(known_payments(target), known_payments(duplicate))
    gone = replace(
        duplicate,
        questions=(),
        merged_into=target.id,
        actions=(
            *duplicate.actions,
            Action(on=on, kind=ActionKind.MERGED, words=f"并入 {target.number}", by=by),
        ),
    )
    return with_payments(whole, payments), gone


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


def _progress(case: Case) -> tuple[bool, int]:
    return case.events.closed_on is not None, list(Course).index(case.course)


def _came(duplicate: Case) -> str:
    number = f"，外部工单号 {duplicate.external_number}" if duplicate.external_number else ""
    return f"{duplicate.number} 并入{number}"


def _events(target: ClockEvents, duplicate: ClockEvents) -> ClockEvents:
    contacts = _both(target.contacts, duplicate.contacts)
    return replace(
        target,
        received=min(target.received, duplicate.received),
        contacts=tuple(sorted(contacts, key=lambda contact: contact.at)),
        gradings=target.gradings or duplicate.gradings,
        plan=target.plan or duplicate.plan,
    )


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


def _promise(target: Case, duplicate: Case) -> Promise:
    """Return what is owed; what has been received follows from the payments."""
    own, other = target.promise, duplicate.promise
    names, others = ({party.name for party in each.parties} for each in (target, duplicate))
    if not own.agreed_fen:
        return other
    if not other.agreed_fen or not names or not others or names & others:
        return own
    pay_by = min(filter(None, (own.pay_by, other.pay_by)), default=None)
    return replace(own, agreed_fen=own.agreed_fen + other.agreed_fen, pay_by=pay_by)


def _largest(*counts: int | None) -> int | None:
    return max((each for each in counts if each is not None), default=None)


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _both(own: tuple[_T, ...], others: Iterable[_T]) -> tuple[_T, ...]:
    """Return *own*, and what of *others* is not among them."""
    return (*own, *(each for each in others if each not in own))
