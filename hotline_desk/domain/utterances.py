"""What the recogniser heard, word by word, in seconds of take time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word."""

    word: str
    start: float
    end: float
    conf: float
    """The recogniser's confidence, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech on one line between two pauses."""

    line: str
    start: float
    end: float
    text: str
    """The words without spaces and nothing else."""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person has laid over an utterance; the machine's text stays below it."""

    line: str
    start: float
    """The utterance's own start, which names it on its line."""
    text: str
