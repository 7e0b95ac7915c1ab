"""Tell what is due today (今日待办)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import OPENING, CaseQuery
from hotline_desk.domain.casework.due import (
    Due,
    Stage,
    due,
    due_lapses,
    due_letters,
    due_questions,
    following,
    in_order,
)
from hotline_desk.domain.casework.letters import Letter
from hotline_desk.domain.categories import Category
from hotline_desk.domain.times import day_text, long_day_text, studio_now
from hotline_desk.errors import EpisodeNotFound
from hotline_desk.output import Line
from hotline_desk.workflows.assign import unweighed
from hotline_desk.workflows.lapses import lapses_of
from hotline_desk.workflows.rules import read_rules
from hotline_desk.workflows.workspace import existing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.rules import Rules

_OF_THE_PAST = (
    "{day}已经过去：期限算到那一天，进程、金额、类别和承办人按现在的台账，后来结案的不在里面。"
)


def tell_due(args: argparse.Namespace) -> Iterator[Line]:
    """Yield a line for everything that is due on the day ``args.on``, the most pressing first.

    With ``args.owner`` only what waits for that 承办人; for nobody where that is empty. Of a day
    that is past only the clocks are read as they stood then, which is said.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LapsesNotUnderstood: the office's list of 时效 is wrong.
        LedgerError: the ledger cannot be opened or read.
        WorkspaceNotFound: the place is no workspace.
    """
    from hotline_desk.ledger import Ledger  # noqa: PLC0415  the window is shown without

    on = args.on or studio_now().date()
    workspace = existing(args.workspace)
    with Ledger.open(workspace.ledger) as ledger:
        found = (brought_on if args.imported else due_on)(ledger, workspace, on)
        apart = 0 if args.imported else sum(count_on(ledger, on, brought=True))
    if args.owner is not None:
        found = [item for item in found if item.owner == args.owner.strip()]
    for item in found:
        yield Line(_words(item, on), _facts(item))
    if apart:
        yield Line(f"另有导入的旧案 {apart:,} 件，用 --imported 列出。", {"imported": apart})
    elif not found and not args.json:
        yield Line(f"{long_day_text(on)}：没有要办的。", {})
    if on < studio_now().date() and not args.json:
        yield Line(_OF_THE_PAST.format(day=long_day_text(on)), {})


def due_on(
    ledger: Ledger,
    workspace: Workspace,
    on: date,
    *,
    rules: Rules | None = None,
    most: int | None = None,
) -> list[Due]:
    """Return what is due on the day *on* by the office's calendar, limits and settings.

    Every open case that had been received by then is among them, but for those that another
    ledger had closed (办结) long before they came into this one: see `brought_on`.

    Args:
        ledger: what is read.
        workspace: whose ledger it is.
        on: a day of the studio's clock.
        rules: what days and limits are read by; the office's own when not given.
        most: of how many questions, and of how many finished cases, it is told; the newest.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LapsesNotUnderstood: the office's list of 时效 is wrong.
        LedgerError: the ledger cannot be read.
    """
    rules = rules or read_rules(workspace)
    calendar = rules.calendar
    cases = ledger.open_cases(on, brought=False)
    ended = ledger.unheard_cases(date.min, on, brought=False, limit=most)
    letters = [letter for letter in ledger.kept(Letter) if letter.waits]
    found = [
        *_of_cases([*cases, *ended], on, rules),
        *waiting_on(ledger, on, rules, most=most),
        *due_letters(letters, _of_letters(ledger, letters), on, calendar=calendar),
        *(
            Due(
                case=case,
                stage=Stage.CONFLICT,
                day=on,
                left=0,
                left_said="今天要核查",
                words=conflict.words,
            )
            for case, conflict in unweighed(ledger, cases)
        ),
    ]
    for case in cases:
        known = lapses_of(case, rules.lapses, on, calendar=calendar)
        found += due_lapses(case, known, on, calendar=calendar)
    return in_order([*found, *_followed(cases, found, on)])


def waiting_on(ledger: Ledger, on: date, rules: Rules, *, most: int | None = None) -> list[Due]:
    """Return the questions on which something is open on the day *on*, none of an hour on the air.

    Of the office's own the newest, as many as *most*.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    asked = ledger.waiting_questions(date.min, on, brought=False, limit=most)
    return _of_questions(ledger, _after_the_hour(ledger, asked, studio_now()), on, rules)


