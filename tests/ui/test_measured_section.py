"""Settings of cases and of keeping: taken when they can be, told in a sentence when they cannot."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hotline_desk import settings
from hotline_desk.ui.kit.form import Form
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.settings.measured_section import (
    OF_CASES,
    OF_CLOCK,
    OF_KEEPING,
    MeasuredSection,
)


@pytest.fixture
def sheet(qtbot, desk, appearance):
    form = Form(960)
    qtbot.addWidget(form)
    sections = [
        MeasuredSection(desk.settings, of, appearance) for of in (OF_CLOCK, OF_CASES, OF_KEEPING)
    ]
    for section in sections:
        form.add_rows("", "", section.rows)
        desk.office.settings_changed.connect(section.show_settings)
    form.sections = sections
    form.show()
    return form


def write(sheet, name, text):
    field = sheet.findChild(OneLine, f"settings_{name}")
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    field.insert(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field.parent().words


@pytest.mark.parametrize(
    ("name", "text", "kept", "says"),
    [
        ("call_back_days", "8", 8, "今日待办"),
        ("limit_contact", "2", 2, "接收日的次日"),
        ("limit_close_complex", "2", 2, "现在按 1、3、5、7 算"),
        ("letter_number", "日工{种类}{年}第{号}号", "日工{kind}{year}第{n}号", "日工提示函"),
        ("temporary_days", "90", 90, "接收日"),
    ],
)
def test_what_can_be_is_kept_at_once(qtbot, sheet, desk, name, text, kept, says):
    assert says in write(sheet, name, text)

    assert getattr(desk.settings.settings, name) == kept
    path = desk.office.workspace.settings
    qtbot.waitUntil(lambda: path.exists() and getattr(settings.load(path), name) == kept)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("call_back_days", "0", "写 1 到 400 的整数。"),
        ("call_back_days", "五天", "写 1 到 400 的整数。"),
        ("temporary_days", "3651", "写 1 到 3650 的整数。"),
        ("letter_number", "工法", "文号里写一个 {号}，可以再写 {种类} 和 {年}，不超过 60 个字。"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(sheet, desk, name, text, says):
    before = desk.settings.settings

    assert write(sheet, name, text) == says

    assert desk.settings.settings == before
