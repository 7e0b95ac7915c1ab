import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
)

from hotline_desk.ui.kit import keys
from hotline_desk.ui.kit.keys import PAGES, Verb

_WORDS_OF_OTHERS = re.compile(
    r"Ctrl|Shift|Alt|Tab|Delete|Enter|Esc|End|PDF|GHFL|APP|PGM|LUFS|SHA|F\d+|PulseAudio|hotline-desk"
    r"|model|install|zip|Excel|CSV"
)
_PATH = re.compile(r"/\S*")


def test_every_action_has_a_key_of_its_own_and_a_tooltip_that_says_it(window):
    shortcuts = [action.shortcut().toString() for action in window.verbs.values()]

    assert set(window.verbs) == set(Verb)
    assert len(set(shortcuts)) == len(shortcuts)
    for verb, action in window.verbs.items():
        assert action.shortcut().toString() == verb.value
        assert verb.value in action.toolTip()


def test_the_key_card_shows_every_key(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)

    assert window._card.isVisible()
    shown = {label.text() for label in window._card.findChildren(QLabel)}
    assert {verb.value for verb in Verb} <= shown
    assert {keys.title(verb) for verb in Verb} <= shown


def test_escape_closes_the_card_and_nothing_under_it(qtbot, window):
    topic = window.findChild(QLineEdit, "episode_topic")
    assert window.live._left.editing
    qtbot.keyClicks(topic, "7")
    written = topic.text()
    qtbot.keyClick(window, Qt.Key.Key_F1)

    qtbot.keyClick(topic, Qt.Key.Key_Escape)

    assert not window._card.isVisible()
    assert topic.isVisible()
    assert topic.text() == written


def test_what_another_key_does_is_seen(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert not window._card.isVisible()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_opens_with_its_key(qtbot, window, page):
    digit = Qt.Key(Qt.Key.Key_1 + PAGES.index(page))

    qtbot.keyClick(window, digit, Qt.KeyboardModifier.ControlModifier)

    assert window.page is page
    assert window.pages.currentIndex() == PAGES.index(page)


def test_every_button_and_field_says_what_it_is(window):
    silent = [
        button.text()
        for button in window.findChildren(QAbstractButton)
        if button.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not button.toolTip()
        and not button.objectName().startswith("qt_")
        and type(button).__module__.startswith("hotline_desk")
    ]

    assert silent == []


def test_no_english_is_to_be_seen(window):
    said = []
    for label in window.findChildren(QLabel):
        said += [label.text(), label.toolTip()]
    for button in window.findChildren(QAbstractButton):
        said += [button.text(), button.toolTip()]
    for field in window.findChildren(QLineEdit):
        said += [field.placeholderText(), field.toolTip()]
    for text in window.findChildren(QPlainTextEdit):
        said += [text.placeholderText(), text.toolTip()]
    for choice in window.findChildren(QComboBox):
        said += [choice.itemText(at) for at in range(choice.count())]
    for tabs in window.findChildren(QTabWidget):
        said += [tabs.tabText(at) for at in range(tabs.count())]
    for table in window.findChildren(QTableView):
        model = table.model()
        said += [model.headerData(at, Qt.Orientation.Horizontal)
                 for at in range(model.columnCount())]  # fmt: skip

    english = [
        text
        for text in said
        if text and re.search("[A-Za-z]{2,}", _PATH.sub("", _WORDS_OF_OTHERS.sub("", text)))
    ]

    assert len([text for text in said if text]) > 100
    assert english == []


def test_search_is_on_every_page_and_its_results_land_in_the_archive(qtbot, window):
    window.open_page(Verb.STATISTICS)

    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.strip.search
    qtbot.waitUntil(search.hasFocus)
    with qtbot.waitSignal(window.desk.archive.found) as found:
        qtbot.keyClicks(search, "12345")
        qtbot.keyClick(search, Qt.Key.Key_Return)

    assert found.args == ["12345", ()]
    assert window.page is Verb.ARCHIVE
