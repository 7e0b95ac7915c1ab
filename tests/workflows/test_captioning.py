"""A captioner that ends before its time is started again, and says why it did."""

import shutil
import threading
from pathlib import Path

import pytest

from hotline_desk.speech.models import SpeechModel, demo_model
from hotline_desk.take.captions import read_captions
from hotline_desk.take.take import ask_to_stop
from hotline_desk.workflows import captioning
from hotline_desk.workflows.captioning import Captioner
from tests.planted_bug import with_bug
from tests.recorder_process import RecorderProcess, wait_until

SOUND = min((Path(__file__).resolve().parents[2] / "resources" / "samples").glob("call-*.wav"))
UNEXPECTED = "字幕程序意外退出，正在重新启动；录音不受影响。"
LONG = 60.0


class Heard:
    """What a captioner said, and when it failed."""

    def __init__(self):
        self.facts, self.failures, self.finals = [], [], threading.Event()

    def hear(self, facts):
        self.facts.append(facts)
        if "text" in facts:
            self.finals.set()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A call, recorded to its end."""
    folder = tmp_path_factory.mktemp("recorded")
    with RecorderProcess(folder, f"来电=file:{SOUND}?speed=16") as recorder:
        assert recorder.wait()[0] == 0
    return recorder.take


@pytest.fixture
def take(recorded, tmp_path):
    return Path(shutil.copytree(recorded, tmp_path / "take"))


@pytest.fixture
def caption():
    """Return a function that starts a captioner; it is closed with the test."""
    started = []

    def start(take, model):
        heard = Heard()
        captioner = Captioner(
            take, model=model, on_line=heard.hear, on_failure=heard.failures.append
        )
        started.append(captioner)
        return captioner, heard

    yield start
    for captioner in started:
        captioner.close()


@pytest.mark.slow
def test_after_a_bug_it_is_started_again_and_the_bug_is_not_told(
    take, caption, tmp_path, monkeypatch, caplog
):
    bug = with_bug(tmp_path / "bug", "hotline_desk.take.captions", "heard_captions", once=True)
    for name, value in bug.items():
        monkeypatch.setenv(name, value)

    captioner, heard = caption(take, demo_model())

    assert captioner.wait(LONG)
    assert heard.failures == [UNEXPECTED]
    assert read_captions(take)[0]
    (told,) = caplog.messages
    assert told.startswith("the captioner ended with code 70 KeyError < ")
    assert " < captioner.py:" in told
    caplog.clear()


def test_once_the_take_has_ended_a_bug_that_stays_is_given_up(
    take, caption, tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(captioning, "_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(captioning, "_LONGEST_PAUSE_SECONDS", 0.02)
    bug = with_bug(tmp_path / "bug", "hotline_desk.take.captions", "heard_captions")
    for name, value in bug.items():
        monkeypatch.setenv(name, value)

    captioner, heard = caption(take, demo_model())

    assert captioner.wait(LONG)
    assert heard.failures == [
        UNEXPECTED,
        "字幕程序一再意外退出，余下的字幕没有写完；录音不受影响。",
    ]
    caplog.clear()


def test_once_the_take_has_ended_a_foreseen_failure_is_the_end(take, caption, tmp_path):
    captioner, heard = caption(take, SpeechModel("没有", tmp_path / "没有", is_demo=False))

    assert captioner.wait(LONG)
    (failure,) = heard.failures
    assert "没有" in failure


@pytest.mark.slow
def test_while_the_take_goes_on_a_foreseen_failure_is_told_once_and_tried_again(
    tmp_path, caption, monkeypatch, caplog
):
    monkeypatch.setattr(captioning, "_PAUSE_SECONDS", 0.1)
    monkeypatch.setattr(captioning, "_LONGEST_PAUSE_SECONDS", 0.2)
    model = SpeechModel("待装", tmp_path / "待装", is_demo=False)
    with RecorderProcess(tmp_path / "ws", f"来电=file:{SOUND}?speed=2") as recorder:
        take = recorder.started()
        captioner, heard = caption(take.folder, model)
        wait_until(lambda: heard.failures)
        first = captioner.pid
        wait_until(lambda: captioner.pid != first)
        assert captioner.failing

        shutil.copytree(demo_model().path, model.path)
        wait_until(heard.finals.is_set, LONG)
        assert not captioner.failing
        ask_to_stop(take.folder)
        recorder.wait()

    assert captioner.wait(LONG)
    assert len(heard.failures) == 1
    assert "待装" in heard.failures[0]
    caplog.clear()