def brought_on(
    ledger: Ledger,
    workspace: Workspace,
    on: date,
    *,
    rules: Rules | None = None,
    most: int | None = None,
) -> list[Due]:
    """Return what still waits of what another ledger had long before it came into this one.

    By `domain.due.LONG_BEFORE_CASES`: the same stand here on any day, until they are done. That a
    sum was never written is said where the case is followed, and presses nobody.

    *rules*, *most* and errors as for `due_on`.
    """
    rules = rules or read_rules(workspace)
    asked = ledger.waiting_questions(date.min, on, brought=True, limit=most)
    cases = ledger.open_cases(on, brought=True, limit=most)
    ended = ledger.unheard_cases(date.min, on, brought=True, limit=most)
    of_cases = [row for row in _of_cases([*cases, *ended], on, rules) if row.stage is not Stage.SUM]
    found = [*of_cases, *_of_questions(ledger, asked, on, rules)]
    return in_order([*found, *_followed(cases, found, on)])


def count_on(ledger: Ledger, on: date, *, brought: bool) -> tuple[int, int, int]:
    """Return of how many questions, finished and open cases it is told in all, as far as *most*.

    Open cases of the office's own are always all told, and not counted here.

    Args:
        ledger: what is read.
        on: a day of the studio's clock.
        brought: whether `brought_on` tells of them, or `due_on`, with *most*, of the office's own.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    return (
        ledger.count_waiting(date.min, on, brought=brought),
        ledger.count_unheard(date.min, on, brought=brought),
        ledger.count_open(on, brought=True) if brought else 0,
    )


def _followed(cases: Sequence[Case], found: Sequence[Due], on: date) -> Iterator[Due]:
    """Yield a row for each open case that *found* has none for."""
    told = {item.case.id for item in found if item.case is not None}
    yield from (following(case, on) for case in cases if case.id not in told)


def _of_cases(cases: Sequence[Case], on: date, rules: Rules) -> list[Due]:
    return due(
        cases, on, calendar=rules.calendar, limits=rules.limits,
        call_back_days=rules.call_back_days,
    )  # fmt: skip


def _of_questions(ledger: Ledger, asked: Sequence[Question], on: date, rules: Rules) -> list[Due]:
    with_case = {  # the others would not wait if they had one
        each.id
        for each in asked
        if each.category is Category.PENDING
        and each.kind in OPENING
        and ledger.case_of(each.id) is not None
    }
    return due_questions(
        asked, on, calendar=rules.calendar, limits=rules.limits, with_case=with_case
    )


def _of_letters(ledger: Ledger, letters: Sequence[Letter]) -> list[Case]:
    """Return the cases of *letters*, without those whose opening was taken back."""
    ids = {letter.case_id for letter in letters if letter.case_id is not None}
    return ledger.cases(CaseQuery(ids=tuple(ids)))


def _after_the_hour(ledger: Ledger, questions: Sequence[Question], now: datetime) -> list[Question]:
    """Return the questions without those of a broadcast that is still going on."""
    on_air = set()
    for number in {question.episode for question in questions if question.episode is not None}:
        with suppress(EpisodeNotFound):  # its adding was taken back, the questions stand
            episode = ledger.episode(number)
            if episode.on == now.date() and f"{now:%H:%M}" < episode.ends:
                on_air.add(number)
    return [question for question in questions if question.episode not in on_air]


def _words(item: Due, on: date) -> str:
    estimated = "（暂估）" if item.estimated else ""
    by = f"{day_text(item.day, on)}{estimated}，" if item.has_limit else ""
    about = [
        f"{item.number} {item.stage}：{by}{item.left_words}",
        item.card,
        item.matter,
        item.employer,
        item.words,
        _owner_words(item),
    ]
    return "  ".join(part for part in about if part)


def _owner_words(item: Due) -> str:
    if item.owner:
        return f"承办 {item.owner}"
    unsaid = item.case is not None and (item.card or not item.words)
    return "还没有承办人" if unsaid else ""


def _facts(item: Due) -> dict[str, object]:
    return {
        "number": item.number,
        "stage": item.stage.value,
        "due": item.day.isoformat() if item.has_limit else None,
        "working_days_left": item.left if item.has_limit else None,
        "card": item.card.value,
    }
