"""The clock of the time limits: the table, cards, pauses, extensions."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    ClockEvents,
    Closing,
    Grade,
    Plan,
    PlanPart,
)
from hotline_desk.domain.casework.contacts import Contact, Way
from hotline_desk.domain.casework.deadlines import Card, Limits, Outcome, Step, left_text
from hotline_desk.domain.notices import read_pages
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.domain.workdays import Calendar
from tests.domain.cases import (
    MONDAY,
    NOTICE_OF_2027,
    PAGES,
    a_case,
    after,
    called,
    closed,
    extended,
    graded,
    paused,
    planned,
    read,
)
from tests.domain.published import DAY, days, days_of, is_worked

NONE, YELLOW, RED = Card.NONE, Card.YELLOW, Card.RED


@pytest.mark.parametrize(
    ("received", "contact", "plan", "close", "close_complex"),
    [
        ("2026-02-13", "2026-02-14", "2026-02-25", "2026-02-27", "2026-03-02"),
        ("2026-02-11", "2026-02-12", "2026-02-14", "2026-02-25", "2026-02-27"),
        ("2026-09-23", "2026-09-24", "2026-09-29", "2026-10-08", "2026-10-10"),
        ("2025-12-31", "2026-01-04", "2026-01-06", "2026-01-08", "2026-01-12"),
    ],
)
def test_the_limit_days(received, contact, plan, close, close_complex):
    day = date.fromisoformat(received)

    for grade, last in ((Grade.ORDINARY, close), (Grade.COMPLEX, close_complex)):
        clock, *steps = read(a_case(day, grade), day)
        assert [step.due.isoformat() for step in steps] == [contact, plan, last]
        assert [step.step for step in steps] == [Step.CONTACT, Step.PLAN, Step.CLOSE]
        assert not any(step.estimated for step in steps)
        assert clock.grade is grade


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_the_limit_days_of_every_day_of_a_published_year(year):
    for received in days_of(year):
        if received + 30 * DAY > date(2026, 12, 31):
            break
        worked = [day for day in days(received + DAY, received + 30 * DAY) if is_worked(day)]
        _, *steps = read(a_case(received), received)
        _, _, _, hard = read(a_case(received, Grade.COMPLEX), received)
        assert [step.due for step in (*steps, hard)] == [worked[n - 1] for n in (1, 3, 5, 7)]


def test_a_case_closed_on_a_holiday_after_its_limit_day_is_on_time():
    events = a_case(date(2026, 2, 5), Grade.COMPLEX, closing=closed(date(2026, 2, 16)))

    clock, _, _, close = read(events, date(2026, 3, 1))

    assert close.due == date(2026, 2, 14)
    assert close.used == 7
    assert close.on_time
    assert clock.outcome is Outcome.ON_TIME
    late = replace(events, closing=closed(date(2026, 2, 24)))
    assert read(late, date(2026, 3, 1))[0].outcome is Outcome.LATE


def test_a_case_received_on_a_day_off_begins_on_the_next_day():
    saturday = date(2026, 11, 7)

    _, contact, plan, _ = read(a_case(saturday), saturday)

    assert contact.due == date(2026, 11, 9)
    assert plan.due == date(2026, 11, 11)
    assert (contact.used, contact.card) == (0, NONE)


@pytest.mark.parametrize(
    ("count", "contact", "plan", "close", "close_complex"),
    [
        (0, NONE, NONE, NONE, NONE),  # Monday, received
        (1, YELLOW, NONE, NONE, NONE),  # Tuesday, the last day of step 1
        (2, RED, YELLOW, NONE, NONE),  # Wednesday
        (3, RED, YELLOW, NONE, NONE),  # Thursday, the last day of step 3
        (4, RED, RED, YELLOW, NONE),  # Friday
        (5, RED, RED, YELLOW, NONE),
        (6, RED, RED, YELLOW, NONE),  # Sunday
        (7, RED, RED, YELLOW, NONE),  # Monday, the last day of step 5
        (8, RED, RED, RED, YELLOW),  # Tuesday
        (9, RED, RED, RED, YELLOW),  # Wednesday, the last day of step 7
        (10, RED, RED, RED, RED),
    ],
)
def test_the_cards_of_every_day(count, contact, plan, close, close_complex):
    clock, *steps = read(a_case(), after(count))
    _, _, _, hard = read(a_case(grade=Grade.COMPLEX), after(count))

    assert [step.card for step in (*steps, hard)] == [contact, plan, close, close_complex]
    assert clock.current is steps[0]
    assert clock.outcome is None


def test_a_limit_that_ends_on_a_friday_is_kept_until_monday():
    wednesday = after(2)

    def plan_on(count):
        return read(a_case(after(1)), after(count))[2]

    assert read(a_case(wednesday), wednesday)[2].due == after(7)
    assert [plan_on(count).card for count in (3, 4, 5, 6, 7)] == [
        YELLOW,
        YELLOW,
        YELLOW,
        YELLOW,
        RED,
    ]
    assert [plan_on(count).left for count in (3, 4, 5, 6, 7, 8)] == [1, 0, 0, 0, -1, -2]


def test_what_is_left_is_said_in_words():
    assert [left_text(left) for left in (2, 1, 0, -2)] == [
        "还剩 2 个工作日",
        "还剩 1 个工作日",
        "已到期限日",
        "超期 2 个工作日",
    ]


def test_a_later_step_meets_the_earlier_ones():
    clock, contact, plan, close = read(a_case(plan=planned(after(1))), after(20))

    assert contact.done == plan.done == after(1)
    assert contact.card is plan.card is NONE
    assert clock.current is close

    clock, contact, plan, close = read(a_case(closing=closed(after(2))), after(20))

    assert contact.done == plan.done == close.done == after(2)
    assert (contact.card, plan.card, close.card) == (RED, NONE, NONE)
    assert clock.current is None
    assert clock.outcome is Outcome.ON_TIME


def test_a_step_keeps_its_own_day_before_a_later_one():
    events = a_case(contacts=(called(after(1)),), plan=planned(after(3)), closing=closed(after(7)))

    _, contact, plan, close = read(events, after(20))

    assert [step.done for step in (contact, plan, close)] == [after(1), after(3), after(7)]
    assert [step.used for step in (contact, plan, close)] == [1, 3, 5]


def test_who_could_not_be_reached_is_shown_apart():
    vain = tuple(
        Contact(at=datetime(2026, 11, day, hour, tzinfo=STUDIO_ZONE), way=way, reached=False)
        for day, hour, way in [
            (2, 9, Way.CALL),
            (2, 15, Way.CALL),
            (3, 11, Way.CALL),
            (3, 16, Way.TEXT),
        ]
    )

    _, contact, _, _ = read(a_case(contacts=vain), after(5))
    _, reached, _, _ = read(a_case(contacts=(*vain, called(after(1)))), after(5))
    _, later, _, _ = read(a_case(contacts=(*vain, called(after(4)))), after(5))

    assert (contact.done, contact.used, contact.only_tried) == (after(1), 1, True)
    assert (reached.done, reached.only_tried) == (after(1), False)
    assert (later.done, later.only_tried) == (after(1), True)


@pytest.mark.parametrize(
    "plan",
    [
        *(Plan(on=MONDAY, parts=WHOLE_PLAN - {part}, told_on=MONDAY) for part in PlanPart),
        Plan(on=MONDAY, parts=WHOLE_PLAN),
    ],
)
def test_a_plan_with_a_gap_is_none(plan):
    _, _, step, _ = read(a_case(plan=plan), after(3))

    assert step.done is None


def test_a_plan_waits_for_the_worker_and_the_grade():
    told_late = Plan(on=after(1), parts=WHOLE_PLAN, told_on=after(3))

    assert read(a_case(plan=told_late), after(9))[2].done == after(3)
    assert read(a_case(plan=told_late), after(2))[2].done is None
    ungraded = ClockEvents(received=MONDAY, plan=planned(after(1)))
    assert read(ungraded, after(9))[2].done is None
    graded_late = replace(ungraded, gradings=(graded(after(4)),))
    assert read(graded_late, after(9))[2].done == after(4)


def test_a_result_without_the_reply_closes_nothing():
    clock, *_ = read(a_case(closing=Closing(on=after(2))), after(9))
    told, *_ = read(a_case(closing=Closing(on=after(2), told_on=after(8))), after(9))

    assert clock.outcome is None
    assert told.outcome is Outcome.LATE


def test_the_day_of_the_pause_counts_and_the_day_of_resuming_does_not():
    events = a_case(pauses=(paused(after(1), after(9), resumed=after(3)),))

    assert [read(events, after(count))[3].used for count in range(8)] == [0, 1, 1, 1, 2, 2, 2, 3]
    assert read(events, after(7))[3].due == after(9)


def test_a_pause_of_no_day_changes_nothing():
    events = a_case(pauses=(paused(after(1), after(9), resumed=after(1)),))

    assert read(events, after(7))[1:] == read(a_case(), after(7))[1:]


def test_a_standing_clock_keeps_its_card_and_says_why():
    pause = paused(after(4), after(14))
    clock, _, _, close = read(a_case(pauses=(pause,)), after(10))

    assert clock.pause == pause
    assert (close.used, close.card) == (4, YELLOW)
    assert close.due == after(15), "the day after the expected one is the fifth"
    assert [pause.is_due(after(count)) for count in (13, 14, 15)] == [False, True, True]
    assert read(a_case(pauses=(pause,)), after(16))[3].due == after(17), "nobody has resumed yet"


def test_a_case_closed_while_its_clock_stands_stays_as_it_was():
    events = a_case(pauses=(paused(after(1), after(4)),), closing=closed(after(10)))

    clock, _, _, close = read(events, after(20))

    assert clock.pause is None
    assert (close.used, close.due, clock.outcome) == (1, after(16), Outcome.ON_TIME)
    assert read(events, after(300))[3] == close


def test_a_pause_that_began_before_the_receipt_stops_what_is_left_of_it():
    events = a_case(after(7), pauses=(paused(after(2), after(9), after(8)),))

    assert read(events, after(9))[3].used == 1


def test_days_in_two_pauses_are_left_out_once():
    pauses = (paused(after(1), after(9), after(3)), paused(after(2), after(9), after(4)))

    assert read(a_case(pauses=pauses), after(7))[3].used == 2
    assert read(a_case(pauses=pauses[::-1]), after(7))[3].used == 2


def test_an_extension_is_told_apart():
    in_time = a_case(extension=extended(3), closing=closed(after(7)))
    later = replace(in_time, closing=closed(after(10)))
    late = replace(in_time, closing=closed(after(11)))

    assert read(in_time, after(20))[0].outcome is Outcome.ON_TIME
    assert read(later, after(20))[0].outcome is Outcome.EXTENDED
    assert read(late, after(20))[0].outcome is Outcome.LATE
    _, _, plan, close = read(later, after(20))
    assert (plan.limit, close.limit, close.due) == (3, 8, after(10))


def test_the_clock_of_an_earlier_day_knows_nothing_of_later_ones():
    events = a_case(
        contacts=(called(after(1)),),
        plan=planned(after(2)),
        pauses=(paused(after(3), after(30), resumed=after(8)),),
        extension=extended(2, asked_on=after(9)),
        closing=closed(after(10)),
    )
    events = replace(events, gradings=(*events.gradings, graded(after(9), Grade.COMPLEX)))
    before = a_case(pauses=(paused(after(3), after(30)),), contacts=(called(after(1)),))

    assert read(events, MONDAY) == read(a_case(), MONDAY)
    assert read(events, after(1))[1].done == after(1)
    clock, *steps = read(events, after(4))
    assert clock.current is steps[2]
    assert steps[2] == read(before, after(4))[3]
    assert clock.grade is Grade.ORDINARY


def test_an_estimate_is_told_and_ends_when_the_calendar_arrives():
    received = date(2026, 12, 29)
    calendar = Calendar(*PAGES, read_pages(NOTICE_OF_2027))

    _, contact, plan, close = read(a_case(received), received)
    _, *known = read(a_case(received), received, calendar=calendar)

    assert [step.estimated for step in (contact, plan, close)] == [False, True, True]
    assert [step.due for step in (contact, plan)] == [date(2026, 12, 30), date(2027, 1, 4)]
    assert not any(step.estimated for step in known)
    assert known[1].due == date(2027, 1, 5)


def test_an_office_has_its_own_limits():
    limits = Limits(name="2468", contact=2, plan=4, close=6, close_complex=8)

    _, contact, plan, close = read(a_case(), after(1), limits=limits)

    assert [step.limit for step in (contact, plan, close)] == [2, 4, 6]
    assert contact.card is NONE
    assert read(a_case(grade=Grade.COMPLEX), MONDAY, limits=limits)[3].limit == 8


@pytest.mark.parametrize("wrong", [{"contact": 0}, {"plan": 6}, {"close_complex": 4}])
def test_limits_that_do_not_rise_are_refused(wrong):
    with pytest.raises(ValueError, match="Limits"):
        Limits(**wrong)
