"""The lawyer's confirmation of an answer, on both pages, and what takes it away again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows.summarise import summarise

CONTROL = Qt.KeyboardModifier.ControlModifier
ANSWER = "先向劳动监察投诉，再申请仲裁。"
PATIENCE = 60_000


@pytest.fixture
def episode():
    guest = Guest(name="李律师", post="律师")
    return Episode(
        number=190, on=studio_now().date(), starts="00:00", ends="23:59",
        topic="拖欠工资怎么办", guests=(guest,),
    )  # fmt: skip


@pytest.fixture
def question(qtbot, window):
    """A question with an answer, at hand on the live desk."""
    filed = NewQuestion(episode=190, point="拖欠两个月工资", answer=ANSWER, at=studio_now())
    office = window.desk.office
    office.ask(lambda ledger: ledger.add_question(filed, by=office.by), owner=window)
    window.desk.live.refresh()
    qtbot.waitUntil(lambda: bool(window.desk.live.hour.questions), timeout=PATIENCE)
    window.live._form.show_question(window.desk.live.hour.questions[0])
    return window.desk.live.hour.questions[0]


def row(window):
    return window.desk.live.hour.questions[0]


def press(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL)


def confirmed(qtbot, window):
    press(qtbot, window)
    qtbot.waitUntil(lambda: row(window).confirmed, timeout=PATIENCE)


def shown(window):
    return {label.text() for label in window.live._form.findChildren(QLabel)}


def test_the_key_confirms_the_answer_at_hand_and_takes_it_back(qtbot, window, question):
    assert "未确认" in shown(window)

    confirmed(qtbot, window)

    assert row(window).answered_by == "李律师"
    assert "✓ 已确认" in shown(window)
    press(qtbot, window)
    qtbot.waitUntil(lambda: not row(window).confirmed, timeout=PATIENCE)
    assert "未确认" in shown(window)


def test_undo_takes_the_confirmation_back_with_the_name_it_brought(qtbot, window, question):
    confirmed(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)

    qtbot.waitUntil(lambda: not row(window).confirmed, timeout=PATIENCE)
    assert row(window).answered_by == ""


def test_in_the_ledger_the_key_acts_on_the_selected_row(qtbot, window, question):
    window.open_page(Verb.LEDGER)
    qtbot.waitUntil(lambda: window.ledger._current() is not None, timeout=PATIENCE)

    confirmed(qtbot, window)

    table = window.ledger._table.model()

    def words():
        return {table.index(0, column).data() for column in range(table.columnCount())}

    qtbot.waitUntil(lambda: "已确认" in words(), timeout=PATIENCE)


def test_other_words_need_a_confirmation_of_their_own(qtbot, window, question):
    confirmed(qtbot, window)

    assert window.desk.question.write("answer", "另外一种说法。")
    before_saving = shown(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: row(window).answer == "另外一种说法。", timeout=PATIENCE)
    assert "未确认" in before_saving
    assert not row(window).confirmed


def test_what_was_typed_is_confirmed_as_it_stands_there(qtbot, window, question):
    assert window.desk.question.write("answer", "律师改过的说法。")

    confirmed(qtbot, window)

    assert row(window).answer == "律师改过的说法。"
    assert not window.desk.question.unsaved


def test_without_an_answer_there_is_nothing_to_confirm(qtbot, window, question):
    assert window.desk.question.write("answer", "")

    press(qtbot, window)

    assert "还没有解答" in window.messages.text
    assert not row(window).confirmed


def test_on_another_page_the_key_says_where_it_works(qtbot, window, question):
    window.open_page(Verb.STATISTICS)

    press(qtbot, window)

    assert "台账（Ctrl+2）" in window.messages.text


def test_the_public_summary_prints_the_answer_once_it_is_confirmed(
    qtbot, window, question, workspace, tmp_path
):
    def published():
        office = window.desk.office
        made = []
        office.ask(
            lambda ledger: made.append(
                summarise(
                    ledger, 190, tmp_path / "纪要.pdf", settings=office.settings,
                    workspace=workspace,
                )
            ),
            owner=window,
        )  # fmt: skip
        qtbot.waitUntil(lambda: bool(made), timeout=PATIENCE)
        return text_of(made[0])

    before = published()
    confirmed(qtbot, window)

    assert "劳动监察" not in before
    assert "劳动监察" in published()


def text_of(pdf):
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(str(pdf))
    text = "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    return "".join(text.split())
