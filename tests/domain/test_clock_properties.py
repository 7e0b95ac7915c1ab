"""What holds for the clock of every case, whatever its days and pauses."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.clock_events import Grade
from hotline_desk.domain.casework.deadlines import Card, Outcome
from tests.domain.cases import CALENDAR, a_case, called, closed, paused, planned, read
from tests.domain.published import DAY, days

RECEIVED = st.dates(date(2022, 1, 1), date(2028, 6, 30))
SOME_DAYS = st.integers(0, 60).map(timedelta)


@st.composite
def pauses_from(draw, received):
    """Up to three pauses, one after the other or overlapping, each with its end."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = received + draw(SOME_DAYS)
        found.append(paused(first, first + DAY, resumed=first + draw(SOME_DAYS)))
    return tuple(found)


@st.composite
def cases(draw):
    received = draw(RECEIVED)
    grade = draw(st.sampled_from(Grade))
    return a_case(received, grade, pauses=draw(pauses_from(received)))


def is_counted(events, day):
    stands = any(pause.first < day <= pause.resumed for pause in events.pauses)
    return CALENDAR.is_workday(day) and not stands


@given(cases())
def test_a_limit_day_is_counted_and_counts_right(events):
    long_after = events.received + timedelta(days=400)

    for step in read(events, long_after)[1:]:
        until_due = days(events.received + DAY, step.due)
        assert is_counted(events, step.due)
        assert sum(is_counted(events, day) for day in until_due) == step.limit


@given(cases(), SOME_DAYS, SOME_DAYS)
def test_a_pause_more_never_makes_a_limit_earlier(events, begins, lasts):
    first = events.received + begins
    more = replace(
        events, pauses=(*events.pauses, paused(first, first + DAY, resumed=first + lasts))
    )
    on = events.received + timedelta(days=200)

    for without, with_it in zip(read(events, on)[1:], read(more, on)[1:], strict=True):
        assert with_it.due >= without.due
        assert with_it.used <= without.used


@given(cases(), SOME_DAYS)
def test_time_used_grows_by_at_most_one_a_day_and_cards_never_go_back(events, later):
    order = list(Card)
    on = events.received + later

    for today, tomorrow in zip(read(events, on)[1:], read(events, on + DAY)[1:], strict=True):
        assert 0 <= tomorrow.used - today.used <= 1
        if not events.pauses:
            assert order.index(tomorrow.card) >= order.index(today.card)


@given(cases(), SOME_DAYS)
def test_late_means_that_a_counted_day_has_begun_after_the_limit_day(events, later):
    done = events.received + later
    on = done + timedelta(days=400)

    clock, _, _, close = read(replace(events, closing=closed(done)), on)

    beyond = [day for day in days(close.due + DAY, done) if is_counted(events, day)]
    assert close.on_time == (not beyond)
    assert (clock.outcome is Outcome.LATE) == bool(beyond)


@given(cases(), SOME_DAYS, SOME_DAYS, SOME_DAYS)
def test_a_later_step_is_never_done_before_an_earlier_one(events, first, second, third):
    course = replace(
        events,
        contacts=(called(events.received + first),),
        plan=planned(events.received + second),
        closing=closed(events.received + third),
    )

    _, *steps = read(course, events.received + timedelta(days=200))

    assert [step.done for step in steps] == sorted(step.done for step in steps)
