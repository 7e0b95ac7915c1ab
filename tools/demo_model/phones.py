"""The sounds of the model: each syllable is an onset and the two halves of its final.

Every syllable has an onset, a short one where pinyin writes none, and a final of two parts in
fixed order. So equal syllables in a row (零零, 一一) cannot melt into one. Finals carry their tone,
which tells 也 from 夜 where the words around do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SILENCE = "SIL"
UNKNOWN = "SPN"
"""Speech that is no word of ours."""

_CONSONANTS = ["zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs"]
_GLIDES = ["y", "w", "yu", "0"]
_FINALS = [
    "a", "o", "e", "i", "ii", "iii", "u", "v", "er", "ai", "ei", "ao", "ou", "an", "en", "ang",
    "eng", "ong", "ia", "ie", "iao", "iu", "ian", "in", "iang", "ing", "iong", "io", "ua", "uo",
    "uai", "ui", "uan", "un", "uang", "ueng", "ve", "van", "vn",
]  # fmt: skip

_Y = {
    "yi": "i", "ya": "ia", "yo": "io", "ye": "ie", "yao": "iao", "you": "iu", "yan": "ian",
    "yin": "in", "yang": "iang", "ying": "ing", "yong": "iong",
}  # fmt: skip
_YU = {"yu": "v", "yue": "ve", "yuan": "van", "yun": "vn"}
_W = {
    "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui", "wan": "uan", "wen": "un",
    "wang": "uang", "weng": "ueng",
}  # fmt: skip
_AFTER_PALATAL = {"u": "v", "ue": "ve", "uan": "van", "un": "vn"}

SOUNDS = [
    SILENCE,
    UNKNOWN,
    *_CONSONANTS,
    *_GLIDES,
    *(f"{final}{tone}{half}" for final in _FINALS for tone in "12345" for half in "ab"),
]
"""What the network tells apart; the place in the list is the pdf."""
PDF = {sound: index for index, sound in enumerate(SOUNDS)}


def tones_of_each_final() -> list[list[int]]:
    """Return, for each half of each final, the pdfs of its five tones."""
    return [[PDF[f"{final}{tone}{half}"] for tone in "12345"] for final in _FINALS for half in "ab"]


def split(syllable: str) -> tuple[str, str, str]:
    """Return the three sounds of a pinyin *syllable* with its tone number, as ``gong1``.

    Raises:
        ValueError: not a syllable of Mandarin (as ``ng2`` or ``m2``), or without a tone.
    """
    onset, final = _onset_and_final(syllable[:-1])
    tone = syllable[-1:]
    if final not in _FINALS or tone not in "12345":
        raise ValueError(f"not a syllable: {syllable!r}")
    return onset, f"{final}{tone}a", f"{final}{tone}b"


def _onset_and_final(plain: str) -> tuple[str, str]:
    for onset, table in (("y", _Y), ("yu", _YU), ("w", _W)):
        if plain in table:
            return onset, table[plain]
    for onset in _CONSONANTS:
        if plain.startswith(onset) and plain != onset:
            return onset, _after(onset, plain[len(onset) :])
    return "0", plain


def _after(onset: str, final: str) -> str:
    if onset in ("j", "q", "x"):
        return _AFTER_PALATAL.get(final, final)
    if final == "i" and onset in ("z", "c", "s"):
        return "ii"
    if final == "i" and onset in ("zh", "ch", "sh", "r"):
        return "iii"
    return "ve" if final == "ue" else final


def in_word(syllables: Sequence[str]) -> list[str]:
    """Return the phones of a word: its sounds, marked by their place (_B, _I, _E)."""
    sounds = [sound for syllable in syllables for sound in split(syllable)]
    return placed(sounds)


def placed(sounds: Sequence[str]) -> list[str]:
    """Mark *sounds* (at least two) as the beginning, inside and end of a word."""
    return [f"{sounds[0]}_B", *(f"{sound}_I" for sound in sounds[1:-1]), f"{sounds[-1]}_E"]


def phone_table() -> list[str]:
    """Return every phone of the lexicon; phone ids are the places in the list, from 1."""
    table = [SILENCE]
    for sound in SOUNDS[1:]:
        table += [f"{sound}_{place}" for place in _places(sound)]
    return table


def _places(sound: str) -> str:
    if sound == UNKNOWN:
        return "BIE"
    return {"a": "I", "b": "IE"}.get(sound[-1] if sound[-2:-1].isdigit() else "", "BI")


def sound_of(phone: str) -> str:
    """Return the sound of a phone of ``phone_table``."""
    return phone if phone == SILENCE else phone[:-2]
