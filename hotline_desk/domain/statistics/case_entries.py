"""What a case adds to the figures, and on which day: once a case, or once each round of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import ActionKind, Route, Satisfaction
from hotline_desk.domain.casework.clock_events import Grade
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.casework.deadlines import Step, read_clock
from hotline_desk.domain.casework.rounds import present_round
from hotline_desk.domain.statistics.counted import CountedRound, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock, StepClock
    from hotline_desk.domain.statistics.counted import Book, Traits

    _Happened = tuple[str, date, int]
    """A figure's key, the day, and how much it adds."""

TABLE = "cases"

_MEDIATED = frozenset({ClosingWay.MEDIATED, ClosingWay.BEFORE_CASE, ClosingWay.NOT_MEDIATED})
_ARBITRATORS = ("仲裁",)
_COURTS = ("法院", "法庭")
_RATED = frozenset({Satisfaction.SATISFIED, Satisfaction.MOSTLY, Satisfaction.DISSATISFIED})
_STEP_KEYS = {
    (Step.CONTACT, Grade.ORDINARY): "contact",
    (Step.CONTACT, Grade.COMPLEX): "contact",
    (Step.PLAN, Grade.ORDINARY): "plan",
    (Step.PLAN, Grade.COMPLEX): "plan",
    (Step.CLOSE, Grade.ORDINARY): "close",
    (Step.CLOSE, Grade.COMPLEX): "complex",
}


def rounds_of(case: Case, traits: Traits) -> tuple[CountedRound, ...]:
    """Return the rounds of *case*, the first first."""
    return tuple(
        CountedRound(case.id, each, traits, each.events.closed_on)
        for each in (*case.earlier, present_round(case))
    )


def case_entries(case: Case, rounds: tuple[CountedRound, ...], book: Book) -> Iterator[Entry]:
    """Yield what *case* adds to the figures of flows.

    Args:
        case: the case.
        rounds: its rounds, from `rounds_of`.
        book: by whose calendar and limits, and as of which day, its clock is read.
    """
    traits = rounds[0].traits
    happened = [*_once(case, rounds[0].round.received), *_money(rounds)]
    for place, each in enumerate(rounds):
        happened += _of_round(case, each, book, place=place, last=len(rounds) - 1)
    for key, day, value in happened:
        yield Entry(key, day.isoformat(), value, TABLE, case.id, traits)


def _once(case: Case, opened: date) -> Iterator[_Happened]:
    """Yield what is counted once a case, however often it is taken up again."""
    yield "cases.opened", opened, 1
    yield "people", opened, case.headcount
    if case.is_collective:
        yield "cases.collective", opened, 1
    for action in case.actions:
        if action.kind is ActionKind.SUPERVISED:
            yield "supervised", action.on, 1


def _of_round(
    case: Case, each: CountedRound, book: Book, *, place: int, last: int
) -> Iterator[_Happened]:
    """Yield what is counted for each round, the one at *place* of those up to *last*."""
    received, extension = each.round.received, each.round.events.extension
    yield "cases.new", received, 1
    yield f"route.{case.route.name.lower() if case.route else 'none'}", received, 1
    if place:
        yield "redone", received, 1
    if extension is not None:
        yield "extensions", extension.asked_on, 1
    if each.closed_on is not None:
        yield "cases.closed", each.closed_on, 1
        for key in _results(case, each, is_present=place == last):
            yield key, each.closed_on, 1
    for step, key in _steps(each, book):
        yield key, step.due, 1


def _money(rounds: tuple[CountedRound, ...]) -> Iterator[_Happened]:
    """Yield what was agreed and what has come, each on its day.

    What a later round agrees on anew adds only what is more than before: 3,000 yuan promised
    twice, once in vain, are 3,000 yuan. What has come without having been agreed counts as agreed
    on the day it came: what has come is never more than what was confirmed.
    """
    told = paid = 0
    for each in rounds:
        promise, payments = each.round.promise, each.round.payments
        day = promise.agreed_on or each.closed_on
        more = paid + promise.agreed_fen - told
        if day is not None and more > 0:
            yield "agreed", day, more
            told += more
        undated = each.closed_on or each.round.finished_on or each.round.received
        for payment in payments:
            come = payment.on or undated
            yield "received", come, payment.fen
            paid += payment.fen
            if paid > told:
                yield "agreed", come, paid - told
                told = paid


def _results(case: Case, each: CountedRound, *, is_present: bool) -> Iterator[str]:
    """Yield the figures that a round which is 办结 counts under on that day."""
    way, finish, said = each.round.closing, each.round.finish, each.round.satisfaction
    been = {step.to for step in each.round.events.advances}
    if is_present:
        been.add(case.course)  # no step tells where a case stood that was brought along
    counts = {
        "mediated": way in _MEDIATED,
        "legal_aid": way is ClosingWay.LAWYER or case.route is Route.LEGAL_AID,
        "arbitration": Course.ARBITRATION in been
        or finish is Finish.ARBITRATED
        or any(word in case.helpers for word in _ARBITRATORS),
        "court": Course.LAWSUIT in been
        or finish is Finish.JUDGED
        or any(word in case.helpers for word in _COURTS),
        "called_back": said is not None and said is not Satisfaction.UNREACHED,
        "rated": said in _RATED,
        "satisfied": said in _RATED and said is not Satisfaction.DISSATISFIED,
    }
    yield from (key for key, is_so in counts.items() if is_so)


def _steps(each: CountedRound, book: Book) -> Iterator[tuple[StepClock, str]]:
    """Yield the steps that are decided, each with the figures it counts under on its last day."""
    clock = clock_of(each, book.on, book)
    for step in clock.steps:
        if step.done is None and step.on_time:
            continue
        key = _STEP_KEYS[step.step, clock.grade]
        yield step, f"{key}.due"
        if step.done is None or not step.on_time:
            continue
        if step.used > book.limits.of(step.step, clock.grade):
            yield step, "extended"
            continue
        yield step, f"{key}.on_time"
        if step.only_tried:
            yield step, "contact.tried"


def clock_of(each: CountedRound, on: date, book: Book) -> Clock:
    """Return how a round stood at the end of the day *on*."""
    return read_clock(each.round.events, on, calendar=book.calendar, limits=book.limits)
