"""Undoing: what somebody changed last, as facts to lay back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.errors import NothingToUndo
from hotline_desk.ledger.history import ADDED, Changed, standing_changes
from hotline_desk.ledger.tables import TABLES
from hotline_desk.ledger.words import FIELD_WORDS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """A change that can be taken back."""

    change_id: int
    table: str
    row_id: int
    facts: Facts
    """The facts to lay back, where they still are what the change made of them."""
    words: str
    """What the change was, for people."""


def restorable(db: Database, by: str, since: datetime | None) -> Restorable:
    """Return the newest change by *by* of which anything still stands.

    Raises:
        NothingToUndo: there is none.
    """
    for change in standing_changes(db, by, since):
        present = TABLES[change.table].facts(db, change.row_id) or {}
        if facts := _still_standing(change, present):
            return Restorable(
                change_id=change.id,
                table=change.table,
                row_id=change.row_id,
                facts=facts,
                words=_words(db, change, facts),
            )
    raise NothingToUndo


def _still_standing(change: Changed, present: Facts) -> Facts:
    if ADDED in change.fields:
        return {} if present["removed"] else {"removed": 1}
    return {
        name: before for name, (before, after) in change.fields.items() if present[name] == after
    }


def _words(db: Database, change: Changed, facts: Facts) -> str:
    record = TABLES[change.table].words(db, change.row_id)
    if ADDED in change.fields:
        return f"新增{record}"
    return f"{record}：{'、'.join(FIELD_WORDS[name] for name in facts if name in FIELD_WORDS)}"
