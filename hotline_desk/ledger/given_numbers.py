"""Numbers that records were filed under from elsewhere, beside those that the desk allots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.numbers import parts
from hotline_desk.errors import NumberTaken
from hotline_desk.ledger.connection import row, rows, update

if TYPE_CHECKING:
    from sqlite_utils import Database

    from hotline_desk.ledger.connection import Row

FILED_AS = "filed_as"
"""The field of the history line that tells of a number that was given, not allotted."""
BROUGHT_IN = "brought_in"
"""The field of the history line that tells that a record without a number of its own came in from
another ledger."""


def given_numbers(db: Database, table: str) -> frozenset[int]:
    """Return the ids of the records whose numbers were given, not allotted."""
    found = rows(db, "SELECT row FROM history WHERE what = ? AND field = ?", (table, FILED_AS))
    return frozenset(each["row"] for each in found)


def is_given(db: Database, table: str, row_id: int) -> bool:
    """Return whether the number of this record was given, not allotted."""
    told = "SELECT 1 FROM history WHERE what = ? AND row = ? AND field = ?"
    return row(db, told, (table, row_id, FILED_AS)) is not None


def set_free(db: Database, table: str, number: str) -> None:
    """Have a record that was taken back let go of its number.

    Raises:
        NumberTaken: the record stands, or got the number from the desk, which gives it once.
    """
    present = row(db, f"SELECT id, removed FROM {table} WHERE number = ?", (number,))  # noqa: S608  ours
    if present is None:
        return
    if not present["removed"] or not is_given(db, table, present["id"]):
        raise NumberTaken(number)
    prefix, series, sequence = parts(number)
    free = f"{series}~{present['id']}"
    own: Row = {"series": free} if table == "questions" else {"year": -present["id"]}
    last = number.rpartition("-")[2]
    changed = {"number": f"{prefix}-{free}-{last}", "sequence": sequence} | own
    update(db, table, "id", present["id"], changed)
