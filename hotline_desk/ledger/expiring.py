"""Questions that are kept for a while only: which are old enough to go, and why others stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.keeping import Expiring, Keeping
from hotline_desk.ledger.connection import rows

if TYPE_CHECKING:
    from datetime import date

    from sqlite_utils import Database

    from hotline_desk.ledger.connection import Row

_TEMPORARY = """
    WITH kept AS (
        SELECT id, call_id, case_id FROM questions WHERE removed = 0 AND (keeping <> ?1 OR day > ?2)
    )
    SELECT questions.id, questions.number, coalesce(calls.retained, '') AS retained,
        cases.number AS "case", cases.keeping AS case_keeping, cases.retained AS case_retained,
        cases.course,
        questions.call_id IN (SELECT call_id FROM kept WHERE call_id IS NOT NULL) AS in_call,
        questions.case_id IN (SELECT case_id FROM kept WHERE case_id IS NOT NULL) AS in_case
    FROM questions LEFT JOIN calls ON calls.id = questions.call_id
        LEFT JOIN cases ON cases.id = questions.case_id
    WHERE questions.keeping = ?1 AND day <= ?2 AND questions.removed = 0
    ORDER BY questions.id
"""


def until(db: Database, day: date) -> list[Expiring]:
    """Return the 临时 questions received by *day*, those that stay too."""
    found = rows(db, _TEMPORARY, [Keeping.TEMPORARY.value, day.isoformat()])
    return [Expiring(each["id"], each["number"], _why_it_stays(each)) for each in found]


def _why_it_stays(row: Row) -> str:
    """Return it in words; a case that goes on is worked with, however it is to be kept."""
    if row["retained"]:
        return f"来电标了“{row['retained']}”"
    if row["in_call"]:
        return "同一来电里有要留的问题"
    if row["case"] is None:
        return ""
    case = f"案件 {row['case']} "
    if row["case_retained"]:
        return f"{case}标了“{row['case_retained']}”"
    if row["case_keeping"] != Keeping.TEMPORARY:
        return f"{case}的保管期限是{row['case_keeping']}"
    if row["course"] != Course.FINISHED:
        return f"{case}还没有结案"
    return f"{case}里有要留的问题" if row["in_case"] else ""
