"""The examination: is everything in the ledger as it was written?"""

from __future__ import annotations

import functools
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline_desk.domain import numbers
from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.casework.course import Course
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.errors import NotALedger
from hotline_desk.ledger import history, reading, schema
from hotline_desk.ledger.connection import rows, translated
from hotline_desk.ledger.given_numbers import given_numbers
from hotline_desk.ledger.registers import REGISTERS
from hotline_desk.ledger.rows import well_formed
from hotline_desk.ledger.search import indexed
from hotline_desk.ledger.tables import TABLES, every_facts
from hotline_desk.ledger.words import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlite_utils import Database

    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.ledger.connection import Row
    from hotline_desk.ledger.registers import Register


_LEFT_BEHIND = (
    (
        "SELECT letters.number AS title FROM letters JOIN cases ON cases.id = case_id"
        " WHERE letters.removed = 0 AND cases.removed = 1",
        "一函两书“{title}”所属的案件已经撤销，请把它改到别的案件，或者移出",
    ),
    (
        "SELECT item AS title FROM publications JOIN questions ON questions.id = question_id"
        " WHERE publications.removed = 0 AND questions.removed = 1",
        "发布记录“{title}”所说的问题已经撤销，请核对后改正或者移出",
    ),
    (
        "SELECT cases.number AS title FROM cases JOIN cases AS other"
        " ON other.id = cases.merged_into WHERE cases.removed = 0 AND other.removed = 1",
        "案件 {title} 并入的案件已经撤销，请撤销合并",
    ),
)
"""What belongs to something that was taken back, and the sentence that tells it."""


def _file(db: Database) -> Iterator[str]:
    for (told,) in db.conn.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield f"数据库文件有损坏：{told}"
    for name in schema.changed(db):
        yield f"{name} 的结构不是建立时的样子"


def _references(db: Database) -> Iterator[str]:
    for table, row_id, parent, _ in db.conn.execute("PRAGMA foreign_key_check"):
        yield f"{table} 表第 {row_id} 行指向的 {parent} 不存在"
    for found in rows(
        db,
        "SELECT number FROM questions LEFT JOIN answers ON question_id = id"
        " WHERE question_id IS NULL",
    ):
        yield f"问题 {found['number']} 缺少解答记录"


def _left_behind(db: Database) -> Iterator[str]:
    for select, sentence in _LEFT_BEHIND:
        for found in rows(db, select):
            yield sentence.format(title=found["title"])


def _cases(db: Database) -> Iterator[str]:
    for found in rows(
        db,
        "SELECT number FROM cases WHERE removed = 0 AND course != ?"
        " AND (finish != '' OR finished_on IS NOT NULL)",
        (Course.FINISHED,),
    ):
        yield f"案件 {found['number']} 还没有结案，却记着结案方式或日期，请核对后作废那一条结案"


