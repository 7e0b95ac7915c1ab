"""The two clocks of a moment, and the delay between them."""

from datetime import date, datetime

import pytest

from hotline_desk.domain.times import (
    day_text,
    delay_warning,
    received_clock,
    received_iso,
    received_long_text,
    received_text,
    short_day_text,
    studio_now,
    two_clocks,
)

STARTED = datetime.fromisoformat("2026-11-25T01:50:00.500000+00:00")


def test_a_moment_is_heard_on_the_air_the_delay_later():
    clocks = two_clocks(STARTED, 1618.0, delay_seconds=20.0)

    assert (clocks.recorded_text, clocks.aired_text) == ("10:16:58", "10:17:18")
    assert clocks.words == "录音 10:16:58 · 播出 10:17:18"


def test_the_air_may_be_on_another_day():
    clocks = two_clocks(datetime.fromisoformat("2026-11-25T23:59:50+08:00"), 5.0, delay_seconds=6.0)

    assert (clocks.recorded_text, clocks.aired_text) == ("23:59:55", "00:00:01")


@pytest.mark.parametrize(("delay", "warned"), [(0, True), (5.9, True), (6, False), (20.0, False)])
def test_a_delay_under_six_seconds_is_warned_of(delay, warned):
    told = delay_warning(delay)

    assert bool(told) is warned
    assert not warned or f"延时 {delay:g} 秒，不足 6 秒" in told


@pytest.mark.parametrize(
    ("at", "clock", "told", "told_long", "iso"),
    [("2026-03-05T10:03:20+08:00", "10:03", "2026-03-05 10:03", "2026年3月5日 周四 10:03",
      "2026-03-05T10:03:20+08:00"),
     ("2026-03-05T00:00:01+08:00", "00:00", "2026-03-05 00:00", "2026年3月5日 周四 00:00",
      "2026-03-05T00:00:01+08:00"),
     ("2026-03-05T00:00:00+08:00", "", "2026-03-05", "2026年3月5日 周四", "2026-03-05")],
)  # fmt: skip
def test_a_time_that_nobody_wrote_is_not_made_up(at, clock, told, told_long, iso):
    moment = datetime.fromisoformat(at)

    assert (received_clock(moment), received_text(moment), received_long_text(moment)) == (
        clock, told, told_long,
    )  # fmt: skip
    assert received_iso(moment) == iso


@pytest.mark.parametrize(
    ("today", "short", "whole"),
    [
        ("2026-11-23", "12月1日", "12月1日 周二"),
        ("2026-01-01", "12月1日", "12月1日 周二"),
        ("2027-01-01", "2026年12月1日", "2026年12月1日"),
        ("2025-12-31", "2026年12月1日", "2026年12月1日"),
    ],
)
def test_a_day_of_another_year_says_its_year(today, short, whole):
    day, now = date(2026, 12, 1), date.fromisoformat(today)

    assert (short_day_text(day, now), day_text(day, now)) == (short, whole)


def test_without_a_day_to_compare_with_it_is_the_studios_year():
    today = studio_now().date()
    last_year = today.replace(year=today.year - 1, month=12, day=1)

    assert short_day_text(today.replace(month=12, day=1)) == "12月1日"
    assert short_day_text(last_year) == f"{last_year.year}年12月1日"
