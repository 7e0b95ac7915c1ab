"""Examine a workspace: the office's own files, the ledger, and the takes that it points to."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from hotline_desk.capture.findings import marks_faults
from hotline_desk.capture.missing import missing_sound
from hotline_desk.domain.deletions import Deletion
from hotline_desk.domain.roles import Role
from hotline_desk.errors import LedgerUnsound, NotALedger, TakeNotFound, WorkspaceUnwritable
from hotline_desk.ledger import Ledger, is_openable
from hotline_desk.ledger.examination import caption_faults
from hotline_desk.ledger.integrity import is_lost
from hotline_desk.media.sound import damaged_archives
from hotline_desk.messages import sentence
from hotline_desk.output import Line
from hotline_desk.reports.workbook import drafts_left
from hotline_desk.take.captions import CAPTIONS, lacks, read_captions, unreadable_captions
from hotline_desk.take.consolidated import CONSOLIDATED, unreadable_records
from hotline_desk.take.marks import MARKS
from hotline_desk.take.take import EVENTS, Take
from hotline_desk.workflows.delete_person import backups_left, unfinished
from hotline_desk.workflows.gather import gather
from hotline_desk.workflows.own_files import own_file_faults
from hotline_desk.workflows.pointers import pointer_faults
from hotline_desk.workflows.purge import unmarked
from hotline_desk.workflows.repeat_deletions import is_owed, is_stuck
from hotline_desk.workflows.restore import BEFORE_RESTORE
from hotline_desk.workflows.workspace import existing, place_faults

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hotline_desk.paths import Workspace


_SOUND = "完好"
_RESTORE = "请保留现场，用 restore 换上最新的一份备份"
_PUT_BACK = "丢了、坏了的声音文件请从别处的副本放回"
_WITHOUT_LEDGER = (
    "录音里有标记，它们的台账却不见了：先找回 ledger.db 放进工作文件夹，"
    "不要照常打开，那样会另建一本空的"
)
_TO_BE_DONE = dict.fromkeys(("台账文件", "关联", "记录", "编号", "历史", "与历史相符"), _RESTORE)
"""What to do where the faults themselves do not say it, by the name of the examination."""


def doctor(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for each thing examined and what was found; first rebuild where asked to.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        LedgerUnsound: something was found that must not be.
        WorkspaceNotFound: there is nothing to examine.
    """
    workspace = existing(args.workspace)
    count = 0
    for name, faults, sound in _examined(workspace, anew=args.rebuild):
        count += len(faults)
        yield _told(name, faults, sound)
    if count:
        raise LedgerUnsound(workspace.root, count)


def _examined(workspace: Workspace, *, anew: bool) -> Iterator[tuple[str, list[str], str]]:
    """Yield what was examined, its faults, and what is said where there are none."""
    yield "工作文件夹", place_faults(workspace), _SOUND
    for name, fault in own_file_faults(workspace):
        yield name, [] if fault is None else [sentence(fault)], _SOUND
    if not _is_begun(workspace.ledger) and not is_lost(workspace.ledger):
        if _is_marked(workspace):
            yield "台账", [_WITHOUT_LEDGER], ""
        else:
            yield "台账文件", [], "还没有建立"
        return
    with Ledger.open(workspace.ledger) as ledger:
        if anew:
            yield "重建", [], f"字幕 {rebuild(ledger, workspace)} 句，检索已重做"
        for name, faults in ledger.examination():
            yield name, faults, _SOUND
        for name, check in _CHECKS.items():
            try:
                faults, sound = check(ledger, workspace)
            except NotALedger:  # a record that it needs was told before
                faults, sound = ["有记录读不出来，没有检查完"], ""
            yield name, faults, sound


def _is_begun(ledger: Path) -> bool:
    return ledger.exists() and ledger.stat().st_size > 0


def _is_marked(workspace: Workspace) -> bool:
    """Return whether a recording has marks: they name calls and questions of some ledger."""
    return any(marks.stat().st_size for marks in workspace.episodes.glob(f"*/*/{MARKS}"))


def take_faults(ledger: Ledger, workspace: Workspace) -> tuple[list[str], str]:
    """Return what is wrong with the takes in the ledger, and what else to know of them.

    Lengths, the recorder's notes and the captions are looked at; of the sound, a FLAC is read to
    see whether it still is what was verified. A take that goes on has no fault yet.
    """
    faults: list[str] = []
    repaired = 0
    for name in ledger.takes():
        folder = workspace.root / name
        if not folder.is_dir():
            faults.append(f"录音文件夹“{name}”不见了，请放回工作文件夹里原来的位置")
            continue
        try:
            take = Take(folder)
            found = _faults_of(take, name, ledger, workspace)
            repaired += take.ended and take.end_reason == "recorder_lost"
        except TakeNotFound:
            faults.append(f"录音文件夹“{name}”里读不出录音，请从别处的副本放回 take.json")
            continue
        except WorkspaceUnwritable as error:  # read in vain, too
            found = [f"{error.path.name} 打不开，没有检查完，请检查它的权限"]
        faults += [f"录音“{name}”：{fault}" for fault in found]
    told = f"；其中 {repaired} 次录音程序中途退出过，最后一秒可能缺失" if repaired else ""
    return faults, f"完好{told}"


