"""Print the open cases by 承办人 (按承办人清单), to be handed to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.masked import masked_case
from hotline_desk.domain.times import money_text, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.reports.owner_list import TITLE, ListedCase, OwnerList, print_owner_lists
from hotline_desk.workflows.accesses import note_access, who_is_it
from hotline_desk.workflows.assign import owned
from hotline_desk.workflows.cases import consents_of, questions_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.assign import OwnedCase, OwnerCases


def print_now(workspace: Workspace, *, why: str = "") -> Path:
    """Write the list as it stands today, on a connection of its own; return where.

    *why* and the errors are those of `print_lists`.
    """
    with Ledger.open(workspace.ledger) as ledger:
        return print_lists(ledger, workspace, studio_now().date(), why=why)


def print_lists(ledger: Ledger, workspace: Workspace, on: date, *, why: str = "") -> Path:
    """Write the list as it stands on the day *on* into the workspace; return where.

    Args:
        ledger: whose cases.
        workspace: where it goes.
        on: the day.
        why: the reason for 内部版: nothing is masked, and 访问记录 says who printed it. Without one
            it is masked.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be read, or the access cannot be noted.
        PrintError: the PDF cannot be made or written.
    """
    settings = office.load(workspace.settings)
    found = owned(ledger, workspace, on)
    if why:
        count = sum(len(each.rows) for each in found)
        what = f"打印{TITLE}（内部版），{count} 件"
        note_access(ledger, what, who=who_is_it(settings), why=why)
    path = workspace.paper(f"{TITLE}{' 内部版' if why else ''} {on.isoformat()}")
    listed = [_listed(ledger, each, internal=bool(why)) for each in found]
    print_owner_lists(listed, on, path, union=settings.union, internal=bool(why))
    return path


def _listed(ledger: Ledger, cases: OwnerCases, *, internal: bool) -> OwnerList:
    rows = tuple(_row(ledger, row, internal=internal) for row in cases.rows)
    in_hand = sum(row.case.is_in_hand for row in cases.rows)
    followed, late = len(rows) - in_hand, sum(row.late for row in rows)
    about = [
        cases.team,
        f"在办 {in_hand} 件",
        f"已办结跟踪 {followed} 件" if followed else "",
        f"超期 {late} 件" if late else "",
    ]
    return OwnerList(
        owner=cases.owner or "还没有承办人",
        about="  ".join(filter(None, about)),
        rows=rows,
        in_hand=in_hand,
    )


def _row(ledger: Ledger, row: OwnedCase, *, internal: bool) -> ListedCase:
    case = row.case if internal else masked_case(row.case, questions_of(ledger, row.case))
    due = row.due
    promise = case.promise
    agreed = f"协议 {money_text(promise.agreed_fen)}\n到账 {money_text(promise.received_fen)}"
    claimed = "" if case.claimed_fen is None else money_text(case.claimed_fen)
    card = f"{due.card} · " if due is not None and due.card else ""
    return ListedCase(
        number=case.number,
        received=case.received.isoformat(),
        employer=case.employer,
        matter=case.matter,
        people=str(case.headcount),
        course=str(case.course),
        step="" if due is None else f"{card}{due.stage} {due.left_words}",
        late=due is not None and due.left < 0,
        due="" if due is None else due.day.isoformat(),
        money=agreed if promise.agreed_fen else claimed,
        secret=consents_of(ledger, row.case).secret,
    )
