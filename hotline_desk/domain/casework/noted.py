"""What was noted for a case, one by one: each can be found, put right and taken out again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from hotline_desk.domain.casework.cases import Action, ActionKind, Interruption, Payment
from hotline_desk.domain.casework.clock_events import (
    Advance,
    Closing,
    Extension,
    Grading,
    Pause,
    Plan,
)
from hotline_desk.domain.casework.contacts import Contact
from hotline_desk.domain.casework.course import Course, stands_by
from hotline_desk.domain.casework.payments import known_payments, with_payments
from hotline_desk.domain.casework.rounds import as_in_round, with_round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case, Satisfaction
    from hotline_desk.domain.casework.course import ClosingWay, Finish


class What(StrEnum):
    """What was noted, in the order in which it comes on one day."""

    AGAIN = "重办"
    CONTACT = "联系"
    GRADING = "一般/复杂"
    PLAN = "方案"
    PAUSE = "暂停计时"
    RESUMED = "恢复计时"
    EXTENSION = "延期"
    ADVANCE = "改进程"
    CLOSED = "办结"
    FINISHED = "结案"
    CALLED_BACK = "回访"
    PAYMENT = "到账"
    ACTION = "登记"
    """转办, 督办, 质检, 催办, 转介服务点."""
    INTERRUPTION = "时效中断"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """恢复计时, the end of a pause; of a pause that is taken out nothing is resumed."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """办结 with its way."""

    closing: Closing
    way: ClosingWay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """结案."""

    on: date
    way: Finish | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack:
    """回访."""

    on: date
    satisfaction: Satisfaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """重办, with which the present round began."""

    on: date


Record = (
    Contact | Grading | Plan | Pause | Resumed | Extension | Closed | Finished | CalledBack
    | Payment | Action | Interruption | Advance | Again
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing that was noted, and its place among those of its kind: two may be alike."""

    what: What
    record: Record
    place: int = 0
    round: int | None = None
    """In which of `Case.earlier`; None in the present round."""


BY_NOTES = frozenset({Course.TO_CONTACT, Course.CONTACTED, Course.PLANNED})
"""Where the course stands by what is noted; from there on it goes by hand."""
BY_DEEDS = frozenset(
    {ActionKind.MERGED, ActionKind.CONFLICT_CHECKED, ActionKind.RECEIVED_CORRECTED,
     ActionKind.GIVEN_UP, ActionKind.CORRECTED, ActionKind.STRUCK_OUT}
)  # fmt: skip
"""Actions that their deeds write down themselves: they stand as long as these."""


SUPERVISED_FOR = "回访不满意"
"""The words of a 督办 that came of a 回访, as long as which it stands."""
OF_THE_CASE = frozenset({What.ACTION, What.INTERRUPTION, What.AGAIN})
"""What belongs to the whole case, whichever its round."""


def noted(case: Case) -> Iterator[Noted]:
    """Yield all that stands, round by round, and in each kind by kind."""
    for at in range(len(case.earlier)):
        for each in _noted(as_in_round(case, at)):
            if each.what not in OF_THE_CASE:
                yield replace(each, round=at)
    yield from _noted(case)


def _noted(case: Case) -> Iterator[Noted]:
    for what, (read, _put) in _SHELVES.items():
        for place, record in read(case):
            yield Noted(what=what, record=record, place=place)


def put(case: Case, was: Noted, record: Record | None) -> Case:
    """Return the case with *record* in the place of what *was* noted; None takes it out.

    Nothing is checked, and the course stays: see `workflows.case_correcting`.
    """
    if was.round is not None:
        past = put(as_in_round(case, was.round), replace(was, round=None), record)
        return with_round(case, was.round, past)
    _read, write = _SHELVES[was.what]
    return write(case, was.place, record)


_T = TypeVar("_T")


def _at(records: tuple[_T, ...], place: int, new: _T | None) -> tuple[_T, ...]:
    return (*records[:place], *(() if new is None else (new,)), *records[place + 1 :])


def _put_contact(case: Case, place: int, new: Contact | None) -> Case:
    contacts = _at(case.events.contacts, place, new)
    return replace(case, events=replace(case.events, contacts=contacts))


def _put_grading(case: Case, place: int, new: Grading | None) -> Case:
    gradings = _at(case.events.gradings, place, new)
    return replace(case, events=replace(case.events, gradings=gradings))


def _put_plan(case: Case, _place: int, new: Plan | None) -> Case:
    return replace(case, events=replace(case.events, plan=new))


def _put_pause(case: Case, place: int, new: Pause | None) -> Case:
    pauses = sorted(_at(case.events.pauses, place, new), key=lambda pause: pause.first)
    return replace(case, events=replace(case.events, pauses=tuple(pauses)))


def _put_resumed(case: Case, place: int, new: Resumed | None) -> Case:
    pause = replace(case.events.pauses[place], resumed=None if new is None else new.on)
    return _put_pause(case, place, pause)


