"""Earlier episodes of invented people for the pictures, with names as long as they get."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Caller, CallerKind, CallState, Gender, NewCall
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger.ledger import Ledger

if TYPE_CHECKING:
    from hotline_desk.paths import Workspace

BY = "值班员"
_EARLIER = (
    ("董", Gender.WOMAN, "东港区", "某某物业管理服务有限公司", "保洁", Category.WAGES,
     "十一人被拖欠两个月工资，共三万三千元", "拖欠工资可向劳动监察投诉，十人以上可推选代表。",
     "保障农民工工资支付条例 第三条", 11, 3_300_000),
    ("王", Gender.MASTER, "莒县", "某物流公司", "货运", Category.CONTRACT,
     "没有签劳动合同，要求二倍工资", "用工满一个月未签书面合同，应每月支付二倍工资，至多十一个月。",
     "劳动合同法 第八十二条", 1, 450_000),
    ("李", Gender.MAN, "岚山区", "某平台合作商", "骑手", Category.INJURY,
     "送餐途中摔伤，平台不认是员工", "先申请工伤认定；平台用工看实际管理，证据是派单和考勤记录。",
     "工伤保险条例 第十四条", 1, None),
    ("欧阳", Gender.WOMAN, "五莲县", "", "护工", Category.DISMISSAL,
     "怀孕后被调岗降薪又被辞退，能要多少赔偿，从哪一天算起",
     "孕期不得以此为由解除；违法解除按二倍经济补偿支付赔偿金。",
     "劳动合同法 第四十二条、第八十七条", 1, 12_800_050),
    ("张", Gender.MASTER, "东港区", "某建筑劳务", "木工", Category.INSURANCE,
     "单位不给交社保，只发补贴", "社保不能以补贴代替，可要求补缴。", "社会保险法 第五十八条", 3,
     None),
)  # fmt: skip


def fill(workspace: Workspace) -> None:
    """Put two earlier episodes into the ledger, and callers' names into the demo's own."""
    with Ledger.open(workspace.ledger) as ledger:
        newest, (starts, ends) = ledger.episodes()[0], _hours()
        ledger.save_episode(
            dataclasses.replace(
                newest, on=studio_now().date(), topic="拖欠工资怎么办", starts=starts, ends=ends
            ),
            by=BY,
        )
        for back in (1, 2):
            _earlier_episode(ledger, newest, back)


def _hours() -> tuple[str, str]:
    """Return hours around now, so that the clock counts down."""
    now = studio_now()
    starts = now - timedelta(minutes=18)
    ends = now + timedelta(minutes=180)
    if ends.date() != now.date():
        ends = now.replace(hour=23, minute=59)
    return f"{starts:%H:%M}", f"{ends:%H:%M}"


def _earlier_episode(ledger: Ledger, newest: Episode, back: int) -> None:
    number = newest.number - back
    on = newest.on - timedelta(days=7 * back)
    guests = (Guest(name="李律师", unit="日照市总工会", post="律师"),)
    ledger.save_episode(
        Episode(number=number, on=on, topic="劳动合同那些事", host="主持人", guests=guests), by=BY
    )
    for place, row in enumerate(_EARLIER):
        surname, title, district, employer, trade, category, point, answer, law, people, fen = row
        at = datetime(on.year, on.month, on.day, 10, 5 + 9 * place, tzinfo=STUDIO_ZONE)
        call = ledger.add_call(
            NewCall(
                episode=number,
                at=at,
                point=point,
                caller=Caller(
                    name=surname, title=title, phone="138****5678", district=district,
                    employer=employer, occupation=trade, kind=CallerKind.WORKER,
                ),
            ),
            by=BY,
        )  # fmt: skip
        for state in (CallState.ON_AIR, CallState.ENDED):
            ledger.set_state(call.id, state, at=at + timedelta(minutes=3), by=BY)
        ledger.add_question(
            NewQuestion(
                episode=number, call_id=call.id, category=category, point=point,
                text=f"{point}，我该怎么办？", answer=answer, articles=law, answered_by="李律师",
                employer=employer, people=people, amount_fen=fen, at=at,
            ),
            by=BY,
        )  # fmt: skip
