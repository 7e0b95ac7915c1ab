"""The captioner as a process, on takes that the real recorder wrote."""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from hotline_desk.media.decode import decode
from hotline_desk.paths import Workspace
from hotline_desk.speech import captioner
from hotline_desk.speech.captioner import LOCK
from hotline_desk.speech.models import DEMO_NOTICE
from hotline_desk.system import FileLock
from hotline_desk.take.captions import CAPTIONS, read_captions
from hotline_desk.take.take import Take
from tests.recorder_process import RecorderProcess
from tests.speech import samples

CALL = samples.CALLS[0]
MOST_WRONG = 0.12
"""Character errors allowed on sample sound; a line taken for the other has over 0.8."""


def _lines(speed: int) -> tuple[str, str]:
    path = samples.sound(CALL)
    return (
        f"来电=file:{path}?channel=1&speed={speed}",
        f"演播室=file:{path}?channel=2&speed={speed}",
    )


class Captioner:
    """``hotline-desk caption`` with its standard input held open."""

    def __init__(self, take: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hotline_desk", "caption", str(take), "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until_final(self) -> dict:
        """Return the first final utterance it prints."""
        for line in self.process.stdout:
            facts = json.loads(line)
            if "words" in facts:
                return facts
        raise AssertionError("no final came")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.wait()


def _without_closing_stdin(running: Captioner) -> list[dict]:
    """Return what it printed by its own end, its input open all the while."""
    facts = [json.loads(line) for line in running.process.stdout]
    assert running.process.wait(timeout=20) == 0
    return facts


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """One call, recorded to its end."""
    folder = tmp_path_factory.mktemp("recorded")
    with RecorderProcess(folder, *_lines(16)) as recorder:
        assert recorder.wait()[0] == 0
    return recorder.take


@pytest.fixture
def take(recorded, tmp_path):
    """A copy of the recorded call for one test."""
    return Path(shutil.copytree(recorded, tmp_path / "take"))


def _heard(folder: Path, line: str) -> str:
    return "".join(u.text for u in read_captions(folder)[0] if u.line == line)


def _assert_complete(folder: Path) -> None:
    for line in ("来电", "演播室"):
        said = samples.true_words(CALL, line)
        assert samples.error_rate(_heard(folder, line), said) < MOST_WRONG
        utterances = [u for u in read_captions(folder)[0] if u.line == line]
        times = [time for u in utterances for word in u.words for time in (word.start, word.end)]
        assert times == sorted(times)


def test_a_recorded_call_is_written_down_line_by_line(take):
    with Captioner(take) as running:
        facts = _without_closing_stdin(running)

    assert facts[0] == {"notice": DEMO_NOTICE, "model": "demo-cn"}
    finals = [fact for fact in facts if "words" in fact]
    assert finals == [
        json.loads(line) for line in (take / CAPTIONS).read_text(encoding="utf-8").splitlines()
    ]
    assert finals[0].keys() == {"line", "start", "end", "text", "words"}
    assert not any(" " in fact["text"] or "[unk]" in fact["text"] for fact in finals)
    _assert_complete(take)


def test_words_stand_where_they_were_said(take):
    with Captioner(take) as running:
        _without_closing_stdin(running)

    script = json.loads(samples.sound(CALL).with_suffix(".script.json").read_text(encoding="utf-8"))
    for utterance in read_captions(take)[0]:
        nearest = min(script["utterances"], key=lambda u: abs(u["start"] - utterance.start))
        assert nearest["line"] == utterance.line
        assert utterance.start == pytest.approx(nearest["start"], abs=0.5)
        assert utterance.end == pytest.approx(nearest["end"], abs=0.5)


@pytest.mark.slow
def test_captions_run_while_the_call_is_recorded(tmp_path):
    with RecorderProcess(tmp_path, *_lines(8)) as recorder:
        recorder.started()
        with Captioner(recorder.take) as running:
            first = running.until_final()
            was_recording = not Take(recorder.take).ended
            _without_closing_stdin(running)

    assert was_recording
    assert first["line"] == "演播室"
    _assert_complete(recorder.take)


def test_partial_words_come_before_their_final(take):
    with Captioner(take) as running:
        facts = _without_closing_stdin(running)

    first_final = next(number for number, fact in enumerate(facts) if "words" in fact)
    line = facts[first_final]["line"]
    partials = [
        fact for fact in facts[:first_final] if fact.get("partial") and fact["line"] == line
    ]
    assert partials
    assert partials[-1].keys() == {"line", "partial", "start"}
    assert facts[first_final]["text"].startswith(partials[0]["partial"][:2])
    assert abs(partials[-1]["start"] - facts[first_final]["start"]) < 1.5


def test_killed_twice_it_goes_on_and_nothing_is_lost_or_doubled(take):
    for _ in range(2):
        with Captioner(take) as running:
            running.until_final()
            running.process.kill()

    with Captioner(take) as running:
        _without_closing_stdin(running)

    _assert_complete(take)


def test_a_torn_last_line_is_cut_and_heard_again(take):
    with Captioner(take) as running:
        _without_closing_stdin(running)
    whole = (take / CAPTIONS).read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    (take / CAPTIONS).write_bytes(whole[: -len(last) // 2])

    with Captioner(take) as running:
        _without_closing_stdin(running)

    lines = (take / CAPTIONS).read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["text"] == json.loads(last)["text"]
    _assert_complete(take)


def test_a_second_captioner_is_refused(take):
    lock = FileLock(take / LOCK)
    assert lock.acquire()

    with Captioner(take) as running:
        _, said = running.process.communicate(timeout=20)

    lock.release()
    assert (running.process.returncode, said) == (1, f"“{take}”的字幕已经在生成，请等它完成。\n")


@pytest.mark.slow
def test_a_recorder_that_died_does_not_keep_it_waiting(tmp_path):
    with RecorderProcess(tmp_path, *_lines(4)) as recorder:
        recorder.started(seconds=9)
        with Captioner(recorder.take) as running:
            running.until_final()
            recorder.process.kill()
            _without_closing_stdin(running)

    assert not Take(recorder.take).ended_in_order
    assert _heard(recorder.take, "演播室").startswith("您好")


@pytest.mark.slow
def test_it_ends_when_its_window_is_gone(tmp_path):
    with RecorderProcess(tmp_path, *_lines(4)) as recorder:
        recorder.started()
        with Captioner(recorder.take) as running:
            running.until_final()
            running.process.stdin.close()
            began = time.monotonic()
            code = running.process.wait(timeout=20)

            assert (code, recorder.process.poll()) == (0, None)
            assert time.monotonic() - began < 2


def test_of_an_ended_take_all_is_written_even_without_a_window(take):
    subprocess.run(
        [sys.executable, "-m", "hotline_desk", "caption", str(take)],
        input=b"",
        capture_output=True,
        check=True,
    )

    _assert_complete(take)


def test_a_renewed_recogniser_loses_nothing_and_keeps_the_time(take, tmp_path, monkeypatch):
    monkeypatch.setattr(captioner, "_RENEW_SECONDS", 5.0)
    made = []
    real = captioner.Recogniser

    def noted(model, rate_hz):
        made.append(rate_hz)
        return real(model, rate_hz)

    monkeypatch.setattr(captioner, "Recogniser", noted)

    arguments = argparse.Namespace(take=take, model=None, json=True, workspace=Workspace(tmp_path))
    list(captioner.caption(arguments))

    assert len(made) > 4
    _assert_complete(take)


def test_a_line_at_48_khz_is_heard_at_its_own_rate(tmp_path):
    rate_hz, both = samples.channels(CALL)
    narrow = samples.write_wav(tmp_path / "narrow.wav", both[: 25 * rate_hz, 0], rate_hz)
    wide = np.frombuffer(b"".join(decode(narrow, 48_000)), dtype=np.int16)
    path = samples.write_wav(tmp_path / "wide.wav", wide, 48_000)
    with RecorderProcess(tmp_path, f"来电=file:{path}?speed=16") as recorder:
        assert recorder.wait()[0] == 0

    with Captioner(recorder.take) as running:
        _without_closing_stdin(running)

    assert Take(recorder.take).line("来电").rate_hz == 48_000
    assert "三万三千元" in _heard(recorder.take, "来电")


def test_without_json_only_whole_utterances_are_shown(take):
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "caption", str(take)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )

    lines = done.stdout.splitlines()
    assert done.stderr == captioner.OUTSIDE + "\n"
    assert lines[0] == DEMO_NOTICE
    assert len(lines) == 1 + len(read_captions(take)[0])
    assert all(" 来电：" in line or " 演播室：" in line for line in lines[1:])


def test_a_folder_without_a_take_is_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "caption", str(tmp_path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "里没有录音" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_take_that_cannot_be_written_is_one_sentence(take):
    (take / CAPTIONS).unlink(missing_ok=True)
    (take / CAPTIONS).mkdir()
    arguments = [sys.executable, "-m", "hotline_desk", "caption", str(take)]

    done = subprocess.run(arguments, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    said = done.stderr.removeprefix(DEMO_NOTICE + "\n")
    assert (said.count("\n"), "不能写入" in said) == (1, True)

    (take / LOCK).unlink(missing_ok=True)
    (take / LOCK).mkdir()  # refused even to root, as a take on a disc is
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    said = done.stderr.removeprefix(DEMO_NOTICE + "\n")
    assert (done.returncode, said.count("\n"), "不能写入" in said) == (1, 1, True)
