"""The decoding graph: words, their sounds and their order in one finite-state transducer."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import kaldifst

from tools.demo_model.language import BEGIN, END, Bigram
from tools.demo_model.phones import SILENCE, UNKNOWN, in_word, phone_table, placed, sound_of
from tools.demo_model.vocabulary import UNKNOWN_WORD, Pronunciations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_SILENCE_SHARE = 0.25
_EPSILON = 0
_UNKNOWN_LENGTH = 4
"""Frames that unknown speech lasts at the least."""


def make_graph(
    pronunciations: Pronunciations, bigram: Bigram, mean_frames: Mapping[str, float], target: Path
) -> None:
    """Write the graph for the words of *pronunciations* to *target*.

    *mean_frames* tells how many 30 ms frames each sound lasts.

    Raises:
        RuntimeError: the graph could not be made deterministic.
    """
    word_ids = {word: index for index, word in enumerate(word_table(list(pronunciations)))}
    lexicon, disambiguators = _lexicon(pronunciations, word_ids)
    grammar = _compiled(_grammar(bigram, word_ids))
    lexicon_fst = _compiled(lexicon)
    kaldifst.arcsort(lexicon_fst, "olabel")
    kaldifst.arcsort(grammar, "ilabel")
    graph = kaldifst.compose(lexicon_fst, grammar)
    if kaldifst.determinize_star(graph):
        raise RuntimeError("the graph cannot be made deterministic")
    kaldifst.minimize_encoded(graph)
    _FrameGraph(graph, disambiguators, mean_frames).built().write(str(target))


def word_table(words: Sequence[str]) -> list[str]:
    """Return the symbols of words.txt; ids are the places in the list."""
    return ["<eps>", UNKNOWN_WORD, *words, "#0"]


def _lexicon(
    pronunciations: Pronunciations, word_ids: Mapping[str, int]
) -> tuple[list[str], frozenset[int]]:
    """Return the lines of L, in Kaldi's form with silence between words, and its #symbols."""
    phone_ids = {phone: index for index, phone in enumerate(phone_table(), 1)}
    entries = [(UNKNOWN_WORD, placed([UNKNOWN] * _UNKNOWN_LENGTH))]
    for word in pronunciations:
        entries += [(word, in_word(syllables)) for syllables in pronunciations[word]]
    marks = _marks_needed(entries)
    first = len(phone_ids) + 1  # #0, for the way back to single words
    silence_mark = first + max(marks) + 1
    start, loop, silence, after_silence = 0, 1, 2, 3
    without, with_silence = -math.log(1 - _SILENCE_SHARE), -math.log(_SILENCE_SHARE)
    lines = [
        f"{start} {loop} 0 0 {without}",
        f"{start} {silence} 0 0 {with_silence}",
        f"{silence} {after_silence} {phone_ids[SILENCE]} 0",
        f"{after_silence} {loop} {silence_mark} 0",
        f"{loop} {loop} {first} {word_ids['#0']}",
    ]
    free = 4
    for (word, phones), mark in zip(entries, marks, strict=True):
        labels = [phone_ids[phone] for phone in phones] + ([first + mark] if mark else [])
        here, output = loop, word_ids[word]
        for label in labels[:-1]:
            lines.append(f"{here} {free} {label} {output}")
            here, output, free = free, _EPSILON, free + 1
        lines.append(f"{here} {loop} {labels[-1]} {output} {without}")
        lines.append(f"{here} {silence} {labels[-1]} {output} {with_silence}")
    lines.append(f"{loop} 0")
    return lines, frozenset(range(first, silence_mark + 1))


def _marks_needed(entries: Sequence[tuple[str, Sequence[str]]]) -> list[int]:
    """Return for each entry which # symbol tells it from those that sound alike, 0 for none.

    No word is the beginning of another: the last phone of a word is marked as such.
    """
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    alike: dict[tuple[str, ...], int] = defaultdict(int)
    for _, phones in entries:
        alike[tuple(phones)] += 1
    marks = []
    for _, phones in entries:
        sound = tuple(phones)
        seen[sound] += 1
        marks.append(seen[sound] if alike[sound] > 1 else 0)
    return marks


