"""Deeds beside the course of a case: 转办, letters, days of limits, payments put right, merging."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import Action, ActionKind, Interruption, Payment
from hotline_desk.domain.letters import Letter, LetterKind
from hotline_desk.domain.payments import known_payments
from hotline_desk.domain.times import day_text, money_text
from hotline_desk.domain.urging import Urged
from hotline_desk.ui.deed import DeedKind, Doing, Place, day
from hotline_desk.ui.field_text import NotUnderstood, as_text
from hotline_desk.ui.fields import Field, choice
from hotline_desk.workflows import (
    case_course,
    case_merging,
    case_money,
    cases,
    lapses,
    letters,
    refer,
    urge,
)
from hotline_desk.workflows.case_received import correct_received, told_of_closed
from hotline_desk.workflows.cases import case_numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.staff import ServicePoint
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.deed import Act, Asked, Copy, Fields, Standing
    from hotline_desk.workflows.case_merging import Duplicate


def unanswered(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return the letters that wait for an answer."""
    return tuple(letter for letter in letters if letter.answered_on is None)


def letter_name(letter: Letter) -> str:
    """Return how a letter is called among the options."""
    return f"{letter.kind} {letter.number}".strip()


def _payment_name(place: int, payment: Payment) -> str:
    """Return how a payment is called among the options; *place* tells two alike apart."""
    on = "日期未记" if payment.on is None else day_text(payment.on)
    return " ".join(filter(None, (f"{place + 1}.", on, money_text(payment.fen), payment.party)))


def _duplicate_name(duplicate: Duplicate) -> str:
    return f"{duplicate.case.number} {duplicate.why}"


def _action(kind: ActionKind, title: str, hint: str, what: str, *, finished: bool) -> DeedKind:
    """Return the deed of writing down an action; *finished* says whether after 结案 too."""

    def fields(standing: Standing) -> Fields:
        yield Field(name="words", title=title, hint=hint)
        yield day(standing)

    def act(asked: Asked) -> Act:
        words, on = asked.read.wanted("words", what), asked.read.day("on", "日期")
        action = Action(on=on, kind=kind, words=words, by=asked.by)
        return partial(case_course.take_action, case_id=asked.case.id, action=action, by=asked.by)

    return DeedKind(
        fields=fields,
        act=act,
        place=Place.MORE,
        possible=lambda standing: finished or standing.case.course.is_open,
    )


def _urge_fields(_standing: Standing) -> Fields:
    yield choice("whom", "催谁", [each.value for each in Urged], Urged.OWNER.value)


def _urged(asked: Asked) -> Urged:
    return Urged(asked.read.chosen("whom", "催谁"))


def _urge(asked: Asked) -> Act:
    words = _urged(asked).value
    action = Action(on=asked.read.today, kind=ActionKind.URGED, words=words, by=asked.by)
    return partial(case_course.take_action, case_id=asked.case.id, action=action, by=asked.by)


def _urging(asked: Asked) -> Copy:
    whom, on = _urged(asked), asked.read.today

    def copy(ledger: Ledger) -> tuple[str, str]:
        made = urge.urging_text(ledger, asked.office.workspace, [asked.case.id], whom, on=on)
        return made.words, made.left_out

    return copy


def _refer_fields(standing: Standing) -> Fields:
    points = [point.name for point in standing.around.points]
    yield choice("point", "服务点", points, points[0] if points else "")
    yield day(standing)


def _point(asked: Asked) -> ServicePoint:
    name = asked.read.chosen("point", "服务点")
    return next(point for point in asked.around.points if point.name == name)


def _refer(asked: Asked) -> Act:
    point, on = _point(asked), asked.read.day("on", "日期")
    return partial(refer.refer, case_id=asked.case.id, point_id=point.id, on=on, by=asked.by)


def _referral(asked: Asked) -> Copy:
    point, workspace = _point(asked), asked.office.workspace
    return lambda ledger: (refer.referral_text(ledger, workspace, asked.case.id, point.id), "")


def _letter_fields(standing: Standing) -> Fields:
    yield choice("kind", "种类", [kind.value for kind in LetterKind])
    yield Field(name="recipient", title="发给", proposal=standing.case.employer, hint="单位或部门")
    yield Field(name="subject", title="事由", proposal=standing.case.matter)
    yield Field(name="number", title="文号", hint="空着就按顺序编")
    yield Field(name="answer_by", title="要求答复", hint="哪一天以前，可以空着")
    yield day(standing, "发出日")


def _letter(asked: Asked) -> Act:
    read = asked.read
    letter = Letter(
        kind=LetterKind(read.chosen("kind", "种类")),
        number=read.line("number"),
        case_id=asked.case.id,
        recipient=read.wanted("recipient", "发给谁"),
        sent_on=read.day("on", "发出日"),
        answer_by=read.any_day("answer_by", "要求答复的日子"),
        subject=read.line("subject"),
    )

    def work(ledger: Ledger) -> Case:
        pattern = asked.office.settings.letter_number
        letters.register(ledger, letter, pattern=pattern, by=asked.by)
        return ledger.case(asked.case.id)

    return work


