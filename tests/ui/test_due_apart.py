"""今日待办: what has no limit, what was brought along, and a calendar that is wrong."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import NewCase, Satisfaction
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, Question
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.due_list import DueParts
from hotline_desk.ui.cases.due_rows import Grouping, Heading, grouped
from hotline_desk.ui.cases.due_view_model import Only
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.workflows import case_clock

PATIENCE = 60_000
BY = "值班员"


@pytest.fixture
def filed(workspace):
    """A new case, one in arbitration that has no limit, and a request of another ledger's."""
    today = studio_now().date()
    with Ledger.open(workspace.ledger) as ledger:
        new = ledger.add_case(NewCase(received=today, matter="没有签合同", owner="干部甲"), by=BY)
        heard = ledger.add_case(NewCase(received=today - timedelta(days=30), owner="甲"), by=BY)
        told = Closing(on=heard.received, told_on=heard.received)
        heard = case_clock.close(ledger, heard.id, told, ClosingWay.LAWYER, by=BY)
        heard = replace(heard, course=Course.ARBITRATION, satisfaction=Satisfaction.SATISFIED)
        ledger.save_case(replace(heard, called_back_on=today), by=BY)
        at = datetime(2024, 3, 6, 10, tzinfo=STUDIO_ZONE)
        old = Question(
            id=0, number="", caller=Caller(), episode=None, at=at, kind=Kind.REQUEST,
            category=Category.WAGES, point="多年以前的诉求",
        )  # fmt: skip
        ledger.file_question(old, by=BY)
    return new


@pytest.fixture
def due(qtbot, filed, desk):
    desk.due.watch(True)
    qtbot.waitUntil(lambda: desk.due.read, timeout=PATIENCE)
    yield desk.due
    desk.due.watch(False)


def test_what_has_no_limit_stands_last_under_a_quiet_heading(due):
    shown = grouped(due.shown, Grouping.TIME)

    assert [row.stage for row in due.shown] == [Stage.CONTACT, Stage.FOLLOW]
    assert isinstance(shown[-2], Heading)
    assert (shown[-2].words, shown[-1].left_words) == ("没有期限  1 项", "没有期限")


def test_what_was_brought_along_is_behind_a_button_that_goes_when_all_is_done(qtbot, due, desk):
    parts = DueParts(due)
    qtbot.addWidget(parts)
    button = parts._buttons[Only.BROUGHT]
    assert button.text() == "导入的旧案 1"
    assert not button.isHidden()

    with qtbot.waitSignal(due.rows_changed, timeout=PATIENCE):
        button.click()
    (row,) = due.shown
    assert row.matter == "多年以前的诉求"
    assert due.says == "1 项，超期 1"

    desk.case.show_due(row)
    qtbot.waitUntil(lambda: desk.case.sheet.question == row.question, timeout=PATIENCE)
    desk.case.open([row.question.id])
    qtbot.waitUntil(lambda: due.only is None, timeout=PATIENCE)
    assert button.isHidden()
    assert len(due.shown) == 3


def test_a_slip_in_the_calendar_leaves_the_pages_open_and_says_which_line(
    qtbot, filed, window, desk, workspace
):
    workspace.calendar.write_text(
        "[office]\noff = []\nworked = [2026-13-01]\n", encoding="utf-8-sig"
    )
    window.open_page(Verb.LEDGER)
    page = window.ledger
    words = page._list._faults

    qtbot.waitUntil(words.isVisible, timeout=PATIENCE)
    assert len(desk.due.rows) == 2
    assert f"“{workspace.calendar}”第 3 行" in words.text()

    page.choose_view(SavedView.CASES)
    qtbot.waitUntil(lambda: desk.cases.rows != (), timeout=PATIENCE)
    desk.case.show_case(filed.id)
    qtbot.waitUntil(lambda: desk.case.case == filed, timeout=PATIENCE)
    assert desk.case.sheet.clock is not None
    assert words.isVisible()

    workspace.calendar.write_text("[office]\noff = []\n", encoding="utf-8")
    desk.due.refresh()
    qtbot.waitUntil(lambda: not words.isVisible(), timeout=PATIENCE)
