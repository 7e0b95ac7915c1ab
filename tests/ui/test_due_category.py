"""定类别 in 今日待办: Enter lands in 类别, arrows only look, and Enter there files it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import Choice, OneLine
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from tests.ui.conftest import make_window

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000


@pytest.fixture
def page(qtbot, workspace, open_desk, appearance):
    """今日待办 with two questions of no category, the focus on the first."""
    with Ledger.open(workspace.ledger) as ledger:
        for point in ("one", "two"):
            new = NewQuestion(episode=None, category=Category.PENDING, point=point, at=studio_now())
            ledger.add_question(new, by="乙")
    desk = open_desk()
    made = make_window(desk, appearance)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.open_page(Verb.LEDGER)
    made.ledger.choose_view(SavedView.DUE)
    qtbot.waitUntil(lambda: len(desk.due.rows) == 2, timeout=PATIENCE)
    made.ledger.focus_list()
    yield made.ledger
    made.close()
    made.deleteLater()


def categories(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        return sorted(str(question.category) for question in ledger.questions())


def to_category(qtbot, page):
    qtbot.keyClick(page._due.table, Qt.Key.Key_Return)
    field = page._panel.question.widgets["category"]
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    assert isinstance(field, Choice)
    return field


@pytest.mark.parametrize("ends", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_category_is_filed_as_it_is_left_and_the_rows_have_the_focus(
    qtbot, page, workspace, ends
):
    field = to_category(qtbot, page)
    wanted = field.itemText(field.currentIndex() + 4)

    for _ in range(4):
        qtbot.keyClick(field, Qt.Key.Key_Down)
        page._desk.office.rows_changed.emit()  # somebody else writes meanwhile
        qtbot.wait(50)
    assert categories(workspace) == ["待定", "待定"]
    assert field.hasFocus()
    qtbot.keyClick(field, ends)

    qtbot.waitUntil(lambda: categories(workspace) == sorted(["待定", wanted]), timeout=PATIENCE)
    qtbot.waitUntil(page._due.table.hasFocus, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(page._desk.due.rows) == 1, timeout=PATIENCE)
    assert page._due.current().matter


def test_the_saving_key_files_it_too_and_stays_with_the_question(qtbot, page, workspace):
    field = to_category(qtbot, page)
    qtbot.keyClick(field, Qt.Key.Key_S, CONTROL)
    assert field.hasFocus()  # nothing to save, and nothing else is shown
    qtbot.keyClick(field, Qt.Key.Key_Down)
    wanted = field.currentText()

    qtbot.keyClick(field, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: categories(workspace) == sorted(["待定", wanted]), timeout=PATIENCE)


def test_the_callers_key_goes_to_the_caller_of_the_row(qtbot, page):
    window = page.window()
    page.choose_view(SavedView.ALL)
    qtbot.waitUntil(lambda: len(page._table.rows.ids) == 2, timeout=PATIENCE)
    page.focus_list()

    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)

    name = page._panel.caller.widgets["name"]
    assert isinstance(name, OneLine)
    qtbot.waitUntil(name.hasFocus, timeout=PATIENCE)
    assert window.page is Verb.LEDGER
