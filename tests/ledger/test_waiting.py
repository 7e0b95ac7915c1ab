"""What still waits for somebody: own records for ever, those another ledger had apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Case, NewCase, Satisfaction
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, Question
from tests.ledger.records import AT, a_question

BY = "台账管理员"
OLD = date(2024, 3, 6)
LATER = OLD + timedelta(days=9)
EVER = (date.min, date(2099, 1, 1))


def brought_question(number="", **given):
    at = AT.replace(year=OLD.year, month=OLD.month, day=OLD.day)
    fields = {"id": 0, "number": number, "caller": Caller(), "episode": None, "at": at}
    return Question(**fields | {"category": Category.WAGES, "kind": Kind.REQUEST} | given)


def brought_case(number="", **given):
    fields = {"id": 0, "number": number, "received": OLD, "course": Course.FINISHED}
    events = ClockEvents(received=OLD)
    return Case(**fields | {"events": events, "finished_on": LATER} | given)


def finished(ledger, **given):
    case = ledger.add_case(NewCase(received=OLD), by=BY)
    ended = {"course": Course.FINISHED, "finished_on": LATER}
    return ledger.save_case(replace(case, **ended | given), by=BY)


def test_a_finished_case_waits_until_its_worker_was_heard_and_is_content(ledger):
    waiting = [
        finished(ledger),
        finished(ledger, satisfaction=Satisfaction.UNREACHED, called_back_on=LATER),
        finished(ledger, satisfaction=Satisfaction.DISSATISFIED, called_back_on=LATER),
    ]
    finished(ledger, satisfaction=Satisfaction.SATISFIED, called_back_on=LATER)
    finished(ledger, satisfaction=Satisfaction.NO_ANSWER, called_back_on=LATER)
    finished(ledger, closing=ClosingWay.UNREACHABLE)
    finished(ledger, merged_into=waiting[0].id)
    ledger.add_case(NewCase(received=OLD), by=BY)

    assert ledger.unheard_cases(*EVER) == waiting
    assert ledger.unheard_cases(LATER, LATER) == waiting
    assert ledger.unheard_cases(*EVER, limit=2) == waiting[1:]
    assert ledger.unheard_cases(LATER + timedelta(days=1), EVER[1]) == []


@pytest.mark.parametrize("numbers", [("", ""), ("GHFL-2024-M03-005", "AJ-2024-0005")])
def test_what_another_ledger_had_is_told_apart_with_and_without_a_number(ledger, numbers):
    question = ledger.file_question(brought_question(numbers[0]), by=BY)
    case = ledger.file_case(brought_case(numbers[1]), by=BY)
    own = ledger.add_question(
        a_question(episode=None, category=Category.WAGES, kind=Kind.REQUEST), by=BY
    )
    own_case = finished(ledger)

    assert [each.id for each in ledger.waiting_questions(*EVER, brought=True)] == [question]
    assert [each.id for each in ledger.unheard_cases(*EVER, brought=True)] == [case]
    assert ledger.waiting_questions(*EVER, brought=False) == [own]
    assert ledger.unheard_cases(*EVER, brought=False) == [own_case]
    assert len(ledger.waiting_questions(*EVER)) == len(ledger.unheard_cases(*EVER)) == 2
    assert ledger.count_waiting(*EVER) == ledger.count_unheard(*EVER) == 2
    assert ledger.count_waiting(OLD, OLD, brought=True) == 1
    assert ledger.count_unheard(LATER, LATER, brought=True) == 1
    assert ledger.count_waiting(OLD, OLD, brought=False) == 0


def test_what_the_office_itself_did_for_a_case_it_brought_along_is_its_own(ledger):
    case_id = ledger.file_case(brought_case(), by=BY)
    said = {"satisfaction": Satisfaction.DISSATISFIED, "called_back_on": EVER[1]}

    case = ledger.save_case(replace(ledger.case(case_id), **said), by=BY)

    assert ledger.unheard_cases(*EVER, brought=False) == [case]
    assert ledger.unheard_cases(*EVER, brought=True) == []


def test_a_case_is_in_hand_until_there_are_result_and_reply(ledger):
    running, closed, untold, ended = (
        ledger.add_case(NewCase(received=OLD, owner=owner), by=BY)
        for owner in ("干部甲", "干部甲", "律师乙", "律师乙")
    )
    ledger.add_case(NewCase(received=OLD), by=BY)
    for case, told_on in ((closed, LATER), (untold, None)):
        events = ClockEvents(received=OLD, closing=Closing(on=LATER, told_on=told_on))
        ledger.save_case(replace(case, events=events), by=BY)
    ledger.save_case(replace(ended, course=Course.FINISHED, finished_on=LATER), by=BY)

    everyone = {each.id for each in ledger.cases() if each.is_in_hand}
    assert ledger.count_in_hand() == {"干部甲": 1, "律师乙": 1, "": 1}
    assert {running.id, untold.id} < everyone
    assert not everyone & {closed.id, ended.id}


def test_open_cases_are_the_offices_own_unless_they_came_closed_long_ago(ledger):
    closing = Closing(on=LATER, told_on=LATER)
    open_ = {"course": Course.TO_CONTACT, "finished_on": None}
    closed = {"events": ClockEvents(received=OLD, closing=closing)} | open_
    came = ledger.file_case(brought_case(**closed), by=BY)
    running = ledger.file_case(brought_case(**open_), by=BY)
    own = ledger.save_case(replace(ledger.add_case(NewCase(received=OLD), by=BY), **closed), by=BY)

    assert [each.id for each in ledger.open_cases(OLD, brought=True)] == [came]
    assert [each.id for each in ledger.open_cases(OLD, brought=False)] == [running, own.id]
    assert [each.id for each in ledger.open_cases(OLD)] == [came, running, own.id]
    assert [each.id for each in ledger.open_cases(OLD, limit=1)] == [own.id]
    assert ledger.open_cases(OLD - timedelta(days=1)) == []
    assert ledger.count_open(OLD) == 3
    assert ledger.count_open(OLD, brought=True) == 1
