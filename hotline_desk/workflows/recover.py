"""Put in order the takes whose recorder died, and bring home what lies in second folders."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from hotline_desk import system
from hotline_desk.errors import TakeNotFound, WorkspaceError
from hotline_desk.take.home import away, bring_home
from hotline_desk.take.take import TAKE, Take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hotline_desk.paths import Workspace


NEWEST = 50
"""How many takes are looked at: older ones were, when the desk was opened before."""


def recover(workspace: Workspace) -> list[Path]:
    """Repair each of the newest takes that was not ended in order; return their folders.

    A take that is being recorded, or that a full or read-only disk forbids to repair, is left
    as it is: it can be read all the same.
    """
    repaired = []
    for folder in _newest(workspace):
        try:
            take = Take(folder)
            if take.ended and not take.ended_in_order:
                take.repair()
                repaired.append(folder)
        except (TakeNotFound, WorkspaceError):
            continue
    return repaired


def fetch(workspace: Workspace, *, cancelled: Callable[[], bool] = lambda: False) -> list[Path]:
    """Bring home what the newest takes left in their second folders; return what stays there.

    Copies hours of sound where there are some; nothing while a line is being recorded, or what
    would leave the workspace's volume without its reserve.
    """

    def busy() -> bool:
        return cancelled() or system.is_locked(workspace.recorder_lock)

    left = []
    for folder in _newest(workspace):
        with contextlib.suppress(TakeNotFound, WorkspaceError):
            if away(folder) and Take(folder).ended and not busy():
                bring_home(folder, cancelled=busy)
        left += away(folder)
    return left


def _newest(workspace: Workspace) -> list[Path]:
    """Return the folders of the newest takes, oldest first."""
    found = sorted(workspace.episodes.glob(f"*/*/{TAKE}"), key=_made_at)
    return [record.parent for record in found[-NEWEST:]]


def _made_at(path: Path) -> float:
    return path.stat().st_mtime
