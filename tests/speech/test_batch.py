"""Batch transcription as a command, on the sample calls."""

import json
import re
import subprocess
import sys

import pytest

from hotline_desk.media.clips import write_clip
from hotline_desk.speech.models import DEMO_IN_PRINT, DEMO_NOTICE
from tests.small_disk import fill, small_disk
from tests.speech import samples

__all__ = ["small_disk"]

MOST_WRONG = 0.12


def _transcribe(*arguments, check=True) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "hotline_desk", "transcribe", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=check,
    )


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.fixture(scope="module")
def caller(tmp_path_factory):
    """One side of a call, as a file of its own."""
    rate_hz, both = samples.channels(samples.CALLS[0])
    path = tmp_path_factory.mktemp("sound") / "来电 一.wav"
    return samples.write_wav(path, both[:, 0], rate_hz)


def test_a_file_becomes_text_with_the_notice_beside_it(caller):
    done = _transcribe(caller)

    said = samples.true_words(samples.CALLS[0], "来电")
    assert samples.error_rate(_bare(done.stdout), said) < MOST_WRONG
    assert done.stdout.endswith("。\n")
    assert done.stderr == DEMO_NOTICE + "\n"


def test_json_has_the_utterances_in_their_order_and_time(caller):
    done = _transcribe(caller, "--format", "json")

    utterances = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(u.keys() == {"line", "start", "end", "text", "words"} for u in utterances)
    times = [
        time for u in utterances for word in u["words"] for time in (word["start"], word["end"])
    ]
    assert times == sorted(times)
    # the caller's first words and last words, as the script has them
    assert utterances[0]["start"] == pytest.approx(8.03, abs=0.3)
    assert utterances[-1]["end"] == pytest.approx(47.55, abs=0.3)


def test_speech_without_a_pause_is_not_cut_inside_a_word(tmp_path):
    """Kaldi ends an utterance after 20 s wherever it is."""
    call = samples.CALLS[1]
    rate_hz, sound = samples.breathless(call)
    path = samples.write_wav(tmp_path / "一口气.wav", sound[: 28 * rate_hz], rate_hz)

    (utterance,) = _transcribe(path, "--format", "json").stdout.splitlines()

    heard = json.loads(utterance)
    assert heard["end"] - heard["start"] > 25
    begun = samples.true_words(call)[: len(heard["text"])]
    assert samples.error_rate(heard["text"], begun) < MOST_WRONG


def test_one_thread_and_two_hear_the_same(caller):
    assert _transcribe(caller, "--jobs", 1).stdout == _transcribe(caller, "--jobs", 2).stdout


@pytest.mark.parametrize(
    ("form", "first", "cue"),
    [
        ("srt", "1\n00:00:00,000 --> ", r"^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$"),
        ("vtt", "WEBVTT\n\nNOTE ", r"^\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}$"),
        ("txt", "（", r"三万三千元"),
    ],
)
def test_written_files_have_their_form_and_name_the_model(caller, tmp_path, form, first, cue):
    _transcribe(caller, "--format", form, "-o", tmp_path / "out")

    text = (tmp_path / "out" / f"来电 一.{form}").read_text(encoding="utf-8")
    assert text.startswith(first)
    assert DEMO_IN_PRINT in text
    assert re.search(cue, text, re.MULTILINE)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"来电 一.{form}"]


def test_a_bad_file_does_not_stop_the_others(caller, tmp_path):
    letter = tmp_path / "信.txt"
    letter.write_text("没有声音", encoding="utf-8")
    output = tmp_path / "out"

    done = _transcribe(letter, tmp_path / "没有.wav", caller, "-o", output, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("这些文件没有转写：信.txt、没有.wav，")
    assert [path.name for path in output.iterdir()] == ["来电 一.txt"]


def test_bad_files_alone_have_no_heading_and_leave_nothing_over(tmp_path):
    letter = tmp_path / "信.txt"
    letter.write_text("没有声音", encoding="utf-8")

    done = _transcribe(letter, tmp_path / "没有.wav", "--format", "vtt", check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == (
        "这些文件都没有转写：信.txt、没有.wav，请检查文件名和文件是否完好。"
    )


def test_a_full_disk_is_told_with_the_output_folder(caller, small_disk):
    filler = fill(small_disk)

    done = _transcribe(caller, "-o", small_disk, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (f"磁盘已满，“{small_disk}”写不下，请腾出空间再试。")
    assert list(small_disk.iterdir()) == [filler]


def test_what_is_left_of_a_cut_off_file_is_kept_and_the_damage_told(caller, tmp_path):
    cut = tmp_path / "半.wav"
    cut.write_bytes(caller.read_bytes()[: caller.stat().st_size // 2])
    output = tmp_path / "out"

    alone = _transcribe(cut, check=False)
    beside = _transcribe(cut, caller, "-o", output, check=False)

    assert (alone.returncode, beside.returncode) == (1, 1)
    assert "三万三千元" in alone.stdout
    assert alone.stderr.splitlines()[-1].startswith(f"“{cut}”有损坏或被截断，")
    assert "半.wav（只转写了能读出的部分）" in beside.stderr.splitlines()[-1]
    assert sorted(path.name for path in output.iterdir()) == ["半.txt", "来电 一.txt"]
    assert "三万三千元" in (output / "半.txt").read_text(encoding="utf-8")


def test_a_single_bad_file_has_its_own_sentence(tmp_path):
    done = _transcribe(tmp_path / "没有.wav", check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"找不到声音文件“{tmp_path / '没有.wav'}”，请检查文件名是否写对。"
    )


def test_an_mp3_is_heard_like_the_wav_it_was_made_from(tmp_path):
    rate_hz, both = samples.channels(samples.CALLS[0])
    write_clip(both[:, 0].tobytes(), rate_hz, tmp_path / "c.mp3", start=7.5, end=25)

    done = _transcribe(tmp_path / "c.mp3")

    assert "物业公司" in done.stdout
    assert "三万三千元" in done.stdout


def test_files_of_one_name_do_not_overwrite_each_other(tmp_path):
    rate_hz, both = samples.channels(samples.CALLS[0])
    first, second = tmp_path / "a" / "x.mp3", tmp_path / "b" / "X.mp3"
    for place, start, end in ((first, 7.5, 15.0), (second, 30.0, 40.0)):
        place.parent.mkdir()
        write_clip(both[:, 0].tobytes(), rate_hz, place, start=start, end=end)

    _transcribe(first, second, first, "-o", tmp_path / "out")

    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    # names that differ in case alone are one file on Windows
    assert texts.keys() == {"x.txt", "X-2.txt", "x-3.txt"}
    assert texts["x.txt"] == texts["x-3.txt"] != texts["X-2.txt"]


@pytest.mark.parametrize("jobs", ["-1", "0", "两个"])
def test_a_number_of_jobs_that_is_none_is_wrong_usage(caller, jobs):
    done = _transcribe(caller, "--jobs", jobs, check=False)

    assert done.returncode == 2
    assert "参数 --jobs" in done.stderr
    assert "Traceback" not in done.stderr
