"""A case (案件): what people, money and time limits hang on; one or more questions belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.course import Course, Fulfilment, Promise
from hotline_desk.domain.keeping import Keeping
from hotline_desk.domain.questions import Kind

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.clock_events import ClockEvents
    from hotline_desk.domain.casework.course import ClosingWay, Finish
    from hotline_desk.domain.keeping import Retention

OPENING = frozenset({Kind.REQUEST, Kind.COMPLAINT})
"""The kinds of question that open a case; any other becomes 求决 when one is opened for it."""
COLLECTIVE_PEOPLE = 10
"""As many workers with one claim are a 集体争议 (劳动争议调解仲裁法 第七条)."""


class Route(StrEnum):
    """分流: who takes the case on."""

    CADRE = "工会干部调解"
    MODEL_WORKER = "劳模调解员调解"
    LEGAL_AID = "法律援助"
    JOINT = "多部门联合调处"


class Satisfaction(StrEnum):
    """满意度, asked when the worker is called back (回访)."""

    SATISFIED = "满意"
    MOSTLY = "基本满意"
    DISSATISFIED = "不满意"
    NO_ANSWER = "未评价"
    UNREACHED = "未接通"


class ActionKind(StrEnum):
    """What is done with a case beside its course."""

    PASSED_ON = "转办"
    SUPERVISED = "督办"
    CHECKED = "质检"
    URGED = "催办"
    REFERRED = "转介服务点"
    MERGED = "合并"
    CONFLICT_CHECKED = "利益冲突核查"
    RECEIVED_CORRECTED = "改接收日"
    GIVEN_UP = "不再跟进"
    """Promised money that has not come, by 结案."""
    CORRECTED = "更正"
    STRUCK_OUT = "作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One deed beside the course, as the case's register has it."""

    on: date
    kind: ActionKind
    words: str = ""
    """Of 更正 and 作废 the reason."""
    by: str = ""
    was: str = ""
    """What 更正 or 作废 has put another in the place of, or struck out, as it stood."""
    was_on: date | None = None
    """The day of that."""

    @property
    def told(self) -> str:
        """Its words, with what it has put right or struck out."""
        return f"{self.words}（原记 {self.was}）".replace("\n", " ") if self.was else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDay:
    """The day of an event from which a limit of the law runs (时效提醒)."""

    event: str
    """As the office's list of limits names it: 离职."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """时效中断, with what proves it."""

    on: date
    event: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that has come (到账)."""

    on: date | None
    """到账日期; None where nobody noted it."""
    fen: int
    party: str = ""
    """For which worker of the case; empty for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One worker of a case (当事人), with what he is owed and has been paid."""

    name: str
    claimed_fen: int | None = None
    received_fen: int | None = None
    received_on: date | None = None
    represents: bool = False
    """代表人: acts for the workers of a 集体争议."""

    @property
    def told(self) -> str:
        """The name, with 代表人 behind it where that is so."""
        return f"{self.name}（代表人）" if self.represents else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case that has just been opened (立案)."""

    received: date
    """接收日: the day this union got it; the time limits run from it."""
    reflected: date | None = None
    """反映日: when the worker first said it, to whomever."""
    questions: tuple[int, ...] = ()
    """The ids of the rows of the ledger that belong to it."""
    employer: str = ""
    matter: str = ""
    """案由."""
    people: int | None = None
    """涉及人数; each worker once."""
    claimed_fen: int | None = None
    """诉求金额 in fen."""
    route: Route | None = None
    owner: str = ""
    """承办人."""
    helpers: str = ""
    """协办单位."""
    unit: str = ""
    """填报单位, a service point's name; the union itself while empty."""
    external_number: str = ""
    """外部工单号."""
    keeping: Keeping = Keeping.TEN_YEARS
    """保管期限."""
    retained: Retention | None = None
    """Why its workers may not be deleted yet."""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a case had come to before it was taken up again (重办); its result stays."""

    received: date
    events: ClockEvents
    closing: ClosingWay | None
    finish: Finish | None
    finished_on: date | None
    promise: Promise = field(default_factory=Promise)
    basis: str = ""
    payments: tuple[Payment, ...] = ()
    results: str = ""
    called_back_on: date | None = None
    satisfaction: Satisfaction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(NewCase):
    """A case in the ledger."""

    id: int
    number: str
    """案件编号: AJ-2026-0031."""
    course: Course = Course.TO_CONTACT
    events: ClockEvents
    """What its time limits are read from; they begin with *received*."""
    closing: ClosingWay | None = None
    """办结方式."""
    finish: Finish | None = None
    """结案方式."""
    finished_on: date | None = None
    promise: Promise = field(default_factory=Promise)
    basis: str = ""
    """依据: the agreement or award that the promise rests on."""
    results: str = ""
    """其他成效."""
    called_back_on: date | None = None
    """回访日期."""
    satisfaction: Satisfaction | None = None
    parties: tuple[Party, ...] = ()
    payments: tuple[Payment, ...] = ()
    """What of `Promise.received_fen` came when, in the order in which it was noted."""
    actions: tuple[Action, ...] = ()
    days: tuple[KnownDay, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    earlier: tuple[Round, ...] = ()
    """The rounds before the present one, the first first."""
    merged_into: int | None = None
    """The id of the case that this duplicate has gone into."""

    @property
    def headcount(self) -> int:
        """涉及职工: 涉及人数, else as many 当事人 as are named, else the one who asked."""
        return max(len(self.parties), 1) if self.people is None else self.people

    @property
    def is_collective(self) -> bool:
        """Whether it is a 集体争议."""
        return self.headcount >= COLLECTIVE_PEOPLE

    @property
    def is_in_hand(self) -> bool:
        """Whether it is 在办, as the figures count it: neither 办结 nor 结案."""
        return self.course.is_open and self.events.closed_on is None

    def is_overdue(self, on: date) -> bool:
        """Whether money that was promised has not come in time (逾期未履行)."""
        return self.course.is_open and self.promise.fulfilment(on) is Fulfilment.OVERDUE


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases are wanted; what is None or empty does not matter."""

    open_only: bool = False
    """Only those that are not 结案."""
    owner: str = ""
    since: date | None = None
    """The first 接收日."""
    until: date | None = None
    """The last 接收日."""
    words: str = ""
    """Terms that numbers, 案由, employer, 承办人 or workers' names hold, each of them somewhere."""
    ids: tuple[int, ...] | None = None
    """These cases alone."""
    acted_on: bool = False
    """Only those for which something was done beside their course."""
    limit: int | None = None
    """How many at most; None for all of them."""
