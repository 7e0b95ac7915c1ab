"""Deleting a person from the ledger: rows, the values of their history, transcripts, free pages."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason, Mention, blurred
from hotline_desk.domain.traces import Traces, plain_number
from hotline_desk.errors import CallNotFound, LedgerBusy
from hotline_desk.ledger import anonymous, expiring, mentions, persons, schema, spots, transcripts
from hotline_desk.ledger.connection import row, rows, snapshot, translated
from hotline_desk.ledger.history import told_of
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.ledger.tables import TABLES, every_facts, facts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from sqlite_utils import Database

    from hotline_desk.domain.casework.claims import Stretch
    from hotline_desk.domain.deletions import Key, Person
    from hotline_desk.domain.keeping import Expiring
    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.ledger.mentions import Mentions
    from hotline_desk.ledger.rows import Facts

NOBODYS = "个人信息删除"
"""Who keeps the register of deletions: nobody's undo takes one back."""
_EPISODES = """
    SELECT episode FROM calls WHERE id IN (SELECT value FROM json_each(?1))
    UNION SELECT episode FROM questions WHERE id IN (SELECT value FROM json_each(?2))
        OR case_id IN (SELECT value FROM json_each(?3))
    UNION SELECT value AS episode FROM json_each(?4)
    EXCEPT SELECT NULL
"""


