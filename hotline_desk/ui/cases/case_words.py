"""What is said of a case: where its clock stands, and what a deed has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Satisfaction
from hotline_desk.domain.casework.clock_events import WHOLE_PLAN, PlanPart
from hotline_desk.domain.casework.contacts import ALL_FACTS, Fact, contacted_on
from hotline_desk.domain.casework.deadlines import left_text
from hotline_desk.domain.casework.lapses import left_text as left_of_lapse
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.casework.noted_words import spoken
from hotline_desk.domain.casework.payments import lacks_sum
from hotline_desk.domain.times import day_text, money_text, short_day_text
from hotline_desk.ui.cases.deed import Doing, Place
from hotline_desk.ui.cases.letter_deeds import letter_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.casework.lapses import Lapse
    from hotline_desk.ui.cases.deed import Deed


def done_words(deed: Deed, case: Case, on: date, *, copied: bool = False) -> str:
    """Return what a deed has come to by the day *on*, what is missing, if a text was copied."""
    if copied:
        return f"{case.number} 已{deed.title}，文本已复制。"
    missing = missing_words(deed, case)
    if missing:
        return f"{case.number} {missing}"
    if deed.doing is Doing.CALL_BACK and case.satisfaction is Satisfaction.DISSATISFIED:
        return f"{case.number} 已记回访：不满意，并记督办。{_again_words(case)}"
    if deed.doing is Doing.PAYMENT:
        return f"{case.number} 已记到账。{money_words(case, on)}。"
    if deed.doing is Doing.FINISH:
        return f"{case.number} 已结案：{case.finish}。"
    if deed.place is Place.FOLD:
        return _fact_words(deed, case, on)
    return f"{case.number} 已{deed.title}，进程：{case.course}。"


def missing_words(deed: Deed, case: Case) -> str:
    """Return what is missing of the step that *deed* was to do, empty where it is done."""
    events = case.events
    if deed.doing is Doing.CONTACT and contacted_on(events.contacts) is None:
        return f"记下了联系，{_missing_facts(case)}，联系这一步还没有完成。"
    if deed.doing is Doing.PLAN and events.planned_on is None:
        return f"记下了方案，还没有定：还差{_missing_of_plan(case)}，补上再按一次“定方案”。"
    if deed.doing is Doing.CLOSE and events.closed_on is None:
        return "记下了结果，还没有办结：告知职工以后填“告知职工”，再按一次“办结”。"
    return ""


def has_more(deed: Deed, case: Case) -> bool:
    """Return whether what is missing can be written at once: not where nobody was reached."""
    contacts = case.events.contacts
    return deed.doing is not Doing.CONTACT or (bool(contacts) and contacts[-1].reached)


def named_words(cases: Sequence[Case]) -> str:
    """Return which *cases* they are: one by its number, several by the first and how many."""
    numbers = [case.number for case in cases]
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} 等 {len(numbers)} 件"


def clock_words(clock: Clock, case: Case) -> str:
    """Return where the clock stands, in one line."""
    pause, step = clock.pause, clock.current
    stands = ""
    if pause is not None:
        stands = f"暂停计时：{pause.reason}，预计 {short_day_text(pause.expected)}恢复"
    if step is None:
        close = clock.steps[-1]
        outcome = (clock.outcome or "").removesuffix("办结")  # one of them has it in its name
        way = f"（{case.closing}）" if case.closing else ""
        return f"{outcome}办结，用时 {close.used} 个工作日{way}"
    estimated = "（暂估）" if step.estimated else ""
    words = f"{step.step}：{left_text(step.left)}，{day_text(step.due)}{estimated}"
    told = [step.card, words, stands] if step.card or not stands else [stands]
    return " · ".join(filter(None, told))


def money_words(case: Case, on: date) -> str:
    """Return what became of what was promised; agreed and received are told apart."""
    promise = case.promise
    if lacks_sum(case, case.course):
        return "还没有写协议金额；没有要付的写 0"
    if not promise.agreed_fen and not promise.received_fen:
        return str(promise.fulfilment(on))
    pay_by = f"，约定 {day_text(promise.pay_by)}付清" if promise.pay_by else ""
    agreed, received = money_text(promise.agreed_fen), money_text(promise.received_fen)
    words = f"{promise.fulfilment(on)}：协议 {agreed}{pay_by}，已到账 {received}"
    return words.replace(" 元", "\N{NO-BREAK SPACE}元")


def lapse_words(lapse: Lapse, on: date) -> str:
    """Return one time limit of the law, with what is to be heeded of it; never as a fact."""
    limit = lapse.limit
    doubt = "" if limit.checked else "？"
    estimated = "（暂估）" if lapse.estimated else ""
    return (
        f"{limit.what}{doubt}：{left_of_lapse(lapse, on)}，"
        f"{day_text(lapse.last)}{estimated}，{limit.source}" + (limit.note and f"；{limit.note}")
    )


def _fact_words(deed: Deed, case: Case, on: date) -> str:
    if isinstance(deed.about, Letter):
        return f"{case.number} {deed.title}了 {letter_name(deed.about)}。"
    if deed.about is not None:
        which = spoken(deed.about, on)
        return f"{case.number} {deed.title}了 {which}，进程：{case.course}。"
    if deed.doing is Doing.MERGE:
        return f"已并入 {case.number}。"
    if deed.doing is Doing.DAY:
        days = "、".join(f"{day.event} {short_day_text(day.on)}" for day in case.days)
        return f"{case.number} 的日子：{days}。" if days else f"{case.number} 没有记着日子了。"
    return f"{case.number} 已{deed.title}。"


def _again_words(case: Case) -> str:
    if not case.course.is_open:
        return "下一步：重办。"
    return "要重办：先记“结案”，再按“重办”。"


def _missing_facts(case: Case) -> str:
    reached = [each for each in case.events.contacts if each.reached and each.way.with_worker]
    noted = {fact for each in reached for fact in each.facts}
    if not reached:
        return "还没联系上"
    return "还差：" + "、".join(fact for fact in Fact if fact in ALL_FACTS - noted)


def _missing_of_plan(case: Case) -> str:
    plan = case.events.plan
    parts = plan.parts if plan else frozenset[PlanPart]()
    where = {PlanPart.OWNER: "承办人（在“承办和分流”里指派）"}
    missing = [where.get(part, part.value) for part in PlanPart if part in WHOLE_PLAN - parts]
    if not case.events.gradings:
        missing.append("一般或复杂")
    if plan and plan.told_on is None:
        missing.append("告知职工")
    return "、".join(missing)
