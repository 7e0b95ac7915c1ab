"""The fourth step of the ledger's schema; released, it is never edited.

A fossil: it imports nothing of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def m004_representatives(db: Database) -> None:
    """Let it be said of a worker that he represents those of his case (代表人).

    And let questions be found by their caller's 姓名 and 单位 and by the 外部工单号 of their case
    without whole rows.
    """
    db.executescript("""
        ALTER TABLE parties ADD COLUMN represents INTEGER NOT NULL DEFAULT 0
            CHECK (represents IN (0, 1));

        CREATE INDEX calls_by_employer ON calls (employer) WHERE employer <> '';
        CREATE INDEX cases_by_external_number ON cases (external_number)
            WHERE external_number <> '';
        CREATE INDEX people_by_name_and_title ON people (name || title) WHERE name || title <> '';
    """)
