"""The ledger's cases: opened, read, changed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hotline_desk.domain.casework.cases import ActionKind, CaseQuery, Satisfaction
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.domain.casework.due import LONG_BEFORE_CASES, LONG_BEFORE_QUESTIONS
from hotline_desk.domain.categories import Category
from hotline_desk.domain.numbers import as_written
from hotline_desk.domain.questions import Handling, Kind, QuestionQuery
from hotline_desk.errors import CaseNotFound
from hotline_desk.ledger import reading
from hotline_desk.ledger.case_rows import case_facts, new_case_facts
from hotline_desk.ledger.connection import rows
from hotline_desk.ledger.given_numbers import BROUGHT_IN, FILED_AS
from hotline_desk.ledger.heard import HeardStore
from hotline_desk.ledger.search import number_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from hotline_desk.domain.casework.cases import Case, NewCase
    from hotline_desk.domain.questions import Question

ALL_CASES = CaseQuery()
_HOLDS = (
    "holds(number || char(10) || matter || char(10) || employer || char(10) || owner || char(10)"
    " || external_number || char(10) || coalesce((SELECT group_concat(name, char(10))"
    " FROM parties WHERE case_id = cases.id), ''), ?)"
)

_SOMEBODYS = """
    EXISTS (
        SELECT 1 FROM questions JOIN calls ON calls.id = call_id
        LEFT JOIN people ON people.id = person_id
        WHERE case_id = cases.id AND questions.removed = 0 AND calls.removed = 0 AND (
            number_id IN (SELECT value FROM json_each(?))
            OR people.name IN (SELECT value FROM json_each(?))
        )
    ) OR EXISTS (
        SELECT 1 FROM parties WHERE case_id = cases.id
        AND parties.name IN (SELECT value FROM json_each(?))
    )
"""

_BY_DEEDS = (
    "course", "events", "closing", "satisfaction", "called_back_on", "agreed_fen", "agreed_on",
    "pay_by", "received_fen", "payments", "days", "interruptions",
)  # fmt: skip
"""The facts of a case that change as something is done for it."""
_LAST_DAY = f"""
    CASE WHEN pay_by IS NOT NULL AND received_fen < agreed_fen OR EXISTS (
        SELECT 1 FROM history AS noted WHERE what = 'cases' AND row = cases.id
        AND field IN ({", ".join(f"'{field}'" for field in _BY_DEEDS)}) AND undoes IS NULL
        AND NOT EXISTS (SELECT 1 FROM history WHERE undoes = noted.change)
    ) THEN NULL ELSE max(
        json_extract(events, '$.closing.on'), json_extract(events, '$.closing.told_on'),
        coalesce(called_back_on, ''), coalesce(agreed_on, ''), coalesce(pay_by, ''),
        coalesce((
            SELECT max(json_extract(value, '$.on')) FROM json_each(actions)
            WHERE json_extract(value, '$.kind') <> '{ActionKind.CONFLICT_CHECKED}'
        ), '')
    ) END
