"""Put in order the takes whose recorder died, so that every player opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.errors import TakeNotFound, WorkspaceError
from hotline_desk.take.take import TAKE, Take

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.paths import Workspace


def recover(workspace: Workspace) -> list[Path]:
    """Repair each take that was not ended in order; return their folders, oldest first.

    A take that is being recorded, or that a full or read-only disk forbids to repair, is left
    as it is: it can be read all the same.
    """
    repaired = []
    for found in sorted(workspace.episodes.glob(f"*/*/{TAKE}")):
        try:
            take = Take(found.parent)
            if take.ended and not take.ended_in_order:
                take.repair()
                repaired.append(found.parent)
        except (TakeNotFound, WorkspaceError):
            continue
    return repaired
