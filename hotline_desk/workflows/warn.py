"""Tell which cases are about to be given a card: what a desk is warned of in time, never after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.cases import CaseQuery
from hotline_desk.domain.deadlines import Card, read_clock
from hotline_desk.domain.due import Stage, due
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.due import Due
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

_OF_THE_CLOCK = frozenset({Stage.CONTACT, Stage.PLAN, Stage.CLOSE})
_EVERY_OPEN_CASE = CaseQuery(open_only=True, limit=1_000_000)


def near_cards(ledger: Ledger, workspace: Workspace, on: date) -> list[Due]:
    """Return what has no card on the day *on* and gets its first on the working day after it.

    A step that is done by then, or whose clock stands, is not among them.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be read.
    """
    calendar, limits = read_calendar(workspace), read_limits(office.load(workspace.settings))
    cases = ledger.cases(_EVERY_OPEN_CASE)
    tomorrow = calendar.nth(on, 1)
    carded = set()
    for case in cases:
        clock = read_clock(case.events, tomorrow, calendar=calendar, limits=limits)
        step = clock.current
        if step is not None and step.card is not Card.NONE and clock.pause is None:
            carded.add(case.number)
    return [
        row
        for row in due(cases, on, calendar=calendar, limits=limits)
        if row.stage in _OF_THE_CLOCK and row.card is Card.NONE and row.number in carded
    ]
