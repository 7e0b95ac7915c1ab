"""Examine a workspace: the ledger, its history and search, and the takes that it points to."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from hotline_desk.capture.findings import marks_faults
from hotline_desk.capture.missing import missing_sound
from hotline_desk.domain.claims import SEAT_ROLE
from hotline_desk.domain.deletions import Deletion
from hotline_desk.errors import LedgerUnsound, TakeNotFound
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.examination import caption_faults
from hotline_desk.media.sound import damaged_archives
from hotline_desk.output import Line
from hotline_desk.take.captions import CAPTIONS, read_captions, unreadable_captions
from hotline_desk.take.consolidated import CONSOLIDATED, unreadable_records
from hotline_desk.take.take import EVENTS, Take
from hotline_desk.workflows.delete_person import backups_left, unfinished
from hotline_desk.workflows.gather import gather
from hotline_desk.workflows.purge import unmarked
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from hotline_desk.paths import Workspace


def doctor(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for each thing examined and what was found; first rebuild where asked to.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        LedgerUnsound: something was found that must not be.
        WorkspaceNotFound: there is nothing to examine.
    """
    workspace = existing(args.workspace)
    if not workspace.ledger.exists():
        yield _told("台账文件", [], sound="还没有建立")
        return
    count = 0
    with Ledger.open(workspace.ledger) as ledger:
        if args.rebuild:
            yield _told("重建", [], sound=f"字幕 {rebuild(ledger, workspace)} 句，检索已重做")
        for name, faults in ledger.examination():
            count += len(faults)
            yield _told(name, faults)
        faults, repaired = take_faults(ledger, workspace)
        count += len(faults)
        sound = (
            f"完好；其中 {repaired} 次录音程序中途退出过，最后一秒可能缺失" if repaired else "完好"
        )
        yield _told("录音", faults, sound=sound)
        faults, sound = deletion_faults(ledger, workspace)
        count += len(faults)
        yield _told("个人信息删除", faults, sound=sound)
    if count:
        raise LedgerUnsound(workspace.ledger, count)


def take_faults(ledger: Ledger, workspace: Workspace) -> tuple[list[str], int]:
    """Return what is wrong with the takes in the ledger, and how many were repaired.

    Lengths, the recorder's notes and the captions are looked at; of the sound, a FLAC is read to
    see whether it still is what was verified. A take that goes on has no fault yet.
    """
    faults: list[str] = []
    repaired = 0
    for name in ledger.takes():
        folder = workspace.root / name
        if not folder.is_dir():
            faults.append(f"录音文件夹“{name}”不见了")
            continue
        try:
            take = Take(folder)
        except TakeNotFound:
            faults.append(f"录音文件夹“{name}”里读不出录音")
            continue
        found = _copy_faults(ledger, name, folder)
        found += marks_faults(take) + _unreadable_lines(take)
        if any(line.role == SEAT_ROLE for line in take.lines) and (
            lost := unmarked(ledger, workspace, take)
        ):
            found.append(f"{len(lost)} 通电话的标记不全，坐席线路的声音不会清除")
        if take.ended:
            repaired += take.end_reason == "recorder_lost"
            if not take.ended_in_order:
                found.append("录音程序中途退出，还没有修复，打开窗口时会修复")
            found += missing_sound(take) + damaged_archives(take)
        faults += [f"录音“{name}”：{fault}" for fault in found]
    return faults, repaired


def deletion_faults(ledger: Ledger, workspace: Workspace) -> tuple[list[str], str]:
    """Return which deletions of persons were begun and not finished, and what else to know."""
    deletions = ledger.kept(Deletion)
    faults = [
        f"{each.at:%Y-%m-%d %H:%M} 的删除没有做完，请运行 delete-person 接着做"
        for each in unfinished(deletions)
    ]
    left = backups_left(workspace, deletions)
    names = "、".join(path.name for path in left)
    sound = f"{len(left)} 份备份里还留着已删除的个人信息：{names}" if left else "完好"
    return faults, sound


def _unreadable_lines(take: Take) -> list[str]:
    """Tell of the journals that only one process at a time writes, and that no one does now."""
    if not take.ended:
        return []
    return [
        f"{name} 有 {found} 行读不出来"
        for name, found in (
            (EVENTS, take.unreadable_events()),
            (CAPTIONS, unreadable_captions(take.folder)),
            (CONSOLIDATED, unreadable_records(take.folder)),
        )
        if found
    ]


def _copy_faults(ledger: Ledger, name: str, folder: Path) -> list[str]:
    captions, _ = read_captions(folder)
    # from before the beginning, so that a time that was made negative is seen
    return caption_faults(captions, ledger.utterances(name, start=-inf)) if captions else []


def rebuild(ledger: Ledger, workspace: Workspace) -> int:
    """Index all texts and copy the captions of every take anew; return how many were copied.

    The copies of a take whose captions are gone are all there is of them, and stay.
    """
    ledger.rebuild_search()
    copied = 0
    for name in ledger.takes():
        captions, read_to = read_captions(workspace.root / name)
        if captions:
            copied += ledger.replace_utterances(name, captions, read_to=read_to)
    copied += gather(ledger, workspace)
    return copied


def _told(name: str, faults: list[str], *, sound: str = "完好") -> Line:
    found = "".join(f"\n  {fault}" for fault in faults)
    words = f"{name}：发现 {len(faults)} 处问题{found}" if faults else f"{name}：{sound}"
    return Line(words, {"check": name, "sound": not faults, "faults": faults})
