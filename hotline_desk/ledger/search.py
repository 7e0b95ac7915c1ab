"""Exact search in Chinese: every character is one token of SQLite's index, words are phrases.

Small Latin letters are looked for among pinyin initials, in an index of three letters a token.
"""

from __future__ import annotations

import json
import re
import string
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hotline_desk.domain import amounts
from hotline_desk.domain.initials import NONE, is_initials, lettered
from hotline_desk.domain.phones import numbers_in
from hotline_desk.domain.search import SearchHit, holds, terms
from hotline_desk.ledger.connection import Row, row, rows
from hotline_desk.ledger.rows import from_stored, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

_BOUNDARY = "xx"
"""A token that no character yields: phrases do not run across it."""

_NUMBER_PART = re.compile(r"GHFL-?|(?=.*\d)(?=.*-)[GHFLM\d-]+", re.IGNORECASE)
"""What is looked for in 台账编号 as well: a number, or a part of one with a hyphen in it."""
_EPISODE = re.compile(r"\d{1,4}", re.ASCII)
"""What may be 期号."""
_CASE_PART = re.compile(r"AJ-?|(?=.*\d)(?=.*-)[AJ\d-]+", re.IGNORECASE)
"""The same for the numbers of cases."""
_PHONE_PART = re.compile(r"\+?\d(?:[- ]?\d){3,}")
"""What is looked for in telephone numbers as well: four digits or more."""
_ONE_NUMBER = 11
"""Digits; a field with more of them may hold several numbers, or an extension."""
_NAMES = (
    ("questions.id FROM questions", "employer"),
    ("questions.id FROM calls CROSS JOIN questions ON call_id = calls.id", "calls.employer"),
    ("question_id FROM answers", "answered_by"),
)
"""Where 单位 and 解答人 stand: of what the question is told, and the column."""
_OTHER_NUMBER = re.compile(r"(?=.*\d).{4,}", re.ASCII)
"""What may be 外部工单号, or a part of one."""
_OTHERS = (
    ("questions.id FROM questions", "questions.external_number"),
    ("questions.id FROM cases CROSS JOIN questions ON case_id = cases.id", "cases.external_number"),
)
"""Where 外部工单号 stands, in the same way."""
_LETTER = re.compile("[A-Za-z]")
_LONG = 1_000
"""Characters of a term that is no part of a name."""

Choice = tuple[str, list[Any]]
"""SQL that selects the ids of questions, and its values."""

_TEXTS = "point || char(10) || questions.text || char(10) || answers.text"
_HOLDS = f"holds({_TEXTS}, ?)"
_QUESTION = (
    "SELECT number, at, episode, take, point, questions.text, answers.text AS answer,"
    " asked_line, asked_start, asked_end, answers.line, answers.began, answers.ended"
    " FROM {} JOIN answers ON answers.question_id = questions.id"
)
_FOUND = "{0} CROSS JOIN questions ON questions.id = {0}.rowid"
"""In this order: the index first, so that it stops at the limit."""
_TOKEN = 3
"""Letters a token in the index of initials."""

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


def indexed(*texts: str) -> dict[str, str]:
    """Return the columns by which a row with *texts* is found."""
    texts = tuple(map(well_formed, texts))
    return {"searched": spaced(*texts), "initials": lettered(*texts)}


def question_choices(words: str) -> Iterator[Choice]:
    """Yield for each term of *words* the choice of the questions that hold it.

    A term is looked for in Point, text and answer, in 台账编号, 期号, 外部工单号 and the number of
    its case, in the amount, in 单位 and 解答人, and in what is known of the caller: name with 称呼,
    number and 单位.
    """
    for term in terms(words):
        yield _either([_in_text(term), *_in_record(term)])


def _either(choices: Sequence[Choice]) -> Choice:
    return (
        " UNION ALL ".join(sql for sql, _ in choices),
        [value for _, values in choices for value in values],
    )


