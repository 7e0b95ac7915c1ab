"""Months as an office has them: broadcasts, calls all week, cases at every step; all invented."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Caller, CallerKind, Channel, Gender, NewCall
from hotline_desk.domain.casework.cases import Route, Satisfaction
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.deadlines import Limits
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Handling, Kind, NewQuestion
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.statistics.closings import Opening
from hotline_desk.domain.statistics.periods import Period, month_of
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.workflows import case_clock, case_course, case_money
from hotline_desk.workflows.assign import assign
from hotline_desk.workflows.cases import open_case
from hotline_desk.workflows.limits import read_calendar

if TYPE_CHECKING:
    from hotline_desk.domain.questions import Question
    from hotline_desk.paths import Workspace

BY = "填充"
POINTS = (
    ServicePoint(name="东港区总工会", district="东港区"),
    ServicePoint(name="石臼街道职工服务点", parent="东港区总工会", district="东港区"),
    ServicePoint(name="莒县总工会", district="莒县"),
    ServicePoint(name="岚山区总工会", district="岚山区"),
)
_UNITS = ("", "", "", "东港区总工会", "石臼街道职工服务点", "莒县总工会")
_DISTRICTS = ("东港区", "岚山区", "五莲县", "莒县", "开发区", "山海天")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_LAWYERS = ("李律师", "王律师", "孙律师", "周律师")
_OWNERS = {
    "干部甲": StaffKind.CADRE, "干部乙": StaffKind.CADRE, "劳模调解员丁": StaffKind.MODEL_WORKER,
    "李律师": StaffKind.LAWYER,
}  # fmt: skip
_EMPLOYERS = tuple(
    f"{where}{what}"
    for where in ("海风", "港城", "东升", "莒州", "五莲山", "日昇", "岚海", "金滩", "银杏", "永固")
    for what in ("物业公司", "建筑劳务公司", "机械厂", "食品厂", "物流公司", "酒店", "服装厂")
)
_CATEGORIES = (
    *[Category.WAGES] * 31, *[Category.INSURANCE] * 29, *[Category.CONTRACT] * 14,
    *[Category.INJURY] * 6, *[Category.DISMISSAL] * 8, *[Category.HOURS] * 4, *CATEGORIES[6:],
)  # fmt: skip
_CHANNELS = (
    *[Channel.HOTLINE] * 8, *[Channel.VISIT] * 5, *[Channel.APP] * 4, Channel.MINI_PROGRAM,
    Channel.CITY_HOTLINE, Channel.CITY_HOTLINE, Channel.SUPERIOR,
)  # fmt: skip
_WHAT = (
    "被拖欠两个月工资", "没有签劳动合同", "没有缴纳社会保险", "手被机器压伤了", "被通知不用来了",
    "加班没有加班费", "押金一直不退", "离职证明不给开", "高温津贴没有发过",
)  # fmt: skip
_DAY = timedelta(days=1)


def fill(workspace: Workspace) -> None:
    """Fill the last three months up to today, and the same month of the year before."""
    today = studio_now().date()
    month = Period.of_month(month_of(today))
    year_before = month.year_before
    with Ledger.open(workspace.ledger) as ledger:
        filler = MonthFiller(ledger, workspace)
        filler.add_office()
        filler.fill(year_before.first, year_before.last, episode=140)
        filler.fill(month.before.before.first, today, episode=180)
        opening = Opening(figure="questions", value=1520, source="2023 至 2024 年工作总结")
        ledger.keep(opening, by=BY)


class MonthFiller:
    """Invents the same months each time for the same seed."""

    def __init__(self, ledger: Ledger, workspace: Workspace, *, seed: int = 12) -> None:
        self._ledger = ledger
        self._random = random.Random(seed)
        self._calendar = read_calendar(workspace)

    def fill(self, first: date, last: date, *, episode: int) -> None:
        """Fill the days from *first* to *last*; the first broadcast in them is *episode*."""
        with self._ledger.together():
            day = first
            while day <= last:
                if day.weekday() == 2:
                    self._broadcast(day, episode)
                    episode += 1
                if day.weekday() < 5:
                    for _ in range(self._random.randrange(1, 4)):
                        self._question(day, None, self._random.choice(_CHANNELS), last)
                day += _DAY

    def add_office(self) -> None:
        """File who takes cases on, and the service points that report to the union."""
        for name, kind in _OWNERS.items():
            self._ledger.keep(Staff(name=name, kind=kind), by=BY)
        for point in POINTS:
            self._ledger.keep(point, by=BY)

    def _broadcast(self, day: date, number: int) -> None:
        people = self._random.randrange(180_000, 240_000)
        topic = self._random.choice(("拖欠工资怎么办", "社保断缴", "工伤认定", "劳动合同怎么签"))
        self._ledger.save_episode(
            Episode(number=number, on=day, topic=topic, host="主持人", listeners=people,
                    listeners_source="电台收听率调查"),
            by=BY,
        )  # fmt: skip
        for _ in range(self._random.randrange(6, 13)):
            self._question(day, number, Channel.ON_AIR, day + 9 * _DAY)

    def _question(self, day: date, episode: int | None, channel: Channel, last: date) -> None:
        chosen = self._random
        asks = chosen.random() < 0.24
        at = datetime(
            day.year, day.month, day.day, 10, chosen.randrange(60), tzinfo=STUDIO_ZONE
        )  # fmt: skip
        people = chosen.choice((1, 1, 1, 1, 2, 3, 6, 11))
        question = self._ledger.add_question(
            NewQuestion(
                episode=episode,
                call_id=self._call(at, episode, channel),
                channel=channel,
                category=chosen.choice(_CATEGORIES),
                kind=Kind.REQUEST if asks else Kind.ADVICE,
                handling=Handling.CASE if asks else Handling.ANSWERED,
                point=chosen.choice(_WHAT),
                answer="可以先向劳动监察投诉，保留工资条和考勤记录。",
                answered_by=chosen.choice(_LAWYERS),
                employer=chosen.choice(_EMPLOYERS),
                people=people,
                amount_fen=100_000 * people * chosen.randrange(2, 9) if asks else None,
                unit="" if episode else chosen.choice(_UNITS),
                at=at,
            ),
            by=BY,
        )
        if asks:
            self._case(question, last)

    def _call(self, at: datetime, episode: int | None, channel: Channel) -> int:
        chosen = self._random
        caller = Caller(
            name=chosen.choice(_SURNAMES),
            title=chosen.choice(list(Gender)),
            phone=f"13{chosen.randrange(10**9):09}",
            district=chosen.choice(_DISTRICTS),
            kind=CallerKind.WORKER,
        )
        new = NewCall(episode=episode, channel=channel, caller=caller, at=at)
        return self._ledger.add_call(new, by=BY).id

    def _case(self, question: Question, last: date) -> None:
        chosen, ledger = self._random, self._ledger
        case = open_case(ledger, [question.id], by=BY)
        ledger.save_case(replace(case, unit=question.unit), by=BY)
        owner, route = chosen.choice(list(_OWNERS)), chosen.choice(list(Route))
        assign(ledger, case.id, owner=owner, route=route, by=BY)
        contact = self._after(case.received, chosen.choice((1, 1, 1, 1, 2)))
        if contact > last:
            return
        at = datetime(contact.year, contact.month, contact.day, 9, 20, tzinfo=STUDIO_ZONE)
        case_clock.note_contact(
            ledger, case.id, Contact(at=at, way=Way.CALL, reached=True, facts=ALL_FACTS), by=BY
        )
        plan = self._after(case.received, chosen.choice((2, 3, 3, 4)))
        if plan > last:
            return
        hard = (question.people or 0) >= 10
        reason = ComplexReason.TEN_PEOPLE if hard else None
        grade = Grade.COMPLEX if hard else Grade.ORDINARY
        case_clock.grade(ledger, case.id, Grading(on=plan, grade=grade, reason=reason), by=BY)
        case_clock.note_plan(ledger, case.id, Plan(on=plan, parts=WHOLE_PLAN, told_on=plan), by=BY)
        self._close(case.id, question, plan, last)

    def _close(self, case_id: int, question: Question, plan: date, last: date) -> None:
        chosen, ledger = self._random, self._ledger
        fate = chosen.random()
        day = self._after(plan, chosen.choice((1, 2, 2, 3, 4)))
        if fate < 0.1 and day <= last:
            stop = Pause(first=plan + _DAY, reason=PauseReason.PAPERS, expected=plan + 9 * _DAY)
            case_clock.pause(ledger, case_id, stop, by=BY)
            return
        if fate < 0.2:
            more = Extension(
                asked_on=plan, days=3, approver="办公室主任", reason="取证", told_on=plan
            )
            case_clock.extend(
                ledger, case_id, more, calendar=self._calendar, limits=Limits(), by=BY
            )
        if day > last:
            return
        closing = Closing(on=day, told_on=day)
        if fate < 0.3:
            case_clock.close(ledger, case_id, closing, ClosingWay.LAWYER, by=BY)
            case_course.advance(ledger, case_id, Course.ARBITRATION, on=day, by=BY)
            return
        case_course.advance(ledger, case_id, Course.MEDIATING, on=plan, by=BY)
        case_clock.close(ledger, case_id, closing, ClosingWay.MEDIATED, by=BY)
        claimed = question.amount_fen or 0
        agreed = Promise(agreed_fen=claimed, agreed_on=day, pay_by=day + 10 * _DAY)
        case_money.promise(ledger, case_id, agreed, basis="调解协议书", by=BY)
        if fate < 0.8:
            case_money.note_payment(ledger, case_id, claimed, on=min(day + 3 * _DAY, last), by=BY)
            case_course.finish(
                ledger, case_id, Finish.FULFILLED, on=min(day + 3 * _DAY, last), by=BY
            )
        if fate < 0.7:
            how = chosen.choice((*[Satisfaction.SATISFIED] * 6, Satisfaction.MOSTLY,
                                 Satisfaction.UNREACHED))  # fmt: skip
            case_course.call_back(ledger, case_id, how, on=min(day + 5 * _DAY, last), by=BY)
        if fate > 0.93:
            sent = Letter(kind=LetterKind.REMINDER, number=f"日工法提〔{day.year}〕{case_id}号",
                          case_id=case_id, recipient=question.employer, sent_on=day)  # fmt: skip
            ledger.keep(sent, by=BY)

    def _after(self, day: date, workdays: int) -> date:
        while workdays:
            day += _DAY
            workdays -= self._calendar.is_workday(day)
        return day
