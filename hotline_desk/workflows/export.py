"""Export the ledger as the office's Excel 台账, or as CSV."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk import settings as office_settings
from hotline_desk.domain import sheets
from hotline_desk.domain.cases import CaseQuery
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.summary import DUMPED, REFUSED, printed_questions
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import CallNotFound, PeriodReversed, QuestionNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.reports.workbook import new_workbook, write_csv
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.summarise import dumped, is_refused, open_takes
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.sheets import Cell, Office
    from hotline_desk.domain.summary import PrintedQuestion
    from hotline_desk.paths import Workspace

_PAGE = 500
_EVERY = 10_000_000


def export(args: argparse.Namespace) -> Iterator[Line]:
    """Write the rows and cases received in a period to ``args.output``, masked unless internal.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        ExportUnwritable: the file cannot be written.
        LedgerError: the ledger cannot be opened or read.
        NoRoomForFile: the disk is full.
        PeriodReversed: it ends before it begins.
        WorkspaceNotFound: the place is no workspace.
    """
    if args.since and args.until and args.since > args.until:
        raise PeriodReversed(args.since, args.until)
    workspace = existing(args.workspace)
    settings = office_settings.load(workspace.settings)
    office = sheets.Office(
        unit=settings.union,
        internal=args.internal,
        on=studio_now().date(),
        calendar=read_calendar(workspace),
        limits=read_limits(settings),
    )
    path = args.output
    with Ledger.open(workspace.ledger) as ledger:
        source = Source(ledger, workspace, office, since=args.since, until=args.until)
        write = _write_csv if path.suffix.lower() == ".csv" else _write_workbook
        facts = write(path, source)
    words = f"{facts['questions']} 条问题" + (
        f"、{facts['cases']} 件案件" if facts["cases"] else ""
    )
    version = "内部版，未脱敏" if office.internal else "已脱敏"
    yield Line(f"已导出 {words}（{version}）→ {path}", {"written": str(path)} | facts)


class Source:
    """The rows of a period, read page by page: memory stays flat."""

    def __init__(
        self,
        ledger: Ledger,
        workspace: Workspace,
        office: Office,
        *,
        since: date | None,
        until: date | None,
    ) -> None:
        self.office, self.since, self.until = office, since, until
        self.drafts = workspace.root / "drafts"
        self._ledger = ledger
        self._workspace = workspace
        query = CaseQuery(since=since, until=until, limit=_EVERY)
        self.cases: list[Case] = ledger.cases(query)
        self._case_numbers = {
            question: case.number
            for case in ledger.cases(CaseQuery(limit=_EVERY))
            for question in case.questions
        }

    def question_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of 问题台账."""
        place, page = 0, 0
        while found := self._ledger.questions(
            QuestionQuery(since=self.since, until=self.until, limit=_PAGE, offset=page * _PAGE)
        ):
            page += 1
            for question, told in zip(found, self._printed(found), strict=True):
                place += 1
                yield sheets.question_row(
                    place,
                    question,
                    told,
                    call=self._call(question.call_id),
                    case_number=self._case_numbers.get(question.id, ""),
                    office=self.office,
                )

    def case_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of 案件台账."""
        for place, case in enumerate(self.cases, 1):
            questions = list(self._questions(case))
            # 案由 is a row's 诉求要点 at first: what may not be read there is not read here either
            hidden = {
                question.point: told.point
                for question, told in zip(questions, self._printed(questions), strict=True)
                if told.point in {DUMPED, REFUSED}
            }
            told_case = replace(case, matter=hidden.get(case.matter, case.matter))
            yield sheets.case_row(place, told_case, questions=questions, office=self.office)

    def party_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of 当事人明细."""
        for case in self.cases:
            yield from sheets.party_rows(case, office=self.office)

    def _questions(self, case: Case) -> Iterator[Question]:
        for each in case.questions:
            with suppress(QuestionNotFound):  # its adding was taken back
                yield self._ledger.question(each)

    def _printed(self, questions: Sequence[Question]) -> tuple[PrintedQuestion, ...]:
        """Return what may be read of *questions* in this version."""
        takes = open_takes({each.take for each in questions if each.take}, self._workspace)
        return printed_questions(
            questions,
            internal=self.office.internal,
            dumped={name: dumped(take) for name, take in takes.items() if take},
            refused=partial(is_refused, takes),
        )

    def _call(self, call_id: int | None) -> Call | None:
        if call_id is not None:
            with suppress(CallNotFound):  # its adding was taken back, the question stands
                return self._ledger.call(call_id)
        return None


def _write_workbook(path: Path, source: Source) -> dict[str, int]:
    with new_workbook(path, drafts=source.drafts) as book:
        questions = book.add_sheet(
            sheets.QUESTIONS, sheets.QUESTION_HEADINGS, source.question_rows()
        )
        cases = book.add_sheet(sheets.CASES, sheets.CASE_HEADINGS, source.case_rows())
        book.add_sheet(sheets.PARTIES, sheets.PARTY_HEADINGS, source.party_rows())
        notes = sheets.notes(source.office, since=source.since, until=source.until)
        book.add_notes(sheets.NOTES, notes)
    return {"questions": questions, "cases": cases}


def _write_csv(path: Path, source: Source) -> dict[str, int]:
    """Write 问题台账 alone: a CSV holds one sheet."""
    questions = write_csv(
        path, sheets.QUESTION_HEADINGS, source.question_rows(), drafts=source.drafts
    )
    return {"questions": questions, "cases": 0}
