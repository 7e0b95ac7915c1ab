"""Ledgers of invented offices, to be exported and imported again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from hotline_desk.domain.calls import (
    Caller,
    CallerKind,
    Channel,
    Consent,
    Gender,
    NewCall,
    PersonLabel,
)
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    NewCase,
    Party,
    Payment,
    Round,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    ClockEvents,
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
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Handling, Kind, NewQuestion
from hotline_desk.domain.times import STUDIO_ZONE

BY = "台账管理员"
AT = datetime(2026, 10, 14, 10, 3, tzinfo=STUDIO_ZONE)
DAY = AT.date()


def later(days):
    return DAY + timedelta(days=days)


def fill(ledger):
    """Put in what the forms can tell: a case with all that may happen to it, rows of every kind."""
    ledger.save_episode(Episode(number=190, on=DAY), by=BY)
    caller = Caller(name="董小红", title=Gender.WOMAN, phone="13800005678", employer="某物业",
                    industry="物业", labels=(PersonLabel.MIGRANT, PersonLabel.WOMAN))  # fmt: skip
    call = ledger.add_call(NewCall(episode=190, at=AT, caller=caller), by=BY)
    ledger.save_call(replace(call, may_call_back=True), by=BY)
    first = ledger.add_question(
        NewQuestion(
            episode=190, call_id=call.id, at=AT, category=Category.WAGES, kind=Kind.REQUEST,
            other_categories=(Category.CONTRACT,), handling=Handling.CASE, point="=cmd() 拖欠工资",
            answer="可以\n申请仲裁", articles="劳动合同法 第三十条\n社会保险法",
            answered_by="李律师",
            recorded_by="接线员甲", notes="备注；", external_number="W-1", unit="莒县服务站",
        ),
        by=BY,
    )  # fmt: skip
    ledger.add_question(NewQuestion(episode=190, call_id=call.id, at=AT, point="第二个"), by=BY)
    ledger.add_question(
        NewQuestion(episode=None, at=AT + timedelta(days=3), point="没有来电"), by=BY
    )
    case = ledger.add_case(
        NewCase(received=DAY, questions=(first.id,), employer="某物业", matter="拖欠工资",
                people=11, claimed_fen=3_300_000, route=Route.MODEL_WORKER, owner="丁"),
        by=BY,
    )  # fmt: skip
    before = ClockEvents(received=later(-30), closing=Closing(on=later(-25), told_on=later(-25)))
    ledger.save_case(
        replace(
            case,
            events=_events(),
            course=Course.MEDIATED,
            closing=ClosingWay.MEDIATED,
            promise=Promise(agreed_fen=3_300_000, pay_by=later(2), received_fen=300_050),
            parties=(
                Party(name="董小红", claimed_fen=300_050, received_fen=300_050,
                      received_on=later(8)),
                Party(name="王明"),
            ),
            results="当场表扬",
            called_back_on=later(9),
            satisfaction=Satisfaction.SATISFIED,
            notes="记",
            actions=(Action(on=DAY, kind=ActionKind.SUPERVISED, words="尽快", by="主任"),),
            earlier=(
                Round(
                    received=later(-30), events=before, closing=ClosingWay.MEDIATED,
                    finish=Finish.FULFILLED, finished_on=later(-20),
                    promise=Promise(agreed_fen=100_050, received_fen=100_050),
                    payments=(Payment(on=later(-21), fen=100_050),), results="补签合同",
                    called_back_on=later(-19), satisfaction=Satisfaction.DISSATISFIED,
                ),
            ),
        ),
        by=BY,
    )  # fmt: skip
    for number in ("日工提示函〔2026〕3号", "日工建议书〔2026〕1号"):
        kind = LetterKind.REMINDER if "提示函" in number else LetterKind.PROPOSAL
        ledger.keep(Letter(kind=kind, number=number, case_id=case.id, sent_on=DAY), by=BY)


def _events():
    return ClockEvents(
        received=DAY,
        contacts=(Contact(at=AT + timedelta(days=1), way=Way.CALL, reached=True, facts=ALL_FACTS),),
        gradings=(Grading(on=later(1), grade=Grade.COMPLEX, reason=ComplexReason.TEN_PEOPLE),),
        plan=Plan(on=later(2), parts=WHOLE_PLAN, told_on=later(2)),
        pauses=(
            Pause(first=later(2), reason=PauseReason.PAPERS, expected=later(4), resumed=later(5)),
        ),
        closing=Closing(on=later(8), told_on=later(8)),
        extension=Extension(asked_on=DAY, days=3, approver="张主任", reason="等鉴定", told_on=DAY),
    )


_SIGNS = "工资拖欠合同公司甲乙丙=+-@'\"_x41，；、 （）/0123abc😀䶮"
texts = st.text(_SIGNS, max_size=20).map(lambda text: text if text.strip() else "")
words = texts.map(str.strip).filter(lambda text: text not in {"-", "--", "/"})
names = st.text("董小红王明欧阳李", min_size=1, max_size=4)
moments = st.integers(0, 400_000).map(lambda minute: AT - timedelta(minutes=minute))
labels = st.sets(st.sampled_from(PersonLabel), max_size=3)
fen = st.none() | st.integers(0, 10**10)
callers = st.builds(
    Caller,
    name=st.just("") | names,
    title=st.sampled_from(Gender),
    phone=st.sampled_from(["", "13800005678", "0633-8781234"]),
    district=words,
    employer=words,
    industry=words,
    kind=st.sampled_from(CallerKind),
    labels=labels.map(lambda found: tuple(each for each in PersonLabel if each in found)),
)


def any_ledger(ledger, data):
    """Put in any rows and cases that the desk's own forms could have made."""
    ledger.save_episode(Episode(number=190, on=DAY), by=BY)
    ids = []
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(moments)
        call_id = None
        if data.draw(st.booleans()):
            call = ledger.add_call(NewCall(episode=None, at=at, caller=data.draw(callers)), by=BY)
            consent = Consent(name_to_employer=data.draw(st.booleans()))
            answer = data.draw(st.none() | st.booleans())
            ledger.save_call(replace(call, consent=consent, may_call_back=answer), by=BY)
            call_id = call.id
        others = data.draw(st.sets(st.sampled_from(Category), max_size=2))
        row = ledger.add_question(
            NewQuestion(
                episode=data.draw(st.sampled_from([None, 190])), call_id=call_id, at=at,
                channel=data.draw(st.sampled_from(Channel)),
                category=data.draw(st.sampled_from(Category)),
                other_categories=tuple(each for each in Category if each in others),
                kind=data.draw(st.sampled_from(Kind)),
                handling=data.draw(st.sampled_from(Handling)),
                point=data.draw(texts), answer=data.draw(texts), articles=data.draw(words),
                answered_by=data.draw(words), employer=data.draw(words), notes=data.draw(texts),
                recorded_by=data.draw(words), external_number=data.draw(words),
                unit=data.draw(words),
            ),
            by=BY,
        )  # fmt: skip
        ids.append(row.id)
    while ids:
        taken, ids = ids[: data.draw(st.integers(1, 2))], ids[2:]
        if data.draw(st.booleans()):
            _any_case(ledger, data, tuple(taken))


