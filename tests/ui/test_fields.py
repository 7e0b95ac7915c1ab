"""One maker makes what every form's fields are written in; all have the same face."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton

from hotline_desk.ui.kit.fields import Field, Shape, choice, field_widget

OPTIONS = ("", "农民工", "女职工", "新业态")
WORDS = dict.fromkeys(Shape, "农民工") | {
    Shape.TICKS: "农民工、新业态",
    Shape.CHIPS: "农民工、新业态",
    Shape.TEXT: "第一行\n第二行",
    Shape.NAME: "没有列出的",
}


@pytest.fixture(params=list(Shape))
def field(request):
    several = request.param in {Shape.TICKS, Shape.CHIPS}
    return Field(
        name="of", title="栏", shape=request.param, options=OPTIONS[1:] if several else OPTIONS
    )


@pytest.fixture
def written(qtbot, field, appearance):
    made = field_widget(field, appearance)
    qtbot.addWidget(made)
    made.show()
    return made


def change(qtbot, written):
    """Change what stands in *written* as a person does."""
    buttons = written.findChildren(QAbstractButton)
    if buttons:
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    elif hasattr(written, "activated") and not written.isEditable():
        qtbot.keyClick(written, Qt.Key.Key_Down)
    else:
        qtbot.keyClicks(written, "a")


def test_what_is_shown_stands_there_and_waits_for_nothing(written, field):
    written.show_text(WORDS[field.shape])

    assert written.text() == WORDS[field.shape]
    assert not written.modified


def test_what_a_person_changes_is_told_and_waits(qtbot, written):
    typed = QSignalSpy(written.typed)

    change(qtbot, written)

    assert typed.count() == 1
    assert written.modified


def test_a_field_begins_with_its_value(qtbot, field, appearance):
    begun = Field(
        name="of", title="栏", shape=field.shape, options=field.options, value=WORDS[field.shape]
    )

    made = field_widget(begun, appearance)
    qtbot.addWidget(made)

    assert made.text() == begun.value
    assert not made.modified
    assert (made.objectName(), made.accessibleName()) == ("of", "栏")


@pytest.mark.parametrize("shape", [Shape.LINE, Shape.CHOICE])
def test_tab_takes_what_is_proposed(qtbot, appearance, shape):
    asked = choice("of", "栏", OPTIONS[1:], "女职工")
    if shape is Shape.LINE:
        asked = Field(name="of", title="栏", proposal="女职工")
    made = field_widget(asked, appearance)
    qtbot.addWidget(made)
    made.show()

    qtbot.keyClick(made, Qt.Key.Key_Tab)

    assert made.text() == "女职工"
    assert made.modified
