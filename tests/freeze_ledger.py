"""Freeze a ledger of the present schema: ``python -m tests.freeze_ledger NAME``.

Done once for each released schema; the file then stays in tests/fixtures/ledgers/ for good, and
every later version has to open it and find in it what `records` wrote.
"""

import dataclasses
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from hotline_desk.domain.calls import (
    Caller,
    CallState,
    Consent,
    Gender,
    NewCall,
    PersonLabel,
)
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    KnownDay,
    NewCase,
    Party,
    Payment,
    Round,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode, Guest
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.publications import Access, Publication
from hotline_desk.domain.questions import Handling, Kind, NewQuestion, Span
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.statistics.closings import MonthClosing, Opening, PublishedCategory
from hotline_desk.domain.utterances import Edit, Utterance
from hotline_desk.ledger import Ledger

LEDGERS = Path(__file__).parent / "fixtures" / "ledgers"
AT = datetime.fromisoformat("2026-11-25T10:03:20+08:00")
TAKE = "episodes/2026-11-25-第190期/take-095000"


def records(ledger: Ledger) -> None:
    """Write a little of everything that a ledger of the first schema can hold."""
    ledger.save_episode(
        Episode(
            number=190,
            on=date(2026, 11, 25),
            topic="拖欠工资怎么办",
            host="主持人甲",
            producer="导播乙",
            guests=(Guest(name="律师丙", unit="某律师事务所", post="律师"),),
            listeners=200_000,
            listeners_source="电台",
        ),
        by="接线员",
    )
    ledger.add_take(TAKE, 190, AT - timedelta(minutes=13))
    call = ledger.add_call(
        NewCall(
            episode=190,
            line="来电",
            caller=Caller(
                name="董", title=Gender.WOMAN, phone="13800005678", district="东港区",
                employer="某物业公司", occupation="保洁",
            ),
            point="十一人被拖欠两个月工资",
            take=TAKE,
            began=800.0,
            at=AT,
        ),
        by="接线员",
    )  # fmt: skip
    call = ledger.save_call(
        dataclasses.replace(call, consent=Consent(record=True, broadcast=True, replay=False)),
        by="接线员",
    )
    ledger.set_state(call.id, CallState.ON_AIR, at=AT + timedelta(minutes=2), by="导播")
    question = ledger.add_question(
        NewQuestion(
            episode=190,
            call_id=call.id,
            text="我们十一个人两个月没发工资了",
            take=TAKE,
            asked=Span(line="来电", start=810.0, end=830.5),
            answered=Span(line="演播室", start=831.0, end=900.0),
            at=AT,
        ),
        by="导播",
    )
    ledger.save_question(
        dataclasses.replace(
            question,
            category=Category.WAGES,
            kind=Kind.REQUEST,
            point="拖欠工资",
            answer="可以向劳动保障监察投诉，也可以申请仲裁。",
            articles="劳动合同法 第三十条\n劳动法 第五十条",
            answered_by="律师丙",
            people=11,
            amount_fen=3_300_000,
            handling=Handling.CASE,
            confirmed=True,
        ),
        by="台账管理员",
    )
    case = ledger.add_case(
        NewCase(
            received=AT.date(),
            questions=(question.id,),
            employer="某物业公司",
            matter="拖欠工资",
            people=11,
            claimed_fen=3_300_000,
            route=Route.MODEL_WORKER,
            owner="劳模调解员丁",
        ),
        by="台账管理员",
    )
    contact = Contact(at=AT + timedelta(hours=5), way=Way.CALL, reached=True, facts=ALL_FACTS)
    ledger.save_case(
        dataclasses.replace(
            case,
            course=Course.CONTACTED,
            events=dataclasses.replace(case.events, contacts=(contact,)),
            promise=Promise(agreed_fen=3_300_000, pay_by=date(2026, 12, 11)),
            parties=(Party(name="董", claimed_fen=300_000),),
        ),
        by="台账管理员",
    )
    ledger.add_question(NewQuestion(episode=None, text="公积金怎么提取", at=AT), by="接线员")
    ledger.undo(by="接线员")
    ledger.copy_utterances(
        TAKE,
        [
            Utterance("来电", 811.0, 815.0, "我们十一个人两个月没发公资了"),
            Utterance("演播室", 832.0, 836.0, "可以申请仲裁"),
        ],
    )
    ledger.add_edit(TAKE, Edit("来电", 811.0, "我们十一个人两个月没发工资了"), by="审看")


