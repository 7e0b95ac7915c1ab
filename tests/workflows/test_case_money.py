"""Parties, promises and payments of a case."""

from dataclasses import replace

import pytest

from hotline_desk.domain.casework.cases import Party, Payment
from hotline_desk.domain.casework.course import Promise
from hotline_desk.domain.casework.payments import known_payments, money_faults
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows import case_money
from tests.workflows.casework import BY, FRIDAY, MONDAY, THURSDAY

OWED = (Party(name="董某", claimed_fen=300_000), Party(name="李某", claimed_fen=300_000))


@pytest.fixture
def shared(ledger, case):
    """The case with two of its workers."""
    return case_money.note_parties(ledger, case.id, OWED, by=BY)


def test_a_payment_to_one_worker_counts_for_him_and_for_the_case(ledger, shared):
    once = case_money.note_payment(ledger, shared.id, 100_000, on=FRIDAY, party="李某", by=BY)
    twice = case_money.note_payment(ledger, shared.id, 50_000, on=THURSDAY, party="李某", by=BY)

    assert once.parties[0] == OWED[0]
    assert twice.parties[1] == replace(OWED[1], received_fen=150_000, received_on=FRIDAY)
    assert twice.promise.received_fen == 150_000
    assert twice.payments == (
        Payment(on=FRIDAY, fen=100_000, party="李某"),
        Payment(on=THURSDAY, fen=50_000, party="李某"),
    )
    ledger.undo(by=BY)
    assert ledger.case(shared.id) == once


@pytest.mark.parametrize(("fen", "party"), [(0, ""), (-1, ""), (1, "王某")])
def test_a_payment_of_nothing_or_for_nobody_is_refused(ledger, shared, fen, party):
    with pytest.raises(CourseRefused):
        case_money.note_payment(ledger, shared.id, fen, on=FRIDAY, party=party, by=BY)

    assert ledger.case(shared.id) == shared


def test_sums_of_an_older_ledger_are_payments_without_a_day(ledger, shared):
    old = replace(
        shared,
        promise=Promise(agreed_fen=600_000, received_fen=150_000),
        parties=(replace(OWED[0], received_fen=100_000, received_on=THURSDAY), OWED[1]),
    )
    ledger.save_case(old, by=BY)

    paid = case_money.note_payment(ledger, shared.id, 1, on=MONDAY, party="董某", by=BY)

    assert known_payments(old) == (
        Payment(on=THURSDAY, fen=100_000, party="董某"),
        Payment(on=None, fen=50_000),
    )
    assert paid.promise.received_fen == 150_001
    assert (paid.parties[0].received_fen, paid.parties[0].received_on) == (100_001, MONDAY)


def test_a_promise_says_nothing_of_what_has_come(ledger, shared):
    case_money.note_payment(ledger, shared.id, 700, on=FRIDAY, by=BY)
    agreed = Promise(agreed_fen=600_000, agreed_on=FRIDAY, pay_by=MONDAY, received_fen=9)

    promised = case_money.promise(ledger, shared.id, agreed, basis="协议书", by=BY)

    assert promised.promise == replace(agreed, received_fen=700)
    assert promised.basis == "协议书"


def test_who_has_been_paid_is_not_left_out_and_nobody_stands_twice(ledger, shared):
    case_money.note_payment(ledger, shared.id, 1, on=FRIDAY, party="李某", by=BY)

    with pytest.raises(CourseRefused, match="李某"):
        case_money.note_parties(ledger, shared.id, OWED[:1], by=BY)
    with pytest.raises(CourseRefused, match="董某"):
        case_money.note_parties(ledger, shared.id, (*OWED, OWED[0]), by=BY)


def test_money_that_does_not_agree_is_said(ledger, case):
    assert money_faults(case) == ()
    many = [Party(name=f"职工{n}", claimed_fen=300_000) for n in range(12)]
    case_money.note_parties(ledger, case.id, many, by=BY)
    case_money.promise(ledger, case.id, Promise(agreed_fen=100), basis="", by=BY)
    paid = case_money.note_payment(ledger, case.id, 300_001, on=FRIDAY, party="职工3", by=BY)

    claims, people, agreed, own = money_faults(paid)

    assert "36,000 元，超过诉求金额 33,000 元" in claims
    assert "12 位，超过涉及人数 11 人" in people
    assert "已到账 3,000.01 元，超过协议或裁决金额 1 元" in agreed
    assert own.startswith("职工3已到账 3,000.01 元")


def test_money_of_a_day_that_nobody_can_have_meant_is_refused(ledger, case):
    with pytest.raises(CourseRefused, match="到账日期要在"):
        case_money.note_payment(ledger, case.id, 1, on=FRIDAY.replace(year=1950), by=BY)

    assert ledger.case(case.id) == case
