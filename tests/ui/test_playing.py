"""A row is heard on the pre-listen output of a real sound server, and never on a line's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from hotline_desk.domain.questions import Span
from hotline_desk.errors import PreListenIsLine
from hotline_desk.messages import sentence
from hotline_desk.settings import LineSetting, Settings
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows.recording import relative
from tests.sound_server import server  # noqa: F401  a fixture
from tests.ui.conftest import make_window

pytestmark = pytest.mark.usefixtures("on_the_server")
PATIENCE = 60_000


@pytest.fixture
def on_the_server(server, monkeypatch):  # noqa: F811  the fixture above
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def heard(qtbot, open_desk, appearance, record, sample_lines, workspace):
    """Return a function that opens a window with settings, with ten seconds of a take."""
    windows = []

    def open_(settings):
        desk = open_desk(settings)
        window = make_window(desk, appearance)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        take = record(desk, sample_lines)
        qtbot.waitUntil(lambda: desk.recording.now.elapsed > 10, timeout=PATIENCE)
        return window, relative(workspace, take)

    yield open_
    for window in windows:
        window.close()
        window.deleteLater()


def test_a_row_is_heard_on_the_chosen_output_until_the_key_is_pressed_again(qtbot, heard):
    window, take = heard(Settings(pre_listen="studio"))
    playback = window.desk.playback

    playback.play(take, Span(line="来电", start=0.5, end=9.5))
    qtbot.waitUntil(lambda: playback.playing, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not playback.playing
    assert window.messages.text == ""


def test_an_output_that_feeds_a_line_is_refused_in_words(qtbot, heard, caplog):
    line = LineSetting(name="演播室", device="studio_line", role="演播室")
    window, take = heard(Settings(pre_listen="studio", lines=(line,)))

    window.desk.playback.play(take, Span(line="来电", start=0.5, end=9.5))

    expected = sentence(PreListenIsLine("studio"))
    qtbot.waitUntil(lambda: expected in window.messages.text, timeout=PATIENCE)
    assert not window.desk.playback.playing
    caplog.clear()


def test_the_settings_offer_what_the_server_has(qtbot, heard, workspace):
    window, _ = heard(Settings())

    window.open_page(Verb.SETTINGS)

    listening = window.settings._listening
    qtbot.waitUntil(lambda: listening.findData("studio") > 0, timeout=PATIENCE)
    caller = window.settings.lines.rows[0]._device
    assert isinstance(caller, QComboBox)
    place = caller.findData("caller_line")
    assert place > 0
    caller.setCurrentIndex(place)
    caller.activated.emit(place)
    qtbot.waitUntil(workspace.settings.exists)
    assert 'device = "caller_line"' in workspace.settings.read_text(encoding="utf-8")
