"""The caller's card: read from the left to the right, and calm about what does not fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.ui.text_fields import OneLine

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
