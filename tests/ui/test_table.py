"""The table in the window: views, filters, groups, keys, columns, many rows at once."""

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from hotline_desk.domain.arranging import Facet, Lately, Order, View
from hotline_desk.domain.bulk import BulkChange, BulkField
from hotline_desk.ledger import Ledger
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.bulk_view_model import MOST_RECORDING, BulkViewModel
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.ui.ledger.question_columns import COLUMNS
from tests.ledger_filler import Filler
from tests.ui.conftest import make_window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PATIENCE = 60_000
ROWS, EPISODES = 600, 6


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "ledger.db"
    Filler().fill(path, episodes=EPISODES, questions=ROWS, utterances=0)
    with Ledger.open(path) as ledger:
        ledger.fold()
    return path


@pytest.fixture
def window(qtbot, filled, workspace, open_desk, appearance):
    workspace.ledger.write_bytes(filled.read_bytes())
    desk = open_desk()
    made = make_window(desk, appearance)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.open_page(Verb.LEDGER)
    made.ledger.choose_view(SavedView.ALL)
    qtbot.waitUntil(lambda: len(table(made).rows.ids) == ROWS, timeout=PATIENCE)
    qtbot.waitUntil(lambda: table(made).current_row() is not None, timeout=PATIENCE)
    yield made
    made.close()
    made.deleteLater()


def table(window):
    return window.ledger._table


def shown(qtbot, window, count):
    qtbot.waitUntil(lambda: len(table(window).rows.ids) == count, timeout=PATIENCE)


def words(window):
    return {label.text() for label in window.ledger.findChildren(QLabel) if label.isVisible()}


def chips(window):
    return [chip.text() for chip in window.ledger.findChildren(QToolButton)
            if chip.property("kind") == "filter" and not chip.isHidden()]  # fmt: skip


def asked(qtbot, desk, work):
    got = []
    desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
    return got[0]


def test_home_end_and_page_down_show_rows_that_are_read_then(qtbot, window):
    rows = table(window)
    rows.setFocus()

    qtbot.keyClick(rows, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: rows.current_row() is not None, timeout=PATIENCE)
    assert rows.currentIndex().row() == ROWS - 1
    assert rows.current_row().question.id == rows.rows.ids[-1]

    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: rows.current_row() is not None, timeout=PATIENCE)
    assert 5 < rows.currentIndex().row() < 40


def test_typed_words_chips_and_views_choose_rows(qtbot, window):
    model = window.desk.ledger
    window.ledger.filter.setText("工资")
    qtbot.waitUntil(lambda: 0 < len(table(window).rows.ids) < ROWS, timeout=PATIENCE)
    window.ledger.filter.clear()
    shown(qtbot, window, ROWS)

    model.choose(Facet.EPISODE, ("3", "4"))
    shown(qtbot, window, 200)
    assert chips(window) == ["期号：第3期、第4期  ×"]
    model.choose_days(Lately.TODAY)
    shown(qtbot, window, 0)
    assert any("没有符合这些条件的行" in each for each in words(window))

    chip = next(each for each in window.ledger.findChildren(QToolButton)
                if each.text().startswith("今日"))  # fmt: skip
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    shown(qtbot, window, 200)
    window.ledger.choose_view(SavedView.UNCONFIRMED)
    shown(qtbot, window, ROWS)
    assert window.ledger.views.button(SavedView.UNCONFIRMED).isChecked()


def test_more_conditions_than_have_room_are_counted(qtbot, window):
    model = window.desk.ledger
    for facet, value in ((Facet.KIND, "咨询"), (Facet.CASE, "未立案"), (Facet.KEEPING, "永久"),
                         (Facet.UNIT, ""), (Facet.LAWYER, "钱律师"), (Facet.LABEL, "农民工"),
                         (Facet.CATEGORY, "工资")):  # fmt: skip
        model.choose(facet, (value,))

    qtbot.waitUntil(lambda: len(chips(window)) == 6, timeout=PATIENCE)
    assert chips(window)[-1].startswith("另有 2 个条件")
    window.ledger.bar._chips[-1].click()
    qtbot.waitUntil(lambda: chips(window) == [], timeout=PATIENCE)
    shown(qtbot, window, ROWS)


