"""Marks on a take: marks.jsonl is the desk's alone."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.marks import Mark, MarkKind, standing
from hotline_desk.errors import WorkspaceError
from hotline_desk.take import journal
from hotline_desk.take.places import places, second_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = [
    "MARKS",
    "Mark",
    "MarkKind",
    "SeenMarks",
    "add_mark",
    "marks",
    "undo_mark",
    "unreadable_marks",
]

MARKS = "marks.jsonl"


def add_mark(folder: Path, mark: Mark) -> None:
    """Put *mark* on the take in *folder*; it survives a power cut once this returns.

    It lies in the take's second folder, if there is one, when the first cannot take it.

    Raises:
        WorkspaceFull: the disk is full; the mark is not set.
        WorkspaceUnwritable: the folder cannot be written; the mark is not set.
    """
    record: dict[str, Any] = {
        "kind": mark.kind.value,
        "at": mark.at,
        "wall": mark.wall.isoformat(),
        "call": mark.call_id,
        "question": mark.question,
    }
    if mark.kind is MarkKind.REFUSED:
        record["pre_roll"] = mark.pre_roll
    if mark.undoes is not None:
        record["undoes"] = mark.undoes.value
    try:
        journal.append(folder / MARKS, record, sync=True)
    except WorkspaceError:
        second = second_folder(folder)
        if second is None:
            raise
        journal.append(second / MARKS, record, sync=True)


def undo_mark(folder: Path, mark: Mark, *, wall: datetime) -> None:
    """Take back *mark*, which stands on the take in *folder*; *wall* is when that is done.

    Raises:
        WorkspaceFull: the disk is full; the mark stands.
        WorkspaceUnwritable: the folder cannot be written; the mark stands.
    """
    undone = dataclasses.replace(mark, kind=MarkKind.UNDONE, wall=wall, undoes=mark.kind)
    add_mark(folder, undone)


def marks(folder: Path) -> list[Mark]:
    """Return the marks that stand on the take in *folder*, in the order in which they were set.

    Where some lie in a second folder, the wall clock tells the order.
    """
    own, *more = (journal.read(place / MARKS, _mark)[0] for place in places(folder))
    elsewhere = [mark for there in more for mark in there if mark not in own]
    return standing(sorted(own + elsewhere, key=_set_at) if elsewhere else own)


def is_marked(folder: Path) -> bool:
    """Return whether anything was ever marked on the take in *folder*, as far as is left."""
    return any(journal.whole_lines(place / MARKS) for place in places(folder))


def unreadable_marks(folders: Iterable[Path]) -> int:
    """Return how many lines of the marks in *folders*, one take's, nobody understands.

    One that was cut off counts, too: it may be what is left of more.
    """
    paths = [place / MARKS for place in folders]
    return sum(journal.unreadable(path, _mark) + journal.is_torn(path) for path in paths)


class SeenMarks:
    """How many marks a take had: marks are only ever added, and fewer than before were lost."""

    def __init__(self) -> None:
        self._seen = 0

    def are_lost(self, folders: Iterable[Path]) -> bool:
        """Return whether *folders*, the take's, hold fewer lines of marks than they once did."""
        lines = sum(journal.whole_lines(place / MARKS) for place in folders)
        self._seen = max(self._seen, lines)
        return lines < self._seen


def _set_at(mark: Mark) -> datetime:
    return mark.wall


def _mark(record: dict[str, Any]) -> Mark:
    return Mark(
        kind=MarkKind(record["kind"]),
        at=journal.number(record, "at"),
        wall=datetime.fromisoformat(record["wall"]),
        call_id=None if record["call"] is None else journal.fact(record, "call", int),
        question=journal.fact(record, "question", str),
        pre_roll=journal.number(record, "pre_roll") if "pre_roll" in record else 0.0,
        undoes=MarkKind(record["undoes"]) if "undoes" in record else None,
    )
