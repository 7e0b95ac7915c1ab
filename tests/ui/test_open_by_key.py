"""What opens under a button opens by key, too: folds, and the menus of the table."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.arranging import GROUPS, Facet, Order
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.menu_button import MenuButton
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from tests.ui.conftest import PATIENCE

KEY = Qt.Key
DELAY_MILLISECONDS = 50


@pytest.fixture
def ledger(qtbot, window, question):
    """The ledger's page with a question on it."""
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)
    qtbot.waitUntil(lambda: window.ledger._current() == question, timeout=PATIENCE)
    return window.ledger


def button(page, words):
    return next(each for each in page.findChildren(MenuButton) if each.text().startswith(words))


@pytest.fixture
def press(qtlog):
    """Return a function that presses keys: the first on a button, the others in what opens."""

    def press_(opener, *keys):
        with qtlog.disabled():  # the offscreen screen says what it cannot do for a menu
            _press(opener, *keys)

    return press_


def _press(opener, *keys):
    def next_key():
        menu = QApplication.activePopupWidget()
        if menu is None or over:
            return
        if rest:
            QTimer.singleShot(DELAY_MILLISECONDS, next_key)
            QTest.keyClick(menu, rest.pop(0))
        else:
            menu.close()

    over = []
    first, *rest = keys
    opener.setFocus()
    QTimer.singleShot(DELAY_MILLISECONDS, next_key)
    QTest.keyClick(opener, first)
    over.append(True)


@pytest.mark.parametrize("opens", [KEY.Key_Return, KEY.Key_Space, KEY.Key_Down])
def test_a_filter_is_added_by_key(qtbot, window, ledger, press, opens):
    add = button(ledger, "＋ 筛选")

    press(add, opens, KEY.Key_Down, KEY.Key_Down, KEY.Key_Right, KEY.Key_Return)

    qtbot.waitUntil(lambda: bool(window.desk.ledger.shown.filters), timeout=PATIENCE)
    assert list(window.desk.ledger.shown.filters) == [next(iter(Facet))]


def test_a_group_is_chosen_by_key(window, ledger, press):
    press(button(ledger, "分组"), KEY.Key_Return, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)

    assert window.desk.ledger.shown.group is not None


def test_the_order_is_chosen_and_turned_by_key(window, ledger, press):
    model, order = window.desk.ledger, button(ledger, "排序")

    press(order, KEY.Key_Return, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert (model.shown.order, model.shown.descending) == (Order.NUMBER, False)
    press(order, KEY.Key_Return, KEY.Key_Up, KEY.Key_Return)

    assert (model.shown.order, model.shown.descending) == (Order.NUMBER, True)
    header = ledger._table.horizontalHeader()
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_a_column_is_put_away_by_key(ledger, press):
    def hidden():
        header = ledger._table.horizontalHeader()
        return [at for at in range(header.count()) if header.isSectionHidden(at)]

    before = hidden()

    press(button(ledger, "列"), KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)

    assert hidden() != before


def test_a_view_of_ones_own_is_kept_and_chosen_by_key(qtbot, window, ledger, press):
    model = window.desk.ledger
    model.group(GROUPS[0])
    views = button(ledger, "视图")
    press(views, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    name = QApplication.focusWidget()
    QTest.keyClicks(name, "mine")
    QTest.keyClick(name, KEY.Key_Return)
    qtbot.waitUntil(lambda: [view.name for view in model.views] == ["mine"], timeout=PATIENCE)
    model.group(None)
    press(button(ledger, "视图"), KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)

    qtbot.waitUntil(lambda: model.shown.group is GROUPS[0], timeout=PATIENCE)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space])
def test_a_fold_opens_and_closes_by_key_and_tab_goes_in(qtbot, window, ledger, key):
    qtbot.keyClick(window, KEY.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    fold = ledger._case.folds._folds["money"]
    fold.head.setFocus()
    was = fold.is_open

    QTest.keyClick(fold.head, key)
    assert fold.is_open is not was
    assert fold.head.hasFocus()
    fold.open()
    QTest.keyClick(fold.head, KEY.Key_Tab)
    assert fold.isAncestorOf(QApplication.focusWidget())
    fold.head.setFocus()
    QTest.keyClick(fold.head, key)
    assert not fold.is_open
