"""The ledger: the one place that knows that questions are rows in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.numbers import as_written
from hotline_desk.domain.progress import unwatched
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.errors import (
    CallNotFound,
    EpisodeExists,
    EpisodeNotFound,
    QuestionNotFound,
    StepNotAllowed,
)
from hotline_desk.ledger import history, reading, undoing
from hotline_desk.ledger.counting import CountingStore
from hotline_desk.ledger.rows import (
    call_facts,
    episode_facts,
    moment_text,
    new_call_facts,
    new_question_facts,
    question_facts,
)
from hotline_desk.ledger.tables import TABLES, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hotline_desk.domain.calls import Call, CallState, NewCall
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.history import HistoryEntry
    from hotline_desk.domain.questions import NewQuestion, Question
    from hotline_desk.ledger.rows import Facts

ALL_CALLS = CallQuery()
ALL_QUESTIONS = QuestionQuery()
_TOLD_EVERY = 100


class Ledger(CountingStore):
    """Episodes, calls, questions, cases, transcripts and their history, kept in one SQLite file.

    A ledger belongs to the thread that opened it. Every write is one transaction together with
    its history lines; *by* says who makes it. Every method raises LedgerBusy when another program
    holds the file, NotALedger when the file is found damaged, and every write LedgerUnwritable
    when the disk is full or read-only: then nothing was changed.
    """

    def add_episode(self, episode: Episode, *, by: str) -> Episode:
        """Keep a new episode under its number.

        Raises:
            EpisodeExists: the number is another episode's.
        """
        with self._write():
            if any(known.number == episode.number for known in self.episodes()):
                raise EpisodeExists(episode.number)
            return self.save_episode(episode, by=by)

    def save_episode(self, episode: Episode, *, by: str) -> Episode:
        """Keep *episode* under its number, new or changed."""
        facts = episode_facts(episode)
        with self._write() as db:
            if facts_of(db, TABLES["episodes"], episode.number) is None:
                self._changes.add("episodes", {"number": episode.number} | facts, by)
            else:
                self._changes.change("episodes", episode.number, facts, by)
        return self.episode(episode.number)

    def episode(self, number: int) -> Episode:
        """Return one episode.

        Raises:
            EpisodeNotFound: no episode has this number.
        """
        with self._read() as db:
            found = reading.episodes(db, number)
        if not found:
            raise EpisodeNotFound(number)
        return found[0]

    def episodes(self) -> list[Episode]:
        """Return all episodes, newest first."""
        with self._read() as db:
            return reading.episodes(db)

    def add_call(self, new: NewCall, *, by: str) -> Call:
        """File a call and return it with its id.

        Raises:
            EpisodeNotFound: its episode is not in the ledger.
        """
        with self._write():
            call_id = self._changes.add("calls", new_call_facts(new), by)
        return self.call(call_id)

    def call(self, call_id: int) -> Call:
        """Return one call.

        Raises:
            CallNotFound: no call has this id, or its adding was taken back.
        """
        with self._read() as db:
            found = reading.calls(db, ALL_CALLS, call_id)
        if not found:
            raise CallNotFound(call_id)
        return found[0]

    def calls(self, query: CallQuery = ALL_CALLS) -> list[Call]:
        """Return the calls that *query* selects, newest first."""
        with self._read() as db:
            return reading.calls(db, query)

    def earlier_calls(self, phone: str, *, limit: int = 50) -> list[Call]:
        """Return the calls from a number, however it is written, newest first."""
        with self._read() as db:
            return reading.calls_from(db, phone, limit)

    def save_call(self, call: Call, *, by: str) -> Call:
        """Keep *call*; the differences from what the ledger has become history.

        Every field is written: pass on a call that was just read.

        Raises:
            CallNotFound: no call has this id.
            EpisodeNotFound: its episode is not in the ledger.
        """
        with self._write():
            self.call(call.id)
            self._changes.change("calls", call.id, call_facts(call), by)
        return self.call(call.id)

    def set_state(self, call_id: int, state: CallState, *, at: datetime, by: str) -> Call:
        """Move a call to *state*, in which it is since *at*.

        Raises:
            CallNotFound: no call has this id.
            StepNotAllowed: the desk's rules forbid the step.
        """
        with self._write():
            present = self.call(call_id).state
            if not present.may_become(state):
                raise StepNotAllowed(present.value, state.value)
            moved: Facts = {"state": state.value, "state_since": moment_text(at)}
            self._changes.change("calls", call_id, moved, by)
        return self.call(call_id)

    def add_question(self, new: NewQuestion, *, by: str) -> Question:
        """File a question under the next number of its series.

        The series is that of its episode and the episode's year (GHFL-2026-190-03), outside an
        episode that of the month (GHFL-2026-M11-007).

        Raises:
            CallNotFound: its call is not in the ledger.
            EpisodeNotFound: its episode is not in the ledger.
        """
        with self._write():
            question_id = self._changes.add("questions", new_question_facts(new), by)
        return self.question(question_id)

    def question(self, question_id: int) -> Question:
        """Return one question.

        Raises:
            QuestionNotFound: no question has this id, or its adding was taken back.
        """
        with self._read() as db:
            found = reading.one_question(db, "id", question_id)
        if found is None:
            raise QuestionNotFound(str(question_id))
        return found

    def question_numbered(self, number: str) -> Question:
        """Return the question with this 台账编号, however its letters are typed.

        Raises:
            QuestionNotFound: no question has this number, or its adding was taken back.
        """
        with self._read() as db:
            found = reading.one_question(db, "number", as_written(number))
        if found is None:
            raise QuestionNotFound(number)
        return found

    def questions(self, query: QuestionQuery = ALL_QUESTIONS) -> list[Question]:
        """Return the questions that *query* selects.

        An episode's, a call's or a take's are in the order of their numbers; else the newest day
        comes first, in the order of the numbers within it.
        """
        with self._read() as db:
            return reading.questions(db, query)

    def save_question(self, question: Question, *, by: str) -> Question:
        """Keep *question*; the differences from what the ledger has become history.

        Every field is written but number and caller, who is the call's: pass on a question that
        was just read.

        Raises:
            CallNotFound: its call is not in the ledger.
            EpisodeNotFound: its episode is not in the ledger.
            QuestionNotFound: no question has this id.
        """
        with self._write():
            self.question(question.id)
            self._changes.change("questions", question.id, question_facts(question), by)
        return self.question(question.id)

    def history(self, table: str, row_id: int) -> list[HistoryEntry]:
        """Return what happened to a record of episodes, calls, questions or edits, oldest first."""
        with self._read() as db:
            return history.entries(db, table, row_id)

    def undo(
        self,
        *,
        by: str,
        since: datetime | None = None,
        on_progress: Callable[[int, int], None] = unwatched,
    ) -> str:
        """Take back the newest change by *by* that still stands, not older than *since*.

        Fields that somebody has changed since then stay as they are now; a deed on a case is taken
        back whole or, where another has followed it, not at all. A record whose adding is taken
        back keeps its number and leaves the lists. *on_progress* is told how many records of how
        many are laid back; what it raises leaves everything as it was.

        Returns:
            What was taken back, in words: ``问题 GHFL-2026-190-03：问题类别``.

        Raises:
            CaseChangedSince: it holds a deed on a case that others have gone on from.
            NothingToUndo: there is no such change.
            QuestionInCase: it added a question on which a case hangs that stays.
            LaterMonthClosed: it closed a month before another that is closed.
        """
        with self.together():
            restored = undoing.restorable(self._db, by, since)
            for done, ((table, row_id), facts) in enumerate(restored.records.items()):
                if done % _TOLD_EVERY == _TOLD_EVERY - 1:
                    on_progress(done, len(restored.records))
                self._changes.change(table, row_id, facts, by, undoes=restored.change_id)
        return restored.words
