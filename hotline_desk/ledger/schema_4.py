"""The fourth step of the ledger's schema; released, it is never edited.

A fossil: it imports nothing of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m004_representatives(db: Database) -> None:
    """Let it be said of a worker that he represents those of his case (代表人)."""
    db.executescript("""
        ALTER TABLE parties ADD COLUMN represents INTEGER NOT NULL DEFAULT 0
            CHECK (represents IN (0, 1));
    """)
