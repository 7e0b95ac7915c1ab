"""Tell the rows and cases of the ledger, many in a line each or one with all that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.casework.cases import CaseQuery
from hotline_desk.domain.casework.deadlines import left_text, read_clock
from hotline_desk.domain.casework.parties import representatives_wanted
from hotline_desk.domain.casework.payments import known_payments
from hotline_desk.domain.masked import masked_case, masked_letter, masked_question
from hotline_desk.domain.numbers import is_of_case
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.times import (
    STUDIO_ZONE,
    day_text,
    money_text,
    received_iso,
    received_text,
    studio_now,
)
from hotline_desk.errors import PeriodReversed
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.workflows import letters
from hotline_desk.workflows.accesses import note_access, reason_of, who_is_it
from hotline_desk.workflows.case_registers import action_lines, letter_line, letter_lines
from hotline_desk.workflows.cases import case_numbered, persons_beside, questions_of
from hotline_desk.workflows.limits import read_calendar, read_limits
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case, Round
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.questions import Question
    from hotline_desk.settings import Settings

_MANY = 500


def list_rows(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for each question of the ledger, each case, action or paper.

    As for search, what stands in a row is printed as it stands, for the desk's own eyes; who
    called is not told.

    Raises:
        LedgerError: the ledger cannot be opened or read.
        PeriodReversed: the period ends before it begins.
        WorkspaceNotFound: the place is no workspace.
    """
    if args.since and args.until and args.since > args.until:
        raise PeriodReversed(args.since, args.until)
    chosen = {
        "words": " ".join(args.words),
        "since": args.since,
        "until": args.until,
        "limit": args.limit or _MANY,
    }
    with Ledger.open(existing(args.workspace).ledger) as ledger:
        if args.actions or args.letters:
            lines = (action_lines if args.actions else letter_lines)(ledger, args.since, args.until)
        elif args.cases or args.open:
            found = ledger.cases(CaseQuery(open_only=args.open, **chosen))
            lines = (Line(_case_words(case), _case_facts(case)) for case in found)
        else:
            rows = ledger.questions(QuestionQuery(episode=args.episode, **chosen))
            lines = (_question_line(row, ledger.case_of(row.id)) for row in rows)
        told = 0
        for line in lines:
            yield line
            told += 1
    if told == chosen["limit"] and not (args.actions or args.letters):
        yield Line(f"只列出前 {told} 行，加 --limit 列出更多。", {}, aside=True)
    if not told and not args.json:
        yield Line("没有符合的行。", {})


