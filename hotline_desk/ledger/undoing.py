"""Undoing: what somebody changed last, as facts to lay back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.errors import NothingToUndo
from hotline_desk.ledger.history import ADDED, Fields, standing_changes
from hotline_desk.ledger.tables import TABLES, facts_of
from hotline_desk.ledger.words import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Fact, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """A change that can be taken back."""

    change_id: int
    records: dict[tuple[str, int], Facts]
    """By table and id the facts to lay back, newest first."""
    words: str
    """What the change was, for people."""


def restorable(db: Database, by: str, since: datetime | None) -> Restorable:
    """Return the newest change by *by* of which anything still stands.

    Raises:
        NothingToUndo: there is none.
    """
    for change in standing_changes(db, by, since):
        records = {}
        for (table, row_id), fields in reversed(change.records.items()):
            present = facts_of(db, TABLES[table], row_id) or {}
            if facts := _still_standing(fields, present, TABLES[table].lets_go):
                records[table, row_id] = facts
        if records:
            words = [
                _words(db, table, row_id, fields)
                for (table, row_id), fields in change.records.items()
                if (table, row_id) in records
            ]
            return Restorable(change_id=change.id, records=records, words="；".join(words))
    raise NothingToUndo


def _still_standing(fields: Fields, present: Facts, lets_go: Mapping[str, Fact]) -> Facts:
    """Return what to lay back; what somebody else has changed since then stays."""
    if ADDED in fields:
        return {} if present["removed"] else {"removed": 1, **lets_go}
    return {name: before for name, (before, after) in fields.items() if present[name] == after}


def _words(db: Database, table: str, row_id: int, fields: Fields) -> str:
    record = TABLES[table].words(db, row_id)
    if ADDED in fields:
        return f"新增{record}"
    return f"{record}：{'、'.join(FIELD_WORDS[name] for name in fields if name in FIELD_WORDS)}"
