"""The kinds of records whose changes are history, and how each lies in the tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from hotline_desk.domain.numbers import question_number, question_series
from hotline_desk.errors import CallNotFound, EpisodeNotFound
from hotline_desk.ledger.case_table import Cases
from hotline_desk.ledger.connection import Row, insert, row, rows, update
from hotline_desk.ledger.registers import REGISTERS
from hotline_desk.ledger.rows import StoredValueUnreadable
from hotline_desk.ledger.search import indexed, phone_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

    from hotline_desk.ledger.rows import Fact, Facts


class Table(Protocol):
    """One kind of record."""

    @property
    def name(self) -> str:
        """The table's name."""

    @property
    def key(self) -> str:
        """The column, with its table, that tells one record from another."""

    @property
    def select(self) -> str:
        """Reads the records with everything that belongs to them."""

    @property
    def lets_go(self) -> Mapping[str, Fact]:
        """Facts that a record whose adding is taken back has from then on: others may have them."""

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""

    def insert(self, db: Database, facts: Facts) -> int:
        """Add a record and return its id."""

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of a record that exists."""

    def words(self, db: Database, row_id: int) -> str:
        """Return what people call the record."""


def facts_of(db: Database, table: Table, row_id: int) -> Facts | None:
    """Return a record's facts, if it exists."""
    found = row(db, f"{table.select} WHERE {table.key} = ?", (row_id,))
    return None if found is None else table.plain(found)


def every_facts(db: Database, table: Table) -> Iterator[tuple[int, Facts]]:
    """Yield the id and the facts of every record by id, those taken back too.

    Raises:
        StoredValueUnreadable: the records do not lie in order.
    """
    column = table.key.partition(".")[2]
    last = 0
    while found := rows(
        db, f"{table.select} WHERE {table.key} > ? ORDER BY {table.key} LIMIT 1000", (last,)
    ):
        for each in found:
            if each[column] <= last:  # a damaged tree can lead back to where it was
                raise StoredValueUnreadable(table.name, last)
            last = each[column]
            yield last, table.plain(each)


class Episodes:
    """Episodes and their guests."""

    name = "episodes"
    key = "episodes.number"
    lets_go: Mapping[str, Fact] = {}
    select = (
        "SELECT episodes.*, (SELECT json_group_array(json_array(name, unit, post)) FROM"
        " (SELECT * FROM guests WHERE episode = episodes.number ORDER BY position)) AS guests"
        " FROM episodes"
    )

    def insert(self, db: Database, facts: Facts) -> int:
        """Add an episode; its number is among the facts."""
        number = insert(db, "episodes", _without(facts, "guests"))
        self._write_guests(db, number, facts)
        return number

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of an episode."""
        update(db, "episodes", "number", row_id, _without(facts, "guests"))
        db.conn.execute("DELETE FROM guests WHERE episode = ?", (row_id,))
        self._write_guests(db, row_id, facts)

    def words(self, db: Database, row_id: int) -> str:
        """Return the episode's name."""
        del db
        return f"第 {row_id} 期"

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""
        guests = json.dumps(json.loads(found["guests"]), ensure_ascii=False)
        return _without(found, "number") | {"guests": guests}

    def _write_guests(self, db: Database, number: int, facts: Facts) -> None:
        for position, (name, unit, post) in enumerate(json.loads(str(facts["guests"]))):
            guest = {"name": name, "unit": unit, "post": post}
            insert(db, "guests", {"episode": number, "position": position} | guest)


