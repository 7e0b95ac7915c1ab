"""What was noted of a case: made when somebody sees it, in rows that serve one case after another.

Each case that a key leads past would else make and throw away a hundred widgets in one pause.
"""

import pytest
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.cases.entries import Entries, Entry

PAID = Entry(head="11-25 · 到账", text="3000 元", deeds=((Doing.CORRECT, "到账 3000"),))
GONE = Entry(head="11-24 · 联系", text="没有人接", gone="11-25 划掉：记错了案件")
SAID = Entry(head="", text="差 500 元", role="warning")


@pytest.fixture
def within(qtbot):
    """A page in sight, on which nothing is folded."""
    page = QWidget()
    QVBoxLayout(page)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def entries(within):
    made = Entries(within)
    within.layout().addWidget(made)
    made.show()
    return made


def seen(entries, kind=QLabel):
    return [each.text() for each in entries.findChildren(kind) if each.isVisible()]


def test_what_is_folded_away_has_no_widgets_until_it_is_unfolded(entries):
    entries.hide()

    entries.show_entries([PAID, GONE])

    assert entries.shown == (PAID, GONE)
    assert entries.findChildren(QWidget) == []
    entries.show()
    assert seen(entries) == ["11-25 · 到账", "3000 元", GONE.head, GONE.text, GONE.gone]


def test_the_rows_of_one_case_serve_the_next(entries):
    entries.show_entries([PAID, GONE, SAID])
    made = set(entries.findChildren(QWidget))

    entries.show_entries([SAID, PAID])

    assert set(entries.findChildren(QWidget)) - made == set(entries.findChildren(QToolButton)[-1:])
    assert seen(entries) == ["差 500 元", "11-25 · 到账", "3000 元"]
    assert seen(entries, QToolButton) == ["更正…"]
    roles = [each.property("role") for each in entries.findChildren(QLabel) if each.isVisible()]
    assert roles == ["warning", "meta", ""]


def test_a_button_means_the_entry_that_its_row_shows_now(qtbot, entries):
    other = Entry(head="11-26 · 到账", deeds=((Doing.STRIKE_OUT, "到账 500"),))
    entries.show_entries([PAID])
    entries.show_entries([other])
    (button,) = entries.findChildren(QToolButton)

    with qtbot.waitSignal(entries.deed_wanted) as asked:
        button.click()

    assert asked.args == [Doing.STRIKE_OUT, "到账 500"]
