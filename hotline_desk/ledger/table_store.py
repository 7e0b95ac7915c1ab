"""The ledger's table: any number of rows by their ids, a few of them whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger import arranging, reading
from hotline_desk.ledger.connection import rows, snapshot
from hotline_desk.ledger.register_store import RegisterStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.arranging import Arranged, Facet, Group, Order, TableRow


class TableStore(RegisterStore):
    """What the table of questions asks of the ledger."""

    def arranged(
        self,
        query: QuestionQuery,
        *,
        group: Facet | None = None,
        order: Order | None = None,
        descending: bool = False,
    ) -> Arranged:
        """Return the ids of all rows that *query* selects, whatever its limit.

        They stand group by group, within it by *order*; rows that are equal there, and all where
        it is None, with the newest day first, by the numbers within it.
        """
        with self._read() as db, snapshot(db):
            conditions, values = reading.conditions(query)
            return arranging.arranged(
                db,
                " AND ".join(conditions),
                values,
                group=group,
                order=order,
                descending=descending,
            )

    def table_rows(self, ids: Sequence[int]) -> list[TableRow]:
        """Return the rows with these *ids*, in any order; those that are gone are left out."""
        with self._read() as db:
            found = reading.questions(db, QuestionQuery(ids=ids, limit=len(ids)))
            return arranging.with_cases(db, found)

    def values_of(self, facet: Facet) -> tuple[Group, ...]:
        """Return the values that rows have of *facet*, the commonest first, with their numbers."""
        with self._read() as db:
            return arranging.values_of(db, facet)

    def questions_of(self, case_ids: Sequence[int]) -> list[int]:
        """Return the ids of the questions of these cases, in the order of the ledger."""
        with self._read() as db:
            found = rows(
                db,
                "SELECT id FROM questions WHERE removed = 0"
                " AND case_id IN (SELECT value FROM json_each(?)) ORDER BY id",
                [json.dumps(list(case_ids))],
            )
        return [each["id"] for each in found]
