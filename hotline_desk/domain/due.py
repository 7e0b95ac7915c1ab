"""今日待办: what of the open cases is due, what is late, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.course import Fulfilment
from hotline_desk.domain.deadlines import Card, Step, left_text, read_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.deadlines import Clock, Limits
    from hotline_desk.domain.workdays import Calendar


class Stage(StrEnum):
    """What is to be done next for a case."""

    CONTACT = "联系"
    PLAN = "方案"
    CLOSE = "办结"
    RESUME = "恢复计时"
    """The expected day of a pause has come: is what it waited for there?"""
    FULFIL = "履行"
    """Promised money, until it has come."""


_STAGES = {Step.CONTACT: Stage.CONTACT, Step.PLAN: Stage.PLAN, Step.CLOSE: Stage.CLOSE}
_MONEY_WARNED = 3
"""Working days before 约定付款日 from which the money is looked out for (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do for one case."""

    case: Case
    stage: Stage
    day: date
    """By when."""
    left: int
    """Working days left; below 0 how many it is late."""
    card: Card = Card.NONE
    estimated: bool = False
    """暂估: the day rests on a calendar that is not published yet."""

    @property
    def left_words(self) -> str:
        """How long is left, as the desk says it."""
        return left_text(self.left)


def due(cases: Iterable[Case], on: date, *, calendar: Calendar, limits: Limits) -> list[Due]:
    """Return what is to be done for the open ones of *cases*, the most pressing first.

    The clock of a case that is 办结 has ended; its promised money is followed on. While the clock
    stands nothing of its steps is due, until the pause's expected day has come.

    Args:
        cases: of any state.
        on: a day of the studio's clock.
        calendar: the office's working days.
        limits: the office's limits.
    """
    found: list[Due] = []
    for case in cases:
        if not case.course.is_open:
            continue
        clock = read_clock(case.events, on, calendar=calendar, limits=limits)
        found += _of_clock(case, clock, on, calendar)
        found += _of_money(case, on, calendar)
    return sorted(found, key=lambda item: (item.left, item.day, item.case.number))


def working_days_left(day: date, on: date, calendar: Calendar) -> int:
    """Return the working days from the day after *on* to *day*; below 0 those since."""
    return calendar.workdays(on, day) - calendar.workdays(day, on)


def _of_clock(case: Case, clock: Clock, on: date, calendar: Calendar) -> Iterator[Due]:
    if clock.pause is not None:
        if clock.pause.is_due(on):
            expected = clock.pause.expected
            left = working_days_left(expected, on, calendar)
            yield Due(case=case, stage=Stage.RESUME, day=expected, left=left)
    elif (step := clock.current) is not None:
        yield Due(
            case=case,
            stage=_STAGES[step.step],
            day=step.due,
            left=step.left,
            card=step.card,
            estimated=step.estimated,
        )


def _of_money(case: Case, on: date, calendar: Calendar) -> Iterator[Due]:
    day = case.promise.pay_by
    settled = {Fulfilment.NOTHING_OWED, Fulfilment.FULFILLED}
    if day is None or case.promise.fulfilment(on) in settled:
        return
    left = working_days_left(day, on, calendar)
    if left <= _MONEY_WARNED:
        estimated = calendar.is_estimated(min(on, day), max(on, day))
        yield Due(case=case, stage=Stage.FULFIL, day=day, left=left, estimated=estimated)
