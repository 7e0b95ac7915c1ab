"""What is typed right after F2 and F7 is the new call's and the new question's, come what may."""

import sqlite3
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import CallState
from hotline_desk.ui.kit.text_fields import OneLine

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000


@pytest.fixture
def hold(desk):
    """Return a function that keeps the ledger's lane busy until it is called again."""
    go_on = threading.Event()

    def hold_():
        desk.office.ask(lambda _ledger: go_on.wait(30), owner=desk)
        return go_on.set

    yield hold_
    go_on.set()


def typed(qtbot, words, *keys):
    """Type where the focus is, as a hand does."""
    qtbot.keyClicks(QApplication.focusWidget(), words)
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def earlier(qtbot, window):
    """A call that is written down and still open on the card."""
    qtbot.keyClick(window, Qt.Key.Key_F2)
    typed(qtbot, "Wang", *[Qt.Key.Key_Return] * 2)
    typed(qtbot, "13800000000", Qt.Key.Key_Return)
    calls = window.desk.live
    qtbot.waitUntil(lambda: [c.caller.phone for c in calls.hour.calls] == ["13800000000"])
    return calls.hour.calls[0]


def others(window, call):
    return [other for other in window.desk.live.hour.calls if other.id != call.id]


def test_a_new_call_has_the_card_at_its_key(qtbot, window, earlier, hold):
    go_on = hold()
    name = window.findChild(OneLine, "caller_name")

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)

    assert name.hasFocus()
    assert name.text() == ""
    typed(qtbot, "Li", *[Qt.Key.Key_Return] * 2)
    typed(qtbot, "13900000000", Qt.Key.Key_Return)
    typed(qtbot, "weld")
    go_on()
    qtbot.waitUntil(
        lambda: [c.caller.phone for c in others(window, earlier)] == ["13900000000"],
        timeout=PATIENCE,
    )
    assert QApplication.focusWidget().text() == "weld"  # still being typed
    typed(qtbot, "er", Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: [c.caller.occupation for c in others(window, earlier)] == ["welder"],
        timeout=PATIENCE,
    )
    (new,) = others(window, earlier)
    assert (new.caller.name, new.caller.phone) == ("Li", "13900000000")
    assert window.desk.live.hour.call(earlier.id) == earlier
    assert name.text() == "Li"


def test_a_second_call_leaves_the_first_what_was_typed_of_it(qtbot, window, hold):
    go_on = hold()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    typed(qtbot, "Li")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    typed(qtbot, "Zhao", Qt.Key.Key_Return)
    go_on()

    hour = window.desk.live
    qtbot.waitUntil(
        lambda: sorted(call.caller.name for call in hour.hour.calls) == ["Li", "Zhao"],
        timeout=PATIENCE,
    )
    assert hour.selected.caller.name == "Zhao"


@pytest.mark.parametrize(
    ("key", "state"), [(Qt.Key.Key_F5, CallState.ON_AIR), (Qt.Key.Key_F6, CallState.ENDED)]
)
def test_a_new_call_keeps_the_card_when_a_key_before_it_is_answered(
    qtbot, window, earlier, hold, key, state
):
    go_on = hold()
    qtbot.keyClick(QApplication.focusWidget(), key)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    go_on()

    live = window.desk.live
    qtbot.waitUntil(lambda: live.hour.call(earlier.id).state is state, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(live.hour.calls) == 2, timeout=PATIENCE)
    typed(qtbot, "Li", Qt.Key.Key_Return)

    qtbot.waitUntil(
        lambda: [call.caller.name for call in others(window, earlier)] == ["Li"], timeout=PATIENCE
    )
    assert live.hour.call(earlier.id).caller.name == "Wang"


def test_what_is_chosen_and_keys_pressed_meanwhile_are_the_new_calls(qtbot, window, earlier, hold):
    go_on = hold()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    card = window.live._card
    card._address.setCurrentText("女士")
    card._address.activated.emit(card._address.currentIndex())
    back = card.more.widgets["may_call_back"]
    back.setCurrentText("可以")
    back.activated.emit(back.currentIndex())
    qtbot.keyClick(window, Qt.Key.Key_F10)
    go_on()

    def written():
        (new,) = others(window, earlier)
        return (str(new.caller.title), new.may_call_back, new.urgent) == ("女士", True, True)

    qtbot.waitUntil(lambda: bool(others(window, earlier)), timeout=PATIENCE)
    qtbot.waitUntil(written, timeout=PATIENCE)
    assert window.desk.live.hour.call(earlier.id) == earlier


def test_a_call_that_is_refused_keeps_its_words_and_is_filed_with_the_next_ones(
    qtbot, window, earlier, workspace, hold, caplog
):
    other = sqlite3.connect(workspace.ledger, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    typed(qtbot, "Li")

    qtbot.waitUntil(lambda: window.messages.text != "", timeout=PATIENCE)
    said = window.messages.text
    assert window.findChild(OneLine, "caller_name").text() == "Li"
    other.rollback()
    other.close()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(
        lambda: [c.caller.name for c in others(window, earlier)] == ["Li"], timeout=PATIENCE
    )
    assert "台账" in said
    assert window.desk.live.hour.call(earlier.id) == earlier
    caplog.clear()


def test_a_new_question_has_the_form_at_its_key(qtbot, window, earlier, hold):
    model, live = window.desk.question, window.desk.live
    qtbot.keyClick(window, Qt.Key.Key_F7)
    typed(qtbot, "wages", Qt.Key.Key_Return)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: [q.point for q in live.hour.questions] == ["wages"], timeout=PATIENCE)
    window.findChild(OneLine, "caller_name").setFocus()
    go_on = hold()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F7)
    typed(qtbot, "injury", Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)
    window.findChild(OneLine, "employer").setFocus()
    typed(qtbot, "a mi")
    go_on()

    qtbot.waitUntil(
        lambda: [q.point for q in live.hour.questions] == ["wages", "injury"], timeout=PATIENCE
    )
    assert QApplication.focusWidget().text() == "a mi"
    assert model.question.id == live.hour.questions[1].id
    assert live.hour.questions[1].call_id == earlier.id
    assert not model.unsaved_ids
    assert live.hour.call(earlier.id) == earlier


def test_the_form_stays_where_it_is_and_what_is_too_long_shows_its_beginning(
    qtbot, window, earlier
):
    form = window.live._form
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(window.desk.live.hour.questions), timeout=PATIENCE)
    field = window.findChild(OneLine, "caller_employer")
    qtbot.waitUntil(lambda: not window.desk.question.unsaved)
    top = form._fields["point"].y()
    field.setFocus()

    typed(qtbot, "a very long name of an employer that no field has room for, Ltd", Qt.Key.Key_Tab)
    assert field.cursorPosition() == 0
    form.begin()
    typed(qtbot, "wages", Qt.Key.Key_Tab)

    qtbot.waitUntil(lambda: window.desk.question.unsaved)
    qtbot.wait(50)
    assert form._fields["point"].y() == top
