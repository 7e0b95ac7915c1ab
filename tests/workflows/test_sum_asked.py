"""A mediated claim is asked for its sum, or for the word that none is owed, until it is there."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.casework.cases import Case, NewCase, Party, Satisfaction
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.due import Stage
from hotline_desk.errors import CourseRefused
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock, case_course, case_money
from hotline_desk.workflows.due import brought_on, due_on
from hotline_desk.workflows.workspace import prepare

BY = "值班员"
MONDAY = date(2026, 11, 2)
CLOSED, ASKED, LAST = (MONDAY + timedelta(days=count) for count in (3, 7, 10))
"""办结 on a Thursday: asked for from the next Monday on, by the Thursday after."""
CLAIMED = {"claimed_fen": 3_300_000, "people": 11}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return prepare(Workspace(tmp_path_factory.mktemp("office") / "工会法律在线"))


@pytest.fixture
def ledger(office):
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as opened:
        yield opened


def closed(ledger, *, way=ClosingWay.MEDIATED, course=Course.MEDIATED, **given):
    """A case that is 办结, whose worker has been called back."""
    new = NewCase(received=MONDAY, owner="干部甲", **CLAIMED)
    case = ledger.save_case(replace(ledger.add_case(new, by=BY), course=course), by=BY)
    case_clock.close(ledger, case.id, Closing(on=CLOSED, told_on=CLOSED), way, by=BY)
    said = case_course.call_back(ledger, case.id, Satisfaction.SATISFIED, on=CLOSED, by=BY)
    return ledger.save_case(replace(said, **given), by=BY)


def due_rows(ledger, office, on):
    """What is said of the money; a case told of by nothing else is followed on without it."""
    rows = due_on(ledger, office, on)
    return [(row.stage, row.left) for row in rows if row.stage in {Stage.SUM, Stage.FULFIL}]


def agree(ledger, case, fen):
    promise = Promise(agreed_fen=fen, agreed_on=CLOSED)
    return case_money.promise(ledger, case.id, promise, basis="", by=BY)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"way": ClosingWay.BEFORE_CASE, "course": Course.PLANNED},
        {"claimed_fen": None, "parties": (Party(name="董小红", claimed_fen=300_000),)},
    ],
)
def test_it_is_asked_for_it_is_closed_and_every_day_until_it_is_there(ledger, office, given):
    case = closed(ledger, **given)

    assert due_rows(ledger, office, CLOSED) == []
    assert due_rows(ledger, office, ASKED) == [(Stage.SUM, 3)]
    assert due_rows(ledger, office, LAST + timedelta(days=4)) == [(Stage.SUM, -2)]

    agree(ledger, case, 3_300_000)

    assert due_rows(ledger, office, ASKED) == [(Stage.FULFIL, 3)]


def test_the_word_that_none_is_owed_ends_the_asking_and_lets_it_be_finished(ledger, office):
    case = closed(ledger)
    with pytest.raises(CourseRefused, match="还没有写协议金额"):
        case_course.finish(ledger, case.id, Finish.FULFILLED, on=LAST, by=BY)

    agree(ledger, case, 0)

    assert due_rows(ledger, office, LAST) == []
    ended = case_course.finish(ledger, case.id, Finish.FULFILLED, on=LAST, by=BY)
    assert ended.finish is Finish.FULFILLED


@pytest.mark.parametrize(
    "given",
    [
        {"claimed_fen": None},
        {"course": Course.NOT_MEDIATED, "way": ClosingWay.NOT_MEDIATED},
        {"course": Course.ARBITRATION, "way": ClosingWay.LAWYER},
        {"way": ClosingWay.WITHDRAWN, "course": Course.CONTACTED},
        {"promise": Promise(received_fen=3_300_000)},
    ],
)
def test_what_claims_nothing_came_to_no_agreement_or_has_its_money_is_not_asked(
    ledger, office, given
):
    closed(ledger, **given)

    assert due_rows(ledger, office, LAST) == []


def test_giving_up_or_withdrawing_asks_for_no_sum(ledger):
    case = closed(ledger)

    ended = case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=LAST, by=BY)

    assert not ended.course.is_open


def test_old_cases_brought_along_say_it_quietly(office, ledger):
    """They stand apart as before, without a limit, each once."""
    day = date(2024, 3, 6)
    old = Case(
        id=0, number="", received=day, course=Course.MEDIATED, closing=ClosingWay.MEDIATED,
        events=ClockEvents(received=day, closing=Closing(on=day, told_on=day)),
        satisfaction=Satisfaction.SATISFIED, called_back_on=day, **CLAIMED,
    )  # fmt: skip
    brought = ledger.file_case(old, by=BY)

    rows = brought_on(ledger, office, LAST)

    assert due_on(ledger, office, LAST) == []
    assert [(row.case.id, row.stage) for row in rows] == [(brought, Stage.FOLLOW)]
    assert rows[0].words == "调解成功，还没有写协议金额"
