"""Tell what is about to be given a card: what a desk is warned of in time, never after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import CaseQuery
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.due import Stage, in_order, of_step
from hotline_desk.workflows.due import waiting_on
from hotline_desk.workflows.rules import usable_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.due import Due
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.rules import Rules

_NEWEST = 500
"""How many questions are looked at: an older one has had its 红牌 long ago."""
_EVERY_OPEN_CASE = CaseQuery(open_only=True)


def near_cards(ledger: Ledger, workspace: Workspace, on: date) -> list[Due]:
    """Return what gets another card on the working day after the day *on*, with that card.

    That is the 黄牌 of what has none yet, and the 红牌 of what has none or a 黄牌, for each step of
    a case, also behind one that waits. A step that is done by then, or whose clock stands, is not
    among them. Where the office's calendar is wrong, the published one holds.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    rules = usable_rules(workspace)
    tomorrow = rules.calendar.nth(on, 1)
    now, then = (_unopened(ledger, day, rules) for day in (on, tomorrow))
    found = [
        replace(row, card=then[key].card)
        for key, row in now.items()
        if key in then and then[key].card is not row.card
    ]
    for case in ledger.cases(_EVERY_OPEN_CASE):
        found += _of_case(case, on, tomorrow, rules)
    return in_order(found)


def _of_case(case: Case, on: date, tomorrow: date, rules: Rules) -> Iterator[Due]:
    if case.received > on:
        return
    now, then = (
        read_clock(case.events, day, calendar=rules.calendar, limits=rules.limits)
        for day in (on, tomorrow)
    )
    for step, next_ in zip(now.steps, then.steps, strict=True):
        if next_.done is None and next_.card is not step.card:
            yield of_step(case, step, next_.card)


def _unopened(ledger: Ledger, on: date, rules: Rules) -> dict[int, Due]:
    """Return the questions for which a case is to be opened, by their ids."""
    rows = waiting_on(ledger, on, rules, most=_NEWEST)
    return {
        row.question.id: row for row in rows if row.question is not None and row.stage is Stage.OPEN
    }
