"""The history: an append-only chain of hashes over every change, its values beside it.

A line holds only salted hashes of what a field was and became; the values and salts lie in a table
of their own, from which a person can be deleted while the chain stays whole.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.history import HistoryEntry
from hotline_desk.ledger.connection import Row, insert, row, rows
from hotline_desk.ledger.rows import Fact, Facts, from_stored, moment_text, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

ADDED = ""
"""The field of the line that tells of a record's adding; its value is all facts."""

_FIRST = "0" * 64
_NONE_SO_NEW = 1 << 62
_SALT_BYTES = 16
_CHAINED = ("id", "change", "at", "who", "what", "row", "field", "before", "after", "undoes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes which record, and when."""

    at: datetime
    by: str
    table: str
    row_id: int
    part_of: int | None = None
    """The change that this one is a part of, unless it is one by itself."""
    undoes: int | None = None
    """The change that this one takes back."""


def note(
    db: Database,
    change: Change,
    fields: Mapping[str, tuple[Fact | Facts, Fact | Facts]],
) -> int:
    """Append a line for each field of *fields*, which says what it was and became.

    Return the number of the change.

    Raises:
        ValueError: nobody is named who makes the change.
    """
    if not change.by:
        raise ValueError(change)
    newest = row(db, "SELECT id, hash FROM history ORDER BY id DESC LIMIT 1")
    first = (newest["id"] if newest else 0) + 1
    previous = newest["hash"] if newest else _FIRST
    change_id = change.part_of or first
    for line_id, (field, (before, after)) in enumerate(fields.items(), start=first):
        kept = _values(before, after)
        line = {
            "id": line_id,
            "change": change_id,
            "at": moment_text(change.at),
            "who": well_formed(change.by),
            "what": change.table,
            "row": change.row_id,
            "field": field,
            "before": _salted(kept["before_salt"], kept["before"]),
            "after": _salted(kept["after_salt"], kept["after"]),
            "undoes": change.undoes,
        }
        line |= {"previous": previous, "hash": _chained(previous, line)}
        insert(db, "history", line)
        insert(db, "history_values", {"history": line_id} | kept)
        previous = line["hash"]
    return change_id


def entries(db: Database, table: str, row_id: int) -> list[HistoryEntry]:
    """Return what happened to a record, oldest first; values deleted with a person are None."""
    lines = rows(
        db,
        "SELECT at, who, field, undoes, history_values.before, history_values.after FROM history"
        " LEFT JOIN history_values ON history_values.history = history.id"
        " WHERE what = ? AND row = ? ORDER BY history.id",
        (table, row_id),
    )
    return [_entry(line) for line in lines]


Fields = dict[str, tuple[Any, Any]]
"""What each field of a record was and became; its adding is the field ADDED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A change that somebody made, as undoing needs it."""

    id: int
    records: dict[tuple[str, int], Fields]
    """By table and id, in the order in which they were changed."""


def standing_changes(db: Database, by: str, since: datetime | None) -> Iterator[Changed]:
    """Yield the changes by *by* that nobody has taken back, newest first."""
    newest = (
        "SELECT id FROM history WHERE who = ? AND change < ? AND id = change AND undoes IS NULL"
        " AND at >= ?"
        " AND NOT EXISTS (SELECT 1 FROM history AS later WHERE later.undoes = history.id)"
        " ORDER BY change DESC LIMIT 1"
    )
    asked = (by, _NONE_SO_NEW, moment_text(since) if since else "")
    while candidate := row(db, newest, asked):
        asked = (by, candidate["id"], asked[2])
        lines = rows(
            db,
            "SELECT what, row, field, history_values.before, history_values.after FROM history"
            " JOIN history_values ON history_values.history = history.id WHERE change = ?"
            " ORDER BY history.id",
            (candidate["id"],),
        )
        records: dict[tuple[str, int], Fields] = {}
        for line in lines:
            fields = records.setdefault((line["what"], line["row"]), {})
            before, after = _value(line["before"]), _value(line["after"])
            # a field may be changed several times in one change: from the first to the last
            fields[line["field"]] = (fields.get(line["field"], (before,))[0], after)
        yield Changed(id=candidate["id"], records=records)


def left_by(db: Database, change_id: int, table: str, row_id: int) -> Facts:
    """Return what was changed of a record after a change, as that change had left it.

    What was deleted with a person is None.
    """
    lines = db.conn.execute(
        "SELECT field, history_values.before FROM history"
        " LEFT JOIN history_values ON history = id"
        " WHERE what = ? AND row = ? AND change > ? ORDER BY id DESC",
        (table, row_id, change_id),
    )
    return {field: _value(before) for field, before in lines}


def faults(db: Database) -> Iterator[str]:
    """Yield a sentence for every place where the chain or a value is not what it was.

    Values go with a person alone, and whoever deletes them notes that behind them.
    """
    previous, expected, emptied = _FIRST, 1, 0
    deleted = row(db, "SELECT max(id) AS id FROM history WHERE what = 'deletions'")
    last_deleted = (deleted and deleted["id"]) or 0
    for line in _all_lines(db):
        emptied += line["value_before"] is None and line["id"] > last_deleted
        if line["id"] != expected:
            yield f"历史第 {expected} 条到第 {line['id'] - 1} 条不见了"
        if line["previous"] != previous or line["hash"] != _chained(previous, line):
            yield f"历史第 {line['id']} 条被改动过"
        elif line["value_before"] is not None and (
            line["before"] != _salted(line["before_salt"], line["value_before"])
            or line["after"] != _salted(line["after_salt"], line["value_after"])
        ):
            yield f"历史第 {line['id']} 条的内容被改动过"
        previous, expected = line["hash"], line["id"] + 1
    if emptied:
        yield f"历史有 {emptied} 条的内容不见了，没有哪一次个人信息删除记着"
    written = row(db, "SELECT seq FROM sqlite_sequence WHERE name = 'history'")
    if written and written["seq"] >= expected:
        yield f"历史第 {expected} 条到第 {written['seq']} 条不见了"


def told_facts(db: Database, table: str) -> Iterator[tuple[int, Facts]]:
    """Yield the id and the facts of every record as its history tells them, by id.

    What was deleted with a person is not among them.
    """
    row_id, told = 0, Facts()
    for found, field, text in db.conn.execute(
        "SELECT row, field, history_values.after FROM history"
        " LEFT JOIN history_values ON history = id WHERE what = ? ORDER BY row, id",
        (table,),
    ):
        if found != row_id:
            if row_id:
                yield row_id, told
            row_id, told = found, Facts()
        if text is not None:
            told |= _told(field, text)
    if row_id:
        yield row_id, told


def told_of(db: Database, table: str, row_id: int) -> Facts:
    """Return the facts of one record as what is left of its history tells them."""
    told = Facts()
    for field, text in db.conn.execute(
        "SELECT field, history_values.after FROM history"
        " JOIN history_values ON history = id WHERE what = ? AND row = ? ORDER BY id",
        (table, row_id),
    ):
        told |= _told(field, text)
    return told


def _all_lines(db: Database) -> Iterator[dict[str, Any]]:
    cursor = db.conn.execute(
        "SELECT history.*, history_values.before AS value_before, before_salt,"
        " history_values.after AS value_after, after_salt FROM history"
        " LEFT JOIN history_values ON history_values.history = history.id ORDER BY history.id"
    )
    names = [column[0] for column in cursor.description]
    for line in cursor:
        yield dict(zip(names, line, strict=True))


def _values(before: Fact | Facts, after: Fact | Facts) -> dict[str, Any]:
    return {
        "before_salt": secrets.token_bytes(_SALT_BYTES),
        "before": _text(before),
        "after_salt": secrets.token_bytes(_SALT_BYTES),
        "after": _text(after),
    }


def _text(value: Fact | Facts) -> str:
    return well_formed(json.dumps(value, ensure_ascii=False, sort_keys=True))


@from_stored
def _entry(line: Row) -> HistoryEntry:
    return HistoryEntry(
        at=datetime.fromisoformat(line["at"]),
        by=line["who"],
        field=line["field"],
        before=None if line["field"] == ADDED else _value(line["before"]),
        after=None if line["field"] == ADDED else _value(line["after"]),
        undoes=line["undoes"] is not None,
    )


@from_stored
def _told(field: str, text: str) -> Facts:
    value = json.loads(text)
    return Facts(value if field == ADDED else {field: value})


@from_stored
def _value(text: str | None) -> Any:  # noqa: ANN401  whatever JSON holds
    return None if text is None else json.loads(text)


def _salted(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + text.encode()).hexdigest()


def _chained(previous: str, line: Mapping[str, Any]) -> str:
    told = json.dumps([previous, *(line[name] for name in _CHAINED)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
