"""Changing records: never without the history lines that tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import history
from hotline_desk.ledger.history import ADDED, Change
from hotline_desk.ledger.tables import TABLES, facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Fact, Facts


class Changes:
    """What is written in one transaction: one change, however many records it touches."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._change_id: int | None = None

    def add(self, table: str, facts: Facts, by: str) -> int:
        """Add a record and return its id."""
        row_id = TABLES[table].insert(self._db, facts)
        self._note(table, row_id, {ADDED: (None, facts)}, by, None)
        return row_id

    def change(
        self, table: str, row_id: int, facts: Facts, by: str, *, undoes: int | None = None
    ) -> None:
        """Lay *facts*, all or some, over a record that exists; what is the same is no change."""
        present = facts_of(self._db, TABLES[table], row_id) or {}
        differences = {
            name: (present[name], value) for name, value in facts.items() if value != present[name]
        }
        if differences:
            TABLES[table].update(self._db, row_id, present | facts)
            self._note(table, row_id, differences, by, undoes)

    def retell(self, table: str, row_id: int, facts: Facts, by: str) -> None:
        """Note what *facts* of a record are now, and nothing of what they were."""
        if facts:
            self._note(table, row_id, {name: (None, now) for name, now in facts.items()}, by, None)

    def _note(
        self,
        table: str,
        row_id: int,
        fields: Mapping[str, tuple[Fact | Facts, Fact | Facts]],
        by: str,
        undoes: int | None,
    ) -> None:
        change = Change(
            at=studio_now(),
            by=by,
            table=table,
            row_id=row_id,
            part_of=self._change_id,
            undoes=undoes,
        )
        self._change_id = history.note(self._db, change, fields)
