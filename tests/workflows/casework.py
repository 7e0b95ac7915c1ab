"""Days of a week and what is done in it for a case, for the tests of its deeds."""

from datetime import datetime, timedelta

from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    ComplexReason,
    Grade,
    Grading,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.noted import noted
from hotline_desk.workflows import assign, case_clock, case_correcting, case_course
from tests.domain.cases import CALENDAR, LIMITS
from tests.ledger.records import AT

BY = "台账管理员"
WEDNESDAY = AT.date()
THURSDAY, FRIDAY = (WEDNESDAY + timedelta(days=count) for count in (1, 2))
MONDAY, TUESDAY = (WEDNESDAY + timedelta(days=count) for count in (5, 6))


def called(on, facts=ALL_FACTS, *, reached=True):
    at = datetime(on.year, on.month, on.day, 15, tzinfo=AT.tzinfo)
    return Contact(at=at, way=Way.CALL, reached=reached, facts=frozenset(facts))


def clock(case, on):
    return read_clock(case.events, on, calendar=CALENDAR, limits=LIMITS)


def planned(ledger, case, on=THURSDAY):
    """Contacted, assigned, graded and planned."""
    case_clock.note_contact(ledger, case.id, called(on), by=BY)
    assign.assign(ledger, case.id, owner="劳模调解员丁", route=Route.MODEL_WORKER, by=BY)
    reason = ComplexReason.TEN_PEOPLE
    case_clock.grade(ledger, case.id, Grading(on=on, grade=Grade.COMPLEX, reason=reason), by=BY)
    return case_clock.note_plan(ledger, case.id, Plan(on=on, parts=WHOLE_PLAN, told_on=on), by=BY)


def of(ledger, case, what, place=-1):
    """Return one of what stands of the kind *what*, the last unless another *place* is given."""
    return [each for each in noted(ledger.case(case.id)) if each.what is what][place]


def correct(ledger, case, what, record, *, place=-1, reason="写错了", on=TUESDAY):
    """Correct it; without a *record* strike it out."""
    return case_correcting.correct(
        ledger, case.id, of(ledger, case, what, place), record,
        reason=reason, on=on, calendar=CALENDAR, limits=LIMITS, by=BY,
    )  # fmt: skip


def mediating(ledger, case):
    planned(ledger, case)
    return case_course.advance(ledger, case.id, Course.MEDIATING, on=FRIDAY, by=BY)


def finished(ledger, case):
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    case_clock.close(ledger, case.id, told, ClosingWay.WITHDRAWN, by=BY)
    return case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=FRIDAY, by=BY)
