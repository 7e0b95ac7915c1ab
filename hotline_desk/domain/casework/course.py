"""The course of a case (进程): which step may follow which, and its two ends.

办结, the end of the time limits, is an event on the way; 结案 is the end of the course. The steps
are those of the office's procedure (DOMAIN.md, section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.errors import CourseRefused

if TYPE_CHECKING:
    from datetime import date


class Course(StrEnum):
    """Where a case stands."""

    TO_CONTACT = "待联系"
    CONTACTED = "已联系"
    PLANNED = "方案已定"
    MEDIATING = "调解中"
    MEDIATED = "调解成功"
    NOT_MEDIATED = "调解不成"
    ARBITRATION = "仲裁中"
    LAWSUIT = "诉讼中"
    FINISHED = "结案"

    @property
    def is_open(self) -> bool:
        """Whether the course goes on."""
        return self is not Course.FINISHED


class ClosingWay(StrEnum):
    """办结方式: result and reply given to the worker."""

    MEDIATED = "调解成功"
    BEFORE_CASE = "案前调解"
    NOT_MEDIATED = "调解不成并告知仲裁途径"
    LAWYER = "已指派援助律师并移交"
    PASSED_ON = "已转办并告知"
    WITHDRAWN = "职工撤回"
    UNREACHABLE = "无法联系"


class Finish(StrEnum):
    """结案方式."""

    FULFILLED = "履行完毕"
    NOT_MEDIATED = "调解不成"
    ARBITRATED = "仲裁终结"
    JUDGED = "诉讼终结"
    WITHDRAWN = "职工撤回"
    PASSED_ON = "转办"
    UNREACHABLE = "无法联系"


class Fulfilment(StrEnum):
    """履行状态: what became of what was promised."""

    NOTHING_OWED = "无需履行"
    OWED = "待履行"
    PARTLY = "部分履行"
    FULFILLED = "已履行"
    OVERDUE = "逾期未履行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the employer owes by agreement or award (协议或裁决), and what has come of it."""

    agreed_fen: int = 0
    """协议或裁决金额 in fen; agreed and received are different facts."""
    agreed_on: date | None = None
    """The day of the agreement or award."""
    pay_by: date | None = None
    """约定付款日."""
    received_fen: int = 0
    """已到账金额 in fen."""

    @property
    def is_said(self) -> bool:
        """Whether somebody has said what is owed; where that is nothing there is its day."""
        return self.agreed_fen > 0 or self.agreed_on is not None

    def fulfilment(self, on: date) -> Fulfilment:
        """Return 履行状态 on the day *on*; on 约定付款日 itself nothing is late yet."""
        if self.agreed_fen == 0:
            return Fulfilment.NOTHING_OWED
        if self.received_fen >= self.agreed_fen:
            return Fulfilment.FULFILLED
        if self.pay_by is not None and on > self.pay_by:
            return Fulfilment.OVERDUE
        return Fulfilment.PARTLY if self.received_fen else Fulfilment.OWED


_STEPS: dict[Course, frozenset[Course]] = {
    Course.TO_CONTACT: frozenset({Course.CONTACTED}),
    Course.CONTACTED: frozenset({Course.PLANNED}),
    Course.PLANNED: frozenset({Course.MEDIATING, Course.ARBITRATION}),
    Course.MEDIATING: frozenset({Course.MEDIATED, Course.NOT_MEDIATED}),
    Course.MEDIATED: frozenset({Course.NOT_MEDIATED}),
    Course.NOT_MEDIATED: frozenset({Course.ARBITRATION, Course.LAWSUIT}),
    Course.ARBITRATION: frozenset({Course.LAWSUIT}),
    Course.LAWSUIT: frozenset(),
    Course.FINISHED: frozenset({Course.TO_CONTACT}),
}
"""From each state, where the case may go on; 结案 and its ways are in `_FINISHES`."""

_FINISHES: dict[Course, Finish] = {
    Course.MEDIATED: Finish.FULFILLED,
    Course.NOT_MEDIATED: Finish.NOT_MEDIATED,
    Course.ARBITRATION: Finish.ARBITRATED,
    Course.LAWSUIT: Finish.JUDGED,
}
"""The way in which each state comes to its own end."""

