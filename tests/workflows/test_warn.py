"""A card is told of on the working day before it and never once it is there."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.clock_events import Pause, PauseReason
from hotline_desk.domain.casework.deadlines import Card, read_clock
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock
from hotline_desk.workflows.due import due_on
from hotline_desk.workflows.limits import read_calendar
from hotline_desk.workflows.rules import read_rules
from hotline_desk.workflows.warn import near_cards
from hotline_desk.workflows.workspace import prepare
from tests.workflows.casework import called

BY = "值班员"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return prepare(Workspace(tmp_path_factory.mktemp("office") / "工会法律在线"))


def told_and_carded(office, ledger, received):
    """On which days each card of each step is told of, and from which day it is there."""
    rules = read_rules(office)
    days = [received + timedelta(days=n) for n in range(22)]
    told, carded = defaultdict(list), {}
    for day in days:
        for row in near_cards(ledger, office, day):
            told[row.stage, row.card].append(day)
        for case in ledger.cases():
            clock = read_clock(case.events, day, calendar=rules.calendar, limits=rules.limits)
            for step in clock.steps:
                carded.setdefault((Stage(step.step), step.card), day)
        for row in due_on(ledger, office, day):
            carded.setdefault((row.stage, row.card), day)
    return dict(told), {key: day for key, day in carded.items() if key[1] is not Card.NONE}


@settings(max_examples=12, deadline=None)
@given(received=some.dates(date(2026, 1, 5), date(2026, 11, 30)), has_case=some.booleans())
def test_whatever_the_day_each_card_is_told_before_it_and_not_after(office, received, has_case):
    """Nobody does anything: each step of a case has both its cards, around holidays too."""
    calendar = read_calendar(office)
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as ledger:
        if has_case:
            ledger.add_case(NewCase(received=received), by=BY)
        else:
            at = datetime.combine(received, time(10), tzinfo=STUDIO_ZONE)
            new = NewQuestion(episode=None, category=Category.WAGES, kind=Kind.REQUEST, at=at)
            ledger.add_question(new, by=BY)
        told, carded = told_and_carded(office, ledger, received)

    assert set(told) == set(carded)
    assert len(carded) == (6 if has_case else 2)
    for key, days in told.items():
        assert all(day < carded[key] for day in days)
        assert {calendar.nth(day, 1) for day in days} == {carded[key]}


def test_a_step_that_is_done_and_one_behind_a_done_one(office):
    """The worker was spoken with: 联系 is told of no more, 方案 and 办结 are, each once."""
    monday = date(2026, 11, 23)
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as ledger:
        case = ledger.add_case(NewCase(received=monday), by=BY)
        case_clock.note_contact(ledger, case.id, called(monday), by=BY)
        told, carded = told_and_carded(office, ledger, monday)

    assert {stage for stage, _card in told} == {Stage.PLAN, Stage.CLOSE}
    assert set(told) == set(carded)


def test_while_the_clock_stands_nothing_is_near(office):
    monday = date(2026, 11, 23)
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as ledger:
        case = ledger.add_case(NewCase(received=monday), by=BY)
        assert near_cards(ledger, office, monday)

        stop = Pause(first=monday, reason=PauseReason.PAPERS, expected=monday + timedelta(days=20))
        case_clock.pause(ledger, case.id, stop, by=BY)

        assert near_cards(ledger, office, monday) == []
