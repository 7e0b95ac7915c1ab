"""Copies of the ledger, made by SQLite's own backup while others go on writing."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk.domain.deletions import Deletion, DeletionPlan
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import LedgerUnwritable, NotALedger
from hotline_desk.ledger.anonymous import OF_OTHERS
from hotline_desk.ledger.integrity import unchanging
from hotline_desk.ledger.registers import REGISTERS
from hotline_desk.ledger.rows import StoredValueUnreadable
from hotline_desk.system import sync_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlite_utils import Database

    from hotline_desk.domain.traces import Traces

_OURS = {"episodes", "calls", "questions", "cases", "history"}

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite leaves beside a file, by the end of its name."""
_DRAFT = ".db.part"
_DAY_SECONDS = 86_400
_SQLITE = b"SQLite format 3\0"
_BEGAN = "SELECT 1 FROM history WHERE what = ? AND row = ? AND hash = ?"
_OF_STAFF = frozenset({"staff", "points", "guests"})
_NOT_OF_STAFF = " AND history NOT IN (SELECT id FROM history WHERE what IN ('staff', 'points'))"


def is_openable(path: Path) -> bool:
    """Return whether the copy at *path* opens, and is a ledger that SQLite finds whole."""
    try:
        with closing(sqlite3.connect(unchanging(path), uri=True)) as copied:
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
        NotALedger: the ledger itself is damaged.
    """
    stamp = studio_now().strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{name}-{stamp}.db"
    draft = target.with_suffix(_DRAFT)
    why: Exception | None = None
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
            return target
    except (OSError, sqlite3.Error) as error:
        why = error
    with suppress(OSError):
        draft.unlink()
    if not _is_sound(db):
        raise NotALedger(Path(db.conn.execute("PRAGMA database_list").fetchone()[2])) from why
    raise LedgerUnwritable(target) from why


def _is_sound(db: Database) -> bool:
    try:
        checked: str = db.conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    return checked == "ok"


def _clear_drafts(folder: Path) -> None:
    """Delete what copies that were cut short have left; one that is being made is younger."""
    for end in ("", *LOGS):
        for draft in folder.glob(f"*{_DRAFT}{end}"):
            with suppress(OSError):  # another program is at the same, or holds it: next time
                if time.time() - draft.stat().st_mtime > _DAY_SECONDS:
                    draft.unlink()


def is_copy(path: Path) -> bool:
    """Return whether the file at *path* is a copy of a ledger, or what SQLite left beside one.

    Never asked of the ledger itself: on POSIX, closing a file frees all that this program has
    locked in it, and another program would cut short what SQLite has mapped here.

    Raises:
        OSError: it cannot be read.
    """
    if path.name.endswith((*LOGS, _DRAFT)):  # a draft gets its first page last
        return True
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def holds_any(
    path: Path,
    ids: Mapping[str, Collection[int]],
    *,
    origins: Mapping[str, Mapping[str, str]],
) -> bool:
    """Return whether the copy at *path* holds any record of *ids*, by table.

    With *origins*, the records' first lines of history, other records that have their ids in
    another ledger are left out. A copy that cannot be read may hold anything.
    """
    try:
        with closing(sqlite3.connect(unchanging(path), uri=True)) as db:
            if origins:
                return any(
                    db.execute(_BEGAN, [table, int(row_id), origin]).fetchone()
                    for table, wanted in origins.items()
                    for row_id, origin in wanted.items()
                )
            return any(
                db.execute(
                    f"SELECT 1 FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608  our own names
                    [json.dumps([*wanted])],
                ).fetchone()
                for table, wanted in ids.items()
            )
    except sqlite3.Error:
        return True


def knows_of(path: Path, deletion: Deletion) -> bool:
    """Return whether the copy at *path* was made after *deletion*, or the one that it repeats.

    It has the records too, without the person. False of one that cannot be read.
    """
    keys = {deletion.key, DeletionPlan.from_json(deletion.plan).repeats} - {""}
    moments = json.dumps([key.partition(" ")[0] for key in keys])
    return any(each.key in keys for each in _registered(path, moments))


def newest_line(path: Path) -> str:
    """Return the hash of the last line of history in the copy at *path*; empty where none is.

    Lines are chained: whatever has this one has all that the copy tells.
    """
    try:
        with closing(sqlite3.connect(unchanging(path), uri=True)) as db:
            found = db.execute("SELECT hash FROM history ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return ""
    return str(found[0]) if found else ""


def has_line(path: Path, line: str) -> bool:
    """Return whether the copy at *path* has the line of history whose hash is *line*."""
    try:
        with closing(sqlite3.connect(unchanging(path), uri=True)) as db:
            return db.execute("SELECT 1 FROM history WHERE hash = ?", [line]).fetchone() is not None
    except sqlite3.Error:
        return False


def register_of(path: Path) -> list[Deletion]:
    """Return the deletions that the copy at *path* knows of; none of one that cannot be read."""
    return _registered(path, None)


def _registered(path: Path, moments: str | None) -> list[Deletion]:
    """Return the register of a copy, of those moments alone where a JSON of *moments* is given."""
    register = REGISTERS[Deletion]
    asked = f"{register.select} WHERE removed = 0"
    asked += " AND (?1 IS NULL OR at IN (SELECT value FROM json_each(?1)))"
    try:
        with closing(sqlite3.connect(unchanging(path), uri=True)) as db:
            db.row_factory = sqlite3.Row
            known = db.execute(asked, [moments]).fetchall()
            return [register.of(dict(each)) for each in known]
    except (sqlite3.Error, StoredValueUnreadable):
        return []


def names_any(path: Path, traces: Traces) -> bool:
    """Return whether any text in the copy at *path* names the person whom *traces* finds.

    Whoever works here may be called the same. A copy that cannot be read may name anybody.
    """
    try:
        with closing(sqlite3.connect(unchanging(path), uri=True)) as db:
            db.create_function("traced", 1, traces.are_in, deterministic=True)
            return any(db.execute(question).fetchone() for question in _naming(db))
    except sqlite3.Error:
        return True


def _naming(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what asks each table for a row that names the person."""
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    for (table,) in tables:
        if table in _OF_STAFF:
            continue
        columns = db.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall()
        texts = [name for name, kind in columns if kind == "TEXT" and name not in OF_OTHERS]
        if texts:
            joined = " || char(10) || ".join(f"coalesce(\"{name}\", '')" for name in texts)
            ours = _NOT_OF_STAFF if table == "history_values" else ""
            yield f'SELECT 1 FROM "{table}" WHERE traced({joined}){ours} LIMIT 1'  # noqa: S608  a ledger's own names
