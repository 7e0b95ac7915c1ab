"""The words of the model, how they sound, and how a sentence is cut into them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np
from pypinyin import Style, lazy_pinyin

from tools.demo_model import numerals
from tools.demo_model.phones import split
from tools.demo_model.templates import TEXTS, Templates, literal_text, sentences_of
from tools.synthesis.reading import PAUSES, phrases

UNKNOWN_WORD = "[unk]"
_HAN = re.compile(r"[\u4e00-\u9fff]{1,4}")
_QUANTITY = re.compile(
    r"第?[零一二两三四五六七八九十百千万亿]+[个元年月日号块点岁人名天条级期代次]?"
)
_NAMES = ("nr", "nt", "nz", "ns")
"""Word classes of proper names: people, organisations, brands, places."""
_LONGEST = 16
_OUR_WEIGHT = 20_000
"""How often a word of ours counts when a sentence is cut; the commonest of jieba's are like it."""
_NUMERAL_WEIGHT = 400_000
"""The same for numbers of several characters: 十一 个人, not 十 一个人."""

Pronunciations = Mapping[str, Sequence[tuple[str, ...]]]
"""For each word, in order of the words, the ways in which it is read."""

_SEVERAL_READINGS = {
    "一": ("yi1", "yi2", "yi4"), "不": ("bu4", "bu2"), "得": ("de5", "dei3", "de2"),
    "地": ("di4", "de5"), "都": ("dou1", "du1"), "还": ("hai2", "huan2"),
    "长": ("chang2", "zhang3"), "行": ("xing2", "hang2"), "重": ("zhong4", "chong2"),
    "调": ("diao4", "tiao2"), "着": ("zhe5", "zhao2"), "了": ("le5", "liao3"),
    "给": ("gei3", "ji3"), "谁": ("shei2", "shui2"), "那": ("na4", "nei4"),
    "这": ("zhe4", "zhei4"), "没": ("mei2", "mo4"), "曾": ("zeng1", "ceng2"),
    "任": ("ren4", "ren2"), "单": ("dan1", "shan4"), "解": ("jie3", "xie4"),
    "干": ("gan4", "gan1"), "当": ("dang1", "dang4"), "为": ("wei4", "wei2"),
    "个": ("ge4", "ge5"), "上": ("shang4", "shang5"), "下": ("xia4",), "里": ("li3", "li5"),
    "过": ("guo4", "guo5"), "子": ("zi3", "zi5"), "吧": ("ba5", "ba1"), "吗": ("ma5", "ma3"),
    "呢": ("ne5",), "几": ("ji3", "ji1"), "分": ("fen1", "fen4"), "应": ("ying1", "ying4"),
    "假": ("jia4", "jia3"), "差": ("cha4", "chai1"), "数": ("shu4", "shu3"), "少": ("shao3",),
    "好": ("hao3", "hao4"), "种": ("zhong3", "zhong4"), "量": ("liang4", "liang2"),
    "处": ("chu4", "chu3"), "只": ("zhi3", "zhi1"), "发": ("fa1", "fa4"),
    "号": ("hao4", "hao2"), "背": ("bei4", "bei1"), "转": ("zhuan3", "zhuan4"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with the weight of each; ours come first, then the common words of the language."""

    ours: tuple[str, ...]
    weights: Mapping[str, float]
    log_total: float
    """Logarithm of the sum of the weights."""

    def cut(self, text: str) -> list[str]:
        """Cut *text* (no punctuation) into words, most probable first.

        Raises:
            ValueError: a character of *text* is in no word.
        """
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(text) + 1):
            choices = [
                (best[start][0] + math.log(self.weights[text[start:end]]) - self.log_total, start)
                for start in range(max(0, end - _LONGEST), end)
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

    def read_phrases(self, text: str) -> list[list[tuple[str, tuple[str, ...]]]]:
        """Cut *text* into phrases of words, each with its syllables as it is read there."""
        read = []
        for words, syllables in zip(self.cut_phrases(text), phrases(text), strict=True):
            ends = np.cumsum([len(word) for word in words]).tolist()
            starts = [0, *ends[:-1]]
            read.append(
                [
                    (word, tuple(syllables[start:end]))
                    for word, start, end in zip(words, starts, ends, strict=True)
                ]
            )
        return read


def readings(word: str) -> list[tuple[str, ...]]:
    """Return the ways *word* may be read, as pinyin syllables with tones, commonest first."""
    if word in _SEVERAL_READINGS:
        return [(reading,) for reading in _SEVERAL_READINGS[word]]
    return [tuple(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))]


def pronunciations(vocabulary: Vocabulary, sentences: Iterable[str]) -> Pronunciations:
    """Return how each word is read alone and, where it is common enough, in *sentences*."""
    heard: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for sentence in sentences:
        for phrase in vocabulary.read_phrases(sentence):
            for word, syllables in phrase:
                heard[word][syllables] += 1
    return {
        word: list(
            dict.fromkeys(
                [
                    *readings(word),
                    *(r for r, count in heard[word].items() if count > 0.02 * heard[word].total()),
                ]
            )
        )
        for word in sorted(vocabulary.weights)
    }


def build_vocabulary(templates: Templates, *, common: int) -> Vocabulary:
    """Gather our words and the *common* most frequent ones of jieba's list."""
    ours = list(dict.fromkeys(_own_words(templates)))
    weights: dict[str, float] = {}
    for word, frequency in _common_words():
        if len(weights) == common:
            break
        if _can_be_said(word):
            weights[word] = frequency
    for word in ours:
        # Longer words of ours win over their pieces.
        weights[word] = max(weights.get(word, 0.0), _OUR_WEIGHT)
    for word in numerals.words():
        if len(word) > 1:
            weights[word] = _NUMERAL_WEIGHT
    return Vocabulary(tuple(ours), weights, math.log(sum(weights.values())))


def _own_words(templates: Templates) -> list[str]:
    words = numerals.words()
    for line in sentences_of(TEXTS / "words.txt"):
        words += line.split()
    characters = {c for text in literal_text(templates) for c in text if _HAN.fullmatch(c)}
    return words + sorted(characters)


def _common_words() -> list[tuple[str, float]]:
    """Return the words of jieba's list that may be ours, with how often they occur.

    The commonest come first; names and quantities are left out.
    """
    found: list[tuple[str, float]] = []
    path = Path(jieba.__file__).parent / "dict.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, kind = line.split(" ")
        quantity = len(word) > 1 and _QUANTITY.fullmatch(word)
        proper = kind in _NAMES or kind.startswith("nr")
        if _HAN.fullmatch(word) and not quantity and not proper:
            found.append((word, float(frequency)))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _can_be_said(word: str) -> bool:
    try:
        for syllables in readings(word):
            for syllable in syllables:
                split(syllable)
    except ValueError:
        return False
    return True
