"""Readable Chinese from what was heard: pauses become punctuation, numbers figures, terms terms.

What was heard is never overwritten: readable text is computed on reading, and every place that
differs from it is known and can be turned back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.speech.figures import figures
from hotline_desk.speech.glossary import corrections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hotline_desk.domain.utterances import Utterance

_PAUSE = 0.25
"""Silence between two words, in seconds, that always reads as a comma."""
_BREATH = 0.08
"""A shorter one does after a phrase: words that belong together follow each other at once."""
_PHRASE = 4
"""Characters that make a phrase."""
_STOP_PAUSE = 0.9
"""Silence between two utterances, in seconds, that ends a sentence."""
_MARKS = "，。？！、；："
_ASKS_AT_END = re.compile(r"(?:吗|么|呢|吧|没有|不行|好不好|行不行|对不对|是不是|可以不)$")
_STATES_AT_END = re.compile(
    r"(?:没什么|那么|这么|什么的|怎么的|多么|要么|什么都行|好吧|行吧|算了吧|还说呢|着呢|才.{0,4}呢)$"
)
_ASKS = re.compile(
    r"(?<!没)(?<!不管)(?<!无论)什么(?!都|也)|(?<!不管)(?<!无论)怎么(?!都|也|说呢)|多少(?!有点|也|都|还)|为什么|为啥|咋"
    r"|能不能|可不可以|是不是|有没有|要不要|该不该|算不算|合不合|行不行|对不对|应不应该|会不会|需不需要|如何|哪里|哪儿|哪个|哪些"
    r"|谁来|找谁|多久|几个月|几天|几年|请问"
)
_ASKED_WITHIN = 14
"""A question word this near to the end makes its sentence a question."""


class Kind(StrEnum):
    """Why a stretch reads otherwise than it was heard."""

    MARK = "标点"
    NUMBER = "数字"
    TERM = "用语"


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of a reading that differs from what was heard."""

    start: int
    end: int
    """In the readable text."""
    heard: str
    """What stood there; empty for punctuation."""
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """Readable text, and where it differs from what was heard."""

    text: str
    changes: tuple[Change, ...]

    def heard(self) -> str:
        """Return the text as it was heard, every change turned back."""
        return self.without(*self.changes).text

    def without(self, *unwanted: Change) -> Reading:
        """Return this reading with the *unwanted* changes turned back."""
        pieces: list[str] = []
        kept: list[Change] = []
        position = length = 0
        for change in self.changes:
            before = self.text[position : change.start]
            piece = change.heard if change in unwanted else self.text[change.start : change.end]
            start = length + len(before)
            length = start + len(piece)
            pieces += [before, piece]
            position = change.end
            if change not in unwanted:
                kept.append(Change(start, length, change.heard, change.kind))
        return Reading("".join([*pieces, self.text[position:]]), tuple(kept))


@dataclass(frozen=True, slots=True)
class _Edit:
    """A replacement at a place of the heard text."""

    start: int
    end: int
    written: str
    kind: Kind


def readable(words: str | Sequence[Utterance], *, in_figures: bool = True) -> str:
    """Return *words* as people write them: 拖欠三万三千元 becomes 拖欠 33,000 元."""
    return reading(words, in_figures=in_figures).text


def reading(words: str | Sequence[Utterance], *, in_figures: bool = True) -> Reading:
    """Return the readable form of a text, or of the utterances of one speaker in their order.

    Pauses come from the words' times; a bare text gets its punctuation from question words only,
    and one that has punctuation keeps it.

    Args:
        words: what was heard.
        in_figures: whether numbers are written in figures; a transcript keeps them as spoken.
    """
    if isinstance(words, str):
        text, boundaries, marks = words, None, _marks_of_text(words)
    else:
        text = "".join(utterance.text for utterance in words)
        boundaries, marks = _boundaries(words), _marks_of_pauses(words)
    return _laid_out(text, [*_spoken_edits(text, boundaries, in_figures=in_figures), *marks])


def _laid_out(text: str, edits: Sequence[_Edit]) -> Reading:
    pieces: list[str] = []
    changes: list[Change] = []
    position = length = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < position:
            continue
        before = text[position : edit.start]
        start = length + len(before)
        length = start + len(edit.written)
        pieces += [before, edit.written]
        changes.append(Change(start, length, text[edit.start : edit.end], edit.kind))
        position = edit.end
    return Reading("".join([*pieces, text[position:]]), tuple(changes))


def _spoken_edits(text: str, boundaries: frozenset[int] | None, *, in_figures: bool) -> list[_Edit]:
    """Return numbers and terms as edits that do not overlap; the longer meaning goes first."""
    taken: list[_Edit] = []
    terms = [
        _Edit(found.start, found.end, found.term, Kind.TERM)
        for found in corrections(text, boundaries=boundaries)
    ]
    numbers = [
        _Edit(start, end, figure, Kind.NUMBER)
        for start, end, figure in (figures(text) if in_figures else ())
    ]
    for edit in [*terms, *numbers]:
        if all(edit.end <= other.start or edit.start >= other.end for other in taken):
            taken.append(edit)
    return taken


def _marks_of_text(text: str) -> Iterator[_Edit]:
    if not text or any(mark in text for mark in _MARKS):
        return
    for found in re.finditer(r"(?<!干)吗(?=.)", text):
        yield _Edit(found.end(), found.end(), "？", Kind.MARK)
    yield _Edit(len(text), len(text), "？" if _is_question(text) else "。", Kind.MARK)


def _marks_of_pauses(utterances: Sequence[Utterance]) -> Iterator[_Edit]:
    position = sentence_start = 0
    text = "".join(utterance.text for utterance in utterances)
    for number, utterance in enumerate(utterances):
        yield from _marks_within(utterance, position)
        position += len(utterance.text)
        following = utterances[number + 1] if number + 1 < len(utterances) else None
        if not utterance.text:
            continue
        asked = _is_question(text[sentence_start:position])
        if asked or following is None or following.start - utterance.end >= _STOP_PAUSE:
            yield _Edit(position, position, "？" if asked else "。", Kind.MARK)
            sentence_start = position
        else:
            yield _Edit(position, position, "，", Kind.MARK)


def _marks_within(utterance: Utterance, offset: int) -> Iterator[_Edit]:
    position = phrase_start = offset
    for word, following in zip(utterance.words, utterance.words[1:], strict=False):
        position += len(word.word)
        silence = following.start - word.end
        if silence >= _PAUSE or (silence >= _BREATH and position - phrase_start >= _PHRASE):
            yield _Edit(position, position, "？" if word.word.endswith("吗") else "，", Kind.MARK)
            phrase_start = position


def _is_question(sentence: str) -> bool:
    if _STATES_AT_END.search(sentence):
        return False
    if _ASKS_AT_END.search(sentence):
        return True
    return any(len(sentence) - found.end() <= _ASKED_WITHIN for found in _ASKS.finditer(sentence))


def _boundaries(utterances: Sequence[Utterance]) -> frozenset[int] | None:
    """Return where the words of the utterances begin and end in their joined text."""
    if any("".join(w.word for w in utterance.words) != utterance.text for utterance in utterances):
        return None
    ends = {0}
    position = 0
    for utterance in utterances:
        for word in utterance.words:
            position += len(word.word)
            ends.add(position)
    return frozenset(ends)
