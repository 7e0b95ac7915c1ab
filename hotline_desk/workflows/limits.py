"""Tell by when a case is to be contacted, planned and closed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.casework.clock_events import ClockEvents, Grade, Grading
from hotline_desk.domain.casework.deadlines import Limits, Step, read_clock
from hotline_desk.domain.notices import read_pages
from hotline_desk.domain.times import long_day_text
from hotline_desk.domain.workdays import Calendar
from hotline_desk.errors import CalendarNotUnderstood
from hotline_desk.output import Line
from hotline_desk.paths import resource
from hotline_desk.workflows.written import read_written, wrong_place

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.notices import CalendarPages
    from hotline_desk.paths import Workspace

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # a command says it in a sentence, never with this line

_SHIPPED = ("notices.toml", "festivals.toml")


def deadline(args: argparse.Namespace) -> Iterator[Line]:
    """Yield the limits of a case received on the day ``args.received``.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
    """
    limits = read_limits(office.load(args.workspace.settings))
    grade = Grade.COMPLEX if args.complex else Grade.ORDINARY
    clock = read_clock(
        ClockEvents(received=args.received, gradings=(Grading(on=args.received, grade=grade),)),
        args.received,
        calendar=read_calendar(args.workspace),
        limits=limits,
    )
    contact, plan, close = clock.steps
    facts = {
        "received": args.received.isoformat(),
        "contact": contact.due.isoformat(),
        "plan": plan.due.isoformat(),
        "close": close.due.isoformat(),
        "complex": args.complex,
        "estimated": close.estimated,
    }
    first = f"“{limits.name}”期限：接收日 {long_day_text(args.received)}，次日起算"
    yield Line("\n".join((first, *_step_words(clock))), facts)


def read_calendar(workspace: Workspace) -> Calendar:
    """Return the office's working days: the shipped notices, and on top its own calendar.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
    """
    path = workspace.calendar
    try:
        return Calendar(*_shipped(), read_pages(read_written(path)))
    except FileNotFoundError:
        return published_calendar()
    except (OSError, ValueError) as error:
        raise CalendarNotUnderstood(path, wrong_place(path, error)) from error


def usable_calendar(workspace: Workspace) -> tuple[Calendar, CalendarNotUnderstood | None]:
    """Return the office's working days, where its calendar is wrong the published ones and why."""
    try:
        return read_calendar(workspace), None
    except CalendarNotUnderstood as error:
        return published_calendar(), error


def published_calendar() -> Calendar:
    """Return the working days by the shipped notices alone, without an office's own days."""
    return Calendar(*_shipped())


def read_limits(settings: office.Settings) -> Limits:
    """Return the office's limits; if they do not rise from 1 on, the programme's hold."""
    try:
        return written_limits(settings)
    except ValueError:
        _log.warning("the time limits do not rise from 1 on; the defaults hold")
        return Limits()


def written_limits(settings: office.Settings) -> Limits:
    """Return the office's limits as they are written.

    Raises:
        ValueError: they do not rise from 1 on.
    """
    return Limits(
        name=settings.limits_name,
        contact=settings.limit_contact,
        plan=settings.limit_plan,
        close=settings.limit_close,
        close_complex=settings.limit_close_complex,
    )


def _shipped() -> list[CalendarPages]:
    folder = resource("calendar")
    return [read_pages((folder / name).read_text(encoding="utf-8")) for name in _SHIPPED]


def _step_words(clock: Clock) -> Iterator[str]:
    for step in clock.steps:
        grade = f"{clock.grade}，" if step.step is Step.CLOSE else ""
        estimated = "（暂估）" if step.estimated else ""
        due = long_day_text(step.due)
        yield f"{step.step}（{grade}{step.limit} 个工作日）：{due}{estimated}"
    if any(step.estimated for step in clock.steps):
        yield "暂估：当年的放假安排还没有公布，先按法定节日推算，公布后自动重算。"
