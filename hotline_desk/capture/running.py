"""Whether a recorder runs in a workspace, and where it writes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk import system
from hotline_desk.take.journal import workspace_error

if TYPE_CHECKING:
    from hotline_desk.paths import Workspace

_NAME = "recorder.json"


def running_take(workspace: Workspace) -> Path | None:
    """Return the folder of the take that is being recorded in *workspace*, if one is.

    The lock is what counts; the file beside it only says where.
    """
    if not system.is_locked(workspace.recorder_lock):
        return None
    try:
        found = json.loads((workspace.root / _NAME).read_bytes())
        return Path(found["take"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # the recorder has not come that far yet


def announce(workspace: Workspace, take: Path) -> None:
    """Say where the recorder that holds the lock writes.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: the workspace cannot be written.
    """
    path = workspace.root / _NAME
    try:
        system.write_whole(path, json.dumps({"take": str(take), "pid": os.getpid()}).encode())
    except OSError as error:
        raise workspace_error(path, error) from error


def withdraw(workspace: Workspace) -> None:
    """Take the announcement back; without one, do nothing.

    Raises:
        OSError: the workspace cannot be written.
    """
    system.patiently(lambda: (workspace.root / _NAME).unlink(missing_ok=True))