def show_row(args: argparse.Namespace) -> Iterator[Line]:
    """Yield all of the question or the case with the number ``args.number``.

    Masked, unless ``args.internal`` asks for all of it as it was: that is noted.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        CaseNotFound: no case has this number.
        InternalWithoutReason: nobody says why it is not to be masked.
        LedgerError: the ledger cannot be opened or read.
        QuestionNotFound: no question has this number.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    settings, why = office.load(workspace.settings), reason_of(args)
    with Ledger.open(workspace.ledger) as ledger:
        if not is_of_case(args.number):
            question = ledger.question_numbered(args.number)
            case = ledger.case_of(question.id)
            if args.internal:
                _note(ledger, question.number, settings, why)
            else:
                question = masked_question(question, persons_beside(ledger, question.id))
            yield _shown_question(question, case)
            return
        case = case_numbered(ledger, args.number)
        questions, papers = questions_of(ledger, case), letters.of_case(ledger, case.id)
        if args.internal:
            _note(ledger, case.number, settings, why)
        else:
            papers = [masked_letter(each, case, questions) for each in papers]
            case = masked_case(case, questions)
        clock = read_clock(
            case.events,
            studio_now().date(),
            calendar=read_calendar(workspace),
            limits=read_limits(settings),
        )
        yield _shown_case(case, questions, clock, papers)


def _note(ledger: Ledger, number: str, settings: Settings, why: str) -> None:
    note_access(ledger, f"查看 {number} 的全文", who=who_is_it(settings), why=why)


def _question_line(question: Question, case: Case | None) -> Line:
    return Line(_question_words(question, case), _question_facts(question, case))


def _question_words(question: Question, case: Case | None) -> str:
    about = [
        f"{question.number} {day_text(question.at.astimezone(STUDIO_ZONE).date())}",
        question.category.value,
        question.kind.value,
        question.point,
        question.employer or question.caller.employer,
        case.number if case else question.handling.value,
    ]
    return "  ".join(part for part in about if part)


def _question_facts(question: Question, case: Case | None) -> dict[str, object]:
    return {
        "number": question.number,
        "received": received_iso(question.at),
        "episode": question.episode,
        "channel": question.channel.value,
        "category": question.category.value,
        "kind": question.kind.value,
        "point": question.point,
        "employer": question.employer or question.caller.employer,
        "people": question.people,
        "amount_fen": question.amount_fen,
        "handling": question.handling.value,
        "case": case.number if case else None,
    }


def _case_words(case: Case) -> str:
    about = [
        f"{case.number} {day_text(case.received)}",
        case.course.value,
        case.matter,
        case.employer,
        f"{case.headcount} 人",
        money_text(case.claimed_fen) if case.claimed_fen else "",
        f"承办 {case.owner}" if case.owner else "还没有承办人",
    ]
    return "  ".join(part for part in about if part)


def _case_facts(case: Case) -> dict[str, object]:
    return {
        "number": case.number,
        "received": case.received.isoformat(),
        "course": case.course.value,
        "matter": case.matter,
        "employer": case.employer,
        "people": case.headcount,
        "claimed_fen": case.claimed_fen,
        "agreed_fen": case.promise.agreed_fen,
        "received_fen": case.promise.received_fen,
        "route": case.route.value if case.route else None,
        "owner": case.owner,
        "closed": case.events.closed_on.isoformat() if case.events.closed_on else None,
        "finished": case.finished_on.isoformat() if case.finished_on else None,
    }


def _shown_question(question: Question, case: Case | None) -> Line:
    caller = question.caller
    more = {
        "caller": caller.spoken_name,
        "text": question.text,
        "answer": question.answer,
        "articles": question.articles,
        "answered_by": question.answered_by,
        "confirmed": question.confirmed,
        "external_number": question.external_number,
        "unit": question.unit,
        "notes": question.notes,
    }
    told = {
        "来电人": caller.spoken_name,
        "原话": question.text,
        "解答": question.answer,
        "法律依据": question.articles,
        "解答人": question.answered_by,
        "外部工单号": question.external_number,
        "备注": question.notes,
    }
    lines = [f"  {name}：{text}" for name, text in told.items() if text]
    words = "\n".join([_question_words(question, case), *lines])
    return Line(words, _question_facts(question, case) | more)


def _shown_case(case: Case, questions: list[Question], clock: Clock, papers: list[Letter]) -> Line:
    steps = [
        {"stage": step.step.value, "due": step.due.isoformat(), "estimated": step.estimated,
         "done": step.done.isoformat() if step.done else None, "working_days_left": step.left,
         "card": step.card.value}
        for step in clock.steps
    ]  # fmt: skip
    payments = [
        {"on": paid.on.isoformat() if paid.on else None, "fen": paid.fen}
        for paid in known_payments(case)
    ]
    contacts = [
        {"at": each.at.isoformat(timespec="minutes"), "way": each.way.value,
         "reached": each.reached, "words": each.words}
        for each in case.events.contacts
    ]  # fmt: skip
    actions = [
        {"on": each.on.isoformat(), "kind": each.kind.value, "words": each.told}
        for each in case.actions
    ]
    facts = _case_facts(case) | {
        "external_number": case.external_number,
        "questions": [question.number for question in questions],
        "steps": steps,
        "contacts": contacts,
        "payments": payments,
        "actions": actions,
        "letters": [letter_line(each, case.number).facts for each in papers],
        **_outcome(case),
        "closing_way": case.closing.value if case.closing else None,
        "finish_way": case.finish.value if case.finish else None,
        "helpers": case.helpers,
        "rounds_before": len(case.earlier),
        "merged": case.merged_into is not None,
        "notes": case.notes,
    }
    told = [*_told_of(case, questions, clock), *_told_outcome(case)]
    told += [f"  函件：{letter_line(each, None).words}" for each in papers]
    told += [f"  备注：{case.notes}"] if case.notes else []
    return Line("\n".join([_case_words(case), *told]), facts)


def _outcome(case: Case | Round) -> dict[str, object]:
    """Return what a case, or one of its rounds before, has come to."""
    promise = case.promise
    return {
        "told": _iso(case.events.closing.told_on) if case.events.closing else None,
        "agreed_on": _iso(promise.agreed_on),
        "pay_by": _iso(promise.pay_by),
        "basis": case.basis,
        "results": case.results,
        "called_back": _iso(case.called_back_on),
        "satisfaction": case.satisfaction.value if case.satisfaction else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _told_outcome(case: Case) -> Iterator[str]:
    for place, before in enumerate(case.earlier, 1):
        yield from (f"  第 {place} 轮{line}" for line in _told_round(before))
    for each in case.interruptions:
        yield f"  时效中断：{day_text(each.on)} {each.event}  {each.evidence}".rstrip()
    if case.route or case.helpers:
        helped = f"  协办 {case.helpers}" if case.helpers else ""
        yield f"  分流方式：{case.route or '还没有'}{helped}"
    yield from (f"  {line}" for line in _told_round(case))


def _told_round(case: Case | Round) -> Iterator[str]:
    promise, closing = case.promise, case.events.closing
    if promise.is_said:
        yield f"协议或裁决金额：{money_text(promise.agreed_fen)}{_on(promise.agreed_on)}"
    if promise.pay_by:
        yield f"约定付款日：{day_text(promise.pay_by)}"
    if case.basis:
        yield f"依据：{case.basis}"
    if closing is not None:
        way = f"  {case.closing}" if case.closing else ""
        told = f"，{day_text(closing.told_on)}告知职工" if closing.told_on else ""
        yield f"办结：{day_text(closing.on)}{way}{told}"
    if case.called_back_on or case.satisfaction:
        yield f"回访：{case.satisfaction or '没有评价'}{_on(case.called_back_on)}"
    if case.finish is not None:
        yield f"结案：{case.finish}{_on(case.finished_on)}"
    if case.results:
        yield f"其他成效：{case.results}"


def _on(day: date | None) -> str:
    return f"  {day_text(day)}" if day else ""


def _told_of(case: Case, questions: list[Question], clock: Clock) -> Iterator[str]:
    if case.external_number:
        yield f"  外部工单号：{case.external_number}"
    yield f"  问题：{'、'.join(question.number for question in questions)}"
    for step in clock.steps:
        state = f"{day_text(step.done)}完成" if step.done else left_text(step.left)
        yield f"  {step.step}：{day_text(step.due)}，{state}" + (f"  {step.card}" * bool(step.card))
    for party in case.parties:
        claimed = money_text(party.claimed_fen) if party.claimed_fen is not None else ""
        yield f"  当事人：{party.told}  {claimed}".rstrip()
    if wanted := representatives_wanted(case):
        yield f"  {wanted}"
    for contact in case.events.contacts:
        reached = "" if contact.reached else "（没有联系上）"
        yield f"  {received_text(contact.at)} {contact.way}{reached}：{contact.words}".rstrip("：")
    for paid in known_payments(case):
        yield f"  到账：{day_text(paid.on) if paid.on else '日期不详'}  {money_text(paid.fen)}"
    for action in case.actions:
        yield f"  {day_text(action.on)} {action.kind}：{action.told}"
