"""Marks: what the desk's keys put on a take's time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class MarkKind(StrEnum):
    """What happened at a mark."""

    CALL = "来电"
    AIR = "直播"
    QUESTION = "问题"
    ANSWER = "解答"
    END = "结束"
    DUMP = "删延时"
    NAMED = "点名"
    REFUSED = "不同意录音"
    UNDONE = "撤销"


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
    pre_roll: float = 0.0
    """Of 不同意录音: how many seconds before the call's own marks go with it."""
    undoes: MarkKind | None = None
    """Of 撤销: which kind of mark of the same time, call and question it takes back."""


def standing(marks: Iterable[Mark]) -> list[Mark]:
    """Return those of *marks*, oldest first, that were not taken back."""
    found: list[Mark] = []
    for mark in marks:
        if mark.kind is not MarkKind.UNDONE:
            found.append(mark)
            continue
        undone = (mark.undoes, mark.at, mark.call_id, mark.question)
        for place in reversed(range(len(found))):
            earlier = found[place]
            if (earlier.kind, earlier.at, earlier.call_id, earlier.question) == undone:
                del found[place]
                break
    return found
