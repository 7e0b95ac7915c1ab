"""The card says calmly that its number has called before; one key leads to the rows of then."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import Caller, Gender, NewCall
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import short_day_text, studio_now
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import OneLine
from tests.ui.conftest import PATIENCE

PHONE = "13800005678"
OTHER = "另一位接线员"
SHIFT = Qt.KeyboardModifier.ShiftModifier
THEN = studio_now() - timedelta(days=7)


@pytest.fixture
def earlier(ask):
    """The id of a question that came by PHONE a week ago."""

    def file(ledger):
        caller = Caller(name="董", title=Gender.WOMAN, phone="138-0000-5678")
        call = ledger.add_call(NewCall(episode=None, caller=caller, at=THEN), by=OTHER)
        new = NewQuestion(episode=None, call_id=call.id, point="拖欠两个月工资", at=THEN)
        return ledger.add_question(new, by=OTHER).id

    return ask(file)


def call_by(qtbot, window, phone):
    qtbot.keyClick(window, Qt.Key.Key_F2)
    field = window.findChild(OneLine, "caller_phone")
    qtbot.waitUntil(window.findChild(OneLine, "caller_name").hasFocus, timeout=PATIENCE)
    field.setFocus()
    qtbot.keyClicks(field, phone)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def said(window):
    return window.live._before.words


def test_a_number_that_has_called_before_is_said_and_its_rows_are_one_key_away(
    qtbot, window, earlier
):
    call_by(qtbot, window, PHONE)

    words = f"来过 1 次，{short_day_text(THEN.date())} 董女士 拖欠两个月工资"
    qtbot.waitUntil(lambda: said(window) == words, timeout=PATIENCE)
    field = window.findChild(OneLine, "caller_district")
    field.setFocus()
    qtbot.keyClicks(field, "Lan")

    qtbot.keyClick(field, Qt.Key.Key_F2, SHIFT)

    assert window.page is Verb.LEDGER
    assert window.desk.ledger.ids == (earlier,)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    assert field.text() == "Lan"


def test_the_next_caller_has_not_called_before(qtbot, window, earlier):
    call_by(qtbot, window, PHONE)
    qtbot.waitUntil(lambda: said(window) != "", timeout=PATIENCE)

    call_by(qtbot, window, "13900005678")

    qtbot.waitUntil(
        lambda: window.desk.live.selected.caller.phone == "13900005678", timeout=PATIENCE
    )
    assert said(window) == ""
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2, SHIFT)
    assert "没有往次来电" in window.messages.text
    assert window.page is Verb.LIVE


def test_what_another_hand_takes_away_is_not_said_any_more(qtbot, window, desk, earlier, ask):
    call_by(qtbot, window, PHONE)
    qtbot.waitUntil(lambda: said(window) != "", timeout=PATIENCE)

    ask(lambda ledger: [ledger.undo(by=OTHER) for _ in range(2)])
    desk.office.rows_changed.emit()

    qtbot.waitUntil(lambda: said(window) == "", timeout=PATIENCE)
    assert window.desk.live.selected.caller.phone == PHONE
