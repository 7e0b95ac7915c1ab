"""Where the ledger names a person: in the free texts of records, and in the values of history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.utterances import Utterance
from hotline_desk.ledger import anonymous
from hotline_desk.ledger.connection import row, rows
from hotline_desk.ledger.history import ADDED
from hotline_desk.ledger.tables import TABLES, facts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlite_utils import Database

    from hotline_desk.domain.deletions import Key
    from hotline_desk.domain.traces import Traces
    from hotline_desk.ledger.rows import Facts

_NOT_THEIRS = ("staff", "points", "episodes", "deletions")
"""Records of those who work here: whoever is called the same there is somebody else."""
_FREE = {
    "episodes": ("topic", "listeners_source"),
    "staff": ("expertise",),
    "points": ("address", "hours"),
}
"""What is typed freely in them, and may name anybody."""
_BESIDE = {
    "questions": (("answers", "question_id"), ("articles", "question_id")),
    "cases": (("parties", "case_id"),),
}
"""Tables in which a part of a record lies, and whose it is."""
_ASKED = {
    "calls": "SELECT number FROM questions WHERE call_id = ? ORDER BY id",
    "cases": "SELECT number FROM questions WHERE case_id = ? ORDER BY id",
}
"""The 台账编号 of what belongs to a record."""
_SAID = (
    "SELECT take, line, began, ended, utterances.text FROM utterances"
    " LEFT JOIN edits USING (take, line, began)"
    " WHERE traced(utterances.text || char(10) || coalesce(edits.text, ''))"
)
_SAID_ACROSS = (
    "SELECT DISTINCT take FROM (SELECT take, group_concat(text, '') AS said FROM"
    " (SELECT take, line, text FROM utterances ORDER BY take, line, began)"
    " GROUP BY take, line) WHERE traced(said)"
)
_CALLER = ("name", "phone")
"""Whoever called from another number may be called the same."""
_DERIVED = ("searched", "initials")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What names a person."""

    records: frozenset[Key]
    lines: tuple[tuple[int, Key], ...]
    """The lines of history whose values name the person, and what they tell of."""
    until: int
    """The newest line that was looked at."""


def find(db: Database, traces: Traces, *, after: int = 0) -> Mentions:
    """Return where the person is named; in history in the lines behind *after* alone.

    After a first look a second one needs only them: no record changes without a line.
    """
    newest = row(db, "SELECT coalesce(max(id), 0) AS id FROM history") or {"id": 0}
    if not traces:
        return Mentions(frozenset(), (), newest["id"])
    teach(db, traces)
    db.conn.create_function("free", 3, _free, deterministic=True)
    found = rows(
        db,
        "SELECT history AS line, what, row FROM history_values JOIN history ON history.id = history"
        " WHERE history > ? AND traced(CASE WHEN what IN (SELECT value FROM json_each(?))"
        " THEN free(what, field, history_values.after) || free(what, field, history_values.before)"
        " ELSE history_values.before || char(10) || history_values.after END)",
        [after, json.dumps(_NOT_THEIRS)],
    )
    lines = tuple((each["line"], (each["what"], each["row"])) for each in found)
    records = {key for _, key in lines} if after else set(_records(db))
    return Mentions(frozenset(records), lines, newest["id"])


def changes(
    db: Database, traces: Traces, records: Iterable[Key]
) -> Iterator[tuple[str, int, Facts]]:
    """Yield what becomes of *records* without the person, in order, where anything does."""
    for table, row_id in sorted(records):
        facts = dict(facts_of(db, TABLES[table], row_id) or {})
        if table == "calls":
            facts = {name: value for name, value in facts.items() if name not in _CALLER}
        if table in _FREE:
            facts = {name: value for name, value in facts.items() if name in _FREE[table]}
        if anew := anonymous.out_of(facts, traces.out_of):
            yield table, row_id, anew


def said(db: Database, traces: Traces) -> dict[str, list[Utterance]]:
    """Return by take the utterances that name the person, none where only several together do."""
    teach(db, traces)
    found: dict[str, list[Utterance]] = {each["take"]: [] for each in rows(db, _SAID_ACROSS)}
    for each in rows(db, _SAID):
        utterance = Utterance(each["line"], each["began"], each["ended"], each["text"])
        found.setdefault(each["take"], []).append(utterance)
    return found


def words(db: Database, table: str, row_id: int, names: Collection[str]) -> str:
    """Return what a record is called, with its 台账编号, and whether a party has the same name."""
    called = TABLES[table].words(db, row_id)
    if table not in _ASKED:
        return called
    asked = rows(db, _ASKED[table], [row_id])
    beside = [each["number"] for each in asked]
    if table == "cases":
        parties = rows(db, "SELECT name FROM parties WHERE case_id = ?", [row_id])
        beside += ["当事人同名"] if {each["name"] for each in parties} & {*names} else []
    return f"{called}（{'，'.join(beside)}）" if beside else called


def teach(db: Database, traces: Traces) -> None:
    """Let SQL ask ``traced(text)``: whether it names the person."""
    db.conn.create_function("traced", 1, traces.are_in, deterministic=True)


def _free(table: str, field: str, text: str) -> str:
    """Return what of a value of the history of `_NOT_THEIRS` may name anybody.

    The first line of a record holds all of it, and others' names among that.
    """
    names = _FREE.get(table, ())
    if field != ADDED:
        return f"{text}\n" if field in names else ""
    facts = json.loads(text) or {}
    return "".join(f"{facts.get(name) or ''}\n" for name in names)


def _records(db: Database) -> Iterator[Key]:
    for name in TABLES:
        if name in _NOT_THEIRS and name not in _FREE:
            continue
        for table, key in ((name, TABLES[name].key.partition(".")[2]), *_BESIDE.get(name, ())):
            texts = " || char(10) || ".join(
                f"coalesce({column['name']}, '')"
                for column in rows(db, f"PRAGMA table_info({table})")
                if column["type"] == "TEXT"
                and column["name"] not in _DERIVED
                and column["name"] in _FREE.get(name, (column["name"],))
            )
            naming = f"SELECT {key} AS id FROM {table} WHERE traced({texts})"  # noqa: S608  our own names
            for each in rows(db, naming):
                yield name, each["id"]
