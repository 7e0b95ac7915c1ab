"""Reading and writing in the ledger's open file, and what its failures mean."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hotline_desk.errors import LedgerBusy, LedgerUnwritable, NotALedger
from hotline_desk.ledger.rows import StoredValueUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    Values = Sequence[Any] | dict[str, Any]
    """What a statement's places are filled with."""

Row = dict[str, Any]

_OURS: dict[int, type[LedgerBusy | LedgerUnwritable | NotALedger]] = {
    sqlite3.SQLITE_BUSY: LedgerBusy,
    sqlite3.SQLITE_NOTADB: NotALedger,
    sqlite3.SQLITE_CORRUPT: NotALedger,
    sqlite3.SQLITE_FULL: LedgerUnwritable,
    sqlite3.SQLITE_READONLY: LedgerUnwritable,
    sqlite3.SQLITE_IOERR: LedgerUnwritable,
    sqlite3.SQLITE_CANTOPEN: LedgerUnwritable,
}

_DAMAGE = (
    "Could not decode to UTF-8",
    "invalid fts5 file format",
    "user-defined function raised exception",  # ours take any text, and are given stored ones
)
"""What damage is told as without a code of its own, in a file whose structure is whole."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what a user, a disk or a damaged file can cause into ours; let bugs through.

    Raises:
        LedgerBusy: another program holds the file.
        LedgerUnwritable: the disk is full or read-only.
        NotALedger: the file is damaged.
    """
    try:
        yield
    except (StoredValueUnreadable, UnicodeDecodeError) as error:
        raise NotALedger(path) from error
    except sqlite3.DatabaseError as error:
        # the module's own errors (a connection used by another thread) carry no code
        code = getattr(error, "sqlite_errorcode", None)
        ours = None if code is None else _OURS.get(code & 0xFF)
        if ours is None and (str(error).startswith(_DAMAGE) or not _is_whole(path)):
            ours = NotALedger
        if ours is None:
            raise
        raise ours(path) from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # our reading trusts the file's structure: where that is damaged, it is no bug of ours
        if _is_whole(path):
            raise
        raise NotALedger(path) from error


def _is_whole(path: Path) -> bool:
    from hotline_desk.ledger.integrity import is_whole  # noqa: PLC0415  sqlite-utils is slow

    return is_whole(path)


@contextmanager
def writing(db: Database, path: Path) -> Iterator[None]:
    """Do everything in the block or nothing; no other program writes meanwhile.

    Raises:
        LedgerBusy: another program holds the file.
        LedgerUnwritable: the disk is full or read-only; nothing was changed.
        NotALedger: the file is damaged.
    """
    with translated(path):
        # deferred, a read before the first write would fail at once after another's write
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """Read everything in the block as it is at one moment, while others go on writing."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


def rows(db: Database, sql: str, values: Values = ()) -> list[Row]:
    """Return what *sql* selects, each row by its columns' names."""
    cursor = db.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(db: Database, sql: str, values: Values = ()) -> Row | None:
    """Return the first row that *sql* selects, if there is one."""
    return next(iter(rows(db, sql, values)), None)


def insert(db: Database, table: str, values: Mapping[str, Any]) -> int:
    """Add a row and return its id."""
    names, places = ", ".join(values), ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  our own names
    return db.conn.execute(statement, list(values.values())).lastrowid or 0


def update(db: Database, table: str, key: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Change the row of *table* whose column *key* is *row_id*."""
    settings = ", ".join(f"{name} = ?" for name in values)
    statement = f"UPDATE {table} SET {settings} WHERE {key} = ?"  # noqa: S608  our own names
    db.conn.execute(statement, [*values.values(), row_id])
