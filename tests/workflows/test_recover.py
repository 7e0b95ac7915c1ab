"""A take whose recorder died is put in order at the next start."""

import os
import signal
import wave

import pytest

from hotline_desk.domain.times import clock_text
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.take.home import away
from hotline_desk.take.take import Take
from hotline_desk.workflows.recover import recover
from tests.recorder_process import RecorderProcess, wait_until
from tests.take.test_home import take_in


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "minute.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        file.writeframes(bytes(range(250)) * 8 * 480)
    return path


def test_a_take_whose_recorder_was_killed_is_repaired_once_and_told(tmp_path, sound):
    workspace = Workspace(tmp_path / "desk")
    folder = workspace.episodes / "2026-11-25-第190期" / "take-1"
    with RecorderProcess(workspace.root, f"来电=file:{sound}", take=folder) as recorder:
        take = recorder.started(1.0)
        assert recover(workspace) == [], "a take that is being recorded is nobody's to repair"
        os.kill(recorder.process.pid, signal.SIGKILL)
    wait_until(lambda: take.ended)

    assert recover(workspace) == [folder]
    assert recover(workspace) == []

    assert Take(folder).end_reason == "recorder_lost"
    (segment,) = folder.glob("line1-*.wav")
    with wave.open(str(segment)) as file:
        assert file.getnframes() == take.length("来电")
        assert clock_text(file.getnframes() / 8000) >= "00:00:01"


def test_nothing_is_brought_home_while_something_is_recorded(tmp_path):
    workspace = Workspace(tmp_path / "desk")
    folder = take_in(workspace.episodes / "第190期" / "take", tmp_path / "第二" / "take")
    lock = FileLock(workspace.recorder_lock)
    workspace.recorder_lock.parent.mkdir(parents=True, exist_ok=True)
    assert lock.acquire()

    recover(workspace)
    waited = away(folder)
    lock.release()
    recover(workspace)

    assert waited
    assert away(folder) == []
