"""Remove copies of the ledger that hold a deleted person, but none that alone has rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.ledger.backup import has_line, newest_line
from hotline_desk.system import patiently
from hotline_desk.workflows.find_copies import with_logs

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from hotline_desk.ledger.deleting import DeletingLedger
    from hotline_desk.paths import Workspace


def remove_backups(
    ledger: DeletingLedger, workspace: Workspace, backups: Collection[Path]
) -> list[Path]:
    """Remove *backups*, after a fresh copy was made; return those that stay.

    These have rows that neither the ledger nor a copy that stays has: once they are restored, the
    person is deleted there too, and they can go.

    Raises:
        LedgerUnwritable: no fresh copy could be made; all are still there.
        OSError: another program holds one; those before it are gone.
    """
    ledger.backup(workspace.backups)
    return remove_copies(ledger, workspace, backups)


def remove_copies(
    ledger: DeletingLedger, workspace: Workspace, going: Collection[Path]
) -> list[Path]:
    """Remove those of *going* whose every row is elsewhere, or that nobody can read."""
    stay = [path for path in workspace.backups.glob("*.db") if path not in going]
    kept = []
    for path in going:
        line = newest_line(path)
        if line and not ledger.records_begun([line]) and not any(has_line(s, line) for s in stay):
            kept.append(path)
        else:
            remove(path)
    return kept


def told_kept(copies: Collection[Path]) -> str:
    """Tell, behind other words, of copies that stay as `remove_backups` says; empty of none."""
    if not copies:
        return ""
    names = "、".join(path.name for path in copies)
    return (
        f"；{names} 里有现在的台账没有的记录，没有删除：请先用 restore 恢复它"
        "（删除过的个人信息会再删除一次），再用 delete-person --with-backups 删除，"
        "然后可以恢复回来"
    )


def remove(path: Path) -> None:
    """Remove a file, and what SQLite left beside a copy of the ledger."""
    for each in with_logs(path):
        patiently(partial(each.unlink, missing_ok=True))