def _amend_fields(standing: Standing) -> Fields:
    texts = {letter_name(letter): _letter_texts(letter) for letter in standing.around.letters}
    yield replace(choice("letter", "哪一份", texts), fills=texts)
    yield choice("kind", "种类", [kind.value for kind in LetterKind])
    yield Field(name="number", title="文号")
    yield Field(name="recipient", title="发给")
    yield Field(name="subject", title="事由")
    yield Field(name="on", title="发出日")
    yield Field(name="answer_by", title="要求答复", hint="哪一天以前，可以空着")
    yield Field(name="answered_on", title="答复日", hint="还没有答复就空着")
    yield Field(name="answer", title="答复")
    yield Field(name="notes", title="备注")


def _letter_texts(letter: Letter) -> dict[str, str]:
    """Return what stands in the fields of a letter."""
    days = {"on": letter.sent_on, "answer_by": letter.answer_by, "answered_on": letter.answered_on}
    return {
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        **{name: str(getattr(letter, name)) for name in
           ("kind", "number", "recipient", "subject", "answer", "notes")},
    }  # fmt: skip


def _amend(asked: Asked) -> Act:
    read, letter = asked.read, _chosen_letter(asked)
    answered_on, answer = read.maybe_day("answered_on", "答复日"), read.line("answer")
    if answer and answered_on is None:
        raise NotUnderstood("写了答复，还没有填答复日。")
    amended = replace(
        letter,
        kind=LetterKind(read.chosen("kind", "种类")),
        number=read.wanted("number", "文号"),
        recipient=read.wanted("recipient", "发给谁"),
        subject=read.line("subject"),
        sent_on=read.day("on", "发出日"),
        answer_by=read.any_day("answer_by", "要求答复的日子"),
        answered_on=answered_on,
        answer=answer,
        notes=read.line("notes"),
    )

    def work(ledger: Ledger) -> Case:
        letters.amend(ledger, amended, by=asked.by)
        return ledger.case(asked.case.id)

    return work


def _chosen_letter(asked: Asked) -> Letter:
    name = asked.read.chosen("letter", "哪一份")
    return next(each for each in asked.around.letters if letter_name(each) == name)


def _answer_fields(standing: Standing) -> Fields:
    waiting = [letter_name(letter) for letter in unanswered(standing.around.letters)]
    yield replace(choice("letter", "哪一份", waiting), fills={name: {} for name in waiting})
    yield Field(name="answer", title="答复", hint="答复了什么，一句话")
    yield day(standing, "答复日")


def _answer(asked: Asked) -> Act:
    letter, on = _chosen_letter(asked), asked.read.day("on", "答复日")
    words = asked.read.wanted("answer", "答复了什么")

    def work(ledger: Ledger) -> Case:
        letters.answer(ledger, letter.id, on=on, answer=words, by=asked.by)
        return ledger.case(asked.case.id)

    return work


def _received_fields(standing: Standing) -> Fields:
    hint = f"现在是 {standing.case.received.isoformat()}"
    yield Field(name="received", title="接收日", hint=hint)
    yield Field(name="reason", title="理由", hint="例如 转办件那天才到")


def _received(asked: Asked) -> Act:
    received, reason = asked.read.day("received", "接收日"), asked.read.wanted("reason", "理由")
    return partial(
        correct_received, case_id=asked.case.id, received=received, reason=reason,
        on=asked.read.today, by=asked.by,
    )  # fmt: skip


def _closed_months(asked: Asked) -> Copy:
    """Copy nothing; say what the change means for months that are closed."""
    received = asked.read.day("received", "接收日")
    return lambda ledger: ("", told_of_closed(ledger, received, asked.case.received))


def _payment_names(case: Case) -> list[str]:
    return [_payment_name(place, each) for place, each in enumerate(known_payments(case))]


def _correct_fields(standing: Standing) -> Fields:
    texts = {
        name: {"fen": as_text("amount_fen", each.fen), "on": each.on.isoformat() if each.on else ""}
        for name, each in zip(
            _payment_names(standing.case), known_payments(standing.case), strict=True
        )
    }
    yield replace(choice("payment", "哪一笔", texts), fills=texts)
    yield Field(name="fen", title="改为金额", hint="空着就是去掉这一笔")
    yield Field(name="on", title="到账日期", hint="空着就是日期未记")


def _correct(asked: Asked) -> Act:
    read, case = asked.read, asked.case
    place = _payment_names(case).index(read.chosen("payment", "哪一笔"))
    fen = read.fen("fen", "金额")
    payment = None
    if fen is not None:
        on, party = read.maybe_day("on", "到账日期"), known_payments(case)[place].party
        payment = Payment(on=on, fen=fen, party=party)
    return partial(
        case_money.correct_payment, case_id=case.id, place=place, payment=payment, by=asked.by
    )


