"""Tell what is due today (今日待办)."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.cases import CaseQuery
from hotline_desk.domain.due import (
    due,
    due_lapses,
    due_letters,
    due_questions,
    in_order,
)
from hotline_desk.domain.letters import Letter
from hotline_desk.domain.times import day_text, long_day_text, studio_now
from hotline_desk.errors import CaseNotFound, EpisodeNotFound
from hotline_desk.output import Line
from hotline_desk.workflows.lapses import lapses_of, read_lapse_limits
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.due import Due
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

_EVERY = 1_000_000
_FINISHED = timedelta(days=180)
"""How far back finished cases are looked at for their call-backs (ours)."""
_QUESTIONS = timedelta(days=90)
"""How far back questions are looked at that nothing was done for (ours): years that an office
brings along from another ledger are not today's work."""


def tell_due(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for everything that is due on the day ``args.on``, the most pressing first.

    With ``args.owner`` only what waits for that 承办人; for nobody where that is empty.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LapsesNotUnderstood: the office's list of 时效 is wrong.
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    from hotline_desk.ledger import Ledger  # noqa: PLC0415  the window is shown without

    on = args.on or studio_now().date()
    workspace = existing(args.workspace)
    with Ledger.open(workspace.ledger) as ledger:
        found = due_on(ledger, workspace, on)
    if args.owner is not None:
        found = [item for item in found if item.owner == args.owner.strip()]
    for item in found:
        yield Line(_words(item), _facts(item))
    if not found and not args.json:
        yield Line(f"{long_day_text(on)}：没有要办的。", {})


def due_on(ledger: Ledger, workspace: Workspace, on: date) -> list[Due]:
    """Return what is due on the day *on* by the office's calendar, limits and settings.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LapsesNotUnderstood: the office's list of 时效 is wrong.
        LedgerError: the ledger cannot be read.
    """
    settings = office.load(workspace.settings)
    calendar, limits = read_calendar(workspace), read_limits(settings)
    cases = ledger.cases(CaseQuery(open_only=True, limit=_EVERY))
    asked = _after_the_hour(ledger, ledger.waiting_questions(on - _QUESTIONS, on), studio_now())
    list_of_limits = read_lapse_limits(workspace)
    letters = [letter for letter in ledger.kept(Letter) if letter.answered_on is None]
    return in_order(
        [
            *due(
                [*cases, *_finished(ledger, on)],
                on,
                calendar=calendar,
                limits=limits,
                call_back_days=settings.call_back_days,
            ),
            *due_questions(
                asked,
                on,
                calendar=calendar,
                limits=limits,
                with_case={each.id for each in asked if ledger.case_of(each.id) is not None},
            ),
            *due_letters(letters, _of_letters(ledger, letters), on, calendar=calendar),
            *(
                item
                for case in cases
                for item in due_lapses(
                    case,
                    lapses_of(case, list_of_limits, on, calendar=calendar),
                    on,
                    calendar=calendar,
                )
            ),
        ]
    )


def _finished(ledger: Ledger, on: date) -> list[Case]:
    found = ledger.cases(CaseQuery(since=on - _FINISHED, limit=_EVERY))
    return [case for case in found if not case.course.is_open]


def _of_letters(ledger: Ledger, letters: Sequence[Letter]) -> list[Case]:
    found = []
    for case_id in {letter.case_id for letter in letters if letter.case_id is not None}:
        with suppress(CaseNotFound):  # its opening was taken back, the paper was sent
            found.append(ledger.case(case_id))
    return found


def _after_the_hour(ledger: Ledger, questions: Sequence[Question], now: datetime) -> list[Question]:
    """Return the questions without those of a broadcast that is still going on."""
    on_air = set()
    for number in {question.episode for question in questions if question.episode is not None}:
        with suppress(EpisodeNotFound):  # its adding was taken back, the questions stand
            episode = ledger.episode(number)
            if episode.on == now.date() and f"{now:%H:%M}" < episode.ends:
                on_air.add(number)
    return [question for question in questions if question.episode not in on_air]


def _words(item: Due) -> str:
    estimated = "（暂估）" if item.estimated else ""
    about = [
        f"{item.number} {item.stage}：{day_text(item.day)}{estimated}，{item.left_words}",
        item.card,
        item.matter,
        item.employer,
        item.words,
        _owner_words(item),
    ]
    return "  ".join(part for part in about if part)


def _owner_words(item: Due) -> str:
    if item.owner:
        return f"承办 {item.owner}"
    return "还没有承办人" if item.case is not None and not item.words else ""


def _facts(item: Due) -> dict[str, object]:
    return {
        "number": item.number,
        "stage": item.stage.value,
        "due": item.day.isoformat(),
        "working_days_left": item.left,
        "card": item.card.value,
    }
