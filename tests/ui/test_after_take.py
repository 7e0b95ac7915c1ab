"""Once a take has ended: its health sheet is told, and its lines are put away as FLAC."""

import wave
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from hotline_desk.settings import LineSetting
from hotline_desk.system import FileLock
from hotline_desk.take.take import LOCK
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows import consolidate as consolidating
from hotline_desk.workflows.consolidate import consolidate
from hotline_desk.workflows.recording import relative
from tests.ended_takes import LINES, make_take

PATIENCE = 60_000
RATE_HZ = 16_000
ROLES = ("坐席", "演播室")


@pytest.fixture
def noisy_lines(tmp_path):
    """Two lines of a minute's quiet noise."""
    heights = np.random.default_rng(1).normal(0, 1500, RATE_HZ * 60).astype("<i2")
    sound = tmp_path / "noise.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(heights.tobytes())
    return tuple(
        LineSetting(name=name, device=f"file:{sound}?speed=20", role=name)
        for name in ("来电", "演播室")
    )


def stop(qtbot, desk):
    desk.recording.stop()
    qtbot.waitUntil(lambda: not desk.recording.recording, timeout=PATIENCE)


@pytest.mark.slow
def test_a_take_that_ends_is_examined_told_and_put_away(qtbot, window, record, noisy_lines):
    desk = window.desk
    folder = record(desk, noisy_lines)
    desk.after.begin()
    qtbot.waitUntil(lambda: desk.recording.now.elapsed > 20, timeout=PATIENCE)

    with qtbot.waitSignal(desk.after.told, timeout=PATIENCE) as told:
        stop(qtbot, desk)

    assert told.args[0].startswith("录音体检：合格：来电 ")
    assert "录音体检：合格" in window.messages.text
    qtbot.waitUntil(lambda: not list(folder.glob("*.wav")), timeout=PATIENCE)
    assert sorted(path.name for path in folder.glob("*.flac")) == ["line1.flac", "line2.flac"]
    qtbot.waitUntil(lambda: window.foot.words == "", timeout=PATIENCE)


@pytest.mark.slow
def test_putting_away_waits_for_a_recording_and_goes_on_after_it(
    qtbot, window, record, noisy_lines
):
    desk = window.desk
    first = record(desk, noisy_lines)
    qtbot.waitUntil(lambda: desk.recording.now.elapsed > 20, timeout=PATIENCE)
    stop(qtbot, desk)
    second = record(desk, noisy_lines)

    desk.after.begin()
    desk.after._next()
    qtbot.waitUntil(lambda: desk.recording.now.elapsed > 20, timeout=PATIENCE)
    waited = list(first.glob("*.wav"))
    stop(qtbot, desk)

    assert waited
    for folder in (first, second):
        qtbot.waitUntil(lambda folder=folder: not list(folder.glob("*.wav")), timeout=PATIENCE)


@pytest.mark.slow
def test_the_archive_shows_a_takes_sheet_and_copies_it(qtbot, window, record, noisy_lines):
    desk = window.desk
    folder = record(desk, noisy_lines)
    qtbot.waitUntil(lambda: desk.recording.now.elapsed > 20, timeout=PATIENCE)
    stop(qtbot, desk)
    spoiled = max(folder.glob("line1-*.wav"))
    spoiled.unlink()
    window.open_page(Verb.ARCHIVE)
    desk.archive.open_take(relative(desk.office.workspace, folder))
    qtbot.waitUntil(window.archive._show_health.isVisible, timeout=PATIENCE)

    shown = []
    program = QApplication.instance()
    program.focusWindowChanged.connect(shown.append)
    window.verbs[Verb.HEALTH].trigger()
    qtbot.waitUntil(lambda: bool(window.archive._health.text), timeout=PATIENCE)
    program.focusWindowChanged.disconnect(shown.append)
    window.archive._copy.click()

    assert "来电" in window.archive._health.text
    assert QGuiApplication.clipboard().text() == window.archive._health.text
    assert "有问题" in window.archive._health.text
    assert not shown, "another window took the keys"
    window.archive._health.setFocus()
    window.verbs[Verb.HEALTH].trigger()
    assert not window.archive._health.isVisible()
    assert window.archive._takes.hasFocus()


def test_the_sheet_of_no_take_is_asked_for_in_words(window):
    window.verbs[Verb.HEALTH].trigger()

    assert "先选一次录音" in window.messages.text


@pytest.fixture
def ended_take(window):
    """A take whose 坐席 line is due to be purged, and could become FLACs."""
    lines = tuple(replace(line, role=role) for line, role in zip(LINES, ROLES, strict=True))
    folder = window.desk.office.workspace.episodes / "2026-11-18-第189期" / "take-20261118-095000"
    return make_take(folder, lines=lines, began=datetime.now().astimezone() - timedelta(days=4))


def look(qtbot, after, times):
    """Let it look at all takes so many times, as it does once a minute."""
    after._recording.begin()
    after._begun = True
    for _ in range(times):
        qtbot.waitUntil(lambda: after._may, timeout=PATIENCE)
        after._begin_round()
        qtbot.waitUntil(lambda: not after._busy, timeout=PATIENCE)


def test_what_could_not_be_purged_is_told_once(qtbot, window, ended_take, caplog):
    told = []
    window.desk.after.warned.connect(told.append)
    first = min(ended_take.glob("line1-*.wav"))
    first.rename(ended_take / "away")
    first.mkdir()  # nobody, root neither, can write a folder

    look(qtbot, window.desk.after, 3)

    assert told == ["take-20261118-095000 里到期的声音没能清除，会再试；请检查磁盘。"]
    caplog.clear()


def test_what_could_not_be_put_away_is_tried_and_told_once(qtbot, window, ended_take, caplog):
    failed = []
    window.desk.after.failed.connect(failed.append)
    (ended_take / "line2.flac.new").mkdir()
    (ended_take / "line2.flac.new" / "in the way").touch()

    look(qtbot, window.desk.after, 3)

    assert len(failed) == 1
    caplog.clear()


def test_what_another_process_works_on_is_tried_once_a_round(
    qtbot, window, ended_take, monkeypatch
):
    tried = []

    def come_too_late(workspace, folder, **more):
        tried.append(folder)
        lock = FileLock(folder / LOCK)
        assert lock.acquire()
        try:
            consolidate(workspace, folder, **more)
        finally:
            lock.release()

    monkeypatch.setattr(consolidating, "consolidate", come_too_late)

    look(qtbot, window.desk.after, 2)

    assert tried == [ended_take, ended_take]
