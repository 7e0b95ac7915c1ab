"""Rows of 问题台账, read: the question, and the call that its caller is kept with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import (
    Call,
    Caller,
    CallerKind,
    CallState,
    Channel,
    Consent,
    Gender,
    PersonLabel,
)
from hotline_desk.domain.categories import Category
from hotline_desk.domain.deletions import day_and_point
from hotline_desk.domain.importing.case_words import case_words, is_case
from hotline_desk.domain.numbers import is_question_number
from hotline_desk.domain.questions import Handling, Kind, Question
from hotline_desk.domain.times import STUDIO_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hotline_desk.domain.importing.rows import Row

_WITHOUT_NAME = {"未留姓名", "匿名", "不详", "无", "-", "/", "—"}
_TITLED = re.compile(rf"(?P<name>.+?)(?P<title>{'|'.join(title for title in Gender if title)})")
_EPISODE = re.compile(r"第?\s*(\d{1,5})\s*期?")
_POINT_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingQuestion:
    """A row that is to become a question."""

    table: str
    row: int
    question: Question
    """Its number is empty where one is to be allotted."""
    call: Call | None
    """None where nothing is said of a caller and the table has a column that would say so."""
    case_number: str
    """What its case is called in the file; empty without one."""
    fields: frozenset[str]
    """The fields that the table has."""
    said: frozenset[str]
    """Those in which the row says anything."""
    is_case: bool
    """Whether the row is a case as well."""
    case_words: Mapping[str, str]
    """By field, what a row that is none says of a case; it stands in the notes."""

    @property
    def mark(self) -> str:
        """What tells the row, if its question was deleted: its order, else its day and point."""
        asked = self.question
        return asked.external_number or day_and_point(asked.at.date(), asked.point)


def read_question(row: Row, *, union: str) -> IncomingQuestion | None:
    """Return what a row says, None where it has no day; what is wrong is noted in its reader."""
    at = _at(row)
    number, external = _numbers(row)
    case_number = row.called("案件编号")
    employer = row.text("工作单位") or row.text("用人单位")
    text = row.words("问题原话")
    unit = row.decided("填报单位")
    caller = _caller(row, employer)
    handling = row.choice("办理方式", Handling)
    kind = row.choice("类型", Kind)
    answer = row.words("解答要点")
    opens = is_case(row, kind, handling)
    aside = {} if opens else case_words(row)
    notes = (row.words("备注"), "；".join(f"{name}：{text}" for name, text in aside.items()))
    found = Question(
        id=0,
        number=number,
        caller=caller,
        episode=_episode(row),
        external_number=external,
        unit="" if unit == union else unit,
        channel=_channel(row),
        category=_category(row),
        other_categories=row.choices("副类别", Category),
        kind=kind or (Kind.REQUEST if case_number or opens else Kind.ADVICE),
        point=row.words("诉求要点") or row.words("案由") or _point_of(text),
        text=text,
        text_typed=bool(text),
        answer=answer,
        answer_typed=bool(answer),
        articles=row.words("法律依据").strip("\n"),
        answered_by=row.text("解答人"),
        confirmed=bool(answer) and row.yes("解答律师确认") is True,
        employer=employer,
        people=row.count("涉及人数"),
        amount_fen=row.fen("涉及金额" if row.has("涉及金额") else "诉求金额（元）"),
        handling=handling or (Handling.CASE if case_number or opens else Handling.ANSWERED),
        at=at or datetime(2000, 1, 1, tzinfo=STUDIO_ZONE),
        recorded_by=row.text("登记人"),
        notes="\n".join(filter(None, notes)),
    )
    call = _call(row, found)
    if at is None:
        return None
    return IncomingQuestion(
        table=row.table,
        row=row.number,
        question=found,
        call=call,
        case_number=case_number,
        fields=frozenset(row.reader.columns),
        said=frozenset(name for name in row.reader.columns if row.has(name)) - {"接收时间"},
        is_case=opens,
        case_words=aside,
    )


def _at(row: Row) -> datetime | None:
    moment = row.moment("接收日期")
    if moment is None:
        if not row.has("接收日期"):
            moment = row.moment("接收时间")
        if moment is None:
            if not row.has("接收日期"):
                row.say("接收日期", "没有接收日期")
            return None
    on, said = moment
    of_day = row.time("接收时间") if row.has("接收时间") else None
    return datetime.combine(on, of_day or said or time(), STUDIO_ZONE)


def _numbers(row: Row) -> tuple[str, str]:
    """Return 台账编号 and 外部工单号; a number that is not ours was another office's."""
    number, external = row.called("台账编号"), row.called("外部工单号")
    if not number or is_question_number(number):
        return number, external
    if external:
        row.say("台账编号", f"不是本台的编号，另外编号：{number[:40]}", blocks=False)
        return "", external
    row.say("台账编号", f"不是本台的编号，记作外部工单号，另外编号：{number[:40]}", blocks=False)
    return "", number


def _episode(row: Row) -> int | None:
    if not row.has("期号"):
        return None
    text = row.text("期号")
    found = _EPISODE.fullmatch(text)
    if found is None or int(found[1]) < 1:
        row.say("期号", f"看不懂这个期号：{text[:24]}")
        return None
    return int(found[1])


def _channel(row: Row) -> Channel:
    found = row.choice("来源渠道", Channel)
    if found is None and not row.has("来源渠道"):
        row.say("来源渠道", "没有来源渠道")
    return found or Channel.HOTLINE


def _category(row: Row) -> Category:
    found = row.choice("问题类别", Category)
    if found is None and row.reader.has("问题类别") and not row.has("问题类别"):
        row.say("问题类别", "没有问题类别，先记为待定", blocks=False)
    return found or Category.PENDING


def _point_of(text: str) -> str:
    """Return the first sentence of what a caller said, where nobody has written its point."""
    first = re.split(r"[。！？\n]", text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= _POINT_LENGTH else f"{first[: _POINT_LENGTH - 1]}…"


def _caller(row: Row, employer: str) -> Caller:
    name, title = caller_name(row.text("来电人"))
    return Caller(
        name=name,
        title=title,
        phone=row.phone("联系电话"),
        district=row.text("所在区县街道"),
        employer=employer,
        occupation=row.text("工种"),
        industry=row.text("行业"),
        kind=row.choice("身份", CallerKind) or CallerKind.WORKER,
        labels=row.choices("人员标签", PersonLabel),
    )


def caller_name(text: str) -> tuple[str, Gender]:
    """Return name and 称呼 of a caller as the desk says them: 董女士, 董某, 未留姓名."""
    text = text.strip()
    if text in _WITHOUT_NAME:
        return "", Gender.UNKNOWN
    if titled := _TITLED.fullmatch(text):
        return titled["name"], Gender(titled["title"])
    if len(text) == 2 and text.endswith("某"):
        return text[0], Gender.UNKNOWN
    return text, Gender.UNKNOWN


def _call(row: Row, question: Question) -> Call | None:
    secret, call_back = row.yes("对单位保密"), row.yes("可否回拨")
    nothing_known = question.caller == replace(
        Caller(), employer=question.employer, kind=question.caller.kind
    )
    if (
        nothing_known
        and secret is None
        and call_back is None
        and "对单位保密" in row.reader.columns
    ):
        return None
    return Call(
        id=0,
        episode=question.episode,
        channel=question.channel,
        caller=question.caller,
        point=question.point,
        at=question.at,
        state=CallState.ENDED,
        state_since=question.at,
        consent=Consent(name_to_employer=secret is False),
        may_call_back=call_back,
    )
