"""Make a copy of the ledger now, and put a copy back in its place."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import (
    BackupFailed,
    BackupNotFound,
    BackupUnusable,
    HotlineDeskError,
    LedgerBusy,
    LedgerFromNewerVersion,
    LedgerUnwritable,
    NotALedger,
    RestoreFailed,
    WindowAlreadyOpen,
)
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.exchange import overwrite
from hotline_desk.output import Line
from hotline_desk.system import FileLock, is_full, is_held, sync_content, sync_folder
from hotline_desk.workflows.repeat_deletions import (
    draft_of,
    forget_note,
    is_noted,
    note_deletions,
    repeat_deletions,
)
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from hotline_desk.paths import Workspace

_LOG = "-wal"
_BESIDE = (_LOG, "-shm")
"""What SQLite keeps beside its file; the log holds rows that the file does not have yet."""
_FATAL = ("台账文件", "记录")
"""Examinations that a copy has to pass; other faults come along, and doctor tells them."""
_BY_HAND = "ledger-by-hand"
BEFORE_RESTORE = "ledger-before-restore"
"""Copies that are not the day's: those are kept for fourteen days alone."""


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
            made = ledger.backup(workspace.backups, name=_BY_HAND)
        except LedgerUnwritable as error:
            raise BackupFailed(workspace.backups) from error
    yield Line(f"台账已备份到 {made}", {"backup": str(made)})


def restore(args: argparse.Namespace) -> Iterator[Line]:
    """Put the copy ``args.file`` in the ledger's place, and keep what was there.

    Whoever was deleted since the copy was made is deleted again, if need be at the next start.

    Raises:
        DeletionError: the copy is in its place, and somebody could not be deleted again.
        BackupNotFound: there is no such file, nor a backup of this name; nothing was changed.
        BackupUnusable: the file is no ledger, or damaged; nothing was changed.
        LedgerBusy: another program works with the ledger.
        LedgerFromNewerVersion: a later version of ours made the copy.
        RestoreFailed: the disk does not allow it; the ledger is still there.
        WindowAlreadyOpen: a window works with the ledger.
        WorkspaceNotFound: there is no such workspace.
    """
    workspace = existing(args.workspace)
    with without_window(workspace):
        copy = workspace.backup_called(args.file)
        was_noted = is_noted(workspace)
        deleted = note_deletions(workspace)
        try:
            kept, faults = put_back(copy, workspace)
        except HotlineDeskError:
            if not was_noted:
                forget_note(workspace)
            raise
        again = repeat_deletions(workspace)
    words = f"台账已恢复为 {copy}"
    words += f"；以前删除过的个人信息又删除了 {again.times} 次" if again.times else ""
    if again.waits:
        words += "；正在录音，以前删除过的个人信息要等录音停止、下次打开窗口时再删除"
    if again.unfound:
        words += (
            f"；有 {again.unfound} 次删除在这份台账里找不到本人，别人的记录里可能还写着，"
            "请用 search 查姓名和号码"
        )
    words += f"；原来的台账在 {kept}" if kept else "；原来没有台账"
    if not deleted.is_whole:
        words += (
            "；原来的台账读不出来，备份以后删除过的人可能又在台账里，"
            "请对照删除申请用 delete-person 再删一次"
        )
    words += f"；其中有 {faults} 处问题，请用 doctor 查看" if faults else ""
    facts = {
        "restored": str(copy),
        "kept": str(kept) if kept else None,
        "faults": faults,
        "deleted_again": again.times,
        "deletions_unfound": again.unfound,
        "deletions_known": deleted.is_whole,
    }
    yield Line(words, facts)


def put_back(copy: Path, workspace: Workspace) -> tuple[Path | None, int]:
    """Make *copy*, with the log beside it, the ledger of *workspace*.

    The copy is brought up to date and examined, and what is there is kept whole, before anything
    is exchanged; a crash at any point leaves the one or the other.

    Returns:
        Where the ledger before lies now, and how many faults came along.

    Raises:
        As `restore`.
    """
    draft = draft_of(workspace)
    try:
        faults = _examined(copy, draft)
        try:
            kept = _exchanged(draft, workspace)
        except (OSError, LedgerUnwritable) as error:
            raise RestoreFailed(workspace.root) from error
    finally:
        for path in (draft, *_beside(draft)):
            with suppress(OSError):
                path.unlink()
    return kept, faults


