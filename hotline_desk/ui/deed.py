"""What can be done for a case, as the window shows it: a deed, and the fields that it needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline_desk.domain.course import Course
    from hotline_desk.ui.fields import Field


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that can be done for the case now."""

    doing: Doing
    title: str
    fields: tuple[Field, ...]
    to: Course | None = None
    """Where the course goes on to."""
    place: Place = Place.NEXT
