"""Copies of the ledger, made by SQLite's own backup while others go on writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import LedgerUnwritable
from hotline_desk.system import sync_folder

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database


def copy(db: Database, folder: Path, *, name: str) -> Path:
    """Write a copy called *name* and the present time into *folder*; return its path.

    The copy appears under its name only when it is whole and has been read through.

    Raises:
        LedgerUnwritable: the folder cannot be written, or the copy did not come out whole.
    """
    stamp = studio_now().strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{name}-{stamp}.db"
    draft = target.with_suffix(".db.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(draft)) as copied:
            db.conn.backup(copied)
            # one file, without a log beside it
            copied.execute("PRAGMA journal_mode = DELETE")
            sound = copied.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if sound:
            draft.replace(target)
            sync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            draft.unlink()
        raise LedgerUnwritable(target) from error
    if not sound:
        draft.unlink()
        raise LedgerUnwritable(target)
    return target
