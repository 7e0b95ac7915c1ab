"""A case going on along its course to its end, called back and taken up again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline_desk.domain.casework.cases import Action, ActionKind, Party, Route, Satisfaction
from hotline_desk.domain.casework.clock_events import WHOLE_PLAN, Closing, Grade, Grading, Plan
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Fulfilment, Promise
from hotline_desk.domain.casework.deadlines import Outcome, Step
from hotline_desk.domain.casework.due import Stage, due
from hotline_desk.domain.casework.noted import What
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows import assign, case_clock, case_course, case_money
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
    correct,
    finished,
    mediating,
)


@pytest.mark.parametrize("to", [Course.CONTACTED, Course.PLANNED])
def test_what_follows_from_events_is_not_said_by_hand(ledger, case, to):
    with pytest.raises(CourseRefused, match="自动"):
        case_course.advance(ledger, case.id, to, on=THURSDAY, by=BY)


def test_closing_ends_the_clock_and_what_was_promised_is_followed_on(ledger, case):
    """The cleaner's case: the manager promises at once, and the money comes weeks later."""
    mediating(ledger, case)
    agreed = Promise(agreed_fen=3_300_000, pay_by=TUESDAY)

    case_money.promise(ledger, case.id, agreed, basis="调解协议书", by=BY)
    closed = case_clock.close(
        ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
    )

    assert closed.course is Course.MEDIATED
    assert clock(closed, MONDAY).outcome is Outcome.ON_TIME
    late = TUESDAY + timedelta(days=1)
    money, call_back = due([closed], late, calendar=CALENDAR, limits=LIMITS)
    assert (money.stage, money.left) == (Stage.FULFIL, -1)
    assert money.words == "等用人单位付款，还差 33,000 元"
    assert call_back.stage is Stage.CALL_BACK
    with pytest.raises(CourseRefused, match="到账"):
        case_course.finish(ledger, case.id, Finish.FULFILLED, on=late, by=BY)

    paid = case_money.note_payment(ledger, case.id, 3_300_000, on=late, by=BY)
    done = case_course.finish(ledger, case.id, Finish.FULFILLED, on=late, by=BY)

    assert paid.promise.fulfilment(late) is Fulfilment.FULFILLED
    assert [payment.fen for payment in paid.payments] == [3_300_000]
    assert (done.course, done.finished_on) == (Course.FINISHED, late)


def test_nothing_is_finished_before_it_is_closed(ledger, case):
    with pytest.raises(CourseRefused, match="办结"):
        case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=FRIDAY, by=BY)


def test_a_dissatisfied_worker_brings_a_new_clock_and_the_old_result_stays(ledger, case):
    finished(ledger, case)

    said = case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=MONDAY, by=BY)
    again = case_course.advance(ledger, case.id, Course.TO_CONTACT, on=MONDAY, by=BY)

    watched = Action(on=MONDAY, kind=ActionKind.SUPERVISED, words="回访不满意", by=BY)
    assert (said.satisfaction, said.called_back_on) == (Satisfaction.DISSATISFIED, MONDAY)
    assert said.actions == again.actions == (watched,)
    assert (again.course, again.received) == (Course.TO_CONTACT, MONDAY)
    assert again.reflected == WEDNESDAY
    assert (again.closing, again.finish, again.satisfaction) == (None, None, None)
    assert clock(again, TUESDAY).current.step is Step.CONTACT
    (before,) = again.earlier
    assert before.received == WEDNESDAY
    assert before.events == said.events
    assert (before.closing, before.finish) == (ClosingWay.WITHDRAWN, Finish.WITHDRAWN)
    assert (before.satisfaction, before.called_back_on) == (Satisfaction.DISSATISFIED, MONDAY)
    ledger.undo(by=BY)
    assert ledger.case(case.id) == said


def test_money_of_the_first_round_stays_with_it_and_with_its_worker(ledger, case):
    case_money.note_parties(ledger, case.id, [Party(name="董某", claimed_fen=300_000)], by=BY)
    case_money.promise(ledger, case.id, Promise(agreed_fen=300_000), basis="协议书", by=BY)
    case_money.note_payment(ledger, case.id, 300_000, on=FRIDAY, party="董某", by=BY)
    finished(ledger, case)

    again = case_course.again(ledger, case.id, on=MONDAY, by=BY)
    paid = case_money.note_payment(ledger, case.id, 100, on=TUESDAY, party="董某", by=BY)

    assert again.promise == Promise()
    assert (again.earlier[0].promise.received_fen, again.earlier[0].basis) == (300_000, "协议书")
    assert again.parties[0].received_fen == 300_000
    assert paid.promise.received_fen == 100
    assert (paid.parties[0].received_fen, paid.parties[0].received_on) == (300_100, TUESDAY)


