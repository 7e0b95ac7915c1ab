"""Note whose money it is, what was promised, and what has come (到账)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.times import money_text
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows.cases import noted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hotline_desk.domain.cases import Case, Party
    from hotline_desk.domain.course import Promise
    from hotline_desk.ledger import Ledger


def note_parties(ledger: Ledger, case_id: int, parties: Iterable[Party], *, by: str) -> Case:
    """Say whose case it is among the workers (当事人), and what each claims."""
    with ledger.together():
        return ledger.save_case(replace(ledger.case(case_id), parties=tuple(parties)), by=by)


def promise(ledger: Ledger, case_id: int, agreed: Promise, *, basis: str, by: str) -> Case:
    """Note what was agreed or awarded, by when it is to be paid, and what has come of it.

    Raises:
        CourseRefused: an amount is below nothing.
    """
    with ledger.together():
        case = ledger.case(case_id)
        if agreed.agreed_fen < 0 or agreed.received_fen < 0:
            raise CourseRefused("记协议", "金额不能小于零")
        return ledger.save_case(replace(case, promise=agreed, basis=basis.strip()), by=by)


def note_payment(
    ledger: Ledger, case_id: int, fen: int, *, on: date, party: str = "", by: str
) -> Case:
    """Add *fen* to what has come (到账) on the day *on*, for the whole case or one worker of it.

    Raises:
        CourseRefused: the amount is nothing, or nobody of that name belongs to the case.
    """
    with ledger.together():
        case = ledger.case(case_id)
        if fen <= 0:
            raise CourseRefused("记到账", "金额要大于零")
        if party and party not in {each.name for each in case.parties}:
            raise CourseRefused("记到账", f"当事人里没有{party}")
        parties = tuple(
            replace(each, received_fen=(each.received_fen or 0) + fen, received_on=on)
            if each.name == party
            else each
            for each in case.parties
        )
        received = replace(case.promise, received_fen=case.promise.received_fen + fen)
        words = " ".join(filter(None, ("到账", party, money_text(fen))))
        changed = replace(case, promise=received, parties=parties, notes=noted(case, on, words))
        return ledger.save_case(changed, by=by)
