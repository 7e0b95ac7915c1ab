"""Sentences of the programme, made from templates.

A template is a line of text in which ``(a|b|)`` is a choice, ``{name}`` a slot and punctuation a
pause. Slots are lists of phrases (which may have choices and slots of their own) or are made by
rule: amounts, dates, numbers of people, telephone numbers.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.demo_model import numerals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TEXTS = Path(__file__).parent / "texts"
_CHOICE = re.compile(r"\(([^()]*)\)")
_NUMBERS_SEED = 7
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Templates:
    """What the people of the programme may say."""

    lines: Sequence[str]
    slots: Mapping[str, Sequence[str]]

    def sentence(self, rng: np.random.Generator) -> str:
        """Return one sentence, with punctuation, drawn by *rng*."""
        return self._expand(_pick(self.lines, rng), rng)

    def _expand(self, text: str, rng: np.random.Generator) -> str:
        while found := _CHOICE.search(text):
            choice = _pick(found.group(1).split("|"), rng)
            text = text[: found.start()] + choice + text[found.end() :]
        while found := _SLOT.search(text):
            text = text[: found.start()] + self.fill(found.group(1), rng) + text[found.end() :]
        return text

    def fill(self, slot: str, rng: np.random.Generator) -> str:
        """Return something that may stand in *slot*, drawn by *rng*."""
        if slot in _RULES:
            return _RULES[slot](rng)
        return self._expand(_pick(self.slots[slot], rng), rng)


def load_templates() -> Templates:
    """Read the templates and slots that lie beside this module."""
    lines = sentences_of(TEXTS / "templates.txt")
    slots = tomllib.loads((TEXTS / "slots.toml").read_text(encoding="utf-8"))
    return Templates(lines, {name: _phrases(text) for name, text in slots.items()})


def sentences_of(path: Path) -> list[str]:
    """Return the lines of a text file, without blank lines and ``#`` comments."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def telephone_numbers(count: int = 30) -> list[str]:
    """Return *count* made-up numbers as they are read out; they are held out from learning."""
    rng = np.random.default_rng((_NUMBERS_SEED, count))
    return [_mobile(rng) for _ in range(count)]


def literal_text(templates: Templates) -> list[str]:
    """Return every piece of fixed text in the templates and slots."""
    every = [
        *templates.lines,
        *(phrase for phrases in templates.slots.values() for phrase in phrases),
    ]
    return [piece for text in every for piece in re.split(r"[(){}|]|\{\w+\}", text) if piece]


def _phrases(text: str) -> list[str]:
    return text.split()


def _pick(choices: Sequence[str], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _number(rng: np.random.Generator) -> str:
    return "".join(numerals.cardinal(int(rng.integers(1, 100))))


def _count(rng: np.random.Generator) -> str:
    """Return a small number as it counts things: 两 for two."""
    number = int(rng.integers(1, 31)) if rng.random() < 0.5 else int(rng.integers(1, 11))
    return "两" if number == 2 else "".join(numerals.cardinal(number))


def _amount(rng: np.random.Generator) -> str:
    digits = int(rng.integers(3, 7))
    round_to = 10 ** int(rng.integers(max(1, digits - 2), digits))
    number = int(rng.integers(10 ** (digits - 1), 10**digits)) // round_to * round_to
    spoken = "".join(numerals.cardinal(number))
    return spoken + _pick(["元", "元", "块钱", "块钱", "块", "元钱"], rng)


def _months(rng: np.random.Generator) -> str:
    return _count(rng) + "个月"


def _people(rng: np.random.Generator) -> str:
    return _count(rng) + _pick(["个人", "个人", "人", "名职工", "个工友", "名工人"], rng)


def _day(rng: np.random.Generator) -> str:
    month = numerals.below_hundred(int(rng.integers(1, 13)))
    day = numerals.below_hundred(int(rng.integers(1, 32)))
    return f"{month}月{day}{_pick(['号', '号', '日'], rng)}"


def _date(rng: np.random.Generator) -> str:
    return _pick(
        ["", "", "今年", "去年", "前年", "".join(numerals.year(int(rng.integers(2018, 2028))))], rng
    ) + _day(rng)


def _year(rng: np.random.Generator) -> str:
    return "".join(numerals.year(int(rng.integers(2015, 2028))))


def _clock(rng: np.random.Generator) -> str:
    hour = int(rng.integers(1, 13))
    return ("两" if hour == 2 else numerals.below_hundred(hour)) + _pick(
        ["点", "点", "点半", "点钟"], rng
    )


def _mobile(rng: np.random.Generator) -> str:
    digits = "1" + _pick(list("3578"), rng) + _digits(rng, 9)
    return "".join(numerals.telephone(digits))


def _landline(rng: np.random.Generator) -> str:
    return "".join(numerals.telephone(_digits(rng, int(rng.integers(5, 9)))))


def _digits(rng: np.random.Generator, count: int) -> str:
    """Return *count* digits; equal neighbours are more frequent than chance would have them."""
    digits = ""
    while len(digits) < count:
        again = digits and rng.random() < 0.2
        digits += digits[-1] if again else str(int(rng.integers(10)))
    return digits


def _per_cent(rng: np.random.Generator) -> str:
    return "百分之" + "".join(numerals.cardinal(int(rng.integers(1, 100))))


def _article(rng: np.random.Generator) -> str:
    return "第" + "".join(numerals.cardinal(int(rng.integers(1, 100)))) + "条"


_RULES: Mapping[str, Callable[[np.random.Generator], str]] = {
    "number": _number,
    "count": _count,
    "amount": _amount,
    "months": _months,
    "people": _people,
    "day": _day,
    "date": _date,
    "year": _year,
    "clock": _clock,
    "mobile": _mobile,
    "landline": _landline,
    "percent": _per_cent,
    "article": _article,
}
