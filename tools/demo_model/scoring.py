"""How far recognised words are from what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; times in seconds."""

    text: str
    start: float
    end: float


def character_errors(said: str, heard: str) -> int:
    """Return the least number of characters to change, add or leave out."""
    row = list(range(len(heard) + 1))
    for index, character in enumerate(said, 1):
        corner, row[0] = row[0], index
        for place, other in enumerate(heard, 1):
            corner, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, corner + (character != other)),
            )
    return row[-1]


def start_differences(
    words: Sequence[Word], said: str, syllable_starts: Sequence[float]
) -> list[float]:
    """Return by how many seconds each word begins late, where every character is right.

    Empty when *words* are not exactly *said*, one syllable for each character.
    """
    if "".join(word.text for word in words) != said or len(syllable_starts) != len(said):
        return []
    differences = []
    place = 0
    for word in words:
        differences.append(word.start - syllable_starts[place])
        place += len(word.text)
    return differences
