"""Measures a model on sentences and voices it has not learnt from.

``python -m tools.demo_model.measure`` prints the table; with ``--write`` it also writes it into
resources/models/. Needs the program's own packages and libespeak-ng, nothing else.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import vosk

from tools.demo_model import shipped
from tools.demo_model.readme import write_readme
from tools.demo_model.scoring import Word, character_errors, start_differences
from tools.demo_model.templates import TEXTS, sentences_of, telephone_numbers
from tools.demo_model.voices import DEVELOPMENT, HELD_OUT
from tools.synthesis import Voice, speak_timed
from tools.synthesis.channel import add_noise, coloured_noise, telephone, to_int16

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RATE_HZ = 16_000
NOISY_DB = 15.0
CONDITIONS = ("clean", "telephone", "noisy")
_SEED = 7
_BLOCK_BYTES = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured for one kind of text under one condition."""

    text: str
    condition: str
    sentences: int
    voices: int
    utterances: int
    characters: int
    character_error_rate: float
    utterances_right: float
    word_start_error_s: float | None
    """Mean distance of a word's start from the true one, in utterances without an error."""
    word_start_late_s: float | None
    """The same with its sign: how late the words begin."""
    real_time_factor: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence's sound at 16 kHz, its characters, and when each begins, in seconds."""

    said: str
    samples: NDArray[np.int16]
    starts: list[float]


def measure(
    model: vosk.Model,
    sentences: Sequence[str],
    voices: Sequence[str],
    condition: str,
    *,
    text: str = "sentences",
) -> Figure:
    """Return what *model* makes of every one of *sentences*, spoken by every voice.

    *condition* is one of ``CONDITIONS``. Speed and pitch are drawn from a fixed seed.
    """
    rng = np.random.default_rng(_SEED)
    errors = characters = right = count = 0
    seconds = busy = 0.0
    late: list[float] = []
    for variant in voices:
        for sentence in sentences:
            spoken = speak(sentence, variant, condition, rng)
            began = time.perf_counter()
            words = recognise(model, spoken.samples)
            busy += time.perf_counter() - began
            heard = "".join(word.text for word in words)
            wrong = character_errors(spoken.said, heard)
            errors += wrong
            right += wrong == 0
            characters += len(spoken.said)
            seconds += len(spoken.samples) / RATE_HZ
            late += start_differences(words, spoken.said, spoken.starts)
            count += 1
    return Figure(
        text=text,
        condition=condition,
        sentences=len(sentences),
        voices=len(voices),
        utterances=count,
        characters=characters,
        character_error_rate=round(errors / characters, 5),
        utterances_right=round(right / count, 4),
        word_start_error_s=round(float(np.mean(np.abs(late))), 4) if late else None,
        word_start_late_s=round(float(np.mean(late)), 4) if late else None,
        real_time_factor=round(busy / seconds, 4),
    )


def recognise(model: vosk.Model, samples: NDArray[np.int16]) -> list[Word]:
    """Return the words that *model* hears in *samples* (16 kHz)."""
    recogniser = vosk.KaldiRecognizer(model, RATE_HZ)
    recogniser.SetWords(True)
    sound = samples.tobytes()
    found: list[Word] = []
    for first in range(0, len(sound), _BLOCK_BYTES):
        if recogniser.AcceptWaveform(sound[first : first + _BLOCK_BYTES]):
            found += _words(recogniser.Result())
    return found + _words(recogniser.FinalResult())


def held_out_sentences() -> list[str]:
    """Return the sentences that nothing was learnt from."""
    return sentences_of(TEXTS / "heldout.txt")


def speak(sentence: str, variant: str, condition: str, rng: np.random.Generator) -> Spoken:
    """Return *sentence* as the voice *variant* says it; speed and pitch are drawn from *rng*."""
    voice = Voice(
        variant,
        rate=int(rng.integers(140, 211)),
        pitch=int(rng.integers(35, 66)),
        pitch_range=int(rng.integers(35, 66)),
    )
    speech = speak_timed(sentence, voice, RATE_HZ)
    lead = RATE_HZ // 4
    samples = np.pad(speech.samples.astype(np.float32), lead)
    quiet = coloured_noise(len(samples), "pink", rng)
    if condition == "noisy":
        samples = add_noise(samples, coloured_noise(len(samples), "white", rng), NOISY_DB)
    elif condition == "telephone":
        samples = telephone(samples, RATE_HZ)
    samples = samples + 3 * quiet
    starts = [0.25 + syllable.start for syllable in speech.syllables]
    said = "".join(c for c in sentence if "\u4e00" <= c <= "\u9fff")
    return Spoken(said, to_int16(samples), starts)


def _words(result: str) -> list[Word]:
    return [
        Word(word["word"], word["start"], word["end"])
        for word in json.loads(result).get("result", [])
    ]


def all_figures(model: Path, *, development: bool) -> list[Figure]:
    """Measure *model* on the held-out (or development) sentences under every condition."""
    vosk.SetLogLevel(-1)
    loaded = vosk.Model(model_path=str(model))
    voices = DEVELOPMENT if development else HELD_OUT
    texts = sentences_of(TEXTS / "development.txt") if development else held_out_sentences()
    figures = [measure(loaded, texts, voices, condition) for condition in CONDITIONS]
    for condition in ("clean", "telephone"):
        numbers = telephone_numbers()
        figures.append(measure(loaded, numbers, voices, condition, text="telephone numbers"))
    return figures


def _print(figures: Sequence[Figure]) -> None:
    for figure in figures:
        print(
            f"{figure.text:18} {figure.condition:10} {figure.utterances:5} utterances  "
            f"errors {100 * figure.character_error_rate:6.2f} %  "
            f"right {100 * figure.utterances_right:5.1f} %  "
            f"real time × {figure.real_time_factor:.3f}  "
            f"word start ± {1000 * (figure.word_start_error_s or 0):.0f} ms"
        )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo_model.measure", description=__doc__)
    parser.add_argument("--model", type=Path, default=shipped.MODEL)
    parser.add_argument("--development", action="store_true", help="the sentences for tuning")
    parser.add_argument("--write", action="store_true", help="write into resources/models/")
    chosen = parser.parse_args()
    figures = all_figures(chosen.model, development=chosen.development)
    _print(figures)
    if chosen.write and not chosen.development:
        facts = shipped.read_sheet()
        facts["figures"] = [asdict(figure) for figure in figures]
        facts["noisy_db"] = NOISY_DB
        facts["measured_with"] = f"vosk {version('vosk')}, Python {platform.python_version()}"
        shipped.write_sheet(facts)
        write_readme(facts)


if __name__ == "__main__":
    main()
