"""A card is counted by one rule: list, 今日待办, figures, Excel and notices all say the same."""

from datetime import date, timedelta

import pytest

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.clock_events import Pause, PauseReason
from hotline_desk.domain.casework.deadlines import Card, read_clock
from hotline_desk.domain.sheets import CASE_HEADINGS, Office, case_row
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.ui.cases.case_list_view_model import _FITS, CaseRow, Which
from hotline_desk.ui.cases.case_words import clock_words
from hotline_desk.workflows import case_clock
from hotline_desk.workflows.due import due_on
from hotline_desk.workflows.rules import read_rules
from hotline_desk.workflows.statistics import reckon
from hotline_desk.workflows.workspace import prepare
from tests.workflows.casework import called

BY = "值班员"
MONDAY = date(2026, 11, 23)
THURSDAY, FRIDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
"""方案 of what came in on Monday has its last day on Thursday, and is late on Friday."""
CARDS = {Card.YELLOW: (Which.YELLOW, "cases.yellow"), Card.RED: (Which.RED, "cases.red")}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return prepare(Workspace(tmp_path_factory.mktemp("office") / "工会法律在线"))


@pytest.fixture
def ledger(office):
    office.ledger.unlink(missing_ok=True)
    with Ledger.open(office.ledger) as opened:
        yield opened


@pytest.mark.parametrize(
    ("paused_on", "card"),
    [
        (None, Card.RED),
        (FRIDAY, Card.RED),
        (FRIDAY + timedelta(days=3), Card.RED),
        (THURSDAY, Card.YELLOW),
        (MONDAY, Card.NONE),
    ],
)
def test_a_pause_takes_no_card_away_and_every_page_counts_it(ledger, office, paused_on, card):
    case = ledger.add_case(NewCase(received=MONDAY, owner="干部甲"), by=BY)
    case_clock.note_contact(ledger, case.id, called(MONDAY), by=BY)
    if paused_on is not None:
        stop = Pause(first=paused_on, reason=PauseReason.APPRAISAL, expected=date(2026, 12, 30))
        case_clock.pause(ledger, case.id, stop, by=BY)
    case, on, rules = ledger.case(case.id), date(2026, 12, 10), read_rules(office)
    clock = read_clock(case.events, on, calendar=rules.calendar, limits=rules.limits)
    row = CaseRow(case=case, clock=clock, on=on)
    numbers = reckon(ledger, office, on=on).numbers(Period.of_day(on))
    sheet = Office(unit="", internal=True, on=on, calendar=rules.calendar, limits=rules.limits)
    excel = dict(zip(CASE_HEADINGS, case_row(1, case, questions=[], office=sheet), strict=True))

    assert row.card is card
    assert excel["牌"] == card.value
    assert [item.card for item in due_on(ledger, office, on)] == [card]
    assert clock_words(clock, case).startswith(card.value)
    for each, (which, figure) in CARDS.items():
        assert _FITS[which](row) is (each is card)
        assert numbers[figure] == (each is card)


def test_what_stands_late_says_in_today_that_it_stands(ledger, office):
    case = ledger.add_case(NewCase(received=MONDAY, owner="干部甲"), by=BY)
    stop = Pause(first=FRIDAY, reason=PauseReason.APPRAISAL, expected=date(2026, 12, 30))
    case_clock.pause(ledger, case.id, stop, by=BY)

    [row] = due_on(ledger, office, date(2026, 12, 10))

    assert row.left == -3
    assert row.words == "暂停计时，等鉴定或认定，预计 12月30日 周三"
