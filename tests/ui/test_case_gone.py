"""A case of which something was taken back at another desk still opens, or says that it is gone."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtGui import QAction

from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import QuestionInCase
from hotline_desk.ui.cases.case_panel import CasePanel
from hotline_desk.workflows import cases

PATIENCE = 60_000
OTHER = "另一席"


@pytest.fixture
def question(ask, desk):
    """One that this desk filed."""
    new = NewQuestion(
        episode=None, kind=Kind.REQUEST, category=Category.WAGES, point="拖欠工资", at=studio_now()
    )
    return ask(lambda ledger: ledger.add_question(new, by=desk.office.by))


@pytest.fixture
def case(ask, question):
    """Its case, which another desk opened."""
    return ask(lambda ledger: cases.open_case(ledger, [question.id], by=OTHER))


def test_what_a_case_hangs_on_is_not_taken_back_and_the_desk_says_so(
    qtbot, desk, ask, question, case
):
    with qtbot.waitSignal(desk.live.failed, timeout=PATIENCE) as told:
        desk.live.undo()

    assert isinstance(told.args[0], QuestionInCase)
    assert ask(lambda ledger: ledger.question(question.id)).point == "拖欠工资"
    assert ask(lambda ledger: ledger.case(case.id)).questions == (question.id,)


def test_a_case_whose_question_was_taken_back_opens_with_what_is_left(
    qtbot, desk, workspace, question, case
):
    """As versions did that let one take it back."""
    with closing(sqlite3.connect(workspace.ledger)) as db, db:
        db.execute("UPDATE questions SET removed = 1 WHERE id = ?", (question.id,))

    desk.case.show_case(case.id)

    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)
    assert desk.case.case.number == case.number
    assert desk.case.sheet.around.questions == ()
    assert desk.case.deeds


def test_a_row_that_was_taken_back_meanwhile_says_that_it_is_gone(
    qtbot, desk, ask, question, appearance
):
    panel = CasePanel(desk.case, QAction("立案"), appearance)
    qtbot.addWidget(panel)
    ask(lambda ledger: ledger.undo(by=desk.office.by))

    desk.case.show_question(question)

    qtbot.waitUntil(lambda: desk.case.sheet.gone, timeout=PATIENCE)
    assert "已经撤销" in panel._none.text()
