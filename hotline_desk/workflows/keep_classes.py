"""保管期限: purge what is kept for a while only.

永久, 30 年 and 10 年 are never purged by the program. 临时（不归档） is, after the days that the
settings say, and through the same deletion as a person's: the row's figures stay.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.deletions import DeletionReason
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.output import Line
from hotline_desk.workflows.accesses import who_is_it
from hotline_desk.workflows.confirm_deletion import ask
from hotline_desk.workflows.delete_person import Proposal, delete, propose
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.keeping import Expiring
    from hotline_desk.paths import Workspace


def expired(
    ledger: DeletingLedger, workspace: Workspace, *, days: int, today: date
) -> tuple[list[Expiring], Proposal | None]:
    """Return the 临时 rows older than *days*, and what purging those that go would do.

    A row stays whose case goes on or is archived, whose call holds an archived row, or that has to
    be kept for another reason.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    found = ledger.temporary_until(today - timedelta(days=days))
    going = [each.id for each in found if not each.stays]
    if not going:
        return found, None
    return found, propose(ledger, workspace, ledger.person_of_rows(going))


def staying(found: Iterable[Expiring]) -> list[str]:
    """Return which of the rows that are old enough stay, and why, a line each."""
    return [f"留着：问题 {each.number}（{each.stays}）" for each in found if each.stays]


def purge(ledger: DeletingLedger, workspace: Workspace, proposal: Proposal, *, who: str) -> None:
    """Purge what *proposal* says; as `delete_person.delete`, files and backups stay.

    Raises:
        DeletionError, LedgerError: as `delete_person.delete`.
    """
    delete(
        ledger,
        workspace,
        proposal,
        who=who,
        files=False,
        backups=False,
        reason=DeletionReason.EXPIRED,
    )


def purge_temporary(args: argparse.Namespace) -> Iterator[Line]:
    """Purge the 临时 rows that are old enough; first say which, and what becomes of them.

    Raises:
        DeletionError: nothing, or not all, was purged.
        LedgerError: the ledger cannot be opened or written.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    settings = office.load(workspace.settings)
    days = args.days or settings.temporary_days
    with DeletingLedger.open(workspace.ledger) as ledger:
        found, proposal = expired(ledger, workspace, days=days, today=studio_now().date())
        kept = {each.number: each.stays for each in found if each.stays}
        for line in staying(found):
            yield Line(line, {"stays": line}, aside=not args.dry_run)
        if proposal is None:
            others = f"可以清除，{len(kept)} 条要留着" if kept else ""
            yield Line(
                f"没有超过 {days} 天的临时（不归档）记录{others}", {"purged": 0, "kept": kept}
            )
            return
        for line in proposal.told(workspace):
            yield Line(line, {"goes": line}, aside=not args.dry_run)
        if args.dry_run:
            return
        ask(args.confirm)
        purge(ledger, workspace, proposal, who=who_is_it(settings))
    numbers = [each.number for each in found if not each.stays]
    words = f"已清除 {len(numbers)} 条临时（不归档）记录的内容，编号和统计数字都在"
    words += f"；{len(kept)} 条要留着" if kept else ""
    yield Line(words, {"purged": len(numbers), "numbers": numbers, "kept": kept})
