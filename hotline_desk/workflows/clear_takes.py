"""Clear takes of a person: words leave the captions, sound becomes silence of the same length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.times import studio_now
from hotline_desk.errors import Cancelled, TakeInUse, TakeNotFound
from hotline_desk.media.archive import replaced, silence
from hotline_desk.system import FileLock, is_locked, patiently
from hotline_desk.take import captions, journal
from hotline_desk.take.consolidated import consolidated
from hotline_desk.take.home import is_home
from hotline_desk.take.purge import note_purged, purge, to_delete
from hotline_desk.take.take import LOCK, Take
from hotline_desk.workflows.gather import copy_anew
from hotline_desk.workflows.purge import TakeNote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hotline_desk.domain.casework.claims import Stretch
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.take.take import LineInfo


def clear_take(
    ledger: Ledger,
    workspace: Workspace,
    name: str,
    *,
    words: Mapping[str, Sequence[Stretch]],
    sound: Mapping[str, Sequence[Stretch]],
) -> None:
    """Clear the take called *name*; what was cleared before is left as it is.

    Interrupted anywhere, it is done again: what is silent already is not gone over twice.

    Args:
        ledger: whose copies of the captions are made anew.
        workspace: where the take lies; one that is gone has nothing to clear.
        name: as the ledger names it.
        words: by line's name, in take time, what leaves the captions.
        sound: the same for what becomes silence.

    Raises:
        CaptionerRunning: the take is being captioned.
        Cancelled: a recorder has begun to run: FLACs are made when nothing records.
        FlacFailed, FfmpegMissing, NoRoomForFlac: a FLAC could not be made anew.
        TakeInUse: another program works on the take, its end is not known, or it is not all there.
        WorkspaceFull, WorkspaceUnwritable: a file cannot be written.
    """
    folder = workspace.root / name
    try:
        take = Take(folder)
    except TakeNotFound:
        return
    captions.erase(folder, words)
    lock = FileLock(folder / LOCK)
    try:
        away = len(take.folders) > 1 and not (take.folders[-1].is_dir() or is_home(take))
        if away or not take.ended_in_order or not lock.acquire():
            raise TakeInUse(folder)
        for line in take.lines:
            _silence(workspace, take, line, sound.get(line.name, ()))
    except OSError as error:
        raise journal.workspace_error(folder, error) from error
    finally:
        lock.release()
    copy_anew(ledger, folder, name, gone=words)


def _silence(
    workspace: Workspace, take: Take, line: LineInfo, stretches: Sequence[Stretch]
) -> None:
    def give_way(_samples: int) -> None:
        if is_locked(workspace.recorder_lock):
            raise Cancelled

    gone = to_delete(take, line.name, stretches)
    for each in gone:  # segments whose FLAC is made already may still lie beside it
        purge(take.folder, line.id, each.first_sample, each.samples)
    if gone and consolidated(take.folder, line.id) is not None:
        places = [(each.first_sample, each.samples) for each in gone]
        silence(take.folder, line, places, passed=give_way)
    for path in replaced(take.folder, line) if stretches else ():
        _remove(path)
    note = TakeNote(take, studio_now())
    for each in gone:
        note_purged(each, note)


def _remove(path: Path) -> None:
    patiently(lambda: path.unlink(missing_ok=True))
