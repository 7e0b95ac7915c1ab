"""What happened to a case, as entries to read: the log, the money, the letters, earlier rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.letters import Reply
from hotline_desk.domain.casework.noted import BY_DEEDS, What
from hotline_desk.domain.casework.noted_words import at_end_of, told
from hotline_desk.domain.casework.parties import representatives_wanted
from hotline_desk.domain.casework.payments import money_faults
from hotline_desk.domain.times import day_text, long_day_text, money_text
from hotline_desk.ui.cases.case_words import lapse_words
from hotline_desk.ui.cases.correcting_deeds import called
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.cases.entries import Entry
from hotline_desk.ui.cases.letter_deeds import letter_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from hotline_desk.domain.casework.cases import Case, Round
    from hotline_desk.domain.casework.lapses import Lapse
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.casework.noted_words import Told
    from hotline_desk.workflows.case_merging import Duplicate
    from hotline_desk.workflows.lapses import ProposedDay

_ELSEWHERE = frozenset({What.PAYMENT, What.INTERRUPTION})
"""What stands with the money, and with what lapses."""


def log(case: Case) -> tuple[Entry, ...]:
    """Return the contact log with what was done beside it, the newest first."""
    told = [*_standing(case), *_written_by_deeds(case)]
    ordered = sorted(told, key=lambda each: each[0], reverse=True)
    return tuple(entry for _, entry in ordered)


def money(case: Case) -> tuple[Entry, ...]:
    """Return what came when, and what does not add up or is wanting."""
    told = filter(None, (representatives_wanted(case), *money_faults(case)))
    faults = [Entry(head="", text=fault, role="warning") for fault in told]
    payments = [
        Entry(head=said.head, text=said.text, deeds=deeds)
        for said, deeds in _of(case, What.PAYMENT)
    ]
    return (*faults, *payments)


def letters_sent(letters: Iterable[Letter], on: date) -> tuple[Entry, ...]:
    """Return the letters, the newest first, with what was answered or by when it should be."""
    return tuple(
        Entry(
            head=f"{day_text(letter.sent_on)} · {letter_name(letter)} · {letter.recipient}",
            text="\n".join(filter(None, (letter.subject, _answer(letter, on)))),
            gone=""
            if letter.voided_on is None
            else f"{day_text(letter.voided_on)}作废：{letter.voided_for}",
            deeds=((Doing.AMEND, letter_name(letter)), (Doing.STRIKE_OUT, letter_name(letter)))
            if letter.stands
            else (),
        )
        for letter in sorted(letters, key=lambda each: each.sent_on, reverse=True)
    )


def lapsing(
    case: Case, lapses: Sequence[Lapse], proposed: Iterable[ProposedDay], on: date
) -> tuple[Entry, ...]:
    """Return what lapses when, the first on top, then the days that it is or may be read from."""
    found = [Entry(head="", text=lapse_words(lapse, on)) for lapse in lapses]
    days = [Entry(head=f"{day.event}：{long_day_text(day.on)}") for day in case.days]
    stops = [
        Entry(head=said.head, text=said.text, deeds=deeds)
        for said, deeds in _of(case, What.INTERRUPTION)
    ]
    known = {day.event for day in case.days}
    offered = [
        Entry(head=f"建议：{day.event} {day.on.isoformat()}", text=day.words, role="quiet")
        for day in proposed
        if day.event not in known
    ]
    return (*found, *days, *stops, *offered)


def earlier(case: Case) -> tuple[Entry, ...]:
    """Return the rounds before 重办, the last first, each with what was noted in it below."""
    named, shown = called(case), []
    for at, past in reversed([*enumerate(case.earlier)]):
        shown.append(_round(at + 1, past))
        for name, _, each in named:
            if each.round == at:
                said = told(replace(each, round=None))  # the heading says which
                shown.append(Entry(head=said.head, text=said.text, deeds=_deeds(name)))
    return tuple(shown)


def others(duplicates: Iterable[Duplicate]) -> tuple[Entry, ...]:
    """Return the cases that may tell of the same matter."""
    return tuple(
        Entry(
            head=f"{each.case.number} · {each.why}",
            text=" · ".join(filter(None, (each.case.matter, each.case.employer))),
            role="quiet",
        )
        for each in duplicates
    )


def _standing(case: Case) -> Iterator[tuple[datetime, Entry]]:
    for name, said, each in called(case):
        if each.what not in _ELSEWHERE and each.round is None:
            yield said.at, Entry(head=said.head, text=said.text, deeds=_deeds(name))


def _written_by_deeds(case: Case) -> Iterator[tuple[datetime, Entry]]:
    """Yield what deeds have noted of themselves, and what was put right or struck out by one."""
    for action in case.actions:
        if action.was:
            head, _, text = action.was.partition("\n")
            why = f"{day_text(action.on)}{action.kind}：{action.words}（{action.by}）"
            yield at_end_of(action.was_on), Entry(head=head, text=text, gone=why)
        elif action.kind in BY_DEEDS:
            head = f"{action.on.isoformat()} · {action.kind}"
            yield at_end_of(action.on), Entry(head=head, text=action.words)


def _deeds(name: str) -> tuple[tuple[Doing, str], ...]:
    return (Doing.CORRECT, name), (Doing.STRIKE_OUT, name)


def _of(case: Case, what: What) -> Iterator[tuple[Told, tuple[tuple[Doing, str], ...]]]:
    return (
        (said, _deeds(name))
        for name, said, each in called(case)
        if each.what is what and each.round is None
    )


def _answer(letter: Letter, on: date) -> str:
    if letter.answered_on is not None:
        return f"{day_text(letter.answered_on)}答复：{letter.answer}"
    if letter.answer_by is None:
        return "还没有答复"
    late = f"，{Reply.OVERDUE}" if letter.is_overdue(on) else ""
    return f"要求 {day_text(letter.answer_by)}以前答复{late}"


def _in_what_way(way: str | None) -> str:
    return f"（{way}）" if way else ""


def _round(count: int, past: Round) -> Entry:
    closed = past.events.closed_on
    words = [
        f"{long_day_text(closed)}办结{_in_what_way(past.closing)}" if closed else "没有办结",
        f"{long_day_text(past.finished_on)}结案{_in_what_way(past.finish)}"
        if past.finished_on
        else "",
        f"协议 {money_text(past.promise.agreed_fen)}，到账 {money_text(past.promise.received_fen)}"
        if past.promise.agreed_fen
        else "",
        past.results,
        f"回访{past.satisfaction}" if past.satisfaction else "",
    ]
    return Entry(
        head=f"第 {count} 轮 · {long_day_text(past.received)}接收",
        text="；".join(filter(None, words)),
        role="quiet",
    )
