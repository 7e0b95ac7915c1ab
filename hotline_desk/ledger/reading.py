"""Reading: what is asked of the ledger as SQL, and its rows as records of the domain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.calls import Call, Caller, CallQuery, CallState
from hotline_desk.domain.utterances import Edit, Utterance
from hotline_desk.ledger.arranging import PRESENT, filtered
from hotline_desk.ledger.case_rows import case
from hotline_desk.ledger.case_table import Cases
from hotline_desk.ledger.connection import Row, rows
from hotline_desk.ledger.rows import call, caller, episode, moment_text, question
from hotline_desk.ledger.search import number_ids, question_choices
from hotline_desk.ledger.tables import Calls, Episodes, Questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.questions import Question, QuestionQuery

_OVER = [state.value for state in CallState if state.is_over]
_WAITING = [CallState.WAITING.value, CallState.NEXT.value, CallState.CALL_BACK.value]
_GOING_ON = [state.value for state in CallState if state.value not in {*_OVER, *_WAITING}]


def episodes(db: Database, number: int | None = None) -> list[Episode]:
    """Return all episodes, newest first, or the one of this number."""
    found = rows(
        db,
        f"{Episodes.select} WHERE removed = 0 AND (?1 IS NULL OR number = ?1)"
        " ORDER BY day DESC, number DESC",
        (number,),
    )
    return [episode(facts["number"], facts) for facts in found]


def calls(db: Database, query: CallQuery, call_id: int | None = None) -> list[Call]:
    """Return the calls that *query* selects, newest first, or the one of this id."""
    wanted = {
        "calls.id = ?": call_id,
        "episode = ?": query.episode,
        "take = ?": query.take,
    }
    values: list[Any] = [value for value in wanted.values() if value is not None]
    conditions = ["removed = 0", *(sql for sql, value in wanted.items() if value is not None)]
    if query.open_only:
        conditions.append(f"state NOT IN ({', '.join('?' * len(_OVER))})")
        values += _OVER
    if query.refused_only:
        conditions.append("consent_record = 0")
    if query.at_desk_since is not None:
        # the plus keeps SQLite from looking through all that lie outside, which imported ones do
        conditions.append(
            "calls.id IN (SELECT id FROM calls WHERE at >= ?"
            " UNION SELECT id FROM calls WHERE state IN (?, ?, ?)"
            " AND (+episode IS NULL OR state_since >= ?)"
            " UNION SELECT id FROM calls WHERE state IN (?, ?, ?, ?) AND state_since >= ?)"
        )
        since = moment_text(query.at_desk_since)
        values += [since, *_WAITING, since, *_GOING_ON, since]
    if query.ids is not None:
        conditions.append("calls.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(query.ids)))
    found = rows(
        db,
        f"{Calls.select} WHERE {' AND '.join(conditions)}"
        " ORDER BY calls.id DESC LIMIT ifnull(?, -1)",
        (*values, query.limit),
    )
    return [_call(facts) for facts in found]


def calls_from(db: Database, phone: str, limit: int) -> list[Call]:
    """Return the calls from a number, however it is written, newest first."""
    found = rows(
        db,
        f"{Calls.select} WHERE number_id IN (SELECT value FROM json_each(?))"  # noqa: S608  ours
        " AND removed = 0 ORDER BY calls.id DESC LIMIT ?",
        (json.dumps(number_ids(db, [phone])), limit),
    )
    return [_call(facts) for facts in found]


def questions(db: Database, query: QuestionQuery) -> list[Question]:
    """Return the questions that *query* selects.

    An episode's, a call's or a take's are in the order of their numbers; else the newest day comes
    first, and the order of the numbers holds within it.
    """
    wanted, values = conditions(query)
    one_series = any(each is not None for each in (query.episode, query.call_id, query.take))
    order = "questions.id" if one_series else "questions.day DESC, questions.id"
    # the few that are wanted are chosen first: sorting whole rows would take most of the time
    chosen = (
        f"SELECT questions.id FROM questions WHERE {' AND '.join(wanted)}"  # noqa: S608  ours
        f" ORDER BY {order} LIMIT ifnull(?, -1) OFFSET ?"
    )
    found = rows(
        db,
        f"{Questions.select} WHERE questions.id IN ({chosen}) ORDER BY {order}",
        (*values, query.limit, query.offset),
    )
    return [_question(facts) for facts in found]


def one_question(db: Database, column: str, value: int | str) -> Question | None:
    """Return the question whose *column*, id or number, is *value*."""
    found = rows(
        db,
        f"{Questions.select} WHERE questions.removed = 0 AND questions.{column} = ?",
        (value,),
    )
    return _question(found[0]) if found else None


def cases(
    db: Database, conditions: list[str], rest: str = "", values: Sequence[Any] = ()
) -> list[Case]:
    """Return the cases for which all *conditions* hold, ordered and limited by *rest*."""
    found = rows(db, f"{Cases.select} WHERE {' AND '.join(conditions)} {rest}", values)
    return [case(facts["id"], facts["number"], facts) for facts in found]


def utterances(
    db: Database, take: str, line: str | None, start: float, end: float | None
) -> list[Utterance]:
    """Return the utterances of a take that touch a range of take time, in order."""
    found = rows(
        db,
        "SELECT line, began, ended, text FROM utterances WHERE take = ?1"
        " AND (?2 IS NULL OR line = ?2) AND ended >= ?3 AND (?4 IS NULL OR began < ?4)"
        " ORDER BY began, line",
        (take, line, start, end),
    )
    return [Utterance(each["line"], each["began"], each["ended"], each["text"]) for each in found]


def edits(db: Database, take: str) -> list[Edit]:
    """Return what people have laid over a take's utterances, in order."""
    found = rows(
        db,
        "SELECT line, began, text FROM edits WHERE take = ? AND removed = 0 ORDER BY began, line",
        (take,),
    )
    return [Edit(each["line"], each["began"], each["text"]) for each in found]


def _call(facts: Row) -> Call:
    return call(facts["id"], facts | {"take": facts["take"] or ""})


def _question(facts: Row) -> Question:
    asker = (
        Caller()
        if facts["caller_kind"] is None
        else caller(facts | {"employer": facts["caller_employer"]})
    )
    return question(facts["id"], facts["number"], asker, facts | {"take": facts["take"] or ""})


def conditions(query: QuestionQuery) -> tuple[list[str], list[Any]]:
    """Return what has to hold for a question that *query* selects, and the values in it."""
    wanted: dict[str, Any] = {
        "episode = ?": query.episode,
        "category = ?": query.category and query.category.value,
        "call_id = ?": query.call_id,
        "take = ?": query.take,
        "day >= ?": query.since and query.since.isoformat(),
        "day <= ?": query.until and query.until.isoformat(),
    }
    present = {sql: value for sql, value in wanted.items() if value is not None}
    chosen, values = [PRESENT, *present], list(present.values())
    if query.outside:
        chosen.append("+questions.episode IS NULL")
    for sql, given in question_choices(query.words):
        # the plus keeps SQLite on the index that gives the order, so that it stops at the limit
        chosen.append(f"+questions.id IN ({sql})")
        values += given
    for sql, given in filtered(query.filters, query.ids):
        chosen.append(sql)
        values += given
    return chosen, values
