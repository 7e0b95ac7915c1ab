"""Keep the register of the union's own papers to employers and departments (一函两书)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from hotline_desk.domain.casework import letters
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.times import long_day_text
from hotline_desk.errors import CourseRefused, LetterNumberTaken, RecordNotFound
from hotline_desk.workflows.cases import first_received

if TYPE_CHECKING:
    from datetime import date

    from typing_extensions import Unpack

    from hotline_desk.domain.casework.letters import LetterKind
    from hotline_desk.ledger import Ledger


def register(ledger: Ledger, letter: Letter, *, pattern: str, by: str) -> Letter:
    """Keep a paper that is sent; without a 文号 it gets the next one of its kind and year.

    Args:
        ledger: the ledger.
        letter: the paper; its id is 0.
        pattern: what a 文号 looks like (`Settings.letter_number`).
        by: who registers it.

    Raises:
        CaseNotFound: its case is not in the ledger.
        CourseRefused: it has no recipient, was sent before its case was received, or an answer is
            asked for before it is sent.
        LetterNumberTaken: its 文号 is another paper's.
    """
    with ledger.together():
        _not_before_case(ledger, letter)
        number = letter.number.strip() or next_number(
            ledger, letter.kind, letter.sent_on, pattern=pattern
        )
        return _keep(ledger, replace(letter, number=number), by)


def next_number(ledger: Ledger, kind: LetterKind, on: date, *, pattern: str) -> str:
    """Return the 文号 that the next paper of *kind* gets, sent on the day *on*."""
    return letters.next_number(ledger.kept(Letter), kind, on.year, pattern=pattern)


def answer(ledger: Ledger, letter_id: int, *, on: date, answer: str, by: str) -> Letter:
    """Note what was answered, and when.

    Raises:
        CourseRefused: the answer is older than the paper, or that is void.
        RecordNotFound: there is no such paper (any more).
    """
    with ledger.together():
        letter = _standing(ledger, letter_id, "记答复")
        return _keep(ledger, replace(letter, answered_on=on, answer=answer.strip()), by)


class LetterFields(TypedDict, total=False):
    """What of a paper can be put right, by the names of `Letter`."""

    kind: LetterKind
    number: str
    recipient: str
    sent_on: date
    answer_by: date | None
    subject: str
    answered_on: date | None
    answer: str
    notes: str


def amend(ledger: Ledger, letter_id: int, *, by: str, **changed: Unpack[LetterFields]) -> Letter:
    """Write fields of a paper; what is not given stays as others have written it meanwhile.

    Raises:
        CourseRefused: it has no recipient, is now sent before its case was received, an answer
            is asked for or came before it was sent, or it is void.
        LetterNumberTaken: its 文号 is another paper's, or empty.
        RecordNotFound: there is no such paper (any more).
    """
    with ledger.together():
        letter = replace(_standing(ledger, letter_id, "改函件"), **changed)
        if "sent_on" in changed:  # a paper that was brought along may be older than its case
            _not_before_case(ledger, letter)
        return _keep(ledger, replace(letter, number=letter.number.strip()), by)


def void(ledger: Ledger, letter_id: int, *, reason: str, on: date, by: str) -> Letter:
    """Declare a paper void (作废) that was registered by mistake; nobody gets its 文号 again.

    It stays in the register and counts nowhere, in months that are closed as 上月调整.

    Raises:
        CourseRefused: there is no reason, or it is void already.
        RecordNotFound: there is no such paper (any more).
    """
    with ledger.together():
        letter = _standing(ledger, letter_id, "作废")
        if not reason.strip():
            raise CourseRefused("作废", "要写明理由")
        return ledger.keep(replace(letter, voided_on=on, voided_for=reason.strip()), by=by)


def of_case(ledger: Ledger, case_id: int) -> list[Letter]:
    """Return the papers that were sent in a case, oldest first."""
    return [letter for letter in listed(ledger) if letter.case_id == case_id]


def listed(ledger: Ledger, *, year: int | None = None) -> list[Letter]:
    """Return the register, of one year or all of it, in the order of sending."""
    found = [
        letter for letter in ledger.kept(Letter) if year is None or letter.sent_on.year == year
    ]
    return sorted(found, key=lambda letter: (letter.sent_on, letter.id))


def _standing(ledger: Ledger, letter_id: int, deed: str) -> Letter:
    for letter in ledger.kept(Letter):
        if letter.id == letter_id:
            if not letter.stands:
                raise CourseRefused(deed, "这份函件已经作废")
            return letter
    raise RecordNotFound("函件")


def _not_before_case(ledger: Ledger, letter: Letter) -> None:
    if letter.case_id is None:
        return
    received = first_received(ledger.case(letter.case_id))
    if letter.sent_on < received:
        raise CourseRefused("登记", f"发出日早于接收日 {long_day_text(received)}")


def _keep(ledger: Ledger, letter: Letter, by: str) -> Letter:
    if not letter.recipient.strip():
        raise CourseRefused("登记", "还没有写发给谁")
    if letter.answer_by is not None and letter.answer_by < letter.sent_on:
        raise CourseRefused("登记", "要求答复的日子早于发文日")
    if letter.answered_on is not None and letter.answered_on < letter.sent_on:
        raise CourseRefused("记答复", "日期早于发文日")
    others = [each.number for each in ledger.kept(Letter) if each.id != letter.id]
    if not letter.number or letter.number in others:
        raise LetterNumberTaken(letter.number)
    return ledger.keep(letter, by=by)
