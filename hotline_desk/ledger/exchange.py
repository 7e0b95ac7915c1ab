"""Putting a copy's rows into the ledger's own file, in whose place they come."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlite_utils import Database

from hotline_desk.ledger.backup import copy
from hotline_desk.ledger.connection import translated

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_SECONDS = 2.0
"""How long to wait for a program that is just writing; one that works on keeps the ledger."""


def overwrite(path: Path, content: Path, folder: Path, *, name: str) -> Path:
    """Make *content* what the ledger at *path* holds; return where in *folder* lies what it held.

    Nobody reads or writes in between, and whoever comes next finds the same file with other rows:
    were the file exchanged, a program that had opened it would go on in one that is gone. A crash
    at any point leaves the one or the other.

    Raises:
        LedgerBusy: another program has the ledger open.
        LedgerUnwritable: the disk does not allow it.
        NotALedger: the ledger cannot be read whole, so it cannot be kept so. Where its head is gone
            SQLite has not locked it either: somebody may have it open from before.
    """
    with (
        translated(path),
        closing(sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)) as ledger,
    ):
        ledger.execute("PRAGMA locking_mode = EXCLUSIVE")  # what is locked once stays so
        ledger.execute("BEGIN EXCLUSIVE")
        ledger.execute("COMMIT")
        held = Database(ledger, execute_plugins=False)
        kept = copy(held, folder, name=name)
        with closing(sqlite3.connect(content)) as source:
            source.backup(ledger)
        ledger.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    return kept
