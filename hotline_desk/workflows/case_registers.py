"""Tell what was done for cases beside their course, and which papers went out, as registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.cases import CaseQuery
from hotline_desk.domain.times import day_text
from hotline_desk.output import Line
from hotline_desk.workflows import letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.cases import Action, Case
    from hotline_desk.domain.letters import Letter
    from hotline_desk.ledger import Ledger

_EVERY = CaseQuery(limit=10_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One action, and the case it belongs to."""

    case: Case
    action: Action


def actions(ledger: Ledger, since: date | None, until: date | None) -> list[Registered]:
    """Return what was done for all cases in a period, the newest first: 转办, 督办, 质检."""
    found = [
        Registered(case=case, action=action)
        for case in ledger.cases(_EVERY)
        for action in case.actions
        if _within(action.on, since, until)
    ]
    return sorted(found, key=lambda each: (each.action.on, each.case.number), reverse=True)


def action_lines(ledger: Ledger, since: date | None, until: date | None) -> Iterator[Line]:
    """Yield a line for each action of a period."""
    for each in actions(ledger, since, until):
        action = each.action
        words = f"{day_text(action.on)} {action.kind}  {each.case.number}  {action.words}"
        yield Line(
            words.rstrip(),
            {"on": action.on.isoformat(), "kind": action.kind.value, "case": each.case.number,
             "words": action.words, "by": action.by},
        )  # fmt: skip


def letter_lines(ledger: Ledger, since: date | None, until: date | None) -> Iterator[Line]:
    """Yield a line for each paper (一函两书) sent in a period, in the order of sending."""
    numbers = {case.id: case.number for case in ledger.cases(_EVERY)}
    for letter in letters.listed(ledger):
        if _within(letter.sent_on, since, until):
            case = numbers.get(letter.case_id) if letter.case_id is not None else None
            yield Line(
                _letter_words(letter, case),
                {"number": letter.number, "kind": letter.kind.value, "case": case,
                 "recipient": letter.recipient, "sent": letter.sent_on.isoformat(),
                 "subject": letter.subject, "answer_by": _iso(letter.answer_by),
                 "answered": _iso(letter.answered_on), "answer": letter.answer},
            )  # fmt: skip


def _letter_words(letter: Letter, case: str | None) -> str:
    if letter.answered_on is not None:
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
