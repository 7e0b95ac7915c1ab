"""The course of a case: DOMAIN.md's steps and no others, and its two ends."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.course import (
    Course,
    Finish,
    Fulfilment,
    Promise,
    advance,
    finish,
    finishes,
    next_steps,
)
from hotline_desk.errors import CourseRefused

PAY_BY = date(2026, 3, 6)
NOTHING = Promise()
# as DOMAIN.md section 5 writes them, 结案 by its ways apart
WRITTEN = """待联系 → 已联系; 已联系 → 方案已定; 方案已定 → 调解中, 仲裁中;
调解中 → 调解成功, 调解不成;
调解成功 → 结案, 调解不成; 调解不成 → 仲裁中, 诉讼中, 结案; 仲裁中 → 诉讼中, 结案; 诉讼中 → 结案;
结案 → 待联系"""
ALLOWED = {
    (state.strip(), to.strip())
    for rule in WRITTEN.split(";")
    for state, after in [rule.split("→")]
    for to in after.split(",")
}
OPEN = [state for state in Course if state.is_open]


@pytest.mark.parametrize(("state", "to"), list(product(Course, Course)))
def test_only_the_written_steps_are_allowed(state, to):
    if to is Course.FINISHED:
        own_end = set(finishes(state)) - {Finish.WITHDRAWN, Finish.PASSED_ON, Finish.UNREACHABLE}
        assert bool(own_end) == ((state, to) in ALLOWED)
    elif (state, to) in ALLOWED:
        assert advance(state, to) is to
    else:
        with pytest.raises(CourseRefused):
            advance(state, to)


@pytest.mark.parametrize(
    ("state", "way"),
    list(product(OPEN, [Finish.WITHDRAWN, Finish.PASSED_ON, Finish.UNREACHABLE])),
)
def test_an_open_case_ends_by_withdrawal_passing_on_or_silence(state, way):
    owed = Promise(agreed_fen=3_300_000, pay_by=PAY_BY)

    assert finish(state, way, promise=owed, on=PAY_BY) is Course.FINISHED


def test_what_was_promised_has_to_be_done_before_the_end():
    owed = Promise(agreed_fen=3_300_000, pay_by=PAY_BY, received_fen=1_000_000)
    paid = Promise(agreed_fen=3_300_000, pay_by=PAY_BY, received_fen=3_300_000)

    with pytest.raises(CourseRefused, match="部分履行"):
        finish(Course.MEDIATED, Finish.FULFILLED, promise=owed, on=PAY_BY)
    assert finish(Course.MEDIATED, Finish.FULFILLED, promise=paid, on=PAY_BY) is Course.FINISHED


def test_a_promise_that_was_not_kept_keeps_no_failed_mediation_open():
    broken = Promise(agreed_fen=3_300_000, pay_by=PAY_BY, received_fen=1_000_000)
    failed = advance(Course.MEDIATED, Course.NOT_MEDIATED)

    ended = finish(failed, Finish.NOT_MEDIATED, promise=broken, on=PAY_BY + timedelta(days=4))

    assert ended is Course.FINISHED


def test_a_finished_case_ends_no_second_time_but_may_be_taken_up_again():
    with pytest.raises(CourseRefused, match="已经结案"):
        finish(Course.FINISHED, Finish.WITHDRAWN, promise=NOTHING, on=PAY_BY)
    assert next_steps(Course.FINISHED) == (Course.TO_CONTACT,)


def test_a_way_that_does_not_fit_is_refused_with_those_that_do():
    with pytest.raises(CourseRefused, match="诉讼终结"):
        finish(Course.LAWSUIT, Finish.NOT_MEDIATED, promise=NOTHING, on=PAY_BY)


@pytest.mark.parametrize(
    ("received", "days", "found"),
    [
        (0, 0, Fulfilment.OWED),
        (0, 1, Fulfilment.OVERDUE),
        (1, 0, Fulfilment.PARTLY),
        (1, 1, Fulfilment.OVERDUE),
        (100, 9, Fulfilment.FULFILLED),
    ],
)
def test_fulfilment_follows_the_money_and_the_day(received, days, found):
    promise = Promise(agreed_fen=100, pay_by=PAY_BY, received_fen=received)

    assert promise.fulfilment(PAY_BY + timedelta(days=days)) is found


@given(st.lists(st.integers(0, 8), max_size=30))
def test_every_open_case_can_reach_its_end(choices):
    state = Course.TO_CONTACT
    for choice in choices:
        if steps := next_steps(state):
            state = advance(state, steps[choice % len(steps)])
        if state.is_open:
            way = finishes(state)[choice % len(finishes(state))]
            assert finish(state, way, promise=NOTHING, on=PAY_BY) is Course.FINISHED
