"""Cases made up for the tests of the clock, and the shipped calendar they are read with."""

from datetime import date, datetime

from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    ClockEvents,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.deadlines import Limits, read_clock
from hotline_desk.domain.notices import read_pages
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.domain.workdays import Calendar
from hotline_desk.paths import resource
from tests.domain.published import DAY

PAGES = [
    read_pages(resource(f"calendar/{name}.toml").read_text(encoding="utf-8"))
    for name in ("notices", "festivals")
]
CALENDAR = Calendar(*PAGES)
NOTICE_OF_2027 = """
[[notice]]
year = 2027
source = "试写"
off = [[2027-01-01, 2027-01-04]]
worked = [2027-01-09]
"""
LIMITS = Limits()
MONDAY = date(2026, 11, 2)
"""The first of four weeks without a holiday."""


def after(count):
    """A day of those weeks, *count* days after the Monday."""
    return MONDAY + count * DAY


def graded(on, grade=Grade.ORDINARY):
    return Grading(on=on, grade=grade, reason=ComplexReason.TEN_PEOPLE)


def a_case(received=MONDAY, grade=Grade.ORDINARY, **events):
    return ClockEvents(received=received, gradings=(graded(received, grade),), **events)


def called(on):
    at = datetime(on.year, on.month, on.day, 15, tzinfo=STUDIO_ZONE)
    return Contact(at=at, way=Way.CALL, reached=True, facts=ALL_FACTS)


def planned(on):
    return Plan(on=on, parts=WHOLE_PLAN, told_on=on)


def closed(on):
    return Closing(on=on, told_on=on)


def paused(first, expected, resumed=None):
    return Pause(first=first, reason=PauseReason.APPRAISAL, expected=expected, resumed=resumed)


def extended(days, asked_on=MONDAY):
    return Extension(
        asked_on=asked_on, days=days, approver="分管领导", reason="证据在外地", told_on=asked_on
    )


def read(events, on, *, calendar=CALENDAR, limits=LIMITS):
    clock = read_clock(events, on, calendar=calendar, limits=limits)
    return clock, *clock.steps
