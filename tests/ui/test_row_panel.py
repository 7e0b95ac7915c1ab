"""The panel beside the table: fields written down as they are left, and one stream of history."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from hotline_desk.domain.calls import Caller, NewCall, PersonLabel
from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from tests.ui.conftest import make_window

PATIENCE = 60_000


@pytest.fixture
def filed(workspace):
    """A question of a call, with a case; and a second question of nobody's."""
    with Ledger.open(workspace.ledger) as ledger:
        now = studio_now()
        ledger.keep(ServicePoint(name="东港服务点"), by="乙")
        ledger.add_question(NewQuestion(episode=None, point="社保", at=now), by="乙")
        call = ledger.add_call(NewCall(episode=None, caller=Caller(name="董"), at=now), by="乙")
        question = ledger.add_question(
            NewQuestion(episode=None, call_id=call.id, point="欠薪", answer="可以投诉", at=now),
            by="乙",
        )
        ledger.save_question(dataclasses.replace(question, confirmed=True), by="乙")
        ledger.add_case(NewCase(received=now.date(), questions=(question.id,)), by="乙")
        return ledger.question(question.id)


@pytest.fixture
def page(qtbot, filed, open_desk, appearance):
    desk = open_desk()
    made = make_window(desk, appearance)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.open_page(Verb.LEDGER)
    made.ledger.choose_view(SavedView.ALL)
    table = made.ledger._table
    qtbot.waitUntil(lambda: len(table.rows.ids) == 2, timeout=PATIENCE)
    table.select_row(table.rows.row_of(filed.id))
    made.ledger._panel.open_leaf()
    form = made.ledger._panel.question
    qtbot.waitUntil(lambda: form.title.text() == filed.number, timeout=PATIENCE)
    yield made.ledger
    made.close()
    made.deleteLater()


def stored(qtbot, page, work):
    got = []
    page._desk.office.ask(lambda ledger: got.append(work(ledger)), owner=page._desk)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
    return got[0]


def write(qtbot, widget, text):
    widget.setFocus()
    widget.selectAll()
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Tab)


