"""The Excel 台账 as rows: the columns of the forms, exactly these headings in this order.

An empty column stays: what the desk does not know yet is filled in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.contacts import first_contact
from hotline_desk.domain.casework.deadlines import Card, Step, read_clock
from hotline_desk.domain.casework.rounds import (
    agreed_in_all,
    received_in_all,
    results_in_all,
)
from hotline_desk.domain.importing.supervision import supervision_text
from hotline_desk.domain.times import STUDIO_ZONE, clock_text, received_clock, received_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock, Limits
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.summary import PrintedQuestion
    from hotline_desk.domain.workdays import Calendar

Cell = str | int | float
"""Text, a whole number, an amount in yuan, or one of those below."""


class Rate(float):
    """A part of a whole, 0 to 1: a workbook shows 31.3%."""


class Change(float):
    """By what part something changed: a workbook shows +12.5%."""


class Points(float):
    """By how many percentage points a rate changed: a workbook shows +1.5 个百分点."""


def _headings(text: str) -> tuple[str, ...]:
    return tuple(text.split("｜"))


QUESTIONS = "问题台账"
QUESTION_HEADINGS = _headings(
    "序号｜台账编号｜期号｜接收日期｜接收时间｜来源渠道｜外部工单号｜填报单位｜来电人｜身份｜人员标签"
    "｜联系电话｜可否回拨｜对单位保密｜所在区县街道｜工作单位｜行业｜问题类别｜副类别｜类型｜诉求要点"
    "｜解答要点｜法律依据｜解答人｜办理方式｜案件编号｜录音位置｜登记人｜备注"
)
CASES = "案件台账"
CASE_HEADINGS = _headings(
    "序号｜案件编号｜台账编号｜接收日期｜当事人｜涉及人数｜是否集体争议｜用人单位｜案由｜一般/复杂"
    "｜分流方式｜承办人｜协办单位｜首次联系时间｜方案日期｜暂停（起止、原因）｜延期（天数、批准人）"
    "｜办结期限｜办结日期｜用时（工作日）｜是否按期｜牌｜办结方式｜结案方式｜结案日期｜诉求金额（元）"
    "｜协议或裁决金额（元）｜已到账金额（元）｜履行状态｜其他成效｜一函两书文号｜回访日期｜满意度"
    "｜重办/督办｜备注"
)
PARTIES = "当事人明细"
PARTY_HEADINGS = _headings("案件编号｜姓名｜金额｜到账｜日期")
NOTES = "填报说明与口径"
MASKED_VERSION = "脱敏版"
INTERNAL_VERSION = "内部版：未脱敏，仅限本单位使用"

_LONG = frozenset(
    _headings("诉求要点｜解答要点｜法律依据｜案由｜其他成效｜备注｜录音位置｜指标｜口径")
)
_MIDDLE = frozenset(_headings("日期｜填报单位｜用人单位｜工作单位｜填报人｜审核人"))
_LONG_WIDTH, _MIDDLE_WIDTH = 40, 20
_LEAST_WIDTH = 8


def column_width(heading: str) -> int:
    """Return how wide a column is, in Latin characters: what is written long has more room."""
    if heading in _LONG | _MIDDLE:
        return _LONG_WIDTH if heading in _LONG else _MIDDLE_WIDTH
    return max(_LEAST_WIDTH, 2 * len(heading) + 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """By whom and how the rows are told."""

    unit: str
    """填报单位."""
    internal: bool
    """内部版: nothing is masked."""
    on: date
    """The day on which it is told how cases stand."""
    calendar: Calendar
    limits: Limits


def question_row(
    place: int,
    question: Question,
    printed: PrintedQuestion,
    *,
    call: Call | None,
    case_number: str,
    office: Office,
) -> list[Cell]:
    """Return a row of 问题台账.

    Args:
        place: 序号, from 1.
        question: the row of the ledger, masked but for 内部版.
        printed: what may be read of it in this version (`summary.printed_questions`).
        call: the call in which it was asked.
        case_number: 案件编号 of its case, or empty.
        office: by whom and how it is told.
    """
    caller = question.caller
    return [
        place,
        question.number,
        question.episode or "",
        question.at.date().isoformat(),
        received_clock(question.at),
        question.channel.value,
        question.external_number,
        question.unit or office.unit,
        caller.spoken_name,
        caller.kind.value,
        "、".join(caller.labels),
        caller.phone,
        "" if call is None else _answer(call.may_call_back),
        "" if call is None else _yes(call.consent.secret_from_employer),
        caller.district,
        question.employer or caller.employer,
        caller.industry,
        question.category.value,
        "、".join(question.other_categories),
        question.kind.value,
        printed.point,
        printed.answer,
        printed.articles,
        question.answered_by,
        question.handling.value,
        case_number,
        f"{question.take} {clock_text(question.asked.start)}" if question.asked else "",
        question.recorded_by,
        question.notes,
    ]


def case_row(
    place: int,
    case: Case,
    *,
    questions: Sequence[Question],
    office: Office,
    letters: Sequence[str] = (),
) -> list[Cell]:
    """Return a row of 案件台账.

    Args:
        place: 序号, from 1.
        case: the case, masked but for 内部版.
        questions: its rows of the ledger.
        office: by whom and how it is told.
        letters: 文号 of its 一函两书.
    """
    clock = read_clock(case.events, office.on, calendar=office.calendar, limits=office.limits)
    _contact, plan, close = clock.steps
    extension = case.events.extension
    return [
        place,
        case.number,
        "、".join(question.number for question in questions),
        case.received.isoformat(),
        "、".join(party.told for party in case.parties),
        case.headcount,
        _yes(case.is_collective),
        case.employer,
        case.matter,
        clock.grade.value if case.events.gradings else "未定",
        case.route or "",
        case.owner,
        case.helpers,
        _first_contact(case, office.on),
        _day(plan.done),
        _pauses(case),
        f"{extension.days} 天，{extension.approver}" if extension else "",
        close.due.isoformat() + ("（暂估）" if close.estimated else ""),
        _day(close.done),
        close.used,
        clock.outcome or "",
        _card(clock),
        case.closing or "",
        case.finish or "",
        _day(case.finished_on),
        _yuan(case.claimed_fen),
        _yuan(agreed_in_all(case)),
        _yuan(received_in_all(case) or None),
        _fulfilment(case, office.on),
        results_in_all(case),
        "、".join(letters),
        _day(case.called_back_on),
        case.satisfaction or "",
        supervision_text(case),
        case.notes,
    ]


def party_rows(case: Case) -> list[list[Cell]]:
    """Return the rows of 当事人明细 of one case, masked but for 内部版.

    What a case of one worker alone claims is that worker's.
    """
    whole = case.claimed_fen if case.headcount == 1 else None
    return [
        [
            case.number,
            party.told,
            _yuan(whole if party.claimed_fen is None else party.claimed_fen),
            _yuan(party.received_fen),
            _day(party.received_on),
        ]
        for party in case.parties
    ]


def notes(office: Office, *, since: date | None, until: date | None) -> Sequence[str]:
    """Return the lines of 填报说明与口径."""
    period = f"{_day(since) or '开栏'} 至 {_day(until) or office.on.isoformat()}"
    version = INTERNAL_VERSION if office.internal else MASKED_VERSION
    return (
        f"填报单位：{office.unit}",
        f"接收日期：{period}；导出日期：{office.on.isoformat()}",
        f"版本：{version}",
        "问题数（条）：台账的行数；类别占比按行数计算。",
        "案件数（件）：求决和投诉举报立的案，一案可含几条问题。",
        "涉及职工（人）：按案件计，每人一次；没有填人数的按当事人数，都没有写的按一人；"
        "十人及以上、同一诉求的是集体争议。",
        "首次联系时间：第一次同职工说上话或收到书面回复；接听来电时五项记齐的也算，没有联系上的空着。",
        "用时（工作日）：接收日次日起，到办结当日的工作日数，暂停计时的不算；还没有办结的，算到导出日期。",
        "协议或裁决金额与已到账金额是两个数：约定了的和收到了的，日期也不同。",
        "重办的案件：两个金额和其他成效是各次合计（后一次重新约定的，只计多出的），"
        "其余各列是最近一次的，以前各次的结果见“重办/督办”。",
        "暂估：当年的放假安排还没有公布，先按法定节日推算。",
        "空着的列由填报人补填。",
    )


def _fulfilment(case: Case, on: date) -> str:
    """Return 履行状态; while nothing is agreed and the course is open, nobody knows it yet."""
    if case.course.is_open and not case.promise.is_said:
        return ""
    return case.promise.fulfilment(on).value


def _first_contact(case: Case, on: date) -> str:
    contact = first_contact(case.events.as_of(on).contacts)
    return "" if contact is None else received_text(contact.at.astimezone(STUDIO_ZONE))


def _pauses(case: Case) -> str:
    return "；".join(
        f"{pause.first.isoformat()} 至 {_day(pause.resumed) or '今'}（{pause.reason}）"
        for pause in case.events.pauses
    )


def _card(clock: Clock) -> str:
    """Return the card that a running case carries, or the red one of a case closed late."""
    step = clock.current or next(step for step in clock.steps if step.step is Step.CLOSE)
    return step.card.value if step.card is not Card.NONE else ""


def _yuan(fen: int | None) -> Cell:
    return "" if fen is None else fen / 100


def _yes(is_so: bool) -> str:
    return "是" if is_so else "否"


def _answer(said: bool | None) -> str:
    return "" if said is None else _yes(said)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
