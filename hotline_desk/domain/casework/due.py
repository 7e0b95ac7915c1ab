"""今日待办: what is due, what is late, and what waits for whom.

Cases bring their clocks, their promised money, their call-backs and what lapses; questions that no
case deals with yet, papers without an answer and open assignments stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import OPENING, Satisfaction
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.casework.course import ClosingWay, Course, Fulfilment
from hotline_desk.domain.casework.deadlines import Card, left_text, read_clock
from hotline_desk.domain.casework.lapses import NOTICE
from hotline_desk.domain.casework.lapses import left_text as left_of_lapse
from hotline_desk.domain.casework.payments import lacks_sum
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Handling
from hotline_desk.domain.times import day_text, money_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.clock_events import Pause
    from hotline_desk.domain.casework.deadlines import Clock, Limits, StepClock
    from hotline_desk.domain.casework.lapses import Lapse
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.workdays import Calendar


class Stage(StrEnum):
    """What is to be done next; `hotline-desk due --json` gives these words."""

    CONTACT = "联系"
    PLAN = "方案"
    CLOSE = "办结"
    RESUME = "恢复计时"
    """The expected day of a pause has come: is what it waited for there?"""
    FULFIL = "履行"
    """Promised money, until it has come."""
    SUM = "协议金额"
    """How much was promised, if anything: nobody has said it."""
    CALL_BACK = "回访"
    AGAIN = "重办"
    """The worker was not satisfied, and the case has not been taken up again."""
    ANSWER = "函件答复"
    LAPSE = "时效"
    OPEN = "立案"
    """求决 or 投诉举报 for which no case was opened."""
    CATEGORY = "定类别"
    """待定 after the broadcast."""
    ASSIGN = "指派"
    """A case without 承办人 that nothing else here tells of."""
    CONFLICT = "利益冲突"
    """The 承办人 advises the employer, and nobody has said why he may go on."""
    FOLLOW = "后续跟踪"
    """An open case that nothing else here tells of; it has no limit."""


_SETTLED = frozenset({Fulfilment.NOTHING_OWED, Fulfilment.FULFILLED})
_NO_SUM = "调解成功，还没有写协议金额"
_COURSE_WAITS = {Course.ARBITRATION: "等仲裁结果", Course.LAWSUIT: "等诉讼结果"}
_WARNED = 3
"""Working days before 约定付款日, a call-back or an answer from which it stands here (ours)."""
_LOOK_AFTER = 5
"""Working days after an agreement without 约定付款日 by which its money is asked after (ours)."""
_NO_LIMIT = 1_000_000
"""Working days left where nothing says by when; such rows come last."""
LONG_BEFORE_CASES = timedelta(days=28)
LONG_BEFORE_QUESTIONS = timedelta(days=90)
"""What another ledger had stands apart (导入的旧案) if it is older than that on the day on which it
came into this one (ours): questions by 接收日; cases, once they are 办结, by the last day that
their row tells of. It depends on the row alone, so nothing leaves the list with time. What is not
办结 keeps its clock; money promised for a day, and what the office itself notes for a case, keep it
among the office's own.
"""
LAPSE_DAYS = 30
"""Calendar days before a limit of the law ends, and after, in which it stands here (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do, for a case, a question or a paper."""

    stage: Stage
    day: date
    """By when; the last of all days where nothing says so."""
    left: int
    """Working days left; below 0 how many it is late."""
    card: Card = Card.NONE
    estimated: bool = False
    """暂估: the day rests on a calendar that is not published yet."""
    case: Case | None = None
    question: Question | None = None
    """For 立案 and 定类别; there is no case then."""
    letter: Letter | None = None
    lapse: Lapse | None = None
    words: str = ""
    """What it waits for, and of whom."""
    left_said: str = ""
    """How long is left where that is not said in working days."""

    @property
    def has_limit(self) -> bool:
        """Whether something says by when."""
        return self.left < _NO_LIMIT

    @property
    def left_words(self) -> str:
        """How long is left, as the desk says it."""
        return self.left_said or left_text(self.left)

    @property
    def number(self) -> str:
        """案件编号, 台账编号 or 文号 of what is to be done."""
        if self.letter is not None:
            return self.letter.number
        about = self.case or self.question
        return about.number if about is not None else ""

    @property
    def matter(self) -> str:
        """What it is about."""
        if self.letter is not None:
            return self.letter.subject
        if self.case is not None:
            return self.case.matter
        return self.question.point if self.question is not None else ""

    @property
    def employer(self) -> str:
        """用人单位; of a paper its recipient."""
        if self.letter is not None:
            return self.letter.recipient
        if self.case is not None:
            return self.case.employer
        question = self.question
        return (question.employer or question.caller.employer) if question is not None else ""

    @property
    def owner(self) -> str:
        """承办人; empty where there is none."""
        return self.case.owner if self.case is not None else ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other one of the day."""
        what = self.lapse.limit.what if self.lapse is not None else ""
        return self.stage.value, self.number, what


def due(
    cases: Iterable[Case],
    on: date,
    *,
    calendar: Calendar,
    limits: Limits,
    call_back_days: int = _LOOK_AFTER,
) -> list[Due]:
    """Return what is to be done for *cases*, the most pressing first.

    The clock of a case that is 办结 has ended; its promised money is followed on, and the worker is
    called back. While the clock stands nothing of its steps is due, until the pause's expected day,
    but for a step that has its card: a pause takes none away.

    Args:
        cases: of any state; those received after the day *on* have nothing to do yet.
        on: a day of the studio's clock.
        calendar: the office's working days.
        limits: the office's limits.
        call_back_days: working days after 办结 within which the worker is called back.
    """
    found: list[Due] = []
    for case in cases:
        if case.received > on:
            continue
        if case.course.is_open:
            clock = read_clock(case.events, on, calendar=calendar, limits=limits)
            found += due_of(case, clock, on, calendar=calendar, call_back_days=call_back_days)
        else:
            found += _of_call_back(case, on, calendar, call_back_days)
    return in_order(found)


def due_of(
    case: Case, clock: Clock, on: date, *, calendar: Calendar, call_back_days: int = _LOOK_AFTER
) -> list[Due]:
    """Return what is to be done for an open case whose *clock* was read on the day *on*."""
    own = [
        *_of_call_back(case, on, calendar, call_back_days),
        *_of_clock(case, clock, on, calendar),
        *_of_money(case, on, calendar),
    ]
    if not case.owner and not own:
        own += _of_assignment(case, clock)
    return in_order(own)


def following(case: Case, on: date) -> Due:
    """Return the row of an open case that has nothing to do by some day: it is followed on."""
    return Due(
        case=case, stage=Stage.FOLLOW, day=date.max, left=_NO_LIMIT,
        words=_waits_for(case, on), left_said="没有期限",
    )  # fmt: skip


def due_questions(
    questions: Iterable[Question],
    on: date,
    *,
    calendar: Calendar,
    limits: Limits,
    with_case: Collection[int] = (),
) -> list[Due]:
    """Return what is to be done for questions themselves.

    A case is to be opened for 求决 and 投诉举报 unless they were passed on: the clock runs since
    they were received. 待定 is no category after the broadcast.

    Args:
        questions: those on which something may be open.
        on: a day of the studio's clock.
        calendar: the office's working days.
        limits: the office's limits.
        with_case: the ids of those that a case deals with.
    """
    found: list[Due] = []
    steps: dict[date, StepClock] = {}
    for question in questions:
        day = question.at.date()
        if question.in_progress or day > on:
            continue
        waits = question.id not in with_case and question.handling is not Handling.PASSED_ON
        if waits and question.kind in OPENING:
            step = steps.get(day)
            if step is None:  # thousands may wait, of a few days
                clock = read_clock(ClockEvents(received=day), on, calendar=calendar, limits=limits)
                step = steps[day] = clock.steps[0]
            found.append(
                Due(
                    question=question, stage=Stage.OPEN, day=step.due, left=step.left,
                    card=step.card, estimated=step.estimated, words=f"{question.kind}，还没有立案",
                )
            )  # fmt: skip
        if question.category is Category.PENDING:
            left = working_days_left(day, on, calendar)
            words = "类别还是待定"
            found.append(
                Due(question=question, stage=Stage.CATEGORY, day=day, left=left, words=words)
            )
    return in_order(found)


def due_letters(
    letters: Iterable[Letter], cases: Iterable[Case], on: date, *, calendar: Calendar
) -> list[Due]:
    """Return the papers whose answers are late or soon due; *cases* are those they belong to."""
    of_case = {case.id: case for case in cases}
    found = []
    for letter in letters:
        if letter.answer_by is None or not letter.waits or letter.sent_on > on:
            continue
        left = working_days_left(letter.answer_by, on, calendar)
        if left <= _WARNED:
            words = f"{letter.kind}等{letter.recipient}答复"
            case = of_case.get(letter.case_id) if letter.case_id is not None else None
            found.append(
                Due(
                    letter=letter, case=case, stage=Stage.ANSWER, day=letter.answer_by, left=left,
                    words=words,
                )
            )  # fmt: skip
    return in_order(found)


def due_lapses(case: Case, lapses: Iterable[Lapse], on: date, *, calendar: Calendar) -> list[Due]:
    """Return the limits of the law that end in a case within a month, or have since a month."""
    return in_order(
        Due(
            case=case, lapse=lapse, stage=Stage.LAPSE, day=lapse.last,
            left=working_days_left(lapse.last, on, calendar), estimated=lapse.estimated,
            words=f"{lapse.limit.what}{'' if lapse.limit.checked else '？'}"
            f"（{lapse.limit.who}），{lapse.limit.source}，{NOTICE}",
            left_said=left_of_lapse(lapse, on),
        )
        for lapse in lapses
        if abs(lapse.left(on)) <= LAPSE_DAYS
    )  # fmt: skip


def in_order(found: Iterable[Due]) -> list[Due]:
    """Return what is to be done, the most pressing first: red cards, then what is latest."""
    return sorted(
        found,
        key=lambda item: (item.card is not Card.RED, item.left, item.day, item.number, item.key),
    )


def by_person(rows: Sequence[Due]) -> list[tuple[str, list[Due]]]:
    """Return what waits for each 承办人, in the order of *rows*; what waits for nobody is last."""
    owners = dict.fromkeys(row.owner for row in rows if row.owner)
    found = [(owner, [row for row in rows if row.owner == owner]) for owner in owners]
    nobodys = [row for row in rows if not row.owner]
    return [*found, ("", nobodys)] if nobodys else found


def working_days_left(day: date, on: date, calendar: Calendar) -> int:
    """Return the working days from the day after *on* to *day*; below 0 those since."""
    return calendar.workdays(on, day) - calendar.workdays(day, on)


def of_step(case: Case, step: StepClock, card: Card, words: str = "") -> Due:
    """Return the row of a step of a case's clock, with that *card*."""
    return Due(
        case=case, stage=Stage(step.step), day=step.due, left=step.left, card=card,
        estimated=step.estimated, words=words,
    )  # fmt: skip


def _of_clock(case: Case, clock: Clock, on: date, calendar: Calendar) -> Iterator[Due]:
    pause, step = clock.pause, clock.current
    if pause is not None and pause.is_due(on):
        left = working_days_left(pause.expected, on, calendar)
        yield Due(case=case, stage=Stage.RESUME, day=pause.expected, left=left, words=pause.reason)
    if step is not None and (pause is None or step.card):
        yield of_step(case, step, step.card, _stands(pause, on) if pause is not None else "")


def _of_money(case: Case, on: date, calendar: Calendar) -> Iterator[Due]:
    promise, closed_on = case.promise, case.events.closed_on
    lacks = closed_on is not None and lacks_sum(case, case.course)
    if not lacks and promise.fulfilment(on) in _SETTLED:
        return
    since = promise.agreed_on or closed_on
    day = promise.pay_by or (since and calendar.nth(since, _LOOK_AFTER))
    if day is None:
        return
    left = working_days_left(day, on, calendar)
    if left <= _WARNED:
        missing = money_text(promise.agreed_fen - promise.received_fen)
        undated = "" if promise.pay_by else "，没有约定付款日"
        words = f"等用人单位付款，还差 {missing}{undated}"
        yield Due(
            case=case, stage=Stage.SUM if lacks else Stage.FULFIL, day=day, left=left,
            estimated=calendar.is_estimated(min(on, day), max(on, day)),
            words=f"{_NO_SUM}；没有要付的写 0" if lacks else words,
        )  # fmt: skip


def _of_call_back(case: Case, on: date, calendar: Calendar, days: int) -> Iterator[Due]:
    """Tell of the worker's word on what was done, and of what it asks for, until it is there."""
    ended, said_on = case.events.closed_on or case.finished_on, case.called_back_on
    stage, words = Stage.CALL_BACK, "等职工评价"
    if case.satisfaction is Satisfaction.DISSATISFIED:
        words = "回访不满意，先结案再重办" if case.course.is_open else "回访不满意"
        stage, since, count = Stage.AGAIN, said_on or ended, 1
    elif case.closing is ClosingWay.UNREACHABLE:
        return
    elif case.satisfaction is Satisfaction.UNREACHED:
        since, count, words = said_on or ended, 1, "上次回访未接通，等职工评价"
    elif case.satisfaction is None:
        since, count = ended, days
    else:
        return
    if since is None or since > on:
        return
    day = calendar.nth(since, count)
    left = working_days_left(day, on, calendar)
    if left <= _WARNED:
        yield Due(case=case, stage=stage, day=day, left=left, words=words)


def _waits_for(case: Case, on: date) -> str:
    """Return in words what an open case waits for that has nothing to do by some day."""
    pause, promise = case.events.as_of(on).pause, case.promise
    if pause is not None and case.events.closed_on is None:
        return _stands(pause, on)
    if promise.fulfilment(on) not in _SETTLED:
        by = "没有约定付款日" if promise.pay_by is None else f"约定 {day_text(promise.pay_by, on)}"
        return f"等用人单位付款，{by}"
    if lacks_sum(case, case.course):
        return _NO_SUM
    how = "" if case.closing or case.events.closed_on is None else "，没有写办结方式"
    return _COURSE_WAITS.get(case.course, f"已办结{how}，还没有结案")


def _stands(pause: Pause, on: date) -> str:
    return f"暂停计时，{pause.reason}，预计 {day_text(pause.expected, on)}"


def _of_assignment(case: Case, clock: Clock) -> Iterator[Due]:
    step = clock.current
    if step is not None:
        yield Due(case=case, stage=Stage.ASSIGN, day=step.due, left=step.left, words="还没有承办人")
