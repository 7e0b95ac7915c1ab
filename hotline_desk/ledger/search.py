"""Exact search in Chinese: every character is one token of SQLite's index, words are phrases."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hotline_desk.domain import amounts
from hotline_desk.domain.search import SearchHit, holds, terms
from hotline_desk.ledger.connection import Row, row, rows
from hotline_desk.ledger.rows import from_stored, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_BOUNDARY = "xx"
"""A token that no character yields: phrases do not run across it."""

_NUMBER_PART = re.compile(r"GHFL-?|(?=.*\d)(?=.*-)[GHFLM\d-]+", re.IGNORECASE)
"""What is looked for in 台账编号 as well: a number, or a part of one with a hyphen in it."""
_PHONE_PART = re.compile(r"\+?\d(?:[- ]?\d){3,}")
"""What is looked for in telephone numbers as well: four digits or more."""

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
    """Return *words* as a question to the index; empty if there is nothing to look for.

    For an amount the index is asked for all its writings: what it finds has to be looked at with
    :func:`hotline_desk.domain.search.holds`.
    """
    return " AND ".join(map(_phrase, terms(words)))


def question_conditions(words: str) -> Iterator[tuple[str, list[Any]]]:
    """Yield for each term of *words* which ids of questions it chooses, and the values for that.

    A term is looked for in Point, text and answer, in 台账编号, in the amount, and in what is
    known of the caller: name with 称呼, telephone number, employer.
    """
    for term in terms(words):
        places = list(_places(term))
        chosen = " UNION ALL ".join(sql for sql, _ in places)
        yield f"IN ({chosen})", [value for _, values in places for value in values]


def _places(term: str) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield where *term* may stand: a choice of ids, and its values."""
    fen = amounts.fen(term)
    if fen is None:
        yield "SELECT rowid FROM questions_fts WHERE questions_fts MATCH ?", (_phrase(term),)
    else:
        yield (
            "SELECT id FROM questions_fts JOIN questions ON id = questions_fts.rowid"
            " JOIN answers ON question_id = id WHERE questions_fts MATCH ?"
            " AND holds(point || char(10) || questions.text || char(10) || answers.text, ?)",
            (_phrase(term), term),
        )
        yield "SELECT id FROM questions WHERE amount_fen = ?", (fen,)
    if _NUMBER_PART.fullmatch(term):
        yield "SELECT id FROM questions WHERE instr(number, ?)", (term.upper(),)
    folded = term.casefold()
    yield "SELECT id FROM questions WHERE instr(lower(employer), ?)", (folded,)
    yield (
        "SELECT questions.id FROM calls JOIN questions ON call_id = calls.id"
        " WHERE instr(lower(calls.employer), ?)",
        (folded,),
    )
    yield (
        "SELECT questions.id FROM people JOIN calls ON person_id = people.id"
        " JOIN questions ON call_id = calls.id WHERE instr(lower(name || title), ?)",
        (folded,),
    )
    if _PHONE_PART.fullmatch(term):
        yield (
            "SELECT questions.id FROM numbers JOIN calls ON number_id = numbers.id"
            " JOIN questions ON call_id = calls.id WHERE instr(digits, ?)",
            (phone_digits(term),),
        )


def find(db: Database, words: str, limit: int) -> list[SearchHit]:
    """Return the passages that hold *words*, newest first.

    A question is not told beside an utterance of its own.
    """
    if not terms(words):
        return []
    spoken = _utterances(db, words, limit)
    told = {hit.question for _, hit in spoken}
    written = [found for found in _questions(db, words, limit) if found[1].question not in told]
    newest = sorted(spoken + written, key=lambda found: found[0], reverse=True)
    return [hit for _, hit in newest[:limit]]


def _phrase(term: str) -> str:
    fen = amounts.fen(term)
    ways = dict.fromkeys([term, *(amounts.writings(fen) if fen is not None else ())])
    return f"({' OR '.join(_quoted(way) for way in ways)})"


def _quoted(words: str) -> str:
    return f'"{spaced(words)}"'


def _token(character: str) -> str:
    if "一" <= character <= "龥" or (character.isascii() and character.isalnum()):
        return character
    return f"x{ord(character):x}"


def _utterances(db: Database, words: str, limit: int) -> list[tuple[str, SearchHit]]:
    exact = all(amounts.fen(term) is None for term in terms(words))
    found = rows(
        db,
        "SELECT u.take, u.line, u.began, u.ended, coalesce(edits.text, u.text) AS text, episode,"
        " started_at FROM utterances_fts CROSS JOIN utterances AS u ON u.id = utterances_fts.rowid"
        " JOIN takes ON takes.folder = u.take LEFT JOIN edits ON edits.take = u.take"
        " AND edits.line = u.line AND edits.began = u.began AND edits.removed = 0"
        " WHERE utterances_fts MATCH ? AND (? OR holds(coalesce(edits.text, u.text), ?))"
        " ORDER BY utterances_fts.rowid DESC LIMIT ?",
        (phrases(words), exact, words, limit),
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


def _questions(db: Database, words: str, limit: int) -> list[tuple[str, SearchHit]]:
    chosen = list(question_conditions(words))
    conditions = " AND ".join(f"questions.id {sql}" for sql, _ in chosen)
    found = rows(
        db,
        "SELECT number, at, episode, take, point, questions.text, answers.text AS answer,"  # noqa: S608  ours
        " asked_line, asked_start, asked_end, answers.line, answers.began, answers.ended"
        " FROM questions JOIN answers ON answers.question_id = questions.id"
        f" WHERE removed = 0 AND {conditions} ORDER BY questions.id DESC LIMIT ?",
        [*(value for _, values in chosen for value in values), limit],
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


def phone_digits(phone: str) -> str:
    """Return what two ways of writing one number have in common."""
    digits = re.sub(r"\D", "", phone)
    mobile = digits.removeprefix("0086").removeprefix("86")
    return mobile if len(mobile) == 11 else digits
