"""Find what else in a workspace may hold a person: exports, transcripts, copies of the ledger."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.ledger.backup import LOGS, holds_any, is_copy
from hotline_desk.take.places import TAKE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from hotline_desk.domain.deletions import Deletion, DeletionPlan, Person
    from hotline_desk.domain.traces import Traces
    from hotline_desk.paths import Workspace

_SEALED = frozenset({".pdf", ".mp3", ".wav", ".flac", ".m4a", ".mp4", ".ogg", ".opus"})
"""What nobody can look into here: of an episode in which the person called it may hold anything."""
_LARGEST_BYTES = 64 << 20
_ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds the person."""

    path: Path
    surely: bool
    """Whether it was read; else it may."""


def files_with(workspace: Workspace, traces: Traces, episodes: Collection[Path]) -> Iterator[Copy]:
    """Yield the files that name the person, and those of *episodes* that may.

    Settings, the recordings themselves and all copies of the ledger are not among them.

    Args:
        workspace: where is looked.
        traces: what tells of the person.
        episodes: the folders of the episodes in which the person called.
    """
    for path in _files(workspace.root):
        if path == workspace.settings or is_copy(path):
            continue
        if path.suffix.lower() in _SEALED:
            if any(path.is_relative_to(folder) for folder in episodes):
                yield Copy(path, surely=traces.are_in(path.name))
            continue
        try:
            if traces.are_in(path.name) or any(map(traces.are_in, _texts(path))):
                yield Copy(path, surely=True)
        except OSError:  # another program holds it
            yield Copy(path, surely=False)


def backups_with(
    workspace: Workspace, plan: DeletionPlan | Person, deletion: Deletion | None = None
) -> list[Path]:
    """Return the copies of the ledger that still hold the person, oldest first.

    Told by the ids in *plan*: a copy that was made after *deletion* has its rows too, and knows of
    it. One that cannot be read may hold anything.
    """
    return sorted(
        (path for path in _files(workspace.root)
         if path.name != workspace.ledger.name and is_copy(path)
         and not path.name.endswith(LOGS) and _holds(path, plan, deletion)),
        key=lambda path: path.stat().st_mtime,
    )  # fmt: skip


def with_logs(path: Path) -> list[Path]:
    """Return a copy of the ledger with what SQLite left beside it."""
    beside = (path.with_name(path.name + suffix) for suffix in LOGS)
    return [path, *(each for each in beside if each.exists())]


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


def _texts(path: Path) -> Iterator[str]:
    """Yield what a file says, in every reading in which it may be meant."""
    if path.stat().st_size > _LARGEST_BYTES:
        return
    content = path.read_bytes()
    if content.startswith(b"PK"):
        with suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as parts:
            for part in parts.infolist():
                if part.file_size <= _LARGEST_BYTES:
                    yield part.filename
                    yield parts.read(part).decode("utf-8", "replace")
        return
    for encoding in _ENCODINGS:
        with suppress(UnicodeError):
            yield content.decode(encoding)


def _holds(path: Path, plan: DeletionPlan | Person, deletion: Deletion | None) -> bool:
    if with_logs(path) != [path]:  # there may be anything in them
        return True
    asked = {"calls": plan.calls, "questions": plan.questions, "cases": plan.cases}
    return holds_any(path, asked, but_for=deletion)
