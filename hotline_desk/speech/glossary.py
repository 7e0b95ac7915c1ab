"""Legal terms corrected by sound: what is read like a term but written otherwise becomes it."""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hotline_desk.paths import resource

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_HAN = re.compile(r"[一-鿿]")
_MOST_WRONG = 3
"""A term of which more characters would change is not taken for a mishearing."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One stretch of a text that is written otherwise than it was heard."""

    start: int
    end: int
    """In the text as it was heard."""
    heard: str
    term: str


def corrections(text: str, *, boundaries: Collection[int] | None = None) -> list[Correction]:
    """Return where *text* sounds like a legal term but is written otherwise, left to right.

    Sound means the syllables without their tones; every reading of a character counts.

    Args:
        text: words as heard, without spaces.
        boundaries: where the recogniser's words begin and end; a correction has to begin and
            end on one, so that parts of other words are never taken for a term.
    """
    found: list[Correction] = []
    position = 0
    while position < len(text):
        term = _term_at(text, position)
        end = position + len(term)
        heard = text[position:end]
        whole = boundaries is None or {position, end} <= set(boundaries)
        if heard != term and whole:
            found.append(Correction(position, end, heard, term))
        position = end if term and (whole or heard == term) else position + 1
    return found


def corrected(text: str) -> str:
    """Return *text* with its legal terms corrected."""
    for correction in reversed(corrections(text)):
        text = text[: correction.start] + correction.term + text[correction.end :]
    return text


def _term_at(text: str, start: int) -> str:
    """Return the longest term that sounds like what stands at *start*, or nothing."""
    if not _HAN.match(text, start):
        return ""
    for sound in _sounds(text[start]):
        for term, syllables in _by_first_sound().get(sound, ()):
            part = text[start : start + len(term)]
            follows = text[start + len(term) : start + len(term) + 1]
            if (
                len(part) == len(term)
                and _sounds_like(part, term, syllables)
                and not (follows and part != term and follows in _not_before().get(term, ""))
            ):
                return term
    return ""


_FEWEST_HEARD = 2


def sounding_like(name: str, text: str) -> set[str]:
    """Return how the recogniser may have written *name* in *text*: what sounds the same there.

    A character that no dictionary reads may be any; two others at least have to sound right.
    """
    wanted = [_sounds(character) - {character} for character in name]
    if sum(map(bool, wanted)) < _FEWEST_HEARD:
        return set()
    parts = {text[at : at + len(name)] for at in range(len(text) - len(name) + 1)}
    return {
        part
        for part in parts - {name}
        if all(
            heard == right or not sounds or sounds & _sounds(heard)
            for heard, right, sounds in zip(part, name, wanted, strict=True)
        )
    }


def _sounds_like(part: str, term: str, syllables: Sequence[str]) -> bool:
    wrong = sum(1 for heard, right in zip(part, term, strict=True) if heard != right)
    return wrong <= min(_MOST_WRONG, len(term) - 1) and all(
        heard == right or syllable in _sounds(heard)
        for heard, right, syllable in zip(part, term, syllables, strict=True)
    )


@cache
def _sounds(character: str) -> frozenset[str]:
    return frozenset(
        _pypinyin().pinyin(character, style=_pypinyin().Style.NORMAL, heteronym=True)[0]
    )


@cache
def _by_first_sound() -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    by_sound: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for term in sorted(_data()["terms"].split(), key=len, reverse=True):
        syllables = tuple(_pypinyin().lazy_pinyin(term))
        by_sound.setdefault(syllables[0], []).append((term, syllables))
    return by_sound


def _not_before() -> Mapping[str, str]:
    known: Mapping[str, str] = _data()["not_before"]
    return known


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("glossary/terms.toml").read_text(encoding="utf-8"))


@cache
def _pypinyin() -> Any:  # noqa: ANN401  a module
    # the window opens without it: pypinyin takes a sixth of a second to load
    return importlib.import_module("pypinyin")