def _in_text(term: str) -> Choice:
    if is_initials(term):  # letters that stand there as they are, are found among them
        found = _FOUND.format("questions_initials")
        holding = "questions_initials MATCH ? AND instr(questions.initials, ?)"
        return f"SELECT id FROM {found} WHERE {holding}", [_letters(term), term]  # noqa: S608  ours
    if amounts.fen(term) is None:
        return "SELECT rowid FROM questions_fts WHERE questions_fts MATCH ?", [_phrase(term)]
    return (
        f"SELECT id FROM {_FOUND.format('questions_fts')} JOIN answers ON question_id = id"  # noqa: S608  our own names
        f" WHERE questions_fts MATCH ? AND {_HOLDS}",
        [_phrase(term), term],
    )


def _in_record(term: str) -> Iterator[Choice]:
    fen = amounts.fen(term)
    if fen is not None:
        yield "SELECT id FROM questions WHERE amount_fen = ?", [fen]
    if _EPISODE.fullmatch(term):
        yield "SELECT id FROM questions WHERE removed = 0 AND episode = ?", [int(term)]
    if _NUMBER_PART.fullmatch(term):
        yield "SELECT id FROM questions WHERE instr(number, ?)", [term.upper()]
    if _CASE_PART.fullmatch(term):
        yield (
            "SELECT questions.id FROM cases CROSS JOIN questions ON case_id = cases.id"
            " WHERE cases.removed = 0 AND instr(cases.number, ?)",
            [term.upper()],
        )
    if _PHONE_PART.fullmatch(term):
        yield (
            "SELECT questions.id FROM numbers CROSS JOIN calls ON number_id = numbers.id"
            " CROSS JOIN questions ON call_id = calls.id WHERE instr(digits, ?)",
            [phone_digits(term)],
        )
    else:
        yield (
            "SELECT questions.id FROM people CROSS JOIN calls ON person_id = people.id"
            " CROSS JOIN questions ON call_id = calls.id"
            " WHERE name || title <> '' AND instr(name || title, ?)",
            [term],
        )
    yield from _standing_in(_NAMES, term)
    if _OTHER_NUMBER.fullmatch(term):
        yield from _standing_in(_OTHERS, term)


def _standing_in(columns: Sequence[tuple[str, str]], term: str) -> Iterator[Choice]:
    """Yield the choices of the questions in one of whose *columns* a term stands.

    Each looks through an index of that column alone, in which nothing is empty.
    """
    # instr is the fastest and knows no capitals; LIKE has signs of its own, and a longest pattern
    if not _LETTER.search(term):
        held = "instr({0}, ?)"
    elif term.isalnum() and len(term) < _LONG:
        held = "{0} LIKE '%' || ? || '%'"
    else:
        held = "instr(lower({0}), lower(?))"
    for told, name in columns:
        yield f"SELECT {told} WHERE {name} <> '' AND {held.format(name)}", [term]


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


def _letters(term: str) -> str:
    """Return initials as a question to their index: it finds what holds all their tokens."""
    if len(term) < _TOKEN:  # what comes next may be anything
        return " OR ".join(f'"{term}{letter}"' for letter in string.ascii_lowercase + NONE)
    tokens = (term[at : at + _TOKEN] for at in range(len(term) - _TOKEN + 1))
    return " AND ".join(f'"{token}"' for token in tokens)


def _asked(words: str, table: str, texts: str) -> tuple[str, str, list[Any]]:
    """Return which index of *table* is asked for *words*, the conditions, and their values.

    The index of characters goes first; initials beside other words are looked for in what it
    finds. *texts* is the SQL of what the row holds, for the ways of writing an amount.
    """
    spelled = [term for term in terms(words) if is_initials(term)]
    rest = " ".join(term for term in terms(words) if not is_initials(term))
    if rest:
        index, match = f"{table}_fts", phrases(rest)
    else:
        index = f"{table}_initials"
        match = " AND ".join(f"({_letters(term)})" for term in spelled)
    exact = all(amounts.fen(term) is None for term in terms(rest))
    conditions = [f"{index} MATCH ?", f"(? OR holds({texts}, ?))"]
    conditions += [f"instr({table}.initials, ?)"] * len(spelled)
    return index, " AND ".join(conditions), [match, exact, rest, *spelled]


