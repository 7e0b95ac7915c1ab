"""The present round of a case holds everything that begins anew when it is taken up again."""

from dataclasses import fields

from hotline_desk.domain.casework.cases import Case, Payment, Round, Satisfaction
from hotline_desk.domain.casework.course import ClosingWay, Finish, Promise
from hotline_desk.domain.casework.payments import with_payments
from hotline_desk.domain.casework.rounds import present_round
from tests.domain.cases import MONDAY, a_case, after, closed


def test_the_present_round_tells_all_that_the_case_does():
    case = Case(
        id=1,
        number="AJ-2026-0001",
        received=MONDAY,
        events=a_case(closing=closed(after(5))),
        closing=ClosingWay.MEDIATED,
        finish=Finish.FULFILLED,
        finished_on=after(9),
        promise=Promise(agreed_fen=300_000, pay_by=after(20)),
        basis="调解协议书 12 号",
        results="补签合同",
        called_back_on=after(10),
        satisfaction=Satisfaction.SATISFIED,
    )
    case = with_payments(case, (Payment(on=after(8), fen=300_000),))
    told = {each.name: getattr(case, each.name) for each in fields(Round)}

    made = present_round(case)

    assert all(told.values())
    assert {name: getattr(made, name) for name in told} == told
