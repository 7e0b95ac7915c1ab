"""The present round of a case holds everything that begins anew when it is taken up again."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import Case, Payment, Round, Satisfaction
from hotline_desk.domain.casework.course import ClosingWay, Finish, Promise
from hotline_desk.domain.casework.payments import with_payments
from hotline_desk.domain.casework.rounds import (
    agreed_in_all,
    present_round,
    received_in_all,
    tells_of_money,
)
from hotline_desk.domain.statistics.case_entries import _money
from hotline_desk.domain.statistics.counted import CountedRound
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


sums = st.integers(0, 9)
rounds = st.builds(
    lambda agreed, paid: Round(
        received=MONDAY,
        events=a_case(),
        closing=None,
        finish=None,
        finished_on=None,
        promise=Promise(agreed_fen=agreed, agreed_on=MONDAY, received_fen=sum(paid)),
        payments=tuple(Payment(on=MONDAY, fen=fen) for fen in paid),
    ),
    sums,
    st.lists(st.integers(1, 9), max_size=2),
)


@given(st.lists(rounds.filter(lambda each: tells_of_money([each])), min_size=1, max_size=3), rounds)
def test_the_money_of_all_rounds_is_what_the_figures_count(earlier, last):
    case = Case(id=1, number="AJ-2026-0001", received=MONDAY, events=a_case(),
                promise=last.promise, payments=last.payments, earlier=tuple(earlier))  # fmt: skip
    counted = {"agreed": 0, "received": 0}

    for key, _, fen in _money(
        tuple(CountedRound(1, each, None, None) for each in (*earlier, last))
    ):
        counted[key] += fen

    assert (agreed_in_all(case), received_in_all(case)) == tuple(counted.values())
