"""Bring home what lies in an ended take's second folder, so that all of it is in one place."""

from __future__ import annotations

import contextlib
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

from hotline_desk.system import FileLock, patiently, sync_folder, write_through, write_whole
from hotline_desk.take import journal
from hotline_desk.take.marks import MARKS
from hotline_desk.take.places import RESERVE_BYTES, second_folder
from hotline_desk.take.segments import playlist, repair, segments, segments_in
from hotline_desk.take.take import EVENTS, LOCK, STOP, Take

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hotline_desk.take.segments import Segment

_CHUNK_BYTES = 1 << 20
_JOURNALS = (EVENTS, MARKS)
_HOME, _UNNEEDED = "home", "second_unneeded"


def away(folder: Path) -> list[Path]:
    """Return what of the take in *folder* lies in its second one, as far as that is there."""
    second = second_folder(folder)
    if second is None:
        return []
    with contextlib.suppress(OSError):
        return sorted(
            path for path in second.iterdir() if path.suffix == ".wav" or path.name in _JOURNALS
        )
    return []


def is_home(take: Take) -> bool:
    """Return whether it was noted that nothing of *take* lies in its second folder any more."""
    return any(event["event"] in {_HOME, _UNNEEDED} for event in take.events())


def bring_home(folder: Path, *, cancelled: Callable[[], bool] = lambda: False) -> bool:
    """Move what lies in the second folder of an ended take into its own; return whether all is.

    Each segment is copied, synced, read again and compared before it goes from the second folder:
    interrupted anywhere, nothing is lost, and the next call goes on. Leaves what would take the
    first volume's reserve. The take's lock is held meanwhile.

    Args:
        folder: the take's; its recorder has ended.
        cancelled: asked between two segments.

    Raises:
        TakeNotFound: the folder holds no take.
        WorkspaceFull: the first volume is full after all.
        WorkspaceUnwritable: one of the folders cannot be written.
    """
    take = Take(folder)
    lock = FileLock(folder / LOCK)
    try:
        # an empty one stays until the end is noted: whoever is interrupted finds it there
        if not take.folders[-1].is_dir() or len(take.folders) == 1 or not lock.acquire():
            return not away(folder)
        try:
            return _bring(take, cancelled)
        finally:
            lock.release()
    except OSError as error:
        raise journal.workspace_error(folder, error) from error


def _bring(take: Take, cancelled: Callable[[], bool]) -> bool:
    home, second = take.folders
    # of a recorder that died while this volume was away, nobody has put the headers in order
    repair(home, {line.id: line.rate_hz for line in take.lines})
    for line in take.lines:
        if not _all_moved(segments_in((second,), line.id), home, cancelled):
            return False
        if playlist(second, line.id).exists():
            _list_segments(home, line.id)
            playlist(second, line.id).unlink()
    for name in _JOURNALS:
        _append(second / name, home / name)
    _note(take)
    (second / STOP).unlink(missing_ok=True)
    for left in (second, second.parent):
        with contextlib.suppress(OSError):  # somebody put something there, or another take is
            left.rmdir()
    return True


def _all_moved(there: Sequence[Segment], home: Path, cancelled: Callable[[], bool]) -> bool:
    """Move segments to *home* until it is cancelled, or the reserve is reached."""
    for segment in there:
        if not segment.samples:  # begun in vain
            patiently(segment.path.unlink)
            continue
        room = shutil.disk_usage(home).free - segment.path.stat().st_size
        if cancelled() or room < RESERVE_BYTES:
            return False
        while not _moved(segment.path, home / segment.path.name):
            pass
    return True


def _note(take: Take) -> None:
    """Note that nothing lies there any more, once; of one that was not needed nobody is told."""
    if is_home(take):
        return
    events = take.events()
    needed = any(event["event"] == "second_folder" for event in events)
    record = {
        "event": _HOME if needed else _UNNEEDED,
        "at": max((event["at"] for event in events), default=0.0),
        "wall": datetime.now().astimezone().isoformat(timespec="milliseconds"),
    }
    journal.append(take.folder / EVENTS, record, sync=True)


def _moved(source: Path, target: Path) -> bool:
    """Copy *source*, see that the copy is the same, and only then take the source away.

    False if the source was changed meanwhile: what was purged there must not live on in a copy.
    """
    before = source.stat()
    if not (target.exists() and _same(source, target)):
        draft = target.with_suffix(".part")
        with source.open("rb") as original, draft.open("wb") as copy:
            shutil.copyfileobj(original, copy, _CHUNK_BYTES)
        write_through(draft)
        if not _same(source, draft):
            return False
        patiently(lambda: draft.replace(target))
        sync_folder(target.parent)
    now = source.stat()
    if (now.st_ino, now.st_mtime_ns) != (before.st_ino, before.st_mtime_ns):
        return False
    patiently(source.unlink)
    return True


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while (piece := left.read(_CHUNK_BYTES)) == right.read(_CHUNK_BYTES):
            if not piece:
                return True
    return False


def _list_segments(folder: Path, line_id: str) -> None:
    """Write the line's playlist anew: its segments came from two folders."""
    names = [segment.path.name for segment in segments(folder, line_id)]
    write_whole(playlist(folder, line_id), "".join(f"{name}\n" for name in names).encode())


def _append(source: Path, target: Path) -> None:
    """Put a journal's records behind those at home; an earlier call may have brought some."""
    there, _ = journal.read(target, dict)
    records, _ = journal.read(source, dict)
    for record in records:
        if record not in there:
            journal.append(target, record, sync=True)
    patiently(lambda: source.unlink(missing_ok=True))
