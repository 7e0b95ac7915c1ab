"""An open page follows what another program writes into the ledger, whichever page it is."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import Action, ActionKind, NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.statistics.closings import Opening
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import ManyLines, OneLine
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.workflows import case_course

PATIENCE = 30_000
OTHER = "另一席"


def write_elsewhere(workspace):
    """Write, on another connection, what every page shows something of."""
    today = studio_now().date()
    with Ledger.open(workspace.ledger) as ledger:
        new = NewQuestion(episode=None, category=Category.PENDING, point="要点", at=studio_now())
        question = ledger.add_question(new, by=OTHER)
        case = ledger.add_case(NewCase(received=today, questions=(question.id,)), by=OTHER)
        passed = Action(on=today, kind=ActionKind.PASSED_ON, words="人社局，已告知职工")
        case_course.take_action(ledger, case.id, passed, by=OTHER)
        ledger.keep(Staff(name="律师甲", kind=StaffKind.LAWYER), by=OTHER)
        ledger.keep(Opening(figure="questions", value=7, as_of=date(2026, 1, 1)), by=OTHER)


LEDGER = {
    SavedView.DUE: lambda window: window.ledger._due.table,
    SavedView.ALL: lambda window: window.ledger._table,
    SavedView.CASES: lambda window: window.ledger.cases.table,
    SavedView.REGISTER: lambda window: window.ledger.registers.table,
}


@pytest.mark.parametrize("view", LEDGER)
def test_an_open_view_of_the_ledger_shows_what_another_program_has_written(
    qtbot, window, desk, workspace, view
):
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(view)
    table = LEDGER[view](window)
    desk.office.look()

    write_elsewhere(workspace)
    desk.office.look()

    qtbot.waitUntil(lambda: table.isVisible() and table.model().rowCount() > 0, timeout=PATIENCE)


STATISTICS = {
    "figures": lambda desk: desk.statistics.figures["questions"].numbers[0] == 1,
    "daily": lambda desk: desk.daily.sheet.rows[0].numbers["questions"] == 1,
    "monthly": lambda desk: desk.monthly.sheet.counted["questions"].numbers[-1] == 7,
    "bases": lambda desk: "7" in [row.value for row in desk.bases.bases.openings],
}


@pytest.mark.parametrize("leaf", STATISTICS)
def test_an_open_leaf_of_the_statistics_counts_what_another_program_has_written(
    qtbot, window, desk, workspace, leaf
):
    read = [desk.statistics.counted, desk.daily.shown, desk.monthly.shown, desk.bases.changed]
    with qtbot.waitSignals(read, timeout=PATIENCE):
        window.open_page(Verb.STATISTICS)
    window.statistics.leaves.setCurrentWidget(getattr(window.statistics, leaf))
    assert not STATISTICS[leaf](desk)

    write_elsewhere(workspace)
    desk.office.look()

    qtbot.waitUntil(lambda: STATISTICS[leaf](desk), timeout=PATIENCE)


def test_an_open_register_of_the_settings_follows_too(qtbot, window, desk, workspace):
    window.open_page(Verb.SETTINGS)
    with qtbot.waitSignal(desk.staff.rows_changed, timeout=PATIENCE):
        window.settings.open_leaf(1)

    write_elsewhere(workspace)
    desk.office.look()

    qtbot.waitUntil(lambda: len(desk.staff.rows) == 1, timeout=PATIENCE)


def test_what_is_being_typed_stays_where_another_program_writes(
    qtbot, question, window, desk, workspace
):
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)
    table = window.ledger._table
    qtbot.waitUntil(lambda: table.model().rowCount() == 1, timeout=PATIENCE)
    table.select_first()
    table.setFocus()
    qtbot.waitUntil(lambda: desk.ledger.chosen == question.id, timeout=PATIENCE)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    fields = (OneLine, ManyLines)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), fields), timeout=PATIENCE)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "half a ")

    write_elsewhere(workspace)
    desk.office.look()
    qtbot.waitUntil(lambda: table.model().rowCount() == 2, timeout=PATIENCE)
    settled = []
    desk.office.ask(lambda _ledger: True, owner=desk, then=settled.append)
    qtbot.waitUntil(lambda: bool(settled), timeout=PATIENCE)

    assert QApplication.focusWidget() is field
    assert "half a " in field.text()


def test_the_open_archive_lists_a_recording_that_another_program_has_filed(
    qtbot, window, desk, workspace, episode
):
    with qtbot.waitSignal(desk.archive.takes_changed, timeout=PATIENCE):
        window.open_page(Verb.ARCHIVE)

    with qtbot.waitSignal(desk.archive.takes_changed, timeout=PATIENCE) as listed:
        with Ledger.open(workspace.ledger) as ledger:
            ledger.add_take("episodes/第190期/take-095000", episode.number, studio_now())
        desk.office.look()

    assert [row.name for row in listed.args[0]] == ["episodes/第190期/take-095000"]


def test_the_ledger_is_looked_at_without_being_asked(qtbot, desk, workspace):
    with qtbot.waitSignal(desk.office.rows_changed, timeout=PATIENCE):
        write_elsewhere(workspace)


def test_what_the_window_itself_writes_and_reads_is_no_news(qtbot, desk, ask):
    new = NewQuestion(episode=None, category=Category.PENDING, point="要点", at=studio_now())
    told = []
    desk.office.rows_changed.connect(lambda: told.append(True))

    ask(lambda ledger: ledger.add_question(new, by=OTHER))
    desk.office.look()

    ask(lambda _ledger: True)
    assert told == []


def test_however_often_it_is_written_meanwhile_it_is_counted_once_more(qtbot, desk):
    statistics, reckoned, free = desk.statistics, [], threading.Event()
    statistics.reckoned.connect(lambda: reckoned.append(True))
    desk.office.jobs.run(Lane.FILES, free.wait, owner=desk)
    statistics.watch(True)

    for _ in range(5):
        statistics.refresh()
    free.set()

    qtbot.waitUntil(lambda: len(reckoned) == 2, timeout=PATIENCE)
    qtbot.wait(2 * statistics._quiet.interval())
    assert len(reckoned) == 2