def _faults_of(take: Take, name: str, ledger: Ledger, workspace: Workspace) -> list[str]:
    found = _copy_faults(ledger, name, take.folder)
    found += marks_faults(take) + _unreadable_lines(take)
    if any(line.role == Role.SEAT for line in take.lines) and (
        lost := unmarked(ledger, workspace, take)
    ):
        found.append(f"{len(lost)} 通电话的标记不全，坐席线路的声音不会清除，请核对这几通")
    if take.ended:
        if not take.ended_in_order:
            found.append("录音程序中途退出，还没有修复，打开窗口时会修复")
        found += [f"{fault}；{_PUT_BACK}" for fault in missing_sound(take)]
        found += damaged_archives(take)
    return found


def backup_faults(_ledger: Ledger, workspace: Workspace) -> tuple[list[str], str]:
    """Return which copies of the ledger could not take its place, and how many could.

    What was put aside when another took its place may be damaged: that is often why.
    """
    copies = [
        copy
        for copy in sorted(workspace.backups.glob("*.db"))
        if not copy.name.startswith(BEFORE_RESTORE)
    ]
    faults = [
        f"备份 {copy.name} 打不开或者已经损坏，恢复时不能用它；请删掉它，再用 backup 命令备份一次"
        for copy in copies
        if not is_openable(copy)
    ]
    return faults, f"{len(copies)} 份，都能打开" if copies else "还没有，打开窗口时每天备份一次"


def deletion_faults(ledger: Ledger, workspace: Workspace) -> tuple[list[str], str]:
    """Return which deletions of persons were begun and not finished, and what else to know."""
    deletions = ledger.kept(Deletion)
    faults = [
        f"{each.at:%Y-%m-%d %H:%M} 的删除没有做完，请运行 delete-person 接着做"
        for each in unfinished(deletions)
    ]
    if is_owed(ledger, workspace):
        faults.append("恢复台账以后，以前删除过的个人信息还没有再删除，请运行 delete-person 接着做")
    if is_stuck(workspace):
        faults.append(f"“{workspace.owed.name}”清不掉，请检查它的权限，删除都做完了再把它删掉")
    left = backups_left(workspace, deletions)
    names = "、".join(path.name for path in left)
    sound = f"{len(left)} 份备份里还留着已删除的个人信息：{names}" if left else _SOUND
    return faults, sound


def draft_faults(_ledger: Ledger, workspace: Workspace) -> tuple[list[str], str]:
    """Return which exports were killed and left rows that nobody has masked."""
    faults = [
        f"导出中途退出，留下没有脱敏的草稿 {folder.relative_to(workspace.root).as_posix()}，"
        "打开窗口或再导出一次就会清除"
        for folder in drafts_left(workspace.drafts)
    ]
    return faults, _SOUND


def _unreadable_lines(take: Take) -> list[str]:
    """Tell of the journals that only one process at a time writes, and that no one does now."""
    if not take.ended:
        return []
    return [
        f"{name} 有 {found} 行读不出来，这几行记的事已经丢失，声音不受影响"
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
    faults = caption_faults(captions, ledger.utterances(name, start=-inf))
    if faults and lacks(folder, ledger.takes()[name]):
        return [
            f"{CAPTIONS} 少了一截，或者有读不出来的行，台账里抄下的字幕都还在；"
            "请从别处的副本放回这个文件，放回以前 doctor --rebuild 不动这次录音的字幕"
        ]
    return faults if captions else []


def rebuild(ledger: Ledger, workspace: Workspace) -> int:
    """Index all texts and copy the captions of every take anew; return how many were copied.

    The copies of a take whose captions are gone, or some of them, are all there is, and stay.
    """
    ledger.rebuild_search()
    copied = 0
    for name, copied_to in ledger.takes().items():
        folder = workspace.root / name
        captions, read_to = read_captions(folder)
        if captions and not lacks(folder, copied_to):
            copied += ledger.replace_utterances(name, captions, read_to=read_to)
    copied += gather(ledger, workspace)
    return copied


_CHECKS: dict[str, Callable[[Ledger, Workspace], tuple[list[str], str]]] = {
    "录音": take_faults,
    "所指的录音": lambda ledger, workspace: (pointer_faults(ledger, workspace), _SOUND),
    "备份": backup_faults,
    "个人信息删除": deletion_faults,
    "导出": draft_faults,
}
"""What is examined beside the ledger's own file: the faults, and what is said without any."""


def _told(name: str, faults: list[str], sound: str) -> Line:
    words = f"{name}：{sound}"
    if faults:
        to_be_done = _TO_BE_DONE.get(name, "")
        told = [*faults, to_be_done] if to_be_done else faults
        words = "\n  ".join((f"{name}：发现 {len(faults)} 处问题", *told))
    return Line(words, {"check": name, "sound": not faults, "faults": faults})
