"""What happened to a case, as entries to read: the log, the money, the letters, earlier rounds."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from hotline_desk.domain.contacts import Fact, Way
from hotline_desk.domain.letters import Reply
from hotline_desk.domain.payments import known_payments, money_faults
from hotline_desk.domain.times import STUDIO_ZONE, day_text, long_day_text, money_text
from hotline_desk.ui.case_words import lapse_words
from hotline_desk.ui.entries import Entry
from hotline_desk.ui.letter_deeds import letter_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from hotline_desk.domain.cases import Case, Round
    from hotline_desk.domain.clock_events import ClockEvents
    from hotline_desk.domain.contacts import Contact
    from hotline_desk.domain.lapses import Lapse
    from hotline_desk.domain.letters import Letter
    from hotline_desk.workflows.case_merging import Duplicate
    from hotline_desk.workflows.lapses import ProposedDay

    Noted = tuple[datetime, Entry]


def log(case: Case) -> tuple[Entry, ...]:
    """Return the contact log with what was done beside it, the newest first."""
    noted = [*_contacts(case.events), *_steps(case.events), *_actions(case)]
    ordered = sorted(noted, key=lambda each: each[0], reverse=True)
    return tuple(entry for _, entry in ordered)


def money(case: Case) -> tuple[Entry, ...]:
    """Return what came when, and what does not add up."""
    faults = [Entry(head="", text=fault, role="warning") for fault in money_faults(case)]
    payments = [
        Entry(
            head="日期未记" if each.on is None else long_day_text(each.on),
            text=" · ".join(filter(None, (f"到账 {money_text(each.fen)}", each.party))),
        )
        for each in known_payments(case)
    ]
    return (*faults, *reversed(payments))


def letters_sent(letters: Iterable[Letter], on: date) -> tuple[Entry, ...]:
    """Return the letters, the newest first, with what was answered or by when it should be."""
    return tuple(
        Entry(
            head=f"{day_text(letter.sent_on)} · {letter_name(letter)} · {letter.recipient}",
            text="\n".join(filter(None, (letter.subject, _answer(letter, on)))),
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
        Entry(
            head=f"时效中断：{long_day_text(stop.on)} {stop.event}"
            + (f"（{stop.evidence}）" if stop.evidence else "")
        )
        for stop in case.interruptions
    ]
    known = {day.event for day in case.days}
    offered = [
        Entry(head=f"建议：{day.event} {day.on.isoformat()}", text=day.words, role="quiet")
        for day in proposed
        if day.event not in known
    ]
    return (*found, *days, *stops, *offered)


def earlier(rounds: Iterable[Round]) -> tuple[Entry, ...]:
    """Return the rounds before 重办, the last first."""
    return tuple(_round(each) for each in reversed(tuple(rounds)))


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


def _contacts(events: ClockEvents) -> Iterator[Noted]:
    for contact in events.contacts:
        facts = "、".join(fact for fact in Fact if fact in contact.facts)
        head = f"{contact.at:%m-%d %H:%M} · {contact.way} · {_outcome(contact)}"
        noted = f"已记：{facts}" if facts else ""
        yield contact.at, Entry(head=head, text="\n".join(filter(None, (contact.words, noted))))


def _outcome(contact: Contact) -> str:
    if contact.way is Way.TEXT:
        return "回了信" if contact.reached else "没有回信"
    if contact.way.with_worker:
        return "说上了话" if contact.reached else "没联系上"
    return "进行了" if contact.reached else "没有进行"


def _steps(events: ClockEvents) -> Iterator[Noted]:
    for grading in events.gradings:
        approved = f"{grading.approver}批准" if grading.approver else ""
        why = "，".join(filter(None, (str(grading.reason or ""), approved)))
        yield _on(grading.on, f"定为{grading.grade}", why)
    if events.plan is not None:
        yield _on(events.plan.on, "定方案", "、".join(sorted(events.plan.parts)))
    for pause in events.pauses:
        yield _on(pause.first, "暂停计时", pause.reason)
        if pause.resumed is not None:
            yield _on(pause.resumed, "恢复计时", "")
    if events.extension is not None:
        longer = events.extension
        words = f"{longer.days} 个工作日，{longer.reason}，{longer.approver}批准"
        yield _on(longer.asked_on, "延期", words)
    if events.closing is not None:
        told = events.closing.told_on
        yield _on(
            events.closing.on, "办结", f"{day_text(told)}告知职工" if told else "还没有告知职工"
        )


def _actions(case: Case) -> Iterator[Noted]:
    for action in case.actions:
        yield _on(action.on, action.kind, action.words)
    if case.called_back_on is not None:
        yield _on(case.called_back_on, "回访", str(case.satisfaction or ""))


def _on(day: date, what: str, words: str) -> Noted:
    at = datetime.combine(day, time(23, 59), tzinfo=STUDIO_ZONE)
    return at, Entry(head=f"{day:%m-%d} · {what}", text=words)


def _answer(letter: Letter, on: date) -> str:
    if letter.answered_on is not None:
        return f"{day_text(letter.answered_on)}答复：{letter.answer}"
    if letter.answer_by is None:
        return "还没有答复"
    late = f"，{Reply.OVERDUE}" if letter.is_overdue(on) else ""
    return f"要求 {day_text(letter.answer_by)}以前答复{late}"


def _round(past: Round) -> Entry:
    closed = past.events.closed_on
    words = [
        f"{long_day_text(closed)}办结（{past.closing}）" if closed else "没有办结",
        f"{long_day_text(past.finished_on)}结案（{past.finish}）" if past.finished_on else "",
        f"协议 {money_text(past.promise.agreed_fen)}，到账 {money_text(past.promise.received_fen)}"
        if past.promise.agreed_fen
        else "",
        past.results,
        f"回访{past.satisfaction}" if past.satisfaction else "",
    ]
    return Entry(
        head=f"{long_day_text(past.received)}接收",
        text="；".join(filter(None, words)),
        role="quiet",
    )
