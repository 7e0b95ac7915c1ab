"""Write into the ledger without the window: begin one, add a row, move a case along."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from hotline_desk import settings as office
from hotline_desk.domain.amounts import NotAnAmount, typed_fen
from hotline_desk.domain.calls import Caller, CallState, Channel, NewCall
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.errors import WordMissing, WordNotUnderstood
from hotline_desk.ledger import Ledger
from hotline_desk.output import Line
from hotline_desk.workflows import case_clock, case_course, cases
from hotline_desk.workflows.accesses import who_is_it
from hotline_desk.workflows.cases import case_numbered
from hotline_desk.workflows.workspace import existing, prepare

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from hotline_desk.domain.casework.cases import Case

_W = TypeVar("_W", bound=StrEnum)
_CLOSED = "办结"


def init(args: argparse.Namespace) -> Iterator[Line]:
    """Make the workspace and its ledger, or bring them up to date.

    Raises:
        LedgerError: the ledger cannot be made.
        WorkspaceError: the folders cannot be made.
    """
    workspace = prepare(args.workspace)
    Ledger.open(workspace.ledger).close()
    yield Line(f"台账在 {workspace.ledger}", {"ledger": str(workspace.ledger)})


def add_row(args: argparse.Namespace) -> Iterator[Line]:
    """Add a question with the Point ``args.point``, and open a case for it with ``args.case``.

    Raises:
        EpisodeNotFound: its episode is not in the ledger.
        LedgerError: the ledger cannot be opened or written.
        WordNotUnderstood: category, kind, channel or amount is none, or ``args.on`` has not come.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    by = who_is_it(office.load(workspace.settings))
    new = NewQuestion(
        episode=args.episode,
        channel=_word(args.channel, Channel) or Channel.HOTLINE,
        category=_word(args.category, Category) or Category.PENDING,
        kind=_word(args.kind, Kind) or Kind.ADVICE,
        point=args.point.strip(),
        employer=args.employer.strip(),
        people=args.people,
        amount_fen=_fen(args.amount),
        external_number=args.external_number.strip(),
        at=_received(args.on),
        recorded_by=by,
    )
    with Ledger.open(workspace.ledger) as ledger, ledger.together():
        call_id = _call(ledger, args, new, by) if args.name or args.phone else None
        question = ledger.add_question(replace(new, call_id=call_id), by=by)
        case = cases.open_case(ledger, [question.id], by=by) if args.case else None
    opened = f"，已立案 {case.number}" if case else ""
    yield Line(
        f"已登记 {question.number}{opened}",
        {"number": question.number, "case": case.number if case else None},
    )


def move(args: argparse.Namespace) -> Iterator[Line]:
    """Move the case ``args.number`` to ``args.to``, a step of its course or 办结.

    Raises:
        CaseNotFound: no case has this number.
        ClockRefused: the time limits forbid it.
        CourseRefused: its course forbids it.
        LedgerError: the ledger cannot be opened or written.
        WordMissing: the step needs a way of ending.
        WordNotUnderstood: the step, or the way of ending, is none, or ``args.on`` has not come.
        WorkspaceNotFound: the place is no workspace.
    """
    workspace = existing(args.workspace)
    by = who_is_it(office.load(workspace.settings))
    with Ledger.open(workspace.ledger) as ledger:
        case = case_numbered(ledger, args.number)
        moved = _moved(ledger, case, args, by)
    yield Line(
        f"{moved.number} 进程：{moved.course}" + (f"，{moved.closing}" if moved.closing else ""),
        {"number": moved.number, "course": moved.course.value,
         "closing": moved.closing.value if moved.closing else None},
    )  # fmt: skip


def _moved(ledger: Ledger, case: Case, args: argparse.Namespace, by: str) -> Case:
    on = _come(args.on, studio_now().date())
    if args.to == _CLOSED:
        way = _needed(args.way, ClosingWay)
        return case_clock.close(ledger, case.id, Closing(on=on, told_on=on), way, by=by)
    if args.to == Course.FINISHED:
        end = _needed(args.way, Finish)
        return case_course.finish(ledger, case.id, end, on=on, why=args.why, by=by)
    allowed = (*Course, _CLOSED)
    if args.to not in allowed:
        raise WordNotUnderstood(args.to, "、".join(allowed))
    return case_course.advance(ledger, case.id, Course(args.to), on=on, by=by)


def _call(ledger: Ledger, args: argparse.Namespace, new: NewQuestion, by: str) -> int:
    """File who asked, as a call that is over, and return its id."""
    caller = Caller(name=args.name.strip(), phone=args.phone.strip(), employer=new.employer)
    call = ledger.add_call(
        NewCall(
            episode=new.episode, channel=new.channel, caller=caller, point=new.point, at=new.at
        ),
        by=by,
    )
    return ledger.set_state(call.id, CallState.ENDED, at=new.at, by=by).id


def _received(on: date | None) -> datetime:
    """Return now, or the day alone where it is another, as the import of old rows has it."""
    now = studio_now()
    day = _come(on, now.date())
    return now if day == now.date() else datetime.combine(day, time(), STUDIO_ZONE)


def _come(on: date | None, today: date) -> date:
    """Return *on*, today where none is given: what is noted has happened.

    Raises:
        WordNotUnderstood: the day has not come.
    """
    if on is not None and on > today:
        raise WordNotUnderstood(on.isoformat(), "今天和以前的日子")
    return on or today


def _fen(text: str) -> int | None:
    if not text:
        return None
    try:
        return typed_fen(text)
    except NotAnAmount as error:
        raise WordNotUnderstood(text, "金额，例如 3000 或 3.3万") from error


def _needed(text: str, kind: type[_W]) -> _W:
    found = _word(text, kind)
    if found is None:
        raise WordMissing("--way", "、".join(kind))
    return found


def _word(text: str, kind: type[_W]) -> _W | None:
    if not text:
        return None
    if text not in set(kind):
        raise WordNotUnderstood(text, "、".join(kind))
    return kind(text)
