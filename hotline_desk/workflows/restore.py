"""Make a copy of the ledger now, and put a copy back in its place."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import (
    BackupFailed,
    BackupUnusable,
    LedgerUnwritable,
    NotALedger,
    WindowAlreadyOpen,
)
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.system import FileLock, sync_content, sync_folder
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from hotline_desk.paths import Workspace

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside its file; it belongs to that file alone."""


def back_up(args: argparse.Namespace) -> Iterator[Line]:
    """Copy the ledger into the folder of backups; the copy is read through before it counts.

    Raises:
        BackupFailed: the folder cannot be written, or the copy did not come out whole.
        LedgerError: the ledger cannot be opened.
        WorkspaceNotFound: there is nothing to copy.
    """
    workspace = existing(args.workspace)
    with Ledger.open(workspace.ledger) as ledger:
        try:
            made = ledger.backup(workspace.backups)
        except LedgerUnwritable as error:
            raise BackupFailed(workspace.backups) from error
    yield Line(f"台账已备份到 {made}", {"backup": str(made)})


def restore(args: argparse.Namespace) -> Iterator[Line]:
    """Put the copy ``args.file`` in the ledger's place, and keep what was there.

    Raises:
        BackupFailed: what is there now cannot be kept; nothing was changed.
        BackupUnusable: the file is no sound ledger; nothing was changed.
        LedgerFromNewerVersion: a later version of ours made it.
        WindowAlreadyOpen: a window works with the ledger.
        WorkspaceNotFound: there is no such workspace.
    """
    workspace = existing(args.workspace)
    with _without_window(workspace):
        kept = put_back(args.file.expanduser().absolute(), workspace)
    words = f"台账已恢复为 {args.file}"
    words += f"；原来的台账在 {kept}" if kept else "；原来没有台账"
    yield Line(words, {"restored": str(args.file), "kept": str(kept) if kept else None})


def put_back(copy: Path, workspace: Workspace) -> Path | None:
    """Make *copy* the ledger of *workspace*; return where the one before lies now.

    The copy is brought up to date and examined before anything else is touched.

    Raises:
        As `restore`.
    """
    draft = workspace.ledger.with_name(f"{workspace.ledger.name}.restoring")
    try:
        shutil.copyfile(copy, draft)
        if not draft.stat().st_size:  # which would become a new ledger
            raise BackupUnusable(copy)
        with Ledger.open(draft) as ledger:
            faults = ledger.examine()
        if faults:
            raise BackupUnusable(copy)
        kept = _kept(workspace)
        with draft.open("r+b") as file:
            sync_content(file.fileno())
        draft.replace(workspace.ledger)
        sync_folder(workspace.root)
    except (OSError, NotALedger) as error:
        raise BackupUnusable(copy) from error
    finally:
        for path in (draft, *_beside(draft)):
            path.unlink(missing_ok=True)
    return kept


def _kept(workspace: Workspace) -> Path | None:
    """Copy the present ledger, sound or not, into the backups; its log must not outlive it."""
    ledger = workspace.ledger
    if not ledger.exists():
        return None
    stamp = studio_now().strftime("%Y%m%d-%H%M%S-%f")
    kept = workspace.backups / f"{ledger.stem}-before-restore-{stamp}.db"
    try:
        workspace.backups.mkdir(exist_ok=True)
        for path, suffix in zip((ledger, *_beside(ledger)), ("", *_BESIDE), strict=True):
            if path.exists():
                target = kept.with_name(kept.name + suffix)
                shutil.copyfile(path, target)
                with target.open("r+b") as file:
                    sync_content(file.fileno())
        sync_folder(workspace.backups)
        # the next ledger would take the last one's log for its own
        for path in _beside(ledger):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise BackupFailed(workspace.backups) from error
    return kept


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _BESIDE]


@contextmanager
def _without_window(workspace: Workspace) -> Iterator[None]:
    lock = FileLock(workspace.window_lock)
    if not lock.acquire():
        raise WindowAlreadyOpen(workspace.root)
    try:
        yield
    finally:
        lock.release()
