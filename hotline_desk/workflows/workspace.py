"""Prepare a workspace: make its folders, closed to everybody else, and see that it can be used."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from hotline_desk.errors import WorkspaceError, WorkspaceNotFound
from hotline_desk.messages import sentence
from hotline_desk.take.journal import workspace_error

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.paths import Workspace

_OWNER_ONLY = 0o700
_LOCK = ".lock"
_LEAST_BYTES = 4096
"""An empty file finds room on many a full disk."""


def prepare(workspace: Workspace) -> Workspace:
    """Make the folders that *workspace* lacks and return it.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: a folder cannot be made, or nothing can be written in it.
    """
    for folder in _folders(workspace):
        try:
            folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        except OSError as error:
            raise workspace_error(folder, error) from error
        _try(folder)
    return workspace


def place_faults(workspace: Workspace) -> list[str]:
    """Return what of *workspace* cannot be written, though a window has to."""
    faults = []
    for path in (*_folders(workspace), workspace.window_lock, workspace.recorder_lock):
        try:
            if path.exists():
                _try(path)
        except WorkspaceError as error:
            faults.append(sentence(error))
            if path == workspace.root:  # nothing in it can be, either
                break
    return faults


def _folders(workspace: Workspace) -> tuple[Path, ...]:
    return workspace.root, workspace.episodes, workspace.backups, workspace.logs


def _try(path: Path) -> None:
    """See that *path* can be written.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: it cannot.
    """
    try:
        if path.suffix == _LOCK:
            path.open("ab").close()
        else:
            # a folder that lets itself be listed need not let itself be written
            with tempfile.TemporaryFile(dir=path) as file:
                file.write(bytes(_LEAST_BYTES))
    except OSError as error:
        raise workspace_error(path, error) from error


def existing(workspace: Workspace) -> Workspace:
    """Return *workspace* if something was ever kept in it.

    Raises:
        WorkspaceNotFound: there is neither a ledger nor a recording.
    """
    if not workspace.ledger.exists() and not workspace.episodes.is_dir():
        raise WorkspaceNotFound(workspace.root)
    return workspace
