from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.episodes import (
    Episode,
    episode_at_hand,
    nearest_episode,
    number_in,
)
from hotline_desk.domain.times import STUDIO_ZONE

LAST, PRESENT, NEXT, AFTER = (
    Episode(number=number, on=date(2026, 11, day))
    for number, day in ((188, 11), (189, 18), (190, 25), (191, 30))
)
ALL = [AFTER, NEXT, PRESENT, LAST]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=STUDIO_ZONE)


@pytest.mark.parametrize(
    ("now", "at_hand"),
    [
        ("2026-11-17T23:59:59", None),
        ("2026-11-18T08:59:59", None),
        ("2026-11-18T09:00:00", PRESENT),
        ("2026-11-18T10:30:00", PRESENT),
        ("2026-11-18T23:59:59", PRESENT),
        ("2026-11-19T00:00:00", None),
        ("2026-11-23T10:00:00", None),
    ],
)
def test_an_episode_is_at_hand_on_its_own_day_from_an_hour_before_it_starts(now, at_hand):
    assert episode_at_hand(ALL, at(now)) == at_hand


def test_an_episode_is_at_hand_while_its_take_runs():
    assert episode_at_hand(ALL, at("2026-11-18T07:00:00"), running=189) == PRESENT
    assert episode_at_hand(ALL, at("2026-11-19T00:10:00"), running=189) == PRESENT
    assert episode_at_hand(ALL, at("2026-11-23T10:00:00"), running=77) is None


def test_of_two_on_one_day_the_one_that_began_later_is_at_hand_else_the_later_number():
    again = Episode(number=190, on=PRESENT.on)
    evening = Episode(number=191, on=PRESENT.on, starts="19:00", ends="20:00")

    assert episode_at_hand([PRESENT, again, LAST], at("2026-11-18T10:00:00")) == again
    assert episode_at_hand([evening, PRESENT, again], at("2026-11-18T10:00:00")) == again
    assert episode_at_hand([evening, PRESENT, again], at("2026-11-18T18:00:00")) == evening


def test_an_episode_just_after_midnight_is_not_at_hand_the_day_before():
    early = Episode(number=192, on=date(2026, 11, 18), starts="00:10", ends="01:00")

    assert episode_at_hand([early], at("2026-11-17T23:30:00")) is None
    assert episode_at_hand([early], at("2026-11-18T00:00:00")) == early


@given(minutes=st.integers(0, 40 * 24 * 60))
def test_what_is_at_hand_is_always_of_the_day(minutes):
    now = at("2026-11-01") + timedelta(minutes=minutes)

    at_hand = episode_at_hand(ALL, now)

    assert at_hand is None or at_hand.on == now.date()


@pytest.mark.parametrize(
    ("known", "nearest"),
    [
        (ALL, PRESENT),
        ([AFTER, NEXT, LAST], NEXT),
        ([LAST], LAST),
        ([], None),
    ],
)
def test_the_nearest_episode_is_todays_else_the_next_else_the_last(known, nearest):
    assert nearest_episode(known, date(2026, 11, 18)) == nearest


@pytest.mark.parametrize("today", [PRESENT.on + timedelta(days=days) for days in (-1, 0, 1)])
def test_of_two_on_one_day_the_later_number_is_the_nearest(today):
    again = Episode(number=190, on=PRESENT.on)

    assert nearest_episode([PRESENT, again, LAST], today) == again


def test_the_folder_of_an_episode_names_its_number():
    assert number_in(PRESENT.folder_name) == 189
    assert number_in("2026-11-23") is None
