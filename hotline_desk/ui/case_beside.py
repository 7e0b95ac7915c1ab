"""What can be done beside the course of a case: 转办, letters, days of limits, merging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.letters import LetterKind
from hotline_desk.domain.payments import known_payments
from hotline_desk.domain.times import day_text, money_text
from hotline_desk.domain.urging import Urged
from hotline_desk.ui.deed import Deed, Doing, Place
from hotline_desk.ui.fields import Field, choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from hotline_desk.domain.cases import Case, Payment
    from hotline_desk.domain.letters import Letter
    from hotline_desk.ui.case_sheet import Around
    from hotline_desk.workflows.case_merging import Duplicate

    Fields = Iterator[Field]

_MORE = (Doing.HAND_ON, Doing.SUPERVISE, Doing.CHECK, Doing.URGE, Doing.REFER)
_WORDS = {
    Doing.HAND_ON: ("转给", "人社局、12345……"),
    Doing.SUPERVISE: ("督办要求", "要谁在什么时候以前做什么"),
    Doing.CHECK: ("质检意见", "查了什么，结果怎样"),
}


def beside(case: Case, around: Around, now: datetime) -> tuple[Deed, ...]:
    """Return what may be done beside the course of *case*."""
    wanted: dict[Doing, bool] = dict.fromkeys(_MORE, case.course.is_open)
    wanted |= {
        Doing.SUPERVISE: True,
        Doing.CHECK: True,
        Doing.REFER: case.course.is_open and bool(around.points),
        Doing.LETTER: True,
        Doing.ANSWER: bool(unanswered(around.letters)),
        Doing.CORRECT: bool(case.payments or case.promise.received_fen),
        Doing.DAY: bool(around.events),
        Doing.INTERRUPT: case.course.is_open,
        Doing.MERGE: case.course.is_open,
        Doing.TAKE_OUT: case.course.is_open and len(around.questions) > 1,
    }
    return tuple(
        Deed(
            doing=doing,
            title=doing.value,
            fields=tuple(_fields(doing, case, around, now)),
            place=Place.MORE if doing in _MORE else Place.FOLD,
        )
        for doing, possible in wanted.items()
        if possible
    )


def unanswered(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters that wait for an answer."""
    return tuple(letter for letter in letters if letter.answered_on is None)


def letter_name(letter: Letter) -> str:
    """Return how a letter is called among the options."""
    return f"{letter.kind} {letter.number}".strip()


def payment_name(place: int, payment: Payment) -> str:
    """Return how a payment is called among the options; *place* tells two alike apart."""
    on = "日期未记" if payment.on is None else day_text(payment.on)
    return " ".join(filter(None, (f"{place + 1}.", on, money_text(payment.fen), payment.party)))


def duplicate_name(duplicate: Duplicate) -> str:
    """Return how a case that may be the same is called among the options."""
    return f"{duplicate.case.number} {duplicate.why}"


def _fields(doing: Doing, case: Case, around: Around, now: datetime) -> Fields:
    today = now.date().isoformat()
    make = _MADE.get(doing)
    if make is not None:
        yield from make(case, around)
    if doing in _WORDS:
        title, hint = _WORDS[doing]
        yield Field(name="words", title=title, hint=hint)
    if doing in _ON_A_DAY:
        yield Field(name="on", title=_ON_A_DAY[doing], value=today)


def _urge(_case: Case, _around: Around) -> Fields:
    yield choice("whom", "催谁", [each.value for each in Urged], Urged.OWNER.value)


def _refer(_case: Case, around: Around) -> Fields:
    nearest = around.points[0].name if around.points else ""
    yield choice("point", "服务点", [point.name for point in around.points], nearest)


def _letter(case: Case, _around: Around) -> Fields:
    yield choice("kind", "种类", [kind.value for kind in LetterKind])
    yield Field(name="recipient", title="发给", proposal=case.employer, hint="单位或部门")
    yield Field(name="subject", title="事由", proposal=case.matter)
    yield Field(name="number", title="文号", hint="空着就按顺序编")
    yield Field(name="answer_by", title="要求答复", hint="哪一天以前，可以空着")


def _answer(_case: Case, around: Around) -> Fields:
    waiting = [letter_name(letter) for letter in unanswered(around.letters)]
    yield choice("letter", "哪一份", waiting, waiting[0] if len(waiting) == 1 else "")
    yield Field(name="answer", title="答复", hint="答复了什么，一句话")


def _correct(case: Case, _around: Around) -> Fields:
    names = [payment_name(place, each) for place, each in enumerate(known_payments(case))]
    yield choice("payment", "哪一笔", names, names[0] if len(names) == 1 else "")
    yield Field(name="fen", title="改为金额", hint="空着就是去掉这一笔")


def _day(_case: Case, around: Around) -> Fields:
    first = around.days[0] if around.days else None
    yield choice("event", "什么事", around.events, first.event if first else "")
    yield Field(
        name="day",
        title="哪一天",
        proposal=first.on.isoformat() if first else "",
        hint="例如 2026-03-01；空着就是去掉",
    )


def _interrupt(_case: Case, around: Around) -> Fields:
    first = around.interruptions[0] if around.interruptions else None
    yield Field(
        name="event",
        title="什么事",
        proposal=first.event if first else "",
        hint="例如 书面要求支付、申请仲裁",
    )
    yield Field(
        name="day",
        title="哪一天",
        proposal=first.on.isoformat() if first else "",
        hint="例如 2026-03-01",
    )
    yield Field(name="evidence", title="证据", hint="例如 微信记录、快递签收")


def _merge(_case: Case, around: Around) -> Fields:
    names = [duplicate_name(each) for each in around.duplicates]
    if names:
        yield choice("into", "并入", names, names[0] if len(names) == 1 else "")
    yield Field(name="number", title="或写编号" if names else "并入", hint="例如 AJ-2026-0003")


def _take_out(_case: Case, around: Around) -> Fields:
    yield choice("question", "哪一条", [question.number for question in around.questions])


_MADE: dict[Doing, Callable[[Case, Around], Fields]] = {
    Doing.URGE: _urge,
    Doing.REFER: _refer,
    Doing.LETTER: _letter,
    Doing.ANSWER: _answer,
    Doing.CORRECT: _correct,
    Doing.DAY: _day,
    Doing.INTERRUPT: _interrupt,
    Doing.MERGE: _merge,
    Doing.TAKE_OUT: _take_out,
}
_ON_A_DAY = {
    Doing.HAND_ON: "日期",
    Doing.SUPERVISE: "日期",
    Doing.CHECK: "日期",
    Doing.REFER: "日期",
    Doing.LETTER: "发出日",
    Doing.ANSWER: "答复日",
    Doing.CORRECT: "到账日期",
}
