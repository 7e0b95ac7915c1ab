"""今日待办: what is late stands first, and Enter goes to the field of the deed that is due."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.clock_events import Closing, Pause, PauseReason
from hotline_desk.domain.casework.course import ClosingWay, Promise
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.due_rows import Heading
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.workflows import case_clock, case_money
from tests.ui.conftest import make_window

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
BY = "值班员"


def a_case(days_ago, **given):
    received = studio_now().date() - timedelta(days=days_ago)
    return NewCase(**{"received": received, "matter": "拖欠工资", "owner": "干部甲"} | given)


@pytest.fixture
def cases(workspace):
    """A case that came in just now, and one that nobody has cared for in forty days."""
    with Ledger.open(workspace.ledger) as ledger:
        return [
            ledger.add_case(a_case(0, matter="没有签合同"), by=BY),
            ledger.add_case(a_case(40, employer="某物业公司", owner=""), by=BY),
        ]


@pytest.fixture
def ledger_page(qtbot, cases, desk, appearance):
    """The window on its ledger page, with what is due read."""
    window = make_window(desk, appearance)
    window.resize(1600, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.open_page(Verb.LEDGER)
    qtbot.waitUntil(lambda: len(desk.due.rows) == 2, timeout=PATIENCE)
    yield window.ledger
    window.close()
    window.deleteLater()


def rows(page):
    """What stands in the rows, without the headings between them."""
    model = page._due.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
        if not isinstance(model.index(row, 0).data(RECORD_ROLE), Heading)
    ]


def headings(page):
    return [row.words for row in page._due._rows.records if isinstance(row, Heading)]


def answer(qtbot, desk, work):
    """What the ledger says, in its lane."""
    got = []
    desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
    return got[0]


def test_the_page_begins_with_what_is_due_and_the_late_stands_first(qtbot, ledger_page):
    late, new = rows(ledger_page)

    assert ledger_page._model.view is SavedView.DUE
    assert late[:2] == ["红牌", "联系"]
    assert late[2].startswith("超期 ")
    assert late[4:7] == ["拖欠工资", "某物业公司", "还没有"]
    assert new[1] == "联系"
    assert new[4:7] == ["没有签合同", "", "干部甲"]
    words = {label.text() for label in ledger_page.findChildren(QLabel)}
    assert "2 项，超期 1" in words


def test_enter_goes_to_the_note_of_the_call_and_ctrl_s_writes_it_down(
    qtbot, ledger_page, desk, cases
):
    table = ledger_page._due.table
    table.setFocus()
    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)

    qtbot.keyClick(table, Qt.Key.Key_Return)
    note = QApplication.focusWidget()
    name = note.objectName()  # the field is gone once its deed is done
    qtbot.keyClicks(note, "answers at noon")
    qtbot.keyClick(note, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: desk.case.case.events.contacts != (), timeout=PATIENCE)
    assert name == "note"
    assert desk.case.case.id == cases[1].id
    assert desk.case.case.events.contacts[0].words == "answers at noon"
    # matter and employer are still to be noted: one stays with them
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "note", timeout=PATIENCE)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)

    qtbot.waitUntil(lambda: desk.case.case.events.contacts == (), timeout=PATIENCE)
    assert answer(qtbot, desk, lambda ledger: ledger.case(cases[1].id)) == cases[1]


def test_a_notice_of_a_later_step_goes_to_what_the_case_waits_for(qtbot, ledger_page, desk, cases):
    of_case = next(row for row in desk.due.rows if row.case.id == cases[1].id)

    ledger_page.go_to(replace(of_case, stage=Stage.CLOSE))

    qtbot.waitUntil(
        lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "note", timeout=PATIENCE
    )
    assert desk.case.case.id == cases[1].id


def test_ctrl_s_on_the_rows_writes_nothing_down(qtbot, ledger_page, desk, cases):
    ledger_page._due.table.setFocus()
    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)

    qtbot.keyClick(ledger_page._due.table, Qt.Key.Key_S, CONTROL)

    assert QApplication.focusWidget().objectName() == "note"
    assert answer(qtbot, desk, lambda ledger: ledger.case(cases[1].id)) == cases[1]


def test_the_filter_finds_cards_and_names(qtbot, ledger_page):
    ledger_page.filter.setText("红牌")
    assert [row[4] for row in rows(ledger_page)] == ["拖欠工资"]

    ledger_page.filter.setText("干部甲")
    assert [row[4] for row in rows(ledger_page)] == ["没有签合同"]

    ledger_page.filter.setText("没有这样的")
    assert "清空筛选" in shown_words(ledger_page._due)


def test_each_number_opens_its_rows_and_all_is_shown_again(qtbot, ledger_page):
    red, _, mine, _, _ = ledger_page._list.parts.findChildren(QPushButton)
    assert (red.text(), mine.text()) == ("红牌 1", "我承办的 0")

    red.click()
    assert [row[0] for row in rows(ledger_page)] == ["红牌"]

    red.click()
    assert len(rows(ledger_page)) == 2

    mine.click()
    assert "“我承办的”里没有待办" in shown_words(ledger_page._due)


def shown_words(widget):
    return "".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize(("day", "name"), [("pay_by", "逾期未履行"), ("agreed_on", "履行")])
def test_overdue_money_is_called_by_its_name(qtbot, ledger_page, desk, cases, day, name):
    """逾期 is what 约定付款日 has passed for, here as in 案件 and in the figures."""
    promised = Promise(agreed_fen=100, **{day: studio_now().date() - timedelta(days=16)})

    def agree(ledger):
        return case_money.promise(ledger, cases[0].id, promised, basis="", by=BY)

    answer(qtbot, desk, agree)
    desk.due.refresh()

    qtbot.waitUntil(lambda: len(desk.due.rows) == 3, timeout=PATIENCE)
    assert name in [row[1] for row in rows(ledger_page)]


def test_rows_are_grouped_by_time_and_by_whose_they_are(qtbot, ledger_page):
    assert headings(ledger_page) == ["超期  1 项", "三个工作日内  1 项"]

    ledger_page._list.parts._people.click()

    assert headings(ledger_page) == ["干部甲  1 项", "还没有承办人  1 项"]
    assert len(rows(ledger_page)) == 2


def test_a_heading_is_passed_over(qtbot, ledger_page, desk):
    table = ledger_page._due.table
    table.setFocus()
    first = ledger_page._due.current()

    qtbot.keyClick(table, Qt.Key.Key_Down)

    assert ledger_page._due.current() not in {None, first}


def test_what_a_row_waits_for_stands_below_what_it_is_about(qtbot, ledger_page, desk, cases):
    def close(ledger):
        on = studio_now().date()
        way = Closing(on=on, told_on=on)
        case_clock.close(ledger, cases[0].id, way, ClosingWay.BEFORE_CASE, by=BY)
        agreed = Promise(agreed_fen=3_000_000, pay_by=on)
        return case_money.promise(ledger, cases[0].id, agreed, basis="", by=BY)

    answer(qtbot, desk, close)
    desk.due.refresh()

    qtbot.waitUntil(
        lambda: any("等用人单位付款" in row.words for row in desk.due.rows), timeout=PATIENCE
    )


def test_a_question_without_a_case_is_opened_from_its_row(qtbot, ledger_page, desk):
    def ask(ledger):
        return ledger.add_question(
            NewQuestion(episode=None, kind=Kind.COMPLAINT, point="押金不退", at=studio_now()),
            by=BY,
        )

    question = answer(qtbot, desk, ask)
    desk.due.refresh()
    qtbot.waitUntil(lambda: any(row.question for row in desk.due.rows), timeout=PATIENCE)
    row = next(row for row in desk.due.rows if row.stage is Stage.OPEN)
    ledger_page.go_to(row)
    qtbot.waitUntil(lambda: desk.case.sheet.question == question, timeout=PATIENCE)

    assert ledger_page._case._open.hasFocus()
    qtbot.keyClick(ledger_page._case._open, Qt.Key.Key_Space)

    qtbot.waitUntil(
        lambda: answer(qtbot, desk, lambda ledger: ledger.case_of(question.id)) is not None,
        timeout=PATIENCE,
    )


def test_a_case_that_nobody_has_is_gone_to_where_it_is_handed_over(qtbot, ledger_page, desk, cases):
    def wait(ledger):
        later = studio_now().date() + timedelta(days=20)
        stop = Pause(first=cases[1].received, reason=PauseReason.PAPERS, expected=later)
        case_clock.pause(ledger, cases[1].id, stop, by=BY)  # before it had a card

    answer(qtbot, desk, wait)
    desk.due.refresh()
    qtbot.waitUntil(
        lambda: any(row.stage is Stage.ASSIGN for row in desk.due.rows), timeout=PATIENCE
    )
    ledger_page.go_to(next(row for row in desk.due.rows if row.stage is Stage.ASSIGN))

    qtbot.waitUntil(ledger_page._case.folds.owner.people.field.hasFocus, timeout=PATIENCE)


def test_what_was_looked_for_among_questions_hides_nothing_that_is_due(qtbot, ledger_page, desk):
    ledger_page.choose_view(SavedView.ALL)
    ledger_page.filter.setText("zhongcai")
    qtbot.waitUntil(lambda: desk.ledger.shown.words == "zhongcai", timeout=PATIENCE)

    ledger_page.choose_view(SavedView.DUE)

    assert ledger_page.filter.text() == ""
    assert len(rows(ledger_page)) == 2
    ledger_page.choose_view(SavedView.ALL)
    assert ledger_page.filter.text() == ""


@pytest.mark.parametrize("typed", ["myqht", "MYQHT"])
def test_what_is_due_is_found_by_initials_and_it_is_said_how_much_of_it(ledger_page, typed):
    ledger_page.filter.setText(typed)

    assert [row[4] for row in rows(ledger_page)] == ["没有签合同"]
    words = {label.text() for label in ledger_page.findChildren(QLabel)}
    assert "1 / 2 项" in words


def test_while_nothing_is_due_the_page_begins_with_the_questions(qtbot, window):
    window.open_page(Verb.LEDGER)
    qtbot.waitUntil(lambda: window.desk.due.read, timeout=PATIENCE)

    assert window.ledger._model.view is SavedView.EPISODE

    window.ledger.choose_view(SavedView.DUE)

    assert "按 Ctrl+J 立案" in shown_words(window.ledger._due)


def test_while_something_is_recorded_the_page_begins_with_the_hours_questions(
    qtbot, cases, window, record, quiet_lines
):
    record(window.desk, quiet_lines)

    window.open_page(Verb.LEDGER)

    assert window.desk.due.rows
    assert window.ledger._model.view is SavedView.EPISODE
