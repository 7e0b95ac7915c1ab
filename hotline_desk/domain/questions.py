"""A question (问题): the unit of the ledger; each carries the take and the range it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Caller, Channel
from hotline_desk.domain.categories import Category
from hotline_desk.domain.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hotline_desk.domain.arranging import Filters


class Kind(StrEnum):
    """类型: 求决 and 投诉举报 open a case, the others do not."""

    ADVICE = "咨询"
    REQUEST = "求决"
    COMPLAINT = "投诉举报"
    SUGGESTION = "意见建议"
    PRAISE = "表扬"


class Handling(StrEnum):
    """办理方式."""

    ANSWERED = "当场答复"
    CASE = "立案"
    PASSED_ON = "转办"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A range of take time on a line, in seconds."""

    line: str
    start: float
    end: float | None = None
    """None while it is still going on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question that has just been marked."""

    episode: int | None
    call_id: int | None = None
    external_number: str = ""
    """外部工单号: what another hotline's platform calls it."""
    unit: str = ""
    """填报单位, a service point's name; the union itself while empty."""
    channel: Channel = Channel.ON_AIR
    category: Category = Category.PENDING
    other_categories: tuple[Category, ...] = ()
    """副类别."""
    kind: Kind = Kind.ADVICE
    point: str = ""
    """诉求要点, one line; typed or confirmed by a person."""
    text: str = ""
    """The question in the caller's words, from the captions until someone types in it."""
    answer: str = ""
    """解答要点, the answer, the same way."""
    articles: str = ""
    """法律依据, as written: 劳动合同法 第三十条."""
    answered_by: str = ""
    employer: str = ""
    people: int | None = None
    """How many workers it concerns (涉及人数)."""
    amount_fen: int | None = None
    """诉求金额 in fen."""
    handling: Handling = Handling.ANSWERED
    take: str = ""
    """The take's folder, relative to the workspace, with forward slashes."""
    asked: Span | None = None
    answered: Span | None = None
    at: datetime
    """When it was received (接收日期、接收时间)."""
    recorded_by: str = ""
    """登记人."""
    notes: str = ""
    keeping: Keeping = Keeping.TEN_YEARS
    """保管期限."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(NewQuestion):
    """A row of the ledger (台账)."""

    id: int
    number: str
    """台账编号: GHFL-2026-190-03."""
    caller: Caller
    """Who asked: the call's caller."""
    text_typed: bool = False
    """Whether a person has typed in the text; later captions then wait as 建议."""
    answer_typed: bool = False
    confirmed: bool = False
    """解答律师确认: no answer is published before its lawyer ticks it."""

    @property
    def in_progress(self) -> bool:
        """Whether the question or its answer is still being spoken."""
        last = self.answered or self.asked
        return last is not None and last.end is None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A question as the table shows it."""

    question: Question
    case: str
    """案件编号, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionQuery:
    """Which questions are wanted; what is None or empty does not matter."""

    episode: int | None = None
    outside: bool = False
    """Only questions of no episode."""
    category: Category | None = None
    call_id: int | None = None
    take: str | None = None
    words: str = ""
    """Terms that Point, text or answer hold."""
    since: date | None = None
    """The first day of receiving."""
    until: date | None = None
    """The last day of receiving."""
    filters: Filters = field(default_factory=dict)
    ids: Sequence[int] | None = None
    """Only these, any number of them."""
    limit: int | None = None
    """How many at most; None for all of them."""
    offset: int = 0
