"""Arranging: which rows the table shows, in what order and groups, as SQL."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.arranging import (
    Arranged,
    Confirmation,
    Facet,
    Filing,
    GroupCount,
    Order,
)
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import TableRow
from hotline_desk.ledger.connection import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

    from hotline_desk.domain.arranging import Filters
    from hotline_desk.domain.questions import Question


def _of_call(column: str) -> str:
    return f"coalesce((SELECT {column} FROM calls WHERE calls.id = questions.call_id), '')"  # noqa: S608  ours


def _of_answer(value: str) -> str:
    return f"(SELECT {value} FROM answers WHERE question_id = questions.id)"  # noqa: S608  our own names


_CONFIRMED = _of_answer(
    f"CASE WHEN confirmed THEN '{Confirmation.CONFIRMED}'"
    f" WHEN text <> '' THEN '{Confirmation.OPEN}' ELSE '{Confirmation.UNANSWERED}' END"
)
_CASE_NUMBER = "coalesce((SELECT cases.number FROM cases WHERE cases.id = questions.case_id), '')"
_CALLER = (
    "coalesce((SELECT people.name FROM calls JOIN people ON people.id = person_id"
    " WHERE calls.id = questions.call_id), '')"
)
_VALUES: dict[Facet, str] = {
    Facet.CATEGORY: "questions.category",
    Facet.KIND: "questions.kind",
    Facet.CHANNEL: "questions.channel",
    Facet.HANDLING: "questions.handling",
    Facet.CASE: (
        f"CASE WHEN questions.case_id IS NULL THEN '{Filing.NOT_FILED}' ELSE '{Filing.FILED}' END"
    ),
    Facet.LAWYER: _of_answer("answered_by"),
    Facet.CONFIRMED: _CONFIRMED,
    Facet.DISTRICT: _of_call("district"),
    Facet.UNIT: "questions.unit",
    Facet.LABEL: _of_call("labels"),
    Facet.EPISODE: "coalesce(CAST(questions.episode AS TEXT), '')",
    Facet.MONTH: "substr(questions.day, 1, 7)",
    Facet.KEEPING: "questions.keeping",
}
"""The value that a row has of each facet."""
_RANKS = {
    Facet.CATEGORY: " ".join(
        (
            "CASE questions.category",
            *(f"WHEN '{each}' THEN {at}" for at, each in enumerate(Category)),
            "END",
        )
    ),
    Facet.EPISODE: "-coalesce(questions.episode, 0)",
}
_NEWEST_FIRST = {Facet.MONTH}
_ORDERS: dict[Order, str] = {
    Order.NUMBER: "questions.number",
    Order.AT: "questions.at",
    Order.CATEGORY: _RANKS[Facet.CATEGORY],
    Order.KIND: _VALUES[Facet.KIND],
    Order.CHANNEL: _VALUES[Facet.CHANNEL],
    Order.POINT: "coalesce(nullif(questions.point, ''), questions.text)",
    Order.CONFIRMED: _CONFIRMED,
    Order.CALLER: _CALLER,
    Order.DISTRICT: _VALUES[Facet.DISTRICT],
    Order.EMPLOYER: "questions.employer",
    Order.AMOUNT: "coalesce(questions.amount_fen, -1)",
    Order.PEOPLE: "coalesce(questions.people, -1)",
    Order.HANDLING: _VALUES[Facet.HANDLING],
    Order.CASE: _CASE_NUMBER,
    Order.LAWYER: _VALUES[Facet.LAWYER],
    Order.UNIT: _VALUES[Facet.UNIT],
    Order.LABEL: _VALUES[Facet.LABEL],
    Order.EXTERNAL: "questions.external_number",
    Order.RECORDED_BY: "questions.recorded_by",
    Order.KEEPING: _VALUES[Facet.KEEPING],
}
_OWN_ORDER = "questions.day DESC, questions.id"

PRESENT = "likely(questions.removed = 0)"
"""Holds for the questions that were not taken back: SQLite takes them for a few unless told."""


def filtered(filters: Filters, ids: Sequence[int] | None) -> Iterator[tuple[str, list[Any]]]:
    """Yield the conditions for *filters* and *ids*, each with its values."""
    for facet, wanted in filters.items():
        value = _VALUES[facet]
        if facet is Facet.LABEL:  # a person has any number of them
            has = f"instr('、' || {value} || '、', '、' || ? || '、')"
            yield f"({' OR '.join([has] * len(wanted))})", list(wanted)
        else:
            yield f"{value} IN ({', '.join('?' * len(wanted))})", list(wanted)
    if ids is not None:
        yield "questions.id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]


def arranged(
    db: Database,
    where: str,
    values: Sequence[Any],
    *,
    group: Facet | None,
    order: Order | None,
    descending: bool,
) -> Arranged:
    """Return all rows for which *where* holds, by id."""
    by = [_rank(group)] if group else []
    if order:
        by.append(f"{_ORDERS[order]} {'DESC' if descending else 'ASC'}")
    by.append(_OWN_ORDER)
    found = db.conn.execute(
        f"SELECT questions.id FROM questions WHERE {where} ORDER BY {', '.join(by)}",  # noqa: S608  ours
        list(values),
    )
    ids = array("q", (each for (each,) in found))
    return Arranged(ids, _groups(db, where, values, group) if group else ())


def _groups(
    db: Database, where: str, values: Sequence[Any], facet: Facet
) -> tuple[GroupCount, ...]:
    found = rows(
        db,
        f"SELECT {_VALUES[facet]} AS value, count(*) AS count FROM questions WHERE {where}"  # noqa: S608  ours
        f" GROUP BY value ORDER BY {_rank(facet)}",
        values,
    )
    return tuple(GroupCount(each["value"], each["count"]) for each in found)


def _rank(facet: Facet) -> str:
    """Return what puts groups in order; rows of one group stand together by it."""
    return _RANKS.get(facet) or f"{_VALUES[facet]} {'DESC' if facet in _NEWEST_FIRST else 'ASC'}"


def values_of(db: Database, facet: Facet) -> tuple[GroupCount, ...]:
    """Return the values that rows have of *facet*, the commonest first, and how many have them."""
    found = rows(
        db,
        f"SELECT {_VALUES[facet]} AS value, count(*) AS count FROM questions WHERE {PRESENT}"  # noqa: S608  our own
        " GROUP BY value ORDER BY count DESC, value",
    )
    return tuple(GroupCount(each["value"], each["count"]) for each in found)


def with_cases(db: Database, questions: Sequence[Question]) -> list[TableRow]:
    """Return *questions* as the table shows them."""
    found = rows(
        db,
        "SELECT questions.id, cases.number FROM questions JOIN cases ON cases.id = case_id"
        " WHERE questions.id IN (SELECT value FROM json_each(?))",
        [json.dumps([question.id for question in questions])],
    )
    numbers = {each["id"]: each["number"] for each in found}
    return [TableRow(question, numbers.get(question.id, "")) for question in questions]