class DeletingLedger(Ledger):
    """A ledger that persons can be deleted from; opened for that alone."""

    def person_of_call(self, call_id: int, *, own_only: bool = False) -> Person:
        """Return who called, with everything that is theirs.

        With *own_only* a number that others call from, too, stays theirs.

        Raises:
            CallNotFound: no call has this id.
        """
        with self._read() as db:
            if row(db, "SELECT 1 FROM calls WHERE id = ?", (call_id,)) is None:
                raise CallNotFound(call_id)
            return persons.caller(db, call_id, own_only=own_only)

    def person_of_case(self, case_id: int, name: str) -> Person:
        """Return the worker of a case called *name*, who may never have called."""
        with self._read() as db:
            return persons.party(db, case_id, name)

    def person_written(self, plan: DeletionPlan, cases: Collection[int]) -> Person | None:
        """Return whom *plan* means as far as it was written here then; None where nobody was.

        Args:
            plan: of a deletion that this ledger, a copy from before, does not know of.
            cases: those of the plan that are the same here.
        """
        with self._read() as db:
            names = spots.written(db, plan.names_at)
            phones = {plain_number(each) for each in spots.written(db, plan.phones_at)}
            if not names and not phones:
                return None
            return persons.named(db, names, phones, cases)

    def person_of_rows(self, question_ids: Iterable[int]) -> Person:
        """Return who asked these questions, as far as these rows tell, and nowhere else."""
        with self._read() as db:
            return persons.rows_alone(db, question_ids)

    def traces_of(self, person: Person) -> Traces:
        """Return what finds *person* in any text; others' longer names are left alone."""
        with self._read() as db:
            others = rows(db, "SELECT name FROM people UNION SELECT name FROM parties")
        apart = [each["name"] for each in others]
        return Traces(person.names, person.phones, apart=apart)

    def episodes_of(self, person: Person, mentions: Iterable[Mention] = ()) -> list[int]:
        """Return the episodes in which *person* called, and those that *mentions* belong to."""
        keys = [each.key for each in mentions]
        ids = {table: [row_id for of, row_id in keys if of == table] for table, _ in keys}
        given = [
            json.dumps([*person.calls, *ids.get("calls", ())]),
            *(json.dumps(ids.get(table, ())) for table in ("questions", "cases", "episodes")),
        ]
        with self._read() as db:
            return [each["episode"] for each in rows(db, _EPISODES, given)]

    def mentions(self, person: Person, traces: Traces) -> list[Mention]:
        """Return the records of others that name *person*, or somebody who is called so."""
        own = _own(person)
        with self._read() as db:
            found = mentions.find(db, traces).records
            return [
                Mention((table, row_id), mentions.words(db, table, row_id, person.names))
                for table, row_id, _ in mentions.changes(db, traces, found)
                if row_id not in own.get(table, ()) and table != "edits"
            ]

    def mentioned_in(self, traces: Traces) -> dict[str, list[Utterance]]:
        """Return by take the utterances that name the person, as heard or as edited.

        None of a take in which only several together do: the recogniser may have parted the name.
        """
        with self._read() as db:
            return mentions.said(db, traces)

    def delete_person(
        self,
        person: Person,
        deletion: Deletion,
        *,
        heard: Mapping[str, tuple[list[Utterance], int]],
    ) -> Deletion:
        """Take *person* out of every record, and note *deletion*: all of it or nothing.

        The figures stay. What the files of the ledger still hold in free pages goes with
        `compact`.

        Args:
            person: as the ledger found it.
            deletion: what is noted; its plan says which words go from which takes. Where an
                older copy tells who it was is added to it.
            heard: what may stay of the captions of those takes whose folders are there, and how
                many bytes of them that was.
        """
        traces = self.traces_of(person)
        plan = DeletionPlan.from_json(deletion.plan)
        with self._read() as db, snapshot(db):  # nobody has to wait while all is looked through
            first = mentions.find(db, traces if person.everywhere else Traces())
        with self._write() as db:
            work = _Work(db, person, traces)
            work.rewrite_own()
            if person.everywhere:
                work.rewrite_others(first)
            work.rewrite_edits(plan.words)
            for take, (utterances, read_to) in heard.items():
                transcripts.replace(db, take, utterances, read_to)
            work.rewrite_copies({take: plan.words[take] for take in plan.words.keys() - heard})
            plan = work.noted_in(plan, deletion.at)
            work.forget_history()
            for table, row_id in sorted(work.touched):
                present = facts_of(db, TABLES[table], row_id) or {}
                told = told_of(db, table, row_id)
                anew = {
                    name: value
                    for name, value in present.items()
                    if name in work.changed[table, row_id] or told.get(name, value) != value
                }
                who = f"{deletion.who}（{NOBODYS}）"
                self._changes.retell(table, row_id, anew, who)
            work.drop_nobodys()
            return self.keep(replace(deletion, plan=plan.as_json()), by=NOBODYS)

    def records_begun(self, origins: Iterable[str]) -> frozenset[Key]:
        """Return the records whose histories begin with the lines *origins*."""
        asked = "SELECT what, row FROM history WHERE hash IN (SELECT value FROM json_each(?))"
        with self._read() as db:
            found = rows(db, asked, [json.dumps([*origins])])
        return frozenset((each["what"], each["row"]) for each in found)

    def origin(self, table: str, row_id: int) -> str:
        """Return what tells a record from one with its id in another ledger; empty of none."""
        with self._read() as db:
            found = row(
                db,
                "SELECT hash FROM history WHERE what = ? AND row = ? ORDER BY id LIMIT 1",
                (table, row_id),
            )
        return found["hash"] if found else ""

    def same(self, plan: DeletionPlan, table: str) -> list[int]:
        """Return the records of *plan* that are the same here: it may come from another ledger."""
        ids = {"calls": plan.calls, "questions": plan.questions, "cases": plan.cases}[table]
        origins = plan.origins.get(table)
        if origins is None:
            return [*ids]
        return [
            each
            for each in ids
            if (origin := origins.get(str(each))) and self.origin(table, each) == origin
        ]

    def temporary_until(self, day: date) -> list[Expiring]:
        """Return the questions received by *day* that are kept for a while only.

        Those that belong to an archived case, or came in a call with one that is archived, or
        have to be kept for another reason, stay; what was purged already is left out.
        """
        with self._read() as db:
            found = expiring.until(db, day)
        gone = {
            question
            for deletion in self.kept(Deletion)
            if deletion.reason is DeletionReason.EXPIRED
            for question in self.same(DeletionPlan.from_json(deletion.plan), "questions")
        }
        return [each for each in found if each.id not in gone]

    def question_ids_of(self, call_id: int) -> tuple[int, ...]:
        """Return the questions of a call, those taken back too."""
        with self._read() as db:
            found = rows(db, "SELECT id FROM questions WHERE call_id = ? ORDER BY id", [call_id])
        return tuple(each["id"] for each in found)

    def forget_heard(self, deletion: Deletion) -> Deletion:
        """Forget what the history tells of texts that were filled from captions; note *deletion*.

        The texts of the questions in its plan stay what they are now.
        """
        plan = DeletionPlan.from_json(deletion.plan)
        with self._write() as db:
            for question_id in plan.questions:
                facts = facts_of(db, TABLES["questions"], question_id) or {}
                db.conn.execute(
                    "DELETE FROM history_values WHERE history IN (SELECT id FROM history"
                    " WHERE what = 'questions' AND row = ? AND field IN ('text', 'answer'))",
                    [question_id],
                )
                told = told_of(db, "questions", question_id)
                anew = {
                    name: facts[name]
                    for name in ("text", "answer")
                    if told.get(name, facts[name]) != facts[name]
                }
                self._changes.retell("questions", question_id, anew, deletion.who)
            return self.keep(deletion, by=NOBODYS)

    def compact(self) -> None:
        """Leave nothing of what was deleted in the ledger's file, its indexes or its log.

        Raises:
            LedgerBusy: another program has the ledger open, and holds up a part of it.
        """
        with self._write() as db:
            for index in schema.SEARCHED_BY:  # what was taken out of it lies on in its segments
                db.conn.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608  ours
        with translated(self._path):
            self._db.conn.execute("VACUUM")
            busy = self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise LedgerBusy(self._path)


