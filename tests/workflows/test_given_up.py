"""Money given up by 结案 (不再跟进), and what is put right around it."""

from datetime import timedelta

import pytest

from hotline_desk.domain.casework.cases import ActionKind
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.noted import Finished, What
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows import case_clock, case_course, case_money
from tests.workflows.casework import BY, FRIDAY, MONDAY, TUESDAY, correct, mediating

LATER = TUESDAY + timedelta(days=20)


@pytest.fixture
def owed(ledger, case):
    """A case 办结 by 职工撤回, 5,000 yuan promised by Monday."""
    mediating(ledger, case)
    agreed = Promise(agreed_fen=500_000, agreed_on=FRIDAY, pay_by=MONDAY)
    case_money.promise(ledger, case.id, agreed, basis="协议", by=BY)
    told = Closing(on=MONDAY, told_on=MONDAY)
    return case_clock.close(ledger, case.id, told, ClosingWay.WITHDRAWN, by=BY)


def given_up(ledger, case):
    return [each.on for each in ledger.case(case.id).actions if each.kind is ActionKind.GIVEN_UP]


def finish(ledger, case, **given):
    return case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=TUESDAY, by=BY, **given)


def test_the_line_goes_with_the_corrected_day_and_with_its_finish(ledger, owed):
    finish(ledger, owed, why="职工不要了")
    moved = TUESDAY + timedelta(days=1)

    correct(ledger, owed, What.FINISHED, Finished(on=moved, way=Finish.WITHDRAWN), on=LATER)
    assert given_up(ledger, owed) == [moved]

    case = correct(ledger, owed, What.FINISHED, None, on=LATER)
    assert (case.course, given_up(ledger, owed)) == (Course.MEDIATING, [])


def test_the_line_of_a_round_before_stays_where_it_is(ledger, owed):
    finish(ledger, owed, why="职工不要了")
    case_course.again(ledger, owed.id, on=TUESDAY, by=BY)
    told = Closing(on=TUESDAY, told_on=TUESDAY)
    case_clock.close(ledger, owed.id, told, ClosingWay.WITHDRAWN, by=BY)
    finish(ledger, owed)

    correct(ledger, owed, What.FINISHED, None, on=LATER)

    assert given_up(ledger, owed) == [TUESDAY]


def test_a_payment_struck_out_wants_the_reason_that_its_finish_would(ledger, owed):
    case_money.note_payment(ledger, owed.id, 500_000, on=MONDAY, by=BY)
    finish(ledger, owed)

    with pytest.raises(CourseRefused, match="要写明为什么不再跟进"):
        correct(ledger, owed, What.PAYMENT, None, on=LATER)

    correct(ledger, owed, What.FINISHED, None, on=LATER)
    correct(ledger, owed, What.PAYMENT, None, on=LATER)
    case = finish(ledger, owed, why="职工不要了")
    assert (case.course, given_up(ledger, owed)) == (Course.FINISHED, [TUESDAY])


def test_what_was_given_up_may_be_corrected_further(ledger, owed):
    case_money.note_payment(ledger, owed.id, 100_000, on=MONDAY, by=BY)
    finish(ledger, owed, why="职工不要了")

    case = correct(ledger, owed, What.PAYMENT, None, on=LATER)

    assert (case.promise.received_fen, given_up(ledger, owed)) == (0, [TUESDAY])


@pytest.mark.parametrize("pay_by", [None, MONDAY, LATER])
def test_no_promise_is_written_on_a_finished_case_that_nobody_would_follow(ledger, case, pay_by):
    mediating(ledger, case)
    told = Closing(on=MONDAY, told_on=MONDAY)
    case_clock.close(ledger, case.id, told, ClosingWay.WITHDRAWN, by=BY)
    ended = finish(ledger, case)
    agreed = Promise(agreed_fen=500_000, agreed_on=FRIDAY, pay_by=pay_by)

    with pytest.raises(CourseRefused, match="先作废结案"):
        case_money.promise(ledger, case.id, agreed, basis="协议", by=BY)
    assert ledger.case(case.id) == ended

    correct(ledger, case, What.FINISHED, None, on=LATER)
    case_money.promise(ledger, case.id, agreed, basis="协议", by=BY)
    assert ledger.case(case.id).promise.agreed_fen == 500_000


def test_a_promise_that_was_given_up_with_its_reason_can_be_put_right(ledger, owed):
    finish(ledger, owed, why="职工不要了")
    less = Promise(agreed_fen=400_000, agreed_on=FRIDAY, pay_by=MONDAY)

    case = case_money.promise(ledger, owed.id, less, basis="协议", by=BY)

    assert case.promise.agreed_fen == 400_000
