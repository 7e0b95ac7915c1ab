"""Keep copies of the ledger, so that a damaged one can be replaced."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import BackupFailed, LedgerUnwritable

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

KEPT = 14
"""Daily copies; those made before an upgrade are kept besides, for good."""


def back_up_daily(ledger: Ledger, workspace: Workspace) -> Path | None:
    """Copy the ledger into the folder of backups, once a day; return the copy if one was made.

    The copy is read through before it counts; then all but the newest 14 are deleted.

    Raises:
        BackupFailed: the folder cannot be written, or the copy did not come out whole.
    """
    name = workspace.ledger.stem
    copies = sorted(workspace.backups.glob(f"{name}-[0-9]*.db"))
    if any(copy.name.startswith(f"{name}-{studio_now():%Y%m%d}-") for copy in copies):
        return None
    try:
        made = ledger.backup(workspace.backups)
    except LedgerUnwritable as error:
        raise BackupFailed(workspace.backups) from error
    for old in copies[: -(KEPT - 1)]:
        with suppress(OSError):  # somebody looks at it; it goes tomorrow
            old.unlink()
    return made
