"""Two desks at one case: a step on which the other has gone on is not taken back by half."""

from dataclasses import replace

import pytest

from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.noted import What
from hotline_desk.errors import CaseChangedSince
from hotline_desk.messages import sentence
from hotline_desk.workflows import (
    assign,
    case_clock,
    case_course,
    case_merging,
    case_money,
    cases,
)
from tests.ledger.records import a_question
from tests.workflows.casework import (
    BY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    called,
    correct,
    mediating,
)

OTHER, THIRD = "另一席", "第三席"


def refused(ledger, case, by=BY):
    before = ledger.case(case.id)
    with pytest.raises(CaseChangedSince) as told:
        ledger.undo(by=by)
    assert ledger.case(case.id) == before
    assert case.number in sentence(told.value)


def test_a_striking_out_keeps_its_trace_once_the_other_has_noted_more(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    correct(ledger, case, What.CONTACT, None)
    case_clock.note_contact(ledger, case.id, called(MONDAY, (), reached=False), by=OTHER)

    refused(ledger, case)


def test_a_closing_keeps_its_way_once_the_other_has_noted_more(ledger, case):
    mediating(ledger, case)
    case_clock.close(
        ledger, case.id, Closing(on=MONDAY, told_on=MONDAY), ClosingWay.MEDIATED, by=BY
    )
    case_clock.note_contact(ledger, case.id, called(TUESDAY), by=OTHER)

    refused(ledger, case)


def test_a_finish_that_was_struck_out_does_not_come_back_without_its_closing(ledger, case):
    mediating(ledger, case)
    case_clock.close(
        ledger, case.id, Closing(on=MONDAY, told_on=MONDAY), ClosingWay.WITHDRAWN, by=OTHER
    )
    case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=TUESDAY, by=OTHER)
    correct(ledger, case, What.FINISHED, None)
    case_money.note_payment(ledger, case.id, 100, on=TUESDAY, by=THIRD)

    refused(ledger, case)
    refused(ledger, case, by=OTHER)


def test_a_closing_stays_below_the_finish_of_another(ledger, case):
    """What the closing has written, the finish has not: it hangs on it all the same."""
    closing = Closing(on=MONDAY, told_on=MONDAY)
    case_clock.close(ledger, case.id, closing, ClosingWay.WITHDRAWN, by=BY)
    case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=TUESDAY, by=OTHER)

    refused(ledger, case)


def test_a_case_stays_that_another_works_on(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=OTHER)

    refused(ledger, case)


def test_when_the_other_has_taken_his_own_step_back_so_can_the_desk(ledger, case):
    before = ledger.case(case.id)
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    case_clock.note_contact(ledger, case.id, called(MONDAY), by=OTHER)

    ledger.undo(by=OTHER)
    ledger.undo(by=BY)

    assert ledger.case(case.id) == before


def test_what_only_stands_written_hinders_no_step_and_no_step_it(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    cases.amend(ledger, case.id, by=OTHER, external_number="12345-1")
    assert ledger.undo(by=BY) == f"案件 {case.number}：进程、联系、方案、暂停、延期、办结"
    assert ledger.case(case.id) == replace(case, external_number="12345-1")

    cases.amend(ledger, case.id, by=BY, external_number="12345-2", notes="已核对")
    cases.amend(ledger, case.id, by=OTHER, external_number="12345-3")
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=OTHER)
    worked_on = ledger.case(case.id)
    assert worked_on.course is Course.CONTACTED
    assert ledger.undo(by=BY) == f"案件 {case.number}：备注"
    assert ledger.case(case.id) == replace(worked_on, notes="")


def test_a_merging_is_taken_back_on_both_sides_or_on_none(ledger, case):
    asked = ledger.add_question(a_question(), by=OTHER)
    duplicate = cases.open_case(ledger, [asked.id], by=OTHER)
    case_merging.merge(ledger, duplicate.id, into=case.id, by=BY)
    gone = ledger.case(duplicate.id)
    case_clock.note_contact(ledger, case.id, called(TUESDAY), by=OTHER)

    refused(ledger, case)
    assert ledger.case(duplicate.id) == gone


def test_an_assignment_is_taken_back_while_the_other_notes_contacts(ledger, case):
    assign.assign(ledger, case.id, owner="丁", route=Route.CADRE, by=BY)
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=OTHER)
    worked_on = ledger.case(case.id)

    ledger.undo(by=BY)

    assert ledger.case(case.id) == replace(worked_on, owner="", route=None)
