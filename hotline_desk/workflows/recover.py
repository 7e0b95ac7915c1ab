"""Put in order the takes whose recorder died, and bring home what lies in second folders."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hotline_desk import system
from hotline_desk.errors import TakeNotFound, WorkspaceError
from hotline_desk.take.home import bring_home
from hotline_desk.take.places import TAKE
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.paths import Workspace

_log = logging.getLogger(__name__)

_NEWEST = 50


def newest_takes(workspace: Workspace) -> list[Path]:
    """Return the folders of the newest takes, the newest last.

    What is done at each start is done for these: older ones were seen to when the desk was opened
    before.
    """
    found = sorted(workspace.episodes.glob(f"*/*/{TAKE}"), key=_made_at)
    return [record.parent for record in found[-_NEWEST:]]


def recover(workspace: Workspace) -> list[Path]:
    """Repair each of the newest takes that was not ended in order; return their folders.

    What a take left in its second folder is brought home; that stops as soon as a recorder runs,
    and leaves what would take the volume's reserve. A take that is being recorded, or that a full
    or read-only disk forbids to repair, is left as it is: it can be read all the same.
    """
    repaired = []
    for folder in newest_takes(workspace):
        try:
            take = Take(folder)
            if not take.ended:
                continue
            if not take.ended_in_order:
                take.repair()
                repaired.append(folder)
            bring_home(folder, cancelled=lambda: system.is_locked(workspace.recorder_lock))
        except (TakeNotFound, WorkspaceError):
            continue
        except (OSError, KeyError, TypeError, ValueError, ArithmeticError) as error:
            _log.warning("a take cannot be put in order: %s", type(error).__name__)
    return repaired


def _made_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it went between two looks
        return 0.0
