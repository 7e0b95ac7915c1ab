"""Finding words: what one find is, and when a text holds what was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hotline_desk.domain import amounts
from hotline_desk.domain.initials import initials, is_initials, spelled


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One passage that holds the words."""

    episode: int | None
    take: str
    """The take's folder, relative to the workspace; empty where nothing was recorded."""
    line: str
    start: float
    """Take time in seconds."""
    end: float
    text: str
    """The whole passage, not cut."""
    question: str
    """台账编号 of the question it lies in, or empty."""


_REMEMBERED = 16
"""One find looks through many texts."""
_MOBILE_IN_PARTS = re.compile(r"(1\d\d) (\d{4}) (\d{4})")


def terms(words: str) -> list[str]:
    """Return the terms of *words*, which blanks keep apart; a passage has to hold each of them.

    A mobile number written in parts, 138 0000 5678, is one term. Letters alone are small ones:
    with Caps Lock on, LDHT is ldht.
    """
    found = _MOBILE_IN_PARTS.sub(r"\1\2\3", words).split()
    return [term.lower() if term.isascii() and term.isalpha() else term for term in found]


def holds(text: str, words: str, *, letters: str | None = None) -> bool:
    """Return whether *text* holds every term of *words*.

    Capitals and small letters are one, and so are the ways of writing an amount: 33000 is held
    by a text with 三万三千. Letters may be initials: ldht is held by a text with 劳动合同.
    *letters* are the initials of *text*, where they are kept ready.
    """
    folded = text.casefold()
    return all(
        found.search(folded) or (term and term in (letters or initials(text)))
        for found, term in _wanted(words)
    )


@lru_cache(_REMEMBERED)
def _wanted(words: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what finds each term of *words*, and the term once more where it may be initials."""
    return tuple(
        (re.compile(pattern(term)), term if is_initials(term) else "") for term in terms(words)
    )


def standing_for(text: str, words: str) -> dict[str, str]:
    """Return what those of *words* that are initials stand for in *text*: ldht for 劳动合同.

    A term that *text* holds as it is written is not among them.
    """
    folded = text.casefold()
    return {
        term: found
        for term in terms(words)
        if is_initials(term) and term not in folded and (found := spelled(text, term))
    }


def as_written(text: str, words: str) -> str:
    """Return *words* with what initials among them stand for in *text* in their place."""
    meant = standing_for(text, words)
    return " ".join(meant.get(term, term) for term in terms(words))


def pattern(words: str) -> str:
    """Return the regular expression that finds each of *words* in folded text; empty for none."""
    return "|".join(filter(None, map(_term_pattern, terms(words))))


def _term_pattern(term: str) -> str:
    found = re.escape(term.casefold())
    fen = amounts.fen(term)
    return found if fen is None else f"{found}|{amounts.pattern(fen)}"


def excerpt(text: str, words: str, *, width: int = 40) -> str:
    """Return the part of *text* around the first of *words* in it: about *width* characters."""
    wanted = pattern(as_written(text, words))
    found = re.search(wanted, text.casefold()) if wanted else None
    first = max(0, (found.start() if found else 0) - width // 3)
    last = first + width
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"{before}{' '.join(text[first:last].split())}{after}"
