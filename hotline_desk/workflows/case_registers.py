"""The registers of all cases: what was done beside their course, and which papers went out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import ActionKind, CaseQuery
from hotline_desk.domain.casework.letters import Letter, Reply
from hotline_desk.domain.times import day_text
from hotline_desk.output import Line
from hotline_desk.workflows import letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Action, Case
    from hotline_desk.ledger import Ledger


class Register(Enum):
    """Which of the registers; its value is its name."""

    ALL = "全部"
    LETTERS = "一函两书"
    PASSED_ON = ActionKind.PASSED_ON.value
    SUPERVISED = ActionKind.SUPERVISED.value
    CHECKED = ActionKind.CHECKED.value
    URGED = ActionKind.URGED.value
    REFERRED = ActionKind.REFERRED.value

    def holds(self, row: RegisterRow) -> bool:
        """Return whether *row* belongs to it."""
        if self is Register.ALL:
            return True
        return row.letter is not None if self is Register.LETTERS else row.kind == self.value


_KEPT = frozenset(ActionKind(each.value) for each in list(Register)[2:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One action, and the case it belongs to."""

    case: Case
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One paper, or one thing that was done, as the registers show it."""

    on: date
    """When it was sent, or done."""
    kind: str
    """提示函, or 转办."""
    words: str
    """What it is about, to whom it was passed on, or what is demanded."""
    case: Case | None
    letter: Letter | None = None
    reply: Reply | None = None
    """None of what is not answered."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from other rows, while what it says is changed."""
        if self.letter is not None:
            return (self.letter.id,)
        return (self.kind, self.on, self.words, self.case and self.case.id)


def register_rows(ledger: Ledger, on: date) -> tuple[RegisterRow, ...]:
    """Return all registers as they stand on the day *on*, what is not answered in time first.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    papers = ledger.kept(Letter)
    ids = tuple({paper.case_id for paper in papers if paper.case_id is not None})
    cases = {case.id: case for case in ledger.cases(CaseQuery(ids=ids))}
    rows = [
        RegisterRow(
            on=paper.sent_on,
            kind=paper.kind,
            words=paper.subject,
            case=cases.get(paper.case_id) if paper.case_id is not None else None,
            letter=paper,
            reply=paper.reply(on),
        )
        for paper in papers
    ]
    rows += [
        RegisterRow(on=each.action.on, kind=each.action.kind, words=each.action.words,
                    case=each.case)
        for each in actions(ledger, None, None)
        if each.action.kind in _KEPT
    ]  # fmt: skip
    rows.sort(key=lambda row: row.on, reverse=True)
    return tuple(sorted(rows, key=lambda row: row.reply is not Reply.OVERDUE))


def actions(ledger: Ledger, since: date | None, until: date | None) -> list[Registered]:
    """Return what was done for all cases in a period, the newest first: 转办, 督办, 质检."""
    found = [
        Registered(case=case, action=action)
        for case in ledger.cases(CaseQuery(acted_on=True))
        for action in case.actions
        if _within(action.on, since, until)
    ]
    return sorted(found, key=lambda each: (each.action.on, each.case.number), reverse=True)


def action_lines(ledger: Ledger, since: date | None, until: date | None) -> Iterator[Line]:
    """Yield a line for each action of a period."""
    for each in actions(ledger, since, until):
        action = each.action
        words = f"{day_text(action.on)} {action.kind}  {each.case.number}  {action.told}"
        yield Line(
            words.rstrip(),
            {"on": action.on.isoformat(), "kind": action.kind.value, "case": each.case.number,
             "words": action.told, "by": action.by},
        )  # fmt: skip


def letter_lines(ledger: Ledger, since: date | None, until: date | None) -> Iterator[Line]:
    """Yield a line for each paper (一函两书) sent in a period, in the order of sending."""
    numbers = {case.id: case.number for case in ledger.cases()}
    for letter in letters.listed(ledger):
        if _within(letter.sent_on, since, until):
            case = numbers.get(letter.case_id) if letter.case_id is not None else None
            yield letter_line(letter, case)


def letter_line(letter: Letter, case: str | None) -> Line:
    """Return a paper in a line, as it is handed over; *case* is the number of its case."""
    return Line(
        _letter_words(letter, case),
        {"number": letter.number, "kind": letter.kind.value, "case": case,
         "recipient": letter.recipient, "sent": letter.sent_on.isoformat(),
         "subject": letter.subject, "answer_by": _iso(letter.answer_by),
         "answered": _iso(letter.answered_on), "answer": letter.answer,
         "voided": _iso(letter.voided_on), "voided_for": letter.voided_for},
    )  # fmt: skip


def _letter_words(letter: Letter, case: str | None) -> str:
    if letter.voided_on is not None:
        answer = f"{day_text(letter.voided_on)}作废：{letter.voided_for}"
    elif letter.answered_on is not None:
        answer = f"{day_text(letter.answered_on)}答复"
    else:
        answer = f"要求 {day_text(letter.answer_by)}前答复" if letter.answer_by else ""
    about = (
        letter.number,
        day_text(letter.sent_on),
        letter.recipient,
        letter.subject,
        case,
        answer,
    )
    return "  ".join(part for part in about if part)


def _within(on: date, since: date | None, until: date | None) -> bool:
    return (since is None or on >= since) and (until is None or on <= until)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
