"""The ledger's cases: opened, read, changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.cases import CaseQuery
from hotline_desk.domain.categories import Category
from hotline_desk.domain.course import Course
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.errors import CaseNotFound
from hotline_desk.ledger import reading
from hotline_desk.ledger.case_rows import case_facts, new_case_facts
from hotline_desk.ledger.connection import rows
from hotline_desk.ledger.heard import HeardStore

if TYPE_CHECKING:
    from datetime import date

    from sqlite_utils import Database

    from hotline_desk.domain.cases import Case, NewCase
    from hotline_desk.domain.questions import Question

ALL_CASES = CaseQuery()
_HOLDS = (
    "instr(number || char(10) || matter || char(10) || employer || char(10) || owner || char(10)"
    " || external_number || char(10) || coalesce((SELECT group_concat(name, char(10))"
    " FROM parties WHERE case_id = cases.id), ''), ?) > 0"
)


class CaseStore(HeardStore):
    """What the ledger knows of cases."""

    def add_case(self, new: NewCase, *, by: str) -> Case:
        """Open a case under the next number of the year in which it was received.

        Raises:
            QuestionHasCase: one of its questions belongs to another case.
            QuestionNotFound: one of its questions is not in the ledger.
        """
        with self._write():
            case_id = self._changes.add("cases", new_case_facts(new), by)
        return self.case(case_id)

    def case(self, case_id: int) -> Case:
        """Return one case.

        Raises:
            CaseNotFound: no case has this id, or its adding was taken back.
        """
        with self._read() as db:
            return _only(db, case_id)

    def case_numbered(self, number: str) -> Case | None:
        """Return the case with this 案件编号, one that was merged too; None where there is none."""
        with self._read() as db:
            found = reading.cases(db, ["removed = 0", "number = ?"], "", [number])
        return found[0] if found else None

    def case_of(self, question_id: int) -> Case | None:
        """Return the case that a question belongs to; None where none was opened for it."""
        with self._read() as db:
            own = "id = (SELECT case_id FROM questions WHERE questions.id = ?)"
            found = reading.cases(db, ["removed = 0", own], "", [question_id])
        return found[0] if found else None

    def cases(self, query: CaseQuery = ALL_CASES) -> list[Case]:
        """Return the cases that *query* selects, those received last first."""
        wanted: dict[str, Any] = {
            "course <> ?": Course.FINISHED.value if query.open_only else None,
            "owner = ?": query.owner or None,
            "actions <> ?": "[]" if query.acted_on else None,
            "received >= ?": query.since and query.since.isoformat(),
            "received <= ?": query.until and query.until.isoformat(),
        }
        if query.ids is not None:
            wanted["id IN (SELECT value FROM json_each(?))"] = json.dumps(query.ids)
        present = {sql: value for sql, value in wanted.items() if value is not None}
        terms = query.words.split()
        with self._read() as db:
            return reading.cases(
                db,
                ["removed = 0", "merged_into IS NULL", *present, *[_HOLDS] * len(terms)],
                "ORDER BY received DESC, id DESC LIMIT ?",
                [*present.values(), *terms, query.limit],
            )

    def waiting_questions(self, since: date, until: date) -> list[Question]:
        """Return the questions of these days that something is to be done for.

        求决 and 投诉举报 without a case that were not passed on, and those whose category is 待定.
        """
        with self._read() as db:
            found = rows(
                db,
                "SELECT id FROM questions WHERE removed = 0 AND day BETWEEN ? AND ? AND"
                " (category = ? OR (case_id IS NULL AND kind IN (?, ?) AND handling <> ?))"
                " ORDER BY day, id",
                (since.isoformat(), until.isoformat(), Category.PENDING.value,
                 Kind.REQUEST.value, Kind.COMPLAINT.value, Handling.PASSED_ON.value),
            )  # fmt: skip
            read = (reading.one_question(db, "id", each["id"]) for each in found)
            return [question for question in read if question is not None]

    def save_case(self, changed: Case, *, by: str) -> Case:
        """Keep a case; the differences from what the ledger has become history.

        Every field is written but the number: pass on a case that was just read.

        Raises:
            CaseNotFound: no case has this id.
            QuestionHasCase: one of its questions belongs to another case.
            QuestionNotFound: one of its questions is not in the ledger.
        """
        with self._write():
            self.case(changed.id)
            self._changes.change("cases", changed.id, case_facts(changed), by)
        return self.case(changed.id)


def _only(db: Database, case_id: int) -> Case:
    found = reading.cases(db, ["removed = 0", "id = ?"], "", [case_id])
    if not found:
        raise CaseNotFound(str(case_id))
    return found[0]
