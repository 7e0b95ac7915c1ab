"""Export the ledger as the office's Excel 台账, or as CSV, one file a sheet."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk import settings as office_settings
from hotline_desk.domain import sheets
from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.casework.rounds import received_days
from hotline_desk.domain.exports import Exported, Request
from hotline_desk.domain.masked import masked_case, masked_parties, masked_question, named_in
from hotline_desk.domain.progress import never, unwatched
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.summary import DUMPED, REFUSED, printed_questions
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import Cancelled, PeriodReversed, QuestionNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.reports.workbook import new_workbook, write_csvs
from hotline_desk.workflows.accesses import note_access, reason_of, who_is_it
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.summarise import dumped, is_refused, open_takes
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hotline_desk.domain.calls import Caller
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.sheets import Cell, Office
    from hotline_desk.domain.summary import PrintedQuestion
    from hotline_desk.paths import Workspace

_PAGE = 200
_COUNTED = ("questions", "cases")
"""The first sheets, whose rows are counted."""


def export(args: argparse.Namespace) -> Iterator[Line]:
    """Write the rows and cases received in a period to ``args.output``, masked unless internal.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        ExportUnwritable: the file cannot be written.
        InternalWithoutReason: nobody says why it is not to be masked.
        LedgerError: the ledger cannot be opened or read.
        NoRoomForFile: the disk is full.
        PeriodReversed: it ends before it begins.
        WorkspaceNotFound: the place is no workspace.
    """
    if args.since and args.until and args.since > args.until:
        raise PeriodReversed(args.since, args.until)
    workspace = existing(args.workspace)
    settings = office_settings.load(workspace.settings)
    request = Request(
        path=args.output,
        internal=args.internal,
        query=QuestionQuery(since=args.since, until=args.until),
        who=who_is_it(settings),
        why=reason_of(args),
    )
    with Ledger.open(workspace.ledger) as ledger:
        done = export_ledger(ledger, workspace, settings, request)
    facts = {"written": str(done.path), "questions": done.questions, "cases": done.cases}
    yield Line(done.words, facts)


def export_ledger(
    ledger: Ledger,
    workspace: Workspace,
    settings: office_settings.Settings,
    request: Request,
    *,
    on_progress: Callable[[int, int], None] = unwatched,
    cancelled: Callable[[], bool] = never,
) -> Exported:
    """Write the file that *request* asks for, whole or not at all.

    Args:
        ledger: what is read.
        workspace: where the calendar and the takes lie.
        settings: the office's.
        request: what, where to and for whom.
        on_progress: told how many rows and cases of how many are written.
        cancelled: asked all the while; yes leaves no file.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        Cancelled: somebody asked for the work to stop.
        ExportUnwritable: the file cannot be written.
        NoRoomForFile: the disk is full.
    """
    office = sheets.Office(
        unit=settings.union,
        internal=request.internal,
        on=studio_now().date(),
        calendar=read_calendar(workspace),
        limits=read_limits(settings),
    )
    source = Source(ledger, workspace, office, request, on_progress, cancelled)
    if request.internal:  # first: whatever happens afterwards, no file is there without its note
        rows = f"{request.period}{f'（{request.what}）' if request.what else ''}"
        what = f"导出台账（内部版），{rows}，{source.questions} 条"
        note_access(ledger, what, who=request.who, why=request.why)
    write = _write_csv if request.path.suffix.lower() == ".csv" else _write_workbook
    facts = write(request.path, source)
    return Exported(path=request.path, internal=request.internal, **facts)


class Source:
    """The rows that are asked for, read page by page: memory stays flat."""

    def __init__(
        self,
        ledger: Ledger,
        workspace: Workspace,
        office: Office,
        request: Request,
        on_progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.office, self.query = office, request.query
        self.cancelled = cancelled
        self.drafts = workspace.drafts
        self._ledger = ledger
        self._workspace = workspace
        self._on_progress = on_progress
        ids = ledger.arranged(self.query).ids
        self._ids = sorted(ids) if self._of_one_series else list(ids)
        every = sorted(
            ledger.cases(),
            key=lambda case: (case.received, case.number),
            reverse=True,
        )
        self._case_of = {question: case for case in every for question in case.questions}
        self.cases = list(self._chosen(every))
        self._letters: dict[int, list[str]] = defaultdict(list)
        for letter in ledger.kept(Letter):
            if letter.case_id is not None and letter.stands:
                self._letters[letter.case_id].append(letter.number)

    def _chosen(self, every: Sequence[Case]) -> Iterator[Case]:
        """Yield the cases received on the days asked for, also by 重办; of chosen rows theirs."""
        query = self.query
        if query == QuestionQuery(since=query.since, until=query.until):
            since, until = query.since or date.min, query.until or date.max
            for case in every:
                if any(since <= day <= until for day in received_days(case)):
                    yield case
            return
        ids = set(self._ids)
        yield from (case for case in every if not ids.isdisjoint(case.questions))

    @property
    def questions(self) -> int:
        """How many questions are told."""
        return len(self._ids)

    @property
    def _of_one_series(self) -> bool:
        """Whether the rows stand in the order of their numbers, whatever their days."""
        return self.query.episode is not None or self.query.call_id is not None

    def question_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of 问题台账."""
        place = 0
        for first in range(0, len(self._ids), _PAGE):
            page = QuestionQuery(
                episode=self.query.episode,
                call_id=self.query.call_id,
                ids=self._ids[first : first + _PAGE],
            )
            found = self._ledger.questions(page)
            self._tell(place)
            others = {each.id: self._others(each.id) for each in found}
            asked = {each.call_id for each in found if each.call_id is not None}
            # one whose adding was taken back is missing, while its question stands
            calls = {call.id: call for call in self._ledger.calls(CallQuery(ids=sorted(asked)))}
            for question, told in zip(found, self._printed(found, others), strict=True):
                place += 1
                # what may be read of its texts is told beside it, and masking them takes long
                row = replace(question, point="", text="", answer="")
                yield sheets.question_row(
                    place,
                    row if self.office.internal else masked_question(row, others[question.id]),
                    told,
                    call=None if question.call_id is None else calls.get(question.call_id),
                    case_number=case.number if (case := self._case_of.get(question.id)) else "",
                    office=self.office,
                )

    def _others(self, question_id: int) -> Sequence[Caller]:
        """Return whom else the texts of a question may name: the people of its case."""
        case = None if self.office.internal else self._case_of.get(question_id)
        return () if case is None else named_in(case, list(self._questions(case)))

    def case_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of 案件台账."""
        for place, case in enumerate(self.cases, 1):
            if place % _PAGE == 1:
                self._tell(len(self._ids) + place - 1)
            questions = sorted(
                self._questions(case), key=lambda row: (f"{row.at:%Y-%m-%d %H:%M}", row.number)
            )
            # 案由 is a row's 诉求要点 at first: what may not be read there is not read here either
            hidden = {
                question.point: told.point
                for question, told in zip(questions, self._printed(questions), strict=True)
                if told.point in {DUMPED, REFUSED}
            }
            told_case = replace(case, matter=hidden.get(case.matter, case.matter))
            yield sheets.case_row(
                place,
                told_case if self.office.internal else masked_case(told_case, questions),
                questions=questions,
                office=self.office,
                letters=self._letters[case.id],
            )
        self._tell(len(self._ids) + len(self.cases))

    def party_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of 当事人明细."""
        for case in self.cases:
            parties = case.parties if self.office.internal else masked_parties(case.parties)
            yield from sheets.party_rows(replace(case, parties=parties))

    @property
    def tables(self) -> dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]:
        """The sheets by their names, each with its headings and rows, in their order."""
        return {
            sheets.QUESTIONS: (sheets.QUESTION_HEADINGS, self.question_rows()),
            sheets.CASES: (sheets.CASE_HEADINGS, self.case_rows()),
            sheets.PARTIES: (sheets.PARTY_HEADINGS, self.party_rows()),
        }

    @property
    def notes(self) -> Sequence[str]:
        """The lines of 填报说明与口径."""
        return sheets.notes(self.office, since=self.query.since, until=self.query.until)

    def _questions(self, case: Case) -> Iterator[Question]:
        for each in case.questions:
            with suppress(QuestionNotFound):  # its adding was taken back
                yield self._ledger.question(each)

    def _printed(
        self, questions: Sequence[Question], others: Mapping[int, Sequence[Caller]] | None = None
    ) -> tuple[PrintedQuestion, ...]:
        """Return what may be read of *questions* in this version."""
        takes = open_takes({each.take for each in questions if each.take}, self._workspace)
        return printed_questions(
            [
                replace(each, text="") for each in questions
            ],  # no sheet has it, masking it takes long
            internal=self.office.internal,
            dumped={name: dumped(take) for name, take in takes.items() if take},
            refused=partial(is_refused, takes),
            others=others,
        )

    def _tell(self, done: int) -> None:
        if self.cancelled():
            raise Cancelled
        self._on_progress(done, len(self._ids) + len(self.cases))


def _write_workbook(path: Path, source: Source) -> dict[str, int]:
    with new_workbook(path, drafts=source.drafts, cancelled=source.cancelled) as book:
        counts = [book.add_sheet(name, *table) for name, table in source.tables.items()]
        book.add_notes(sheets.NOTES, source.notes)
    return dict(zip(_COUNTED, counts, strict=False))


def _write_csv(path: Path, source: Source) -> dict[str, int]:
    """Write 问题台账 to *path* and every other sheet beside it: a CSV holds one."""
    tables = source.tables | {sheets.NOTES: ((sheets.NOTES,), [[line] for line in source.notes])}
    files = {
        path if name == sheets.QUESTIONS else path.with_stem(f"{path.stem}-{name}"): table
        for name, table in tables.items()
    }
    counts = write_csvs(files, drafts=source.drafts, cancelled=source.cancelled)
    return dict(zip(_COUNTED, counts, strict=False))
