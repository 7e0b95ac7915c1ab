"""What may be asked of a clock, and what is refused."""

from dataclasses import replace

import pytest

from hotline_desk.domain.casework.clock_changes import extend, grade, pause, resume
from hotline_desk.domain.casework.clock_events import ClockEvents, ComplexReason, Grade, Grading
from hotline_desk.errors import ClockRefused
from tests.domain.cases import (
    CALENDAR,
    LIMITS,
    MONDAY,
    a_case,
    after,
    closed,
    extended,
    paused,
)

NEW = ClockEvents(received=MONDAY)
STANDING = a_case(pauses=(paused(after(2), after(9)),))


def ask(events, extension):
    return extend(events, extension, calendar=CALENDAR, limits=LIMITS)


def test_the_first_grade_needs_no_approver():
    hard = Grading(on=MONDAY, grade=Grade.COMPLEX, reason=ComplexReason.TEN_PEOPLE)

    assert grade(NEW, hard).grade is Grade.COMPLEX
    assert grade(NEW, Grading(on=MONDAY, grade=Grade.ORDINARY)).grade is Grade.ORDINARY


def test_a_complex_case_needs_a_reason():
    with pytest.raises(ClockRefused, match="复杂情形"):
        grade(NEW, Grading(on=MONDAY, grade=Grade.COMPLEX))


def test_a_change_of_grade_needs_an_approver():
    change = Grading(on=after(1), grade=Grade.COMPLEX, reason=ComplexReason.DEATH)

    with pytest.raises(ClockRefused, match="批准人"):
        grade(a_case(), change)
    with pytest.raises(ClockRefused, match="批准人"):
        grade(a_case(), replace(change, approver=" "))
    changed = grade(a_case(), replace(change, approver="分管领导"))

    assert changed.grade is Grade.COMPLEX
    assert len(changed.gradings) == 2


def test_a_grade_is_not_slipped_in_before_the_last():
    early = Grading(on=MONDAY - (after(1) - MONDAY), grade=Grade.ORDINARY, approver="分管领导")

    with pytest.raises(ClockRefused, match="早于"):
        grade(a_case(), early)


def test_a_grade_is_not_given_before_the_case_was_received():
    with pytest.raises(ClockRefused, match="早于接收日"):
        grade(NEW, Grading(on=after(-1), grade=Grade.ORDINARY))


def test_a_pause_begins_and_ends():
    standing = pause(a_case(), paused(after(2), after(9), resumed=after(3)))

    assert standing.pause == paused(after(2), after(9))
    assert resume(standing, after(4)).pauses == (paused(after(2), after(9), after(4)),)


def test_a_pause_may_end_on_the_day_it_began():
    assert resume(STANDING, after(2)).pauses == (paused(after(2), after(9), after(2)),)


def test_a_second_pause_may_follow_the_first():
    again = pause(resume(STANDING, after(4)), paused(after(4), after(9)))

    assert resume(again, after(8)).pauses == (
        paused(after(2), after(9), after(4)),
        paused(after(4), after(9), after(8)),
    )


@pytest.mark.parametrize(
    ("events", "new"),
    [
        (STANDING, paused(after(3), after(9))),
        (a_case(closing=closed(after(1))), paused(after(2), after(9))),
        (a_case(after(3)), paused(after(2), after(9))),
        (resume(STANDING, after(6)), paused(after(5), after(9))),
        (a_case(), paused(after(2), after(2))),
    ],
)
def test_a_pause_out_of_order_is_refused(events, new):
    with pytest.raises(ClockRefused, match="暂停计时"):
        pause(events, new)


def test_only_a_standing_clock_is_resumed():
    with pytest.raises(ClockRefused, match="没有在暂停"):
        resume(a_case(), after(3))
    with pytest.raises(ClockRefused, match="早于"):
        resume(STANDING, after(1))


@pytest.mark.parametrize("days", [1, 5])
def test_an_extension_is_given_up_to_the_end_of_the_limit(days):
    asked = extended(days, asked_on=after(7))

    assert ask(a_case(), asked).extension == asked


@pytest.mark.parametrize(
    ("events", "extension", "fault"),
    [
        (a_case(), extended(0), "5 个工作日"),
        (a_case(), extended(6), "5 个工作日"),
        (a_case(), extended(2, asked_on=after(8)), "届满之前"),
        (a_case(), extended(2, asked_on=after(-1)), "申请日早于接收日"),
        (a_case(), replace(extended(2), told_on=after(-1)), "告知职工的日子早于接收日"),
        (a_case(), replace(extended(2), approver=" "), "批准人"),
        (a_case(), replace(extended(2), reason=""), "理由"),
        (a_case(extension=extended(1)), extended(1), "一次"),
        (a_case(closing=closed(after(1))), extended(1, asked_on=after(2)), "办结"),
    ],
)
def test_an_extension_against_the_rules_is_refused(events, extension, fault):
    with pytest.raises(ClockRefused, match=fault):
        ask(events, extension)


def test_a_pause_leaves_time_to_ask_for_an_extension():
    with pytest.raises(ClockRefused):
        ask(a_case(), extended(2, asked_on=after(14)))
    events = resume(STANDING, after(11))

    assert ask(events, extended(2, asked_on=after(14))).extension
