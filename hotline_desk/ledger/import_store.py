"""What comes in from elsewhere: records filed as they are, under the numbers that they have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hotline_desk.domain.numbers import parts
from hotline_desk.ledger import reading
from hotline_desk.ledger.case_rows import case_facts
from hotline_desk.ledger.connection import rows, update
from hotline_desk.ledger.given_numbers import BROUGHT_IN, FILED_AS, is_given, set_free
from hotline_desk.ledger.rows import call_facts, question_facts
from hotline_desk.ledger.table_store import TableStore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from sqlite_utils import Database

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger.connection import Row
    from hotline_desk.ledger.rows import Facts

_AT_ONCE = 500
"""How many values one question to SQLite has; it takes no more than some thousands."""


class ImportStore(TableStore):
    """How records of another ledger are filed; they are written together by :meth:`together`."""

    def file_call(self, call: Call, *, by: str) -> int:
        """File a call in the state that it is in; return its id.

        Raises:
            EpisodeNotFound: its episode is not in the ledger.
        """
        with self._write():
            return self._changes.add("calls", call_facts(call), by)

    def file_question(self, question: Question, *, by: str) -> int:
        """File a question under its own number, else the next one; return its id.

        A number that came in with a row whose adding was taken back is free again.

        Raises:
            CallNotFound: its call is not in the ledger.
            EpisodeNotFound: its episode is not in the ledger.
            NumberTaken: another question has its number.
        """
        with self._write() as db:
            number = question.number
            if number:
                set_free(db, "questions", number)
            question_id = self._changes.add("questions", question_facts(question), by)
            if number:
                _, series, sequence = parts(number)
                numbered: Row = {"number": number, "series": series, "sequence": sequence}
                update(db, "questions", "id", question_id, numbered)
            mark: Facts = {FILED_AS: number} if number else {BROUGHT_IN: "是"}
            self._changes.retell("questions", question_id, mark, by)
        return question_id

    def file_case(self, case: Case, *, by: str) -> int:
        """File a case under its own number, else the next one of its year; return its id.

        Raises:
            NumberTaken: another case has its number.
            QuestionHasCase: one of its questions belongs to another case.
            QuestionNotFound: one of its questions is not in the ledger.
        """
        with self._write() as db:
            number = case.number
            if number:
                set_free(db, "cases", number)
            case_id = self._changes.add("cases", case_facts(case), by)
            if number:
                _, year, sequence = parts(number)
                numbered: Row = {"number": number, "year": int(year), "sequence": sequence}
                update(db, "cases", "id", case_id, numbered)
            mark: Facts = {FILED_AS: number} if number else {BROUGHT_IN: "是"}
            self._changes.retell("cases", case_id, mark, by)
        return case_id

    def numbers_taken(self, numbers: Collection[str]) -> frozenset[str]:
        """Return which of these numbers of questions or cases no other record can have."""
        with self._read() as db:
            return frozenset(
                each["number"]
                for table in ("questions", "cases")
                for each in _chosen(db, f"id, number, removed FROM {table}", "number", numbers)
                if not (each["removed"] and is_given(db, table, each["id"]))
            )

    def questions_known(
        self,
        numbers: Collection[str],
        external_numbers: Collection[str],
        alike: Collection[tuple[date, str]] = (),
    ) -> list[Question]:
        """Return the questions with one of these 台账编号 or 外部工单号, by id.

        Those too that were received on the day of one *alike*, with its 诉求要点.
        """
        with self._read() as db:
            ids = {
                each["id"]
                for column, wanted in (("number", numbers), ("external_number", external_numbers))
                for each in _chosen(db, "id, removed FROM questions", column, wanted)
                if not each["removed"]
            }
            same = "SELECT id FROM questions WHERE removed = 0 AND day = ? AND point = ?"
            for day, point in alike:
                ids |= {each["id"] for each in rows(db, same, (day.isoformat(), point))}
            return [
                found for each in sorted(ids) if (found := reading.one_question(db, "id", each))
            ]

    def cases_known(self, numbers: Collection[str]) -> list[Case]:
        """Return the cases that have one of these 案件编号 or 外部工单号, by id."""
        with self._read() as db:
            ids = {
                each["id"]
                for column in ("number", "external_number")
                for each in _chosen(db, "id, removed FROM cases", column, numbers)
                if not each["removed"]
            }
            wanted = "id IN (SELECT value FROM json_each(?))"
            return reading.cases(
                db, ["removed = 0", wanted], "ORDER BY id", [json.dumps(sorted(ids))]
            )


def _chosen(db: Database, what: str, column: str, wanted: Iterable[str]) -> Iterator[Row]:
    texts = [each for each in wanted if each]
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        places = ", ".join("?" * len(some))
        # the condition repeats that of the index over 外部工单号
        condition = f"{column} IN ({places}) AND {column} <> ''"
        yield from rows(db, f"SELECT {what} WHERE {condition}", some)