def _token(character: str) -> str:
    if "一" <= character <= "龥" or (character.isascii() and character.isalnum()):
        return character
    return f"x{ord(character):x}"


def _utterances(db: Database, words: str, limit: int) -> list[tuple[str, SearchHit]]:
    text = "coalesce(edits.text, utterances.text)"
    index, conditions, values = _asked(words, "utterances", text)
    found = rows(
        db,
        "SELECT utterances.take, utterances.line, utterances.began, utterances.ended,"  # noqa: S608  our own names
        f" {text} AS text, episode, started_at FROM {index}"
        f" CROSS JOIN utterances ON utterances.id = {index}.rowid"
        " JOIN takes ON takes.folder = utterances.take LEFT JOIN edits"
        " ON edits.take = utterances.take AND edits.line = utterances.line"
        " AND edits.began = utterances.began AND edits.removed = 0"
        f" WHERE {conditions} ORDER BY {index}.rowid DESC LIMIT ?",
        (*values, limit),
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
    """Return the questions that hold *words* in their texts, or some of them in their record."""
    index, conditions, values = _asked(words, "questions", _TEXTS)
    found = rows(
        db,
        f"{_QUESTION.format(_FOUND.format(index))} WHERE {conditions} AND removed = 0"
        f" ORDER BY {index}.rowid DESC LIMIT ?",
        (*values, limit),
    )
    recorded = "questions.id IN (SELECT value FROM json_each(?))"
    each = f"{_QUESTION.format('questions')} WHERE {recorded} AND removed = 0"
    found += rows(db, each, [json.dumps(_recorded(db, words, limit))])
    told = {hit["number"]: hit for hit in found}
    return [(hit["at"], _question_hit(hit, words)) for hit in told.values()]


def _recorded(db: Database, words: str, limit: int) -> list[int]:
    """Return the newest questions that hold one of *words* in their record, and all of them."""
    parts = terms(words)
    records = [_either(list(_in_record(term))) for term in parts]
    texts = [_in_text(term) for term in parts] if len(parts) > 1 else []
    each = [f"record{at}" for at in range(len(parts))]
    looked = ", ".join(
        f"{name} (id) AS MATERIALIZED ({sql})" for name, (sql, _) in zip(each, records, strict=True)
    )
    some = " UNION ALL ".join(f"SELECT id FROM {name}" for name in each)  # noqa: S608  ours
    every = "".join(
        f" AND id IN ({sql} UNION ALL SELECT id FROM {name})"  # noqa: S608  ours
        for name, (sql, _) in zip(each, texts, strict=False)
    )
    found = rows(
        db,
        f"WITH {looked} SELECT DISTINCT id FROM ({some}) WHERE true{every}"  # noqa: S608  ours
        " ORDER BY id DESC LIMIT ?",
        [*(value for _, values in (*records, *texts) for value in values), limit],
    )
    return [each["id"] for each in found]


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


def number_ids(db: Database, phones: Iterable[str]) -> list[int]:
    """Return the ids of the numbers that are any of *phones*, or one of several in a field."""
    wanted = {phone_digits(each) for phone in phones for each in numbers_in(phone)} - {""}
    alike = rows(
        db,
        "SELECT id, phone, digits FROM numbers WHERE digits IN (SELECT value FROM json_each(?))"
        " UNION SELECT id, phone, digits FROM numbers WHERE length(digits) > ?",
        [json.dumps(sorted(wanted)), _ONE_NUMBER],
    )
    return [
        each["id"]
        for each in alike
        if each["digits"] in wanted
        or not wanted.isdisjoint(map(phone_digits, numbers_in(each["phone"])))
    ]


def phone_digits(phone: str) -> str:
    """Return what two ways of writing one number have in common."""
    digits = re.sub(r"\D", "", phone)
    mobile = digits.removeprefix("0086").removeprefix("86")
    return mobile if len(mobile) == 11 else digits
