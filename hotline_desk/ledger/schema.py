"""The ledger's schema: the steps that make it, and how a file is brought up to date."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from hotline_desk.ledger.schema_1 import m001_tables_of_the_desk
from hotline_desk.ledger.schema_2 import m002_the_office_all_week
from hotline_desk.ledger.schema_3 import m003_voided_papers
from hotline_desk.ledger.schema_4 import m004_representatives

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

migrations = Migrations("ledger")
for _step in (
    m001_tables_of_the_desk,
    m002_the_office_all_week,
    m003_voided_papers,
    m004_representatives,
):
    migrations()(_step)

SEARCHED_BY = {
    "utterances_fts": "字幕",
    "questions_fts": "问题",
    "utterances_initials": "字幕首字母",
    "questions_initials": "问题首字母",
}
"""The indexes that are searched, and what people call what is in them."""


_LETTERS = {
    "utterances": "lettered(coalesce((SELECT edits.text FROM edits"
    " WHERE edits.take = utterances.take AND edits.line = utterances.line"
    " AND edits.began = utterances.began AND edits.removed = 0), text))",
    "questions": "lettered(point, text, (SELECT answers.text FROM answers"
    " WHERE question_id = questions.id))",
}
_AT_ONCE = 5_000
"""Rows; a fifth of a second."""


def fill(db: Database, on_progress: Callable[[int, int], None]) -> None:
    """Fill what the steps have made of old rows and only our function ``lettered`` can fill.

    Args:
        db: within the transaction of the steps.
        on_progress: told how many rows of how many are looked at.
    """
    last = {
        table: db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608  ours
        for table in _LETTERS
    }
    done, total = 0, sum(last.values())
    for table, letters in _LETTERS.items():
        for first in range(1, last[table] + 1, _AT_ONCE):
            on_progress(done, total)
            db.execute(
                f"UPDATE {table} SET initials = {letters}"  # noqa: S608  our own names
                " WHERE initials = '' AND id BETWEEN ? AND ?",
                (first, first + _AT_ONCE - 1),
            )
            done += min(_AT_ONCE, last[table] + 1 - first)
    on_progress(done, total)


def is_empty(db: Database) -> bool:
    """Return whether the file holds nothing yet."""
    return not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def is_ledger(db: Database) -> bool:
    """Return whether the file has been through one of our steps."""
    return bool(migrations.applied(db))


def changed(db: Database) -> Sequence[str]:
    """Return the names of what is not as our steps make it: tables, indexes and triggers."""
    present = dict(db.execute("SELECT name, sql FROM sqlite_master").fetchall())
    return sorted(name for name, sql in _made_by(migrations).items() if present.get(name) != sql)


@functools.cache
def _made_by(steps: Migrations) -> Mapping[str, str]:
    with Database(memory=True, execute_plugins=False) as empty:
        steps.apply(empty)
        # how SQLite itself lays out its search tables is its own affair
        made = empty.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT IN ('_sqlite_migrations', 'sqlite_sequence')"
            " AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')"
        )
        return dict(made.fetchall())


def unknown_steps(db: Database) -> Sequence[str]:
    """Return the steps in the file that this version does not know."""
    with Database(memory=True, execute_plugins=False) as empty:
        known = {step.name for step in migrations.pending(empty)}
    return sorted({step.name for step in migrations.applied(db)} - known)


def pending_steps(db: Database) -> Sequence[str]:
    """Return the steps that the file has not been through, in order."""
    return [step.name for step in migrations.pending(db)]
