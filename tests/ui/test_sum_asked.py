"""The sum of a mediated claim is written from its row in a few keys, and 0 is a word too."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import NewCase, Satisfaction
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import CourseRefused
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.case_fields import text_of, writing
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows import case_clock, case_course
from tests.ui.conftest import make_window

PATIENCE = 60_000
BY = "值班员"
CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = studio_now().date()
CLOSED = TODAY - timedelta(days=9)


@pytest.fixture
def case(workspace):
    """Eleven cleaners, mediated nine days ago: nobody wrote for how much."""
    new = NewCase(
        received=CLOSED - timedelta(days=2), matter="拖欠工资", claimed_fen=3_300_000, people=11,
        owner="干部甲",
    )  # fmt: skip
    with Ledger.open(workspace.ledger) as ledger:
        made = replace(ledger.add_case(new, by=BY), course=Course.MEDIATED)
        ledger.save_case(made, by=BY)
        told = Closing(on=CLOSED, told_on=CLOSED)
        case_clock.close(ledger, made.id, told, ClosingWay.MEDIATED, by=BY)
        return case_course.call_back(ledger, made.id, Satisfaction.SATISFIED, on=CLOSED, by=BY)


@pytest.fixture
def window(qtbot, case, desk, appearance):
    made = make_window(desk, appearance)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.open_page(Verb.LEDGER)
    qtbot.waitUntil(lambda: bool(desk.due.rows), timeout=PATIENCE)
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.parametrize(("typed", "fen", "next_"), [("0", 0, None), ("33000", 3_300_000, "履行")])
def test_enter_the_sum_and_ctrl_s(qtbot, window, desk, typed, fen, next_):
    row = next(row for row in desk.due.rows if row.stage is Stage.SUM)
    window.ledger.go_to(row)
    qtbot.waitUntil(
        lambda: getattr(QApplication.focusWidget(), "objectName", str)() == "agreed",
        timeout=PATIENCE,
    )

    qtbot.keyClicks(QApplication.focusWidget(), typed)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: desk.case.case.promise.is_said, timeout=PATIENCE)
    assert desk.case.case.promise.agreed_fen == fen
    assert desk.case.case.promise.agreed_on == CLOSED
    qtbot.waitUntil(lambda: all(r.stage is not Stage.SUM for r in desk.due.rows), timeout=PATIENCE)
    assert next((str(r.stage) for r in desk.due.rows if r.stage is Stage.FULFIL), None) == next_


def test_in_the_field_of_the_sum_0_is_a_word_and_nothing_takes_it_back(workspace, case):
    with Ledger.open(workspace.ledger) as ledger:

        def write(field, text):
            return writing(field, text, case.id, by=BY, today=TODAY)(ledger)

        with pytest.raises(CourseRefused, match="先写协议金额"):
            write("agreed_on", TODAY.isoformat())

        none = write("agreed", "0")
        assert none.promise.is_said
        assert text_of(none, "agreed") == "0 元"
        assert case_course.finished(none, none.course, Finish.FULFILLED, TODAY)

        unsaid = write("agreed", "")
        assert not unsaid.promise.is_said
        assert text_of(unsaid, "agreed") == ""
