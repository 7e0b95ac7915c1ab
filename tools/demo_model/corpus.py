"""What the network learns from: spoken sentences as features, with the sound of each frame."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.demo_model import features
from tools.demo_model.distortion import CONDITIONS, distort, without_speech
from tools.demo_model.held_out import overlapping
from tools.demo_model.phones import PDF, SILENCE, UNKNOWN, split
from tools.demo_model.templates import Templates, load_templates
from tools.demo_model.vocabulary import Vocabulary, build_vocabulary, readings
from tools.demo_model.voices import built_in, draw, make_data_folder
from tools.synthesis.espeak import ESPEAK_RATE_HZ, Espeak, Voice
from tools.synthesis.resample import resample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SYSTEM_VOICES = Path("/usr/lib/x86_64-linux-gnu/espeak-ng-data")
_SHARD = 800
_WORD_SHARES = 25
"""Each word is spoken once, out of any sentence, in so many shards."""
_GAP_SECONDS = 0.025
_NOT_SPEECH, _DIGITS, _STRINGS = 0.05, 0.12, 0.40
"""Shares of the utterances; the rest are sentences of the programme."""
_UNKNOWN_SHARE = 0.04
_DIGIT_SLOTS = ("mobile", "landline", "mobile", "landline", "amount", "date", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a corpus is made from; the same recipe makes the same corpus."""

    seed: int
    utterances: int
    common_words: int
    voices: Path
    held_out: frozenset[str] = frozenset()
    """Sentences, as ``language.key`` writes them, that are not to be spoken."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Spoken words: phrases of (syllables, is it to be learnt as unknown speech)."""

    phrases: list[list[tuple[tuple[str, ...], bool]]]
    question: bool
    text: str


def make_corpus(recipe: Recipe, folder: Path, *, jobs: int) -> list[Path]:
    """Speak the corpus into *folder*, one file for each 800 utterances; return the files.

    Files that are there already are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    make_data_folder(SYSTEM_VOICES, recipe.voices, seed=recipe.seed)
    shards = [folder / f"shard-{n:03d}.npz" for n in range(-(-recipe.utterances // _SHARD))]
    missing = [path for path in shards if not path.exists()]
    # A process for each shard: espeak's own noise generator then always starts anew.
    with multiprocessing.get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        for done in pool.imap_unordered(partial(_make_shard, recipe), missing, chunksize=1):
            print(f"  {done.name}", flush=True)
    return shards


def texts_of(shards: Sequence[Path]) -> list[str]:
    """Return what is said in the corpus files *shards*."""
    texts: list[str] = []
    for path in shards:
        with np.load(path) as shard:
            texts += shard["texts"].tolist()
    return texts


def _make_shard(recipe: Recipe, path: Path) -> Path:
    number = int(path.stem.removeprefix("shard-"))
    templates = load_templates()
    vocabulary = build_vocabulary(templates, common=recipe.common_words)
    engine = Espeak(recipe.voices)
    variants = built_in(SYSTEM_VOICES)
    rng = np.random.default_rng((recipe.seed, 2, number))
    strings = _word_strings(vocabulary, recipe, number)
    every_frame: list[NDArray[np.float16]] = []
    every_label: list[NDArray[np.uint16]] = []
    texts: list[str] = []
    babble = np.zeros(0, np.float32)
    for index in range(_SHARD):
        condition = CONDITIONS[index % len(CONDITIONS)]
        if rng.random() < _NOT_SPEECH:
            heard = without_speech(rng)
            spans: list[tuple[float, int]] = [(0.0, PDF[SILENCE])]
        else:
            said = _draw_words(templates, vocabulary, strings, rng)
            while overlapping(said.text, recipe.held_out):
                said = _draw_words(templates, vocabulary, strings, rng)
            texts.append(said.text)
            clean, spans = _speak(engine, said, draw(rng, variants), rng)
            heard = distort(clean, condition, babble, rng)
            babble = _mix(babble, clean, rng)
        frames = features.log_mel(heard)
        frames = frames[: len(frames) // 3 * 3]
        every_frame.append(frames.astype(np.float16))
        every_label.append(_labels(spans, len(frames) // 3))
    unfinished = path.with_suffix(".part.npz")
    np.savez(
        unfinished,
        features=np.concatenate(every_frame),
        labels=np.concatenate(every_label),
        texts=np.array(texts),
    )
    unfinished.replace(path)
    return path


def _word_strings(vocabulary: Vocabulary, recipe: Recipe, number: int) -> list[str]:
    """Return this shard's share of all words, in random order."""
    words = [*vocabulary.ours, *(w for w in vocabulary.weights if w not in vocabulary.ours)]
    order = np.random.default_rng((recipe.seed, 3)).permutation(len(words))
    return [words[index] for index in order[number::_WORD_SHARES]]


