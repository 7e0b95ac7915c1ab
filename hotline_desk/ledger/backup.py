"""Copies of the ledger, made by SQLite's own backup while others go on writing."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import LedgerUnwritable
from hotline_desk.system import sync_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sqlite_utils import Database

    from hotline_desk.domain.deletions import Deletion

_OURS = {"episodes", "calls", "questions", "cases", "history"}

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite leaves beside a file, by the end of its name."""
_DRAFT = ".db.part"
_DAY_SECONDS = 86_400
_SQLITE = b"SQLite format 3\0"


def is_openable(path: Path) -> bool:
    """Return whether the copy at *path* opens, and is a ledger that SQLite finds whole."""
    try:
        place = f"{path.absolute().as_uri()}?immutable=1"
        with closing(sqlite3.connect(place, uri=True)) as copied:
            whole = copied.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            names = {name for (name,) in copied.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        return False
    return whole and names >= _OURS


def copy(db: Database, folder: Path, *, name: str) -> Path:
    """Write a copy called *name* and the present time into *folder*; return its path.

    The copy appears under its name only when it is whole and has been read through.

    Raises:
        LedgerUnwritable: the folder cannot be written, or the copy did not come out whole.
    """
    stamp = studio_now().strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{name}-{stamp}.db"
    draft = target.with_suffix(_DRAFT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_drafts(folder)
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


def _clear_drafts(folder: Path) -> None:
    """Delete what copies that were cut short have left; one that is being made is younger."""
    for draft in folder.glob(f"*{_DRAFT}"):
        with suppress(OSError):  # another program is at the same, or holds it: next time
            if time.time() - draft.stat().st_mtime > _DAY_SECONDS:
                draft.unlink()


def is_copy(path: Path) -> bool:
    """Return whether the file at *path* is a copy of a ledger, or what SQLite left beside one.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE or path.name.endswith(LOGS)


def holds_any(path: Path, ids: Mapping[str, Collection[int]], *, but_for: Deletion | None) -> bool:
    """Return whether the copy at *path* holds any record of *ids*, by table, as it once was.

    A copy that was made after the deletion *but_for* has the records too, and knows of it. One
    that cannot be read may hold anything.
    """
    try:
        place = f"{path.absolute().as_uri()}?immutable=1"
        with closing(sqlite3.connect(place, uri=True)) as db:
            if but_for is not None and _knows_of(db, but_for):
                return False
            return any(
                db.execute(
                    f"SELECT 1 FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608  our own names
                    [json.dumps([*wanted])],
                ).fetchone()
                for table, wanted in ids.items()
            )
    except sqlite3.Error:
        return True


def _knows_of(db: sqlite3.Connection, deletion: Deletion) -> bool:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'deletions'").fetchone():
        return False
    done = "SELECT 1 FROM deletions WHERE id = ? AND plan = ?"
    return db.execute(done, [deletion.id, deletion.plan]).fetchone() is not None
