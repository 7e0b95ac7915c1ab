"""Going on where something has ended: a window closed by mistake, a recorder that died."""

import json
import os
import signal
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.ledger import Ledger
from hotline_desk.settings import Settings
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.live.caption_list import SAID_ROLE
from hotline_desk.workflows import recording
from hotline_desk.workflows.recover import recover
from tests.ui.conftest import make_window

PATIENCE = 60_000


def test_a_window_opened_again_has_the_call_and_the_question_at_hand(
    qtbot, open_desk, record, quiet_lines, appearance, episode
):
    desk = open_desk()
    window = make_window(desk, appearance)
    window.show()
    desk.live.save_episode(episode)
    qtbot.waitUntil(lambda: desk.live.episode is not None, timeout=PATIENCE)
    record(desk, quiet_lines)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(desk.live.hour.questions), timeout=PATIENCE)
    number = desk.live.hour.questions[0].number
    window.close()
    open_desk.close(desk)

    again = open_desk()
    reopened = make_window(again, appearance)
    reopened.show()
    again.live.refresh()

    qtbot.waitUntil(lambda: again.question.question is not None, timeout=PATIENCE)
    assert again.question.question.number == number
    assert again.live.selected is not None
    assert again.live.selected.state is CallState.ON_AIR
    reopened.close()
    for one in (window, reopened):
        one.deleteLater()


@pytest.fixture
def past_take(workspace, episode):
    """A take of today's episode, ended and captioned, and its row in the ledger."""
    began = studio_now() - timedelta(minutes=1)
    folder = recording.take_folder(workspace, episode.folder_name, began)
    folder.mkdir(parents=True)
    line = LineInfo(id="a", name="来电", role="来电", device="file:x", channel=1, rate_hz=8000)
    create_take(folder, [line], started_at=began, monotonic_ns=0, delay_seconds=0, speed=1.0)
    words = (Word("两个月没发工资", 1.0, 3.0, 1.0),)
    append_utterance(folder, Utterance("来电", 1.0, 3.0, "两个月没发工资", words))
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(episode, by="值班员")
        ledger.add_take(recording.relative(workspace, folder), episode.number, began)
    return folder


@pytest.mark.usefixtures("past_take")
def test_an_episode_opened_again_shows_what_was_said(qtbot, open_desk, appearance):
    desk = open_desk()
    window = make_window(desk, appearance)
    window.show()
    desk.live.refresh()

    view = window.live._view
    qtbot.waitUntil(view.isVisible, timeout=PATIENCE)
    assert "两个月没发工资" in view.model().index(0, 0).data(SAID_ROLE).text
    window.close()
    window.deleteLater()


def test_a_number_that_no_episode_has_is_not_saved(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    number = window.findChild(OneLine, "episode_number")

    for wrong in ("0", "10000", "123456789012345678901234567890"):
        number.setText(wrong)
        window.live._left.editor._finish()
        assert "1 到 9999" in window.live._left.editor._says.text()
    number.setText("191")
    window.findChild(OneLine, "episode_on").setText("0202-11-25")
    window.live._left.editor._finish()
    assert "1 到 9999" in window.live._left.editor._says.text()

    assert window.desk.live.episode.number == 190


def test_a_dead_recorder_of_files_is_not_said_to_be_started_again(
    qtbot, window, record, quiet_lines, workspace
):
    record(window.desk, quiet_lines)
    running = json.loads((workspace.root / "recorder.json").read_text(encoding="utf-8"))

    os.kill(running["pid"], signal.SIGKILL)

    qtbot.waitUntil(lambda: not window.desk.recording.recording, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "按 Ctrl+R 重新开始" in window.messages.text, timeout=PATIENCE)
    recover(workspace)


def test_a_mark_after_the_recording_has_no_place(qtbot, window, record, quiet_lines):
    folder = record(window.desk, quiet_lines)
    window.desk.recording.stop()
    qtbot.waitUntil(lambda: not window.desk.recording.recording, timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_F12)

    assert "没有在录音" in window.messages.text
    assert MarkKind.DUMP not in [mark.kind for mark in marks(folder)]


def test_a_narrow_ledger_leaves_columns_to_the_panel(qtbot, window):
    filed = NewQuestion(episode=190, point="拖欠两个月工资", at=studio_now())
    window.desk.office.ask(lambda ledger: ledger.add_question(filed, by="值班员"), owner=window)
    window.open_page(Verb.LEDGER)
    table = window.ledger._table
    qtbot.waitUntil(table.isVisible, timeout=PATIENCE)

    shown = []
    for width in (1280, 1366, 1920):
        window.resize(width, 768)
        QApplication.processEvents()
        shown.append(
            [
                table.model().headerData(column, Qt.Orientation.Horizontal)
                for column in range(table.model().columnCount())
                if not table.isColumnHidden(column)
            ]
        )

    narrow, usual, wide = (set(names) for names in shown)
    assert narrow <= usual < wide
    assert {"台账编号", "类别", "诉求要点"} <= narrow


def test_without_a_model_a_recording_says_why_no_captions_come(
    qtbot, open_desk, record, quiet_lines, appearance, caplog
):
    desk = open_desk(Settings(model="没有这个模型"))
    window = make_window(desk, appearance)
    window.show()
    record(desk, quiet_lines)

    qtbot.waitUntil(lambda: "没有语音模型" in window.live._no_captions.text(), timeout=PATIENCE)
    assert not window.strip._behind.isVisible()
    window.close()
    window.deleteLater()
    caplog.clear()
