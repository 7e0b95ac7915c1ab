"""A page that is opened by its key takes the focus to where one goes on, once that is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.keys import PAGES, Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from tests.ui.conftest import BY, PATIENCE

CONTROL_ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def filled(qtbot, window, desk):
    """The window on a ledger with a question and a case that is due."""

    def fill(ledger):
        now = studio_now()
        new = NewQuestion(episode=None, point="欠薪", at=now)
        question = ledger.add_question(new, by=BY)
        ledger.add_case(NewCase(received=now.date(), questions=(question.id,)), by=BY)

    done = []
    desk.office.ask(fill, owner=desk, then=lambda _: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
    return window


def press(qtbot, window, page):
    digit = Qt.Key(Qt.Key.Key_1 + PAGES.index(page))
    qtbot.keyClick(QApplication.focusWidget() or window, digit, Qt.KeyboardModifier.ControlModifier)


def rows_have_it(window):
    return window.ledger._list.rows.hasFocus()


@pytest.mark.parametrize("before", [Verb.LIVE, Verb.STATISTICS])
def test_what_is_due_has_it_as_soon_as_it_is_read(qtbot, filled, desk, before):
    press(qtbot, filled, before)

    press(qtbot, filled, Verb.LEDGER)

    rows = filled.ledger._due.table
    qtbot.waitUntil(rows.hasFocus, timeout=PATIENCE)
    assert desk.ledger.view is SavedView.DUE


@pytest.mark.parametrize("view", [SavedView.ALL, SavedView.DUE, SavedView.CASES])
def test_whatever_rows_are_shown_have_it(qtbot, filled, desk, view):
    press(qtbot, filled, Verb.LEDGER)
    filled.ledger.choose_view(view)
    press(qtbot, filled, Verb.ARCHIVE)

    press(qtbot, filled, Verb.LEDGER)

    qtbot.waitUntil(lambda: rows_have_it(filled), timeout=PATIENCE)
    assert desk.ledger.view is view


@pytest.mark.parametrize("before", [Verb.LIVE, Verb.LEDGER])
def test_the_figures_have_it(qtbot, filled, before):
    press(qtbot, filled, before)

    press(qtbot, filled, Verb.STATISTICS)

    qtbot.waitUntil(filled.statistics.figures.table.hasFocus, timeout=PATIENCE)


def test_a_page_that_has_it_keeps_it_where_it_is(qtbot, filled):
    press(qtbot, filled, Verb.LEDGER)
    qtbot.waitUntil(lambda: rows_have_it(filled), timeout=PATIENCE)
    field = filled.ledger.findChild(QLineEdit)
    field.setFocus()

    press(qtbot, filled, Verb.LEDGER)

    assert field.hasFocus()


@pytest.mark.parametrize("page", PAGES)
def test_what_has_it_can_be_seen(qtbot, filled, page):
    press(qtbot, filled, Verb.STATISTICS)

    press(qtbot, filled, page)

    assert QApplication.focusWidget().isVisible()


@pytest.mark.parametrize("close", [CONTROL_ENTER, (Qt.Key.Key_Escape,)])
def test_an_episode_that_is_written_down_leads_back_to_the_field_being_written(
    qtbot, filled, close
):
    qtbot.keyClick(filled, Qt.Key.Key_F2)
    field = filled.findChild(QLineEdit, "caller_name")
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    qtbot.keyClicks(field, "Dong")

    qtbot.keyClick(field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    topic = filled.findChild(QLineEdit, "episode_topic")
    assert topic.hasFocus()
    qtbot.keyClick(topic, *close)

    assert field.hasFocus()
    assert field.text() == "Dong"


@pytest.mark.parametrize("close", [CONTROL_ENTER, (Qt.Key.Key_Escape,)])
def test_an_episode_that_is_written_down_leaves_no_button_to_be_pressed(qtbot, filled, close):
    assert filled.live._left.editing
    number = filled.findChild(QLineEdit, "episode_number")
    number.setText("191")
    qtbot.keyClick(number, *close)
    assert not filled.live._left.editing

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    assert not filled.live._left.editing
    assert not isinstance(QApplication.focusWidget(), QAbstractButton)


@pytest.mark.parametrize("page", [Verb.LIVE, Verb.LEDGER])
def test_a_paper_that_is_closed_leads_back_to_the_field_being_written(qtbot, filled, page):
    press(qtbot, filled, page)
    if page is Verb.LIVE:
        qtbot.keyClick(filled, Qt.Key.Key_F2)
        field = filled.findChild(QLineEdit, "caller_name")
    else:
        field = filled.ledger.findChild(QLineEdit)
        field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)

    qtbot.keyClick(field, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: (
            filled.papers.page is not None
            and filled.papers.page.isAncestorOf(QApplication.focusWidget())
        ),
        timeout=PATIENCE,
    )
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    assert filled.page is page


@pytest.mark.parametrize("over", ["_ask", "_card"])
def test_escape_over_a_paper_answers_what_stands_over_it(qtbot, filled, over):
    press(qtbot, filled, Verb.LEDGER)
    qtbot.waitUntil(lambda: rows_have_it(filled), timeout=PATIENCE)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    papers = filled.papers
    qtbot.waitUntil(
        lambda: papers.page is not None and papers.page.isAncestorOf(QApplication.focusWidget()),
        timeout=PATIENCE,
    )
    asked = getattr(filled, over)
    if over == "_ask":
        asked.ask("正在录音，停止吗", yes="停止录音", no="接着录")
    else:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    qtbot.waitUntil(asked.isVisible, timeout=PATIENCE)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    qtbot.waitUntil(asked.isHidden, timeout=PATIENCE)
    assert papers.page.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(papers.page.isHidden, timeout=PATIENCE)
