"""接收日 corrected on a real ledger: the clock, the log, the closed months, and back by undo."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import ActionKind, NewCase
from hotline_desk.domain.casework.clock_events import (
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.statistics.monthly_sheet import monthly_sheet
from hotline_desk.errors import ClockRefused, CourseRefused
from hotline_desk.ledger import Ledger
from hotline_desk.workflows import case_clock, case_course, cases, letters
from hotline_desk.workflows.case_merging import merge
from hotline_desk.workflows.case_received import correct_received, told_of_closed
from hotline_desk.workflows.closings import close_month
from hotline_desk.workflows.statistics import reckon
from tests.domain.cases import CALENDAR, LIMITS
from tests.workflows.casework import (
    BY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    WEDNESDAY,
    called,
    clock,
    finished,
)

REASON = "12345 转办件周一才到"


@pytest.fixture
def typed(ledger):
    """A case without a call: nothing is noted of it yet."""
    return ledger.add_case(NewCase(received=THURSDAY, employer="某物业公司"), by=BY)


def correct(ledger, case, received, *, reason=REASON, on=MONDAY):
    return correct_received(ledger, case.id, received, reason=reason, on=on, by=BY)


def test_the_clock_runs_from_the_corrected_day_and_the_log_says_why(ledger, typed):
    now = correct(ledger, typed, FRIDAY)

    assert (now.received, now.events.received, now.number) == (FRIDAY, FRIDAY, typed.number)
    assert clock(now, MONDAY).current.used == clock(typed, MONDAY).current.used - 1
    assert now.actions[-1].kind is ActionKind.RECEIVED_CORRECTED
    assert now.actions[-1].words == "2026-11-26 改为 2026-11-27：12345 转办件周一才到"
    fields = {entry.field for entry in ledger.history("cases", typed.id)}
    assert {"received", "events", "actions"} & fields >= {"received", "actions"}


@settings(max_examples=10, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(days=st.integers(-400, 4).filter(bool))
def test_undo_takes_it_back_whole(ledger, typed, days):
    correct(ledger, typed, THURSDAY + timedelta(days=days))

    ledger.undo(by=BY)

    assert ledger.case(typed.id) == typed


@pytest.mark.parametrize(
    ("received", "reason", "fault"),
    [
        (THURSDAY, REASON, "同一天"),
        (WEDNESDAY, "  ", "理由"),
        (MONDAY + timedelta(days=1), REASON, "晚于今天"),
    ],
)
def test_what_cannot_be_is_refused(ledger, typed, received, reason, fault):
    with pytest.raises(ClockRefused) as refused:
        correct(ledger, typed, received, reason=reason)

    assert fault in refused.value.fault
    assert ledger.case(typed.id) == typed


@pytest.mark.parametrize(
    ("note", "what"),
    [
        (lambda ledger, case: case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY),
         "联系"),
        (lambda ledger, case: case_clock.grade(
            ledger, case.id, Grading(on=THURSDAY, grade=Grade.ORDINARY), by=BY), "一般/复杂"),
    ],
)  # fmt: skip
def test_nothing_that_was_noted_can_lie_before_it(ledger, typed, note, what):
    note(ledger, typed)

    with pytest.raises(ClockRefused) as refused:
        correct(ledger, typed, FRIDAY)

    assert what in refused.value.fault
    assert correct(ledger, typed, WEDNESDAY).received == WEDNESDAY


def sent(ledger, case, on):
    paper = Letter(kind=LetterKind.PROPOSAL, number="", case_id=case.id, recipient="某公司",
                   sent_on=on)  # fmt: skip
    return letters.register(ledger, paper, pattern="{kind}{n}", by=BY)


def planned_and_told(ledger, case):
    """The plan is made on the day after the worker was told what it would be."""
    case_clock.note_plan(
        ledger, case.id, Plan(on=FRIDAY, parts=frozenset(), told_on=THURSDAY), by=BY
    )


def extended(ledger, case):
    """Asked for on the day after the worker was told."""
    asked = Extension(asked_on=FRIDAY, told_on=THURSDAY, days=2, approver="主任", reason="取证")
    case_clock.extend(ledger, case.id, asked, calendar=CALENDAR, limits=LIMITS, by=BY)


def paused(ledger, case):
    stop = Pause(first=THURSDAY, expected=MONDAY, reason=PauseReason.PAPERS)
    case_clock.pause(ledger, case.id, stop, by=BY)
    case_clock.resume(ledger, case.id, FRIDAY, by=BY)


@pytest.mark.parametrize(
    ("note", "what"),
    [
        (lambda ledger, case: sent(ledger, case, THURSDAY), "函件"),
        (planned_and_told, "告知职工方案"),
        (extended, "告知职工延期"),
        (paused, "暂停计时"),
    ],
)
def test_no_paper_pause_or_word_to_the_worker_lies_before_it(ledger, typed, note, what):
    note(ledger, typed)

    with pytest.raises(ClockRefused) as refused:
        correct(ledger, typed, FRIDAY)

    assert refused.value.fault == f"2026年11月26日 周四已经有{what}的记录"
    assert correct(ledger, typed, WEDNESDAY).received == WEDNESDAY


def test_what_an_import_has_brought_from_before_stops_no_correction(ledger, typed):
    older = called(WEDNESDAY)
    ledger.save_case(replace(typed, events=replace(typed.events, contacts=(older,))), by=BY)

    assert correct(ledger, typed, FRIDAY).received == FRIDAY


def test_the_day_it_was_first_said_is_corrected_first(ledger, typed):
    cases.amend(ledger, typed.id, reflected=WEDNESDAY, by=BY)

    with pytest.raises(ClockRefused) as refused:
        correct(ledger, typed, WEDNESDAY - timedelta(days=1))

    assert "反映日" in refused.value.fault


def test_a_round_begins_no_earlier_than_the_one_before_it_ended(ledger, typed):
    case_clock.note_contact(ledger, typed.id, called(THURSDAY), by=BY)
    finished(ledger, typed)
    case_course.again(ledger, typed.id, on=MONDAY, by=BY)

    with pytest.raises(ClockRefused):
        correct(ledger, typed, THURSDAY)
    now = correct(ledger, typed, FRIDAY)

    assert (now.received, now.earlier[-1].received) == (FRIDAY, THURSDAY)


def test_a_case_that_was_merged_is_left_alone(ledger, typed, case):
    merge(ledger, typed.id, into=case.id, by=BY)

    with pytest.raises(CourseRefused):
        correct(ledger, typed, WEDNESDAY)


def test_what_was_reported_stands_and_the_next_month_tells_the_change(workspace):
    december = WEDNESDAY.replace(month=12, day=3)
    with Ledger.open(workspace.ledger) as ledger:
        typed = ledger.add_case(NewCase(received=THURSDAY), by=BY)
        close_month(ledger, workspace, "2026-11", by=BY, on=december)

        correct(ledger, typed, december - timedelta(days=2), on=december)

        reckoning = reckon(ledger, workspace, on=december)
        told = told_of_closed(ledger, THURSDAY, december)
        later = told_of_closed(ledger, december, december)
    before, now = (monthly_sheet(reckoning, f"2026-{month}") for month in (11, 12))
    new = {sheet.month: sheet.counted["cases.new"].columns for sheet in (before, now)}
    adjusted = {each.figure.key: (each.month, each.reported, each.present)
                for each in now.adjustments}  # fmt: skip
    assert new["2026-11"].present == 1
    assert new["2026-12"].present == 1
    assert new["2026-12"].total == 1
    assert adjusted["cases.new"] == ("2026-11", 1, 0)
    assert told == "2026年11月已经月结，上报的数不变；变动记在2026年12月的上月调整里。"
    assert later == ""


def test_only_its_own_deed_notes_it(ledger, typed):
    deed = correct(ledger, typed, WEDNESDAY).actions[-1]

    with pytest.raises(CourseRefused):
        case_course.take_action(ledger, typed.id, replace(deed, on=MONDAY), by=BY)
