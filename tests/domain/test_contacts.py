"""联系: what counts as a contact, and when enough has been tried."""

from datetime import UTC, date, datetime

import pytest

from hotline_desk.domain.casework.contacts import (
    ALL_FACTS,
    Contact,
    Fact,
    Way,
    contacted_on,
    tried_enough_on,
)
from hotline_desk.domain.times import STUDIO_ZONE
from tests.domain.cases import CALENDAR

WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = 18, 19, 20, 21


def at(day, hour=10, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=STUDIO_ZONE)


def spoke(day, *, way=Way.CALL, facts=ALL_FACTS):
    return Contact(at=at(day), way=way, reached=True, facts=frozenset(facts))


def in_vain(day, hour=10, minute=0, *, way=Way.CALL):
    return Contact(at=at(day, hour, minute), way=way, reached=False)


def in_utc(day, hour, minute=0):
    at = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    return Contact(at=at, way=Way.CALL, reached=False)


TEXT = in_vain(FRIDAY, 16, way=Way.TEXT)


@pytest.mark.parametrize("way", [Way.INTAKE, Way.CALL, Way.VISIT, Way.TEXT])
def test_who_was_spoken_with_or_wrote_back_is_contacted(way):
    assert contacted_on([spoke(THURSDAY, way=way)]) == date(2026, 11, THURSDAY)


def test_a_live_answer_is_no_contact():
    assert contacted_on([spoke(THURSDAY, way=Way.ON_AIR)]) is None


def test_a_text_without_reply_is_no_contact():
    sent = Contact(at=at(THURSDAY), way=Way.TEXT, reached=False, facts=ALL_FACTS)

    assert contacted_on([sent]) is None


@pytest.mark.parametrize("missing", Fact)
def test_every_one_of_the_five_facts_has_to_be_noted(missing):
    assert contacted_on([spoke(WEDNESDAY, way=Way.INTAKE, facts=ALL_FACTS - {missing})]) is None


def test_facts_may_come_one_after_the_other():
    intake = spoke(WEDNESDAY, way=Way.INTAKE, facts=ALL_FACTS - {Fact.EVIDENCE})
    call_back = spoke(FRIDAY, facts={Fact.EVIDENCE})

    assert contacted_on([call_back, intake]) == date(2026, 11, FRIDAY)


def test_what_was_said_on_the_air_fills_no_gap():
    intake = spoke(WEDNESDAY, way=Way.INTAKE, facts=ALL_FACTS - {Fact.EVIDENCE})
    answer = spoke(WEDNESDAY, way=Way.ON_AIR, facts={Fact.EVIDENCE})

    assert contacted_on([intake, answer]) is None


def test_the_day_is_the_studios():
    utc = datetime(2026, 11, 18, 16, 30, tzinfo=UTC)

    call = Contact(at=utc, way=Way.CALL, reached=True, facts=ALL_FACTS)

    assert contacted_on([call]) == date(2026, 11, 19)


def test_three_tries_and_a_text_are_enough():
    tries = [in_vain(THURSDAY, 9), in_vain(THURSDAY, 15), in_vain(FRIDAY, 11), TEXT]

    assert tried_enough_on(tries, CALENDAR) == date(2026, 11, FRIDAY)


def test_an_hour_apart_is_another_hour():
    tries = [in_vain(THURSDAY, 9), in_vain(THURSDAY, 10), in_vain(FRIDAY, 11), TEXT]

    assert tried_enough_on(tries, CALENDAR) == date(2026, 11, FRIDAY)


def test_a_later_text_completes_them():
    tries = [in_vain(WEDNESDAY, 9), in_vain(WEDNESDAY, 15), in_vain(THURSDAY, 11)]

    assert tried_enough_on(tries, CALENDAR) is None
    assert tried_enough_on([*tries, TEXT], CALENDAR) == date(2026, 11, FRIDAY)


@pytest.mark.parametrize(
    "tries",
    [
        [in_vain(THURSDAY, 9), in_vain(FRIDAY, 15)],  # two
        [in_vain(FRIDAY, 9), in_vain(FRIDAY, 11), in_vain(FRIDAY, 15)],  # on one day
        [in_vain(FRIDAY, 9), in_vain(FRIDAY, 15), in_vain(SATURDAY, 11)],  # one day is off
        [in_vain(THURSDAY, 9), in_vain(THURSDAY, 15), in_vain(FRIDAY, 9, 59)],  # the same hour
        [in_utc(THURSDAY, 3), in_utc(THURSDAY, 23, 30), in_utc(FRIDAY, 0, 10)],  # 11:00, 7:30, 8:10
        [in_vain(THURSDAY, 9), in_vain(FRIDAY, 15), in_vain(FRIDAY, 11, way=Way.TEXT)],
        [in_vain(THURSDAY, 9), in_vain(FRIDAY, 15), in_vain(FRIDAY, 11, way=Way.ON_AIR)],
    ],
)
def test_less_is_not_enough(tries):
    assert tried_enough_on([*tries, TEXT], CALENDAR) is None


def test_a_fourth_try_makes_up_for_one_at_the_same_hour():
    tries = [in_vain(THURSDAY, 9), in_vain(THURSDAY, 15), in_vain(FRIDAY, 9), in_vain(FRIDAY, 17)]

    assert tried_enough_on([*tries, TEXT], CALENDAR) == date(2026, 11, FRIDAY)


def test_a_working_saturday_counts():
    tries = [
        Contact(at=datetime(2026, 2, day, hour, tzinfo=STUDIO_ZONE), way=way, reached=False)
        for day, hour, way in [
            (13, 9, Way.CALL),
            (14, 11, Way.VISIT),
            (14, 15, Way.CALL),
            (13, 17, Way.TEXT),
        ]
    ]

    assert tried_enough_on(tries, CALENDAR) == date(2026, 2, 14)