def _day_fields(standing: Standing) -> Fields:
    around = standing.around
    first = around.days[0] if around.days else None
    yield choice("event", "什么事", around.events, first.event if first else "")
    yield Field(
        name="day",
        title="哪一天",
        proposal=first.on.isoformat() if first else "",
        hint="例如 2026-03-01；空着就是去掉",
    )


def _day(asked: Asked) -> Act:
    event, on = asked.read.chosen("event", "什么事"), asked.read.any_day("day", "日期")
    return partial(lapses.note_day, case_id=asked.case.id, event=event, on=on, by=asked.by)


def _interrupt_fields(standing: Standing) -> Fields:
    proposed = standing.around.interruptions
    first = proposed[0] if proposed else None
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


def _interrupt(asked: Asked) -> Act:
    stop = Interruption(
        on=asked.read.day("day", "哪一天"),
        event=asked.read.wanted("event", "什么事"),
        evidence=asked.read.line("evidence"),
    )
    return partial(lapses.interrupt, case_id=asked.case.id, interruption=stop, by=asked.by)


def _merge_fields(standing: Standing) -> Fields:
    names = [_duplicate_name(each) for each in standing.around.duplicates]
    if names:
        yield choice("into", "并入", names, names[0] if len(names) == 1 else "")
    yield Field(name="number", title="或写编号" if names else "并入", hint="例如 AJ-2026-0003")


def _merge(asked: Asked) -> Act:
    number = asked.read.line("number").upper()
    if not number:
        name = asked.read.chosen("into", "并入哪一件")
        found = (each for each in asked.around.duplicates if _duplicate_name(each) == name)
        number = next(found).case.number

    def work(ledger: Ledger) -> Case:
        into = case_numbered(ledger, number)
        return case_merging.merge(ledger, asked.case.id, into=into.id, by=asked.by)

    return work


def _take_out_fields(standing: Standing) -> Fields:
    yield choice("question", "哪一条", [each.number for each in standing.around.questions])


def _take_out(asked: Asked) -> Act:
    number = asked.read.chosen("question", "哪一条")
    question = next(each for each in asked.around.questions if each.number == number)
    return partial(cases.leave_case, case_id=asked.case.id, question_id=question.id, by=asked.by)


BESIDE_DEEDS: dict[Doing, DeedKind] = {
    Doing.HAND_ON: _action(
        ActionKind.PASSED_ON, "转给", "人社局、12345……", "转给谁", finished=False
    ),
    Doing.SUPERVISE: _action(
        ActionKind.SUPERVISED, "督办要求", "要谁在什么时候以前做什么", "督办要求", finished=True
    ),
    Doing.CHECK: _action(
        ActionKind.CHECKED, "质检意见", "查了什么，结果怎样", "质检意见", finished=True
    ),
    Doing.URGE: DeedKind(fields=_urge_fields, act=_urge, copy=_urging, place=Place.MORE),
    Doing.REFER: DeedKind(
        fields=_refer_fields,
        act=_refer,
        copy=_referral,
        place=Place.MORE,
        possible=lambda at: at.case.course.is_open and bool(at.around.points),
    ),
    Doing.LETTER: DeedKind(
        fields=_letter_fields, act=_letter, place=Place.FOLD, possible=lambda _at: True
    ),
    Doing.ANSWER: DeedKind(
        fields=_answer_fields,
        act=_answer,
        place=Place.FOLD,
        possible=lambda at: bool(unanswered(at.around.letters)),
    ),
    Doing.AMEND: DeedKind(
        fields=_amend_fields,
        act=_amend,
        place=Place.FOLD,
        possible=lambda at: bool(at.around.letters),
    ),
    Doing.CORRECT: DeedKind(
        fields=_correct_fields,
        act=_correct,
        place=Place.FOLD,
        possible=lambda at: bool(at.case.payments or at.case.promise.received_fen),
    ),
    Doing.DAY: DeedKind(
        fields=_day_fields,
        act=_day,
        place=Place.FOLD,
        possible=lambda at: bool(at.around.events),
    ),
    Doing.INTERRUPT: DeedKind(fields=_interrupt_fields, act=_interrupt, place=Place.FOLD),
    Doing.MERGE: DeedKind(fields=_merge_fields, act=_merge, place=Place.FOLD),
    Doing.TAKE_OUT: DeedKind(
        fields=_take_out_fields,
        act=_take_out,
        place=Place.FOLD,
        possible=lambda at: at.case.course.is_open and len(at.around.questions) > 1,
    ),
    Doing.RECEIVED: DeedKind(
        fields=_received_fields,
        act=_received,
        copy=_closed_months,
        place=Place.FOLD,
        possible=lambda _at: True,
    ),
}
