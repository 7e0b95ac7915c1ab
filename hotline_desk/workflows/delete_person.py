"""Delete a person (个人信息删除): rows first and at once, then takes, free pages, files, copies.

What is to go is written into the ledger by ids together with the rows' change: whatever comes
between, the next start goes on with the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.domain.publications import Publication
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import (
    Cancelled,
    DeletionNotNow,
    DeletionUnfinished,
    EpisodeNotFound,
    HotlineDeskError,
    PersonRetained,
)
from hotline_desk.ledger.deleting import NOBODYS, DeletingLedger
from hotline_desk.messages import sentence
from hotline_desk.settings import load
from hotline_desk.system import is_locked
from hotline_desk.take.captions import heard_captions, without
from hotline_desk.take.removed import removed
from hotline_desk.workflows.clear_takes import clear_take
from hotline_desk.workflows.find_copies import (
    Copy,
    backups_with,
    files_with,
    noted,
    noted_files,
)
from hotline_desk.workflows.find_traces import find_traces, heard_as
from hotline_desk.workflows.gather import gather, lost
from hotline_desk.workflows.remove_copies import remove, remove_copies

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from hotline_desk.domain.casework.claims import Stretch
    from hotline_desk.domain.deletions import Key, Mention, Person
    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.paths import Workspace

WORD = "删除"
"""What has to be typed before anything goes."""
CLEARED = "去掉姓名和号码："
"""Stands before the records of others that name the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a deletion would do, before anything is done."""

    person: Person
    mentions: tuple[Mention, ...]
    """Records of others that name the person."""
    plan: DeletionPlan
    files: tuple[Copy, ...]
    backups: tuple[Path, ...]
    published: tuple[str, ...]
    """What was published with the person's voice or row, in words: it is withdrawn by hand."""

    @property
    def rows_of_others(self) -> dict[int, Key]:
        """Which lines of `told` are records of others, by their place."""
        return {at: each.key for at, each in enumerate(self.mentions, len(self.person.told))}

    @property
    def seconds(self) -> float:
        """How much sound becomes silence, all lines together."""
        lines = (line for take in self.plan.sound.values() for line in take.values())
        return sum(stretch.end - stretch.start for line in lines for stretch in line)

    @property
    def backups_there(self) -> list[Path]:
        """Those of the copies that are still there."""
        return [path for path in self.backups if path.exists()]

    def leaving(self, records: Collection[Key]) -> Proposal:
        """Return the same without those *records* of others: somebody else is called so there."""
        return replace(self, person=replace(self.person, left=frozenset(records)))

    def told(self, workspace: Workspace) -> list[str]:
        """Return what goes, a line each, for those who decide."""
        done = "匿名化" if self.person.everywhere else "清除内容"
        lines = [f"{done}：{words}" for words in self.person.told]
        lines += [
            f"没有包括：{each.words}（同名的别人）"
            if each.key in self.person.left
            else f"{CLEARED}{each.words}"
            for each in self.mentions
        ]
        lines += [
            f"没有包括：{words}（同名，号码不同；是同一个人请另行删除）"
            for words in self.person.namesakes
        ]
        lines += [f"字幕去掉本人的话：{name}" for name in self.plan.words]
        if self.plan.sound:
            lines.append(f"声音改为静音：{len(self.plan.sound)} 次录音，共 {self.seconds:.0f} 秒")
        lines += [
            copy.told(copy.path.relative_to(workspace.root).as_posix()) for copy in self.files
        ]
        lines += [f"备份里还有：{path.name}" for path in self.backups]
        lines += [f"已经发布，要另行撤下：{words}" for words in self.published]
        return lines


