"""How the clock of a case is said in one line."""

from datetime import date

import pytest

from hotline_desk.domain.casework.cases import Case
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing, Extension
from hotline_desk.domain.casework.course import ClosingWay
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.ui.cases.case_words import clock_words
from tests.domain.cases import CALENDAR, LIMITS

MONDAY = date(2026, 11, 2)
LONGER = Extension(
    asked_on=date(2026, 11, 9), days=2, approver="主任", reason="外地", told_on=date(2026, 11, 9)
)


@pytest.mark.parametrize(
    ("day", "extension", "way", "said"),
    [
        (9, None, ClosingWay.MEDIATED, "按期办结，用时 5 个工作日（调解成功）"),
        (10, None, ClosingWay.MEDIATED, "超期办结，用时 6 个工作日（调解成功）"),
        (11, LONGER, ClosingWay.MEDIATED, "延期办结，用时 7 个工作日（调解成功）"),
        (9, None, None, "按期办结，用时 5 个工作日"),
    ],
)
def test_how_a_case_was_closed_is_said_once(day, extension, way, said):
    on = date(2026, 11, day)
    closing = Closing(on=on, told_on=on)
    events = ClockEvents(received=MONDAY, closing=closing, extension=extension)
    case = Case(id=1, number="AJ-2026-0001", received=MONDAY, events=events, closing=way)

    clock = read_clock(case.events, on, calendar=CALENDAR, limits=LIMITS)

    assert clock_words(clock, case) == said
