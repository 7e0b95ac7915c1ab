"""Keep copies of the ledger, so that a damaged one can be replaced."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import BackupFailed, LedgerUnwritable
from hotline_desk.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.paths import Workspace

KEPT = 14
"""Daily copies; those made before an upgrade are kept besides, for good."""


def back_up_today(workspace: Workspace) -> None:
    """Copy the ledger unless that was done today, or there is none.

    Not one that was restored and names persons who were deleted: the copy would, too.

    Raises:
        BackupFailed: as `back_up_daily`.
        LedgerError: the ledger cannot be opened.
    """
    if workspace.ledger.exists() and not _todays(workspace):
        with Ledger.open(workspace.ledger) as ledger:
            if not (workspace.owed.exists() and _is_owed(ledger, workspace)):
                back_up_daily(ledger, workspace)


def back_up_daily(ledger: Ledger, workspace: Workspace) -> Path | None:
    """Copy the ledger into the folder of backups, once a day; return the copy if one was made.

    The copy is read through before it counts; then all but the newest 14 are deleted.

    Raises:
        BackupFailed: the folder cannot be written, or the copy did not come out whole.
        NotALedger: the ledger itself is damaged.
    """
    if _todays(workspace):
        return None
    copies = sorted(workspace.backups.glob(f"{workspace.ledger.stem}-[0-9]*.db"))
    try:
        made = ledger.backup(workspace.backups)
    except LedgerUnwritable as error:
        raise BackupFailed(workspace.backups) from error
    for old in copies[: -(KEPT - 1)]:
        with suppress(OSError):  # somebody looks at it; it goes tomorrow
            old.unlink()
    return made


def _is_owed(ledger: Ledger, workspace: Workspace) -> bool:
    from hotline_desk.workflows.repeat_deletions import is_owed  # noqa: PLC0415  rarely needed

    return is_owed(ledger, workspace)


def _todays(workspace: Workspace) -> list[Path]:
    return list(workspace.backups.glob(f"{workspace.ledger.stem}-{studio_now():%Y%m%d}-*.db"))
