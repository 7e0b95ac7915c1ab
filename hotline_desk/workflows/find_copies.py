"""Find what else in a workspace may hold a person: exports, transcripts, copies of the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.deletions import Person
from hotline_desk.ledger.backup import LOGS, holds_any, is_copy, knows_of, names_any
from hotline_desk.take.places import TAKE
from hotline_desk.workflows.file_texts import tells_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from hotline_desk.domain.deletions import Deletion, DeletionPlan
    from hotline_desk.domain.traces import Traces
    from hotline_desk.paths import Workspace

_HASHED = "sha256:"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds the person."""

    path: Path
    surely: bool
    """Whether it was read; else it may."""
    goes: bool = True
    """Whether it is removed on request; the settings, and what may be anything, are only told."""

    def told(self, name: str) -> str:
        """Return in words what becomes of it, called *name*."""
        if self.surely:
            return f"文件里有：{name}" if self.goes else f"设置里有：{name}（请在设置里改）"
        left = "" if self.goes else "（读不出来，要自己打开看，不会删除）"
        return f"文件里可能有{left}：{name}"


def files_with(workspace: Workspace, traces: Traces, episodes: Collection[Path]) -> Iterator[Copy]:
    """Yield the files that name the person, by content or path, and those that nobody can read.

    Of other episodes than *episodes* these are left out. The recordings themselves and all copies
    of the ledger are not among them.

    Args:
        workspace: where is looked.
        traces: what tells of the person.
        episodes: the folders of the episodes in which the person called.
    """
    for path in _files(workspace.root):
        if path == workspace.ledger or is_copy(path):
            continue
        theirs = any(path.is_relative_to(folder) for folder in episodes)
        try:
            named = traces.are_in(_name(workspace, path)) or tells_of(path, traces.are_in)
        except OSError:  # another program holds it
            yield Copy(path, surely=False)
            continue
        if named:
            yield Copy(path, surely=True, goes=path != workspace.settings)
        elif named is None and (theirs or not path.is_relative_to(workspace.episodes)):
            yield Copy(path, surely=False, goes=theirs)


def noted(workspace: Workspace, paths: Iterable[Path], traces: Traces) -> tuple[str, ...]:
    """Return how the register of deletions notes files: relative to the workspace.

    One whose name tells of the person is noted by the hash of its name.
    """
    names = (_name(workspace, path) for path in paths)
    return tuple(_hash(name) if traces.are_in(name) else name for name in names)


def noted_files(workspace: Workspace, notes: Iterable[str]) -> list[Path]:
    """Return the files that are noted so, and are still there."""
    wanted = set(notes)
    found = [workspace.root / note for note in wanted if not note.startswith(_HASHED)]
    if len(found) < len(wanted):
        every = _files(workspace.root)
        found += [path for path in every if _hash(_name(workspace, path)) in wanted]
    return sorted(path for path in found if path.exists())


def _name(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def _hash(name: str) -> str:
    return _HASHED + hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()


def backups_with(
    workspace: Workspace,
    plan: DeletionPlan | Person,
    deletion: Deletion | None = None,
    *,
    traces: Traces | None = None,
) -> list[Path]:
    """Return the copies of the ledger that still hold the person, oldest first.

    Told by the ids in *plan*: a copy that was made after *deletion* has its rows too, and knows of
    it; and by *traces*, in the rows of others. One that cannot be read may hold anything, and so
    may what SQLite left beside a copy that is gone.
    """
    return sorted(
        (path for path in _files(workspace.root)
         if path != workspace.ledger and is_copy(path) and not _is_beside_one(path)
         and (_holds(path, plan, deletion) or (traces and names_any(path, traces)))),
        key=lambda path: path.stat().st_mtime,
    )  # fmt: skip


def is_clean_of(path: Path, deletion: Deletion) -> bool:
    """Return whether the copy at *path* is from after *deletion*, and whole without a log."""
    return with_logs(path) == [path] and knows_of(path, deletion)


def with_logs(path: Path) -> list[Path]:
    """Return a copy of the ledger with what SQLite left beside it."""
    beside = (path.with_name(path.name + suffix) for suffix in LOGS)
    return [path, *(each for each in beside if each.exists())]


def _is_beside_one(path: Path) -> bool:
    return any(path.name.endswith(log) and path.with_name(path.name.removesuffix(log)).exists()
               for log in LOGS)  # fmt: skip


def _files(root: Path) -> Iterator[Path]:
    """Yield the files of a workspace but for what lies in the folders of takes."""
    for path in sorted(root.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            if not (path / TAKE).exists():
                yield from _files(path)
        elif path.stat().st_size:
            yield path


def _holds(path: Path, plan: DeletionPlan | Person, deletion: Deletion | None) -> bool:
    if with_logs(path) != [path]:  # there may be anything in them
        return True
    if deletion is not None and knows_of(path, deletion):
        return False
    asked = {"calls": plan.calls, "questions": plan.questions, "cases": plan.cases}
    origins = {} if isinstance(plan, Person) else plan.origins
    return holds_any(path, asked, origins=origins)
