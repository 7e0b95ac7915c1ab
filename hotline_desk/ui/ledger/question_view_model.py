"""The question being written: what stands in the ledger, what was typed, what is proposed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.domain.proposals import Proposals
from hotline_desk.domain.questions import Question
from hotline_desk.ui.kit.field_text import NotUnderstood, as_text, from_text
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.ui.live.arrivals import is_new
from hotline_desk.workflows import questions
from hotline_desk.workflows.proposals import point_on_card, unfilled

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.hour import Hour
    from hotline_desk.ui.live.live_view_model import LiveViewModel


class QuestionViewModel(ViewModel):
    """State of the question at hand; what is typed stays until it is saved."""

    shown = Signal()
    """Another question is at hand, or its contents have changed."""
    saved = Signal(Question)
    proposed = Signal(object, Proposals)
    """The id of the call that the question at hand belongs to, and what its captions suggest."""

    def __init__(self, office: Office, live: LiveViewModel, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self._live = live
        self.question: Question | None = None
        self._drafts: dict[int, dict[str, Any]] = {}
        self._waiting: dict[int, Callable[[Question], None]] = {}
        """What was asked for of questions that are not in the ledger yet, by their ids here."""
        self._proposals: dict[str, Any] = {}
        self._declined: set[tuple[int, str]] = set()
        self._found = Proposals()
        """What the captions suggest."""
        self._known: tuple[str, ...] = ()
        """What the proposals were made of."""
        live.question_filed.connect(self._take_on)

    @property
    def unsaved(self) -> bool:
        """Whether something typed in the question at hand waits to be saved."""
        return self.question is not None and bool(self._drafts.get(self.question.id))

    @property
    def unsaved_ids(self) -> frozenset[int]:
        """The ids of all questions with something unsaved."""
        return frozenset(key for key, draft in self._drafts.items() if draft)

    @property
    def confirmed(self) -> bool:
        """Whether the lawyer has confirmed the answer as it stands here."""
        question = self.question
        return question is not None and questions.stays_confirmed(
            question, self._drafts.get(question.id, {})
        )

    def text(self, field: str) -> str:
        """Return what stands in *field*: what was typed, else what is in the ledger."""
        if self.question is None:
            return ""
        draft = self._drafts.get(self.question.id, {})
        value = draft[field] if field in draft else getattr(self.question, field)
        return as_text(field, value)

    def proposal(self, field: str) -> str:
        """Return what the machine proposes for *field* while nothing stands in it."""
        if self.question is None or self.text(field):
            return ""
        if (self.question.id, field) in self._declined:
            return ""
        return as_text(field, self._proposals.get(field))

    def show(self, question: Question | None) -> None:
        """Put *question* at hand; what was typed in the one before is kept."""
        self.question = question
        self._proposals, self._found, self._known = {}, Proposals(), ()
        self._propose()
        self.shown.emit()

    @Slot(object)
    def follow(self, hour: Hour) -> None:
        """Take over what the ledger has now: captions grow while somebody speaks."""
        if self.question is None or is_new(self.question):
            return
        fresh = next((q for q in hour.questions if q.id == self.question.id), None)
        if fresh == self.question:
            self._propose()
            return
        if fresh is None:
            self.show(None)
            return
        self.question = fresh
        self._propose()
        self.shown.emit()

    def write(self, field: str, text: str) -> bool:
        """Take *text* for *field*; return False and say why where it is not understood."""
        if self.question is None or text == self.text(field):
            return True
        try:
            value = from_text(field, text)
        except NotUnderstood:
            self.warned.emit(
                self.tr("金额请写成数字，例如 33000 或 3.3万。")
                if field == "amount_fen"
                else self.tr("人数请写成数字，例如 11。")
            )
            return False
        draft = self._drafts.setdefault(self.question.id, {})
        if value == getattr(self.question, field):
            draft.pop(field, None)
        else:
            draft[field] = value
        self.shown.emit()
        return True

    def accept(self, field: str) -> bool:
        """Take the proposal for *field*; return whether there was one."""
        proposed = self.proposal(field)
        if proposed and self.question is not None:
            self._drafts.setdefault(self.question.id, {})[field] = self._proposals[field]
            self.shown.emit()
        return bool(proposed)

    def decline(self, field: str) -> bool:
        """Put the proposal for *field* away; return whether there was one."""
        if self.question is None or not self.proposal(field):
            return False
        self._declined.add((self.question.id, field))
        self.shown.emit()
        return True

    def save(self) -> None:
        """Write what was typed or accepted into the ledger."""
        question = self.question
        if question is None:
            self.warned.emit(self.tr("没有正在写的问题，先按 F7 标问题。"))
        elif is_new(question):
            self._file_before(question, self._save)
        else:
            self._save(question)

    def _file_before(self, question: Question, then: Callable[[Question], None]) -> None:
        """Do *then* once a new question is in the ledger; put it there where that has failed."""
        self._waiting[question.id] = then
        self._live.file_question(question.id)

    @Slot(int, object)
    def _take_on(self, shown: int, question: Question) -> None:
        """Let *question* be the one that was shown under the id *shown*; what is typed stays."""
        if draft := self._drafts.pop(shown, {}):
            self._drafts.setdefault(question.id, {}).update(draft)
        if self.question is not None and self.question.id == shown:
            self.question = question
            self._propose()
            self.shown.emit()
        if then := self._waiting.pop(shown, None):
            then(question)

    def _save(self, question: Question) -> None:
        if draft := self._drafts.get(question.id):
            written, by = dict(draft), self._office.by
            self._office.ask(
                lambda ledger: questions.amend(ledger, question.id, written, by=by),
                owner=self,
                then=partial(self._saved, written),
                on_error=self.failed.emit,
            )

    def confirm(self, question: Question | None) -> None:
        """Note that the lawyer has confirmed the answer to *question*, or no longer has.

        What was typed in it is saved with it: that is what the lawyer has read.
        """
        if question is None:
            self.warned.emit(self.tr("先选中一个问题，再按 Ctrl+T 确认它的解答。"))
            return
        if is_new(question) and self._drafts.get(question.id, {}).get("answer"):
            self._file_before(question, self.confirm)
            return
        draft = dict(self._drafts.get(question.id, {}))
        answer = draft.get("answer", question.answer)
        if not question.confirmed and not answer:
            self.warned.emit(self.tr("这个问题还没有解答，没有可以确认的。"))
        elif not question.confirmed and self._being_answered(question):
            self.warned.emit(self.tr("解答还在说。按 F6 结束通话，或按 F7 标下一个问题，再确认。"))
        else:
            self._office.ask(
                partial(
                    questions.turn_confirmation,
                    question_id=question.id,
                    written=draft,
                    lawyer=self._office.settings.lawyer,
                    by=self._office.by,
                ),
                owner=self,
                then=partial(self._turned, draft),
                on_error=self.failed.emit,
            )

    def _being_answered(self, question: Question) -> bool:
        """Whether captions may still come to the answer."""
        on_air = self._live.hour.on_air
        if question.answered is None or on_air is None or question.call_id != on_air.id:
            return False
        return question.answered.end is None and not question.answer_typed

    def _turned(self, draft: dict[str, Any], question: Question) -> None:
        self._saved(draft, question)
        words = (
            self.tr("{number} 的解答已确认，可以公开。")
            if question.confirmed
            else self.tr("已取消确认，{number} 的解答不公开。")
        )
        self.told.emit(words.format(number=question.number))

    def _saved(self, written: dict[str, Any], question: Question) -> None:
        draft = self._drafts.get(question.id, {})
        for field, value in written.items():
            if draft.get(field) == value:  # typed on since: that is still unsaved
                draft.pop(field, None)
        if self.question is not None and self.question.id == question.id:
            self.question = question
            self.shown.emit()
        self.saved.emit(question)
        self._office.rows_changed.emit()

    def _propose(self) -> None:
        """Offer what stands on the card at once, and what the captions suggest once it is known."""
        question = self.question
        if question is None:
            return
        hour = self._live.hour
        point = point_on_card(question, hour.call(question.call_id), hour.questions)
        known = (question.text, question.answer, question.caller.employer, point)
        if known == self._known or not any(known):
            return
        self._known = known
        self._offer(question, point)
        self._live.propose(question, point, partial(self._proposed, question.id))

    def _offer(self, question: Question, point: str) -> None:
        offered = replace(
            self._found,
            point=point or self._found.point,
            employer=question.caller.employer or self._found.employer,
        )
        self._proposals = unfilled(question, offered)
        self.shown.emit()

    def _proposed(self, question_id: int, proposals: Proposals) -> None:
        if self.question is not None and self.question.id == question_id:
            self._found = proposals
            self._offer(self.question, self._known[-1])
            self.proposed.emit(self.question.call_id, proposals)
