"""Turn what stands in the fields into a deed beside a case's course, and what is copied with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import Action, ActionKind, Interruption, Payment
from hotline_desk.domain.letters import Letter, LetterKind
from hotline_desk.domain.payments import known_payments
from hotline_desk.domain.urging import Urged
from hotline_desk.ui.case_beside import duplicate_name, letter_name, payment_name
from hotline_desk.ui.deed import Doing
from hotline_desk.ui.deed_reading import Reading
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
from hotline_desk.workflows.cases import case_numbered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.staff import ServicePoint
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.case_sheet import Around, Sheet
    from hotline_desk.ui.deed import Deed
    from hotline_desk.ui.deed_reading import Values
    from hotline_desk.ui.office import Office

    Act = Callable[[Ledger], Case]
    Copy = Callable[[Ledger], tuple[str, str]]
    """A text to be copied, and what was left out of it, in words."""
    Make = Callable[[Deed, Case, Around, Reading, Office], Act]

_KINDS = {
    Doing.HAND_ON: (ActionKind.PASSED_ON, "转给谁"),
    Doing.SUPERVISE: (ActionKind.SUPERVISED, "督办要求"),
    Doing.CHECK: (ActionKind.CHECKED, "质检意见"),
}


def act_beside(deed: Deed, sheet: Sheet, values: Values, *, office: Office, now: datetime) -> Act:
    """Return what does *deed* to the case of *sheet* on the ledger.

    Raises:
        NotUnderstood: something is missing or cannot be read; it says what, in a sentence.
        ValueError: the sheet has no case.
    """
    if sheet.case is None:
        raise ValueError(deed)
    return _ACTS[deed.doing](deed, sheet.case, sheet.around, Reading(values, now), office)


def copy_of(
    deed: Deed, sheet: Sheet, values: Values, *, office: Office, now: datetime
) -> Copy | None:
    """Return what makes the text that is copied when *deed* is done; None where none is."""
    case, read = sheet.case, Reading(values, now)
    if case is None:
        return None
    if deed.doing is Doing.URGE:
        whom = Urged(read.chosen("whom", "催谁"))

        def urging(ledger: Ledger) -> tuple[str, str]:
            made = urge.urging_text(ledger, office.workspace, [case.id], whom, on=now.date())
            return made.words, made.left_out

        return urging
    if deed.doing is Doing.REFER:
        point = _point(sheet.around, read)
        return lambda ledger: (
            refer.referral_text(ledger, office.workspace, case.id, point.id),
            "",
        )
    return None


def _action(deed: Deed, case: Case, _around: Around, read: Reading, office: Office) -> Act:
    kind, what = _KINDS[deed.doing]
    words, on = read.wanted("words", what), read.day("on", "日期")
    action = Action(on=on, kind=kind, words=words, by=office.by)
    return partial(case_course.take_action, case_id=case.id, action=action, by=office.by)


def _urge(_deed: Deed, case: Case, _around: Around, read: Reading, office: Office) -> Act:
    whom = Urged(read.chosen("whom", "催谁"))
    action = Action(on=read.today, kind=ActionKind.URGED, words=whom.value, by=office.by)
    return partial(case_course.take_action, case_id=case.id, action=action, by=office.by)


def _refer(_deed: Deed, case: Case, around: Around, read: Reading, office: Office) -> Act:
    point, on = _point(around, read), read.day("on", "日期")
    return partial(refer.refer, case_id=case.id, point_id=point.id, on=on, by=office.by)


def _letter(_deed: Deed, case: Case, _around: Around, read: Reading, office: Office) -> Act:
    letter = Letter(
        kind=LetterKind(read.chosen("kind", "种类")),
        number=read.line("number"),
        case_id=case.id,
        recipient=read.wanted("recipient", "发给谁"),
        sent_on=read.day("on", "发出日"),
        answer_by=read.any_day("answer_by", "要求答复的日子"),
        subject=read.line("subject"),
    )

    def work(ledger: Ledger) -> Case:
        letters.register(ledger, letter, pattern=office.settings.letter_number, by=office.by)
        return ledger.case(case.id)

    return work


def _answer(_deed: Deed, case: Case, around: Around, read: Reading, office: Office) -> Act:
    name, on = read.chosen("letter", "哪一份"), read.day("on", "答复日")
    words = read.wanted("answer", "答复了什么")
    letter = next(each for each in around.letters if letter_name(each) == name)

    def work(ledger: Ledger) -> Case:
        letters.answer(ledger, letter.id, on=on, answer=words, by=office.by)
        return ledger.case(case.id)

    return work


def _correct(_deed: Deed, case: Case, _around: Around, read: Reading, office: Office) -> Act:
    name = read.chosen("payment", "哪一笔")
    known = known_payments(case)
    place = [payment_name(at, each) for at, each in enumerate(known)].index(name)
    fen = read.fen("fen", "金额")
    payment = (
        None
        if fen is None
        else Payment(on=read.maybe_day("on", "到账日期"), fen=fen, party=known[place].party)
    )
    return partial(
        case_money.correct_payment, case_id=case.id, place=place, payment=payment, by=office.by
    )


def _day(_deed: Deed, case: Case, _around: Around, read: Reading, office: Office) -> Act:
    event = read.chosen("event", "什么事")
    on = read.any_day("day", "日期")
    return partial(lapses.note_day, case_id=case.id, event=event, on=on, by=office.by)


def _interrupt(_deed: Deed, case: Case, _around: Around, read: Reading, office: Office) -> Act:
    stop = Interruption(
        on=read.day("day", "哪一天"),
        event=read.wanted("event", "什么事"),
        evidence=read.line("evidence"),
    )
    return partial(lapses.interrupt, case_id=case.id, interruption=stop, by=office.by)


def _merge(_deed: Deed, case: Case, around: Around, read: Reading, office: Office) -> Act:
    number = read.line("number").upper()
    if not number:
        name = read.chosen("into", "并入哪一件")
        number = next(each.case.number for each in around.duplicates
                      if duplicate_name(each) == name)  # fmt: skip

    def work(ledger: Ledger) -> Case:
        into = case_numbered(ledger, number)
        return case_merging.merge(ledger, case.id, into=into.id, by=office.by)

    return work


def _take_out(_deed: Deed, case: Case, around: Around, read: Reading, office: Office) -> Act:
    number = read.chosen("question", "哪一条")
    question = next(each for each in around.questions if each.number == number)
    return partial(cases.leave_case, case_id=case.id, question_id=question.id, by=office.by)


def _point(around: Around, read: Reading) -> ServicePoint:
    name = read.chosen("point", "服务点")
    return next(point for point in around.points if point.name == name)


_ACTS: dict[Doing, Make] = {
    Doing.HAND_ON: _action,
    Doing.SUPERVISE: _action,
    Doing.CHECK: _action,
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
BESIDE = frozenset(_ACTS)
"""What is done beside the course."""