def _draw_words(
    templates: Templates, vocabulary: Vocabulary, strings: list[str], rng: np.random.Generator
) -> _Said:
    kind = rng.random()
    question = bool(rng.random() < 0.3)
    if kind < _STRINGS:
        words = _string(vocabulary, strings, rng)
        text = "，".join("".join(word for word, _, _ in phrase) for phrase in words)
        return _Said([[(read, u) for _, read, u in phrase] for phrase in words], question, text)
    if kind < _STRINGS + _DIGITS:
        text = templates.fill(_DIGIT_SLOTS[int(rng.integers(len(_DIGIT_SLOTS)))], rng)
    else:
        text = templates.sentence(rng)
    spoken = [[(read, False) for _, read in phrase] for phrase in vocabulary.read_phrases(text)]
    return _Said(spoken, question, text)


def _string(
    vocabulary: Vocabulary, strings: list[str], rng: np.random.Generator
) -> list[list[tuple[str, tuple[str, ...], bool]]]:
    """Return words in no order, three to nine, with pauses here and there.

    Each word comes with its syllables, and whether it is to be learnt as unknown speech.
    """
    phrases: list[list[tuple[str, tuple[str, ...], bool]]] = [[]]
    for _ in range(int(rng.integers(3, 10))):
        if strings and rng.random() < 0.8:
            word = strings.pop()
        else:
            word = vocabulary.ours[int(rng.integers(len(vocabulary.ours)))]
        choices = readings(word)
        reading = choices[int(rng.integers(len(choices)))]
        phrases[-1].append((word, reading, bool(rng.random() < _UNKNOWN_SHARE)))
        if rng.random() < 0.2:
            phrases.append([])
    return [phrase for phrase in phrases if phrase]


def _speak(
    engine: Espeak, said: _Said, voice: Voice, rng: np.random.Generator
) -> tuple[NDArray[np.float32], list[tuple[float, int]]]:
    """Return the sound at 16 kHz and where each sound begins: (seconds, pdf)."""
    phrases = [[s for word, _ in phrase for s in word] for phrase in said.phrases]
    unknown = [is_unknown for p in said.phrases for word, is_unknown in p for _ in word]
    spoken = engine.say(phrases, voice, mood="?" if said.question else ".")
    speed = rng.uniform(0.88, 1.12)
    from_hz = round(ESPEAK_RATE_HZ * speed / 50) * 50
    samples = resample(spoken.samples.astype(np.float32), from_hz, features.RATE_HZ)
    scale = ESPEAK_RATE_HZ / from_hz
    before, after = rng.uniform(0.05, 0.6, 2)
    lead = int(before * features.RATE_HZ)
    clean = np.pad(samples, (lead, int(after * features.RATE_HZ)))
    offset = lead / features.RATE_HZ
    spans: list[tuple[float, int]] = [(0.0, PDF[SILENCE])]
    end = 0.0
    for syllable, is_unknown in zip(spoken.syllables, unknown, strict=True):
        if spans[-1][1] != PDF[SILENCE] and syllable.start - end > _GAP_SECONDS:
            spans.append((offset + end * scale, PDF[SILENCE]))
        middle = (syllable.boundary + syllable.end) / 2
        starts = (syllable.start, syllable.boundary, middle)
        for sound, start in zip(split(syllable.pinyin), starts, strict=True):
            pdf = PDF[UNKNOWN] if is_unknown else PDF[sound]
            spans.append((offset + start * scale, pdf))
        end = syllable.end
    spans.append((offset + end * scale, PDF[SILENCE]))
    return clean, spans


def _labels(spans: list[tuple[float, int]], count: int) -> NDArray[np.uint16]:
    times = features.FIRST_OUTPUT_SECONDS + features.OUTPUT_SECONDS * np.arange(count)
    starts = np.array([start for start, _ in spans])
    pdfs = np.array([pdf for _, pdf in spans], dtype=np.uint16)
    return pdfs[np.searchsorted(starts, times, side="right") - 1]


def _mix(
    babble: NDArray[np.float32], clean: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Lay *clean* into the background talk, at most six seconds long."""
    mixed = np.resize(babble, min(6 * features.RATE_HZ, max(len(babble), len(clean))))
    mixed = mixed * np.float32(0.7) if len(babble) else np.zeros_like(mixed)
    piece = np.roll(clean, int(rng.integers(len(clean))))[: len(mixed)]
    mixed[: len(piece)] += piece
    return mixed
