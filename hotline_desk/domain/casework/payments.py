"""The money of a case: what came when and for whom, and where its figures do not agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Payment
from hotline_desk.domain.casework.course import Finish, finishes
from hotline_desk.domain.times import money_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hotline_desk.domain.casework.cases import Case, Party
    from hotline_desk.domain.casework.course import Course


def known_payments(case: Case) -> tuple[Payment, ...]:
    """Return what has come in the present round, in the order in which it was noted.

    Older ledgers hold sums alone: what no payment tells of stands first, under the worker and the
    day that are known, else without.
    """
    rest = case.promise.received_fen - sum(payment.fen for payment in case.payments)
    told = []
    for party in case.parties:
        missing = min(rest, (party.received_fen or 0) - _received(case, case.payments, party))
        if missing > 0:
            told.append(Payment(on=party.received_on, fen=missing, party=party.name))
            rest -= missing
    if rest > 0:
        told.append(Payment(on=None, fen=rest))
    return (*told, *case.payments)


def with_payments(case: Case, payments: Iterable[Payment]) -> Case:
    """Return the case with *payments* as those of the present round, its sums by them."""
    noted = tuple(payments)
    return replace(
        case,
        payments=noted,
        promise=replace(case.promise, received_fen=sum(payment.fen for payment in noted)),
        parties=tuple(_paid(case, noted, party) for party in case.parties),
    )


def money_faults(case: Case) -> tuple[str, ...]:
    """Return a sentence for everything in which people and money of a case do not agree."""
    return tuple(_faults(case))


def claimed_fen(case: Case) -> int:
    """Return 诉求金额 in fen: as it was noted, else what the workers claim together."""
    return case.claimed_fen or sum(party.claimed_fen or 0 for party in case.parties)


def lacks_sum(case: Case, state: Course) -> bool:
    """Return whether a case in *state* was mediated for money, and nobody has said for how much.

    The sum is asked for, or the word that none is owed: 履行 is followed until the money has come
    (DOMAIN.md, section 5), and without a sum nobody would.
    """
    mediated = Finish.FULFILLED in finishes(state, case.closing)
    come = case.promise.received_fen
    return mediated and not case.promise.is_said and come < claimed_fen(case)


def _faults(case: Case) -> Iterator[str]:
    claims = sum(party.claimed_fen or 0 for party in case.parties)
    promise = case.promise
    if case.claimed_fen is not None and claims > case.claimed_fen:
        yield (
            f"当事人的金额合计 {money_text(claims)}，"
            f"超过诉求金额 {money_text(case.claimed_fen)}，请核对。"
        )
    if case.people is not None and len(case.parties) > case.people:
        yield f"当事人有 {len(case.parties)} 位，超过涉及人数 {case.people} 人，请核对。"
    if promise.agreed_fen and promise.received_fen > promise.agreed_fen:
        yield (
            f"已到账 {money_text(promise.received_fen)}，"
            f"超过协议或裁决金额 {money_text(promise.agreed_fen)}，请核对。"
        )
    for party in case.parties:
        if party.claimed_fen is not None and (party.received_fen or 0) > party.claimed_fen:
            yield (
                f"{party.name}已到账 {money_text(party.received_fen or 0)}，"
                f"超过本人的 {money_text(party.claimed_fen)}，请核对。"
            )


def _received(case: Case, payments: Sequence[Payment], party: Party) -> int:
    """Return what *payments* and those of earlier rounds tell of a worker, in fen."""
    told = [*payments, *(payment for each in case.earlier for payment in each.payments)]
    return sum(payment.fen for payment in told if payment.party == party.name)


def _paid(case: Case, payments: Sequence[Payment], party: Party) -> Party:
    told = [*payments, *(payment for each in case.earlier for payment in each.payments)]
    own = [payment for payment in told if payment.party == party.name]
    days = [payment.on for payment in own if payment.on is not None]
    return replace(
        party,
        received_fen=sum(payment.fen for payment in own) if own else None,
        received_on=max(days, default=None),
    )
