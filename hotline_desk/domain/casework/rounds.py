"""The present round of a case, as it is kept once the case is taken up again (重办)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Round
from hotline_desk.domain.casework.payments import known_payments

if TYPE_CHECKING:
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
