"""The third step of the ledger's schema; released, it is never edited.

A fossil: it imports nothing of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m003_voided_papers(db: Database) -> None:
    """Let papers be voided, and what is looked for while typing be found without whole rows."""
    db.executescript("""
        ALTER TABLE letters ADD COLUMN voided_on TEXT CHECK (voided_on GLOB '????-??-??');
        ALTER TABLE letters ADD COLUMN voided_for TEXT NOT NULL DEFAULT '';

        CREATE INDEX calls_by_moment ON calls (at);
        CREATE INDEX questions_by_employer ON questions (employer) WHERE employer <> '';
        CREATE INDEX questions_by_amount ON questions (amount_fen) WHERE amount_fen IS NOT NULL;
        CREATE INDEX answers_by_who_gave_them ON answers (answered_by) WHERE answered_by <> '';
    """)
