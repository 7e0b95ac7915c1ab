"""What stands on the caller's card is not typed again in the question made from the call."""

import pytest
from PySide6.QtCore import Qt

from hotline_desk.ui.kit.text_fields import OneLine
from tests.ui.conftest import PATIENCE

CONTROL = Qt.KeyboardModifier.ControlModifier


def typed(qtbot, window, name, text):
    field = window.findChild(OneLine, f"caller_{name}")
    field.setFocus()
    field.clear()
    field.insert(text)
    field.setModified(True)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def offered(window, name):
    return window.live.findChild(OneLine, name).proposal


@pytest.fixture
def called(qtbot, window):
    """The window with a call whose card says 单位 and 要点."""
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(window.findChild(OneLine, "caller_name").hasFocus, timeout=PATIENCE)
    typed(qtbot, window, "employer", "某物业公司")
    typed(qtbot, window, "point", "拖欠两个月工资")
    return window


def mark(qtbot, window):
    known = len(window.desk.live.hour.questions)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: len(window.desk.live.hour.questions) > known, timeout=PATIENCE)


def test_the_card_is_proposed_to_the_question_and_taken_by_tab(qtbot, called):
    mark(qtbot, called)
    qtbot.waitUntil(lambda: offered(called, "employer") == "某物业公司", timeout=PATIENCE)
    assert offered(called, "point") == "拖欠两个月工资"

    qtbot.keyClick(called.live.findChild(OneLine, "point"), Qt.Key.Key_Tab)
    qtbot.keyClick(called.live.findChild(OneLine, "employer"), Qt.Key.Key_Tab)
    qtbot.keyClick(called, Qt.Key.Key_S, CONTROL)

    def written():
        row = called.desk.live.hour.questions[0]
        return row.point, row.employer

    qtbot.waitUntil(lambda: written() == ("拖欠两个月工资", "某物业公司"), timeout=PATIENCE)


def test_the_card_is_proposed_as_soon_as_the_question_is_filed(qtbot, called):
    known = called.desk.live
    qtbot.waitUntil(lambda: known.selected.point == "拖欠两个月工资", timeout=PATIENCE)

    with qtbot.waitSignal(known.question_filed, timeout=PATIENCE):
        qtbot.keyClick(called, Qt.Key.Key_F7)

    assert offered(called, "point") == "拖欠两个月工资"
    assert offered(called, "employer") == "某物业公司"


def test_what_is_typed_in_the_question_stays(qtbot, called):
    mark(qtbot, called)
    field = called.live.findChild(OneLine, "employer")
    field.setFocus()
    qtbot.keyClicks(field, "X")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    typed(qtbot, called, "employer", "另一家公司")

    qtbot.waitUntil(
        lambda: called.desk.live.hour.questions[0].caller.employer == "另一家公司", timeout=PATIENCE
    )
    assert field.text() == "X"
    assert not field.proposal


def test_what_is_typed_on_the_card_later_is_proposed_too(qtbot, called):
    mark(qtbot, called)
    qtbot.waitUntil(lambda: offered(called, "point") == "拖欠两个月工资", timeout=PATIENCE)

    typed(qtbot, called, "point", "拖欠三个月工资")

    qtbot.waitUntil(lambda: offered(called, "point") == "拖欠三个月工资", timeout=PATIENCE)


def test_the_point_belongs_to_the_first_question_of_the_call(qtbot, called):
    mark(qtbot, called)
    mark(qtbot, called)

    qtbot.waitUntil(lambda: offered(called, "employer") == "某物业公司", timeout=PATIENCE)
    assert offered(called, "point") == ""
