"""The time limits "1357": by when a case is to be contacted, planned, closed, and how it stands.

Nothing of this is stored: a clock is computed from what happened, on each read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.clock_events import Grade
from hotline_desk.domain.casework.contacts import contacted_on, tried_enough_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.clock_events import ClockEvents, Pause
    from hotline_desk.domain.workdays import Calendar

    Stretch = tuple[date, date]
    """The days after the first, the last included."""


class Step(StrEnum):
    """What has a limit, in its order."""

    CONTACT = "联系"
    PLAN = "方案"
    CLOSE = "办结"


class Card(StrEnum):
    """The warning that a step carries."""

    NONE = ""
    YELLOW = "黄牌"
    RED = "红牌"


class Outcome(StrEnum):
    """How a closed case kept to its limit."""

    ON_TIME = "按期"
    EXTENDED = "延期办结"
    LATE = "超期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits in working days, and what they are called.

    Raises:
        ValueError: they are not positive, or do not rise.
    """

    name: str = "1357"
    contact: int = 1
    plan: int = 3
    close: int = 5
    close_complex: int = 7

    def __post_init__(self) -> None:
        if not 0 < self.contact <= self.plan <= self.close <= self.close_complex:
            raise ValueError(self)

    def of(self, step: Step, grade: Grade) -> int:
        """Return the limit of *step* in working days, without an extension."""
        close = self.close_complex if grade is Grade.COMPLEX else self.close
        return {Step.CONTACT: self.contact, Step.PLAN: self.plan, Step.CLOSE: close}[step]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepClock:
    """How one step stands."""

    step: Step
    limit: int
    """In working days, an extension's included."""
    due: date
    """期限日, the last day of the limit; while the clock stands, if it goes on as expected."""
    estimated: bool
    """暂估: *due* rests on a calendar that is not published yet."""
    done: date | None
    used: int
    """用时: working days counted until it was done, while it is not until today."""
    card: Card
    only_tried: bool
    """已尽联系义务: done without having reached the worker; shown apart."""

    @property
    def left(self) -> int:
        """Working days left; below 0 how many it is late."""
        return self.limit - self.used

    @property
    def on_time(self) -> bool:
        """Whether 用时 is within the limit: dates are not compared."""
        return self.used <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a case stands on a day."""

    grade: Grade
    steps: tuple[StepClock, ...]
    """In their order."""
    pause: Pause | None
    """In which the clock stands; None while it runs, and when the case is closed."""
    outcome: Outcome | None
    """None while the case is not closed."""

    @property
    def current(self) -> StepClock | None:
        """The first step that is not done; None when the case is closed."""
        return next((step for step in self.steps if step.done is None), None)

    @property
    def card(self) -> Card:
        """The card of the current step; a pause adds none and takes none away."""
        return self.current.card if self.current is not None else Card.NONE


class WorkingTime:
    """The working days of a case from the day after its receipt, without its pauses."""

    def __init__(self, events: ClockEvents, on: date, calendar: Calendar) -> None:
        """Count as things stand on the day *on*: an open pause is taken to last as expected."""
        self._received = events.received
        self._calendar = calendar
        self._stops = tuple(_merged(_stop(pause, events.closed_on, on) for pause in events.pauses))

    def until(self, day: date) -> int:
        """Return 用时, the days counted up to *day*, which is one of them if it is worked."""
        stopped = sum(
            self._calendar.workdays(max(first, self._received), min(last, day))
            for first, last in self._stops
        )
        return self._calendar.workdays(self._received, day) - stopped

    def nth(self, count: int) -> date:
        """Return the *count*-th day that is counted."""
        day = self._calendar.nth(self._received, count)
        while missing := count - self.until(day):
            day = self._calendar.nth(day, missing)
        return day

    def is_estimated(self, day: date) -> bool:
        """Return whether the count up to *day* rests on a calendar not yet published (暂估)."""
        return self._calendar.is_estimated(self._received, day)


def read_clock(events: ClockEvents, on: date, *, calendar: Calendar, limits: Limits) -> Clock:
    """Return how a case stands on the day *on*; what came later is not looked at.

    Args:
        events: what happened to it.
        on: a day of the studio's clock; cards change at 00:00.
        calendar: the office's working days.
        limits: the office's limits.
    """
    known = events.as_of(on)
    time = WorkingTime(known, on, calendar)
    planned = _first(known.planned_on, known.closed_on)
    contacted = _first(contacted_on(known.contacts), planned)
    tried = tried_enough_on(known.contacts, calendar)
    done = {
        Step.CONTACT: _first(contacted, tried),
        Step.PLAN: planned,
        Step.CLOSE: known.closed_on,
    }
    steps = []
    for step in Step:
        limit = limits.of(step, known.grade)
        if step is Step.CLOSE and known.extension:
            limit += known.extension.days
        due, used = time.nth(limit), time.until(done[step] or on)
        steps.append(
            StepClock(
                step=step,
                limit=limit,
                due=due,
                estimated=time.is_estimated(due),
                done=done[step],
                used=used,
                card=_card(step, used, limit, done=done[step] is not None),
                only_tried=step is Step.CONTACT and done[step] != contacted,
            )
        )
    return Clock(
        grade=known.grade,
        steps=tuple(steps),
        pause=None if known.closed_on else known.pause,
        outcome=_outcome(steps[-1], limits.of(Step.CLOSE, known.grade)),
    )


def left_text(left: int) -> str:
    """Return working days left as the desk says them: 还剩 1 个工作日, 超期 2 个工作日.

    None left is said until the next working day begins: 已到期限日.
    """
    if left < 0:
        return f"超期 {-left} 个工作日"
    return f"还剩 {left} 个工作日" if left else "已到期限日"


def _first(*days: date | None) -> date | None:
    """A step is done by its own event or by a later step's, whichever came first."""
    return min((day for day in days if day is not None), default=None)


def _card(step: Step, used: int, limit: int, *, done: bool) -> Card:
    if used > limit:
        return Card.RED
    warned_from = limit if step is Step.CONTACT else limit - 1
    return Card.YELLOW if used >= warned_from and not done else Card.NONE


def _outcome(close: StepClock, limit: int) -> Outcome | None:
    """*limit* is the one without the extension."""
    if close.done is None:
        return None
    if close.used <= limit:
        return Outcome.ON_TIME
    return Outcome.EXTENDED if close.on_time else Outcome.LATE


def _stop(pause: Pause, closed_on: date | None, on: date) -> Stretch:
    return pause.first, pause.resumed or closed_on or max(pause.expected, on)


def _merged(stops: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same days, none of them twice."""
    counted_to: date | None = None
    for first, last in sorted(stops):
        start = first if counted_to is None else max(first, counted_to)
        if last > start:
            yield start, last
            counted_to = last