def _any_case(ledger, data, questions):
    received = date(2026, 2, 5) + timedelta(days=data.draw(st.integers(0, 200)))
    case = ledger.add_case(
        NewCase(
            received=received, questions=questions, employer=data.draw(words),
            matter=data.draw(texts), people=data.draw(st.none() | st.integers(0, 30)),
            claimed_fen=data.draw(fen), route=data.draw(st.none() | st.sampled_from(Route)),
            owner=data.draw(words), helpers=data.draw(words), notes=data.draw(texts),
        ),
        by=BY,
    )  # fmt: skip
    gaps = sorted(data.draw(st.lists(st.integers(0, 40), min_size=5, max_size=5)))
    contacted, planned, closed, finished, called = (received + timedelta(days=n) for n in gaps)
    depth = data.draw(st.integers(0, 4))
    at = datetime.combine(contacted, AT.timetz())
    graded = (Grading(on=received, grade=data.draw(st.sampled_from(Grade))),)
    events = ClockEvents(
        received=received,
        contacts=(Contact(at=at, way=Way.VISIT, reached=True, facts=ALL_FACTS),) if depth else (),
        gradings=graded if depth > 1 else (),
        plan=Plan(on=planned, parts=WHOLE_PLAN, told_on=planned) if depth > 1 else None,
        closing=Closing(on=closed, told_on=closed) if depth > 2 else None,
    )
    agreed = data.draw(st.integers(0, 10**9))
    done = depth > 3
    ledger.save_case(
        replace(
            case,
            events=events,
            closing=data.draw(st.sampled_from(ClosingWay)) if depth > 2 else None,
            course=Course.FINISHED if done else Course.PLANNED if depth > 1 else Course.TO_CONTACT,
            finish=data.draw(st.sampled_from(Finish)) if done else None,
            finished_on=finished if done else None,
            promise=Promise(
                agreed_fen=agreed,
                received_fen=data.draw(st.integers(0, agreed)),
                pay_by=data.draw(st.none() | st.just(received) | st.just(date(2099, 1, 1))),
            ),
            results=data.draw(texts),
            called_back_on=called if done else None,
            satisfaction=data.draw(st.sampled_from(Satisfaction)) if done else None,
            parties=tuple(
                Party(name=name, claimed_fen=data.draw(fen), received_fen=data.draw(fen))
                for name in data.draw(st.lists(names, max_size=3, unique=True))
            ),
        ),
        by=BY,
    )
