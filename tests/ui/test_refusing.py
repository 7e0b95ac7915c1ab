"""不同意录音: one key takes the caller's words out of sight, and one brings them back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.questions import Span
from hotline_desk.domain.utterances import Utterance, Word
from hotline_desk.errors import RecordingRefused
from hotline_desk.messages import sentence
from hotline_desk.settings import Settings
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.workflows.recording import relative
from tests.ui.conftest import make_window

PATIENCE = 60_000
SHIFT = Qt.KeyboardModifier.ShiftModifier


def said(line, start, end, text):
    """An utterance; nobody but the test writes captions here, for there is no model."""
    word = Word(word=text, start=start, end=end, conf=1.0)
    return Utterance(line=line, start=start, end=end, text=text, words=(word,))


@pytest.fixture
def on_air(qtbot, open_desk, appearance, episode, record, quiet_lines, caplog):
    """A window with a call on the air, in a take whose captions the test writes."""
    desk = open_desk(Settings(model="没有这个模型", pre_listen="x", pre_roll_seconds=0))
    window = make_window(desk, appearance)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    desk.live.save_episode(episode)
    qtbot.waitUntil(lambda: desk.live.episode is not None, timeout=PATIENCE)
    folder = record(desk, quiet_lines)
    append_utterance(folder, said("演播室", 0.0, 0.5, "听众朋友们好"))
    qtbot.waitUntil(lambda: desk.recording.now.elapsed > 2, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(
        lambda: (
            desk.live.hour.on_air is not None and desk.live.hour.on_air.state is CallState.ON_AIR
        ),
        timeout=PATIENCE,
    )
    began = desk.live.hour.on_air.began
    append_utterance(folder, said("来电", began + 0.1, began + 0.6, "我叫什么名字"))
    qtbot.waitUntil(lambda: window.live._captions.settled == 2, timeout=PATIENCE)
    caplog.clear()  # that there is no model was told
    yield window, folder, began
    window.close()
    window.deleteLater()


@pytest.mark.slow
def test_a_refusal_takes_the_calls_words_away_and_undo_brings_them_back(qtbot, on_air, caplog):
    window, folder, began = on_air
    captions = window.live._captions

    qtbot.keyClick(window, Qt.Key.Key_F12, SHIFT)

    qtbot.waitUntil(lambda: captions.settled == 1, timeout=PATIENCE)
    assert "不同意录音" in window.messages.text
    assert MarkKind.REFUSED in [mark.kind for mark in marks(folder)]
    assert window.live._card._refused.isVisible()
    window.desk.playback.play(
        relative(window.desk.office.workspace, folder),
        Span(line="来电", start=began, end=began + 0.6),
    )
    expected = sentence(RecordingRefused())
    qtbot.waitUntil(lambda: expected in window.messages.text, timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: captions.settled == 2, timeout=PATIENCE)
    assert MarkKind.REFUSED not in [mark.kind for mark in marks(folder)]
    qtbot.waitUntil(lambda: not window.live._card._refused.isVisible(), timeout=PATIENCE)
    caplog.clear()


@pytest.mark.slow
def test_what_a_refusing_caller_is_saying_is_not_shown_either(qtbot, on_air):
    window, _folder, began = on_air
    qtbot.keyClick(window, Qt.Key.Key_F12, SHIFT)
    qtbot.waitUntil(lambda: window.live._captions.settled == 1, timeout=PATIENCE)

    window.desk.recording._hear({"line": "来电", "partial": "我住在", "start": began + 1.0})

    assert window.live._captions.rowCount() == 1


def test_without_a_call_the_key_says_what_to_do(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F12, SHIFT)

    qtbot.waitUntil(lambda: "先选中一个来电" in window.messages.text, timeout=PATIENCE)
