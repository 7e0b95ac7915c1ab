"""Pinyin initials (首字母): ldht for 劳动合同, the way one types what one looks for in a hurry."""

from __future__ import annotations

import re
from functools import cache

from hotline_desk.paths import resource

NONE = "|"
"""Stands for a character that no letter is typed for."""

_LATIN = range(ord("a"), ord("z") + 1)
_ASKED = re.compile("[a-z]{2,}")


def is_initials(term: str) -> bool:
    """Return whether *term* may be meant as initials: two small letters or more."""
    return _ASKED.fullmatch(term) is not None


def initials(text: str) -> str:
    """Return the initials of *text*: one character for each of its characters, NONE for most signs.

    Latin letters are their own. A character is taken as it is read in its word where that is one
    of the list (调解 is tj, 调岗 is dg), else as it is read most often.
    """
    letters, words, read_twice = _known()
    found = text.translate(letters)
    for place in read_twice.finditer(text):
        at = place.start()
        for start, end in ((at, at + 2), (at - 1, at + 1), (at, at + 3), (at - 1, at + 2),
                           (at - 2, at + 1)):  # fmt: skip
            word = words.get(text[start:end]) if start >= 0 else None
            if word:
                found = found[:start] + word + found[end:]
                break
    return found


def lettered(*texts: str) -> str:
    """Return the initials of *texts* as they are indexed: no passage runs across their ends."""
    return "".join(f"{initials(text)}{NONE}" for text in texts)


def spelled(text: str, term: str) -> str:
    """Return the first passage of *text* whose initials are *term*; empty where there is none."""
    at = initials(text).find(term)
    return "" if at < 0 else text[at : at + len(term)]


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        letter = chr(code).lower() if ord(chr(code).lower()[0]) in _LATIN and code < 128 else NONE
        self[code] = letter
        return letter


@cache
def _known() -> tuple[_Letters, dict[str, str], re.Pattern[str]]:
    """Return the letter of each character, the words read otherwise, and what finds those."""
    letters, words = _Letters(), dict[str, str]()
    for line in resource("glossary/initials.txt").read_text(encoding="utf-8").splitlines():
        first, rest = line.split(" ")
        if first.isascii():
            letters.update(dict.fromkeys(map(ord, rest), first))
        else:
            words[first] = rest
    otherwise = {
        character
        for word, read in words.items()
        for character, letter in zip(word, read, strict=True)
        if letters[ord(character)] != letter
    }
    return letters, words, re.compile(f"[{''.join(sorted(otherwise))}]")
