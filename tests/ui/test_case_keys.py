"""案件 by key: opened, followed, and written while other things change."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from hotline_desk.domain.questions import Handling, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.cases.case_fields import RouteTick
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
BY = "值班员"


@pytest.fixture
def panel(qtbot, window, question):
    """The ledger page with the question selected."""
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)
    qtbot.waitUntil(lambda: window.ledger._current() == question, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.desk.case.sheet.question == question, timeout=PATIENCE)
    return window.ledger._case


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_key_opens_the_case_and_its_clock_is_shown(qtbot, window, panel, ask, question):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)

    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    case = window.desk.case.case
    assert ask(lambda ledger: ledger.question(question.id)).handling is Handling.CASE
    for expected in (case.number, "待联系", "集体争议", "11 人", "33,000 元", "联系："):
        assert expected in words(panel)
    assert "已立案" in window.messages.text

    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)

    assert "已经立案" in window.messages.text


def test_a_case_is_no_wider_than_its_panel(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: "集体争议" in words(panel), timeout=PATIENCE)

    assert panel.viewport().width() < window.ledger.splitter.width() * 2 // 5
    assert panel._sheet.minimumSizeHint().width() <= panel.viewport().width()
    assert panel.widget().width() <= panel.viewport().width()


def test_on_another_page_the_key_says_where_it_works(qtbot, window):
    window.open_page(Verb.STATISTICS)

    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)

    assert "台账（Ctrl+2）" in window.messages.text


def test_a_field_is_in_the_ledger_once_it_is_left(qtbot, window, panel, question):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.folds.open("basics")
    matter = panel.folds.basics.fields["matter"]

    matter.setFocus()
    matter.selectAll()
    qtbot.keyClicks(matter, "wages")
    qtbot.keyClick(matter, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.desk.case.case.matter == "wages", timeout=PATIENCE)


def test_what_is_being_typed_outlives_a_change_of_the_ledger(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.CONTACT)
    note = QApplication.focusWidget()
    qtbot.keyClicks(note, "half a sentence")

    with qtbot.waitSignal(window.desk.case.shown, timeout=PATIENCE):
        window.desk.case.assign("干部甲")

    assert QApplication.focusWidget() is note
    assert note.text() == "half a sentence"


def test_a_bare_key_notes_no_contact_and_goes_to_what_is_to_be_written(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    before = window.desk.case.case
    panel.begin()
    panel._deeds.order[-1].setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)

    assert "写一句说了什么" in window.messages.text
    assert QApplication.focusWidget().objectName() == "note"
    assert window.desk.case.case == before


def test_what_was_refused_still_stands_there(qtbot, window, panel, caplog):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.EXTEND)
    days = QApplication.focusWidget()
    qtbot.keyClicks(days, "9")
    told = panel.findChild(QLineEdit, "told_on")
    qtbot.keyClick(told, Qt.Key.Key_Tab)  # what is proposed stands there only once it is taken
    assert told.text() == studio_now().date().isoformat()
    days.setFocus()

    with qtbot.waitSignal(window.desk.case.failed, timeout=PATIENCE):
        qtbot.keyClick(days, Qt.Key.Key_S, CONTROL)

    assert "最多延 5 个工作日" in window.messages.text
    assert days.text() == "9"
    assert days.hasFocus()
    caplog.clear()


def test_escape_goes_back_to_the_rows(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert window.ledger._table.hasFocus()


def test_tab_goes_in_reading_order(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    for name in ("owner", "money", "basics"):
        panel.folds.open(name)
    panel.begin(Doing.CONTACT)

    places = []
    while QApplication.focusWidget() is not panel.folds.basics.fields["keeping"]:
        focus = QApplication.focusWidget()
        places.append(focus.mapTo(panel.widget(), focus.rect().topLeft()).y())
        assert panel.isAncestorOf(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)

    assert len(places) > 25
    assert places == sorted(places)


def test_a_change_of_the_case_keeps_the_focus_in_its_place(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.CONTACT)

    with qtbot.waitSignal(window.desk.case.shown, timeout=PATIENCE):
        window.desk.case.assign("干部甲")
    window.desk.case.tick([RouteTick.LAWYER])

    assert QApplication.focusWidget().objectName() == "note"


def test_ctrl_s_in_a_field_does_no_deed(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    contacts = window.desk.case.case.events.contacts
    panel.folds.open("basics")
    number = panel.folds.basics.fields["external_number"]

    number.setFocus()
    qtbot.keyClicks(number, "12345-7")
    qtbot.keyClick(number, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: window.desk.case.case.external_number == "12345-7", timeout=PATIENCE)
    assert window.desk.case.case.events.contacts == contacts


@pytest.fixture
def opened(qtbot, window, panel):
    """The case of the question, with the focus where its first contact is noted."""
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.CONTACT)
    return panel


def contacts_of(window):
    return [each.words for each in window.desk.case.case.events.contacts]


def test_all_that_can_be_done_is_a_key_away_from_a_field_too(qtbot, opened):
    field = QApplication.focusWidget()

    qtbot.keyClick(field, Qt.Key.Key_Y, CONTROL)

    assert QApplication.focusWidget() in opened._deeds._buttons


def test_what_is_filled_in_is_saved_from_behind_it_too(qtbot, window, opened):
    qtbot.keyClicks(QApplication.focusWidget(), "pays later")
    opened._deeds.order[-1].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    behind = QApplication.focusWidget()
    assert not opened._deeds.isAncestorOf(behind)

    qtbot.keyClick(behind, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: contacts_of(window)[-1:] == ["pays later"], timeout=PATIENCE)


def test_what_is_begun_waits_for_whoever_comes_back_to_it(qtbot, window, opened):
    qtbot.keyClicks(QApplication.focusWidget(), "pays later")
    opened.begin(Doing.PLAN)
    opened.begin(Doing.CONTACT)
    note = QApplication.focusWidget()
    assert note.text() == "pays later"

    qtbot.keyClick(note, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: contacts_of(window)[-1:] == ["pays later"], timeout=PATIENCE)
    opened.begin(Doing.CONTACT)

    assert QApplication.focusWidget().text() == ""


def test_another_deed_begun_while_one_is_done_is_kept_and_none_is_done_twice(qtbot, window, opened):
    qtbot.keyClicks(QApplication.focusWidget(), "pays later")
    window.desk.office.ask(lambda _ledger: time.sleep(1), owner=window)  # somebody else writes
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)
    opened.begin(Doing.EXTEND)
    qtbot.keyClicks(opened.findChild(QLineEdit, "days"), "3")
    qtbot.keyClick(opened.findChild(QLineEdit, "days"), Qt.Key.Key_S, CONTROL)  # impatient
    qtbot.waitUntil(lambda: contacts_of(window)[-1:] == ["pays later"], timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.desk.case._doing, timeout=PATIENCE)

    opened.begin(Doing.EXTEND)
    assert opened.findChild(QLineEdit, "days").text() == "3"
    opened.begin(Doing.CONTACT)
    assert opened.findChild(QLineEdit, "note").text() == ""


def test_what_is_begun_outlasts_a_look_at_another_row(qtbot, window, opened, ask, question):
    qtbot.keyClicks(QApplication.focusWidget(), "pays later")
    ask(lambda ledger: ledger.add_question(
        NewQuestion(episode=None, point="别的事", at=studio_now()), by=BY))  # fmt: skip
    window.desk.ledger.refresh()
    table = window.ledger._table
    qtbot.waitUntil(lambda: len(table.rows.ids) == 2, timeout=PATIENCE)
    mine = table.rows.ids.index(question.id)
    for row in (1 - mine, mine):
        table.selectRow(row)
        wanted = table.rows.ids[row]
        qtbot.waitUntil(
            lambda wanted=wanted: (
                window.desk.case.read
                and getattr(window.desk.case.sheet.question, "id", None) == wanted
            ),
            timeout=PATIENCE,
        )

    qtbot.waitUntil(lambda: opened.findChild(QLineEdit, "note") is not None, timeout=PATIENCE)
    assert opened.findChild(QLineEdit, "note").text() == "pays later"


def test_several_rows_become_one_case_and_a_later_one_joins_it(qtbot, window, panel, ask, question):
    def another(ledger):
        return ledger.add_question(
            NewQuestion(episode=None, point="会不会被辞退", at=studio_now()), by=BY
        )

    table = window.ledger._table
    for count in (2, 3):
        ask(another)
        window.desk.ledger.refresh()
        qtbot.waitUntil(lambda count=count: len(table.rows.ids) == count, timeout=PATIENCE)
        table.setFocus()
        table.selectAll()
        qtbot.keyClick(table, Qt.Key.Key_J, CONTROL)
        qtbot.waitUntil(
            lambda count=count: f"问题 {count} 条" in window.messages.text, timeout=PATIENCE
        )

    case = ask(lambda ledger: ledger.case_of(question.id))
    assert len(case.questions) == 3
    assert ask(lambda ledger: len(ledger.cases())) == 1
