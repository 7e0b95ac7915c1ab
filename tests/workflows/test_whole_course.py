"""The whole course of a case, one deed after the other, and back again by 作废 alone."""

from dataclasses import replace
from datetime import timedelta

from hotline_desk.domain.casework.cases import ActionKind, Route, Satisfaction
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.noted import What
from hotline_desk.workflows import assign, case_clock, case_course, case_money
from tests.domain.cases import CALENDAR, LIMITS
from tests.workflows.casework import BY, FRIDAY, MONDAY, THURSDAY, TUESDAY, called, correct

LATER = TUESDAY + timedelta(days=30)


def course(ledger, case):
    """Do all that is done for a case, one after the other; yield what is noted by each deed."""
    case_id = case.id
    case_clock.note_contact(ledger, case_id, called(THURSDAY), by=BY)
    yield What.CONTACT
    assign.assign(ledger, case_id, owner="劳模调解员丁", route=Route.MODEL_WORKER, by=BY)
    grading = Grading(on=THURSDAY, grade=Grade.COMPLEX, reason=ComplexReason.TEN_PEOPLE)
    case_clock.grade(ledger, case_id, grading, by=BY)
    yield What.GRADING
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)
    case_clock.note_plan(ledger, case_id, plan, by=BY)
    yield What.PLAN
    stop = Pause(first=THURSDAY, reason=PauseReason.PAPERS, expected=LATER)
    case_clock.pause(ledger, case_id, stop, by=BY)
    yield What.PAUSE
    case_clock.resume(ledger, case_id, FRIDAY, by=BY)
    yield What.RESUMED
    longer = Extension(asked_on=FRIDAY, days=2, approver="主任", reason="外地", told_on=FRIDAY)
    case_clock.extend(ledger, case_id, longer, calendar=CALENDAR, limits=LIMITS, by=BY)
    yield What.EXTENSION
    for to in (Course.MEDIATING, Course.MEDIATED):
        case_course.advance(ledger, case_id, to, on=FRIDAY, by=BY)
        yield What.ADVANCE
    told = Closing(on=MONDAY, told_on=MONDAY)
    case_clock.close(ledger, case_id, told, ClosingWay.MEDIATED, by=BY)
    yield What.CLOSED
    for fen in (10_000, 20_000):
        case_money.note_payment(ledger, case_id, fen, on=MONDAY, by=BY)
        yield What.PAYMENT
    case_course.finish(ledger, case_id, Finish.FULFILLED, on=MONDAY, by=BY)
    yield What.FINISHED
    case_course.call_back(ledger, case_id, Satisfaction.DISSATISFIED, on=TUESDAY, by=BY)
    yield What.CALLED_BACK
    case_course.again(ledger, case_id, on=TUESDAY, by=BY)
    yield What.AGAIN


def test_struck_out_from_its_end_the_case_goes_back_all_the_way_it_came(ledger, case):
    def stands():
        """Return the case but for what is kept of corrections, and who has it."""
        now = ledger.case(case.id)
        actions = tuple(each for each in now.actions if not each.was)
        return replace(now, actions=actions, owner="", route=None)

    ledger.save_case(replace(ledger.case(case.id), claimed_fen=30_000), by=BY)  # all of it comes
    before, done = [stands()], []
    for what in course(ledger, case):
        before.append(stands())
        done.append(what)
    assert before[-1].earlier

    while done:
        assert stands() == before.pop()
        struck = correct(ledger, case, done.pop(), None)
        assert struck.actions[-1].kind is ActionKind.STRUCK_OUT

    assert stands() == before.pop()
    assert ledger.examine() == []