class _Work:
    """What is done to the rows, in one transaction."""

    def __init__(self, db: Database, person: Person, traces: Traces) -> None:
        self._db = db
        self._person = person
        self._traces = traces
        self.changed: dict[tuple[str, int], set[str]] = {}
        self.touched: set[tuple[str, int]] = set()
        self._lines: dict[int, Key] = {}
        self._marks: set[str] = set()

    def rewrite_own(self) -> None:
        """Anonymise the person's own calls, questions and cases."""
        person, traces = self._person, self._traces
        callers = {call: self._caller(call) for call in person.calls}
        for question_id in person.questions:
            facts = self._facts("questions", question_id)
            caller = callers.get(int(facts["call_id"] or 0)) or self._caller(facts["call_id"])
            self._marks |= anonymous.marks(facts)
            anew = anonymous.question(facts, person, traces, caller)
            self._rewrite("questions", question_id, anew)
        for case_id in person.cases:
            facts = self._facts("cases", case_id)
            self._marks |= anonymous.marks(facts)
            self._rewrite("cases", case_id, anonymous.case(facts, person, traces))
        for case_id in person.shared_cases:
            facts = self._facts("cases", case_id)
            self._rewrite("cases", case_id, anonymous.shared_case(facts, person, traces))
        for letter_id in person.letters:
            self._rewrite("letters", letter_id, dict.fromkeys(anonymous.SAID_IN_LETTERS, ""))
        for call_id in person.calls:
            facts = self._facts("calls", call_id)
            self._rewrite("calls", call_id, anonymous.call(facts, person, traces))
        for call_id in person.number_only:
            self._rewrite("calls", call_id, {"phone": ""})

    def rewrite_others(self, first: Mentions) -> None:
        """Take the person out of all other records: those found *first*, and those since."""
        since = mentions.find(self._db, self._traces, after=max(1, first.until))
        self._lines = {**dict(first.lines), **dict(since.lines)}
        records = (first.records | since.records) - self._person.left
        self._lines = {
            line: key for line, key in self._lines.items() if key not in self._person.left
        }
        for table, row_id, anew in mentions.changes(self._db, self._traces, records):
            self._rewrite(table, row_id, anew)

    def rewrite_edits(self, words: Mapping[str, Mapping[str, tuple[Stretch, ...]]]) -> None:
        """Empty what people laid over utterances that go."""
        for edit_id, facts in list(every_facts(self._db, TABLES["edits"])):
            gone = words.get(str(facts["take"]), {}).get(str(facts["line"]), ())
            began = float(facts["began"] or 0.0)
            if any(each.start - 1e-6 <= began < each.end for each in gone):
                self._rewrite("edits", edit_id, {"text": "", "removed": 1})

    def rewrite_copies(self, words: Mapping[str, Mapping[str, tuple[Stretch, ...]]]) -> None:
        """Delete the copies of captions in *words*: their takes' folders are gone."""
        for take, lines in words.items():
            for line, stretches in lines.items():
                for gone in stretches:
                    self._db.conn.execute(
                        "DELETE FROM utterances WHERE take = ? AND line = ? AND ended > ?"
                        " AND began < ?",
                        (take, line, gone.start, gone.end),
                    )

    def noted_in(self, plan: DeletionPlan, at: datetime) -> DeletionPlan:
        """Return *plan* with where the person was written first, as long as the history tells."""
        plan = replace(plan, came_as=tuple(sorted(blurred(mark, at) for mark in self._marks)))
        if not self._person.everywhere:
            return plan
        lines = self._lines.items()
        names_at, phones_at = spots.first(self._db, self._person, self._traces, lines)
        return replace(plan, names_at=names_at, phones_at=phones_at)

    def forget_history(self) -> None:
        """Delete the values of the person's records, and all others that name the person."""
        own = {(table, row_id) for table, ids in _own(self._person).items() for row_id in ids}
        own -= {("calls", call_id) for call_id in self._person.number_only}
        own |= {key for key in self.changed if key[0] == "edits"}
        self._db.conn.executemany(
            "DELETE FROM history_values WHERE history IN"
            " (SELECT id FROM history WHERE what = ? AND row = ?)",
            sorted(own),
        )
        self._db.conn.executemany(
            "DELETE FROM history_values WHERE history = ?", [(line,) for line in self._lines]
        )
        self.touched = own | set(self.changed) | set(self._lines.values())
        for key in self.touched:
            self.changed.setdefault(key, set())

    def drop_nobodys(self) -> None:
        """Delete the people and numbers that no call is by any more."""
        for table, column in (("people", "person_id"), ("numbers", "number_id")):
            self._db.conn.execute(
                f"DELETE FROM {table} WHERE id NOT IN"  # noqa: S608  the two names above
                f" (SELECT {column} FROM calls WHERE {column} IS NOT NULL)"
                + (" AND id NOT IN (SELECT person_id FROM parties WHERE person_id IS NOT NULL)"
                   if table == "people" else "")
            )  # fmt: skip

    def _rewrite(self, table: str, row_id: int, anew: Facts) -> None:
        present = self._facts(table, row_id)
        changed = {name for name, value in anew.items() if value != present[name]}
        if changed:
            TABLES[table].update(self._db, row_id, present | anew)
        self.changed.setdefault((table, row_id), set()).update(changed)

    def _facts(self, table: str, row_id: int) -> Facts:
        return facts_of(self._db, TABLES[table], row_id) or {}

    def _caller(self, call_id: Any) -> Caller:  # noqa: ANN401  a fact
        facts = self._facts("calls", call_id) if call_id is not None else {}
        return Caller(name=str(facts.get("name", "")), employer=str(facts.get("employer", "")))


def _own(person: Person) -> dict[str, Collection[int]]:
    return {
        "calls": {*person.calls, *person.number_only},
        "questions": person.questions,
        "cases": {*person.cases, *person.shared_cases},
        "letters": person.letters,
    }
