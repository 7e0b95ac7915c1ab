"""Print an episode: from the ledger and the takes to the PDF of its 节目纪要."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hotline_desk.capture.health import health_sheet
from hotline_desk.domain.calls import CallQuery, CallState
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.statistics import category_shares, count_categories, figures
from hotline_desk.domain.summary import (
    EpisodeSummary,
    Stretch,
    follow_ups,
    printed_questions,
)
from hotline_desk.errors import EpisodeNotFound, SpeechModelError, TakeNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.reports.summary import Printed, print_summary
from hotline_desk.settings import Settings, load
from hotline_desk.speech.models import DEMO_NOTICE, chosen
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.categories import Category
    from hotline_desk.domain.questions import Question
    from hotline_desk.paths import Workspace

LEAST_DELAY_SECONDS = 6.0
"""How far live call-in radio has to run behind the studio."""

_PROGRAMME = Settings()
_PAGE = 500
_MOST_CALLS = 10_000
"""Of one episode; an hour has twenty."""


def summarise(
    ledger: Ledger,
    episode_number: int,
    path: Path,
    *,
    internal: bool = False,
    notice: str = "",
    settings: Settings = _PROGRAMME,
    workspace: Workspace | None = None,
) -> Path:
    """Write the 节目纪要 of an episode to *path*, whole or not at all; return *path*.

    Args:
        ledger: where the episode is kept.
        episode_number: 期号.
        path: the PDF; its folder is made where it is missing.
        internal: whether persons and employers are named and unconfirmed answers printed.
        notice: what readers have to know about the transcribed text, if anything.
        settings: union, station and programme as the office writes them.
        workspace: where the takes lie; without it the public version cannot know what was
            dumped, and the internal one says nothing about the recording.

    Raises:
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
    )
    return print_summary(record, path).path


def summary(args: argparse.Namespace) -> Iterator[Line]:
    """Yield where the summary of ``args.episode`` was written, and what is in it.

    Raises:
        LedgerError: the ledger cannot be opened, or has no such episode.
        PrintError: the PDF cannot be made or written.
    """
    workspace: Workspace = args.workspace
    if not workspace.ledger.exists():
        raise EpisodeNotFound(args.episode)
    settings = load(workspace.settings)
    with Ledger.open(workspace.ledger) as ledger:
        record = episode_summary(
            ledger,
            args.episode,
            internal=args.internal,
            notice=model_notice(settings),
            settings=settings,
            workspace=workspace,
        )
    yield _told(record, print_summary(record, args.output))


def model_notice(settings: Settings) -> str:
    """Return what readers have to know about the office's speech model; empty for a real one.

    A model that is gone does not keep an episode from being printed.
    """
    try:
        is_demo = chosen(settings).is_demo
    except SpeechModelError:
        is_demo = not settings.model
    return DEMO_NOTICE if is_demo else ""


def episode_summary(
    ledger: Ledger,
    episode_number: int,
    *,
    internal: bool,
    notice: str,
    settings: Settings,
    workspace: Workspace | None,
) -> EpisodeSummary:
    """Return what the 节目纪要 of an episode says, as :func:`summarise` prints it.

    Raises:
        EpisodeNotFound: the ledger has no such episode.
    """
    episode = ledger.episode(episode_number)
    calls = ledger.calls(CallQuery(episode=episode_number, limit=_MOST_CALLS))
    questions = list(_questions(ledger, episode_number))
    takes = _takes(questions, workspace)
    return EpisodeSummary(
        union=settings.union,
        station=settings.station,
        programme=settings.programme,
        episode=episode,
        internal=internal,
        figures=figures(calls, questions, aired=_aired(ledger, calls)),
        categories=category_shares(
            count_categories(questions), _since_the_first(ledger, episode_number)
        ),
        counted_since=min(known.number for known in ledger.episodes()),
        questions=printed_questions(
            questions,
            internal=internal,
            dumped={name: _dumped(take) for name, take in takes.items()},
        ),
        follow_ups=follow_ups(questions, internal=internal),
        broadcast_checks=tuple(_broadcast_checks(calls, list(takes.values()))) if internal else (),
        notice=notice,
    )


def _questions(ledger: Ledger, episode: int | None) -> Iterator[Question]:
    offset = 0
    while page := ledger.questions(QuestionQuery(episode=episode, limit=_PAGE, offset=offset)):
        yield from page
        offset += len(page)


def _since_the_first(ledger: Ledger, episode: int) -> Counter[Category]:
    """Return how many questions each category has in the episodes up to *episode*."""
    counts: Counter[Category] = Counter()
    for known in ledger.episodes():
        if known.number <= episode:
            counts += count_categories(_questions(ledger, known.number))
    return counts


def _aired(ledger: Ledger, calls: Sequence[Call]) -> set[int]:
    return {
        call.id
        for call in calls
        if any(entry.after == CallState.ON_AIR for entry in ledger.history("calls", call.id))
    }


def _takes(questions: Sequence[Question], workspace: Workspace | None) -> dict[str, Take]:
    """Return the takes that *questions* come from, as far as they are still there."""
    takes: dict[str, Take] = {}
    for name in dict.fromkeys(question.take for question in questions if question.take):
        if workspace is not None:
            try:
                takes[name] = Take(workspace.root / name)
            except TakeNotFound:
                continue
    return takes


def _dumped(take: Take) -> list[Stretch]:
    """Return what each dump threw away: the delay's length before its key was pressed."""
    return [
        Stretch(mark.at - take.delay_seconds, mark.at)
        for mark in marks(take.folder)
        if mark.kind is MarkKind.DUMP
    ]


def _broadcast_checks(calls: Sequence[Call], takes: Sequence[Take]) -> Iterator[tuple[str, str]]:
    for take in takes:
        enough = take.delay_seconds >= LEAST_DELAY_SECONDS
        yield "延时播出", f"{take.delay_seconds:g} 秒" + ("" if enough else "，不足 6 秒")
        yield "录音质量", health_sheet(take.folder).verdict if take.ended else "录音尚未结束"
        yield "删延时", f"{len(_dumped(take))} 次"
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
