"""Where a deleted person was written first: by that an older copy of the ledger tells who it was.

Nothing but places in lines of history is noted, which have no values any more; a copy that was
made before still has them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.traces import plain_number
from hotline_desk.ledger.connection import row, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sqlite_utils import Database

    from hotline_desk.domain.deletions import Key, Person, Spots
    from hotline_desk.domain.traces import Traces

    Span = tuple[int, int]

_TOLD = "SELECT hash, history_values.after FROM history JOIN history_values ON history = id"


def first(
    db: Database, person: Person, traces: Traces, lines: Iterable[tuple[int, Key]]
) -> tuple[Spots, Spots]:
    """Return where each way of writing the person's name was written first, and each number.

    Args:
        db: with the values that are about to be deleted.
        person: whose records are looked through for the bare name, too: 老张 is no trace.
        traces: what finds the person anywhere else.
        lines: the lines of history that name the person, and what they tell of.
    """
    names: Spots = {}
    phones: Spots = {}
    own = {
        each["id"]
        for table, ids in (("calls", person.calls), ("cases", _cases(person)))
        for row_id in ids
        for each in rows(db, "SELECT id FROM history WHERE what = ? AND row = ?", [table, row_id])
    }
    known: set[str] = set()
    for line in sorted(own | {line for line, _ in lines}):
        told = row(db, f"{_TOLD} WHERE id = ?", [line])
        if told is None:
            continue
        words = _words(told["after"])
        bare = _alone(words, person.names) if line in own else ()
        for spots, found in (
            (names, [*traces.names_in(words), *bare]),
            (phones, traces.phones_in(words)),
        ):
            new = tuple(_new(words, found, known, plain_number if spots is phones else str.strip))
            if new:
                spots[told["hash"]] = new
    return names, phones


def written(db: Database, spots: Spots) -> set[str]:
    """Return what is written in *spots* here; nothing of those that this ledger does not have."""
    asked = f"{_TOLD} WHERE hash IN (SELECT value FROM json_each(?))"  # noqa: S608  our own words
    found = rows(db, asked, [json.dumps([*spots])])
    texts = {
        _words(told["after"])[begin:end] for told in found for begin, end in spots[told["hash"]]
    }
    return texts - {""}


def _cases(person: Person) -> tuple[int, ...]:
    return (*person.cases, *person.shared_cases)


def _new(
    words: str, found: Iterable[Span], known: set[str], plain: Callable[[str], str]
) -> Iterator[Span]:
    for begin, end in found:
        way = plain(words[begin:end])
        if way not in known:
            known.add(way)
            yield begin, end


def _alone(words: str, names: Collection[str]) -> Iterator[Span]:
    """Yield where a line of *words* is nothing but one of *names*."""
    begin = 0
    for text in words.split("\n"):
        if text in names:
            yield begin, begin + len(text)
        begin += len(text) + 1


def _words(told: str) -> str:
    """Return the texts in a value of history, one after the other."""
    return "\n".join(_texts(json.loads(told)))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  whatever JSON holds
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield from _texts_in(value)


def _texts_in(text: str) -> Iterator[str]:
    """Yield *text*, or the texts in it where it is JSON itself: parties, payments, rounds."""
    if text[:1] in {"[", "{"}:
        try:
            inner = json.loads(text)
        except ValueError:
            pass
        else:
            yield from _texts(inner)
            return
    yield text