def test_a_click_on_a_heading_puts_the_rows_in_order_and_keeps_the_one_at_hand(qtbot, window):
    rows = table(window)
    before = rows.current_id()

    rows.sortByColumn(8, Qt.SortOrder.DescendingOrder)

    assert window.desk.ledger.shown.order is Order.AMOUNT
    qtbot.waitUntil(lambda: rows.current_row() is not None and rows.rows.ids[0] != before,
                    timeout=PATIENCE)  # fmt: skip
    assert rows.current_id() == before
    amounts = asked(qtbot, window.desk, lambda ledger: [
        ledger.question(each).amount_fen for each in rows.rows.ids[:50]
    ])  # fmt: skip
    assert amounts == sorted(amounts, reverse=True)


def test_groups_fold_and_unfold_with_the_arrows(qtbot, window):
    rows = table(window)
    window.desk.ledger.group(Facet.EPISODE)
    qtbot.waitUntil(lambda: rows.rows.grouped, timeout=PATIENCE)
    rows.setFocus()
    assert rows.rows.rowCount() == ROWS + EPISODES

    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_Left)
    assert rows.rows.rowCount() == ROWS + EPISODES - 100
    qtbot.keyClick(rows, Qt.Key.Key_A, CONTROL)
    assert len(rows.chosen_ids()) == ROWS - 100
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_Right)
    qtbot.keyClick(rows, Qt.Key.Key_Right)
    assert rows.current_id() == rows.rows.ids[0]
    qtbot.keyClick(rows, Qt.Key.Key_Left)
    assert rows.current_id() is None


def test_rows_from_elsewhere_stand_under_a_chip_until_it_is_put_away(qtbot, window):
    some = list(table(window).rows.ids[10:20])

    window.ledger.show_ids(some, "工资 · 2026年11月")

    shown(qtbot, window, 10)
    assert chips(window) == ["只看：工资 · 2026年11月  ×"]
    window.desk.ledger.let_ids_go()
    shown(qtbot, window, ROWS)
    window.ledger.show_ids([], "没有的")
    shown(qtbot, window, 0)


def test_views_of_ones_own_are_kept_named_and_come_back_after_undo(qtbot, window, workspace):
    model = window.desk.ledger
    model.choose(Facet.EPISODE, ("2",))
    model.group(Facet.DISTRICT)
    shown(qtbot, window, 100)
    kept = model.shown
    window.ledger.views._name(None)
    qtbot.keyClicks(window.ledger.views.name, "weekly")
    qtbot.keyClick(window.ledger.views.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [view.name for view in model.views] == ["weekly"], timeout=PATIENCE)

    window.ledger.choose_view(SavedView.ALL)
    shown(qtbot, window, ROWS)
    model.choose_own(model.views[0])
    shown(qtbot, window, 100)
    assert model.shown == kept
    model.remove_view(model.views[0])
    qtbot.waitUntil(lambda: model.views == (), timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(model.views) == 1, timeout=PATIENCE)
    assert asked(qtbot, window.desk, lambda ledger: ledger.kept(View)) == list(model.views)