_ENDS: dict[ClosingWay, Finish] = {
    ClosingWay.MEDIATED: Finish.FULFILLED,
    ClosingWay.BEFORE_CASE: Finish.FULFILLED,
    ClosingWay.NOT_MEDIATED: Finish.NOT_MEDIATED,
    ClosingWay.PASSED_ON: Finish.PASSED_ON,
    ClosingWay.WITHDRAWN: Finish.WITHDRAWN,
    ClosingWay.UNREACHABLE: Finish.UNREACHABLE,
}
"""The way in which a case ends of which nothing was left to follow when it was 办结; one that a
lawyer has taken on goes on."""
_STATES = {
    ClosingWay.MEDIATED: Course.MEDIATED,
    ClosingWay.NOT_MEDIATED: Course.NOT_MEDIATED,
}

_FROM_ANYWHERE = frozenset({Finish.WITHDRAWN, Finish.PASSED_ON, Finish.UNREACHABLE})
_UNPAID = _FROM_ANYWHERE | {Finish.NOT_MEDIATED}
"""The ways for which no money is waited for: of a failed mediation no promise is left to keep."""
_SETTLED = frozenset({Fulfilment.NOTHING_OWED, Fulfilment.FULFILLED})


def gives_up(way: Finish, promise: Promise, on: date) -> bool:
    """Return whether ending in this *way* leaves promised money behind that has not come.

    Any open state may end by 职工撤回, 转办 and 无法联系, and 履行 is followed until the money has
    come (DOMAIN.md, section 5); whether it still is after these it leaves open. So it is, and the
    case stays open, until somebody ends it so and says why.
    """
    return way in _FROM_ANYWHERE and waits_for(way, promise, on)


def waits_for(way: Finish, promise: Promise, on: date) -> bool:
    """Return whether a case that ended in this *way* leaves promised money that nobody follows."""
    return way is not Finish.NOT_MEDIATED and promise.fulfilment(on) not in _SETTLED


def next_steps(state: Course) -> tuple[Course, ...]:
    """Return where a case in *state* may go on, 结案 apart, in the order of the course."""
    return tuple(step for step in Course if step in _STEPS[state])


def finishes(state: Course, closing: ClosingWay | None = None) -> tuple[Finish, ...]:
    """Return the ways in which a case in *state* may be finished (结案方式).

    What was mediated before it was taken on (案前调解) is 履行完毕, wherever its course stands.
    """
    if not state.is_open:
        return ()
    own = {_FINISHES.get(state)}
    if closing is ClosingWay.BEFORE_CASE:
        own.add(_ENDS[closing])
    return tuple(way for way in Finish if way in _FROM_ANYWHERE | own)


def end_of(closing: ClosingWay | None) -> Finish | None:
    """Return the way in which a case ends that has come to its end with its 办结; None for none."""
    return None if closing is None else _ENDS.get(closing)


def stands_by(closing: ClosingWay | None) -> Course | None:
    """Return where the course of a case stands by its 办结方式 alone; None where that is not said.

    For a case that another ledger had closed: the steps before were never noted.
    """
    return None if closing is None else _STATES.get(closing)


def advance(state: Course, to: Course) -> Course:
    """Return *to*, if a case in *state* may go there; 结案 has a function of its own.

    From 结案 back to 待联系 is 重办: a new clock begins, and the old result stays.

    Raises:
        CourseRefused: it may not.
    """
    if to not in _STEPS[state]:
        allowed = "、".join(next_steps(state))
        why = f"从{state}只能到{allowed}，或者结案" if allowed else f"从{state}只能结案"
        raise CourseRefused(f"改为{to}", why)
    return to


def finish(
    state: Course,
    way: Finish,
    *,
    promise: Promise,
    on: date,
    closing: ClosingWay | None = None,
) -> Course:
    """Return 结案, if a case in *state*, 办结 by *closing*, may end in this *way* on the day *on*.

    A course that came to its own end is finished when what was promised or awarded is done.

    Raises:
        CourseRefused: the way does not fit the state, or the money has not come.
    """
    if way not in finishes(state, closing):
        allowed = "、".join(finishes(state, closing))
        raise CourseRefused("结案", f"从{state}结案的方式只有{allowed}" if allowed else "已经结案")
    if way not in _UNPAID and promise.fulfilment(on) not in _SETTLED:
        raise CourseRefused("结案", f"还是{promise.fulfilment(on)}，款项到账以后才能结案")
    return Course.FINISHED