def test_enter_in_the_table_goes_to_the_first_field_and_esc_back(qtbot, page):
    page._table.setFocus()

    qtbot.keyClick(page._table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page._panel.question.widgets["point"]

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page._table.hasFocus()


def test_fields_are_in_the_ledger_once_they_are_left(qtbot, page, filed):
    fields = page._panel.question.widgets
    assert [fields["unit"].itemText(at) for at in range(2)] == ["", "东港服务点"]

    write(qtbot, fields["external_number"], "12345-A")
    write(qtbot, fields["recorded_by"], "Zhao")
    write(qtbot, fields["unit"].lineEdit(), "Juxian")
    for name, text in (("kind", "求决"), ("keeping", "永久"), ("category", "工资")):
        fields[name].setCurrentText(text)
        fields[name].activated.emit(fields[name].currentIndex())
    fields["other_categories"].setText("工伤、社保缴纳")
    fields["other_categories"].setModified(True)
    fields["other_categories"].editingFinished.emit()
    fields["notes"].setFocus()
    qtbot.keyClicks(fields["notes"], "call on Friday")
    page._table.setFocus()

    def written():
        question = stored(qtbot, page, lambda ledger: ledger.question(filed.id))
        return question == dataclasses.replace(
            filed, external_number="12345-A", recorded_by="Zhao", unit="Juxian",
            kind=Kind.REQUEST, keeping=Keeping.FOREVER, category=Category.WAGES,
            other_categories=(Category.INSURANCE, Category.INJURY), notes="call on Friday",
        )  # fmt: skip

    qtbot.waitUntil(written, timeout=PATIENCE)


def test_what_is_no_value_is_told_and_put_back(qtbot, page, filed):
    fields = page._panel.question.widgets
    with qtbot.waitSignal(page._model.warned) as told:
        write(qtbot, fields["people"], "many")
    assert "人数请写成数字" in told.args[0]
    with qtbot.waitSignal(page._model.warned) as told:
        write(qtbot, fields["other_categories"], "wages")
    assert "没有“wages”这个类别" in told.args[0]

    assert (fields["people"].text(), fields["other_categories"].text()) == ("", "")
    assert stored(qtbot, page, lambda ledger: ledger.question(filed.id)) == filed


def test_another_answer_needs_its_confirmation_anew(qtbot, page, filed):
    answer = page._panel.question.widgets["answer"]
    answer.setFocus()
    answer.selectAll()
    qtbot.keyClicks(answer, "no")
    page._table.setFocus()

    def unconfirmed():
        question = stored(qtbot, page, lambda ledger: ledger.question(filed.id))
        return (question.answer, question.confirmed) == ("no", False)

    qtbot.waitUntil(unconfirmed, timeout=PATIENCE)


def test_what_is_typed_is_written_down_when_another_row_is_chosen(qtbot, page, filed):
    point = page._panel.question.widgets["point"]
    point.setFocus()
    point.selectAll()
    qtbot.keyClicks(point, "unpaid")

    page._table.select_row(1 - page._table.rows.row_of(filed.id))

    qtbot.waitUntil(
        lambda: stored(qtbot, page, lambda ledger: ledger.question(filed.id)).point == "unpaid",
        timeout=PATIENCE,
    )
    qtbot.waitUntil(lambda: point.text() == "社保", timeout=PATIENCE)
    points = stored(qtbot, page, lambda ledger: {q.point for q in ledger.questions()})
    assert points == {"unpaid", "社保"}


def test_labels_are_turned_by_their_digits_and_the_answers_chosen(qtbot, page, filed):
    page._panel._tabs.setCurrentIndex(2)
    fields = page._panel.caller.widgets
    chip = next(
        each for each in fields["labels"].findChildren(QPushButton) if each.text() == "农民工"
    )
    chip.setFocus()

    qtbot.keyClick(chip, Qt.Key.Key_1)
    qtbot.keyClick(chip, Qt.Key.Key_3)
    write(qtbot, fields["industry"], "retail")
    for name, text in (
        ("may_call_back", "可以"),
        ("may_message", "不可以"),
        ("retained", "争议中"),
    ):
        fields[name].setCurrentText(text)
        fields[name].activated.emit(fields[name].currentIndex())

    def written():
        call = stored(qtbot, page, lambda ledger: ledger.call(filed.call_id))
        return (
            call.caller.labels == (PersonLabel.MIGRANT, PersonLabel.WOMAN)
            and call.caller.industry == "retail"
            and (call.may_call_back, call.may_message) == (True, False)
            and call.retained is Retention.IN_DISPUTE
        )

    qtbot.waitUntil(written, timeout=PATIENCE)


def test_question_call_and_case_tell_their_history_in_one_stream(qtbot, page, filed):
    page._panel._tabs.setCurrentWidget(page._panel._leaves[3])

    def told():
        return [label.text() for label in page._panel._leaves[3].findChildren(QLabel)]

    qtbot.waitUntil(lambda: "案件 · 登记" in told(), timeout=PATIENCE)
    words = [line for line in told() if " · " in line]
    assert {"案件 · 登记", "问题 · 修改 解答律师确认", "问题 · 登记", "通话 · 登记"} <= set(words)


def test_a_row_without_a_call_gets_its_caller_there(qtbot, page, filed):
    other = page._table.rows.ids[1 - page._table.rows.row_of(filed.id)]
    page._panel._tabs.setCurrentIndex(2)
    page._table.select_row(1 - page._table.rows.row_of(filed.id))
    form = page._panel.caller
    qtbot.waitUntil(lambda: form.title.text() == "还没有来电人", timeout=PATIENCE)
    assert not page._panel._sheet.delete.isVisible()

    write(qtbot, form.widgets["name"], "Wang")
    number = page._panel._sheet.number
    number.setFocus()
    qtbot.keyClicks(number, "13800001234")
    qtbot.keyClick(number, Qt.Key.Key_Return)

    def asker():
        caller = stored(qtbot, page, lambda ledger: ledger.question(other)).caller
        return caller.name, caller.phone

    qtbot.waitUntil(lambda: asker() == ("Wang", "13800001234"), timeout=PATIENCE)
    qtbot.waitUntil(page._panel._sheet.delete.isVisible, timeout=PATIENCE)
    assert form.title.text() == "Wang"


def test_a_leaf_that_nobody_looks_at_is_filled_when_it_is_looked_at(qtbot, page):
    assert page._panel.caller.record_id is None

    page._panel._tabs.setCurrentIndex(2)

    assert page._panel.caller.record_id is not None
    assert page._panel.caller.title.text()


def test_keys_go_from_the_filter_into_the_rows_and_back(qtbot, page):
    page.filter.setFocus()

    qtbot.keyClick(page.filter, Qt.Key.Key_Down)

    assert page._table.hasFocus()
    assert page._table.currentIndex().row() == 0
    qtbot.keyClick(page._table, Qt.Key.Key_Escape)
    assert page.filter.hasFocus()

    page.filter.setText("欠薪")
    qtbot.keyClick(page.filter, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: len(page._table.rows.ids) == 1, timeout=PATIENCE)
    assert page._table.hasFocus()
    assert page._table.currentIndex().row() == 0


def test_a_key_goes_on_writing_the_row_at_hand(qtbot, page):
    page._table.setFocus()

    page.window().verbs[Verb.WRITE].trigger()

    assert QApplication.focusWidget() is page._panel.question.widgets["point"]


def test_what_the_employer_may_not_know_is_said_in_red_words(qtbot, page):
    page._panel.open_leaf(page._panel._leaves[1])
    secret = page._panel._secret

    assert secret.text() == "对单位保密"
    assert secret.property("role") == "secret"
    assert secret.isVisible()
    assert "披露" not in page._panel.caller.facts.text()
