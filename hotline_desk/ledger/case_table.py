"""How a case lies in the tables, with its parties and the questions that belong to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hotline_desk.domain.numbers import case_number
from hotline_desk.errors import QuestionHasCase, QuestionNotFound
from hotline_desk.ledger.case_events import without_empty
from hotline_desk.ledger.connection import Row, insert, row, update

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Fact, Facts

_BESIDE = ("parties", "questions")
"""Facts that lie in tables of their own."""
_ALLOTTED = ("id", "number", "year", "sequence")


class Cases:
    """Cases, their parties, and which questions are theirs."""

    name = "cases"
    key = "cases.id"
    lets_go: Mapping[str, Fact] = {"questions": "[]"}
    select = (
        "SELECT cases.*, (SELECT json_group_array(json_object('name', name, 'claimed_fen',"
        " claimed_fen, 'received_fen', received_fen, 'received_on', received_on,"
        " 'represents', represents)) FROM"
        " (SELECT * FROM parties WHERE case_id = cases.id ORDER BY position)) AS parties,"
        " (SELECT json_group_array(id) FROM (SELECT id FROM questions WHERE case_id = cases.id"
        " ORDER BY id)) AS questions FROM cases"
    )

    def insert(self, db: Database, facts: Facts) -> int:
        """Add a case and allot its number."""
        case_id = insert(db, "cases", _columns(facts) | _next_number(db, str(facts["received"])))
        self._write_beside(db, case_id, facts)
        return case_id

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of a case; its number stays."""
        update(db, "cases", "id", row_id, _columns(facts))
        self._write_beside(db, row_id, facts)

    def words(self, db: Database, row_id: int) -> str:
        """Return the case's number."""
        found = row(db, "SELECT number FROM cases WHERE id = ?", (row_id,)) or {}
        return f"案件 {found.get('number', '')}"

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""
        facts = {name: value for name, value in found.items() if name not in _ALLOTTED}
        beside = {name: json.loads(found[name]) for name in _BESIDE}  # as `case_rows` writes them
        beside["parties"] = [without_empty(party, "represents") for party in beside["parties"]]
        for name, records in beside.items():
            facts[name] = json.dumps(records, ensure_ascii=False)
        return facts

    def _write_beside(self, db: Database, case_id: int, facts: Facts) -> None:
        db.conn.execute("DELETE FROM parties WHERE case_id = ?", (case_id,))
        for position, party in enumerate(json.loads(str(facts["parties"]))):
            insert(db, "parties", {"case_id": case_id, "position": position} | party)
        db.conn.execute("UPDATE questions SET case_id = NULL WHERE case_id = ?", (case_id,))
        for question_id in json.loads(str(facts["questions"])):
            _claim(db, question_id, case_id)


def _claim(db: Database, question_id: int, case_id: int) -> None:
    found = row(db, "SELECT number, case_id FROM questions WHERE id = ?", (question_id,))
    if found is None:
        raise QuestionNotFound(str(question_id))
    if found["case_id"] is not None:
        raise QuestionHasCase(found["number"])
    update(db, "questions", "id", question_id, {"case_id": case_id})


def _columns(facts: Facts) -> Row:
    return {name: value for name, value in facts.items() if name not in _BESIDE}


def _next_number(db: Database, received: str) -> Row:
    """Return the next number of the year; taken back ones keep theirs."""
    year = int(received[:4])
    last = row(db, "SELECT max(sequence) AS last FROM cases WHERE year = ?", (year,))
    sequence = ((last["last"] if last else None) or 0) + 1
    return {"number": case_number(year, sequence), "year": year, "sequence": sequence}