class Calls:
    """Calls, with the people and the numbers that call; a person is not a number."""

    name = "calls"
    key = "calls.id"
    lets_go: Mapping[str, Fact] = {}
    select = (
        "SELECT calls.*, coalesce(people.name, '') AS name, coalesce(people.title, '') AS title,"
        " coalesce(numbers.phone, '') AS phone FROM calls"
        " LEFT JOIN people ON people.id = calls.person_id"
        " LEFT JOIN numbers ON numbers.id = calls.number_id"
    )

    def insert(self, db: Database, facts: Facts) -> int:
        """Add a call."""
        return insert(db, "calls", self._columns(db, facts, None))

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of a call."""
        present = row(db, "SELECT person_id FROM calls WHERE id = ?", (row_id,))
        columns = self._columns(db, facts, present["person_id"] if present else None)
        update(db, "calls", "id", row_id, columns)

    def words(self, db: Database, row_id: int) -> str:
        """Return the caller's name or number."""
        facts = facts_of(db, self, row_id) or {}
        return f"通话（{facts.get('name') or facts.get('phone') or '未留姓名'}）"

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""
        return _without(found, "id", "person_id", "number_id") | {"take": found["take"] or ""}

    def _columns(self, db: Database, facts: Facts, person_id: int | None) -> Row:
        _require_episode(db, facts)
        number_id = _number_id(db, str(facts["phone"]))
        return _without(facts, "name", "title", "phone") | {
            "take": _known_take(db, str(facts["take"])),
            "number_id": number_id,
            "person_id": _person_id(db, facts, number_id, person_id),
        }


class Questions:
    """Questions with their answers and articles."""

    name = "questions"
    key = "questions.id"
    lets_go: Mapping[str, Fact] = {}
    select = (
        "SELECT questions.*, answers.text AS answer, answers.typed AS answer_typed, answered_by,"
        " answers.line AS answered_line, answers.began AS answered_start,"
        " answers.ended AS answered_end, confirmed,"
        " coalesce((SELECT group_concat(text, char(10)) FROM (SELECT text FROM articles"
        " WHERE question_id = questions.id ORDER BY position)), '') AS articles,"
        " coalesce(people.name, '') AS name, coalesce(people.title, '') AS title,"
        " coalesce(numbers.phone, '') AS phone, calls.district,"
        " calls.employer AS caller_employer, occupation, industry, caller_kind, labels"
        " FROM questions JOIN answers ON answers.question_id = questions.id"
        " LEFT JOIN calls ON calls.id = questions.call_id"
        " LEFT JOIN people ON people.id = calls.person_id"
        " LEFT JOIN numbers ON numbers.id = calls.number_id"
    )
    _NOT_ITS_OWN = ("name", "title", "phone", "district", "caller_employer", "occupation",
                    "industry", "caller_kind", "labels", "id", "number", "series", "sequence",
                    "case_id", "day", "searched", "initials")  # fmt: skip
    _ANSWER = {  # noqa: RUF012  a table of names, never changed
        "answer": "text",
        "answer_typed": "typed",
        "answered_by": "answered_by",
        "answered_line": "line",
        "answered_start": "began",
        "answered_end": "ended",
        "confirmed": "confirmed",
    }

    def insert(self, db: Database, facts: Facts) -> int:
        """Add a question and allot its number."""
        columns = self._columns(db, facts) | _next_number(db, facts)
        question_id = insert(db, "questions", columns)
        insert(db, "answers", {"question_id": question_id} | self._answer(facts))
        self._write_articles(db, question_id, facts)
        return question_id

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of a question; its number stays."""
        update(db, "questions", "id", row_id, self._columns(db, facts))
        update(db, "answers", "question_id", row_id, self._answer(facts))
        db.conn.execute("DELETE FROM articles WHERE question_id = ?", (row_id,))
        self._write_articles(db, row_id, facts)

    def words(self, db: Database, row_id: int) -> str:
        """Return the question's number."""
        found = row(db, "SELECT number FROM questions WHERE id = ?", (row_id,)) or {}
        return f"问题 {found.get('number', '')}"

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""
        return _without(found, *self._NOT_ITS_OWN) | {"take": found["take"] or ""}

    def _columns(self, db: Database, facts: Facts) -> Row:
        _require_episode(db, facts)
        call_id = facts["call_id"]
        if isinstance(call_id, int) and not row(db, "SELECT 1 FROM calls WHERE id = ?", (call_id,)):
            raise CallNotFound(call_id)
        return _without(facts, *self._ANSWER, "articles") | {
            "take": _known_take(db, str(facts["take"])),
            **indexed(*(str(facts[name]) for name in ("point", "text", "answer"))),
        }

    def _answer(self, facts: Facts) -> Row:
        return {column: facts[name] for name, column in self._ANSWER.items()}

    def _write_articles(self, db: Database, question_id: int, facts: Facts) -> None:
        text = str(facts["articles"])
        for position, line in enumerate(text.split("\n") if text else ()):
            article = {"question_id": question_id, "position": position, "text": line}
            insert(db, "articles", article)