def test_nothing_open_is_taken_up_again(ledger, case):
    with pytest.raises(CourseRefused):
        case_course.again(ledger, case.id, on=MONDAY, by=BY)


def test_what_is_done_beside_the_course_stands_in_the_cases_register(ledger, case):
    told = Action(on=FRIDAY, kind=ActionKind.PASSED_ON, words="转市人社局监察支队，已告知职工")

    noted = case_course.take_action(ledger, case.id, told, by=BY)

    assert noted.actions == (replace(told, by=BY),)
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case


@pytest.mark.parametrize(
    "action",
    [
        Action(on=FRIDAY, kind=ActionKind.PASSED_ON),
        Action(on=WEDNESDAY - timedelta(days=1), kind=ActionKind.CHECKED),
        Action(on=FRIDAY, kind=ActionKind.MERGED, words="并入"),
    ],
)
def test_an_action_that_says_too_little_or_notes_itself_is_refused(ledger, case, action):
    with pytest.raises(CourseRefused):
        case_course.take_action(ledger, case.id, action, by=BY)

    assert ledger.case(case.id) == case


def test_nothing_is_passed_on_against_the_workers_will(ledger, case):
    (call,) = ledger.calls()
    ledger.save_call(replace(call, consent=replace(call.consent, pass_on=False)), by=BY)
    told = Action(on=FRIDAY, kind=ActionKind.PASSED_ON, words="转市人社局")

    with pytest.raises(CourseRefused, match="不同意"):
        case_course.take_action(ledger, case.id, told, by=BY)


def test_a_finished_case_takes_no_more_contacts(ledger, case):
    done = finished(ledger, case)

    with pytest.raises(CourseRefused, match="重办"):
        case_clock.note_contact(ledger, case.id, called(MONDAY), by=BY)

    assert ledger.case(case.id) == done


def test_nobody_is_called_back_before_the_case_is_closed(ledger, case):
    with pytest.raises(CourseRefused):
        case_course.call_back(ledger, case.id, Satisfaction.SATISFIED, on=FRIDAY, by=BY)


def test_every_deed_is_one_step_for_undo(ledger, case):
    steps = [case]
    steps.append(
        case_clock.note_contact(ledger, case.id, replace(called(THURSDAY), words="说清了"), by=BY)
    )
    steps.append(assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by=BY))
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)
    steps.append(case_clock.note_plan(ledger, case.id, plan, by=BY))
    grading = Grading(on=THURSDAY, grade=Grade.ORDINARY)
    steps.append(case_clock.grade(ledger, case.id, grading, by=BY))
    steps.append(case_course.advance(ledger, case.id, Course.MEDIATING, on=FRIDAY, by=BY))
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    steps.append(case_clock.close(ledger, case.id, told, ClosingWay.NOT_MEDIATED, by=BY))
    steps.append(case_course.finish(ledger, case.id, Finish.NOT_MEDIATED, on=FRIDAY, by=BY))

    for before in reversed(steps[:-1]):
        ledger.undo(by=BY)
        assert ledger.case(case.id) == before


def test_no_call_back_lies_before_the_day_of_closing(ledger, case):
    finished(ledger, case)

    with pytest.raises(CourseRefused, match="日期早于办结日"):
        case_course.call_back(ledger, case.id, Satisfaction.SATISFIED, on=THURSDAY, by=BY)

    assert ledger.case(case.id).satisfaction is None


@pytest.mark.parametrize("way", [Finish.WITHDRAWN, Finish.PASSED_ON, Finish.UNREACHABLE])
def test_promised_money_is_followed_until_somebody_says_why_no_more(ledger, case, way):
    mediating(ledger, case)
    agreed = Promise(agreed_fen=3_300_000, pay_by=MONDAY)
    case_money.promise(ledger, case.id, agreed, basis="", by=BY)
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    open_ = case_clock.close(ledger, case.id, told, ClosingWay.MEDIATED, by=BY)

    with pytest.raises(CourseRefused, match="为什么不再跟进"):
        case_course.finish(ledger, case.id, way, on=TUESDAY, by=BY)
    assert Stage.FULFIL in {
        row.stage for row in due([open_], TUESDAY, calendar=CALENDAR, limits=LIMITS)
    }
    done = case_course.finish(ledger, case.id, way, on=TUESDAY, why="职工不再要求", by=BY)

    assert done.actions[-1] == Action(
        on=TUESDAY, kind=ActionKind.GIVEN_UP, words="职工不再要求", by=BY
    )
    again = correct(ledger, case, What.FINISHED, None)
    assert again.course is Course.MEDIATED
    assert [each.kind for each in again.actions] == [ActionKind.STRUCK_OUT]
