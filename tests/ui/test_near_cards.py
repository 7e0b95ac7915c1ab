"""A card that is near is told once, in the working day before it, and never over a recording."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.near_cards import NearCards, words
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows import case_clock as deeds
from hotline_desk.workflows import recording

PATIENCE = 60_000
BY = "值班员"
MONDAY = date(2026, 11, 23)
"""Step 1 of what came in then has its 黄牌 on Tuesday, step 2 (three days) on Wednesday."""


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


def at(day, hour=9, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STUDIO_ZONE)


@pytest.fixture
def case(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        new = NewCase(received=MONDAY, matter="拖欠工资", employer="某物业公司", owner="干部甲")
        return ledger.add_case(new, by=BY)


@pytest.fixture
def clock():
    return Clock(at(MONDAY))


@pytest.fixture
def near(case, desk, clock):
    made = NearCards(desk.office, desk.recording, desk, clock=clock)
    made.told = []
    made.near.connect(made.told.append)
    return made


def settle(qtbot, desk):
    """Wait until all that was asked of the ledger is answered."""
    got = []
    desk.office.ask(lambda ledger: got.append(1), owner=desk, then=lambda _: got.append(2))
    qtbot.waitUntil(lambda: len(got) == 2, timeout=PATIENCE)


def stages(told):
    return [[row.stage.name for row in rows] for rows in told]


def test_a_card_is_told_on_the_day_before_it_and_once(qtbot, desk, near, clock):
    near.begin()
    settle(qtbot, desk)
    assert stages(near.told) == [["CONTACT"]]

    clock.at = at(MONDAY, 15)
    desk.office.rows_changed.emit()
    near.tick()
    settle(qtbot, desk)

    assert stages(near.told) == [["CONTACT"]]


def test_a_card_that_is_there_is_told_no_more(qtbot, desk, near, clock):
    clock.at = at(MONDAY + timedelta(days=2))

    near.begin()
    settle(qtbot, desk)

    assert near.told == []


def test_the_red_card_is_told_while_it_is_still_yellow_and_once(qtbot, desk, near, clock):
    near.begin()
    settle(qtbot, desk)
    clock.at = at(MONDAY + timedelta(days=1))
    for _ in range(2):
        near.tick()
        settle(qtbot, desk)
        near._looked_on = None

    cards = [[row.card for row in rows] for rows in near.told]
    assert cards == [[Card.YELLOW], [Card.RED, Card.YELLOW]]
    assert stages(near.told) == [["CONTACT"], ["CONTACT", "PLAN"]]
    assert words(near.told[1])[0] == "下一个工作日起：红牌 1 件，黄牌 1 件"


def test_nothing_is_told_before_the_working_day_begins(qtbot, desk, near, clock):
    clock.at = at(MONDAY, 0, 30)
    near.begin()
    settle(qtbot, desk)
    assert near.told == []

    clock.at = at(MONDAY, 8, 30)
    near.tick()
    settle(qtbot, desk)

    assert stages(near.told) == [["CONTACT"]]


def test_the_next_step_is_told_on_its_own_day(qtbot, desk, near, clock, case):
    def contact(ledger):
        spoken = Contact(at=at(MONDAY, 10), way=Way.CALL, reached=True, facts=ALL_FACTS)
        return deeds.note_contact(ledger, case.id, spoken, by=BY)

    clock.at = at(MONDAY, 11)
    desk.office.ask(contact, owner=desk)
    near.begin()
    settle(qtbot, desk)
    assert near.told == []  # three working days: its 黄牌 begins on Wednesday

    clock.at = at(MONDAY + timedelta(days=1))
    near.tick()
    settle(qtbot, desk)

    assert stages(near.told) == [["PLAN"]]


def test_a_case_that_comes_in_while_the_desk_is_open_is_told(qtbot, desk, near, clock):
    near.begin()
    settle(qtbot, desk)
    late = NewCase(received=MONDAY, matter="没有签合同")
    desk.office.ask(lambda ledger: ledger.add_case(late, by=BY), owner=desk)

    with qtbot.waitSignal(near.near, timeout=PATIENCE):
        desk.office.rows_changed.emit()

    assert [row.case.matter for row in near.told[-1]] == ["没有签合同"]


def test_a_window_that_is_opened_again_does_not_repeat_itself(qtbot, desk, near, clock):
    near.begin()
    settle(qtbot, desk)

    again = NearCards(desk.office, desk.recording, desk, clock=clock)
    repeated = []
    again.near.connect(repeated.append)
    again.begin()
    settle(qtbot, desk)

    assert repeated == []


def test_what_was_told_of_old_clocks_is_forgotten(qtbot, desk, near, clock):
    near._told.setValue("cards-told/AJ-2025-0001-PLAN", "2025-03-01")
    near._told.setValue("cards-told/AJ-2026-0100-PLAN", "2026-11-20")

    near.begin()
    settle(qtbot, desk)

    assert sorted(near._told.allKeys()) == [
        "cards-told/AJ-2026-0001-CONTACT-YELLOW", "cards-told/AJ-2026-0100-PLAN",
    ]  # fmt: skip


def test_nothing_is_told_over_a_recording_and_it_is_told_after_it(
    qtbot, desk, near, clock, record, quiet_lines
):
    take = record(desk, quiet_lines)
    near.begin()
    settle(qtbot, desk)
    assert near.told == []

    recording.stop(take)
    qtbot.waitUntil(lambda: not desk.recording.recording, timeout=PATIENCE)
    near.tick()
    settle(qtbot, desk)

    assert stages(near.told) == [["CONTACT"]]


def test_a_notification_names_no_employer_and_no_matter(qtbot, desk, near):
    near.begin()
    settle(qtbot, desk)

    title, text = words(near.told[0])

    assert title == "下一个工作日起：黄牌 1 件"
    assert "AJ-2026-0001 联系" in text
    assert "某物业公司" not in text
    assert "拖欠工资" not in text


def test_where_there_is_no_tray_the_message_bar_says_it_and_opens_the_item(
    qtbot, case, window, clock
):
    near = NearCards(window.desk.office, window.desk.recording, window.desk, clock=clock)
    near.near.connect(window._tray.tell)
    near.begin()
    qtbot.waitUntil(lambda: "下一个工作日起：黄牌 1 件" in window.messages.text, timeout=PATIENCE)

    qtbot.mouseClick(window.messages._open, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: window.desk.case.case == case, timeout=PATIENCE)
    qtbot.waitUntil(
        lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "note",
        timeout=PATIENCE,
    )
    assert window.page is Verb.LEDGER
    assert window.messages.text == ""
