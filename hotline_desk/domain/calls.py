"""A call on the air (通话): its states, who may follow whom, and who is calling."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hotline_desk.domain.keeping import Retention


class CallState(StrEnum):
    """Where a call stands."""

    RINGING = "来电"
    ANSWERED = "接听中"
    WAITING = "待播"
    NEXT = "下一位"
    ON_AIR = "直播中"
    ENDED = "已结束"
    CALL_BACK = "待回拨"
    DROPPED = "掉线"
    OFFLINE = "转线下"
    CUT = "导播挂断"
    CALLER_HUNG_UP = "听众先挂断"

    @property
    def is_over(self) -> bool:
        """Whether nobody is on the line any more."""
        return self in _OVER

    @property
    def is_on_line(self) -> bool:
        """Whether somebody can be heard, or waits to be."""
        return self not in _OVER | {CallState.DROPPED, CallState.CALL_BACK}

    def may_become(self, state: CallState) -> bool:
        """Return whether a call may go from this state to *state*."""
        return state in _STEPS[self]


_OVER = frozenset({CallState.ENDED, CallState.OFFLINE, CallState.CUT, CallState.CALLER_HUNG_UP})
_LEAVING = frozenset(
    {CallState.DROPPED, CallState.OFFLINE, CallState.CUT, CallState.CALLER_HUNG_UP,
     CallState.CALL_BACK, CallState.ENDED}
)  # fmt: skip
_STEPS: dict[CallState, frozenset[CallState]] = {
    CallState.RINGING: _LEAVING | {CallState.ANSWERED, CallState.WAITING, CallState.ON_AIR},
    CallState.ANSWERED: _LEAVING | {CallState.WAITING, CallState.NEXT, CallState.ON_AIR},
    CallState.WAITING: _LEAVING | {CallState.ANSWERED, CallState.NEXT, CallState.ON_AIR},
    CallState.NEXT: _LEAVING | {CallState.WAITING, CallState.ON_AIR},
    CallState.ON_AIR: _LEAVING,
    CallState.CALL_BACK: _LEAVING | {CallState.ANSWERED, CallState.WAITING},
    CallState.DROPPED: _LEAVING | {CallState.ANSWERED, CallState.WAITING, CallState.ON_AIR},
    CallState.ENDED: frozenset({CallState.OFFLINE}),
    CallState.OFFLINE: frozenset(),
    CallState.CUT: frozenset({CallState.OFFLINE, CallState.CALL_BACK}),
    CallState.CALLER_HUNG_UP: frozenset({CallState.OFFLINE, CallState.CALL_BACK}),
}


class Channel(StrEnum):
    """来源渠道."""

    ON_AIR = "直播热线"
    HOTLINE = "12351 热线"
    APP = "齐鲁工惠 APP"
    MINI_PROGRAM = "微信小程序"
    VISIT = "现场来访"
    MESSAGE = "节目留言（微信/短信）"
    VIDEO = "视频直播留言"
    CITY_HOTLINE = "12345 转办"
    SUPERIOR = "上级交办"
    DEPARTMENT = "部门移送"

    @property
    def is_programmes(self) -> bool:
        """Whether what comes by it belongs to an episode."""
        return self in {Channel.ON_AIR, Channel.MESSAGE, Channel.VIDEO}


class CallerKind(StrEnum):
    """来电人身份."""

    WORKER = "职工本人"
    FAMILY = "家属"
    COLLEAGUE = "工友代表"
    EMPLOYER = "用人单位"
    OTHER = "其他"


class PersonLabel(StrEnum):
    """人员标签: people are not categories."""

    MIGRANT = "农民工"
    NEW_WORK = "新就业形态"
    WOMAN = "女职工"
    AGENCY = "派遣工"
    PART_TIME = "非全日制"
    INTERN = "实习生"
    OVER_AGE = "超龄"
    DISABLED = "残疾职工"
    HARDSHIP = "困难职工"


class Gender(StrEnum):
    """How a caller is addressed (称呼), where only the surname is known."""

    UNKNOWN = ""
    WOMAN = "女士"
    MAN = "先生"
    MASTER = "师傅"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """授权: five answers, not one; None is not asked yet."""

    record: bool | None = None
    broadcast: bool | None = None
    replay: bool | None = None
    pass_on: bool | None = None
    name_to_employer: bool = False

    @property
    def secret_from_employer(self) -> bool:
        """Whether 对单位保密 stands in red words beside the caller."""
        return not self.name_to_employer


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls, as far as it is known; a person is not a number."""

    name: str = ""
    """A surname (董), or a full name (董小红)."""
    title: Gender = Gender.UNKNOWN
    phone: str = ""
    district: str = ""
    employer: str = ""
    occupation: str = ""
    industry: str = ""
    """行业."""
    kind: CallerKind = CallerKind.WORKER
    labels: tuple[PersonLabel, ...] = ()
    """人员标签, in the order of the list."""

    @property
    def spoken_name(self) -> str:
        """How the desk says the name: 董女士, else 董某; 未留姓名 without one."""
        if not self.name:
            return "未留姓名"
        return f"{self.name}{self.title or ('某' if len(self.name) == 1 else '')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall:
    """A call that has just come in."""

    episode: int | None
    channel: Channel = Channel.ON_AIR
    line: str = ""
    """The line it came in on."""
    caller: Caller = field(default_factory=Caller)
    point: str = ""
    """诉求要点, one line."""
    take: str = ""
    """The take's folder, relative to the workspace, with forward slashes; empty without one."""
    began: float | None = None
    """Take time of its coming in, in seconds."""
    at: datetime
    """Wall time, shown and never computed with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(NewCall):
    """A call in the ledger."""

    id: int
    state: CallState = CallState.RINGING
    state_since: datetime
    consent: Consent = field(default_factory=Consent)
    urgent: bool = False
    may_call_back: bool | None = None
    """可否回拨; None is not asked yet."""
    may_message: bool | None = None
    """可否留言."""
    retained: Retention | None = None
    """Why the caller may not be deleted yet."""
    notes: str = ""
    ended: float | None = None
    """Take time of its end, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallQuery:
    """Which calls are wanted; what is None does not matter."""

    episode: int | None = None
    take: str | None = None
    open_only: bool = False
    """Only calls that somebody is still on, or is to be called back for."""
    refused_only: bool = False
    """Only calls whose callers do not agree to be recorded."""
    at_desk_since: datetime | None = None
    """Only calls that came in since then, those that are not over and came to where they stand
    since then, and those outside an episode that wait for the air, since whenever."""
    ids: Sequence[int] | None = None
    limit: int | None = None
    """How many at most; None for all of them."""
