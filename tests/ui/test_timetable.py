"""Recording begins and ends by the programme's timetable, and its absence is said."""

import dataclasses
import os
import subprocess
import sys
from datetime import datetime, time, timedelta

import pytest

from hotline_desk import settings
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.errors import RecorderFailed
from hotline_desk.messages import sentence
from hotline_desk.settings import LineSetting, Settings
from hotline_desk.take.take import Take
from hotline_desk.ui.live.timetable_view_model import TimetableViewModel
from hotline_desk.workflows import recording
from tests.ui.conftest import make_window

PATIENCE = 60_000


def all_day(**changed):
    """A broadcast from midnight to midnight, today."""
    return Settings(
        weekday=studio_now().weekday(),
        records_from="00:00", starts="00:00", ends="23:58", released="23:59", **changed,
    )  # fmt: skip


@pytest.fixture
def at_desk(qtbot, open_desk, appearance):
    """Return a function that opens a window with a timetable that goes by a clock of its own."""
    windows = []

    def open_(chosen, clock=studio_now):
        desk = open_desk(chosen)
        desk.timetable = TimetableViewModel(
            desk.office, desk.recording, desk.live, desk, clock=clock
        )
        window = make_window(desk, appearance)
        windows.append(window)
        window.show()
        desk.recording.begin()
        desk.timetable.begin()
        return window

    yield open_
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.mark.slow
def test_recording_begins_by_itself_and_says_so_once(qtbot, at_desk, quiet_lines):
    window = at_desk(all_day(lines=quiet_lines))

    qtbot.waitUntil(lambda: window.desk.recording.recording, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "按节目时间表（00:00）自动开始录音" in window.messages.text)
    assert not window.strip.alarmed
    assert {line.name for line in Take(window.desk.recording.now.take).lines} == {"来电", "演播室"}


@pytest.mark.slow
def test_a_recording_that_was_stopped_by_hand_is_missed_loudly_and_not_overruled(
    qtbot, at_desk, quiet_lines
):
    window = at_desk(all_day(lines=quiet_lines))
    present = window.desk.recording
    qtbot.waitUntil(lambda: present.recording, timeout=PATIENCE)
    present.stop()

    qtbot.waitUntil(lambda: window.strip.alarmed, timeout=PATIENCE)

    assert "手动停止" in window.strip._reason.text()
    assert window.windowTitle().startswith("应在录音，现在没有录音")
    window.desk.timetable.tick()
    assert not present.busy
    present.start(None)
    qtbot.waitUntil(lambda: present.recording, timeout=PATIENCE)
    assert not window.strip.alarmed
    qtbot.waitUntil(lambda: not window.windowTitle().startswith("应在录音"))


def test_without_lines_the_strip_says_where_to_choose_them(qtbot, at_desk):
    window = at_desk(all_day())

    qtbot.waitUntil(lambda: window.strip.alarmed, timeout=PATIENCE)

    assert "Ctrl+5" in window.strip._reason.text()


@pytest.mark.slow
def test_a_start_that_fails_is_said_and_tried_again_with_other_lines(
    qtbot, at_desk, quiet_lines, tmp_path, caplog
):
    missing = LineSetting(name="来电", device=f"file:{tmp_path / 'gone.wav'}", role="来电")
    window = at_desk(all_day(lines=(missing,)))
    qtbot.waitUntil(lambda: window.strip.alarmed, timeout=PATIENCE)
    reason = window.strip._reason.text()

    office = window.desk.office
    office.change_settings(dataclasses.replace(office.settings, lines=quiet_lines))

    qtbot.waitUntil(lambda: window.desk.recording.recording, timeout=PATIENCE)
    assert reason in sentence(RecorderFailed(reason))
    assert "gone.wav" in reason
    assert not window.strip.alarmed
    caplog.clear()


@pytest.mark.slow
def test_the_recording_is_let_go_when_its_time_is_over(qtbot, at_desk, quiet_lines):
    passed = []
    last = datetime.combine(studio_now().date(), time(23, 59, 30), STUDIO_ZONE)
    window = at_desk(all_day(lines=quiet_lines), clock=lambda: last if passed else studio_now())
    qtbot.waitUntil(lambda: window.desk.recording.recording, timeout=PATIENCE)

    passed.append(True)

    qtbot.waitUntil(lambda: not window.desk.recording.recording, timeout=PATIENCE)
    assert "已到 23:59" in window.messages.text
    assert not window.strip.alarmed


def test_on_another_day_nothing_is_due(qtbot, at_desk, quiet_lines):
    another = (studio_now() + timedelta(days=2)).weekday()
    window = at_desk(dataclasses.replace(all_day(lines=quiet_lines), weekday=another))

    qtbot.waitUntil(lambda: "00:00 自动开始录音" in window.strip._below.text())
    window.desk.timetable.tick()

    assert not window.desk.recording.busy
    assert not window.strip.alarmed


def test_the_programmes_time_is_on_the_air_and_stopping_asks_first(qtbot, at_desk, quiet_lines):
    window = at_desk(all_day(lines=quiet_lines))
    qtbot.waitUntil(lambda: window.desk.recording.recording, timeout=PATIENCE)

    window._record()

    assert window.strip._air.text() == "■ 直播中"
    assert window._ask.isVisible()


@pytest.mark.slow
def test_the_program_follows_the_timetable_from_its_start(workspace, quiet_lines):
    """The whole program, closed by its window's manager once its recorder runs."""
    settings.save(all_day(lines=quiet_lines), workspace.settings)
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer;"
        "from PySide6.QtWidgets import QApplication; from hotline_desk import app;"
        "from hotline_desk.paths import Workspace;"
        "from hotline_desk.workflows.recording import running;"
        "workspace = Workspace(Path(sys.argv[1])); run = QApplication.exec;\n"
        "def execute():\n"
        "    timer = QTimer(interval=200)\n"
        "    timer.timeout.connect(\n"
        "        lambda: running(workspace) and QApplication.closeAllWindows())\n"
        "    timer.start()\n"
        "    return run()\n"
        "QApplication.exec = staticmethod(execute); sys.exit(app.main(workspace))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(workspace.root)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    take = recording.running(workspace)
    said = done.stderr.replace("This plugin does not support propagateSizeHints()\n", "")
    assert (done.returncode, said) == (0, "")
    assert take is not None
    recording.stop(take)
    assert recording.wait_for_end(take)
