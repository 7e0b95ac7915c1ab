"""Periods, and what they are compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.statistics.periods import Period, month_after, month_of
from hotline_desk.errors import PeriodReversed

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days)))
MONTHS = DAYS.map(month_of)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(PeriodReversed):
        Period(date(2026, 11, 2), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.of_month("2026-02"), "2026年2月"),
        (Period.of_day(date(2026, 11, 25)), "2026年11月25日 周三"),
        (Period(date(2026, 11, 1), date(2026, 11, 20)), "2026-11-01 至 2026-11-20"),
        (Period(date(2026, 10, 1), date(2026, 12, 31)), "2026-10-01 至 2026-12-31"),
    ],
)
def test_a_period_is_said_as_the_desk_says_it(period, words):
    assert period.words == words


@pytest.mark.parametrize(
    ("period", "before", "year_before"),
    [
        ("2026-03-01 2026-03-31", "2026-02-01 2026-02-28", "2025-03-01 2025-03-31"),
        ("2024-02-01 2024-02-29", "2024-01-01 2024-01-31", "2023-02-01 2023-02-28"),
        ("2025-02-01 2025-02-28", "2025-01-01 2025-01-31", "2024-02-01 2024-02-29"),
        ("2026-10-01 2026-12-31", "2026-07-01 2026-09-30", "2025-10-01 2025-12-31"),
        ("2024-02-29 2024-02-29", "2024-02-28 2024-02-28", "2023-02-28 2023-02-28"),
        ("2026-11-09 2026-11-15", "2026-11-02 2026-11-08", "2025-11-09 2025-11-15"),
    ],
)
def test_whole_months_are_compared_with_whole_months(period, before, year_before):
    period, before, year_before = (
        Period(*map(date.fromisoformat, text.split())) for text in (period, before, year_before)
    )

    assert period.before == before
    assert period.year_before == year_before


@given(PERIODS)
def test_what_came_before_ends_the_day_before(period):
    assert period.before.last == period.first - timedelta(days=1)
    assert period.first not in period.before
    assert period.year_before.last < period.last
    assert period.last in period.year_to_date


@given(MONTHS)
def test_a_month_is_its_own_days(month):
    period = Period.of_month(month)

    assert period.month == month
    assert {month_of(day) for day in period.days()} == {month}
    assert Period.of_month(month_after(month)).before == period


@given(PERIODS)
def test_what_comes_after_begins_the_day_after(period):
    assert period.after.first == period.last + timedelta(days=1)


@given(MONTHS)
def test_the_month_after_leads_back(month):
    period = Period.of_month(month)

    assert period.after.month == month_after(month)
    assert period.after.before == period
