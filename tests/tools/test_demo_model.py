"""The shipped model is the one that was measured, and is as good as its sheet says."""

import numpy as np
import pytest

from tools.demo_model import shipped
from tools.demo_model.held_out import full_sentences, key, overlapping
from tools.demo_model.measure import held_out_sentences, measure, recognise
from tools.demo_model.scoring import Word, character_errors, start_differences
from tools.demo_model.templates import TEXTS, load_templates, sentences_of, telephone_numbers
from tools.demo_model.voices import DEVELOPMENT, HELD_OUT
from tools.samples.script import every_sentence
from tools.synthesis import Voice, speak

MARGIN = 0.03
"""How far a small part of the held-out set may be from the whole, in character error rate."""


@pytest.fixture(scope="module")
def model():
    vosk = pytest.importorskip("vosk")
    vosk.SetLogLevel(-1)
    return vosk.Model(model_path=str(shipped.MODEL))


@pytest.fixture(scope="module")
def sheet():
    return shipped.read_sheet()


def figure(sheet, text, condition):
    (found,) = (
        each for each in sheet["figures"] if (each["text"], each["condition"]) == (text, condition)
    )
    return found


def test_the_files_are_those_of_the_sheet(sheet):
    assert shipped.digest(shipped.MODEL) == sheet["sha256"]
    assert shipped.size_bytes(shipped.MODEL) == sheet["size_bytes"]


def test_the_model_is_small_enough_to_ship():
    assert shipped.size_bytes(shipped.MODEL) <= shipped.LARGEST_BYTES


def test_sheet_and_readme_say_that_it_understands_synthetic_speech_only(sheet):
    readme = shipped.README.read_text(encoding="utf-8")

    assert "synthetic speech only" in sheet["what"]
    assert "只能识别合成语音" in sheet["notice"]
    assert "synthetic speech only, and never people" in readme
    assert sheet["sha256"] in readme


def test_the_readme_has_the_figures_of_the_sheet(sheet):
    readme = shipped.README.read_text(encoding="utf-8")

    for each in sheet["figures"]:
        row = f"| {each['text']} | {each['condition']} | {each['utterances']:,} "
        assert f"{row}| {100 * each['character_error_rate']:.2f} % |" in readme


def test_the_words_of_the_model_are_counted_right(sheet):
    table = (shipped.MODEL / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    words = [line.split()[0] for line in table]

    assert len(words) - 3 == sheet["words"]  # <eps>, [unk] and #0 are no words
    for place in ("东港区", "岚山区", "莒县", "五莲县"):
        assert place in words


@pytest.mark.slow
@pytest.mark.parametrize("condition", ["clean", "telephone", "noisy"])
def test_figures_of_the_sheet_hold_on_a_part_of_the_held_out_set(model, sheet, condition):
    sentences = held_out_sentences()[::6]

    found = measure(model, sentences, HELD_OUT[::3], condition)

    wanted = figure(sheet, "sentences", condition)["character_error_rate"]
    assert found.character_error_rate == pytest.approx(wanted, abs=MARGIN)
    assert found.real_time_factor < 1


def test_digits_of_telephone_numbers_are_told_apart(model, sheet):
    found = measure(model, telephone_numbers()[:6], HELD_OUT[::4], "telephone", text="numbers")

    wanted = figure(sheet, "telephone numbers", "telephone")["character_error_rate"]
    assert found.character_error_rate <= wanted + MARGIN


@pytest.mark.parametrize("number", ["幺三八零零零零五幺幺幺", "幺八八七七二二零零九九"])
def test_equal_digits_in_a_row_stay_apart(model, number):
    heard = "".join(word.text for word in recognise(model, _quiet_around(speak(number))))

    assert character_errors(number, heard) <= 1, heard


@pytest.mark.slow
def test_words_are_heard_when_they_are_said(model, sheet):
    found = measure(model, held_out_sentences()[::10], HELD_OUT[:2], "clean")

    assert found.word_start_error_s is not None
    assert found.word_start_error_s < 0.05


def test_noise_alone_is_no_words(model):
    noise = np.random.default_rng(1).normal(0, 300, 4 * 16_000).astype(np.int16)

    assert recognise(model, noise) == []


def test_speech_by_another_voice_is_not_understood_by_chance(model):
    """The same words backwards are not those words: the model does hear the sound."""
    said = "公司拖欠了我们两个月工资"
    backwards = np.ascontiguousarray(speak(said, Voice("f3"))[::-1])

    heard = "".join(word.text for word in recognise(model, _quiet_around(backwards)))

    assert character_errors(said, heard) > len(said) / 2


def test_nothing_that_measures_is_learnt_from():
    templates = load_templates()
    rng = np.random.default_rng(20_261_122)
    texts = [*held_out_sentences(), *sentences_of(TEXTS / "development.txt"), *every_sentence()]
    held_out = frozenset(key(part) for text in texts for part in full_sentences(text))

    drawn = [templates.sentence(rng) for _ in range(4_000)]

    assert not [text for text in drawn if overlapping(text, held_out)]


def test_voices_for_measuring_and_for_tuning_are_different_ones():
    assert not set(HELD_OUT) & set(DEVELOPMENT)
    assert len(HELD_OUT) == 10


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [("三万三千元", "三万三千元", 0), ("三万三千元", "三万千元", 1), ("工资", "", 2), ("", "吗", 1),
     ("公司欠我", "公司前我们", 2)],
)  # fmt: skip
def test_character_errors_are_counted(said, heard, errors):
    assert character_errors(said, heard) == errors


def test_word_starts_are_compared_where_all_is_right():
    words = [Word("我们", 0.31, 0.6), Word("姓", 0.6, 0.8)]

    assert start_differences(words, "我们姓", [0.3, 0.5, 0.62]) == pytest.approx([0.01, -0.02])
    assert start_differences(words, "我门姓", [0.3, 0.5, 0.62]) == []


def _quiet_around(samples):
    return np.pad(samples, 8_000)
