"""Note whose money it is, what was promised, and what has come (到账)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Payment
from hotline_desk.domain.casework.course import waits_for
from hotline_desk.domain.casework.parties import named_twice
from hotline_desk.domain.casework.payments import known_payments, with_payments
from hotline_desk.domain.days import SPAN, is_meant
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows.cases import unmerged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hotline_desk.domain.casework.cases import Case, Party
    from hotline_desk.domain.casework.course import Promise
    from hotline_desk.ledger import Ledger


def note_parties(ledger: Ledger, case_id: int, parties: Iterable[Party], *, by: str) -> Case:
    """Say whose case it is among the workers (当事人), and what each claims.

    What each has received follows from the payments. Where the sums do not agree
    `payments.money_faults` says so.

    Raises:
        CourseRefused: two have the same name, or one who has been paid is left out.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "改当事人")
        payments = known_payments(case)
        written = tuple(parties)
        names = [party.name for party in written]
        if twice := named_twice(names):
            raise CourseRefused("改当事人", f"{twice}有两位，请加字区分")
        if gone := [each.party for each in payments if each.party and each.party not in names]:
            raise CourseRefused("改当事人", f"{gone[0]}已有到账，要先更正或作废那一笔")
        return ledger.save_case(with_payments(replace(case, parties=written), payments), by=by)


def promise(ledger: Ledger, case_id: int, agreed: Promise, *, basis: str, by: str) -> Case:
    """Note what was agreed or awarded, when, and by when it is to be paid.

    What has come of it follows from the payments, whatever *agreed* says.

    Raises:
        CourseRefused: the amount is below nothing, or the case is 结案 and would come to owe money
            that nobody follows (DOMAIN.md, section 5: 履行 until it has come).
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "记协议")
        if agreed.agreed_fen < 0:
            raise CourseRefused("记协议", "金额不能小于零")
        agreed = replace(agreed, received_fen=case.promise.received_fen)
        if case.finish is not None and case.finished_on is not None:
            owed, owes = (
                waits_for(case.finish, each, case.finished_on) for each in (case.promise, agreed)
            )
            if owes and not owed:  # what an import brought so may be put right
                raise CourseRefused(
                    "记协议", "案件已经结案，款项还没有到账，先作废结案，改好再结案"
                )
        return ledger.save_case(replace(case, promise=agreed, basis=basis.strip()), by=by)


def note_payment(
    ledger: Ledger, case_id: int, fen: int, *, on: date, party: str = "", by: str
) -> Case:
    """Add *fen* to what has come (到账) on the day *on*, for the whole case or one worker of it.

    Where the case is one worker's alone, the money is that worker's without a word.

    Raises:
        CourseRefused: the amount is nothing, or nobody of that name belongs to the case.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, "记到账")
        whose = party or only_party(case)
        paid = sound_payment(case, Payment(on=on, fen=fen, party=whose))
        return ledger.save_case(with_payments(case, (*known_payments(case), paid)), by=by)


def only_party(case: Case) -> str:
    """Return the name of the one worker whose case it is; empty where there may be others."""
    alone = len(case.parties) == 1 and case.people in {None, 1}
    return case.parties[0].name if alone else ""


def sound_payment(case: Case, payment: Payment) -> Payment:
    """Return *payment*, if it may be one of *case*.

    Raises:
        CourseRefused: the amount is nothing, nobody of that name belongs to the case, or nobody
            can have meant the day.
    """
    if payment.on is not None and not is_meant(payment.on):
        raise CourseRefused("记到账", f"到账日期要在 {SPAN}之间")
    if payment.fen <= 0:
        raise CourseRefused("记到账", "金额要大于零")
    if payment.party and payment.party not in {each.name for each in case.parties}:
        raise CourseRefused("记到账", f"当事人里没有{payment.party}")
    return payment
