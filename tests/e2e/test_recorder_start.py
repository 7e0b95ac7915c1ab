"""Starting the recorder from the desk: what it does when no answer comes."""

import os

import pytest

from hotline_desk.errors import RecorderFailed
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting
from hotline_desk.take.take import Take
from hotline_desk.workflows import recording
from tests.coded_sound import write_coded
from tests.planted_bug import with_bug

NO_ANSWER = "录音程序没有回应，请再试一次。"


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "ws")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(recording, "_START_SECONDS", 3.0)


def line(path, name="来电"):
    return LineSetting(name=name, device=f"file:{path}", role="")


def test_a_bug_in_the_recorder_is_no_sentence_of_its_own(workspace, tmp_path):
    sound = write_coded(tmp_path / "a.wav", [0], seconds=5, rate_hz=8000)
    bug = with_bug(tmp_path / "bug", "shutil", "disk_usage")

    with pytest.raises(RecorderFailed) as failed:
        recording.start(workspace, [line(sound)], folder=workspace.root / "1", environment=bug)

    assert failed.value.reason == NO_ANSWER
    assert "KeyError" in (workspace.logs / "recorder.log").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe stands for a file that never opens")
@pytest.mark.parametrize(
    "said", ["", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"]
)
def test_a_recorder_that_does_not_answer_is_not_left_running(workspace, tmp_path, impatient, said):
    hanging, folder = tmp_path / "hanging.wav", workspace.root / "1"
    os.mkfifo(hanging)
    (tmp_path / "sitecustomize.py").write_text(said)
    deaf = {"PYTHONPATH": str(tmp_path)}

    with pytest.raises(RecorderFailed) as failed:
        recording.start(workspace, [line(hanging)], folder=folder, environment=deaf)

    # no recorder, and no thread that waits for one: the fixtures of every test look for them
    assert failed.value.reason == NO_ANSWER
    assert recording.running(workspace) is None
    assert not folder.exists()


@pytest.mark.slow
def test_a_recorder_that_has_begun_is_left_though_a_line_has_no_sound_yet(
    workspace, tmp_path, impatient
):
    sound = write_coded(tmp_path / "a.wav", [0], seconds=1, rate_hz=192_000)
    late = write_coded(tmp_path / "late.wav", [1], seconds=1, rate_hz=4_000)
    slow = "?speed=0.00002"  # the later one's first sample comes after twelve seconds
    lines = [line(f"{sound}{slow}"), line(f"{late}{slow}", name="演播室")]

    folder = recording.start(workspace, lines, folder=workspace.root / "1")

    try:
        assert recording.running(workspace) == folder
        assert Take(folder).length("演播室") == 0
    finally:
        recording.stop(folder)
        assert recording.wait_for_end(folder)
