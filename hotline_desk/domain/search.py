"""Finding words: what one find is, and when a text holds what was asked."""

from __future__ import annotations

from dataclasses import dataclass


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


def terms(words: str) -> list[str]:
    """Return the terms of *words*, which blanks keep apart; a passage has to hold each of them."""
    return words.split()


def holds(text: str, words: str) -> bool:
    """Return whether *text* holds every term of *words*; capitals and small letters are one."""
    folded = text.casefold()
    return all(term.casefold() in folded for term in terms(words))


def excerpt(text: str, words: str, *, width: int = 40) -> str:
    """Return the part of *text* around the first term of *words*: about *width* characters."""
    found = [text.casefold().find(term.casefold()) for term in terms(words)]
    first = max(0, min((place for place in found if place >= 0), default=0) - width // 3)
    last = first + width
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return f"{before}{' '.join(text[first:last].split())}{after}"
