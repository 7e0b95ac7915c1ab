"""What a ledger's file tells before it is opened to work in: its log, and whether it is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlite_utils import Database

from hotline_desk.ledger import schema

if TYPE_CHECKING:
    from pathlib import Path


def unchanging(path: Path) -> str:
    """Return what has SQLite read the file as it is, and nothing made beside it."""
    return f"{path.absolute().as_uri()}?immutable=1"


def has_log(path: Path) -> bool:
    """Return whether something was written that has not come into the file itself yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def is_lost(path: Path) -> bool:
    """Return whether the file is gone or empty, though copies of it are there, or its log.

    A new ledger made in its place would look well, its daily copies would push out the old, and
    SQLite would delete the log.
    """
    # looked for first: another program may be making the ledger now
    left = has_log(path) or any((path.parent / "backups").glob(f"{path.stem}-*.db"))
    return left and not (path.exists() and path.stat().st_size)


def is_whole(path: Path) -> bool:
    """Return whether SQLite finds no damage in the file, and our tables in it."""
    try:
        place = path if has_log(path) else unchanging(path)
        with closing(sqlite3.connect(place, uri=place is not path)) as connection:
            checked: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            db = Database(connection, strict=True, execute_plugins=False)
            return checked == "ok" and not schema.changed(db)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