def later_records(ledger: Ledger) -> None:
    """Write a little of everything that the second schema brought."""
    (question, *_), (case, *_) = ledger.questions(), ledger.cases()
    ledger.save_question(
        dataclasses.replace(
            question,
            external_number="WD-1",
            unit="东港区总工会",
            other_categories=(Category.CONTRACT, Category.INSURANCE),
            recorded_by="接线员",
            notes="请周五以前回电",
            keeping=Keeping.THIRTY_YEARS,
        ),
        by="台账管理员",
    )
    call = ledger.call(question.call_id)
    caller = dataclasses.replace(
        call.caller, industry="物业", labels=(PersonLabel.MIGRANT, PersonLabel.WOMAN)
    )
    ledger.save_call(
        dataclasses.replace(
            call, caller=caller, may_call_back=True, may_message=False,
            retained=Retention.IN_DISPUTE,
        ),
        by="接线员",
    )  # fmt: skip
    earlier = Round(
        received=case.received,
        events=case.events,
        closing=ClosingWay.MEDIATED,
        finish=Finish.FULFILLED,
        finished_on=date(2026, 12, 1),
        satisfaction=Satisfaction.DISSATISFIED,
    )
    day = date(2026, 12, 11)
    case = ledger.save_case(
        dataclasses.replace(
            case,
            unit="东港区总工会",
            external_number="WD-1",
            keeping=Keeping.FOREVER,
            retained=Retention.BY_LAW,
            promise=dataclasses.replace(case.promise, agreed_on=AT.date(), received_fen=100_000),
            payments=(Payment(on=day, fen=100_000, party="董"),),
            actions=(Action(on=day, kind=ActionKind.URGED, words="单位还没付", by="接线员"),),
            days=(KnownDay(event="离职", on=date(2026, 10, 1)),),
            interruptions=(Interruption(on=AT.date(), event="要求付款", evidence="微信"),),
            earlier=(earlier,),
        ),
        by="台账管理员",
    )
    for record in (
        Staff(name="律师丙", kind=StaffKind.LAWYER, advises="某物业公司", expertise="工资"),
        ServicePoint(name="东港区总工会", district="东港区"),
        Letter(kind=LetterKind.REMINDER, number="工法提〔2026〕1 号", case_id=case.id, sent_on=day,
               recipient="某物业公司"),
        Publication(item="第 190 期音频", episode=190, place="职工大讲堂", published_on=day),
        Access(at=AT, who="接线员", what="导出台账（内部版）"),
        Opening(figure="questions", value=500, source="往年报表", as_of=AT.date()),
        PublishedCategory(category=Category.DISMISSAL, published="劳动合同"),
        MonthClosing(month="2026-11", unit="日照市总工会", figures="{}", reported_on=day),
    ):  # fmt: skip
        ledger.keep(record, by="台账管理员")


def newest_records(ledger: Ledger) -> None:
    """Write a little of what the third schema brought."""
    (letter,) = ledger.kept(Letter)
    voided = dataclasses.replace(letter, voided_on=AT.date(), voided_for="文号写错")
    ledger.keep(voided, by="台账管理员")


def representatives(ledger: Ledger) -> None:
    """Write a little of what the fourth schema brought."""
    (case,) = ledger.cases()
    (party,) = case.parties
    ledger.save_case(
        dataclasses.replace(case, parties=(dataclasses.replace(party, represents=True),)),
        by="台账管理员",
    )


WRITTEN = (records, later_records, newest_records, representatives)
"""What each schema brought, in order."""
REGISTERS = (Staff, ServicePoint, Letter, Publication, Access, Opening, PublishedCategory,
             MonthClosing)  # fmt: skip


def freeze(name: str) -> Path:
    """Write all records into a file called *name* and return its path."""
    target = LEDGERS / f"{name}.db"
    with tempfile.TemporaryDirectory() as folder:
        with Ledger.open(Path(folder) / "ledger.db") as ledger:
            for write in WRITTEN:
                write(ledger)
            copy = ledger.backup(Path(folder) / "backups")
        LEDGERS.mkdir(parents=True, exist_ok=True)
        target.write_bytes(copy.read_bytes())
    return target


if __name__ == "__main__":
    freeze(sys.argv[1])
