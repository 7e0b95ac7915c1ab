"""How the ledger's file is opened: made, brought up to date, or refused as it is.

Loaded with the first ledger: sqlite-utils takes longer to load than the window to open.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database
from typing_extensions import override

from hotline_desk.domain.initials import lettered
from hotline_desk.domain.progress import unwatched
from hotline_desk.domain.search import holds
from hotline_desk.errors import LedgerFromNewerVersion, LedgerLost, NotALedger
from hotline_desk.ledger import backup, schema
from hotline_desk.ledger.connection import translated, writing
from hotline_desk.ledger.integrity import has_log, is_lost, unchanging
from hotline_desk.ledger.rows import well_formed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from hotline_desk.ledger.connection import Values

_WHOLE_NUMBERS = range(-(1 << 63), 1 << 63)

BUSY_SECONDS = 10.0
"""How long a write waits for another program's before it gives up."""

_ROOM = 1 << 17
"""Bytes that a disk must have left before the ledger on it is shared: four times what it takes."""

_CANNOT_BE_WRITTEN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def connect(path: Path, on_progress: Callable[[int, int], None] = unwatched) -> Database:
    """Open the ledger at *path*, made or brought up to date where needed.

    Bringing up to date is one transaction: who kills it finds the file as it was. *on_progress* is
    told how many rows of how many it has been through; of none while the file is copied.

    A file that is refused is not written in. One that lies where nothing can be written is opened
    for reading: the first write is refused. One whose disk has no byte left is opened alone: what
    it takes to share it with other programs finds no room, until :func:`share` finds some.

    Raises:
        LedgerBusy: another program holds the file.
        LedgerFromNewerVersion: a later version of the program has upgraded it.
        LedgerLost: the file is gone or empty, and copies of it, or its log, are there.
        LedgerUnwritable: the file cannot be made, or brought up to date.
        NotALedger: the file is damaged, or something else.
    """
    if path.is_dir():
        raise NotALedger(path)
    if is_lost(path):
        raise LedgerLost(path)
    with translated(path):
        try:
            return _opened(path, on_progress)
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0)
            if code == sqlite3.SQLITE_IOERR_SHMSIZE:
                return _opened(path, on_progress, alone=True)
            if code & 0xFF not in _CANNOT_BE_WRITTEN or not path.is_file() or has_log(path):
                raise
            # without a log beside it, which cannot be made there, the file is all there is
            return _opened(path, on_progress, reading_only=True)


def share(connection: sqlite3.Connection, folder: Path) -> bool:
    """Share a ledger that was opened alone, once there is room for that in its *folder*.

    Returns:
        Whether it is shared.
    """
    if connection.execute("PRAGMA locking_mode").fetchone()[0] == "normal":
        return True
    try:
        with TemporaryFile(dir=folder, buffering=0) as room:  # a quota is not told beforehand
            if room.write(bytes(_ROOM)) < _ROOM:
                return False
        # SQLite gives up the index that it has in memory with the log alone
        connection.execute("PRAGMA journal_mode = DELETE")
    except (OSError, sqlite3.OperationalError):
        return False
    connection.execute("PRAGMA locking_mode = NORMAL")
    _keep_a_write_ahead_log(connection)
    return True


def _opened(
    path: Path,
    on_progress: Callable[[int, int], None],
    *,
    reading_only: bool = False,
    alone: bool = False,
) -> Database:
    connection = sqlite3.connect(
        unchanging(path) if reading_only else path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        factory=_Connection,
        uri=reading_only,
    )
    try:
        if alone:  # said first, it keeps the log's index in memory, and everybody else out
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # the plug-ins that sqlite-utils finds on a machine are not part of this program
        db = Database(connection, strict=True, execute_plugins=False)
        for pragma in (
            "foreign_keys = ON",
            "secure_delete = ON",
            "synchronous = FULL",
            "temp_store = MEMORY",  # sorting leaves no caller's words in temporary files
            "cache_size = -65536",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("holds", 2, holds, deterministic=True)
        connection.create_function("lettered", -1, lettered, deterministic=True)
        _refuse_strangers(db, path)
        if alone:
            with suppress(OSError):  # locked by now: what the first try has left is nobody's
                path.with_name(f"{path.name}-shm").unlink()
        if not reading_only:
            _keep_a_write_ahead_log(connection)
        _upgrade(db, path, on_progress)
    except BaseException:
        connection.close()
        raise
    return db


def _refuse_strangers(db: Database, path: Path) -> None:
    # SQLite takes a few bytes of anything for a database in which nothing is yet
    scrap = path.stat().st_size > 0 and not db.execute("PRAGMA page_count").fetchone()[0]
    if scrap or not (schema.is_empty(db) or schema.is_ledger(db)):
        raise NotALedger(path)
    if unknown := schema.unknown_steps(db):
        raise LedgerFromNewerVersion(path, unknown)


def _keep_a_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the file to WAL; SQLite does not wait by itself here while another opens it."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _upgrade(db: Database, path: Path, on_progress: Callable[[int, int], None]) -> None:
    pending = schema.pending_steps(db)
    if not pending:
        return
    if schema.is_ledger(db):
        on_progress(0, 0)
        backup.copy(db, path.parent / "backups", name=f"{path.stem}-before-{pending[0]}")
    with writing(db, path):
        _refuse_strangers(db, path)  # another program may have been first
        schema.migrations.apply(db)
        schema.fill(db, on_progress)


class _Connection(sqlite3.Connection):
    """Takes every text and whole number; SQLite refuses half characters and what 64 bits lack."""

    @override
    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        return super().execute(sql, _storable(values))

    @override
    def executemany(self, sql: str, values: Iterable[Any], /) -> sqlite3.Cursor:
        return super().executemany(sql, map(_storable, values))


def _storable(values: Values) -> Values:
    if isinstance(values, dict):
        return {name: _storable_value(value) for name, value in values.items()}
    return [_storable_value(value) for value in values]


def _storable_value(value: Any) -> Any:  # noqa: ANN401  whatever SQLite takes
    if isinstance(value, str):
        return well_formed(value)
    # as text it compares with numbers all the same, and is none of those that are stored
    return str(value) if isinstance(value, int) and value not in _WHOLE_NUMBERS else value
