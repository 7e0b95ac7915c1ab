"""What a case's time limits are read from, noted on a real ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
    PlanPart,
)
from hotline_desk.domain.casework.contacts import Fact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.domain.casework.deadlines import Step
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.workflows import assign, case_clock
from tests.domain.cases import CALENDAR, LIMITS
from tests.workflows.casework import (
    BY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    called,
    clock,
    planned,
)


def test_what_the_call_lacked_makes_it_contacted_once_it_is_noted(ledger, case):
    vain = case_clock.note_contact(ledger, case.id, called(THURSDAY, (), reached=False), by=BY)

    talk = replace(called(THURSDAY, {Fact.TIME, Fact.EVIDENCE}), words="有考勤表")
    now = case_clock.note_contact(ledger, case.id, talk, by=BY)

    assert vain.course is Course.TO_CONTACT
    assert now.course is Course.CONTACTED
    assert now.events.contacts[-1].words == "有考勤表"
    assert clock(now, FRIDAY).current.step is Step.PLAN


def test_undo_takes_back_a_contact_with_its_step_and_its_note(ledger, case):
    case_clock.note_contact(ledger, case.id, replace(called(THURSDAY), words="说清了"), by=BY)

    ledger.undo(by=BY)

    assert ledger.case(case.id) == case


def test_a_contact_before_the_case_was_received_is_refused(ledger, case):
    with pytest.raises(ClockRefused):
        case_clock.note_contact(ledger, case.id, called(WEDNESDAY - timedelta(days=1)), by=BY)

    assert ledger.case(case.id) == case


def test_no_worker_was_told_of_a_case_before_it_was_received(ledger, case):
    ready = planned(ledger, case)
    before = WEDNESDAY - timedelta(days=1)

    told = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=before)
    with pytest.raises(ClockRefused, match="告知职工的日子早于接收日"):
        case_clock.note_plan(ledger, case.id, told, by=BY)
    closed = Closing(on=FRIDAY, told_on=before)
    with pytest.raises(ClockRefused, match="告知职工的日子早于接收日"):
        case_clock.close(ledger, case.id, closed, ClosingWay.WITHDRAWN, by=BY)

    assert ledger.case(case.id) == ready


def test_a_plan_needs_an_owner_and_a_route(ledger, case):
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)
    with pytest.raises(ClockRefused, match="承办人"):
        case_clock.note_plan(ledger, case.id, plan, by=BY)

    assign.assign(ledger, case.id, owner="干部甲", route=None, by=BY)

    with pytest.raises(ClockRefused, match="分流方式"):
        case_clock.note_plan(ledger, case.id, plan, by=BY)


def test_a_whole_plan_is_planned_whichever_came_last(ledger, case):
    assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by=BY)
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)

    ungraded = case_clock.note_plan(ledger, case.id, plan, by=BY)
    graded = case_clock.grade(ledger, case.id, Grading(on=THURSDAY, grade=Grade.ORDINARY), by=BY)

    assert ungraded.course is Course.TO_CONTACT
    assert graded.course is Course.PLANNED  # who was told the plan has been spoken with
    assert clock(graded, FRIDAY).current.step is Step.CLOSE


def test_half_a_plan_is_no_plan(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    plan = Plan(on=THURSDAY, parts=frozenset({PlanPart.FACTS}), told_on=THURSDAY)

    assert case_clock.note_plan(ledger, case.id, plan, by=BY).course is Course.CONTACTED


def test_a_pause_stops_the_clock_until_it_is_ended(ledger, case):
    stop = Pause(first=THURSDAY, reason=PauseReason.APPRAISAL, expected=TUESDAY)

    standing = case_clock.pause(ledger, case.id, stop, by=BY)
    running = case_clock.resume(ledger, case.id, MONDAY, by=BY)

    assert clock(standing, MONDAY).pause == stop
    assert clock(running, TUESDAY).pause is None
    with pytest.raises(ClockRefused):
        case_clock.resume(ledger, case.id, TUESDAY, by=BY)


def test_an_extension_keeps_to_the_offices_rules(ledger, case):
    asked = Extension(
        asked_on=THURSDAY, days=5, approver="分管领导", reason="证据在外地", told_on=THURSDAY
    )
    rules = {"calendar": CALENDAR, "limits": LIMITS, "by": BY}

    longer = case_clock.extend(ledger, case.id, asked, **rules)

    assert clock(longer, FRIDAY).steps[-1].limit == LIMITS.close + 5
    with pytest.raises(ClockRefused, match="一次"):
        case_clock.extend(ledger, case.id, asked, **rules)


def test_success_is_not_said_before_there_was_a_mediation(ledger, case):
    planned(ledger, case)

    with pytest.raises(CourseRefused, match="先调解"):
        case_clock.close(
            ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
        )


def test_a_reply_that_was_not_given_leaves_the_clock_running(ledger, case):
    untold = case_clock.close(ledger, case.id, Closing(on=FRIDAY), ClosingWay.PASSED_ON, by=BY)
    told = Closing(on=FRIDAY, told_on=MONDAY)

    closed = case_clock.close(ledger, case.id, told, ClosingWay.PASSED_ON, by=BY)

    assert clock(untold, MONDAY).outcome is None
    assert closed.events.closed_on == MONDAY
    with pytest.raises(ClockRefused, match="已经办结"):
        case_clock.close(ledger, case.id, told, ClosingWay.PASSED_ON, by=BY)


@pytest.mark.parametrize("way", [way for way in Way if not way.with_worker])
def test_talk_with_anybody_else_is_noted_and_is_no_contact(ledger, case, way):
    talk = replace(called(THURSDAY), way=way, words="单位答应补发")

    noted = case_clock.note_contact(ledger, case.id, talk, by=BY)

    assert noted.events.contacts[-1] == talk
    assert noted.course is Course.TO_CONTACT
    assert clock(noted, FRIDAY).current.step is Step.CONTACT
