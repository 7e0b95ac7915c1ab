"""The live desk: its calls and questions, in an episode or not, and what the keys do to them."""

from __future__ import annotations

import dataclasses
import time
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk.domain.calls import Call, CallState, Channel
from hotline_desk.domain.questions import Question
from hotline_desk.take.marks import MarkKind
from hotline_desk.ui.kit.row_fields import with_caller_fields
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.ui.live.arrivals import AIRED_UNRECORDED, Arrivals, is_new, unrecorded_words
from hotline_desk.ui.live.hour import (
    AtHand,
    Chooser,
    Hour,
    longest_waiting,
    read_hour,
    selected_call,
    speaking_call,
    to_line_up,
    to_put_on_air,
)
from hotline_desk.ui.live.refusal import refusal_words, turn_refusal
from hotline_desk.workflows.desk_rows import change_call, come_by
from hotline_desk.workflows.present_desk import present_desk
from hotline_desk.workflows.undo import undo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.proposals import Proposals
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.workflows.calls import CallDesk

T = TypeVar("T")
Act: TypeAlias = "Callable[[CallDesk, Hour, AtHand, float], T]"
"""What a key does at the desk: with the hour, the call at hand, and its take time in seconds."""

_FOLLOW_MILLISECONDS = 300


class LiveViewModel(ViewModel):
    """State of the live desk; each verb marks the take and the ledger in the ledger's lane."""

    hour_changed = Signal(Hour)
    call_selected = Signal(object)
    """The call (Call) that keys act upon, or None."""
    call_filed = Signal(int, Call)
    """A new call that was shown under an id of its own is in the ledger."""
    question_opened = Signal(Question)
    """A question has just been opened: it is shown before it is in the ledger."""
    question_filed = Signal(int, Question)
    """A question that was shown under an id of its own is in the ledger."""
    question_marked = Signal(Question)
    """The answer to a question has just begun, or a question is gone on with."""
    over = Signal(str)
    """What was warned of does not hold any more."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self.hour = Hour()
        self.read = False
        self.selected: Call | None = None
        self._picked = self._recording = False
        self._choices = 0
        """How often somebody has taken up a call: then no key pressed before changes it."""
        self._desk: CallDesk | None = None  # touched in the ledger's lane alone
        self._take: Path | None = None
        self._arrivals = Arrivals()
        self._following = QTimer(self, interval=_FOLLOW_MILLISECONDS, singleShot=True)
        self._following.timeout.connect(self._follow_captions)
        office.opened.connect(self.refresh)
        office.rows_changed.connect(self.refresh)
        office.settings_changed.connect(self._set_up_desk)

    @property
    def episode(self) -> Episode | None:
        """The episode at hand, None outside one."""
        return self.hour.episode

    @Slot()
    def refresh(self) -> None:
        """Read the hour again."""
        self._ask(lambda desk, _ledger: read_hour(desk), self._show)

    def select(self, call: Call | None) -> None:
        """Let the keys act upon *call*."""
        self._picked = False
        self.selected = call
        self.call_selected.emit(call)

    def pick(self, call: Call) -> None:
        """Let the keys act upon *call* because somebody wants it, before the one due."""
        self.select(call)
        self._picked = True
        self._choices += 1

    def save_episode(self, episode: Episode, *, new: bool = False) -> None:
        """Change an episode, or add a *new* one."""
        by = self._office.by

        def work(ledger: Ledger) -> None:
            save = ledger.add_episode if new else ledger.save_episode
            save(episode, by=by)

        self._office.ask(work, owner=self, then=self._saved, on_error=self.failed.emit)

    def new_call(self) -> None:
        """Show a call that has just come in, and file it; what is written meanwhile waits."""
        new = self._arrivals.new_call()
        self.select(new)
        self._choices += 1
        self._act(lambda _desk, _hour, at_hand, _at: at_hand.call, partial(self._filed, new.id))

    def save_caller(self, call_id: int, written: Mapping[str, str]) -> None:
        """Write down what was *written* of who calls and what it is about, by field."""
        self._change_call(call_id, lambda fresh: with_caller_fields(fresh, written))

    def _change_call(self, call_id: int, change: Callable[[Call], Call]) -> None:
        filed = self._arrivals.call_id
        self._ask(lambda desk, _: change_call(desk, filed(desk, call_id), change), self._saved)

    def save_channel(self, call: Call, channel: Channel) -> None:
        """Write down by which channel (来源渠道) a call came."""

        def moved(fresh: Call) -> None:
            if fresh.episode is not None and not channel.is_programmes:
                words = self.tr("来源渠道已改；问题已经编号，仍在第{n}期。")
                self.warned.emit(words.format(n=fresh.episode))
            self._saved(fresh)

        filed = self._arrivals.call_id
        self._ask(lambda desk, _: come_by(desk, filed(desk, call.id), channel), moved)

    def wait(self) -> None:
        """Let the selected call wait for the air (待播)."""
        self._advance(selected_call, CallState.WAITING, self.tr("先选中一个来电，再按 F3。"))

    def line_up(self) -> None:
        """Make a waiting call the next one: the longest-waiting, unless another is picked."""
        self._advance(to_line_up, CallState.NEXT, self.tr("没有待播的来电。"))

    def put_on_air(self) -> None:
        """Put the next call on the air, unless another is picked."""
        without = self.tr("没有可以切入直播的来电，按 F2 登记来电。")
        self._advance(to_put_on_air, CallState.ON_AIR, without)

    def end_call(self) -> None:
        """End the call on the air, else the selected one."""
        self._advance(speaking_call, CallState.ENDED, self.tr("没有正在进行的通话。"))

    def mark_question(self) -> None:
        """Open a question of the call on the air, else of the selected one."""
        new = self._arrivals.new_question()
        self.question_opened.emit(new)
        self.file_question(new.id)

    def file_question(self, shown: int) -> None:
        """Put the question that is shown as *shown* into the ledger, unless it is there."""

        def mark(desk: CallDesk, hour: Hour, at_hand: AtHand, at: float) -> Question:
            return self._arrivals.question(desk, shown, speaking_call(hour, at_hand), at=at)

        def marked(question: Question) -> None:
            self.question_filed.emit(shown, question)
            if not self._recording:
                told = self.told if question.episode is None else self.warned
                told.emit(unrecorded_words(question))
            elif question.call_id is None:
                self.warned.emit(self.tr("没有选中来电，这一行没有来电人；按 F2 登记来电。"))

        self._act(mark, marked)

    def mark_answer(self) -> None:
        """Begin the answer to the newest question."""

        def mark(desk: CallDesk, hour: Hour, _: AtHand, at: float) -> Question | None:
            return desk.mark_answer(hour.questions[-1], at=at) if hour.questions else None

        def marked(question: Question | None) -> None:
            if question is None:
                self.warned.emit(self.tr("还没有问题，先按 F7 标问题。"))
                return
            self.question_marked.emit(question)
            if not self._recording:
                self.warned.emit(self.tr("没有在录音，解答请自己写；按 Ctrl+R 开始录音。"))

        self._act(mark, marked)

    def mark_dump(self) -> None:
        """Note that the delay was dumped here."""
        self._mark(MarkKind.DUMP, self.tr("已记下删延时。"))

    def mark_named(self) -> None:
        """Note that an employer or a person was named here."""
        self._mark(MarkKind.NAMED, self.tr("已记下点名。"))

    def refuse_recording(self) -> None:
        """Note that the caller at hand does not agree to be recorded, or does after all."""

        def answered(call: Call | None) -> None:
            (self.warned if call is None else self.told).emit(refusal_words(call))

        self._act(turn_refusal, answered)

    def mark_urgent(self) -> None:
        """Mark the call at hand as urgent and say whom to call."""
        call = self.hour.on_air or self.selected
        if call is None:
            self.warned.emit(self.tr("先选中一个来电，再按 F10。"))
            return
        self._change_call(call.id, lambda fresh: dataclasses.replace(fresh, urgent=True))
        words = self.tr("紧急：人身危险打 110，受伤打 120，心理援助打 12356，并告诉值班领导。")
        self.warned.emit(words)

    def undo(self) -> None:
        """Take back the last change made at this desk."""
        long_work, words = self._office.long_work, self.tr("正在撤销")

        def take_back(desk: CallDesk, _ledger: Ledger) -> str:
            with long_work(words) as told:
                return undo(desk, on_progress=told)

        self._ask(take_back, self._undone)

    def propose(self, question: Question, point: str, then: Callable[[Proposals], None]) -> None:
        """Hand to *then* what the captions of *question* suggest, else its *point* (要点)."""
        self._ask(lambda desk, _ledger: desk.proposals(question, point=point), then)

    @Slot(object)
    def follow(self, take: Path | None) -> None:
        """Put marks on *take* from now on."""
        self._recording = take is not None
        if take is not None:
            self._take = take
            self.over.emit(AIRED_UNRECORDED)
            self._set_up_desk()
        elif self._take is not None:
            self._ask(self._end_take, self._show)

    @Slot(str, object)
    def note_speaking(self, line: str, since: float | None) -> None:
        """Note since when somebody speaks on *line*."""
        self._ask(lambda desk, _ledger: desk.speaking(line, since))

    @Slot()
    def captions_arrived(self) -> None:
        """Let the questions in progress have the new captions."""
        if not self._following.isActive():
            self._following.start()

    def _follow_captions(self) -> None:
        self._ask(self._take_in_captions, self._show)

    def _set_up_desk(self) -> None:
        """Have the desk made anew in the lane, then read the hour."""

        def forget(_ledger: Ledger) -> None:
            self._desk = None

        self._office.ask(forget, owner=self, on_error=self.failed.emit)
        self._follow_captions()

    def _end_take(self, desk: CallDesk, _ledger: Ledger) -> Hour:
        desk.end_take()
        return read_hour(desk)

    def _take_in_captions(self, desk: CallDesk, _ledger: Ledger) -> Hour:
        desk.follow_captions()
        return read_hour(desk)

    def _filed(self, shown: int, call: Call | None) -> None:
        if call is not None and self.selected is not None and self.selected.id == shown:
            self.call_filed.emit(shown, call)
            self.select(call)

    def _advance(self, choose: Chooser, state: CallState, without: str) -> None:
        choices = self._choices

        def move(desk: CallDesk, hour: Hour, at_hand: AtHand, at: float) -> Call | None:
            call = choose(hour, at_hand)
            return None if call is None else desk.advance(call.id, state, at=at)

        def moved(call: Call | None) -> None:
            if call is None:
                self.warned.emit(without)
                return
            if choices == self._choices:
                self._advanced(call)
            if state is CallState.ON_AIR and not self._recording:
                self.warned.emit(AIRED_UNRECORDED)

        self._act(move, moved)

    def _advanced(self, call: Call) -> None:
        at_hand = self.selected is not None and self.selected.id == call.id
        if call.state is CallState.ON_AIR or (at_hand and not call.state.is_over):
            self.select(call)
        elif call.state.is_over:
            self.select(longest_waiting(self.hour) or call)

    def _mark(self, kind: MarkKind, said: str) -> None:
        if not self._recording:
            self.warned.emit(self.tr("没有在录音，记号没有地方放；按 Ctrl+R 开始录音。"))
            return
        pressed = time.monotonic()
        self._ask(
            lambda desk, _ledger: desk.mark_moment(kind, at=desk.take_time(pressed)),
            lambda _at: self.told.emit(said),
        )

    def _act(self, work: Act[T], then: Callable[[T], None]) -> None:
        """Do what a key asks for: one change, one step for undo; then show the hour.

        Keys take effect in their order: *work* gets the hour as the keys before have left it,
        and the call at hand then, be it one that was still to be filed when the key was pressed.
        """
        pressed, selected, picked = time.monotonic(), self.selected, self._picked

        def change(desk: CallDesk, ledger: Ledger) -> tuple[T, Hour]:
            at = desk.take_time(pressed)
            wanted = None if selected is None else self._arrivals.call_id(desk, selected.id, at=at)
            hour = read_hour(desk)
            at_hand = AtHand(hour.call(wanted), picked)
            with ledger.together():
                answer = work(desk, hour, at_hand, at)
            return answer, read_hour(desk)

        self._ask(change, partial(self._answered, then))

    def _ask(
        self, work: Callable[[CallDesk, Ledger], T], then: Callable[[T], None] | None = None
    ) -> None:
        """Do *work* at the desk, in the ledger's lane."""
        take, recording, by = self._take, self._recording, self._office.by

        def at_desk(ledger: Ledger) -> T:
            self._desk = present_desk(
                ledger,
                self._office.workspace,
                self._desk,
                take=take,
                recording=recording,
                by=by,
                pre_roll_seconds=self._office.settings.pre_roll_seconds,
            )
            return work(self._desk, ledger)

        self._office.ask(at_desk, owner=self, then=then, on_error=self._refused)

    def _answered(self, then: Callable[[T], None], answer: tuple[T, Hour]) -> None:
        value, hour = answer
        self._show(hour)
        then(value)

    def _refused(self, error: HotlineDeskError) -> None:
        self.failed.emit(error)
        self.hour_changed.emit(self.hour)

    def _show(self, hour: Hour) -> None:
        if hour == self.hour and self.read:
            return
        first, self.read = not self.read, True
        self.hour = hour
        self.hour_changed.emit(hour)
        if hour.on_air is None:
            self.over.emit(AIRED_UNRECORDED)
        if first and self.selected is None:
            self._take_up()
        if self.selected is not None and not is_new(self.selected):
            fresh = hour.call(self.selected.id)
            if fresh != self.selected:
                picked = self._picked
                self.select(fresh)
                self._picked = picked and fresh is not None

    def _take_up(self) -> None:
        """Go on where a window that was closed in the middle has left the hour."""
        if self.hour.on_air is not None:
            self.select(self.hour.on_air)
        last = self.hour.questions[-1] if self.hour.questions else None
        if last is not None and last.take and last.in_progress:
            self.question_marked.emit(last)

    def _saved(self, _what: object) -> None:
        self._office.rows_changed.emit()

    def _undone(self, what: str) -> None:
        self.told.emit(self.tr("已撤销：{what}").format(what=what))
        self._office.rows_changed.emit()
