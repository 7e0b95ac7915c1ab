"""Plan an import: read a file, ask the ledger what it has of it, say what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.deletions import Deletion, DeletionPlan, blurred
from hotline_desk.domain.importing.headings import find_tables
from hotline_desk.domain.importing.known import Known
from hotline_desk.domain.importing.plan import ImportPlan, settle
from hotline_desk.domain.importing.reading import Incoming, read_incoming
from hotline_desk.domain.progress import never, unwatched
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import TableEmpty, TextEmpty
from hotline_desk.reports.incoming import read_sheets
from hotline_desk.reports.incoming_text import pasted_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.importing.plan import Place
    from hotline_desk.domain.importing.tables import Matching, Table
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.ledger import Ledger


PASTED = "粘贴的内容"
"""What the table of a pasted text is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an office's rows are read by."""

    union: str
    calendar: Calendar
    limits: Limits


def open_tables(path: Path, *, cancelled: Callable[[], bool] = never) -> tuple[Table, ...]:
    """Return the tables of a file.

    Raises:
        Cancelled: somebody asked for the work to stop.
        TableError: the file is none, or none of its sheets has headings that are known.
    """
    tables = find_tables(read_sheets(path, cancelled=cancelled))
    if not tables or not any(table.rows for table in tables):
        raise TableEmpty(path)
    return tables


def paste_tables(text: str) -> tuple[Table, ...]:
    """Return the tables of pasted text: cells of a spreadsheet, or the lines of a work order.

    Raises:
        TextEmpty: there is nothing in it that could be a row.
    """
    tables = find_tables([pasted_sheet(text, PASTED)])
    if not tables or not tables[0].rows:
        raise TextEmpty
    return tables


def read_rows(
    tables: Sequence[Table],
    matching: Matching,
    rules: Rules,
    *,
    on_progress: Callable[[int, int], None] = unwatched,
    cancelled: Callable[[], bool] = never,
) -> Incoming:
    """Return what the rows of *tables* say; needs no ledger.

    Raises:
        Cancelled: somebody asked for the work to stop.
    """
    return read_incoming(
        tables, matching, union=rules.union, on_progress=on_progress, cancelled=cancelled
    )


def plan(
    ledger: Ledger,
    incoming: Incoming,
    rules: Rules,
    *,
    left_out: frozenset[Place] = frozenset(),
) -> ImportPlan:
    """Return what an import of *incoming* comes to; the ledger is read only."""
    return settle(
        incoming,
        known(ledger, incoming, rules),
        on=studio_now().date(),
        calendar=rules.calendar,
        limits=rules.limits,
        left_out=left_out,
    )


def plan_without(ledger: Ledger, incoming: Incoming, rules: Rules) -> ImportPlan:
    """Return the plan that leaves out whatever rows stand in the way."""
    found = plan(ledger, incoming, rules)
    while more := found.can_be_left_out - found.left_out:
        found = plan(ledger, incoming, rules, left_out=found.left_out | more)
    return found


def known(ledger: Ledger, incoming: Incoming, rules: Rules) -> Known:
    """Return what the ledger has of the numbers in a file, and which units are registered."""
    numbers = {row.question.number for row in incoming.questions if row.question.number}
    numbers |= {number for row in incoming.cases for number in row.questions}
    external = {row.question.external_number for row in incoming.questions} - {""}
    keys = {row.key for row in incoming.cases} | {row.case_number for row in incoming.questions}
    keys |= {row.key for row in incoming.parties}
    alike = {
        (row.question.at.date(), row.question.point)
        for row in incoming.questions
        if not row.question.number and not row.question.external_number
    }
    questions = tuple(ledger.questions_known(numbers, external, alike))
    linked = [each.question for each in incoming.questions if each.is_case or each.case_number]
    names = {name for each in linked for name in (each.number, each.external_number)} - {""}
    points = {each.point for each in linked}
    cases = tuple(ledger.cases_known(keys - {""}))
    case_of = {
        question.id: case
        for question in questions
        if ({question.number, question.external_number} & names or question.point in points)
        and (case := ledger.case_of(question.id))
    }
    return Known(
        questions=questions,
        cases=cases,
        taken=ledger.numbers_taken(numbers | (keys - {""})),
        episodes=frozenset(episode.number for episode in ledger.episodes()),
        case_of=case_of,
        deleted=_deleted(ledger, incoming),
        units=(rules.union, *(point.name for point in ledger.kept(ServicePoint))),
    )


def _deleted(ledger: Ledger, incoming: Incoming) -> frozenset[str]:
    """Return what rows of *incoming* have in common with records whose persons were deleted."""
    marks = {row.mark for row in incoming.questions}
    marks |= {name for row in incoming.cases for name in (row.key, row.case.external_number)}
    gone: set[str] = set()
    for deletion in ledger.kept(Deletion):
        if came_as := frozenset(DeletionPlan.from_json(deletion.plan).came_as):
            gone |= {mark for mark in marks - {""} if blurred(mark, deletion.at) in came_as}
    return frozenset(gone)
