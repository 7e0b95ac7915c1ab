"""Print an episode: from the ledger and the takes to the PDF of its 节目纪要."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.capture.health import noted_verdict
from hotline_desk.domain.calls import CallQuery, CallState
from hotline_desk.domain.casework.claims import Stretch
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.corrections import correction, first_published
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.statistics.episode_figures import episode_figures
from hotline_desk.domain.statistics.typical import worth_telling
from hotline_desk.domain.summary import (
    EpisodeSummary,
    follow_ups,
    printed_questions,
)
from hotline_desk.domain.times import LEAST_DELAY_SECONDS, STUDIO_ZONE, studio_now
from hotline_desk.errors import EpisodeNotFound, TakeNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.reports.summary import Printed, print_summary
from hotline_desk.settings import Settings, load
from hotline_desk.speech.models import printed_notice
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.take import Take
from hotline_desk.workflows.accesses import note_access, reason_of, who_is_it
from hotline_desk.workflows.cases import persons_beside
from hotline_desk.workflows.consent import may_be_seen
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.statistics import reckon
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.questions import Question, Span
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.paths import Workspace

_PROGRAMME = Settings()


def summarise(
    ledger: Ledger,
    episode_number: int,
    path: Path,
    *,
    internal: bool = False,
    notice: str = "",
    settings: Settings = _PROGRAMME,
    workspace: Workspace,
    calendar: Calendar | None = None,
) -> Path:
    """Write the 节目纪要 of an episode to *path*, whole or not at all; return *path*.

    Args:
        ledger: where the episode is kept.
        episode_number: 期号.
        path: the PDF; its folder is made where it is missing.
        internal: whether persons and employers are named and unconfirmed answers printed.
        notice: what readers have to know about the transcribed text, if anything.
        settings: union, station and programme as the office writes them.
        workspace: where the takes, the calendar and the limits lie.
        calendar: the working days; by the office's calendar unless given.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        EpisodeNotFound: the ledger has no such episode.
        ChineseFontMissing: no face on this machine can be put into a PDF.
        PdfUnwritable: the file or its folder cannot be written.
    """
    record = episode_summary(
        ledger,
        episode_number,
        internal=internal,
        notice=notice,
        settings=settings,
        workspace=workspace,
        calendar=calendar,
    )
    return print_summary(record, path).path


def summary(args: argparse.Namespace) -> Iterator[Line]:
    """Yield where the summary of ``args.episode`` was written, and what is in it.

    Raises:
        LedgerError: the ledger cannot be opened, or has no such episode.
        PrintError: the PDF cannot be made or written.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    if not workspace.ledger.exists():
        raise EpisodeNotFound(args.episode)
    settings, why = load(workspace.settings), reason_of(args)
    with Ledger.open(workspace.ledger) as ledger:
        record = episode_summary(
            ledger,
            args.episode,
            internal=args.internal,
            notice=printed_notice(settings),
            settings=settings,
            workspace=workspace,
        )
        path = args.output or summary_path(workspace, record.episode, internal=args.internal)
        if args.internal:
            what = f"打印第 {args.episode} 期节目纪要（内部版）"
            note_access(ledger, what, who=who_is_it(settings), why=why)
        printed = print_summary(record, path)
    yield _told(record, printed)


def summary_path(workspace: Workspace, episode: Episode, *, internal: bool = False) -> Path:
    """Return where the summary of *episode* lies: in its folder, the internal version beside."""
    version = "（内部版）" if internal else ""
    name = f"第{episode.number}期节目纪要{version}.pdf"
    return workspace.episodes / episode.folder_name / name