def _grammar(bigram: Bigram, word_ids: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of G: a state for each word that was followed by another, one for all."""
    states = {left: index for index, left in enumerate([BEGIN, *sorted(bigram.after)])}
    if BEGIN in bigram.after:
        states = {left: index for index, left in enumerate(dict.fromkeys(states))}
    alone = len(states)
    for left, row in bigram.after.items():
        for right, probability in row.items():
            if right != END:
                word = word_ids[right]
                to = states.get(right, alone)
                yield f"{states[left]} {to} {word} {word} {-math.log(probability)}"
        yield f"{states[left]} {alone} {word_ids['#0']} 0 {-math.log(bigram.backoff[left])}"
        if END in row:
            yield f"{states[left]} {-math.log(row[END])}"
    for right, probability in bigram.alone.items():
        if right != END:
            identity = word_ids[right]
            to = states.get(right, alone)
            yield f"{alone} {to} {identity} {identity} {-math.log(probability)}"
    yield f"{alone} {-math.log(bigram.alone[END])}"


def _compiled(lines: Sequence[str] | Iterator[str]) -> kaldifst.StdVectorFst:
    # The first state that is named is the start: the lines are sorted so that it is state 0.
    ordered = sorted(lines, key=lambda line: line.split(" ", 1)[0] != "0")
    return kaldifst.compile("\n".join(ordered) + "\n", keep_state_numbering=True)


class _FrameGraph:
    """A graph of phones turned into one of transition ids, with a self-loop behind each arc."""

    def __init__(
        self,
        phones: kaldifst.StdVectorFst,
        disambiguators: frozenset[int],
        mean_frames: Mapping[str, float],
    ) -> None:
        self._phones = phones
        self._disambiguators = disambiguators
        stays = [1 - 1 / mean_frames[sound_of(phone)] for phone in phone_table()]
        self._stay_cost = [0.0, *(-math.log(stay) for stay in stays)]
        self._leave_cost = [0.0, *(-math.log(1 - stay) for stay in stays)]
        self._loops: dict[tuple[int, int], int] = {}
        self._entered_by: dict[int, set[int]] = defaultdict(set)
        self._result = kaldifst.StdVectorFst()

    def built(self) -> kaldifst.StdVectorFst:
        """Return the graph that the decoder walks."""
        states = list(kaldifst.StateIterator(self._phones))
        for state in states:
            self._result.add_state()
            for arc in kaldifst.ArcIterator(self._phones, state):
                self._entered_by[arc.nextstate].add(self._phone(arc))
        self._result.start = self._phones.start
        for state in states:
            final = self._phones.final(state)
            if final.value != math.inf:
                self._result.set_final(state, final.value)
            for arc in kaldifst.ArcIterator(self._phones, state):
                self._add(state, arc)
        return self._result

    def _phone(self, arc: kaldifst.StdArc) -> int:
        return 0 if arc.ilabel in self._disambiguators else int(arc.ilabel)

    def _add(self, state: int, arc: kaldifst.StdArc) -> None:
        phone = self._phone(arc)
        weight = arc.weight.value + self._leave_cost[phone]
        to = self._loop_state(arc.nextstate, phone) if phone else arc.nextstate
        self._result.add_arc(state, kaldifst.StdArc(2 * phone, arc.olabel, weight, to))

    def _loop_state(self, state: int, phone: int) -> int:
        """Return the state with the self-loop of *phone* on the way to *state*."""
        found = self._loops.get((state, phone))
        if found is not None:
            return found
        alone = self._entered_by[state] == {phone} and state != self._phones.start
        found = state if alone else self._result.add_state()
        loop = kaldifst.StdArc(2 * phone - 1, 0, self._stay_cost[phone], found)
        self._result.add_arc(found, loop)
        if not alone:
            self._result.add_arc(found, kaldifst.StdArc(0, 0, 0.0, state))
        self._loops[state, phone] = found
        return found
