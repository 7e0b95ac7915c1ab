"""The rounds of a case: the present one, and those before it was taken up again (重办)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Round
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.casework.payments import known_payments, with_payments

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hotline_desk.domain.casework.cases import Case


def present_round(case: Case) -> Round:
    """Return what *case* has come to since it was last taken up; `Case.earlier` has the others."""
    return Round(
        received=case.received,
        events=case.events,
        closing=case.closing,
        finish=case.finish,
        finished_on=case.finished_on,
        promise=case.promise,
        basis=case.basis,
        payments=known_payments(case),
        results=case.results,
        called_back_on=case.called_back_on,
        satisfaction=case.satisfaction,
    )


def received_days(case: Case) -> tuple[date, ...]:
    """Return on which days *case* was received: first, and each time it was taken up again."""
    return (*(each.received for each in case.earlier), case.received)


def agreed_in_all(case: Case) -> int | None:
    """Return 协议或裁决金额 of all rounds in fen, None where nobody has said what is owed.

    It is what the figures count: what a later round agrees on anew adds only what is more than
    before, and what has come without having been agreed counts as agreed.
    """
    if not tells_of_money(case.earlier):
        return case.promise.agreed_fen if case.promise.is_said else None
    told = paid = 0
    for each in (*case.earlier, present_round(case)):
        told = max(told, paid + each.promise.agreed_fen)
        paid += came_in(each)
        told = max(told, paid)
    return told


def received_in_all(case: Case) -> int:
    """Return 已到账金额 of all rounds in fen."""
    return case.promise.received_fen + sum(came_in(each) for each in case.earlier)


def results_in_all(case: Case) -> str:
    """Return 其他成效 of all rounds, the first first."""
    told = (*(each.results for each in case.earlier), case.results)
    return "\n".join(dict.fromkeys(filter(None, told)))


def tells_of_money(rounds: Iterable[Round]) -> bool:
    """Return whether anything was agreed or came in one of *rounds*."""
    return any(each.promise.agreed_fen or each.payments for each in rounds)


def came_in(each: Round) -> int:
    """Return what has come in a round, in fen."""
    return sum(payment.fen for payment in each.payments)


def as_in_round(case: Case, at: int) -> Case:
    """Return *case* as it stood at the end of the round at the place *at* of `Case.earlier`."""
    past = case.earlier[at]
    return replace(
        case,
        received=past.received,
        events=past.events,
        course=Course.FINISHED,
        closing=past.closing,
        finish=past.finish,
        finished_on=past.finished_on,
        promise=past.promise,
        basis=past.basis,
        payments=past.payments,
        results=past.results,
        called_back_on=past.called_back_on,
        satisfaction=past.satisfaction,
        earlier=case.earlier[:at],
    )


def with_round(case: Case, at: int, past: Case) -> Case:
    """Return *case* with the round at the place *at* as *past* has it, and what that sums up to."""
    known, written = known_payments(case), present_round(past)
    rounds = (*case.earlier[:at], written, *case.earlier[at + 1 :])
    changed = replace(case, earlier=rounds, actions=past.actions)
    same = written.payments == case.earlier[at].payments
    return changed if same else with_payments(changed, known)