def test_columns_are_kept_as_somebody_chose_them(qtbot, window, appearance):
    rows = table(window)
    rows.choose_column("lawyer", shown=True)
    rows.choose_column("people", shown=False)
    rows.horizontalHeader().moveSection(rows.horizontalHeader().visualIndex(6), 1)
    rows.horizontalHeader().resizeSection(2, 177)
    window.desk.ledger.put_in_order(Order.CALLER, True)
    kept = window.ledger.columns()

    model = window.desk.ledger
    model.put_in_order(None, False)
    rows.reset_columns()
    assert not rows.has_column("lawyer")
    assert rows.horizontalHeader().visualIndex(6) == 6
    window.ledger.restore_columns(kept)

    assert rows.has_column("lawyer")
    assert not rows.has_column("people")
    assert rows.horizontalHeader().visualIndex(6) == 1
    assert rows.horizontalHeader().sectionSize(2) == 177
    assert window.ledger.columns() == kept
    window.ledger.choose_view(SavedView.UNCONFIRMED)
    assert (model.shown.order, model.shown.descending) == (Order.CALLER, True)


@pytest.mark.parametrize(
    "text", ["", "x", "[]", '{"places": 3, "widths": {"at": "x"}, "shown": 1}']
)
def test_columns_that_are_not_understood_stay_as_they_are(window, text):
    before = window.ledger.columns()

    window.ledger.restore_columns(QByteArray(text.encode()))

    assert window.ledger.columns() == before


def test_many_rows_are_changed_from_the_keyboard_and_taken_back_in_one(qtbot, window):
    rows, bar = table(window), window.ledger.bulk
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_End, SHIFT)
    assert len(rows.chosen_ids()) == ROWS
    assert f"已选 {ROWS} 条" in words(window)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is bar._field
    before = asked(qtbot, window.desk, lambda ledger: ledger.values_of(Facet.KEEPING))

    bar._field.setCurrentText("保管期限")
    bar._value.setCurrentText("永久")
    with qtbot.waitSignal(window.desk.bulk.told, timeout=PATIENCE) as told:
        bar._do.click()

    assert told.args[0].startswith("600 条里改了 ")
    assert [group.value for group in asked(qtbot, window.desk, _keepings)] == ["永久"]
    qtbot.waitUntil(lambda: not window.desk.bulk.busy, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: asked(qtbot, window.desk, _keepings) == before, timeout=PATIENCE)


def test_esc_lets_rows_go_then_the_table(qtbot, window):
    rows = table(window)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down, SHIFT)
    assert len(rows.chosen_ids()) == 2

    qtbot.keyClick(rows, Qt.Key.Key_Escape)
    assert len(rows.chosen_ids()) == 1
    qtbot.keyClick(rows, Qt.Key.Key_Escape)
    assert window.ledger.filter.hasFocus()


def _keepings(ledger):
    return ledger.values_of(Facet.KEEPING)


def test_while_recording_the_ledger_is_not_kept_busy_for_long(qtbot, desk):
    model = BulkViewModel(desk.office, lambda: True, desk)

    with qtbot.waitSignal(model.warned):
        begun = model.change(range(MOST_RECORDING + 1), BulkChange(BulkField.UNIT, "莒县"))

    assert not begun
    assert not model.busy


def test_nothing_is_read_while_nobody_looks(qtbot, window):
    window.open_page(Verb.LIVE)
    with qtbot.assertNotEmitted(window.desk.ledger.arranged, wait=200):
        window.desk.office.rows_changed.emit()

    with qtbot.waitSignal(window.desk.ledger.arranged, timeout=PATIENCE):
        window.open_page(Verb.LEDGER)


def test_what_is_wanted_stays_readable_however_many_columns_there_are(qtbot, window):
    rows = table(window)
    point = [column.name for column in COLUMNS].index("point")
    window.resize(1366, 768)

    for column in COLUMNS:
        rows.choose_column(column.name, shown=True)

    qtbot.waitUntil(lambda: rows.horizontalScrollBar().maximum() > 0, timeout=PATIENCE)
    assert rows.columnWidth(point) >= 180
    rows.reset_columns()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: rows.columnWidth(point) > 260, timeout=PATIENCE)
    qtbot.waitUntil(lambda: rows.horizontalScrollBar().maximum() == 0, timeout=PATIENCE)
