"""Prepare a workspace: make its folders, closed to everybody else, and see that it can be used."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from hotline_desk.errors import WorkspaceNotFound
from hotline_desk.take.journal import workspace_error

if TYPE_CHECKING:
    from hotline_desk.paths import Workspace

_OWNER_ONLY = 0o700
_LEAST_BYTES = 4096
"""An empty file finds room on many a full disk."""


def prepare(workspace: Workspace) -> Workspace:
    """Make the folders that *workspace* lacks and return it.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: a folder cannot be made, or nothing can be written in it.
    """
    try:
        workspace.root.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        for folder in (workspace.episodes, workspace.backups, workspace.logs):
            folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
            # a folder that lets itself be listed need not let itself be written
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(bytes(_LEAST_BYTES))
    except OSError as error:
        raise workspace_error(workspace.root, error) from error
    return workspace


def existing(workspace: Workspace) -> Workspace:
    """Return *workspace* if something was ever kept in it.

    Raises:
        WorkspaceNotFound: there is neither a ledger nor a recording.
    """
    if not workspace.ledger.exists() and not workspace.episodes.is_dir():
        raise WorkspaceNotFound(workspace.root)
    return workspace
