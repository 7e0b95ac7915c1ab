"""The words of the model, how they sound, and how a sentence is cut into them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jieba
from pypinyin import Style, lazy_pinyin

from tools.demo_model import numerals
from tools.demo_model.phones import split
from tools.demo_model.templates import TEXTS, Templates, literal_text, sentences_of
from tools.synthesis.reading import PAUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN_WORD = "[unk]"
_HAN = re.compile(r"[\u4e00-\u9fff]{1,4}")
_QUANTITY = re.compile(
    r"第?[零一二两三四五六七八九十百千万亿]+[个元年月日号块点岁人名天条级期代次]?"
)
_NAMES = ("nr", "nt", "nz", "ns")
"""Word classes of proper names: people, organisations, brands, places."""
_OUR_WEIGHT = 20_000
"""How often a word of ours counts when a sentence is cut; the commonest of jieba's are like it."""

_SEVERAL_READINGS = {
    "得": ("de5", "dei3"), "地": ("di4", "de5"), "都": ("dou1", "du1"), "还": ("hai2", "huan2"),
    "长": ("chang2", "zhang3"), "行": ("xing2", "hang2"), "重": ("zhong4", "chong2"),
    "调": ("diao4", "tiao2"), "着": ("zhe5", "zhao2"), "了": ("le5", "liao3"),
    "给": ("gei3", "ji3"), "谁": ("shei2", "shui2"), "那": ("na4", "nei4"),
    "这": ("zhe4", "zhei4"), "没": ("mei2", "mo4"), "曾": ("zeng1", "ceng2"),
    "任": ("ren4",), "单": ("dan1", "shan4"), "解": ("jie3", "xie4"), "干": ("gan4",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with the weight of each; ours come first, then the common words of the language."""

    ours: tuple[str, ...]
    weights: Mapping[str, float]

    def cut(self, text: str) -> list[str]:
        """Cut *text* (no punctuation) into words, most probable first.

        Raises:
            ValueError: a character of *text* is in no word.
        """
        total = math.log(sum(self.weights.values()))
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            choices = [
                (best[start][0] + math.log(self.weights[text[start:end]]) - total, start)
                for start in range(max(0, end - 8), end)
                if text[start:end] in self.weights
            ]
            if not choices:
                choices = [(-math.inf, end - 1)]
            best.append(max(choices))
        if best[-1][0] == -math.inf:
            raise ValueError(f"no words for {text!r}")
        words: list[str] = []
        end = len(text)
        while end:
            start = best[end][1]
            words.append(text[start:end])
            end = start
        return words[::-1]

    def cut_phrases(self, text: str) -> list[list[str]]:
        """Cut *text* with punctuation into phrases of words."""
        pieces = re.split(f"[{re.escape(PAUSES)}]+", text)
        return [self.cut(piece) for piece in pieces if piece]


def readings(word: str) -> list[tuple[str, ...]]:
    """Return the ways *word* may be read, as pinyin syllables with tones, commonest first."""
    if word in _SEVERAL_READINGS:
        return [(reading,) for reading in _SEVERAL_READINGS[word]]
    return [tuple(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))]


def build_vocabulary(templates: Templates, *, common: int) -> Vocabulary:
    """Gather our words and the *common* most frequent ones of jieba's list."""
    ours = list(dict.fromkeys(_own_words(templates)))
    weights: dict[str, float] = {}
    frequency = _common_words()
    for word in sorted(frequency, key=lambda word: (-frequency[word], word))[:common]:
        weights[word] = float(frequency[word])
    for word in ours:
        # Longer words of ours win over their pieces.
        weights[word] = max(weights.get(word, 0.0), _OUR_WEIGHT)
    return Vocabulary(tuple(ours), weights)


def _own_words(templates: Templates) -> list[str]:
    words = numerals.words()
    for line in sentences_of(TEXTS / "words.txt"):
        words += line.split()
    characters = {c for text in literal_text(templates) for c in text if _HAN.fullmatch(c)}
    return words + sorted(characters)


def _common_words() -> dict[str, int]:
    """Return the frequency of each word of jieba's list that we can use."""
    found: dict[str, int] = {}
    path = Path(jieba.__file__).parent / "dict.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, kind = line.split(" ")
        quantity = len(word) > 1 and _QUANTITY.fullmatch(word)
        proper = kind in _NAMES or kind.startswith("nr")
        if _HAN.fullmatch(word) and not quantity and not proper and _can_be_said(word):
            found[word] = int(frequency)
    return found


def _can_be_said(word: str) -> bool:
    try:
        for syllables in readings(word):
            for syllable in syllables:
                split(syllable)
    except ValueError:
        return False
    return True
