"""What a recorder makes sure of before it begins: that it is alone, and that it can write."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from hotline_desk.capture import running
from hotline_desk.capture.room import recordable
from hotline_desk.errors import RecorderAlreadyRunning, TakeExists, WorkspaceFull
from hotline_desk.system import FileLock, make_folder
from hotline_desk.take.journal import workspace_error
from hotline_desk.take.take import LOCK

if TYPE_CHECKING:
    import contextlib
    from pathlib import Path

    from hotline_desk.paths import Workspace

_LEAST_ROOM = 1 << 18  # bytes: a few seconds of sound
_LOCK_TRIES = 5
_LOCK_SECONDS = 0.1


def claim(workspace: Workspace, folder: Path, stack: contextlib.ExitStack) -> None:
    """Make sure that this recorder is the only one until *stack* closes, and has room to write.

    Raises:
        WorkspaceSynchronised: workspace or take lies in a cloud's folder or on a network drive.
        TakeExists: the take's *folder* is not empty.
        RecorderAlreadyRunning: another recorder has this workspace.
        WorkspaceUnwritable: the workspace cannot be written.
        WorkspaceFull: there is no room.
    """
    lock = FileLock(workspace.recorder_lock)
    try:
        recordable(workspace.root)
        recordable(folder)
        if folder.is_dir() and {entry.name for entry in folder.iterdir()} - {LOCK}:
            raise TakeExists(folder)
        workspace.logs.mkdir(parents=True, exist_ok=True)
        if not _acquired(lock):
            raise RecorderAlreadyRunning(workspace.root)
        stack.callback(lock.release)
        running.withdraw(workspace)  # a recorder that was killed did not
        if shutil.disk_usage(_nearest(folder)).free < _LEAST_ROOM:
            raise WorkspaceFull(folder)
    except OSError as error:
        raise workspace_error(workspace.root, error) from error


def lock_folder(folder: Path, stack: contextlib.ExitStack) -> None:
    """Make the take's folder, and hold its lock until *stack* closes.

    Raises:
        TakeExists: another recorder holds it.
        WorkspaceUnwritable: it cannot be made.
        WorkspaceFull: there is no room.
    """
    lock = FileLock(folder / LOCK)
    try:
        make_folder(folder)
        if not _acquired(lock):
            raise TakeExists(folder)
    except OSError as error:
        raise workspace_error(folder, error) from error
    stack.callback(lock.release)


def _nearest(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _acquired(lock: FileLock) -> bool:
    """Take *lock*; who only asks whether it is held holds it for a moment, too."""
    for _ in range(_LOCK_TRIES):
        if lock.acquire():
            return True
        time.sleep(_LOCK_SECONDS)
    return False