"""  # noqa: S608  ours
"""The last day that stands in a case that is 办结; NULL while its clock goes on, while money that
was promised for a day has not come (逾期未履行), and as soon as something that has not been taken
back was done for it here. Who has it, and whether he may, is nothing done: old cases are given to
others by the thousand."""


class _Wanted(NamedTuple):
    """Records of one table that something is to be done for."""

    table: str
    day: str
    """What gives the day since when they wait."""
    where: str
    values: tuple[str, ...]
    days: tuple[str, str]
    brought: bool | None
    long_ago: int
    """Days before a record came in from another ledger from which on its last day is long ago."""
    last: str = ""
    """What gives that day, where it is another than *day*; NULL keeps the record at hand."""


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
        """Return the case with this 案件编号, one that was merged too; None where there is none.

        The letters of *number* may be small ones.
        """
        with self._read() as db:
            found = reading.cases(db, ["removed = 0", "number = ?"], "", [as_written(number)])
        return found[0] if found else None

    def case_of(self, question_id: int) -> Case | None:
        """Return the case that a question belongs to; None where none was opened for it."""
        with self._read() as db:
            own = "id = (SELECT case_id FROM questions WHERE questions.id = ?)"
            found = reading.cases(db, ["removed = 0", own], "", [question_id])
        return found[0] if found else None

    def cases(self, query: CaseQuery = ALL_CASES) -> list[Case]:
        """Return the cases that *query* selects, those received last first."""
        chosen, values = _selected(query)
        with self._read() as db:
            return reading.cases(
                db,
                chosen,
                "ORDER BY received DESC, id DESC LIMIT ifnull(?, -1)",
                [*values, query.limit],
            )

    def case_employers(self, query: CaseQuery) -> dict[int, str]:
        """Return the employers of the cases that *query* selects, by the cases' ids.

        All of them: no limit holds.
        """
        chosen, values = _selected(query)
        with self._read() as db:
            found = rows(
                db,
                f"SELECT id, employer FROM cases WHERE {' AND '.join(chosen)}",  # noqa: S608  ours
                values,
            )
        return {each["id"]: each["employer"] for each in found}

    def cases_of_people(
        self, query: CaseQuery, *, phones: Iterable[str] = (), names: Iterable[str] = ()
    ) -> set[int]:
        """Return the ids of those cases among which *query* selects that are somebody's.

        All of them: no limit holds.

        Args:
            query: which cases are looked through.
            phones: numbers that a case's questions came from, however they are written.
            names: what a caller of its questions or one of its workers is called, exactly.
        """
        chosen, values = _selected(query)
        called = json.dumps(sorted(names))
        with self._read() as db:
            numbers = json.dumps(number_ids(db, phones))
            found = rows(
                db,
                f"SELECT id FROM cases WHERE {' AND '.join(chosen)} AND ({_SOMEBODYS})",  # noqa: S608  ours
                [*values, numbers, called, called],
            )
        return {each["id"] for each in found}

    def waiting_questions(
        self, since: date, until: date, *, brought: bool | None = None, limit: int | None = None
    ) -> list[Question]:
        """Return the questions of these days that something is to be done for, oldest first.

        求决 and 投诉举报 without a case that were not passed on, and those whose category is 待定.

        Args:
            since: the first day.
            until: the last one.
            brought: True for those alone that another ledger had long before they came into this
                one (`domain.due.LONG_BEFORE_QUESTIONS`), False for all but those.
            limit: how many at most, the newest of them; None for all.
        """
        with self._read() as db:
            ids = _ids(db, _waiting(since, until, brought=brought), limit)
            found = reading.questions(db, QuestionQuery(ids=ids))
        places = {key: place for place, key in enumerate(ids)}
        return sorted(found, key=lambda question: places[question.id])

    def open_cases(
        self, until: date, *, brought: bool | None = None, limit: int | None = None
    ) -> list[Case]:
        """Return the cases that are not 结案 and were received by the day *until*, oldest first.

        Args:
            until: a day.
            brought: True for those alone that are 办结, and all of whose days another ledger had
                long before they came into this one, False for all but those. What the office has
                noted since keeps a case among its own, and so does money promised for a day.
            limit: how many at most, those received last; None for all.
        """
        with self._read() as db:
            return _cases(db, _ids(db, _open(until, brought=brought), limit))

    def count_open(self, until: date, *, brought: bool | None = None) -> int:
        """Return how many `open_cases` there are."""
        with self._read() as db:
            return _count(db, _open(until, brought=brought))

    def count_in_hand(self) -> dict[str, int]:
        """Return how many cases that are 在办 each 承办人 has, by name; nobody's under ""."""
        with self._read() as db:
            found = rows(
                db,
                "SELECT owner, count(*) AS amount FROM cases WHERE removed = 0"
                " AND merged_into IS NULL AND course <> ?"
                " AND json_extract(events, '$.closing.told_on') IS NULL GROUP BY owner",
                [Course.FINISHED],
            )
        return {each["owner"]: each["amount"] for each in found}

    def unheard_cases(
        self, since: date, until: date, *, brought: bool | None = None, limit: int | None = None
    ) -> list[Case]:
        """Return the finished cases whose workers are to be called back, or were 不满意.

        Args:
            since: the first day of 结案, or of the call-back.
            until: the last one.
            brought: as for :meth:`waiting_questions`.
            limit: how many at most, those that ended last; None for all.
        """
        with self._read() as db:
            return _cases(db, _ids(db, _unheard(since, until, brought=brought), limit))

    def count_waiting(self, since: date, until: date, *, brought: bool | None = None) -> int:
        """Return how many `waiting_questions` there are."""
        with self._read() as db:
            return _count(db, _waiting(since, until, brought=brought))

    def count_unheard(self, since: date, until: date, *, brought: bool | None = None) -> int:
        """Return how many `unheard_cases` there are."""
        with self._read() as db:
            return _count(db, _unheard(since, until, brought=brought))

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


