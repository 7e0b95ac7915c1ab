"""All rows of the tables of a file, read: questions, cases, workers of cases, and the problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hotline_desk.domain.importing.case_words import CASE_ONLY
from hotline_desk.domain.importing.cases import (
    IncomingCase,
    IncomingParty,
    read_case,
    read_party,
)
from hotline_desk.domain.importing.questions import IncomingQuestion, read_question
from hotline_desk.domain.importing.rows import TableReader
from hotline_desk.domain.importing.tables import Problem, TableKind
from hotline_desk.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hotline_desk.domain.importing.rows import Row
    from hotline_desk.domain.importing.tables import Matching, Table

_TOLD_EVERY = 200
_NEEDED = {
    TableKind.QUESTIONS: (("接收日期", "接收时间"), ("来源渠道",), ("诉求要点", "问题原话")),
    TableKind.CASES: (("接收日期",),),
    TableKind.PARTIES: (("案件编号",), ("姓名",)),
}
"""Of each of these one column is needed, or a default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What the rows of a file say, before anybody asks the ledger."""

    questions: tuple[IncomingQuestion, ...]
    cases: tuple[IncomingCase, ...]
    parties: tuple[IncomingParty, ...]
    problems: tuple[Problem, ...]
    rows: int
    """How many rows were read."""
    unread: int = 0
    """How many wait until a column or a word stands for what each of them needs."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """By field, what was said to hold where they say nothing."""


class _Read:
    def __init__(self) -> None:
        self.questions: list[IncomingQuestion] = []
        self.cases: list[IncomingCase] = []
        self.parties: list[IncomingParty] = []
        self.problems: list[Problem] = []

    def row(self, row: Row, union: str) -> None:
        kind = row.reader.table.kind
        if kind is TableKind.PARTIES:
            party = read_party(row)
            self.parties += [party] if party else []
            return
        if kind is TableKind.QUESTIONS:
            question = read_question(row, union=union)
            self.questions += [question] if question else []
            if question is None or not question.is_case:
                return
        case = read_case(row, union=union)
        self.cases += [case] if case else []


def read_incoming(
    tables: Sequence[Table],
    matching: Matching,
    *,
    union: str,
    on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Incoming:
    """Return what the rows of *tables* say.

    Args:
        tables: of a file.
        matching: which column is which field, which word which of ours.
        union: the office's own name; rows of its own carry no 填报单位.
        on_progress: told how many rows of how many are read.
        cancelled: asked all the while.

    Raises:
        Cancelled: somebody asked for the work to stop.
    """
    read, done, unread = _Read(), 0, 0
    total = sum(len(table.rows) for table in tables)
    for table in tables:
        reader = TableReader(table, matching, read.problems)
        missing = list(_missing(reader))
        read.problems += missing
        if any(problem.blocks for problem in missing):
            unread += len(table.rows)
            continue
        for row in reader.rows():
            done += 1
            if done % _TOLD_EVERY == 0:
                on_progress(done, total)
                if cancelled():
                    raise Cancelled
            read.row(row, union)
        read.problems += _advice(table, read.questions)
    return Incoming(
        questions=tuple(read.questions),
        cases=tuple(read.cases),
        parties=tuple(read.parties),
        problems=tuple(read.problems),
        rows=done,
        unread=unread,
        defaults=matching.defaults,
    )


def _advice(table: Table, questions: Sequence[IncomingQuestion]) -> list[Problem]:
    """Return a reminder of the rows that say something of a case and are none, and of masked ones.

    Our own 脱敏版, and what some platforms export, has 138****5678 for a number.
    """
    own = [row for row in questions if row.table == table.name]
    callers = [row.question.caller for row in own]
    found = []
    if masked := sum("*" in each.name or "*" in each.phone for each in callers):
        words = (
            f"{masked:,} 行的姓名或电话是脱敏的，照原样记，以后打不通也认不出是谁；"
            "有没有脱敏的表，请用那一份"
        )
        found.append(_told(table, words))
    if rows := [row.case_words for row in own if row.case_words]:
        names = "、".join(name for name in CASE_ONLY if any(name in row for row in rows))
        words = (
            f"{len(rows):,} 行是当场答复的咨询，不立案，{names}记入备注；"
            "要立案的，把“类型”写成求决或投诉举报"
        )
        found.append(_told(table, words))
    return found


def _missing(reader: TableReader) -> list[Problem]:
    """Return what the table as a whole lacks, and what is odd about it."""
    table = reader.table
    lacking = [names for names in _NEEDED[table.kind] if not reader.has(*names)]
    found = [
        Problem(
            table=table.name,
            row=None,
            heading="",
            words=f"没有“{'”或“'.join(names)}”一列，请选出是哪一列，或写明一个值",
            field=names[0],
        )
        for names in lacking
    ]
    if table.kind is TableKind.QUESTIONS and not reader.has("问题类别"):
        found.append(_told(table, "没有“问题类别”一列，都先记为待定"))
    matched, below = set(reader.columns.values()), table.heading_row
    if merged := sum(row > below and at in matched for row, at in table.sheet.merged):
        words = f"有 {merged} 格是合并单元格的一部分，各行都按合并的值读"
        found.append(_told(table, words))
    if "录音位置" in reader.columns and any(row.has("录音位置") for row in reader.rows()):
        found.append(_told(table, "录音不在表格里，“录音位置”一列不导入"))
    return found


def _told(table: Table, words: str) -> Problem:
    return Problem(table=table.name, row=None, heading="", words=words, blocks=False)
