"""Once a take has ended: its health sheet is told, and its lines are put away as FLAC."""

import wave

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from hotline_desk.settings import LineSetting
from hotline_desk.ui.keys import Verb
from hotline_desk.workflows.recording import relative

PATIENCE = 60_000
RATE_HZ = 16_000


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

    window.verbs[Verb.HEALTH].trigger()
    qtbot.waitUntil(lambda: bool(window.archive._health.text), timeout=PATIENCE)
    window.archive._copy.click()

    assert "来电" in window.archive._health.text
    assert QGuiApplication.clipboard().text() == window.archive._health.text
    assert "有问题" in window.archive._health.text
    window.verbs[Verb.HEALTH].trigger()
    assert not window.archive._health.isVisible()


def test_the_sheet_of_no_take_is_asked_for_in_words(window):
    window.verbs[Verb.HEALTH].trigger()

    assert "先选一次录音" in window.messages.text
