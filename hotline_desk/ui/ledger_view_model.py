"""The ledger page: which rows are wanted, and the history of the one at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk.domain.claims import call_span
from hotline_desk.domain.episodes import episode_at_hand
from hotline_desk.domain.questions import Question, QuestionQuery, Span
from hotline_desk.domain.times import TwoClocks, studio_now, two_clocks
from hotline_desk.errors import HotlineDeskError, TakeNotFound
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.history import HistoryEntry
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.office import Office

_TYPING_MILLISECONDS = 150


class SavedView(Enum):
    """Which rows one usually wants."""

    DUE = "今日待办"
    EPISODE = "本期"
    TODAY = "今日"
    ALL = "全部"


@dataclass(frozen=True, slots=True)
class RowDetail:
    """What stands behind one row."""

    question: Question
    call: Call | None
    history: tuple[HistoryEntry, ...]
    whole_call: Span | None
    """Where the call is heard, from its pre-roll on, in the question's take."""
    clocks: tuple[TwoClocks | None, TwoClocks | None, TwoClocks | None]
    """When question, answer and whole call begin, where their take is known."""


class LedgerViewModel(QObject):
    """State of the ledger page."""

    rows_changed = Signal(tuple)
    """Questions (Question), as asked for."""
    detail_changed = Signal(RowDetail)
    failed = Signal(HotlineDeskError)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.view = SavedView.EPISODE
        self.words = ""
        self.read = False
        """Whether any rows were read yet."""
        self.rows: tuple[Question, ...] = ()
        self._chosen: int | None = None
        self._typing = QTimer(self, interval=_TYPING_MILLISECONDS, singleShot=True)
        self._typing.timeout.connect(self.refresh)
        office.opened.connect(self.refresh)
        office.rows_changed.connect(self.refresh)

    @property
    def limit(self) -> int:
        """How many rows are shown at most."""
        return QuestionQuery().limit

    def choose_view(self, view: SavedView) -> None:
        """Show the rows of *view*."""
        self.view = view
        self.refresh()

    @Slot(str)
    def filter(self, words: str) -> None:
        """Show rows with *words* only, once the typing pauses."""
        self.words = words.strip()
        self._typing.start()

    @Slot()
    def refresh(self) -> None:
        """Read the rows again."""
        if self._chosen is not None:
            self._read_detail(self._chosen)
        if self.view is SavedView.DUE:  # these are cases, and a view model of their own has them
            return
        today = studio_now().date()
        query = QuestionQuery(words=self.words)
        if self.view is SavedView.TODAY:
            query = replace(query, since=today, until=today)
        newest = self.view is SavedView.EPISODE
        self._office.ask(
            partial(_rows, query, newest=newest),
            owner=self,
            then=self._show,
            on_error=self.failed.emit,
        )

    def choose(self, question_id: int | None) -> None:
        """Show what stands behind the question with this id."""
        self._chosen = question_id
        if question_id is not None:
            self._read_detail(question_id)

    def _read_detail(self, question_id: int) -> None:
        self._office.ask(
            partial(
                _detail,
                question_id,
                self._office.workspace.root,
                self._office.settings.pre_roll_seconds,
            ),
            owner=self,
            then=self.detail_changed.emit,
            on_error=self._gone,
        )

    def _gone(self, _error: HotlineDeskError) -> None:
        self._chosen = None

    def _show(self, rows: tuple[Question, ...]) -> None:
        self.read = True
        self.rows = rows
        self.rows_changed.emit(rows)


def _rows(query: QuestionQuery, ledger: Ledger, *, newest: bool) -> tuple[Question, ...]:
    if newest:
        episode = episode_at_hand(ledger.episodes(), studio_now().date())
        if episode is None:
            return ()
        query = replace(query, episode=episode.number)
    return tuple(ledger.questions(query))


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


def _detail(question_id: int, root: Path, pre_roll: float, ledger: Ledger) -> RowDetail:
    question = ledger.question(question_id)
    call = ledger.call(question.call_id) if question.call_id is not None else None
    heard_here = call is not None and call.take == question.take
    whole_call = call_span(call, pre_roll=pre_roll) if call and heard_here else None
    return RowDetail(
        question,
        call,
        tuple(ledger.history("questions", question_id)),
        whole_call,
        _clocks(root, question, whole_call),
    )