def _put_extension(case: Case, _place: int, new: Extension | None) -> Case:
    return replace(case, events=replace(case.events, extension=new))


def _put_closed(case: Case, _place: int, new: Closed | None) -> Case:
    closing, way = (None, None) if new is None else (new.closing, new.way)
    return replace(case, closing=way, events=replace(case.events, closing=closing))


def _put_finished(case: Case, _place: int, new: Finished | None) -> Case:
    on, way = (None, None) if new is None else (new.on, new.way)
    return replace(case, finish=way, finished_on=on)


def _put_called_back(case: Case, _place: int, new: CalledBack | None) -> Case:
    on, said = (None, None) if new is None else (new.on, new.satisfaction)
    return replace(case, called_back_on=on, satisfaction=said)


def _put_payment(case: Case, place: int, new: Payment | None) -> Case:
    return with_payments(case, _at(known_payments(case), place, new))


def _put_action(case: Case, place: int, new: Action | None) -> Case:
    return replace(case, actions=_at(case.actions, place, new))


def _put_interruption(case: Case, place: int, new: Interruption | None) -> Case:
    stops = sorted(_at(case.interruptions, place, new), key=lambda stop: stop.on)
    return replace(case, interruptions=tuple(stops))


def _put_advance(case: Case, place: int, new: Advance | None) -> Case:
    advances = _at(known_advances(case), place, new)
    return replace(case, events=replace(case.events, advances=advances))


def _put_again(case: Case, _place: int, new: Again | None) -> Case:
    if new is None:
        past = as_in_round(case, len(case.earlier) - 1)
        same = not past.earlier and past.reflected == past.received  # as it was opened
        return replace(past, reflected=None if same else past.reflected)
    return replace(case, received=new.on, events=replace(case.events, received=new.on))


def known_advances(case: Case) -> tuple[Advance, ...]:
    """Return the steps of the course that were taken by hand.

    Where a case that was brought along stood, no step tells, nor what else is noted: it stands
    first, without a day.
    """
    steps, closing, stands = case.events.advances, case.events.closing, case.course
    moved = closing is not None and closing.moved_from is not None
    told = stands in BY_NOTES or stands_by(case.closing) is stands
    if steps or moved or told or not stands.is_open:
        return steps
    return (Advance(on=None, start=Course.PLANNED, to=stands),)


def _resumed(case: Case) -> Iterator[tuple[int, Resumed]]:
    for place, pause in enumerate(case.events.pauses):
        if pause.resumed is not None:
            yield place, Resumed(on=pause.resumed)


def _closed(case: Case) -> Iterator[tuple[int, Closed]]:
    if case.events.closing is not None:
        yield 0, Closed(closing=case.events.closing, way=case.closing)


def _finished(case: Case) -> Iterator[tuple[int, Finished]]:
    if case.finished_on is not None:
        yield 0, Finished(on=case.finished_on, way=case.finish)


def _called_back(case: Case) -> Iterator[tuple[int, CalledBack]]:
    if case.called_back_on is not None and case.satisfaction is not None:
        yield 0, CalledBack(on=case.called_back_on, satisfaction=case.satisfaction)


def _again(case: Case) -> Iterator[tuple[int, Again]]:
    if case.earlier:
        yield 0, Again(on=case.received)


def _actions(case: Case) -> Iterator[tuple[int, Action]]:
    calls = {case.called_back_on, *(each.called_back_on for each in case.earlier)}
    for place, action in enumerate(case.actions):
        called_for = action.words == SUPERVISED_FOR and action.on in calls
        if action.kind not in BY_DEEDS and not (
            called_for and action.kind is ActionKind.SUPERVISED
        ):
            yield place, action


def _only(record: _T | None) -> Iterable[tuple[int, _T]]:
    return [] if record is None else [(0, record)]


_SHELVES: dict[
    What, tuple[Callable[[Case], Iterable[tuple[int, Record]]], Callable[[Case, int, Any], Case]]
] = {
    What.CONTACT: (lambda case: enumerate(case.events.contacts), _put_contact),
    What.GRADING: (lambda case: enumerate(case.events.gradings), _put_grading),
    What.PLAN: (lambda case: _only(case.events.plan), _put_plan),
    What.PAUSE: (lambda case: enumerate(case.events.pauses), _put_pause),
    What.RESUMED: (_resumed, _put_resumed),
    What.EXTENSION: (lambda case: _only(case.events.extension), _put_extension),
    What.CLOSED: (_closed, _put_closed),
    What.FINISHED: (_finished, _put_finished),
    What.CALLED_BACK: (_called_back, _put_called_back),
    What.PAYMENT: (lambda case: enumerate(known_payments(case)), _put_payment),
    What.ACTION: (_actions, _put_action),
    What.INTERRUPTION: (lambda case: enumerate(case.interruptions), _put_interruption),
    What.ADVANCE: (lambda case: enumerate(known_advances(case)), _put_advance),
    What.AGAIN: (_again, _put_again),
}
"""How each kind is read from a case, with its places, and written into it."""
