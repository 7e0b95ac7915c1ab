from datetime import date, datetime

import pytest

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ui.kit.day_text import day_of, moment_of, short_day

TODAY = date(2026, 12, 30)
NOW = datetime(2026, 12, 30, 16, 5, tzinfo=STUDIO_ZONE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-25", date(2026, 11, 25)),
        ("2026年11月25日", date(2026, 11, 25)),
        ("11-25", date(2026, 11, 25)),
        ("11月5日", date(2026, 11, 5)),
        ("1-10", date(2027, 1, 10)),
        ("今天", TODAY),
        ("昨天", date(2026, 12, 29)),
        (" ", None),
    ],
)
def test_a_day_without_its_year_is_the_nearest(text, day):
    assert day_of(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["13-1", "2-30", "下周", "25", "2026-2-29", "0001-01-01", "2200-1-1"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  the sentence is the caller's
        day_of(text, TODAY)


def test_a_leap_day_is_that_of_the_leap_year():
    assert day_of("2-29", date(2028, 1, 5)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("09:10", datetime(2026, 12, 30, 9, 10, tzinfo=STUDIO_ZONE)),
        ("昨天 9：10", datetime(2026, 12, 29, 9, 10, tzinfo=STUDIO_ZONE)),
        ("2026-12-01 23:59", datetime(2026, 12, 1, 23, 59, tzinfo=STUDIO_ZONE)),
    ],
)
def test_a_time_without_its_day_is_todays(text, moment):
    assert moment_of(text, NOW) == moment


@pytest.mark.parametrize("text", ["", "昨天", "24:00", "9点", "x 09:10"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  as above
        moment_of(text, NOW)


def test_a_day_is_written_as_it_is_read():
    assert day_of(short_day(TODAY), TODAY) == TODAY
    assert short_day(None) == ""