def _examined(copy: Path, draft: Path) -> int:
    """Copy *copy* to *draft*, bring it up to date and fold it; return how many faults it has."""
    if not copy.exists():
        raise BackupNotFound(copy)
    try:
        _copy_with_log(copy, draft)
        if not draft.stat().st_size:  # which would become a new ledger
            raise BackupUnusable(copy)
        with Ledger.open(draft) as ledger:
            faults = dict(ledger.examination())
            ledger.fold()
    except LedgerFromNewerVersion as error:
        raise LedgerFromNewerVersion(copy, error.steps) from error
    except OSError as error:
        if is_full(error):
            raise RestoreFailed(draft.parent) from error
        raise BackupUnusable(copy) from error
    except (NotALedger, LedgerUnwritable) as error:
        raise BackupUnusable(copy) from error
    if any(faults[name] for name in _FATAL):
        raise BackupUnusable(copy)
    return sum(map(len, faults.values()))


def _exchanged(draft: Path, workspace: Workspace) -> Path | None:
    """Make *draft* the ledger; return where what was there is kept, whole where it can be read.

    SQLite locks no file that it cannot read, so such a one is exchanged. Whoever opens it in
    between is refused; whoever had it open before the damage would go on in a file that is gone.
    """
    ledger = workspace.ledger
    try:
        if ledger.exists() and ledger.stat().st_size:
            return overwrite(ledger, draft, workspace.backups, name=BEFORE_RESTORE)
    except NotALedger as error:
        if is_held(ledger):
            raise LedgerBusy(ledger) from error
    kept = _put_aside(workspace)
    _sync(draft)
    draft.replace(ledger)
    sync_folder(workspace.root)
    return kept


def _put_aside(workspace: Workspace) -> Path | None:
    """Keep a ledger that cannot be read as it is, with its log; of one that is gone the log alone.

    That is gone afterwards: the next ledger would take it for its own.
    """
    ledger = workspace.ledger
    if not any(path.exists() for path in (ledger, *_beside(ledger))):
        return None
    workspace.backups.mkdir(exist_ok=True)
    kept = workspace.backups / f"{BEFORE_RESTORE}-{studio_now():%Y%m%d-%H%M%S-%f}.db"
    part = kept.with_suffix(".db.part")  # which the next copy sweeps away
    try:
        _copy_with_log(ledger, part)
        for path in (part.with_name(part.name + _LOG), part):  # the log before its file
            if path.exists():
                _sync(path)
                path.replace(path.with_name(path.name.replace(part.name, kept.name)))
        sync_folder(workspace.backups)
    finally:
        for path in (part, *_beside(part)):
            path.unlink(missing_ok=True)
    for path in _beside(ledger):
        path.unlink(missing_ok=True)
    return kept if kept.exists() else None


def _copy_with_log(source: Path, target: Path) -> None:
    for path in (target, *_beside(target)):
        path.unlink(missing_ok=True)
    for end in ("", _LOG):
        path = source.with_name(source.name + end)
        if path.exists():
            shutil.copyfile(path, target.with_name(target.name + end))


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        sync_content(file.fileno())


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _BESIDE]


@contextmanager
def without_window(workspace: Workspace) -> Iterator[None]:
    """Keep windows, and other restorings, from opening the ledger of *workspace*.

    Raises:
        RestoreFailed: the disk does not allow it.
        WindowAlreadyOpen: a window works with the ledger.
    """
    lock = FileLock(workspace.window_lock)
    try:
        if not lock.acquire():
            raise WindowAlreadyOpen(workspace.root)
    except OSError as error:
        raise RestoreFailed(workspace.root) from error
    try:
        yield
    finally:
        lock.release()
