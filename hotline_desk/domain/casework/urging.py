"""催办: what is written to move a case on, to its 承办人, its employer or another department.

To an employer from whom the worker's name is kept (对单位保密), nothing is written that could tell
who has asked: no name, number, district, label or amount, and none of the words of the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.deadlines import left_text
from hotline_desk.domain.casework.payments import lacks_sum
from hotline_desk.domain.categories import Category
from hotline_desk.domain.masking import mask_among, mask_numbers, persons_of
from hotline_desk.domain.times import day_text, long_day_text, money_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.questions import Question

_TELLING = frozenset(
    {
        Category.INJURY,
        Category.WOMEN_AND_MINORS,
        Category.SAFETY,
        Category.RETIREMENT,
        Category.PENDING,
    }
)
"""Categories that are not named to an employer: few of its workers can be meant."""

KEPT_FROM_EMPLOYER = "对单位保密：职工没有同意披露身份，请勿向用人单位透露职工的任何情况。"


class Urged(StrEnum):
    """Whom a text is for."""

    OWNER = "承办人"
    EMPLOYER = "用人单位"
    DEPARTMENT = "其他部门"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One case that is urged, and what may be said of it to others."""

    case: Case
    questions: Sequence[Question]
    clock: Clock
    secret: bool
    """对单位保密: a caller does not agree that the employer learns who asks (⑤)."""
    may_pass_on: bool
    """Whether every caller agrees that other departments learn of it (④)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """A text to be copied."""

    words: str
    left_out: str
    """What is not in it, and why; empty where nothing was left out."""


def urging(matters: Sequence[Matter], whom: Urged, *, union: str, on: date) -> Urging:
    """Return the text that urges *whom* in some cases, and what it leaves out.

    Numbers of telephones are in none of them: they lie in the ledger.

    Args:
        matters: the cases; for an employer or a department those that concern it.
        whom: whom it is for.
        union: who writes.
        on: the day.
    """
    write = {
        Urged.OWNER: _to_owner,
        Urged.EMPLOYER: _to_employer,
        Urged.DEPARTMENT: _to_department,
    }[whom]
    lines = [line for matter in matters for line in write(matter, on)]
    words = "\n".join([_opening(matters, whom), *lines, _ending(union, on)])
    return Urging(words=mask_numbers(words), left_out=_left_out(matters, whom))


def _opening(matters: Sequence[Matter], whom: Urged) -> str:
    if whom is Urged.OWNER:
        owner = matters[0].case.owner or "承办人"
        return f"{owner}：以下案件请抓紧办理。"
    if whom is Urged.EMPLOYER:
        employer = matters[0].case.employer or "贵单位"
        return f"{employer}：以下事项请贵单位依法妥善处理，并回复我会。"
    return "以下事项请贵部门协助办理，并回复我会。"


def _ending(union: str, on: date) -> str:
    return f"{union}\n{long_day_text(on)}"


def _to_owner(matter: Matter, on: date) -> Iterator[str]:
    case = matter.case
    yield f"{case.number} {case.matter or _categories(matter)}（{case.employer or '单位不明'}）"
    yield f"　{_stand(matter, on)}"
    yield f"　来电人：{_callers(matter)}，联系方式见台账。"
    if matter.secret:
        yield f"　{KEPT_FROM_EMPLOYER}"


def _to_employer(matter: Matter, on: date) -> Iterator[str]:
    case = matter.case
    if matter.secret:
        yield f"事项 {case.number}：涉及{_categories(matter, without=_TELLING)}。"
    else:
        yield f"事项 {case.number}：{_callers(matter)}反映{_matter(matter)}。"
    promise = case.promise
    owed = promise.agreed_fen - promise.received_fen
    if owed > 0 and promise.agreed_fen:  # the employer itself has agreed to it
        by = f"，约定 {day_text(promise.pay_by, on)}付清" if promise.pay_by else ""
        late = "，已经逾期" if promise.pay_by and promise.pay_by < on else ""
        yield f"　已达成的协议或裁决尚未履行完毕{by}{late}，请尽快履行。"


def _to_department(matter: Matter, on: date) -> Iterator[str]:
    case = matter.case
    employer = case.employer or "单位不明"
    if matter.may_pass_on:
        about = _matter(matter)
        yield f"{case.number} {_callers(matter)}：{about}（{employer}）"
        claimed = f"，诉求金额 {money_text(case.claimed_fen)}" if case.claimed_fen else ""
        yield f"　涉及 {case.headcount} 人{claimed}。{_waits(matter, on)}"
    else:
        yield f"{case.number} 一名职工反映{_categories(matter)}（{employer}）"
        yield f"　{_waits(matter, on)}"
    if matter.secret:
        yield f"　{KEPT_FROM_EMPLOYER}"


def _stand(matter: Matter, on: date) -> str:
    pause, step = matter.clock.pause, matter.clock.current
    if step is not None:
        stands = ""
        if pause is not None:
            stands = f"暂停计时：{pause.reason}，预计 {day_text(pause.expected, on)}恢复。"
        if stands and not step.card:
            return stands
        card = f"{step.card}，" if step.card else ""
        return f"{card}{step.step}：{day_text(step.due, on)}，{left_text(step.left)}。{stands}"
    case = matter.case
    lacks = lacks_sum(case, case.course)
    return f"已办结，{'还没有写协议金额' if lacks else case.promise.fulfilment(on)}。"


def _waits(matter: Matter, on: date) -> str:
    step = matter.clock.current
    if step is None:
        return f"{_stand(matter, on)}"
    return f"本案办结期限 {day_text(matter.clock.steps[-1].due, on)}。"


def _matter(matter: Matter) -> str:
    """Return 案由 without the names of workers: who has agreed to be named stands before it."""
    persons = persons_of(matter.case, matter.questions)
    return mask_among(matter.case.matter, persons) or _categories(matter)


def _callers(matter: Matter) -> str:
    names = dict.fromkeys(question.caller.spoken_name for question in matter.questions)
    named = [name for name in names if name != "未留姓名"]
    return "、".join(named) or "职工"


def _categories(
    matter: Matter, *, without: frozenset[Category] = frozenset({Category.PENDING})
) -> str:
    found = dict.fromkeys(question.category for question in matter.questions)
    return "、".join(each for each in found if each not in without) or "劳动权益"


def _left_out(matters: Sequence[Matter], whom: Urged) -> str:
    if whom is Urged.EMPLOYER and any(matter.secret for matter in matters):
        return "对单位保密：没有写职工的姓名、电话、地址、人数、金额和原话。"
    if whom is Urged.DEPARTMENT and not all(matter.may_pass_on for matter in matters):
        return "职工没有同意转交其他部门：没有写姓名、电话、人数、金额和诉求要点。"
    return "电话没有写，见台账。"
