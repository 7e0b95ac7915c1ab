"""The sample calls are what their scripts say, and the shipped model understands them."""

import json
import wave

import numpy as np
import pytest

from tools.demo_model import shipped
from tools.demo_model.measure import recognise
from tools.demo_model.scoring import character_errors
from tools.demo_model.voices import HELD_OUT
from tools.samples.make import LINES, RATE_HZ, SAMPLES, make_call
from tools.samples.script import all_scripts

MOST_ERRORS = 0.03
CALLS = [script.name for script in all_scripts()]


def channels(name):
    with wave.open(str(SAMPLES / f"{name}.wav"), "rb") as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RATE_HZ, 2, 2)
        frames = file.readframes(file.getnframes())
    return np.frombuffer(frames, dtype="<i2").reshape(-1, 2)


def utterances(name):
    path = SAMPLES / f"{name}.script.json"
    return json.loads(path.read_text(encoding="utf-8"))["utterances"]


def keys(name):
    return json.loads((SAMPLES / f"{name}.keys.json").read_text(encoding="utf-8"))


def characters(text):
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")


def level(samples):
    return float(np.sqrt(np.mean(np.square(samples, dtype=float))))


@pytest.fixture(scope="module")
def model():
    vosk = pytest.importorskip("vosk")
    vosk.SetLogLevel(-1)
    return vosk.Model(model_path=str(shipped.MODEL))


def test_there_are_three_calls():
    assert CALLS == ["call-1-wages", "call-2-contract", "call-3-injury"]
    assert sorted(path.stem for path in SAMPLES.glob("*.wav")) == CALLS


@pytest.mark.parametrize("name", CALLS)
def test_a_call_lasts_about_a_minute(name):
    assert 40 <= len(channels(name)) / RATE_HZ <= 61


@pytest.mark.parametrize("name", CALLS)
def test_each_speaks_on_his_own_line_while_the_other_is_quiet(name):
    sound = channels(name)
    for said in utterances(name):
        stretch = sound[int(said["start"] * RATE_HZ) : int(said["end"] * RATE_HZ)]
        own, other = said["channel"] - 1, 2 - said["channel"]
        assert said["line"] == LINES[own]
        assert level(stretch[:, own]) > 500
        assert 1 < level(stretch[:, other]) < 20


@pytest.mark.parametrize("name", CALLS)
def test_keys_are_pressed_in_order_and_within_the_call(name):
    times = [press["at"] for press in keys(name)]

    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] < len(channels(name)) / RATE_HZ
    wanted = ["F2", "F3", "F5", "F7", "F8", "F6", "Tab", "Ctrl+S", "Ctrl+D"]
    assert list(dict.fromkeys(press["key"] for press in keys(name))) == wanted


@pytest.mark.parametrize("name", CALLS)
def test_the_question_is_marked_while_the_caller_speaks_and_the_answer_while_the_lawyer_does(name):
    at = {press["key"]: press["at"] for press in keys(name)}
    speaks = {
        key: said["who"]
        for key in ("F7", "F8")
        for said in utterances(name)
        if said["start"] <= at[key] <= said["end"]
    }
    assert speaks == {"F7": "caller", "F8": "lawyer"}


@pytest.mark.parametrize("name", CALLS)
def test_the_shipped_model_understands_the_call(model, name):
    sound = channels(name)
    wrong = total = 0
    for channel in (1, 2):
        said = "".join(
            characters(each["text"]) for each in utterances(name) if each["channel"] == channel
        )
        words = recognise(model, np.ascontiguousarray(sound[:, channel - 1]))
        wrong += character_errors(said, "".join(word.text for word in words))
        total += len(said)

    assert wrong / total <= MOST_ERRORS


def test_the_voices_of_the_calls_were_not_learnt_from():
    for script in all_scripts():
        assert {voice.variant for voice in script.voices.values()} <= set(HELD_OUT)


def test_the_sound_is_what_the_maker_makes(tmp_path):
    """Allows for another version of espeak-ng: the script's times and length stay close."""
    script = all_scripts()[0]

    made = make_call(script)

    assert abs(len(made.sound) - len(channels(script.name))) < RATE_HZ
    assert [said["text"] for said in made.utterances] == [
        said["text"] for said in utterances(script.name)
    ]
