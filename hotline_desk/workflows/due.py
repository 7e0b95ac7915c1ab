"""Tell what is due today (今日待办)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.cases import CaseQuery
from hotline_desk.domain.due import due
from hotline_desk.domain.times import day_text, long_day_text, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.due import Due
    from hotline_desk.paths import Workspace

_EVERY_OPEN_CASE = CaseQuery(open_only=True, limit=1_000_000)


def tell_due(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for everything that is due on the day ``args.on``, the most pressing first.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    on = args.on or studio_now().date()
    workspace = existing(args.workspace)
    with Ledger.open(workspace.ledger) as ledger:
        found = due_on(ledger, workspace, on)
    for item in found:
        yield Line(_words(item), _facts(item))
    if not found and not args.json:
        yield Line(f"{long_day_text(on)}：没有要办的。", {})


def due_on(ledger: Ledger, workspace: Workspace, on: date) -> list[Due]:
    """Return what is due on the day *on* by the office's calendar and limits.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be read.
    """
    return due(
        ledger.cases(_EVERY_OPEN_CASE),
        on,
        calendar=read_calendar(workspace),
        limits=read_limits(office.load(workspace.settings)),
    )


def _words(item: Due) -> str:
    case = item.case
    estimated = "（暂估）" if item.estimated else ""
    about = [
        f"{case.number} {item.stage}：{day_text(item.day)}{estimated}，{item.left_words}",
        item.card,
        case.matter,
        case.employer,
        f"承办 {case.owner}" if case.owner else "还没有承办人",
    ]
    return "  ".join(part for part in about if part)


def _facts(item: Due) -> dict[str, object]:
    return {
        "number": item.case.number,
        "stage": item.stage.value,
        "due": item.day.isoformat(),
        "working_days_left": item.left,
        "card": item.card.value,
    }
