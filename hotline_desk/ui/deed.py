"""What can be done for a case, as the window shows it: a deed, and the fields that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.course import Course


class Doing(Enum):
    """What is done; its value is its word."""

    CONTACT = "记联系"
    PLAN = "定方案"
    ADVANCE = "改进程"
    CLOSE = "办结"
    RESUME = "恢复计时"
    PAYMENT = "记到账"
    FINISH = "结案"
    CALL_BACK = "记回访"
    GRADE = "改一般/复杂"
    PAUSE = "暂停计时"
    EXTEND = "延期"
    AGAIN = "重办"
    HAND_ON = "转办"
    SUPERVISE = "督办"
    CHECK = "质检"
    URGE = "催办"
    REFER = "转介服务点"
    LETTER = "发函"
    ANSWER = "记答复"
    CORRECT = "改到账"
    DAY = "记日期"
    INTERRUPT = "记中断"
    MERGE = "合并"
    TAKE_OUT = "移出问题"


class Place(Enum):
    """Where a deed is found."""

    NEXT = "next"
    """On top: what comes next in the course."""
    MORE = "more"
    """Behind 更多."""
    FOLD = "fold"
    """With what it belongs to: letters, days, money."""


class Shape(Enum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    """Several lines."""
    CHOICE = "choice"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a deed."""

    name: str
    title: str
    shape: Shape = Shape.LINE
    options: tuple[str, ...] = ()
    value: str = ""
    """What stands there at first; of ticks those that are set, with blanks between."""
    proposal: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that can be done for the case now."""

    doing: Doing
    title: str
    fields: tuple[Field, ...]
    to: Course | None = None
    """Where the course goes on to."""
    place: Place = Place.NEXT


def choice(name: str, title: str, options: Iterable[str], proposal: str = "") -> Field:
    """Return a field of one of *options*, or of nothing yet."""
    words = ("", *(str(option) for option in options))
    return Field(name=name, title=title, shape=Shape.CHOICE, options=words, proposal=proposal)
