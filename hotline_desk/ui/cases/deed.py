"""What can be done for a case, as the window shows it: a deed, its fields, and what does it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from hotline_desk.ui.kit.fields import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from hotline_desk.domain.casework.cases import Case, Route
    from hotline_desk.domain.casework.course import Course
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.casework.noted import Noted
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.case_sheet import Around
    from hotline_desk.ui.kit.deed_reading import Reading
    from hotline_desk.ui.kit.office import Office

    Fields = Iterator[Field]
    Act = Callable[[Ledger], Case]
    Copy = Callable[[Ledger], tuple[str, str]]
    """A text to be copied, and what was left out of it, in words."""


class Doing(Enum):
    """What is done; its value is its word."""

    CONTACT = "记联系"
    PLAN = "定方案"
    ADVANCE = "改进程"
    CLOSE = "办结"
    RESUME = "恢复计时"
    PROMISE = "记协议"
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
    AMEND = "改函件"
    DAY = "记日期"
    INTERRUPT = "记中断"
    MERGE = "合并"
    TAKE_OUT = "移出问题"
    RECEIVED = "改接收日"
    CORRECT = "更正"
    STRIKE_OUT = "作废"


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
    about: Noted | Letter | None = None
    """What was noted earlier and is put right."""
    lead: Callable[[str], Deed] | None = dataclasses.field(default=None, compare=False)
    """What its form becomes once an option of its first field is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a case stands when its deeds are asked for."""

    case: Case
    around: Around
    now: datetime
    """The studio's time."""
    route: Route | None = None
    """The 分流 that is proposed while none is decided."""
    to: Course | None = None
    """Where a deed lets the course go on to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A deed that is to be done: how its case stands, what was written, and by whom."""

    deed: Deed
    case: Case
    around: Around
    read: Reading
    office: Office

    @property
    def by(self) -> str:
        """Who does it."""
        return self.office.by


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedKind:
    """All that one deed is: where it is found, what it asks for, and what does it.

    act and copy raise NotUnderstood where something is missing or cannot be read.
    """

    fields: Callable[[Standing], Fields]
    act: Callable[[Asked], Act]
    copy: Callable[[Asked], Copy] | None = None
    """What makes a text that is copied when it is done."""
    place: Place = Place.NEXT
    possible: Callable[[Standing], bool] = lambda standing: standing.case.course.is_open
    """Whether it can be done, where the course alone does not say."""
    lead: Callable[[Standing, Deed, str], Deed] | None = None
    """See `Deed.lead`."""
    wanted: str = ""
    """What has to be written first, where the fields could also be read as they begin."""


def day(standing: Standing, title: str = "日期") -> Field:
    """Return the field of the day on which a deed was done: today unless another is written."""
    return Field(name="on", title=title, value=standing.now.date().isoformat())


def only_day(standing: Standing) -> Fields:
    """Return the field of a deed that asks for its day alone."""
    yield day(standing)
