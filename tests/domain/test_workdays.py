"""The working days, against notices entered by hand, the law's count of days, and the moon."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.notices import CalendarPages, Notice, read_pages
from hotline_desk.domain.workdays import Calendar
from tests.domain.cases import CALENDAR, NOTICE_OF_2027, PAGES
from tests.domain.published import DAY, NOTICES, days, days_of, is_worked

ANY_DAY = st.dates(date(2021, 1, 1), date(2038, 12, 31))


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_is_as_the_notice_says(year):
    wrong = [day for day in days_of(year) if CALENDAR.is_workday(day) != is_worked(day)]

    assert wrong == []


def test_the_shipped_notices_name_their_source():
    shipped = {notice.year: notice for notice in PAGES[0].notices}

    assert set(shipped) == set(NOTICES)
    assert all(shipped[year].source.startswith(NOTICES[year].number) for year in NOTICES)


@pytest.mark.parametrize(
    ("year", "statutory"), [(2022, 11), (2023, 11), (2024, 11), (2025, 13), (2026, 13)]
)
def test_a_notice_moves_days_off_and_gives_none(year, statutory):
    all_days = days_of(year)
    weekends = sum(day.weekday() >= 5 for day in all_days)

    worked = CALENDAR.workdays(date(year - 1, 12, 31), date(year, 12, 31))

    assert worked == len(all_days) - weekends - statutory


def test_a_year_without_a_notice_has_its_statutory_days_and_weekends_off():
    off = [day for day in days_of(2027) if day.weekday() < 5 and not CALENDAR.is_workday(day)]

    assert off == [
        date(2027, 1, 1),
        date(2027, 2, 5),  # 除夕
        date(2027, 2, 8),  # 初三
        date(2027, 4, 5),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
    ]
    assert not any(CALENDAR.is_workday(day) for day in days_of(2027) if day.weekday() >= 5)


def test_what_rests_on_an_unpublished_calendar_is_estimated():
    assert not CALENDAR.is_estimated(date(2026, 12, 30), date(2026, 12, 31))
    assert CALENDAR.is_estimated(date(2026, 12, 30), date(2027, 1, 4))
    assert CALENDAR.is_estimated(date(2026, 12, 31), date(2027, 1, 4))
    assert not CALENDAR.is_estimated(date(2021, 12, 31), date(2022, 1, 4))
    assert CALENDAR.is_estimated(date(2021, 12, 30), date(2022, 1, 4))


def test_a_new_notice_replaces_the_estimate():
    calendar = Calendar(*PAGES, read_pages(NOTICE_OF_2027))

    assert CALENDAR.nth(date(2026, 12, 31), 5) == date(2027, 1, 8)
    assert calendar.nth(date(2026, 12, 31), 5) == date(2027, 1, 9)
    assert not calendar.is_estimated(date(2026, 12, 31), date(2027, 1, 9))
    assert calendar.is_workday(date(2027, 4, 5)), "the notice alone says what is off"


def test_a_corrected_notice_replaces_the_earlier_one():
    corrected = Notice(year=2026, source="更正", off=frozenset(), worked=frozenset())

    calendar = Calendar(*PAGES, CalendarPages(notices=(corrected,)))

    assert calendar.is_workday(date(2026, 10, 1))
    assert not calendar.is_workday(date(2026, 10, 10))


def test_the_notice_of_the_next_year_has_the_last_word_on_december():
    saturday, thursday = date(2026, 12, 26), date(2026, 12, 31)
    next_year = Notice(
        year=2027, source="试写", off=frozenset({thursday}), worked=frozenset({saturday})
    )
    this_year = Notice(year=2026, source="试写", off=frozenset({saturday}), worked=frozenset())

    calendar = Calendar(CalendarPages(notices=(next_year, this_year)))

    assert calendar.is_workday(saturday)
    assert not calendar.is_workday(thursday)


def test_the_office_has_the_last_word_on_its_days():
    own = read_pages("[office]\noff = [2026-11-23]\nworked = [2026-11-22, 2027-01-01]")

    calendar = Calendar(*PAGES, own)

    assert calendar.nth(date(2026, 11, 20), 1) == date(2026, 11, 22)
    assert calendar.nth(date(2026, 11, 22), 1) == date(2026, 11, 24)
    assert calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_estimated(date(2026, 12, 31), date(2027, 1, 1))


@given(ANY_DAY, ANY_DAY)
def test_working_days_are_counted_one_by_one(after, until):
    one_by_one = sum(CALENDAR.is_workday(day) for day in days(after + DAY, until))

    assert CALENDAR.workdays(after, until) == one_by_one


@given(ANY_DAY, st.integers(1, 400))
def test_the_nth_working_day_is_one_and_counts_right(after, count):
    day = CALENDAR.nth(after, count)

    assert CALENDAR.is_workday(day)
    assert CALENDAR.workdays(after, day) == count


def test_nothing_is_counted_from_no_days():
    with pytest.raises(ValueError, match="0"):
        CALENDAR.nth(date(2026, 1, 1), 0)


@pytest.mark.parametrize(
    "text",
    [
        "[[notice]",
        "[[notices]]\nyear = 2027",
        "[[notice]]\nyear = 2027",
        "notice = 3",
        'office = "关门"',
        "[office]\nclosed = [2027-01-04]",
        "[office]\noff = [2027-01-04T08:00:00]",
        '[office]\noff = ["2027-01-04"]',
        "[office]\noff = [2027-01-04]\nworked = [2027-01-04]",
        NOTICE_OF_2027.replace("[2027-01-09]", "[2027-01-11]"),  # a Monday is worked anyway
        NOTICE_OF_2027.replace("[2027-01-09]", "[2027-01-02]"),  # off and worked
        NOTICE_OF_2027.replace("2027-01-04]", "2026-12-04]"),  # ends before it begins
        NOTICE_OF_2027.replace("2027-01-04]", "2027-11-04]"),  # a month mistyped
        NOTICE_OF_2027.replace("year = 2027", "year = 2072"),
        NOTICE_OF_2027.replace('"试写"', '""'),
        "[[festivals]]\nnew_year = 2040-02-12\nqingming = 2041-04-04\n"
        "dragon_boat = 2040-06-14\nmid_autumn = 2040-09-21",
    ],
)
def test_a_calendar_that_is_not_understood_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  whatever is wrong with it
        read_pages(text)


def new_moon(number):
    """Return when new moon *number* since that of 6 January 2000 is, in Beijing, to the minute.

    Mean lunation and the largest periodic terms (Meeus, Astronomical Algorithms, chapter 49).
    """
    t = number / 1236.85
    sun = math.radians(2.5534 + 29.1053567 * number)
    moon = math.radians(201.5643 + 385.81693528 * number + 0.0107582 * t * t)
    node = math.radians(160.7108 + 390.67050284 * number)
    julian = (
        2451550.09766
        + 29.530588861 * number
        + 0.00015437 * t * t
        - 0.40720 * math.sin(moon)
        + 0.17241 * math.sin(sun)
        + 0.01608 * math.sin(2 * moon)
        + 0.01039 * math.sin(2 * node)
        + 0.00739 * math.sin(moon - sun)
        - 0.00514 * math.sin(moon + sun)
        + 0.00208 * math.sin(2 * sun)
    )
    return datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=julian - 2451545.0, hours=8)


def first_of_month(earliest, latest):
    """Return the one day between the two on which a lunar month begins."""
    (found,) = {
        moon.date() for moon in map(new_moon, range(460)) if earliest <= moon.date() <= latest
    }
    return found


@pytest.mark.parametrize("festivals", PAGES[1].festivals, ids=lambda f: f.new_year.year)
def test_the_festivals_are_where_moon_and_sun_put_them(festivals):
    year = festivals.new_year.year
    short = year % 100

    assert festivals.new_year == first_of_month(date(year, 1, 21), date(year, 2, 20))
    fifth = first_of_month(date(year, 5, 23), date(year, 6, 21))
    assert festivals.dragon_boat == fifth + 4 * DAY
    eighth = first_of_month(date(year, 8, 24), date(year, 9, 22))
    assert festivals.mid_autumn == eighth + 14 * DAY
    assert festivals.qingming == date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def test_festivals_are_known_for_ten_years_past_the_last_notice():
    last = max(NOTICES)

    known = {festivals.new_year.year for festivals in PAGES[1].festivals}

    assert known >= set(range(last + 1, last + 11))
