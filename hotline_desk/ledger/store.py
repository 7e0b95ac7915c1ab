"""The open ledger: reading and writing in one transaction, its examination and its copies."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from hotline_desk.errors import LedgerBusy
from hotline_desk.ledger import backup
from hotline_desk.ledger.changing import Changes
from hotline_desk.ledger.connection import snapshot, translated, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database


class Store:
    """One open file; it belongs to the thread that opened it."""

    def __init__(self, db: Database, path: Path) -> None:
        """Take over an open connection; use :meth:`open`."""
        self._db = db
        self._path = path
        self._changes = Changes(db)

    @classmethod
    def open(cls, path: Path, *, on_progress: Callable[[int, int], None] | None = None) -> Self:
        """Open the ledger at *path*, made or brought up to date where needed.

        A copy is kept in the folder ``backups`` beside the file before any upgrade. A file that
        is refused is left as it is.

        Args:
            path: where it lies.
            on_progress: told how many rows of how many an upgrade has been through; of none while
                the file is copied.

        Raises:
            LedgerBusy: another program holds the file.
            LedgerFromNewerVersion: a later version of ours has upgraded the file.
            LedgerUnwritable: the folder or the file cannot be written.
            NotALedger: the file is damaged, or something else.
        """
        from hotline_desk.ledger.opening import connect  # noqa: PLC0415  sqlite-utils is slow

        return cls(connect(path, *([on_progress] if on_progress else [])), path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the writes in the block one: kept or dropped together, taken back by one undo."""
        with self._write():
            yield

    def changes_elsewhere(self) -> int:
        """Return a number that is another once any other connection has changed the ledger."""
        with self._read() as db:
            changes: int = db.conn.execute("PRAGMA data_version").fetchone()[0]
        return changes

    def share(self) -> bool:
        """Let others in again where the disk had no byte left when the ledger was opened.

        Returns:
            Whether others may use the ledger; until its disk has room they cannot.
        """
        from hotline_desk.ledger.opening import share  # noqa: PLC0415  sqlite-utils is slow

        with self._read() as db:
            return share(db.conn, self._path.parent)

    def examine(self) -> list[str]:
        """Return a sentence for every fault of the ledger; none when it is sound."""
        return [fault for _, faults in self.examination() for fault in faults]

    def examination(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the name of each examination and the faults that it found."""
        from hotline_desk.ledger import examination  # noqa: PLC0415  doctor alone needs it

        for name, check in examination.CHECKS.items():
            with self._read() as db, snapshot(db):
                faults = list(check(db))
            yield name, faults

    def backup(self, folder: Path, *, name: str = "") -> Path:
        """Write a copy into *folder* while others go on writing; return its path.

        The copy is called *name*, the ledger's own unless given, and the present time.

        Raises:
            LedgerUnwritable: the folder cannot be written.
        """
        return backup.copy(self._db, folder, name=name or self._path.stem)

    def fold(self) -> None:
        """Bring everything into the one file: no log is left beside it.

        Raises:
            LedgerBusy: another program has the ledger open.
        """
        try:
            self._db.conn.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise LedgerBusy(self._path) from error

    @contextmanager
    def _read(self) -> Iterator[Database]:
        with translated(self._path):
            yield self._db

    @contextmanager
    def _write(self) -> Iterator[Database]:
        if self._db.conn.in_transaction:  # a part of what is written together
            with translated(self._path), self._db.atomic():
                yield self._db
        else:
            self._changes = Changes(self._db)
            with writing(self._db, self._path):
                yield self._db
