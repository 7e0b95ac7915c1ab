import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from hotline_desk.domain.categories import Category
from hotline_desk.domain.importing.values import CellNotUnderstood, is_nothing, read_fen
from hotline_desk.ui.kit.field_text import NotUnderstood, as_text, from_text
from hotline_desk.ui.kit.text_fields import Choice, ManyLines, OneLine

COMPOSERS_KEYS = [
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Space,
    Qt.Key.Key_1, Qt.Key.Key_9,
]  # fmt: skip


@pytest.fixture
def form(qtbot, appearance):
    """Two one-line fields, a choice and a text, one below the other."""
    page = QWidget()
    page.one, page.two = OneLine(appearance), OneLine(appearance)
    page.choice, page.text = Choice(appearance), ManyLines()
    page.choice.addItems(["", "工资", "工伤"])
    column = QVBoxLayout(page)
    for widget in (page.one, page.two, page.choice, page.text):
        column.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.one.setFocus()
    return page


def compose(widget, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("key", COMPOSERS_KEYS, ids=lambda key: key.name)
@pytest.mark.parametrize("name", ["one", "text"])
def test_keys_belong_to_the_input_method_while_it_composes(qtbot, form, name, key):
    field, heard = getattr(form, name), []
    field.setFocus()
    form.one.propose("十一人被拖欠两个月工资")
    form.one.accepted.connect(lambda: heard.append("accepted"))
    field.left.connect(lambda: heard.append("left"))
    shortcut = QShortcut(QKeySequence(key), form, lambda: heard.append("shortcut"))
    compose(field, "gongzi")

    qtbot.keyClick(field, key)

    assert heard == []
    assert field.hasFocus()
    text = field.text() if name == "one" else field.toPlainText()
    assert text == ""
    shortcut.setEnabled(False)
    compose(field, "", "工资")
    assert (field.text() if name == "one" else field.toPlainText()) == "工资"


def test_tab_takes_the_proposal_and_goes_on(qtbot, form):
    form.one.propose("11 人")
    form.one.accepted.connect(lambda: form.one.setText("11 人"))

    qtbot.keyClick(form.one, Qt.Key.Key_Tab)

    assert form.one.text() == "11 人"
    assert form.two.hasFocus()


def test_enter_goes_on_without_the_proposal(qtbot, form):
    form.one.propose("11 人")
    taken = []
    form.one.accepted.connect(lambda: taken.append(True))

    qtbot.keyClick(form.one, Qt.Key.Key_Return)

    assert form.two.hasFocus()
    assert not taken
    assert form.one.text() == ""


def test_a_proposal_is_not_data(form):
    form.one.propose("11 人")
    form.choice.propose("工资")

    assert form.one.text() == ""
    assert form.choice.currentText() == ""


def test_typing_hides_the_proposal_and_tab_then_only_goes_on(qtbot, form):
    form.one.propose("11 人")
    taken = []
    form.one.accepted.connect(lambda: taken.append(True))

    qtbot.keyClicks(form.one, "12")
    qtbot.keyClick(form.one, Qt.Key.Key_Tab)

    assert form.one.text() == "12"
    assert not taken
    assert form.two.hasFocus()


def test_escape_puts_the_proposal_away_and_then_leaves(qtbot, form):
    heard = []
    form.one.propose("11 人")
    form.one.declined.connect(lambda: (heard.append("declined"), form.one.propose("")))
    form.one.left.connect(lambda: heard.append("left"))

    qtbot.keyClick(form.one, Qt.Key.Key_Escape)
    qtbot.keyClick(form.one, Qt.Key.Key_Escape)

    assert heard == ["declined", "left"]


def test_a_choice_takes_its_proposal_with_tab(qtbot, form):
    form.choice.setFocus()
    form.choice.propose("工伤")
    form.choice.accepted.connect(lambda: form.choice.show_text("工伤"))

    qtbot.keyClick(form.choice, Qt.Key.Key_Tab)

    assert form.choice.currentText() == "工伤"
    assert form.text.hasFocus()


def test_undo_leaves_the_field_only_when_it_has_nothing_to_undo(qtbot, form):
    undone = []
    QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), form, lambda: undone.append(True))

    qtbot.keyClicks(form.one, "abc")
    qtbot.keyClick(form.one, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    in_the_field = (form.one.text(), list(undone))
    qtbot.keyClick(form.one, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert in_the_field == ("", [])
    assert undone == [True]


def test_what_somebody_types_is_not_overwritten(form):
    compose(form.one, "", "我写的")

    form.one.show_text("字幕来的")

    assert form.one.text() == "我写的"


@pytest.mark.parametrize(
    ("text", "fen"),
    [("33000", 3_300_000), ("33,000 元", 3_300_000), ("3.3万", 3_300_000), ("12.5", 1250),
     ("3，000元", 300_000), ("三万", 3_000_000), ("¥300元整", 30_000), ("", None)],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, fen):
    assert from_text("amount_fen", text) == fen


@pytest.mark.parametrize("text", ["约3万", "-5", "1e9", "33000 块左右", "."])
def test_an_amount_that_is_none_is_refused(text):
    with pytest.raises(NotUnderstood):
        from_text("amount_fen", text)


@given(st.text("0123456789,，.-¥元万千百一三十零整 ", min_size=1))
def test_a_field_means_by_an_amount_what_an_imported_cell_does(text):
    assume(not is_nothing(text))
    try:
        cell = read_fen(text)
    except CellNotUnderstood:
        with pytest.raises(NotUnderstood):
            from_text("amount_fen", text)
    else:
        assert from_text("amount_fen", text) == cell


@given(st.integers(min_value=0, max_value=99_999_999_999))
def test_every_amount_shown_is_read_back(fen):
    assert from_text("amount_fen", as_text("amount_fen", fen)) == fen


@given(st.integers(min_value=0, max_value=999_999))
def test_every_number_of_people_shown_is_read_back(people):
    assert from_text("people", as_text("people", people)) == people


@pytest.mark.parametrize("category", list(Category))
def test_every_category_shown_is_read_back(category):
    assert from_text("category", as_text("category", category)) is category