class Edits:
    """What people have laid over utterances."""

    name = "edits"
    key = "edits.id"
    lets_go: Mapping[str, Fact] = {}
    select = "SELECT * FROM edits"

    def insert(self, db: Database, facts: Facts) -> int:
        """Add an edit; the utterance is found by its words from now on."""
        _known_take(db, str(facts["take"]))
        edit_id = insert(db, "edits", facts)
        self.lay_on(db, facts)
        return edit_id

    def update(self, db: Database, row_id: int, facts: Facts) -> None:
        """Write all facts of an edit."""
        update(db, "edits", "id", row_id, facts)
        self.lay_on(db, facts)

    def words(self, db: Database, row_id: int) -> str:
        """Return what an edit is called."""
        del db, row_id
        return "字幕的修改"

    def plain(self, found: Row) -> Facts:
        """Return the facts among what was read of a record."""
        return _without(found, "id")

    def lay_on(self, db: Database, facts: Facts) -> None:
        """Make the utterance found by the edit's words, or by its own where the edit is gone."""
        key = (facts["take"], facts["line"], facts["began"])
        for utterance in rows(
            db,
            "SELECT id, text FROM utterances WHERE take = ? AND line = ? AND began = ?",
            key,
        ):
            text = utterance["text"] if facts["removed"] else facts["text"]
            update(db, "utterances", "id", utterance["id"], indexed(str(text)))


_ALL: tuple[Table, ...] = (Episodes(), Calls(), Questions(), Edits(), Cases())
TABLES: dict[str, Table] = {table.name: table for table in (*_ALL, *REGISTERS.values())}
"""Every kind of record by its name."""


def _without(facts: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in facts.items() if name not in names}


def _require_episode(db: Database, facts: Facts) -> None:
    number = facts["episode"]
    if isinstance(number, int) and not row(
        db, "SELECT 1 FROM episodes WHERE number = ?", (number,)
    ):
        raise EpisodeNotFound(number)


def _known_take(db: Database, folder: str) -> str | None:
    """Return *folder* as the tables hold it, noted as a take where it was not yet."""
    if not folder:
        return None
    db.conn.execute("INSERT INTO takes (folder) VALUES (?) ON CONFLICT DO NOTHING", (folder,))
    return folder


def _number_id(db: Database, phone: str) -> int | None:
    if not phone:
        return None
    found = row(db, "SELECT id FROM numbers WHERE phone = ?", (phone,))
    if found:
        number_id: int = found["id"]
        return number_id
    return insert(db, "numbers", {"phone": phone, "digits": phone_digits(phone)})


def _person_id(
    db: Database, facts: Facts, number_id: int | None, present: int | None
) -> int | None:
    """Return who calls: the one of this name on this number, else the present one renamed."""
    person = {"name": facts["name"], "title": facts["title"]}
    if not any(person.values()):
        return None
    if person == row(db, "SELECT name, title FROM people WHERE id = ?", (present,)):
        return present
    known = row(
        db,
        "SELECT people.id FROM calls JOIN people ON people.id = calls.person_id"
        " WHERE calls.number_id = ? AND people.name = ? AND people.title = ? LIMIT 1",
        (number_id, *person.values()),
    )
    if known:
        person_id: int = known["id"]
        return person_id
    if present is not None and _calls_of(db, present) == 1:
        update(db, "people", "id", present, person)
        return present
    return insert(db, "people", person)


def _calls_of(db: Database, person_id: int) -> int:
    found = row(db, "SELECT count(*) AS calls FROM calls WHERE person_id = ?", (person_id,))
    return found["calls"] if found else 0


def _next_number(db: Database, facts: Facts) -> Row:
    """Return the next number of the question's series; taken back ones keep theirs."""
    at = str(facts["at"])
    if facts["episode"] is None:
        series = question_series(at, None)
    else:
        found = row(db, "SELECT day FROM episodes WHERE number = ?", (facts["episode"],))
        series = question_series(found["day"] if found else at, int(facts["episode"]))
    last = row(db, "SELECT max(sequence) AS last FROM questions WHERE series = ?", (series,))
    sequence = ((last["last"] if last else None) or 0) + 1
    return {"number": question_number(series, sequence), "series": series, "sequence": sequence}
