"""What can be done for a case now, the next deed first, and what does it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Satisfaction
from hotline_desk.domain.casework.course import Course, Fulfilment, next_steps
from hotline_desk.domain.casework.deadlines import Step
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.casework.payments import lacks_sum
from hotline_desk.ui.cases.action_deeds import ACTION_DEEDS
from hotline_desk.ui.cases.clock_deeds import CLOCK_DEEDS
from hotline_desk.ui.cases.correcting_deeds import CORRECTING_DEEDS
from hotline_desk.ui.cases.course_deeds import COURSE_DEEDS
from hotline_desk.ui.cases.deed import Asked, Deed, Doing, Standing
from hotline_desk.ui.cases.fact_deeds import FACT_DEEDS
from hotline_desk.ui.cases.letter_deeds import LETTER_DEEDS
from hotline_desk.ui.kit.field_text import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.ui.cases.deed import Act, Copy, DeedKind

    Steps = Sequence[tuple[Doing, Course | None]]
    """What is done, and where the course goes on to."""

STAGE_DEEDS = {
    Stage.CONTACT: Doing.CONTACT,
    Stage.PLAN: Doing.PLAN,
    Stage.RESUME: Doing.RESUME,
    Stage.FULFIL: Doing.PAYMENT,
    Stage.SUM: Doing.PROMISE,
    Stage.CALL_BACK: Doing.CALL_BACK,
    Stage.AGAIN: Doing.AGAIN,
    Stage.ANSWER: Doing.ANSWER,
}
"""Which deed a row of 今日待办 waits for; on the way to 办结 it is the next one."""

_BESIDE: dict[Doing, DeedKind] = ACTION_DEEDS | LETTER_DEEDS | FACT_DEEDS | CORRECTING_DEEDS
"""What is done beside the course, in the order of the buttons."""
_KINDS = COURSE_DEEDS | CLOCK_DEEDS | _BESIDE
_BY_HAND = frozenset({Course.MEDIATING, Course.MEDIATED, Course.NOT_MEDIATED, Course.ARBITRATION,
                      Course.LAWSUIT})  # fmt: skip
_OWED = frozenset({Fulfilment.OWED, Fulfilment.PARTLY, Fulfilment.OVERDUE})


def deeds(standing: Standing, clock: Clock) -> tuple[Deed, ...]:
    """Return what may be done, the next deed first; none that the rules would refuse outright."""
    case = standing.case
    steps = _going_on(standing, clock) if case.course.is_open else _finished(case)
    beside = [(doing, None) for doing, kind in _BESIDE.items() if kind.possible(standing)]
    return tuple(_deed(doing, to, standing) for doing, to in (*steps, *beside))


def act(asked: Asked) -> tuple[Act, Copy | None]:
    """Return what does a deed on the ledger, and what makes the text that is copied with it.

    Raises:
        NotUnderstood: something is missing or cannot be read; it says what, in a sentence.
    """
    kind, fields = _KINDS[asked.deed.doing], asked.deed.fields
    begun = all(asked.read.line(field.name) == field.value for field in fields)
    if kind.wanted and begun and not fields[0].value:
        raise NotUnderstood(kind.wanted)
    return kind.act(asked), kind.copy(asked) if kind.copy is not None else None


def _deed(doing: Doing, to: Course | None, standing: Standing) -> Deed:
    kind = _KINDS[doing]
    made = Deed(
        doing=doing,
        title=doing.value if to is None else f"改为{to}",
        fields=tuple(kind.fields(replace(standing, to=to))),
        to=to,
        place=kind.place,
    )
    if (form_of := kind.lead) is None:
        return made

    def lead(option: str) -> Deed:
        return replace(form_of(standing, made, option), lead=lead)

    return replace(made, lead=lead)


def _finished(case: Case) -> Steps:
    again, call = (Doing.AGAIN, None), (Doing.CALL_BACK, None)
    return [again, call] if case.satisfaction is Satisfaction.DISSATISFIED else [call, again]


def _going_on(standing: Standing, clock: Clock) -> Steps:
    case = standing.case
    steps = [(Doing.ADVANCE, to) for to in next_steps(case.course) if to in _BY_HAND]
    if case.events.closed_on is not None:
        return _closed(standing, steps)
    done = {step.step for step in clock.steps if step.done is not None}
    contacted, stands = Step.CONTACT in done, clock.pause is not None
    close = (Doing.CLOSE, None)
    # after a plan comes the mediation; from then on 办结 says how it came out
    ends = [*steps, close] if case.course is Course.PLANNED else [close, *steps]
    first = {
        Doing.RESUME: stands,
        Doing.CONTACT: not contacted,
        Doing.PLAN: Step.PLAN not in done,
    }
    last = {
        Doing.CONTACT: contacted,
        Doing.PAUSE: not stands,
        Doing.EXTEND: case.events.extension is None,
        Doing.GRADE: bool(case.events.gradings),
    }
    return [*_wanted(first), *ends, *_wanted(last)]


def _wanted(doings: dict[Doing, bool]) -> Steps:
    return [(doing, None) for doing, wanted in doings.items() if wanted]


def _closed(standing: Standing, steps: Steps) -> Steps:
    case = standing.case
    lacks = lacks_sum(case, case.course)
    owed = lacks or case.promise.fulfilment(standing.now.date()) in _OWED
    money = [(Doing.PROMISE if lacks else Doing.PAYMENT, None)] if owed else []
    end = (Doing.FINISH, None)
    called = (Doing.CALL_BACK, None)
    if case.satisfaction is Satisfaction.DISSATISFIED:  # 结案 is what 重办 waits for
        return [end, *money, *steps, called, (Doing.CONTACT, None)]
    return [*money, *([] if owed else [end]), called, *steps, *([end] if owed else []),
            (Doing.CONTACT, None)]  # fmt: skip