def propose(ledger: DeletingLedger, workspace: Workspace, person: Person) -> Proposal:
    """Return what deleting *person* would do; captions that the ledger lacks are copied first.

    Raises:
        LedgerError: the ledger cannot be read or written.
        WorkspaceUnwritable: captions cannot be read.
    """
    gather(ledger, workspace)
    traces = ledger.traces_of(person)
    pre_roll_seconds = load(workspace.settings).pre_roll_seconds
    heard = heard_as(ledger, workspace, person, pre_roll_seconds=pre_roll_seconds)
    person = replace(person, heard_as=heard)
    words, sound = find_traces(ledger, workspace, person, traces, pre_roll_seconds=pre_roll_seconds)
    plan = DeletionPlan(
        calls=person.calls,
        questions=person.questions,
        cases=(*person.cases, *person.shared_cases),
        words=words,
        sound=sound,
        own_only=person.own_only,
    )
    mentions = tuple(ledger.mentions(person, traces)) if person.everywhere else ()
    episodes = ledger.episodes_of(person, mentions)
    folders = _episode_folders(ledger, workspace, episodes, words)
    return Proposal(
        person=person,
        mentions=mentions,
        plan=plan,
        files=tuple(files_with(workspace, traces, folders)) if person.everywhere else (),
        backups=tuple(backups_with(workspace, plan, traces=traces if person.everywhere else None)),
        published=tuple(_published(ledger, person)),
    )


def delete(
    ledger: DeletingLedger,
    workspace: Workspace,
    proposal: Proposal,
    *,
    who: str,
    files: bool,
    backups: bool,
    reason: DeletionReason = DeletionReason.ASKED,
) -> Deletion:
    """Do what *proposal* says; from the first step on it is finished sooner or later.

    Args:
        ledger: opened for this.
        workspace: whose takes and files are cleared.
        proposal: made just before.
        who: who asks for it.
        files: whether the exports and transcripts that it lists are removed, too.
        backups: the same for the copies of the ledger.
        reason: why.

    Raises:
        DeletionNotNow: something is being recorded; nothing was changed.
        DeletionUnfinished: the rows are clean; the rest is done at the next start.
        LedgerBusy, LedgerUnwritable: nothing was changed.
        PersonRetained: a record has to be kept; nothing was changed.
    """
    if is_locked(workspace.recorder_lock):
        raise DeletionNotNow
    for record, why in proposal.person.retained:
        raise PersonRetained(record, why)
    traces = ledger.traces_of(proposal.person)
    going = [copy.path for copy in proposal.files if copy.goes]
    held = noted(workspace, proposal.backups, traces)
    plan = with_origins(
        ledger,
        replace(
            proposal.plan,
            files=noted(workspace, going, traces) if files else (),
            backups=held if backups else (),
            naming=held,
            left=tuple(sorted(ledger.origin(*key) for key in proposal.person.left)),
        ),
    )
    deletion = Deletion(at=studio_now(), who=who, reason=reason, plan=plan.as_json())
    heard = _left(ledger, workspace, plan)
    begun = ledger.delete_person(proposal.person, deletion, heard=heard)
    return finish(ledger, workspace, begun)


def with_origins(ledger: DeletingLedger, plan: DeletionPlan) -> DeletionPlan:
    """Return *plan* with what tells its records from those of other ledgers."""
    if plan.origins:
        return plan
    return replace(
        plan,
        origins={
            table: {str(each): ledger.origin(table, each) for each in ids}
            for table, ids in (
                ("calls", plan.calls),
                ("questions", plan.questions),
                ("cases", plan.cases),
            )
        },
    )


def finish(ledger: DeletingLedger, workspace: Workspace, deletion: Deletion) -> Deletion:
    """Do what is left of *deletion* once its rows are clean; return it as it is noted then.

    Raises:
        DeletionUnfinished: a part cannot be done now.
    """
    plan = DeletionPlan.from_json(deletion.plan)
    nothing: dict[str, tuple[Stretch, ...]] = {}
    steps: list[tuple[str, Callable[[], object]]] = []
    for name in sorted({*plan.words, *plan.sound}):
        words, sound = plan.words.get(name, nothing), plan.sound.get(name, nothing)
        clear = partial(clear_take, ledger, workspace, name, words=words, sound=sound)
        steps.append((f"录音“{name}”", clear))
    steps.append(("台账文件", ledger.compact))
    steps += [
        (f"“{path.parent.name}”里的文件", partial(_remove_file, workspace, path))
        for path in noted_files(workspace, plan.files)
    ]
    left = [f"{what}（{why}）" for what, work in steps if (why := _refusal(work))]
    if plan.backups and not left:
        why = _refusal(partial(_replace_backups, ledger, workspace, plan, deletion))
        left += [f"备份（{why}）"] if why else []
    if left:
        raise DeletionUnfinished("；".join(left))
    return ledger.keep(replace(deletion, finished_at=studio_now()), by=NOBODYS)


