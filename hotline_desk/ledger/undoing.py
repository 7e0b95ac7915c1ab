"""Undoing: what somebody changed last, as facts to lay back."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.errors import (
    CaseChangedSince,
    LaterMonthClosed,
    NothingToUndo,
    QuestionInCase,
)
from hotline_desk.ledger.connection import row
from hotline_desk.ledger.history import ADDED, Fields, left_by, standing_changes
from hotline_desk.ledger.tables import TABLES, facts_of
from hotline_desk.ledger.words import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Fact, Facts


_TOLD = 5
"""Of how many records a change is told one by one."""
_DEEDS = frozenset({
    "received", "course", "events", "closing", "finish", "finished_on", "agreed_fen", "agreed_on",
    "pay_by", "received_fen", "payments", "called_back_on", "satisfaction", "actions",
    "interruptions", "earlier", "merged_into",
})  # fmt: skip
"""Facts of a case that its deeds write together, and that the next deed goes on from."""
_CASE_OF = (
    "SELECT questions.number, cases.id, cases.number AS case_number FROM questions"
    " JOIN cases ON cases.id = questions.case_id WHERE questions.id = ?"
)

_LATER_MONTH = (
    "SELECT closed.month, later.month AS later FROM month_closings AS closed"
    " JOIN month_closings AS later ON later.unit = closed.unit AND later.month > closed.month"
    " AND NOT later.removed WHERE closed.id = ?"
)


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
        CaseChangedSince: it holds a deed on a case that others have gone on from.
        NothingToUndo: there is none.
        QuestionInCase: it added a question on which a case hangs that stays.
        LaterMonthClosed: it closed a month before another that is closed.
    """
    for change in standing_changes(db, by, since):
        records = {}
        for (table, row_id), fields in reversed(change.records.items()):
            present = facts_of(db, TABLES[table], row_id) or {}
            if table == "cases" and not present["removed"]:
                _require_untouched(db, change.id, row_id, fields, present)
            if facts := _still_standing(fields, present, TABLES[table].lets_go):
                records[table, row_id] = facts
        if records:
            _require_no_case(db, records)
            _require_last_month(db, records)
            return Restorable(
                change_id=change.id, records=records, words=_told(db, change.records, records)
            )
    raise NothingToUndo


def _require_untouched(
    db: Database, change_id: int, case_id: int, fields: Fields, present: Facts
) -> None:
    """A deed is laid back whole or not at all: half of it leaves a case that cannot be."""
    written = fields.keys()
    if ADDED in written or written & _DEEDS:
        left = left_by(db, change_id, "cases", case_id)
        if any(
            name in left and left[name] != present[name] for name in _DEEDS | (written - {ADDED})
        ):
            found = row(db, "SELECT number FROM cases WHERE id = ?", (case_id,)) or {}
            raise CaseChangedSince(found["number"])


def _require_no_case(db: Database, records: Mapping[tuple[str, int], Facts]) -> None:
    """A case is not left without its question: somebody else may have opened it."""
    for (table, row_id), facts in records.items():
        if table == "questions" and facts.get("removed"):
            found = row(db, _CASE_OF, (row_id,))
            if found and not records.get(("cases", found["id"]), {}).get("removed"):
                raise QuestionInCase(found["number"], found["case_number"])


def _require_last_month(db: Database, records: Mapping[tuple[str, int], Facts]) -> None:
    """A month stays closed while a later one is: that one rests on it."""
    for (table, row_id), facts in records.items():
        if table == "month_closings" and facts.get("removed"):
            later = row(db, _LATER_MONTH, (row_id,))
            if later:
                raise LaterMonthClosed(later["month"], later["later"])


def _still_standing(fields: Fields, present: Facts, lets_go: Mapping[str, Fact]) -> Facts:
    """Return what to lay back; what somebody else has changed since then stays."""
    if ADDED in fields:
        return {} if present["removed"] else {"removed": 1, **lets_go}
    return {name: before for name, (before, after) in fields.items() if present[name] == after}


def _told(
    db: Database,
    changed: Mapping[tuple[str, int], Fields],
    records: Mapping[tuple[str, int], Facts],
) -> str:
    """Return what was changed, in words; of many records the first ones and how many there are."""
    words = [
        _words(db, table, row_id, changed[table, row_id], records[table, row_id])
        for table, row_id in itertools.islice((key for key in changed if key in records), _TOLD)
    ]
    return "；".join(words) + (f" 等 {len(records):,} 项" if len(records) > _TOLD else "")


def _words(db: Database, table: str, row_id: int, fields: Fields, back: Facts) -> str:
    record = TABLES[table].words(db, row_id)
    if ADDED in fields:
        return f"新增{record}"
    return f"{record}：{'、'.join(FIELD_WORDS[name] for name in back if name in FIELD_WORDS)}"
