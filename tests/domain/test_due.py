"""今日待办: each open case once for its clock, once for its money, the most pressing first."""

from dataclasses import replace

import pytest

from hotline_desk.domain.cases import Case
from hotline_desk.domain.course import Course, Promise
from hotline_desk.domain.deadlines import Card
from hotline_desk.domain.due import Stage, due, working_days_left
from tests.domain.cases import (
    CALENDAR,
    LIMITS,
    MONDAY,
    a_case,
    after,
    called,
    closed,
    paused,
    planned,
)


def case(number=1, **given):
    events = given.pop("events", a_case())
    return Case(id=number, number=f"AJ-2026-{number:04}", received=MONDAY, events=events, **given)


def found(*cases, on=MONDAY):
    items = due(cases, on, calendar=CALENDAR, limits=LIMITS)
    return [(item.case.id, item.stage, item.day, item.left, item.card) for item in items]


def test_a_new_case_is_to_be_contacted_and_warns_on_its_last_day():
    assert found(case()) == [(1, Stage.CONTACT, after(1), 1, Card.NONE)]
    assert found(case(), on=after(1)) == [(1, Stage.CONTACT, after(1), 0, Card.YELLOW)]
    assert found(case(), on=after(2)) == [(1, Stage.CONTACT, after(1), -1, Card.RED)]


def test_the_next_step_follows_the_one_that_is_done():
    spoken = case(events=a_case(contacts=(called(MONDAY),)))
    told = case(events=a_case(contacts=(called(MONDAY),), plan=planned(MONDAY)))

    assert found(spoken) == [(1, Stage.PLAN, after(3), 3, Card.NONE)]
    assert found(told) == [(1, Stage.CLOSE, after(7), 5, Card.NONE)]


def test_a_finished_case_has_nothing_to_do():
    assert found(case(course=Course.FINISHED)) == []


def test_while_the_clock_stands_only_the_expected_day_is_told():
    stands = case(events=a_case(pauses=(paused(MONDAY, after(4)),)))

    assert found(stands, on=after(3)) == []
    assert found(stands, on=after(4)) == [(1, Stage.RESUME, after(4), 0, Card.NONE)]
    assert found(stands, on=after(9))[0][3] == -3


@pytest.mark.parametrize(("day", "left"), [(4, 3), (7, 2), (9, 0), (10, -1)])
def test_promised_money_is_followed_after_the_clock_has_ended(day, left):
    owed = case(
        events=a_case(closing=closed(MONDAY)),
        course=Course.MEDIATED,
        promise=Promise(agreed_fen=3_300_000, pay_by=after(9)),
    )

    assert found(owed, on=after(day)) == [(1, Stage.FULFIL, after(9), left, Card.NONE)]


def test_money_that_has_come_or_is_far_off_is_not_told():
    closing = a_case(closing=closed(MONDAY))
    paid = Promise(agreed_fen=100, pay_by=after(1), received_fen=100)

    assert found(case(events=closing, promise=paid), on=after(9)) == []
    assert found(case(events=closing, promise=replace(paid, received_fen=0)), on=after(9))
    assert found(case(events=closing, promise=Promise(agreed_fen=100, pay_by=after(11)))) == []


def test_what_presses_most_comes_first():
    late = case(1, events=a_case(received=after(-4)))
    new, urgent = case(2), case(3, events=a_case(received=after(-3)))
    items = found(new, replace(urgent, received=after(-3)), replace(late, received=after(-4)))

    assert [item[0] for item in items] == [1, 3, 2]


def test_working_days_are_counted_both_ways():
    assert working_days_left(after(7), MONDAY, CALENDAR) == 5
    assert working_days_left(MONDAY, after(7), CALENDAR) == -5
    assert working_days_left(MONDAY, MONDAY, CALENDAR) == 0
