"""How probable one word is after another: a back-off bigram of the programme's sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.demo_model.held_out import overlapping
from tools.demo_model.templates import TEXTS, sentences_of
from tools.demo_model.vocabulary import UNKNOWN_WORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.demo_model.templates import Templates
    from tools.demo_model.vocabulary import Vocabulary

BEGIN, END = "<s>", "</s>"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSettings:
    """What the probabilities are made from; tuned on the development sentences."""

    seed: int
    sentences: int = 80_000
    written_times: int = 60
    """How often each sentence that is written out whole is counted."""
    discount: float = 0.7
    seen_share: float = 0.96
    """Share of the programme's own words in the probability of a word without a history."""
    own_share: float = 0.03
    """Of the rest, the share that is spread evenly over our words."""
    unknown: float = 1e-4
    """Probability of a word that we do not know."""


@dataclass(frozen=True, slots=True)
class Bigram:
    """Probabilities of words alone, and after another word where that pair was seen."""

    alone: Mapping[str, float]
    after: Mapping[str, Mapping[str, float]]
    backoff: Mapping[str, float]


def programme_sentences(
    templates: Templates, settings: LanguageSettings, held_out: frozenset[str]
) -> list[str]:
    """Return sentences of the programme, without any that are in *held_out*."""
    rng = np.random.default_rng((settings.seed, 4))
    drawn = [templates.sentence(rng) for _ in range(settings.sentences)]
    drawn += sentences_of(TEXTS / "written.txt") * settings.written_times
    return [sentence for sentence in drawn if not overlapping(sentence, held_out)]


def make_bigram(sentences: list[str], vocabulary: Vocabulary, settings: LanguageSettings) -> Bigram:
    """Count *sentences* and return the probabilities."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    alone: Counter[str] = Counter()
    for sentence in sentences:
        phrases = vocabulary.cut_phrases(sentence)
        whole = [word for phrase in phrases for word in phrase]
        # A caller may stop at any comma: each phrase also counts by itself.
        for words in [whole, *phrases] if len(phrases) > 1 else [whole]:
            alone.update(words)
            for left, right in zip([BEGIN, *words], [*words, END], strict=True):
                pairs[left][right] += 1
    return _smoothed(pairs, alone, vocabulary, settings)


def _smoothed(
    pairs: Mapping[str, Counter[str]],
    alone: Counter[str],
    vocabulary: Vocabulary,
    settings: LanguageSettings,
) -> Bigram:
    total = alone.total()
    weights = vocabulary.weights
    all_weights = sum(weights.values())
    rest = 1 - settings.seen_share
    single = {
        word: settings.seen_share * alone[word] / total
        + rest * (1 - settings.own_share) * weights[word] / all_weights
        for word in vocabulary.weights
    }
    for word in vocabulary.ours:
        single[word] += rest * settings.own_share / len(vocabulary.ours)
    single[UNKNOWN_WORD] = settings.unknown
    ends = sum(row[END] for row in pairs.values()) / total
    single[END] = ends
    after: dict[str, dict[str, float]] = {}
    backoff: dict[str, float] = {}
    for left, row in pairs.items():
        count = row.total()
        backoff[left] = settings.discount * len(row) / count
        after[left] = {
            right: (seen - settings.discount) / count + backoff[left] * single[right]
            for right, seen in row.items()
        }
    return Bigram(single, after, backoff)
