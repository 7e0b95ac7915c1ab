"""What was noted for a case is corrected and struck out, however long ago; nothing is erased."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline_desk.domain.casework.cases import Action, ActionKind, Interruption, Party, Satisfaction
from hotline_desk.domain.casework.clock_events import (
    Closing,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
)
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.deadlines import Step
from hotline_desk.domain.casework.noted import CalledBack, Closed, Finished, Resumed, What, noted
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.workflows import case_clock, case_correcting, case_course, case_money, lapses
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
    of,
    planned,
)

LATER = TUESDAY + timedelta(days=30)


def strike(ledger, case, what, **others):
    return correct(ledger, case, what, None, **others)


def pause(first, resumed=None):
    return Pause(first=first, reason=PauseReason.PAPERS, expected=LATER, resumed=resumed)


def extension(days=2, asked_on=THURSDAY):
    return Extension(asked_on=asked_on, days=days, approver="主任", reason="外地", told_on=asked_on)


def step(case, which, on=LATER):
    return next(each for each in clock(case, on).steps if each.step is which)


def test_a_wrong_time_of_a_contact_is_corrected_and_the_clock_reads_it(ledger, case):
    case_clock.note_contact(ledger, case.id, called(MONDAY), by=BY)
    assert not step(ledger.case(case.id), Step.CONTACT).on_time

    corrected = correct(ledger, case, What.CONTACT, called(THURSDAY))

    assert step(corrected, Step.CONTACT).done == THURSDAY
    assert step(corrected, Step.CONTACT).on_time
    trace = corrected.actions[-1]
    assert (trace.kind, trace.on, trace.by) == (ActionKind.CORRECTED, TUESDAY, BY)
    assert (trace.words, trace.was_on) == ("写错了", MONDAY)
    assert trace.was.startswith(f"{MONDAY} 15:00 · 电话 · 说上了话")


def test_a_contact_that_never_was_is_struck_out_and_its_step_is_open_again(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    assert ledger.case(case.id).course is Course.CONTACTED

    struck = strike(ledger, case, What.CONTACT, reason="记到别的案件上了")

    assert struck.course is Course.TO_CONTACT
    assert step(struck, Step.CONTACT).done is None
    assert struck.actions[-1].kind is ActionKind.STRUCK_OUT
    ledger.undo(by=BY)
    assert ledger.case(case.id).course is Course.CONTACTED
    assert ledger.case(case.id).actions == ()
    assert ledger.examine() == []


def test_nothing_is_erased_from_the_history(ledger, case):
    case_clock.note_contact(ledger, case.id, replace(called(THURSDAY), words="说清了"), by=BY)
    before = ledger.history("cases", case.id)

    strike(ledger, case, What.CONTACT)

    after = ledger.history("cases", case.id)
    assert after[: len(before)] == before
    assert any("说清了" in str(each.before) for each in after[len(before) :])
    assert "说清了" in ledger.case(case.id).actions[-1].was
    assert ledger.examine() == []


@pytest.mark.parametrize(
    ("reason", "fault"), [("", "要写明理由"), ("  ", "要写明理由"), ("同", "和原来记的一样")]
)
def test_a_correction_says_why_and_changes_something(ledger, case, reason, fault):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    before = ledger.case(case.id)

    with pytest.raises(CourseRefused, match=fault):
        correct(ledger, case, What.CONTACT, called(THURSDAY), reason=reason)

    assert ledger.case(case.id) == before


@pytest.mark.parametrize("days", [{"on": LATER}, {"on": FRIDAY, "told_on": LATER}])
def test_what_is_noted_has_happened(ledger, case, days):
    finished(ledger, case)
    wrong = Closed(closing=Closing(**days), way=ClosingWay.WITHDRAWN)

    with pytest.raises(CourseRefused, match="晚于今天"):
        correct(ledger, case, What.CLOSED, wrong)


def test_the_end_of_a_case_brought_along_holds_its_closing(ledger, case):
    """Nobody noted a plan for it: that fault it had before, this one it would get."""
    told = ledger.case(case.id)
    ledger.save_case(
        replace(told, course=Course.FINISHED, finish=Finish.FULFILLED, finished_on=FRIDAY,
                closing=ClosingWay.MEDIATED,
                events=replace(told.events, closing=Closing(on=FRIDAY, told_on=FRIDAY))),
        by=BY,
    )  # fmt: skip

    with pytest.raises(CourseRefused):
        strike(ledger, case, What.CLOSED)


def test_what_somebody_else_has_changed_meanwhile_is_not_written_over(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    seen = of(ledger, case, What.CONTACT)
    correct(ledger, case, What.CONTACT, called(FRIDAY))

    with pytest.raises(CourseRefused, match="刚才改过"):
        case_correcting.correct(
            ledger, case.id, seen, called(MONDAY),
            reason="写错了", on=LATER, calendar=CALENDAR, limits=LIMITS, by="同事",
        )  # fmt: skip


def test_it_passes_the_checks_that_it_passed_when_it_was_new(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    case_clock.pause(ledger, case.id, pause(THURSDAY), by=BY)
    early = WEDNESDAY - timedelta(days=1)

    with pytest.raises(ClockRefused, match="早于接收日"):
        correct(ledger, case, What.CONTACT, called(early))
    with pytest.raises(ClockRefused, match="早于接收日"):
        correct(ledger, case, What.PAUSE, pause(early))
    with pytest.raises(ClockRefused, match="预计恢复日要在开始日之后"):
        correct(ledger, case, What.PAUSE, replace(pause(FRIDAY), expected=FRIDAY))


def test_a_pause_of_a_case_long_closed_is_corrected(ledger, case):
    case_clock.pause(ledger, case.id, pause(THURSDAY), by=BY)
    case_clock.resume(ledger, case.id, MONDAY, by=BY)
    case_clock.close(
        ledger, case.id, Closing(on=TUESDAY, told_on=TUESDAY), ClosingWay.WITHDRAWN, by=BY
    )
    used = step(ledger.case(case.id), Step.CLOSE).used

    corrected = correct(ledger, case, What.RESUMED, Resumed(on=FRIDAY))

    assert corrected.events.pauses[0].resumed == FRIDAY
    assert step(corrected, Step.CLOSE).used == used + 1


def test_the_end_of_a_pause_alone_is_struck_out_and_the_clock_stands_again(ledger, case):
    case_clock.pause(ledger, case.id, pause(THURSDAY), by=BY)
    case_clock.resume(ledger, case.id, FRIDAY, by=BY)

    struck = strike(ledger, case, What.RESUMED)

    assert clock(struck, LATER).pause is not None


def test_of_two_pauses_the_first_cannot_stand_open(ledger, case):
    case_clock.pause(ledger, case.id, pause(THURSDAY), by=BY)
    case_clock.resume(ledger, case.id, FRIDAY, by=BY)
    case_clock.pause(ledger, case.id, pause(MONDAY), by=BY)

    with pytest.raises(ClockRefused, match="已经在暂停中"):
        strike(ledger, case, What.RESUMED)


def test_an_extension_asked_in_time_by_a_pause_holds_that_pause(ledger, case):
    case_clock.pause(ledger, case.id, pause(THURSDAY), by=BY)
    case_clock.resume(ledger, case.id, LATER, by=BY)
    asked = extension(asked_on=LATER)
    case_clock.extend(ledger, case.id, asked, calendar=CALENDAR, limits=LIMITS, by=BY)

    with pytest.raises(ClockRefused, match="延期：要在期限届满之前提出"):
        strike(ledger, case, What.PAUSE)

    strike(ledger, case, What.EXTENSION)
    assert strike(ledger, case, What.PAUSE).events.pauses == ()


def test_an_extension_is_corrected_within_its_rules(ledger, case):
    case_clock.extend(ledger, case.id, extension(), calendar=CALENDAR, limits=LIMITS, by=BY)

    assert correct(ledger, case, What.EXTENSION, extension(3)).events.extension.days == 3
    with pytest.raises(ClockRefused, match="最多延"):
        correct(ledger, case, What.EXTENSION, extension(6))


def test_another_grade_wants_an_approver_by_correction_too(ledger, case):
    planned(ledger, case)
    other = Grading(on=THURSDAY, grade=Grade.ORDINARY)

    with pytest.raises(ClockRefused, match="批准人"):
        correct(ledger, case, What.GRADING, other)

    made = correct(ledger, case, What.GRADING, replace(other, approver="主任"))
    assert clock(made, LATER).grade is Grade.ORDINARY


def test_a_plan_is_needed_by_the_course_that_went_on_from_it(ledger, case):
    mediating(ledger, case)

    with pytest.raises(CourseRefused, match="进程已经是调解中"):
        strike(ledger, case, What.PLAN)

    corrected = correct(
        ledger, case, What.PLAN,
        replace(of(ledger, case, What.PLAN).record, on=FRIDAY, told_on=FRIDAY),
    )  # fmt: skip
    assert step(corrected, Step.PLAN).done == FRIDAY


def test_a_plan_struck_out_leads_the_course_back(ledger, case):
    planned(ledger, case)

    assert strike(ledger, case, What.PLAN).course is Course.CONTACTED


@pytest.mark.parametrize("by_hand", [False, True])
def test_the_way_of_a_closing_leads_the_course_back_where_it_came_from(ledger, case, by_hand):
    mediating(ledger, case)
    if by_hand:
        case_course.advance(ledger, case.id, Course.MEDIATED, on=FRIDAY, by=BY)
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    closed = case_clock.close(ledger, case.id, told, ClosingWay.MEDIATED, by=BY)
    assert closed.course is Course.MEDIATED

    withdrawn = correct(ledger, case, What.CLOSED, Closed(closing=told, way=ClosingWay.WITHDRAWN))

    assert withdrawn.closing is ClosingWay.WITHDRAWN
    assert withdrawn.course is (Course.MEDIATED if by_hand else Course.MEDIATING)
    ledger.undo(by=BY)
    assert ledger.case(case.id) == closed
    later = Closed(closing=Closing(on=MONDAY, told_on=MONDAY), way=ClosingWay.MEDIATED)
    assert correct(ledger, case, What.CLOSED, later).course is Course.MEDIATED
    struck = strike(ledger, case, What.CLOSED)
    assert (struck.closing, struck.events.closing) == (None, None)
    assert struck.course is (Course.MEDIATED if by_hand else Course.MEDIATING)


def test_a_finish_struck_out_leads_back_to_where_the_course_was(ledger, case):
    mediating(ledger, case)
    finished(ledger, case)

    with pytest.raises(CourseRefused, match="还没有办结"):
        strike(ledger, case, What.CLOSED)
    corrected = correct(ledger, case, What.FINISHED, Finished(on=MONDAY, way=Finish.UNREACHABLE))
    assert (corrected.finish, corrected.finished_on) == (Finish.UNREACHABLE, MONDAY)
    with pytest.raises(CourseRefused, match="日期早于办结日"):
        correct(ledger, case, What.FINISHED, Finished(on=THURSDAY, way=Finish.UNREACHABLE))
    with pytest.raises(CourseRefused, match="结案的方式只有"):
        correct(ledger, case, What.FINISHED, Finished(on=MONDAY, way=Finish.JUDGED))
    struck = strike(ledger, case, What.FINISHED)

    assert (struck.course, struck.finish, struck.finished_on) == (Course.MEDIATING, None, None)
    assert strike(ledger, case, What.CLOSED).events.closed_on is None


def test_a_case_brought_along_finished_is_taken_up_from_what_it_says(ledger, case):
    told = replace(
        ledger.case(case.id),
        course=Course.FINISHED, finish=Finish.WITHDRAWN, finished_on=FRIDAY,
    )  # fmt: skip
    ledger.save_case(
        replace(told, closing=ClosingWay.WITHDRAWN,
                events=replace(told.events, closing=Closing(on=FRIDAY, told_on=FRIDAY))),
        by=BY,
    )  # fmt: skip

    assert strike(ledger, case, What.FINISHED).course is Course.TO_CONTACT


def test_a_call_back_takes_its_supervision_along(ledger, case):
    finished(ledger, case)
    case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=MONDAY, by=BY)

    right = CalledBack(on=MONDAY, satisfaction=Satisfaction.SATISFIED)
    corrected = correct(ledger, case, What.CALLED_BACK, right)

    assert corrected.satisfaction is Satisfaction.SATISFIED
    assert [each.kind for each in corrected.actions] == [ActionKind.CORRECTED]


def test_a_closing_is_not_moved_behind_the_call_back(ledger, case):
    finished(ledger, case)
    case_course.call_back(ledger, case.id, Satisfaction.SATISFIED, on=FRIDAY, by=BY)
    strike(ledger, case, What.FINISHED)
    late = Closed(closing=Closing(on=MONDAY, told_on=MONDAY), way=ClosingWay.WITHDRAWN)

    with pytest.raises(CourseRefused, match="记回访：日期早于办结日"):
        correct(ledger, case, What.CLOSED, late)
    with pytest.raises(CourseRefused, match="记回访：还没有办结"):
        strike(ledger, case, What.CLOSED)


def test_a_payment_corrected_or_struck_out_changes_the_sums(ledger, case):
    case_money.note_parties(ledger, case.id, [Party(name="董某"), Party(name="王某")], by=BY)
    case_money.note_payment(ledger, case.id, 100_000, on=FRIDAY, party="董某", by=BY)
    case_money.note_payment(ledger, case.id, 5, on=MONDAY, by=BY)
    wrong = of(ledger, case, What.PAYMENT, 0).record

    with pytest.raises(CourseRefused, match="没有李某"):
        correct(ledger, case, What.PAYMENT, replace(wrong, party="李某"), place=0)
    corrected = correct(ledger, case, What.PAYMENT, replace(wrong, fen=300_000), place=0)
    assert corrected.promise.received_fen == corrected.parties[0].received_fen + 5 == 300_005
    struck = strike(ledger, case, What.PAYMENT, place=0)

    assert (struck.promise.received_fen, struck.parties[0].received_fen) == (5, None)
    assert struck.actions[-1].was.endswith("3,000 元 · 董某")


def test_an_action_and_an_interruption_are_corrected_too(ledger, case):
    checked = Action(on=FRIDAY, kind=ActionKind.CHECKED, words="材料齐全", by=BY)
    case_course.take_action(ledger, case.id, checked, by=BY)
    lapses.interrupt(ledger, case.id, Interruption(on=FRIDAY, event="起诉"), by=BY)

    early = WEDNESDAY - timedelta(days=1)
    with pytest.raises(CourseRefused, match="早于接收日"):
        correct(ledger, case, What.ACTION, replace(checked, on=early))
    correct(ledger, case, What.ACTION, replace(checked, words="还差合同"))
    struck = strike(ledger, case, What.INTERRUPTION)

    assert struck.interruptions == ()
    assert struck.actions[0].words == "还差合同"
    assert [each.what for each in noted(struck)].count(What.ACTION) == 1


def test_what_was_brought_along_against_the_rules_may_stay_so(ledger, case):
    early = called(WEDNESDAY - timedelta(days=9))
    there = ledger.case(case.id)
    ledger.save_case(
        replace(there, events=replace(there.events, contacts=(early, called(MONDAY)))), by=BY
    )

    corrected = correct(ledger, case, What.CONTACT, called(THURSDAY))

    assert corrected.events.contacts == (early, called(THURSDAY))


def test_a_course_that_was_brought_along_is_not_led_back(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY, reached=False), by=BY)
    ledger.save_case(replace(ledger.case(case.id), course=Course.CONTACTED), by=BY)

    assert correct(ledger, case, What.CONTACT, called(FRIDAY, reached=False)).course is (
        Course.CONTACTED
    )


def test_what_was_struck_out_after_the_end_leads_the_course_back_with_the_end(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    finished(ledger, case)
    assert strike(ledger, case, What.CONTACT).course is Course.FINISHED

    assert strike(ledger, case, What.FINISHED).course is Course.TO_CONTACT
