"""Cases of invented people for the pictures, at every step of their course."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    NewCase,
    Party,
    Route,
)
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    ComplexReason,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Promise
from hotline_desk.domain.casework.deadlines import Limits
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.casework.noted import noted
from hotline_desk.domain.questions import Kind
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.settings import Settings
from hotline_desk.workflows import (
    assign,
    case_clock,
    case_correcting,
    case_course,
    case_money,
    cases,
    lapses,
    letters,
)
from hotline_desk.workflows.limits import published_calendar

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.paths import Workspace

BY = "值班员"
_OTHERS = (
    (1, "没有签劳动合同，要求二倍工资", "某物流公司", "干部甲", 1, 4_500_000),
    (2, "送餐途中摔伤，平台不认是员工", "某平台合作商", "", 1, None),
    (3, "怀孕后被调岗降薪又被辞退，能要多少赔偿，从哪一天算起", "某食品加工（日照）有限公司",
     "李律师", 1, 12_800_050),
    (6, "单位不给交社保，只发补贴", "某建筑劳务", "干部甲", 3, None),
    (7, "扣下押金不退", "某某物业管理服务有限公司", "", 1, 200_000),
    (2, "加班没有加班费", "某某物业管理服务有限公司", "李律师", 1, 600_000),
)  # fmt: skip
_STAFF = (
    ("劳模调解员丁", StaffKind.MODEL_WORKER, "快速反应一队", "工资、社保", ""),
    ("干部甲", StaffKind.CADRE, "快速反应一队", "劳动合同", ""),
    (
        "李律师",
        StaffKind.LAWYER,
        "快速反应二队",
        "工伤、新就业形态、解除终止与经济补偿",
        "某平台合作商\n某某物业管理服务有限公司",
    ),
    ("欧阳律师", StaffKind.LAWYER, "快速反应二队", "女职工", ""),
    ("志愿者戊", StaffKind.VOLUNTEER, "快速反应三队", "", ""),
)


def fill(workspace: Workspace) -> None:
    """Open cases, and leave each at another step."""
    today = studio_now().date()
    with Ledger.open(workspace.ledger) as ledger:
        _registers(ledger)
        _cleaners(ledger, today - timedelta(days=30))
        for back, matter, employer, owner, people, fen in _OTHERS:
            new = NewCase(
                received=today - timedelta(days=back), matter=matter, employer=employer,
                owner=owner, people=people, claimed_fen=fen,
            )  # fmt: skip
            case = ledger.add_case(new, by=BY)
            if back == 3:
                _plan(ledger, case, today - timedelta(days=2), Grade.ORDINARY)
            if back == 6:
                _wait_for_papers(ledger, case, today)
        questions = [q for q in ledger.questions() if ledger.case_of(q.id) is None]
        if questions:
            cases.open_case(ledger, [questions[-1].id], by=BY)


def _registers(ledger: Ledger) -> None:
    """People who take cases on, one of whom advises an employer, and where workers can go."""
    for name, kind, team, expertise, advises in _STAFF:
        ledger.keep(
            Staff(name=name, kind=kind, team=team, expertise=expertise, advises=advises), by=BY
        )
    for name, district in (("东港区职工服务中心", "东港区"), ("莒县职工服务中心", "莒县")):
        ledger.keep(ServicePoint(name=name, district=district, phone="0633-1234567"), by=BY)


def _cleaners(ledger: Ledger, received: date) -> None:
    """Agreed and not paid: eleven cleaners, 33,000 yuan, one of whom has been paid."""
    wages = [q for q in ledger.questions() if q.people == 11]
    kind = Kind.REQUEST
    case = (
        cases.open_case(ledger, [wages[-1].id], by=BY)
        if wages
        else ledger.add_case(
            NewCase(received=received, matter="十一人被拖欠两个月工资", employer="某物业公司",
                    people=11, claimed_fen=3_300_000),
            by=BY,
        )
    )  # fmt: skip
    on = case.received + timedelta(days=1)
    names = ("董某", "王某", "欧阳某", "司马某")
    case_money.note_parties(
        ledger, case.id, [Party(name=name, claimed_fen=300_000) for name in names], by=BY
    )
    _plan(ledger, case, on, Grade.COMPLEX)
    case_course.advance(ledger, case.id, Course.MEDIATING, on=on, by=BY)
    told = on + timedelta(days=2)
    way = ClosingWay.MEDIATED
    case_clock.close(ledger, case.id, Closing(on=told, told_on=told), way, by=BY)
    agreed = Promise(agreed_fen=3_300_000, pay_by=studio_now().date() - timedelta(days=4))
    case_money.promise(ledger, case.id, agreed, basis=f"调解协议书（{kind}）", by=BY)
    case_money.note_payment(ledger, case.id, 300_000, on=told, party="董某", by=BY)
    _negotiate(ledger, case.id, told)


def _negotiate(ledger: Ledger, case_id: int, on: date) -> None:
    """What was done with the employer, and by when it all lapses."""
    at = datetime(on.year, on.month, on.day, 15, 0, tzinfo=STUDIO_ZONE)
    talk = Contact(
        at=at, way=Way.NEGOTIATION, reached=True,
        words="项目经理答应马上申请款项，承诺不辞退；约定分两次付清，先付董某一个月。",
    )  # fmt: skip
    case_clock.note_contact(ledger, case_id, talk, by=BY)
    letter = Letter(
        kind=LetterKind.REMINDER, number="", case_id=case_id, recipient="某某物业管理服务有限公司",
        sent_on=on, answer_by=on + timedelta(days=7), subject="限期支付保洁员两个月工资",
    )  # fmt: skip
    letters.register(ledger, letter, pattern=Settings().letter_number, by=BY)
    lapses.note_day(ledger, case_id, "知道权利受到侵害", on - timedelta(days=60), by=BY)
    stop = Interruption(on=on, event="书面要求支付工资", evidence="快递签收")
    lapses.interrupt(ledger, case_id, stop, by=BY)
    urged = Action(on=on, kind=ActionKind.SUPERVISED, words="月底前把余款催到位", by=BY)
    case_course.take_action(ledger, case_id, urged, by=BY)
    _put_right(ledger, case_id, at)


def _put_right(ledger: Ledger, case_id: int, at: datetime) -> None:
    """A call noted at the wrong hour, and a visit that was another case's."""
    wrong = Contact(at=at, way=Way.CALL, reached=True, words="提醒经理下周一打款")
    visit = Contact(at=at, way=Way.VISIT, reached=False)
    for contact in (wrong, visit):
        case_clock.note_contact(ledger, case_id, contact, by=BY)
    meant = replace(wrong, at=at + timedelta(hours=1))
    for was, right, reason in (
        (visit, None, "记到别的案件上了"), (wrong, meant, "时间写错了"),
    ):  # fmt: skip
        found = next(each for each in noted(ledger.case(case_id)) if each.record == was)
        case_correcting.correct(
            ledger, case_id, found, right, reason=reason, on=studio_now().date(),
            calendar=published_calendar(), limits=Limits(), by=BY,
        )  # fmt: skip


def _plan(ledger: Ledger, case: Case, on: date, grade: Grade) -> None:
    at = datetime(on.year, on.month, on.day, 9, 20, tzinfo=STUDIO_ZONE)
    words = "有考勤表和工资条，愿意调解"
    contact = Contact(at=at, way=Way.CALL, reached=True, facts=ALL_FACTS, words=words)
    case_clock.note_contact(ledger, case.id, contact, by=BY)
    owner = case.owner or "劳模调解员丁"
    assign.assign(ledger, case.id, owner=owner, route=Route.MODEL_WORKER, by=BY)
    reason = ComplexReason.TEN_PEOPLE if grade is Grade.COMPLEX else None
    case_clock.grade(ledger, case.id, Grading(on=on, grade=grade, reason=reason), by=BY)
    case_clock.note_plan(ledger, case.id, Plan(on=on, parts=WHOLE_PLAN, told_on=on), by=BY)


def _wait_for_papers(ledger: Ledger, case: Case, today: date) -> None:
    stop = Pause(
        first=case.received + timedelta(days=1),
        reason=PauseReason.PAPERS,
        expected=today - timedelta(days=1),
    )
    case_clock.pause(ledger, case.id, stop, by=BY)
