"""Read what an office's days are reckoned by: its calendar, its limits, its list of 时效."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.errors import LapsesNotUnderstood
from hotline_desk.workflows.lapses import read_lapse_limits, shipped_lapse_limits
from hotline_desk.workflows.limits import read_limits, usable_calendar

if TYPE_CHECKING:
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.casework.lapses import Limit
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.paths import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the days of cases and questions are read by."""

    calendar: Calendar
    limits: Limits
    lapses: tuple[Limit, ...]
    call_back_days: int
    faults: tuple[HotlineDeskError, ...] = ()
    """What the office wrote that is not understood; what is shipped holds in its place."""


def read_rules(workspace: Workspace) -> Rules:
    """Return what the office's days are reckoned by.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LapsesNotUnderstood: the office's list of 时效 is wrong.
    """
    rules = usable_rules(workspace)
    for fault in rules.faults:
        raise fault
    return rules


def usable_rules(workspace: Workspace) -> Rules:
    """Return what days can be reckoned by, with what is wrong in the office's own files.

    A window goes on showing its rows: without the office's own days where its calendar is wrong,
    by the shipped list where its list of 时效 is.
    """
    settings = office.load(workspace.settings)
    calendar, fault = usable_calendar(workspace)
    faults: list[HotlineDeskError] = [] if fault is None else [fault]
    try:
        lapses = read_lapse_limits(workspace)
    except LapsesNotUnderstood as error:
        lapses = shipped_lapse_limits()
        faults.append(error)
    return Rules(
        calendar=calendar,
        limits=read_limits(settings),
        lapses=lapses,
        call_back_days=settings.call_back_days,
        faults=tuple(faults),
    )
