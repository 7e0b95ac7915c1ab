"""Steps of the course taken by hand, and rounds before 重办, are corrected and struck out too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline_desk.domain.casework.cases import Action, ActionKind, Party, Satisfaction
from hotline_desk.domain.casework.clock_events import (
    Advance,
    Closing,
)
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.noted import Again, CalledBack, Closed, Finished, What, noted
from hotline_desk.domain.casework.noted_words import told
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows import case_clock, case_correcting, case_course, case_money
from tests.domain.cases import CALENDAR, LIMITS
from tests.workflows.casework import (
    BY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    called,
    correct,
    finished,
    mediating,
    of,
    planned,
)

LATER = TUESDAY + timedelta(days=30)
MEDIATED = Closed(closing=Closing(on=MONDAY, told_on=MONDAY), way=ClosingWay.MEDIATED)
FAILED = replace(MEDIATED, way=ClosingWay.NOT_MEDIATED)


def advance(ledger, case, *states, on=FRIDAY):
    for to in states:
        made = case_course.advance(ledger, case.id, to, on=on, by=BY)
    return made


def close(ledger, case, closed):
    return case_clock.close(ledger, case.id, closed.closing, closed.way, by=BY)


def steps(case):
    return [(step.start, step.to) for step in case.events.advances]


# A step taken by hand


def test_a_step_is_struck_out_and_the_course_stands_where_it_stood(ledger, case):
    mediating(ledger, case)
    before = advance(ledger, case, Course.NOT_MEDIATED, Course.ARBITRATION)

    struck = correct(ledger, case, What.ADVANCE, None)

    assert struck.course is Course.NOT_MEDIATED
    assert steps(struck) == steps(before)[:-1]
    trace = struck.actions[-1]
    assert (trace.kind, trace.was) == (ActionKind.STRUCK_OUT, f"{FRIDAY} · 改为仲裁中")
    ledger.undo(by=BY)
    assert ledger.case(case.id) == before
    assert ledger.examine() == []


def test_a_step_is_corrected_to_another_that_the_course_allows(ledger, case):
    mediating(ledger, case)
    advance(ledger, case, Course.MEDIATED)
    wrong = of(ledger, case, What.ADVANCE).record

    right = correct(ledger, case, What.ADVANCE, replace(wrong, to=Course.NOT_MEDIATED))

    assert right.course is Course.NOT_MEDIATED
    with pytest.raises(CourseRefused, match="从调解中只能到调解成功、调解不成"):
        correct(ledger, case, What.ADVANCE, replace(wrong, to=Course.LAWSUIT))
    moved = correct(ledger, case, What.ADVANCE, replace(wrong, to=Course.NOT_MEDIATED, on=THURSDAY))
    assert (moved.course, moved.events.advances[-1].on) == (Course.NOT_MEDIATED, THURSDAY)


def test_a_step_that_another_began_from_stays_until_that_is_struck_out(ledger, case):
    mediating(ledger, case)
    advance(ledger, case, Course.NOT_MEDIATED)
    first = of(ledger, case, What.ADVANCE, 0).record

    with pytest.raises(CourseRefused, match="“改为调解不成”是从调解中来的，先更正或作废它"):
        correct(ledger, case, What.ADVANCE, replace(first, to=Course.ARBITRATION), place=0)
    correct(ledger, case, What.ADVANCE, None)

    done = correct(ledger, case, What.ADVANCE, replace(first, to=Course.ARBITRATION))
    assert done.course is Course.ARBITRATION


def test_the_plan_is_free_again_once_the_step_from_it_is_struck_out(ledger, case):
    mediating(ledger, case)
    with pytest.raises(CourseRefused, match="进程已经是调解中"):
        correct(ledger, case, What.PLAN, None)

    assert correct(ledger, case, What.ADVANCE, None).course is Course.PLANNED

    assert correct(ledger, case, What.PLAN, None).course is Course.CONTACTED


@pytest.mark.parametrize(
    ("before", "closed", "after", "stands"),
    [
        ([Course.MEDIATING], MEDIATED, [Course.NOT_MEDIATED], Course.MEDIATED),
        ([Course.MEDIATING, Course.MEDIATED], MEDIATED, [Course.NOT_MEDIATED], Course.MEDIATED),
        ([Course.MEDIATING], FAILED, [Course.ARBITRATION, Course.LAWSUIT], Course.ARBITRATION),
        ([Course.MEDIATING], FAILED, [Course.ARBITRATION], Course.NOT_MEDIATED),
        ([Course.MEDIATING, Course.MEDIATED], MEDIATED, [], Course.MEDIATED),
    ],
)
def test_what_came_of_the_closing_stays_its_own(ledger, case, before, closed, after, stands):
    planned(ledger, case)
    advance(ledger, case, *before)
    close(ledger, case, closed)
    if after:
        advance(ledger, case, *after, on=TUESDAY)

    assert correct(ledger, case, What.ADVANCE, None).course is stands


def test_no_step_is_struck_out_that_the_closing_rests_on(ledger, case):
    mediating(ledger, case)
    close(ledger, case, MEDIATED)

    with pytest.raises(CourseRefused, match="“调解成功”靠这一步，先更正或作废办结"):
        correct(ledger, case, What.ADVANCE, None)

    correct(ledger, case, What.CLOSED, None)
    assert correct(ledger, case, What.ADVANCE, None).course is Course.PLANNED


def test_of_a_case_that_has_ended_the_day_of_a_step_alone_is_corrected(ledger, case):
    mediating(ledger, case)
    advance(ledger, case, Course.NOT_MEDIATED)
    close(ledger, case, FAILED)
    case_course.finish(ledger, case.id, Finish.NOT_MEDIATED, on=MONDAY, by=BY)
    step = of(ledger, case, What.ADVANCE).record

    with pytest.raises(CourseRefused, match="要先作废结案"):
        correct(ledger, case, What.ADVANCE, None)
    assert not correct(ledger, case, What.ADVANCE, replace(step, on=MONDAY)).course.is_open

    assert correct(ledger, case, What.FINISHED, None).course is Course.NOT_MEDIATED


# A case that was brought along, of which no step tells


def brought(ledger, case, course, closed):
    told_of = ledger.case(planned(ledger, case).id)
    events = replace(told_of.events, closing=closed and closed.closing)
    way = closed and closed.way
    return ledger.save_case(replace(told_of, course=course, events=events, closing=way), by=BY)


@pytest.mark.parametrize(
    ("course", "closed"),
    [
        (Course.MEDIATED, MEDIATED),
        (Course.NOT_MEDIATED, FAILED),
        (Course.ARBITRATION, FAILED),
        (Course.LAWSUIT, FAILED),
    ],
)
def test_where_the_closing_alone_had_brought_it_the_course_follows(ledger, case, course, closed):
    brought(ledger, case, course, closed)

    struck = correct(ledger, case, What.CLOSED, None)

    assert struck.course is Course.PLANNED
    assert correct(ledger, case, What.PLAN, None).course is Course.CONTACTED


def test_another_way_of_such_a_closing_leads_where_it_says(ledger, case):
    brought(ledger, case, Course.MEDIATED, MEDIATED)

    assert correct(ledger, case, What.CLOSED, FAILED).course is Course.NOT_MEDIATED


def test_where_such_a_case_stood_is_struck_out_as_a_step_without_a_day(ledger, case):
    brought(ledger, case, Course.ARBITRATION, None)
    (step,) = (each for each in noted(ledger.case(case.id)) if each.what is What.ADVANCE)
    assert (step.record.on, told(step).head) == (None, "日期未记 · 改为仲裁中")

    dated = correct(ledger, case, What.ADVANCE, replace(step.record, on=FRIDAY))
    assert dated.events.advances == (replace(step.record, on=FRIDAY),)

    assert correct(ledger, case, What.ADVANCE, None).course is Course.PLANNED


# A round before 重办


@pytest.fixture
def again(ledger, case):
    """A case taken up again on Monday, to whose worker 100 yuan had come in vain."""
    case_money.note_parties(ledger, case.id, [Party(name="董某", claimed_fen=50_000)], by=BY)
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    case_money.note_payment(ledger, case.id, 10_000, on=FRIDAY, party="董某", by=BY)
    finished(ledger, case)
    case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=FRIDAY, by=BY)
    return case_course.again(ledger, case.id, on=MONDAY, by=BY)


def in_round(ledger, case, what, record):
    was = [each for each in noted(ledger.case(case.id)) if (each.what, each.round) == (what, 0)][-1]
    return case_correcting.correct(
        ledger, case.id, was, record,
        reason="写错了", on=TUESDAY, calendar=CALENDAR, limits=LIMITS, by=BY,
    )  # fmt: skip


def test_a_contact_of_an_earlier_round_is_corrected_in_that_round(ledger, again):
    made = in_round(ledger, again, What.CONTACT, called(FRIDAY))

    (intake, was), (_, now) = (each.earlier[0].events.contacts for each in (again, made))
    assert (was, now) == (called(THURSDAY), called(FRIDAY))
    assert replace(made, earlier=again.earlier, actions=again.actions) == again
    trace = made.actions[-1]
    assert trace.was.startswith(f"{THURSDAY} 15:00 · 电话 · 说上了话 · 第 1 轮")
    struck = in_round(ledger, again, What.CONTACT, None)
    assert struck.earlier[0].events.contacts == (intake,)
    ledger.undo(by=BY)
    ledger.undo(by=BY)
    assert ledger.case(again.id) == again


def test_money_of_an_earlier_round_is_corrected_with_the_worker_s_sum(ledger, again):
    case_money.note_payment(ledger, again.id, 500, on=TUESDAY, party="董某", by=BY)
    (paid,) = again.earlier[0].payments

    made = in_round(ledger, again, What.PAYMENT, replace(paid, fen=30_000))
    assert (made.parties[0].received_fen, made.promise.received_fen) == (30_500, 500)
    assert made.earlier[0].promise.received_fen == 30_000

    made = in_round(ledger, again, What.PAYMENT, None)
    assert (made.parties[0].received_fen, made.earlier[0].payments) == (500, ())


def test_a_call_back_of_an_earlier_round_takes_its_supervision_with_it(ledger, again):
    kinds = [action.kind for action in again.actions]
    assert kinds == [ActionKind.SUPERVISED]

    right = CalledBack(on=FRIDAY, satisfaction=Satisfaction.SATISFIED)
    made = in_round(ledger, again, What.CALLED_BACK, right)

    assert made.earlier[0].satisfaction is Satisfaction.SATISFIED
    assert [action.kind for action in made.actions] == [ActionKind.CORRECTED]


def test_an_earlier_round_keeps_to_the_rules_and_ends_before_the_next(ledger, again):
    ended = Finished(on=TUESDAY, way=Finish.WITHDRAWN)

    with pytest.raises(CourseRefused, match="晚于重办的日子"):
        in_round(ledger, again, What.FINISHED, ended)
    with pytest.raises(CourseRefused, match="先作废重办"):
        in_round(ledger, again, What.FINISHED, None)
    with pytest.raises(CourseRefused, match="还没有办结"):
        in_round(ledger, again, What.CLOSED, None)
    assert in_round(ledger, again, What.FINISHED, replace(ended, on=MONDAY)).earlier[
        0
    ].finished_on == MONDAY  # fmt: skip


def test_a_wrong_again_is_struck_out_and_the_case_is_as_it_ended(ledger, again):
    before = again.earlier[0]

    made = correct(ledger, again, What.AGAIN, None, reason="按错了")

    assert (made.course, made.earlier, made.received) == (Course.FINISHED, (), WEDNESDAY)
    assert (made.events, made.payments, made.finish) == (
        before.events, before.payments, before.finish,
    )  # fmt: skip
    assert [action.kind for action in made.actions] == [
        ActionKind.SUPERVISED, ActionKind.STRUCK_OUT,
    ]  # fmt: skip
    assert made.parties == again.parties
    struck = correct(ledger, again, What.FINISHED, None)
    assert struck.course is Course.CONTACTED
    assert ledger.examine() == []


def test_where_it_came_from_is_known_after_a_wrong_again(ledger, case):
    mediating(ledger, case)
    close(ledger, case, FAILED)
    case_course.finish(ledger, case.id, Finish.NOT_MEDIATED, on=MONDAY, by=BY)
    case_course.again(ledger, case.id, on=TUESDAY, by=BY)
    correct(ledger, case, What.AGAIN, None)

    assert correct(ledger, case, What.FINISHED, None).course is Course.NOT_MEDIATED


def test_an_again_after_which_something_was_done_stays(ledger, again):
    case_clock.note_contact(ledger, again.id, called(TUESDAY), by=BY)
    with pytest.raises(CourseRefused, match="重办以后已经记了"):
        correct(ledger, again, What.AGAIN, None)

    correct(ledger, again, What.CONTACT, None)
    case_money.promise(ledger, again.id, Promise(agreed_fen=100), basis="", by=BY)
    with pytest.raises(CourseRefused, match="重办以后已经写了协议"):
        correct(ledger, again, What.AGAIN, None)


def test_the_day_of_an_again_is_corrected_and_the_clock_runs_from_it(ledger, again):
    made = correct(ledger, again, What.AGAIN, Again(on=FRIDAY))

    assert (made.received, made.events.received) == (FRIDAY, FRIDAY)
    with pytest.raises(CourseRefused, match="日期早于结案日"):
        correct(ledger, again, What.AGAIN, Again(on=THURSDAY))


def test_what_was_done_beside_belongs_to_the_case_and_is_listed_once(ledger, again):
    checked = Action(on=MONDAY, kind=ActionKind.CHECKED, words="齐全")
    made = case_course.take_action(ledger, again.id, checked, by=BY)

    listed = [each.what for each in noted(made)]
    assert listed.count(What.ACTION) == 1  # the 督办 stands as long as the 回访 that it came of
    assert listed.count(What.AGAIN) == 1


def test_the_supervision_that_came_of_a_call_back_goes_with_it_alone(ledger, case):
    finished(ledger, case)
    case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=FRIDAY, by=BY)
    by_hand = Action(on=MONDAY, kind=ActionKind.SUPERVISED, words="主任过问")
    made = case_course.take_action(ledger, case.id, by_hand, by=BY)

    assert [each.record.words for each in noted(made) if each.what is What.ACTION] == ["主任过问"]

    struck = correct(ledger, case, What.CALLED_BACK, None)
    assert [each.words for each in struck.actions if not each.was] == ["主任过问"]


def test_steps_of_a_round_stay_with_it(ledger, case):
    mediating(ledger, case)
    finished(ledger, case)
    made = case_course.again(ledger, case.id, on=MONDAY, by=BY)

    assert made.events.advances == ()
    assert made.earlier[0].events.advances == (
        Advance(on=FRIDAY, start=Course.PLANNED, to=Course.MEDIATING),
    )
