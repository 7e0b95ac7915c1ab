"""A card is told of on the working day before it and never once it is there."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hotline_desk.domain.cases import NewCase
from hotline_desk.domain.clock_events import Pause, PauseReason
from hotline_desk.domain.deadlines import Card
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import case_clock
from hotline_desk.workflows.due import due_on
from hotline_desk.workflows.limits import read_calendar
from hotline_desk.workflows.warn import near_cards
from hotline_desk.workflows.workspace import prepare

BY = "值班员"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return prepare(Workspace(tmp_path_factory.mktemp("office") / "工会法律在线"))


@settings(max_examples=25, deadline=None)
@given(received=some.dates(date(2026, 1, 5), date(2026, 11, 30)))
def test_whatever_the_day_it_is_told_before_its_card_and_not_after(office, received):
    """Cards come by 今日待办's own reading; around the spring festival too."""
    calendar = read_calendar(office)
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as ledger:
        ledger.add_case(NewCase(received=received), by=BY)
        days = [received + timedelta(days=n) for n in range(15)]
        told = [day for day in days if near_cards(ledger, office, day)]
        carded = next(day for day in days if due_on(ledger, office, day)[0].card is not Card.NONE)

    assert told
    assert all(day < carded for day in told)
    assert {calendar.nth(day, 1) for day in told} == {calendar.nth(carded - timedelta(days=1), 1)}


def test_while_the_clock_stands_nothing_is_near(office):
    monday = date(2026, 11, 23)
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as ledger:
        case = ledger.add_case(NewCase(received=monday), by=BY)
        assert near_cards(ledger, office, monday)

        stop = Pause(first=monday, reason=PauseReason.PAPERS, expected=monday + timedelta(days=20))
        case_clock.pause(ledger, case.id, stop, by=BY)

        assert near_cards(ledger, office, monday) == []
