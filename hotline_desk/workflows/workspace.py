"""Prepare a workspace: make its folders, closed to everybody else, and see that it can be used."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from hotline_desk.errors import WorkspaceUnwritable

if TYPE_CHECKING:
    from hotline_desk.paths import Workspace

_OWNER_ONLY = 0o700


def prepare(workspace: Workspace) -> Workspace:
    """Make the folders that *workspace* lacks and return it.

    Raises:
        WorkspaceUnwritable: a folder cannot be made, or nothing can be written in it.
    """
    try:
        workspace.root.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        for folder in (workspace.episodes, workspace.backups, workspace.logs):
            folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
            # a folder that lets itself be listed need not let itself be written
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        raise WorkspaceUnwritable(workspace.root) from error
    return workspace
