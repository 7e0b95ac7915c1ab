"""Exact search in Chinese: every character is one token of SQLite's index, words are phrases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.search import SearchHit, holds, terms
from hotline_desk.ledger.connection import Row, row, rows
from hotline_desk.ledger.rows import from_stored, well_formed

if TYPE_CHECKING:
    from sqlite_utils import Database

_BOUNDARY = "xx"
"""A token that no character yields: phrases do not run across it."""

_QUESTION_AT = """
    SELECT number FROM questions JOIN answers ON answers.question_id = questions.id
    WHERE take = :take AND removed = 0 AND asked_start <= :middle
    AND coalesce(CASE WHEN answers.began IS NULL THEN asked_end ELSE answers.ended END, :middle)
        >= :middle
    ORDER BY asked_start DESC LIMIT 1
"""


def spaced(*texts: str) -> str:
    """Return *texts* as they are indexed, for example ``工 资 3 5`` for 工资35.

    The tokeniser passes over punctuation, blanks, new characters and the like; those are spelled
    by their code point, so that every character can be found.
    """
    return f" {_BOUNDARY} ".join(
        " ".join(map(_token, well_formed(text).casefold())) for text in texts
    )


def phrases(words: str) -> str:
    """Return *words* as a question to the index; empty if there is nothing to look for."""
    return " ".join(f'"{spaced(term)}"' for term in terms(words))


def find(db: Database, words: str, limit: int) -> list[SearchHit]:
    """Return the passages that hold *words*, newest first.

    A question is not told beside an utterance of its own.
    """
    asked = phrases(words)
    if not asked:
        return []
    spoken = _utterances(db, asked, limit)
    told = {hit.question for _, hit in spoken}
    written = [
        found for found in _questions(db, asked, words, limit) if found[1].question not in told
    ]
    newest = sorted(spoken + written, key=lambda found: found[0], reverse=True)
    return [hit for _, hit in newest[:limit]]


def _token(character: str) -> str:
    if "一" <= character <= "龥" or (character.isascii() and character.isalnum()):
        return character
    return f"x{ord(character):x}"


def _utterances(db: Database, asked: str, limit: int) -> list[tuple[str, SearchHit]]:
    found = rows(
        db,
        "SELECT u.take, u.line, u.began, u.ended, coalesce(edits.text, u.text) AS text, episode,"
        " started_at FROM utterances_fts CROSS JOIN utterances AS u ON u.id = utterances_fts.rowid"
        " JOIN takes ON takes.folder = u.take LEFT JOIN edits ON edits.take = u.take"
        " AND edits.line = u.line AND edits.began = u.began AND edits.removed = 0"
        " WHERE utterances_fts MATCH ? ORDER BY utterances_fts.rowid DESC LIMIT ?",
        (asked, limit),
    )
    return [(_moment(hit), _utterance_hit(db, hit)) for hit in found]


def _utterance_hit(db: Database, found: Row) -> SearchHit:
    middle = (found["began"] + found["ended"]) / 2
    question = row(db, _QUESTION_AT, {"take": found["take"], "middle": middle})
    return SearchHit(
        episode=found["episode"],
        take=found["take"],
        line=found["line"],
        start=found["began"],
        end=found["ended"],
        text=found["text"],
        question=question["number"] if question else "",
    )


@from_stored
def _moment(found: Row) -> str:
    if found["started_at"] is None:
        return ""
    started = datetime.fromisoformat(found["started_at"])
    return (started + timedelta(seconds=found["began"])).isoformat(timespec="seconds")


def _questions(db: Database, asked: str, words: str, limit: int) -> list[tuple[str, SearchHit]]:
    found = rows(
        db,
        "SELECT number, at, episode, take, point, questions.text, answers.text AS answer,"
        " asked_line, asked_start, asked_end, answers.line, answers.began, answers.ended"
        " FROM questions_fts CROSS JOIN questions ON questions.id = questions_fts.rowid"
        " JOIN answers ON answers.question_id = questions.id"
        " WHERE questions_fts MATCH ? AND removed = 0 ORDER BY questions_fts.rowid DESC LIMIT ?",
        (asked, limit),
    )
    return [(hit["at"], _question_hit(hit, words)) for hit in found]


def _question_hit(found: Row, words: str) -> SearchHit:
    """Return the hit with the one text that holds the words, or with all of them."""
    texts = [found["text"], found["point"], found["answer"]]
    text = next((text for text in texts if holds(text, words)), "\n".join(filter(None, texts)))
    answered = text == found["answer"] and found["line"] is not None
    line, start, end = (
        (found["line"], found["began"], found["ended"])
        if answered
        else (found["asked_line"], found["asked_start"], found["asked_end"])
    )
    return SearchHit(
        episode=found["episode"],
        take=found["take"] or "",
        line=line or "",
        start=start or 0.0,
        end=end or start or 0.0,
        text=text,
        question=found["number"],
    )
