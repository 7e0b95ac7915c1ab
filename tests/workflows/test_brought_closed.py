"""A case that another ledger had closed without saying how can be ended by true steps alone."""

from dataclasses import replace
from datetime import date

import pytest

from hotline_desk.domain.casework.cases import Case
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.due import following
from hotline_desk.domain.casework.noted import Closed, What
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows import case_course
from tests.workflows.casework import BY, TUESDAY, correct

RECEIVED, CLOSED = date(2025, 3, 3), date(2025, 3, 7)
TOLD = Closing(on=CLOSED, told_on=CLOSED)


@pytest.fixture
def came(ledger):
    case = Case(
        id=0, number="", received=RECEIVED, events=ClockEvents(received=RECEIVED, closing=TOLD)
    )
    return ledger.case(ledger.file_case(case, by=BY))


def say(ledger, case, way):
    return correct(ledger, case, What.CLOSED, Closed(closing=TOLD, way=way), reason="表里没有写")


@pytest.mark.parametrize(
    ("way", "stands", "end"),
    [
        (ClosingWay.MEDIATED, Course.MEDIATED, Finish.FULFILLED),
        (ClosingWay.BEFORE_CASE, Course.TO_CONTACT, Finish.FULFILLED),
        (ClosingWay.NOT_MEDIATED, Course.NOT_MEDIATED, Finish.NOT_MEDIATED),
        (ClosingWay.LAWYER, Course.TO_CONTACT, Finish.PASSED_ON),
        (ClosingWay.PASSED_ON, Course.TO_CONTACT, Finish.PASSED_ON),
        (ClosingWay.WITHDRAWN, Course.TO_CONTACT, Finish.WITHDRAWN),
        (ClosingWay.UNREACHABLE, Course.TO_CONTACT, Finish.UNREACHABLE),
    ],
)
def test_its_way_may_be_said_and_then_it_ends_in_its_own(ledger, came, way, stands, end):
    said = say(ledger, came, way)
    assert (said.closing, said.course, said.events) == (way, stands, came.events)

    ended = case_course.finish(ledger, came.id, end, on=TUESDAY, by=BY)

    assert (ended.course, ended.finish) == (Course.FINISHED, end)
    ledger.undo(by=BY)
    assert ledger.case(came.id) == said


def test_until_then_it_is_said_what_is_missing(ledger, came):
    assert following(came, TUESDAY).words == "已办结，没有写办结方式，还没有结案"
    with pytest.raises(CourseRefused, match="先更正办结一条，选上办结方式"):
        case_course.finish(ledger, came.id, Finish.FULFILLED, on=TUESDAY, by=BY)
    case_course.finish(ledger, came.id, Finish.PASSED_ON, on=TUESDAY, by=BY)


def test_money_of_a_mediation_before_the_case_is_still_waited_for(ledger, came):
    said = say(ledger, came, ClosingWay.BEFORE_CASE)
    ledger.save_case(replace(said, promise=Promise(agreed_fen=100)), by=BY)

    with pytest.raises(CourseRefused, match="款项到账以后才能结案"):
        case_course.finish(ledger, came.id, Finish.FULFILLED, on=TUESDAY, by=BY)


def test_a_way_that_was_said_here_still_wants_its_steps(ledger, came):
    say(ledger, came, ClosingWay.PASSED_ON)

    with pytest.raises(CourseRefused, match="要先调解"):
        say(ledger, came, ClosingWay.MEDIATED)
