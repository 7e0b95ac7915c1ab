"""Tell what is about to be given a card: what a desk is warned of in time, never after."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import CaseQuery
from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.casework.due import Stage, due
from hotline_desk.workflows.due import waiting_on
from hotline_desk.workflows.rules import usable_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.due import Due
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.rules import Rules

_CARDED = frozenset({Stage.CONTACT, Stage.PLAN, Stage.CLOSE, Stage.OPEN})
_NEWEST = 500
"""How many questions are looked at: an older one has had its 红牌 long ago."""
_EVERY_OPEN_CASE = CaseQuery(open_only=True)


def near_cards(ledger: Ledger, workspace: Workspace, on: date) -> list[Due]:
    """Return what gets another card on the working day after the day *on*, with that card.

    That is the 黄牌 of what has none yet, and the 红牌 of what has none or a 黄牌. A step that is
    done by then, or whose clock stands, is not among them. Where the office's calendar is wrong,
    the published one holds.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    rules = usable_rules(workspace)
    tomorrow = rules.calendar.nth(on, 1)
    cases = ledger.cases(_EVERY_OPEN_CASE)
    now = {row.key: row for row in _carded(ledger, cases, on, rules)}
    then = {row.key: row.card for row in _carded(ledger, cases, tomorrow, rules)}
    return [
        replace(row, card=then[key])
        for key, row in now.items()
        if row.card is not Card.RED and then.get(key, row.card) is not row.card
    ]


def _carded(ledger: Ledger, cases: Sequence[Case], on: date, rules: Rules) -> list[Due]:
    rows = [
        *due(cases, on, calendar=rules.calendar, limits=rules.limits),
        *waiting_on(ledger, on, rules, most=_NEWEST),
    ]
    return [row for row in rows if row.stage in _CARDED]
