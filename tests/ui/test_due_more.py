"""今日待办 of an office with more to do than is listed at once: the rest is one key away."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, NewQuestion, Question
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.due_list import DueList, DueParts
from hotline_desk.ui.cases.due_rows import Heading
from hotline_desk.ui.cases.due_view_model import DueViewModel, Only
from hotline_desk.ui.kit import tokens

PATIENCE = 30_000
BY = "值班员"
AT_ONCE, QUESTIONS, CASES, BROUGHT = 2, 7, 3, 3


@pytest.fixture
def waiting(workspace):
    """Questions of many days that nobody has cared for, cases nobody was called back about."""
    now = studio_now()
    with Ledger.open(workspace.ledger) as ledger, ledger.together():
        for days in range(QUESTIONS):
            at = now - timedelta(days=days)
            new = NewQuestion(episode=None, category=Category.PENDING, point=f"要点{days}", at=at)
            ledger.add_question(new, by=BY)
        for days in range(CASES):
            on = now.date() - timedelta(days=40 + days)
            case = ledger.add_case(NewCase(received=on, matter=f"案由{days}"), by=BY)
            ended = {"course": Course.FINISHED, "finished_on": on, "closing": ClosingWay.LAWYER}
            ledger.save_case(replace(case, **ended), by=BY)
        for n in range(BROUGHT):
            at = datetime(2024, 3, 6 + n, 10, tzinfo=STUDIO_ZONE)
            old = Question(
                id=0, number="", caller=Caller(), episode=None, at=at, kind=Kind.REQUEST,
                category=Category.WAGES, point=f"旧案{n}",
            )  # fmt: skip
            ledger.file_question(old, by=BY)


@pytest.fixture
def model(qtbot, waiting, desk):
    return DueViewModel(desk.office, desk, most=AT_ONCE)


@pytest.fixture
def due(qtbot, model, appearance):
    """The list, with the newest on it."""
    made = DueList(model, appearance)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    with qtbot.waitSignal(model.rows_changed, timeout=PATIENCE):
        model.watch(True)
    yield made
    model.watch(False)


def matters(due):
    return {row.matter for row in due._rows.records if not isinstance(row, Heading)}


def at_the_end(due):
    """Go to the last line, as the key End does, and return what it says."""
    table = due.table
    table.setFocus()
    table.selectionModel().setCurrentIndex(
        table.model().index(table.model().rowCount() - 1, 0),
        table.selectionModel().SelectionFlag.ClearAndSelect,
    )
    return table.currentIndex().data()


def test_the_last_line_says_how_many_are_not_listed_and_enter_lists_them_all(qtbot, due, model):
    every = {f"要点{n}" for n in range(QUESTIONS)} | {f"案由{n}" for n in range(CASES)}
    listed = []

    while model.unlisted:
        listed.append((len(matters(due)), model.unlisted))
        assert f"还有更早的 {model.unlisted} 项" in at_the_end(due)
        with qtbot.waitSignal(model.rows_changed, timeout=PATIENCE):
            qtbot.keyClick(due.table, Qt.Key.Key_Return)

    assert listed == [(4, 6), (7, 3)]
    assert matters(due) == every
    assert model.says.startswith("10 项")


def test_what_was_listed_last_is_at_hand_then(qtbot, due, model):
    before = matters(due)
    at_the_end(due)

    with qtbot.waitSignal(model.rows_changed, timeout=PATIENCE):
        qtbot.keyClick(due.table, Qt.Key.Key_Return)

    assert due.current() is not None
    assert due.current().matter not in before


def test_what_was_brought_along_is_listed_to_its_end_too(qtbot, due, model):
    parts = DueParts(model)
    qtbot.addWidget(parts)
    with qtbot.waitSignal(model.rows_changed, timeout=PATIENCE):
        parts._buttons[Only.BROUGHT].click()
    assert matters(due) == {"旧案1", "旧案2"}
    assert "还有更早的 1 项" in at_the_end(due)

    with qtbot.waitSignal(model.rows_changed, timeout=PATIENCE):
        qtbot.keyClick(due.table, Qt.Key.Key_Return)

    assert matters(due) == {"旧案0", "旧案1", "旧案2"}
    assert model.unlisted == 0


def test_where_no_listed_row_fits_the_line_to_the_others_stays(due, model):
    model.filter("没有这样的")

    assert due.table.isVisible()
    assert "还有更早的 6 项" in at_the_end(due)
    assert due.current() is None


def test_initials_find_what_is_listed(due, model):
    model.filter("YD")

    assert matters(due) == {"要点0", "要点1"}


def test_what_is_shown_is_looked_for_once_a_change(qtbot, due, model):
    with qtbot.waitSignal(model.rows_changed) as told:
        model.filter("YD")

    assert told.args[0] is model.shown
    assert model.says.startswith("2 / ")
    model.filter("")
    assert model.shown == model.rows


def test_headings_are_low_and_rows_are_not_whatever_is_shown(qtbot, due, model):
    def heights():
        return [due.table.rowHeight(at) < tokens.LIVE_ROW for at, _ in enumerate(due._rows.records)]

    def expected():
        return [isinstance(each, Heading) and not each.opens for each in due._rows.records]

    for words in ("", "案由", "要点1", "", "没有这样的"):
        model.filter(words)
        assert heights() == expected()
    model.filter("")
    with qtbot.waitSignal(model.rows_changed, timeout=PATIENCE):
        model.list_more()
    assert heights() == expected()
    assert 2 <= sum(expected()) < len(expected())


def test_the_rows_keep_the_rules_of_a_model(due):
    QAbstractItemModelTester(due.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
