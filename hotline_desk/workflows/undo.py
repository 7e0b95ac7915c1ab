"""Take back what was done last at a desk: the rows, and with them their marks on the take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallQuery, CallState
from hotline_desk.domain.marks import MarkKind
from hotline_desk.domain.progress import unwatched
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import NothingToUndo
from hotline_desk.take.marks import marks, undo_mark
from hotline_desk.workflows.desk_rows import questions_at_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.marks import Mark
    from hotline_desk.domain.questions import Question
    from hotline_desk.workflows.calls import CallDesk

_ALONE = {MarkKind.DUMP, MarkKind.NAMED}
"""Marks that no row stands beside."""
_NEWEST = 500
"""Rows of other days that may have marks on a take."""


def undo(desk: CallDesk, *, on_progress: Callable[[int, int], None] = unwatched) -> str:
    """Take back the newest change made at *desk*, with its marks; return what it was, in words.

    A 删延时 or 点名 that was set after it is taken back before it. Which mark is the newest their
    order tells; whether a change without a mark is newer still, the wall clock alone: where that
    was set meanwhile, one of the two may be taken back before the other.

    Args:
        desk: whose change.
        on_progress: told how many records of how many are laid back; what it raises leaves
            everything as it was.

    Raises:
        CaseChangedSince: it holds a deed on a case that others have gone on from.
        NothingToUndo: there is no such change.
        WorkspaceError: the marks cannot be written; nothing is changed.
    """
    newest = next(reversed(_marks(desk.take_folder)), None)
    alone = newest if newest and newest.kind in _ALONE else None
    with desk.ledger.together():
        before = _rows(desk)
        try:
            # history knows whole seconds; what was done in the mark's own came before it
            since = alone.wall + timedelta(seconds=1) if alone else None
            words = desk.ledger.undo(by=desk.by, since=since, on_progress=on_progress)
        except NothingToUndo:
            if alone is None or desk.take_folder is None:
                raise
            undo_mark(desk.take_folder, alone, wall=studio_now())
            return alone.kind.value
        for folder, mark in _lost(desk, before, _rows(desk)):
            undo_mark(folder, mark, wall=studio_now())
    desk.read_anew()
    return words


@dataclass(frozen=True, slots=True)
class _Rows:
    calls: Mapping[int, Call]
    questions: Mapping[str, Question]


def _rows(desk: CallDesk) -> _Rows:
    """Return what the change may be of: the desk's rows, and the newest of other days."""
    questions = [
        *desk.ledger.questions(QuestionQuery(limit=_NEWEST)),
        *questions_at_desk(desk.ledger, desk.episode, studio_now()),
    ]
    calls = [*desk.ledger.calls(CallQuery(limit=_NEWEST)), *desk.calls()]
    return _Rows(
        {call.id: call for call in calls},
        {question.number: question for question in questions},
    )


def _marks(folder: Path | None) -> list[Mark]:
    return [] if folder is None else marks(folder)


def _lost(desk: CallDesk, before: _Rows, after: _Rows) -> list[tuple[Path, Mark]]:
    """Return the marks whose rows do not bear them out any more, and the takes they are on."""
    takes: set[str] = {desk.take_name}
    takes |= {call.take for call in before.calls.values() if call != after.calls.get(call.id)}
    takes |= {row.take for row in before.questions.values() if row.number not in after.questions}
    found = []
    for folder in [desk.workspace.root / name for name in sorted(takes - {""})]:
        standing = marks(folder)
        lost = [
            *_lost_of_calls(standing, before, after),
            *_lost_of_questions(standing, before, after),
        ]
        found += [(folder, mark) for mark in dict.fromkeys(lost)]
    return found


def _lost_of_calls(standing: Sequence[Mark], before: _Rows, after: _Rows) -> Iterator[Mark]:
    for call in before.calls.values():
        now = after.calls.get(call.id)
        if now == call:
            continue
        own = [mark for mark in standing if mark.call_id == call.id]
        if now is None:
            yield from own
            continue
        if call.state is CallState.ON_AIR and now.state is not CallState.ON_AIR:
            yield from _newest(own, MarkKind.AIR)
        if now.state.is_on_line is not call.state.is_on_line:
            yield from _newest(own, MarkKind.END if now.state.is_on_line else MarkKind.CALL)
        if call.consent.record is False and now.consent.record is not False:
            yield from (mark for mark in own if mark.kind is MarkKind.REFUSED)


def _lost_of_questions(standing: Sequence[Mark], before: _Rows, after: _Rows) -> Iterator[Mark]:
    for question in before.questions.values():
        now = after.questions.get(question.number)
        own = [mark for mark in standing if mark.question == question.number]
        if now is None:
            yield from own
        elif question.answered is not None and now.answered is None:
            yield from _newest(own, MarkKind.ANSWER)


def _newest(own: Sequence[Mark], kind: MarkKind) -> list[Mark]:
    return [mark for mark in own if mark.kind is kind][-1:]
