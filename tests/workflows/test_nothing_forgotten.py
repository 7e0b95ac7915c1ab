"""今日待办 loses nothing with time; years brought along from another ledger stand apart."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hotline_desk import cli
from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Case, NewCase, Satisfaction
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing, Pause, PauseReason
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, NewQuestion, Question
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock, case_course, case_money
from hotline_desk.workflows.due import brought_on, count_on, due_on
from hotline_desk.workflows.workspace import prepare

BY = "台账管理员"
MONDAY = date(2026, 11, 2)
LONG_AFTER = date(2028, 5, 8)
TODAY = date(2026, 11, 23)


@pytest.fixture
def office(tmp_path):
    return prepare(Workspace(tmp_path / "工作区"))


@pytest.fixture
def ledger(office):
    with Ledger.open(office.ledger) as opened:
        yield opened


def closed(ledger, received=MONDAY, way=ClosingWay.MEDIATED, **given):
    """A case that is 办结 three days after it was received."""
    on = received + timedelta(days=3)
    case = ledger.add_case(NewCase(received=received, owner="干部甲"), by=BY)
    ledger.save_case(replace(case, course=Course.MEDIATED), by=BY)
    case = case_clock.close(ledger, case.id, Closing(on=on, told_on=on), way, by=BY)
    return ledger.save_case(replace(case, **given), by=BY)


def stages(ledger, office, on):
    return [(item.number, item.stage) for item in due_on(ledger, office, on)]


def test_a_case_that_took_half_a_year_is_still_called_back_after_it_is_finished(ledger, office):
    case = ledger.add_case(NewCase(received=date(2026, 3, 2), owner="干部甲"), by=BY)
    stop = Pause(first=date(2026, 3, 4), reason=PauseReason.APPRAISAL, expected=date(2026, 11, 1))
    case_clock.pause(ledger, case.id, stop, by=BY)
    case_clock.resume(ledger, case.id, date(2026, 11, 16), by=BY)
    ended = date(2026, 11, 18)
    told = Closing(on=ended, told_on=ended)
    case_clock.close(ledger, case.id, told, ClosingWay.WITHDRAWN, by=BY)
    case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=ended, by=BY)
    assert stages(ledger, office, TODAY) == [(case.number, Stage.CALL_BACK)]

    on = date(2026, 11, 19)
    case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=on, by=BY)

    assert stages(ledger, office, TODAY) == [(case.number, Stage.AGAIN)]
    assert stages(ledger, office, LONG_AFTER) == [(case.number, Stage.AGAIN)]


@pytest.mark.parametrize("kind", [Kind.REQUEST, Kind.COMPLAINT])
def test_what_nobody_opened_a_case_for_waits_for_years(ledger, office, kind):
    at = datetime(2026, 11, 2, 10, tzinfo=STUDIO_ZONE)
    new = NewQuestion(episode=None, category=Category.PENDING, kind=kind, at=at)
    number = ledger.add_question(new, by=BY).number

    assert set(stages(ledger, office, LONG_AFTER)) == {
        (number, Stage.OPEN), (number, Stage.CATEGORY),
    }  # fmt: skip


def test_of_more_than_can_be_listed_the_newest_stand_there(ledger, office):
    numbers = [
        ledger.add_question(
            NewQuestion(
                episode=None,
                category=Category.PENDING,
                kind=Kind.REQUEST,
                at=datetime(2026, 11, day, 10, tzinfo=STUDIO_ZONE),
            ),
            by=BY,
        ).number
        for day in (2, 3)
    ]

    assert {item.number for item in due_on(ledger, office, TODAY, most=1)} == {numbers[1]}
    assert {item.number for item in due_on(ledger, office, TODAY)} == set(numbers)
    assert sum(count_on(ledger, TODAY, brought=False)) == 2


def test_every_open_case_has_a_row_however_long_it_takes(ledger, office):
    content = {"satisfaction": Satisfaction.SATISFIED, "called_back_on": date(2026, 11, 10)}
    paid = closed(ledger, **content)
    case_money.promise(ledger, paid.id, Promise(agreed_fen=100, pay_by=TODAY), basis="协议", by=BY)
    case_money.note_payment(ledger, paid.id, 100, on=date(2026, 11, 9), by=BY)
    closed(ledger, course=Course.ARBITRATION, **content)
    closed(ledger, course=Course.LAWSUIT, way=ClosingWay.LAWYER, **content)
    closed(ledger, **content | {"satisfaction": Satisfaction.UNREACHED})
    stands = ledger.add_case(NewCase(received=MONDAY, owner="干部甲"), by=BY)
    stop = Pause(first=MONDAY, reason=PauseReason.PAPERS, expected=date(2026, 12, 24))
    case_clock.pause(ledger, stands.id, stop, by=BY)
    every = {case.number for case in ledger.cases()}

    for on in (MONDAY, TODAY, date(2027, 5, 11), LONG_AFTER):
        assert {item.number for item in due_on(ledger, office, on)} == every


def test_what_was_received_or_sent_later_is_not_due_yet(ledger, office, capsys):
    case = ledger.add_case(NewCase(received=date(2026, 11, 30)), by=BY)
    letter = Letter(
        kind=LetterKind.OPINION, number="意 1", recipient="某物业公司",
        sent_on=date(2026, 11, 30), answer_by=date(2026, 12, 1),
    )  # fmt: skip
    ledger.keep(letter, by=BY)

    assert cli.run(["due", "--on", "2026-11-27", "--workspace", str(office.root)]) == 0
    assert "没有要办的" in capsys.readouterr().out
    assert {item.number for item in due_on(ledger, office, case.received)} == {case.number, "意 1"}


@pytest.fixture
def brought(ledger):
    """What an office had in another ledger: a finished case nobody heard of, and a request."""
    day, ended = date(2024, 3, 6), date(2024, 3, 12)
    closing = Closing(on=ended, told_on=ended)
    case = Case(
        id=0, number="", received=day, course=Course.FINISHED, finish=Finish.WITHDRAWN,
        finished_on=ended, closing=ClosingWay.WITHDRAWN,
        events=ClockEvents(received=day, closing=closing),
    )  # fmt: skip
    at = datetime(2024, 3, 6, 10, tzinfo=STUDIO_ZONE)
    question = Question(
        id=0, number="GHFL-2024-M03-001", caller=Caller(), episode=None, at=at, kind=Kind.REQUEST,
        category=Category.WAGES,
    )  # fmt: skip
    case_id, question_id = ledger.file_case(case, by=BY), ledger.file_question(question, by=BY)
    return {ledger.case(case_id).number, ledger.question(question_id).number}


def test_years_brought_along_stand_apart_and_are_not_lost(ledger, office, brought):
    assert due_on(ledger, office, TODAY) == []
    assert {item.number for item in brought_on(ledger, office, TODAY)} == brought
    assert count_on(ledger, TODAY, brought=True) == (1, 1, 0)
    assert len(brought_on(ledger, office, TODAY, most=0)) == 0


def test_due_says_how_many_stand_apart_and_lists_them_when_asked(office, brought, capsys):
    def told(*arguments):
        command = ["due", "--on", TODAY.isoformat(), *arguments, "--workspace", str(office.root)]
        assert cli.run(command) == 0
        return capsys.readouterr().out.splitlines()

    assert told()[:1] == ["另有导入的旧案 2 件，用 --imported 列出。"]
    assert [json.loads(line) for line in told("--json")] == [{"imported": 2}]
    listed = [json.loads(line) for line in told("--imported", "--json")]
    assert {each["number"] for each in listed} == brought
