"""Marks: what the desk's keys put on a take's time; marks.jsonl is the desk's alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hotline_desk.take import journal

if TYPE_CHECKING:
    from pathlib import Path

MARKS = "marks.jsonl"


class MarkKind(StrEnum):
    """What happened at a mark."""

    CALL = "来电"
    AIR = "直播"
    QUESTION = "问题"
    ANSWER = "解答"
    END = "结束"
    DUMP = "删延时"
    NAMED = "点名"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a take's time."""

    kind: MarkKind
    at: float
    """Seconds of take time."""
    wall: datetime
    """With its offset; shown, never computed with."""
    call_id: int | None = None
    question: str = ""
    """The question's number, where it has one."""


def add_mark(folder: Path, mark: Mark) -> None:
    """Put *mark* on the take in *folder*; it survives a power cut once this returns.

    Raises:
        WorkspaceFull: the disk is full; the mark is not set.
        WorkspaceUnwritable: the folder cannot be written; the mark is not set.
    """
    record = {
        "kind": mark.kind.value,
        "at": mark.at,
        "wall": mark.wall.isoformat(),
        "call": mark.call_id,
        "question": mark.question,
    }
    journal.append(folder / MARKS, record, sync=True)


def marks(folder: Path) -> list[Mark]:
    """Return the marks of the take in *folder*, oldest first."""
    return journal.read(folder / MARKS, _mark)[0]


def _mark(record: dict[str, Any]) -> Mark:
    return Mark(
        kind=MarkKind(record["kind"]),
        at=journal.number(record, "at"),
        wall=datetime.fromisoformat(record["wall"]),
        call_id=None if record["call"] is None else journal.fact(record, "call", int),
        question=journal.fact(record, "question", str),
    )
