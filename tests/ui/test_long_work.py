"""What takes long in the ledger is told at the window's foot, with its end, and can be stopped."""

import shutil
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hotline_desk.domain.bulk import BulkChange, BulkField
from hotline_desk.domain.questions import NewQuestion, QuestionQuery
from hotline_desk.domain.times import studio_now
from hotline_desk.settings import Settings
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit.jobs import Jobs
from hotline_desk.ui.kit.office import Office
from tests.freeze_ledger import LEDGERS
from tests.ui.conftest import BY, PATIENCE


def test_what_goes_on_can_be_stopped_by_key(qtbot, window, desk):
    gate, ended = Event(), []

    def work(_ledger):
        try:
            with desk.office.long_work("正在撤销") as told:
                told(1_000, 3_000)
                gate.wait(PATIENCE / 1000)
                told(2_000, 3_000)
        finally:
            ended.append(True)

    desk.office.ask(work, owner=window)
    qtbot.waitUntil(lambda: window.foot.words == "正在撤销  1,000 / 3,000", timeout=PATIENCE)
    assert window.foot.stop.isVisible()
    window.foot.stop.setFocus()
    QTest.keyClick(window.foot.stop, Qt.Key.Key_Space)
    gate.set()

    qtbot.waitUntil(lambda: ended == [True] and window.foot.words == "", timeout=PATIENCE)
    assert not window.foot.stop.isVisible()


@pytest.fixture
def changed(desk, ask):
    """A desk at which many rows were changed at once."""

    def file(ledger):
        with ledger.together():
            rows = [
                ledger.add_question(NewQuestion(episode=None, at=studio_now()), by="乙").id
                for _ in range(250)
            ]
        ledger.change_rows(rows, BulkChange(BulkField.UNIT, "东港服务点"), by=BY)

    ask(file)
    return desk


def test_an_undo_of_many_rows_tells_how_far_it_is(qtbot, window, changed, ask):
    told = []
    changed.office.working.connect(lambda words, may_stop: told.append((words, may_stop)))

    with qtbot.waitSignal(changed.live.told, timeout=PATIENCE):
        changed.live.undo()

    assert told == [("正在撤销  99 / 250", True), ("正在撤销  199 / 250", True), ("", False)]
    rows = ask(lambda ledger: ledger.questions(QuestionQuery()))
    assert {row.unit for row in rows} == {""}


def test_the_first_start_with_an_older_ledger_says_what_is_done(qtbot, workspace):
    shutil.copy(LEDGERS / "schema_1.db", workspace.ledger)
    lanes = Jobs()
    office = Office(workspace, Settings(), lanes)
    desk = Desk(office)
    told = []
    office.working.connect(lambda words, may_stop: told.append((words, may_stop)))

    with qtbot.waitSignal(office.opened, timeout=PATIENCE):
        office.open_ledger()

    assert told[0] == ("正在更新台账文件", False)
    assert told[-1] == ("", False)
    desk.recording.close()
    office.close()
    lanes.stop()
    desk.deleteLater()
