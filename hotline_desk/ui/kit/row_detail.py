"""What stands behind a row of the ledger: its question, call, recording and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.claims import call_span
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.times import TwoClocks, two_clocks
from hotline_desk.errors import TakeNotFound
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.history import HistoryEntry
    from hotline_desk.domain.questions import Question, Span
    from hotline_desk.ledger.ledger import Ledger

_NEWEST_LINES = 60


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done; the values stay in the ledger."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class RowDetail:
    """What stands behind one row."""

    question: Question
    call: Call | None
    history: tuple[HistoryLine, ...]
    """Of the question, its call and its case in one stream, the newest first."""
    whole_call: Span | None
    """Where the call is heard, from its pre-roll on, in the question's take."""
    clocks: tuple[TwoClocks | None, TwoClocks | None, TwoClocks | None]
    """When question, answer and whole call begin, where their take is known."""
    points: tuple[str, ...]
    """The names of the service points that are at work, each a 填报单位."""


def read_detail(question_id: int, root: Path, pre_roll: float, ledger: Ledger) -> RowDetail:
    """Return what stands behind a question.

    Args:
        question_id: whose row it is.
        root: the workspace's folder.
        pre_roll: how many seconds before its key a call is heard.
        ledger: what knows it.

    Raises:
        QuestionNotFound: it was taken back meanwhile.
    """
    question = ledger.question(question_id)
    call = ledger.call(question.call_id) if question.call_id is not None else None
    heard_here = call is not None and call.take == question.take
    whole_call = call_span(call, pre_roll=pre_roll) if call and heard_here else None
    lines = sorted(_lines(question, ledger), key=lambda line: line.at, reverse=True)
    return RowDetail(
        question,
        call,
        tuple(lines[:_NEWEST_LINES]),
        whole_call,
        _clocks(root, question, whole_call),
        tuple(point.name for point in ledger.kept(ServicePoint) if point.active),
    )


def _lines(question: Question, ledger: Ledger) -> Iterator[HistoryLine]:
    case = ledger.case_of(question.id)
    for words, table, row_id in (
        ("问题", "questions", question.id),
        ("通话", "calls", question.call_id),
        ("案件", "cases", None if case is None else case.id),
    ):
        if row_id is not None:
            for entry in ledger.history(table, row_id):
                yield HistoryLine(entry.at, entry.by, f"{words} · {_done_words(entry)}")


def _done_words(entry: HistoryEntry) -> str:
    from hotline_desk.ledger.words import FIELD_WORDS  # noqa: PLC0415  loads behind the window

    if not entry.field:
        return "登记"
    what = FIELD_WORDS.get(entry.field, "其他内容")
    return f"撤销 {what}" if entry.undoes else f"修改 {what}"


def _clocks(
    root: Path, question: Question, whole_call: Span | None
) -> tuple[TwoClocks | None, TwoClocks | None, TwoClocks | None]:
    try:
        take = Take(root / question.take)
    except TakeNotFound:  # its folder is gone, or there was none
        return None, None, None
    return _begun(take, question.asked), _begun(take, question.answered), _begun(take, whole_call)


def _begun(take: Take, span: Span | None) -> TwoClocks | None:
    if span is None:
        return None
    return two_clocks(take.started_at, span.start, delay_seconds=take.delay_seconds)
