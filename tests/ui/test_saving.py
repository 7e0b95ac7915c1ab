"""Ctrl+S, F6 and closing write down what is being typed about the caller."""

import pytest
from PySide6.QtCore import Qt

from hotline_desk.domain.calls import CallState
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.ui.kit.text_fields import OneLine

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
NUMBER = "13800000000"


def callers(workspace):
    """What the ledger has on disk, read on a connection of its own."""
    with Ledger.open(workspace.ledger) as ledger:
        return [(call.caller.phone, call.state) for call in ledger.calls()]


@pytest.fixture
def phone(qtbot, window):
    """The phone of a new caller, being typed."""
    qtbot.keyClick(window, Qt.Key.Key_F2)
    name = window.findChild(OneLine, "caller_name")
    qtbot.waitUntil(name.hasFocus, timeout=PATIENCE)
    field = window.findChild(OneLine, "caller_phone")
    field.setFocus()
    qtbot.keyClicks(field, NUMBER)
    return field


def test_the_saving_key_writes_down_the_caller_where_the_focus_is(qtbot, window, phone, workspace):
    qtbot.keyClick(phone, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: callers(workspace) == [(NUMBER, CallState.ANSWERED)], timeout=PATIENCE)
    assert phone.hasFocus()
    assert "来电人" in window.messages.text


def test_the_saving_key_saves_an_open_question_with_its_caller(qtbot, window, phone):
    qtbot.keyClick(window, Qt.Key.Key_F7)
    point = window.live.findChild(OneLine, "point")
    qtbot.waitUntil(point.hasFocus, timeout=PATIENCE)
    qtbot.keyClicks(point, "two months")
    phone.setFocus()
    qtbot.waitUntil(lambda: window.desk.question.unsaved)

    qtbot.keyClick(phone, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(
        lambda: [q.point for q in window.desk.live.hour.questions] == ["two months"],
        timeout=PATIENCE,
    )


def test_ending_a_call_writes_its_caller_down_first(qtbot, window, phone, workspace):
    qtbot.keyClick(phone, Qt.Key.Key_F6)

    qtbot.waitUntil(lambda: callers(workspace) == [(NUMBER, CallState.ENDED)], timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)

    qtbot.waitUntil(lambda: callers(workspace) == [(NUMBER, CallState.ANSWERED)], timeout=PATIENCE)


def test_closing_the_window_writes_the_caller_down(qtbot, window, phone, workspace):
    window.close()

    qtbot.waitUntil(lambda: callers(workspace) == [(NUMBER, CallState.ANSWERED)], timeout=PATIENCE)


def test_where_no_question_is_written_nothing_looks_like_a_warning(window):
    form = window.live._form

    assert form._state.property("role") == "meta"
    assert not form._state.text()