def _refusal(work: Callable[[], object]) -> str:
    """Do *work* and return why it could not be done, in words; empty where it was."""
    try:
        work()
    except Cancelled:
        return "正在录音"
    except OSError:
        return "文件被别的程序占用"
    except HotlineDeskError as error:
        return sentence(error).rstrip("。")
    return ""


def finish_all(workspace: Workspace) -> list[Deletion]:
    """Finish every deletion that is not; return those that were finished now.

    Raises:
        DeletionUnfinished: some cannot be finished now.
        LedgerError: the ledger cannot be opened.
    """
    if not workspace.ledger.exists():
        return []
    done: list[Deletion] = []
    left: list[str] = []
    with DeletingLedger.open(workspace.ledger) as ledger:
        waiting = unfinished(ledger.kept(Deletion))
        if waiting and is_locked(workspace.recorder_lock):
            raise DeletionUnfinished("正在录音")
        for deletion in waiting:
            try:
                done.append(finish(ledger, workspace, deletion))
            except DeletionUnfinished as error:
                left.append(error.left)
    if left:
        raise DeletionUnfinished("；".join(left))
    return done


def unfinished(deletions: Iterable[Deletion]) -> list[Deletion]:
    """Return those of *deletions* of which something is left to do."""
    return [deletion for deletion in deletions if deletion.finished_at is None]


def backups_left(workspace: Workspace, deletions: Iterable[Deletion]) -> list[Path]:
    """Return the copies of the ledger that still hold somebody of *deletions*."""
    found: set[Path] = set()
    for deletion in deletions:
        plan = DeletionPlan.from_json(deletion.plan)
        found |= {
            *backups_with(workspace, plan, deletion),
            *noted_files(workspace, plan.naming),
        }
    return sorted(found)


def _replace_backups(
    ledger: DeletingLedger, workspace: Workspace, plan: DeletionPlan, deletion: Deletion
) -> None:
    left = noted_files(workspace, plan.backups)
    if not left:
        return
    held = {*backups_with(workspace, plan, deletion), *left}
    if not any(path not in held for path in workspace.backups.glob("*.db")):
        ledger.backup(workspace.backups)
    remove_copies(ledger, workspace, left)


def _left(
    ledger: DeletingLedger, workspace: Workspace, plan: DeletionPlan
) -> dict[str, tuple[list[Utterance], int]]:
    """Return what may stay of the captions of the takes in *plan* whose folders are there."""
    found = {}
    copied_to = ledger.takes()
    for name, lines in plan.words.items():
        folder = workspace.root / name
        captions, read_to = heard_captions(folder)
        if cut := lost(ledger, folder, name):
            captions, read_to = [*captions, *cut], max(read_to, copied_to[name])
        if not captions:
            continue
        hidden = removed(folder)
        stay = (
            without(without(said, hidden.on(said.line)), lines.get(said.line, ()))
            for said in captions
        )
        found[name] = ([said for said in stay if said.text], read_to)
    return found


def _episode_folders(
    ledger: DeletingLedger, workspace: Workspace, episodes: Iterable[int], takes: Iterable[str]
) -> set[Path]:
    folders = {(workspace.root / name).parent for name in takes}
    for number in episodes:
        try:
            folders.add(workspace.episodes / ledger.episode(number).folder_name)
        except EpisodeNotFound:  # taken back
            continue
    return folders - {workspace.root, workspace.episodes}


def _published(ledger: DeletingLedger, person: Person) -> Iterator[str]:
    episodes = ledger.episodes_of(person)
    for each in ledger.kept(Publication):
        whole = each.question_id is None and each.episode in episodes
        if each.withdrawn_on is None and (whole or each.question_id in person.questions):
            yield f"{each.item}（{each.place}，{each.published_on.isoformat()}）"


def _remove_file(workspace: Workspace, path: Path) -> None:
    """Remove a file, and the folders that are empty without it: they may be named like it."""
    remove(path)
    for folder in path.parents:
        if folder.parent == workspace.root or any(folder.iterdir()):
            return
        folder.rmdir()