def _selected(query: CaseQuery) -> tuple[list[str], list[Any]]:
    """Return what has to hold for a case that *query* selects, and the values in it."""
    wanted: dict[str, Any] = {
        "course <> ?": Course.FINISHED.value if query.open_only else None,
        "owner = ?": query.owner or None,
        "actions <> ?": "[]" if query.acted_on else None,
        "received >= ?": query.since and query.since.isoformat(),
        "received <= ?": query.until and query.until.isoformat(),
        _HOLDS: query.words or None,
    }
    if query.ids is not None:
        wanted["id IN (SELECT value FROM json_each(?))"] = json.dumps(query.ids)
    present = {sql: value for sql, value in wanted.items() if value is not None}
    return ["removed = 0", "merged_into IS NULL", *present], list(present.values())


def _only(db: Database, case_id: int) -> Case:
    found = reading.cases(db, ["removed = 0", "id = ?"], "", [case_id])
    if not found:
        raise CaseNotFound(str(case_id))
    return found[0]


def _cases(db: Database, ids: list[int]) -> list[Case]:
    own = "id IN (SELECT value FROM json_each(?))"
    return reading.cases(db, [own], "ORDER BY id", [json.dumps(ids)])


def _waiting(since: date, until: date, *, brought: bool | None) -> _Wanted:
    return _Wanted(
        "questions",
        "day",
        "removed = 0 AND (category = ? OR (case_id IS NULL AND kind IN (?, ?) AND handling <> ?))",
        (Category.PENDING, Kind.REQUEST, Kind.COMPLAINT, Handling.PASSED_ON),
        (since.isoformat(), until.isoformat()),
        brought,
        LONG_BEFORE_QUESTIONS.days,
    )


def _open(until: date, *, brought: bool | None) -> _Wanted:
    return _Wanted(
        "cases",
        "received",
        "removed = 0 AND merged_into IS NULL AND course <> ?",
        (Course.FINISHED,),
        (date.min.isoformat(), until.isoformat()),
        brought,
        LONG_BEFORE_CASES.days,
        _LAST_DAY,
    )


def _unheard(since: date, until: date, *, brought: bool | None) -> _Wanted:
    return _Wanted(
        "cases",
        "coalesce(called_back_on, finished_on, received)",
        "removed = 0 AND merged_into IS NULL AND course = ?"
        " AND (satisfaction = ? OR (satisfaction IN ('', ?) AND closing <> ?))",
        (Course.FINISHED, Satisfaction.DISSATISFIED, Satisfaction.UNREACHED,
         ClosingWay.UNREACHABLE),
        (since.isoformat(), until.isoformat()),
        brought,
        LONG_BEFORE_CASES.days,
    )  # fmt: skip


def _ids(db: Database, wanted: _Wanted, limit: int | None = None) -> list[int]:
    """Return which records are wanted, oldest first; of more than *limit* the newest."""
    chosen, values = _chosen(wanted)
    order = f"ORDER BY {wanted.day} DESC, id DESC LIMIT ifnull(?, -1)"
    found = rows(db, f"SELECT id {chosen} {order}", (*values, limit))
    return [each["id"] for each in reversed(found)]


def _count(db: Database, wanted: _Wanted) -> int:
    """Return how many records are wanted; none of them is handed over."""
    chosen, values = _chosen(wanted)
    count: int = rows(db, f"SELECT count(*) AS n {chosen}", values)[0]["n"]
    return count


def _chosen(wanted: _Wanted) -> tuple[str, tuple[str, ...]]:
    """Return what chooses the records in SQL, with its values."""
    table, day = wanted.table, wanted.day
    last = wanted.last or day
    old = (  # before this day, reckoned from the one on which it came in from another ledger
        f"(SELECT date(substr(min(at), 1, 10), '-{wanted.long_ago} days') FROM history"  # noqa: S608  ours
        f" WHERE what = '{table}' AND row = {table}.id AND field IN (?, ?))"
    )
    brought = {None: "", True: f" AND {last} < {old}", False: f" AND coalesce({last} >= {old}, 1)"}
    marks = () if wanted.brought is None else (FILED_AS, BROUGHT_IN)
    chosen = f"FROM {table} WHERE {wanted.where} AND {day} BETWEEN ? AND ?{brought[wanted.brought]}"
    return chosen, (*wanted.values, *wanted.days, *marks)