def episode_summary(
    ledger: Ledger,
    episode_number: int,
    *,
    internal: bool,
    notice: str,
    settings: Settings,
    workspace: Workspace,
    calendar: Calendar | None = None,
) -> EpisodeSummary:
    """Return what the 节目纪要 of an episode says, as :func:`summarise` prints it.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        EpisodeNotFound: the ledger has no such episode.
    """
    calendar = calendar or read_calendar(workspace)
    episode = ledger.episode(episode_number)
    calls = ledger.calls(CallQuery(episode=episode_number))
    questions = ledger.questions(QuestionQuery(episode=episode_number))
    heard_in = {question.take for question in questions if question.take}
    others = {} if internal else {each.id: persons_beside(ledger, each.id) for each in questions}
    last = max((episode.on, *(each.at.astimezone(STUDIO_ZONE).date() for each in questions)))
    takes = open_takes(sorted(heard_in | ledger.takes(episode_number).keys()), workspace)
    reckoning = reckon(ledger, workspace, calendar=calendar)
    cases = _cases(ledger, questions, workspace, calendar)
    own = {case.id: case for case, _ in cases.values()}.values()
    return EpisodeSummary(
        union=settings.union,
        station=settings.station,
        programme=settings.programme,
        episode=episode,
        internal=internal,
        figures=episode_figures(
            reckoning,
            episode_number,
            calls,
            aired=_aired(ledger, calls),
            until=last,
        ),
        questions=printed_questions(
            questions,
            internal=internal,
            dumped={name: dumped(take) for name, take in takes.items() if take},
            refused=partial(is_refused, takes),
            others=others,
        ),
        follow_ups=follow_ups(
            questions,
            internal=internal,
            cases=cases,
            others=others,
        ),
        typical_cases=tuple(
            each.words for each in worth_telling(own, reckoning, internal=internal)
        ),
        corrections=tuple(filter(None, _corrections(ledger, questions))),
        broadcast_checks=tuple(_broadcast_checks(calls, takes)) if internal else (),
        notice=notice,
    )


def _cases(
    ledger: Ledger, questions: Sequence[Question], workspace: Workspace, calendar: Calendar
) -> dict[int, tuple[Case, Clock]]:
    """Return the case of each question that has one, and how its limits stand today."""
    found = {question.id: ledger.case_of(question.id) for question in questions}
    cases = {number: case for number, case in found.items() if case is not None}
    if not cases:
        return {}
    limits, today = read_limits(load(workspace.settings)), studio_now().date()
    return {
        number: (case, read_clock(case.events, today, calendar=calendar, limits=limits))
        for number, case in cases.items()
    }


def _corrections(ledger: Ledger, questions: Iterable[Question]) -> Iterator[str]:
    published = ledger.kept(Publication)
    for question in questions:
        first = first_published(question, published)
        if first is not None:
            yield correction(question, ledger.history("questions", question.id), first)


def _aired(ledger: Ledger, calls: Sequence[Call]) -> set[int]:
    return {
        call.id
        for call in calls
        if any(entry.after == CallState.ON_AIR for entry in ledger.history("calls", call.id))
    }


def open_takes(names: Iterable[str], workspace: Workspace) -> dict[str, Take | None]:
    """Return the takes called *names*, None for one that cannot be read."""
    takes: dict[str, Take | None] = {}
    for name in names:
        try:
            takes[name] = Take(workspace.root / name)
        except TakeNotFound:
            takes[name] = None
    return takes


def is_refused(takes: Mapping[str, Take | None], name: str, span: Span) -> bool:
    """Return whether a caller in *span* of the take called *name* refused to be recorded."""
    take = takes.get(name)
    return take is not None and not may_be_seen(take, span)


def dumped(take: Take) -> list[Stretch]:
    """Return what each dump threw away: the delay's length before its key was pressed."""
    return [
        Stretch(mark.at - take.delay_seconds, mark.at)
        for mark in marks(take.folder)
        if mark.kind is MarkKind.DUMP
    ]


def _broadcast_checks(
    calls: Sequence[Call], takes: Mapping[str, Take | None]
) -> Iterator[tuple[str, str]]:
    for name, take in takes.items():
        if take is None:
            yield "录音", f"找不到“{name}”，延时与删延时无法核对"
            continue
        enough = take.delay_seconds >= LEAST_DELAY_SECONDS
        yield "延时播出", f"{take.delay_seconds:g} 秒" + ("" if enough else "，不足 6 秒")
        yield "录音质量", noted_verdict(take) if take.ended else "录音尚未结束"
        yield "删延时", f"{len(dumped(take))} 次"
    for state in (CallState.CUT, CallState.DROPPED, CallState.CALLER_HUNG_UP):
        yield state.value, f"{sum(call.state is state for call in calls)} 个"


def _told(record: EpisodeSummary, printed: Printed) -> Line:
    withheld = sum(question.withheld for question in record.questions)
    awaiting = f"，{withheld} 条解答待律师确认，没有印出" if withheld else ""
    missing = f"，{len(printed.missing)} 个字本机字体没有，以〓代替" if printed.missing else ""
    return Line(
        f"{record.title}（{record.version}）：{printed.path}，{printed.pages} 页，"
        f"{printed.questions} 个问题{awaiting}{missing}",
        {
            "path": str(printed.path),
            "pages": printed.pages,
            "questions": printed.questions,
            "withheld": withheld,
            "internal": record.internal,
            "missing": sorted(printed.missing),
        },
    )