def _records(db: Database) -> Iterator[str]:
    """Read every record: a value that the desk does not know stops the reading."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: reading.episodes(db),
        lambda: reading.calls(db, CallQuery()),
        lambda: reading.questions(db, QuestionQuery()),
        lambda: reading.cases(db, ["removed = 0"]),
        *(functools.partial(_read_register, db, register) for register in REGISTERS.values()),
    )
    for read in readers:
        try:
            read()
        except ValueError as error:
            yield f"有一条记录的内容认不出来：{error}"


def _read_register(db: Database, register: Register[Any]) -> None:
    for found in rows(db, register.select):
        register.of(found)


def _numbers(db: Database) -> Iterator[str]:
    for series, present, last in _with_gaps(db, "questions", "series"):
        yield f"台账编号 {numbers.QUESTION}-{series} 有缺号：共 {present} 条，最大 {last} 号"
    for year, present, last in _with_gaps(db, "cases", "year"):
        yield f"案件编号 {numbers.CASE}-{year} 有缺号：共 {present} 件，最大 {last} 号"
    for found in rows(
        db,
        "SELECT number, series, sequence FROM questions"
        " WHERE number NOT IN (?1 || '-' || series || '-' || printf('%02d', sequence),"
        " ?1 || '-' || series || '-' || printf('%03d', sequence))",
        (numbers.QUESTION,),
    ):
        yield f"台账编号 {found['number']} 与它的序号 {found['sequence']} 不符"


def _with_gaps(db: Database, table: str, series: str) -> Iterator[tuple[str, int, int]]:
    """Yield each series in which a number was left out by the desk, how many it has, and the last.

    What came in under a number of its own may lie anywhere; the desk goes on behind the last.
    """
    given = given_numbers(db, table)
    every = f"SELECT id, {series}, sequence, number FROM {table} ORDER BY id"  # noqa: S608  ours
    numbers = [
        (row_id, _series_of(number, name), sequence)
        for row_id, name, sequence, number in db.conn.execute(every)
    ]
    present = Counter(name for _, name, _ in numbers)
    held = {(name, sequence) for _, name, sequence in numbers}
    last: dict[str, int] = {}
    gaps = set()
    for row_id, name, sequence in numbers:
        before = last.get(name, 0)
        # one that was given, taken back and given anew has come to lie behind those after it
        if row_id not in given and (
            sequence <= before
            or any((name, each) not in held for each in range(before + 1, sequence))
        ):
            gaps.add(name)
        last[name] = max(sequence, before)
    for name in sorted(gaps):
        yield name, present[name], last[name]


def _series_of(number: str, name: str | int) -> str:
    """Return the series of a number, that of one set free too: it lies where it was given."""
    free = number.partition("-")[2].rpartition("-")[0]
    return free.partition("~")[0] if "~" in free else str(name)


def _index(db: Database) -> Iterator[str]:
    try:
        yield from _unlike_content(db.conn)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
        # this check changes nothing, but SQLite lets it begin only where it could
        with closing(sqlite3.connect(":memory:")) as copied:
            db.conn.backup(copied)
            yield from _unlike_content(copied)


def _unlike_content(connection: sqlite3.Connection) -> Iterator[str]:
    for index, name in schema.SEARCHED_BY.items():
        try:
            connection.execute(
                f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608  ours
            )
        except sqlite3.DatabaseError as error:
            # an index in a format that it does not know is plain ERROR to SQLite
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}:
                raise
            yield f"{name}的检索与内容不符，请用 doctor --rebuild 重建"


def _searched(db: Database) -> Iterator[str]:
    if any(
        _is_stale(found, found["text"])
        for found in db.query(
            "SELECT searched, initials, coalesce(edits.text, utterances.text) AS text"
            " FROM utterances LEFT JOIN edits USING (take, line, began)"
            " WHERE coalesce(edits.removed, 0) = 0"
        )
    ):
        yield "字幕的检索与文字不符，请用 doctor --rebuild 重建"
    if any(
        _is_stale(found, found["point"], found["text"], found["answer"])
        for found in db.query(
            "SELECT searched, initials, point, questions.text, answers.text AS answer"
            " FROM questions JOIN answers ON question_id = id"
        )
    ):
        yield "问题的检索与文字不符，请用 doctor --rebuild 重建"


def _is_stale(found: Row, *texts: str) -> bool:
    return any(found[column] != value for column, value in indexed(*texts).items())


def _as_history_tells(db: Database) -> Iterator[str]:
    for table in TABLES.values():
        present = dict(every_facts(db, table))
        for row_id, told in history.told_facts(db, table.name):
            facts = present.pop(row_id, None)
            if facts is None:
                yield f"{table.words(db, row_id)}不见了，历史里有它"
            elif changed := [name for name in facts if told.get(name, facts[name]) != facts[name]]:
                fields = "、".join(FIELD_WORDS.get(name, name) for name in changed)
                yield f"{table.words(db, row_id)}与历史不符：{fields}"
        for row_id in present:
            yield f"{table.words(db, row_id)}没有历史"


def caption_faults(heard: Iterable[Utterance], copied: Iterable[Utterance]) -> list[str]:
    """Return what is wrong with the copies of a take's captions: line, times and text.

    Args:
        heard: the take's captions as they stand in its folder; they may go on after the copies.
        copied: all that the ledger has of them, as ``Ledger.utterances(take, start=-math.inf)``.
    """
    captions: dict[tuple[str, float], tuple[float, str]] = {}
    for utterance in heard:
        line, text = well_formed(utterance.line), well_formed(utterance.text)
        captions.setdefault((line, utterance.start), (utterance.end, text))
    unlike = sum(captions.get((copy.line, copy.start)) != (copy.end, copy.text) for copy in copied)
    return [f"台账里有 {unlike} 句字幕与录音里的不符，请用 doctor --rebuild 重建"] if unlike else []


def _to_the_end(check: Callable[[Database], Iterator[str]]) -> Callable[[Database], list[str]]:
    """Have damage that stops *check* be one more fault, beside those found before it."""

    @functools.wraps(check)
    def checked(db: Database) -> list[str]:
        path = Path(db.execute("PRAGMA database_list").fetchone()[2])
        found: list[str] = []
        try:
            with translated(path):
                found.extend(check(db))
        except NotALedger:
            found.append("有损坏的内容，读不下去")
        return found

    return checked


CHECKS: dict[str, Callable[[Database], list[str]]] = {
    name: _to_the_end(check)
    for name, check in {
        "台账文件": _file,
        "关联": _references,
        "归属": _left_behind,
        "结案": _cases,
        "记录": _records,
        "编号": _numbers,
        "检索": _index,
        "检索文字": _searched,
        "历史": history.faults,
        "与历史相符": _as_history_tells,
    }.items()
}
"""What is examined, by its name; each yields a sentence for a fault."""
