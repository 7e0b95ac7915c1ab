"""The caller's card: read from the left to the right, and calm about what does not fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import PersonLabel
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import OneLine

PATIENCE = 60_000
NUMBER = "13800000000"


@pytest.fixture
def name(qtbot, window):
    """The name of a new caller, with the focus."""
    qtbot.keyClick(window, Qt.Key.Key_F2)
    field = window.findChild(OneLine, "caller_name")
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    return field


def test_tab_goes_through_the_card_in_reading_order(qtbot, window, name):
    names = []
    assert name.hasFocus()
    for _ in range(7):
        names.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert names == ["姓名", "称呼", "电话", "工种", "区县", "单位", "要点"]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [(NUMBER, "像电话号码"), ("024-23456789", "像电话号码"), ("21010519800101123X", "像身份证号")],
)
def test_a_number_for_a_district_is_asked_about(qtbot, window, name, typed, asked):
    district = window.findChild(OneLine, "caller_district")
    hint = window.live._card._doubt
    district.setFocus()
    qtbot.keyClicks(district, typed)
    qtbot.keyClick(district, Qt.Key.Key_Return)
    assert asked in hint.text()
    assert hint.isVisible()

    district.setFocus()
    district.selectAll()
    qtbot.keyClicks(district, "Tiexi 3")
    qtbot.keyClick(district, Qt.Key.Key_Return)

    assert not hint.isVisible()


def test_what_unfolds_leaves_the_calls_their_room_in_a_small_window(qtbot, window, name):
    card, calls = window.live._card, window.live._calls

    card._fold.click()

    one, below = (card.more.widgets["labels"].marks[at] for at in (0, 3))
    qtbot.waitUntil(lambda: one.geometry().bottom() < below.y(), timeout=PATIENCE)
    QApplication.sendPostedEvents()  # all has its place then
    assert calls.height() >= 4 * tokens.LIVE_ROW
    window.verbs[Verb.CALLER].trigger()
    assert name.hasFocus()


def test_labels_and_the_rest_unfold_and_are_in_the_ledger_at_once(qtbot, window, name):
    card = window.live._card
    assert not card.more.isVisible()
    card._fold.click()
    chips = card.more.widgets["labels"]
    chips.setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    back = card.more.widgets["may_call_back"]
    back.setCurrentText("可以")
    back.activated.emit(back.currentIndex())

    def written():
        told = [(c.caller.labels, c.may_call_back) for c in window.desk.live.hour.calls]
        return told == [((PersonLabel.MIGRANT,), True)]

    qtbot.waitUntil(written, timeout=PATIENCE)
    assert card.more.widgets["labels"].words == ("农民工",)
