"""The ledger's table: any number of rows by their ids, a few of them whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger import arranging, reading
from hotline_desk.ledger.connection import snapshot
from hotline_desk.ledger.register_store import RegisterStore
from hotline_desk.ledger.rows import call_facts, question_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hotline_desk.domain.arranging import Arranged, Facet, GroupCount, Order
    from hotline_desk.domain.bulk import BulkChange
    from hotline_desk.domain.questions import Question, TableRow

_AT_ONCE = 250
"""Rows that are read and changed between two tellings."""


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
            found = reading.questions(db, QuestionQuery(ids=ids))
            return arranging.with_cases(db, found)

    def values_of(self, facet: Facet) -> tuple[GroupCount, ...]:
        """Return the values that rows have of *facet*, the commonest first, with their numbers."""
        with self._read() as db:
            return arranging.values_of(db, facet)

    def change_rows(
        self,
        ids: Sequence[int],
        change: BulkChange,
        *,
        by: str,
        on_progress: Callable[[int], None] = lambda _done: None,
    ) -> int:
        """Make *change* to all rows with these *ids*, as one change that one undo takes back.

        Rows that are gone are left out. *on_progress* is told how many rows were looked at.
        Return how many questions, or callers where it is they who change, are other than before.

        Raises:
            ValueError: the field cannot become that; nothing is changed.
        """
        changed, seen = 0, set[int]()
        with self._write() as db:
            for begin in range(0, len(ids), _AT_ONCE):
                found = reading.questions(db, QuestionQuery(ids=ids[begin : begin + _AT_ONCE]))
                for question in found:
                    if change.field.is_of_caller:
                        changed += self._change_caller(question.call_id, change, seen, by)
                    else:
                        changed += self._change_question(question, change, by)
                on_progress(min(begin + _AT_ONCE, len(ids)))
        return changed

    def _change_question(self, question: Question, change: BulkChange, by: str) -> bool:
        made = change.of_question(question)
        if made == question:
            return False
        before = question_facts(question)
        facts = {name: value for name, value in question_facts(made).items()
                 if value != before[name]}  # fmt: skip
        self._changes.change("questions", question.id, facts, by)
        return True

    def _change_caller(
        self, call_id: int | None, change: BulkChange, seen: set[int], by: str
    ) -> bool:
        if call_id is None or call_id in seen:
            return False
        seen.add(call_id)
        (call,) = reading.calls(self._db, CallQuery(), call_id)
        made = replace(call, caller=change.of_caller(call.caller))
        if made == call:
            return False
        self._changes.change("calls", call_id, {"labels": call_facts(made)["labels"]}, by)
        return True
