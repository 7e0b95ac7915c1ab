"""直播台: calls at the left, captions in the middle, questions at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from hotline_desk.domain.questions import Question, Span
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.panel import KeyButton, Panel, empty_words, hairline, head, label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.ledger.question_form import QuestionForm
from hotline_desk.ui.ledger.question_list import QuestionList
from hotline_desk.ui.live.call_view import CallView
from hotline_desk.ui.live.caller_card import CallerCard
from hotline_desk.ui.live.caption_list import CaptionList
from hotline_desk.ui.live.caption_view import CaptionView
from hotline_desk.ui.live.earlier_answers import EarlierAnswersBox
from hotline_desk.ui.live.earlier_calls import EarlierCallsLine
from hotline_desk.ui.live.episode_over import EpisodeOver
from hotline_desk.ui.live.episode_panel import EpisodePanel
from hotline_desk.ui.live.hour import Hour, by_state
from hotline_desk.ui.live.past_captions import PastCaptions
from hotline_desk.workflows.recording import relative

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.calls import Call
    from hotline_desk.ui.archive.archive_view_model import Transcript
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.said import Said
    from hotline_desk.ui.kit.style import Appearance

_LEFT, _MIDDLE, _RIGHT = 300, 520, 440
_LIST_SHARE, _FORM_SHARE = 2, 5


class LivePage(QWidget):
    """The desk during the broadcast."""

    play_asked = Signal(str, object)
    """A take's name and a span of it."""
    rows_opened = Signal(tuple, str)
    """The ids of questions that are asked for, and where they come from in words."""

    def __init__(
        self,
        desk: Desk,
        actions: dict[Verb, QAction],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._actions = actions
        self._taken_up = False
        self._take = ""
        self._past = PastCaptions(desk.office, self)
        self._captions = CaptionList()
        self._episode = EpisodePanel(actions[Verb.EPISODE])
        self._calls = CallView(appearance)
        self._before = EarlierCallsLine(desk.office, actions[Verb.EARLIER])
        self._card = CallerCard(actions[Verb.REFUSED], self._before, appearance)
        self._view = CaptionView(appearance)
        self._view.setModel(self._captions)
        self._questions = QuestionList(appearance)
        self._form = QuestionForm(
            desk.question, actions[Verb.SAVE], actions[Verb.CONFIRM], appearance
        )
        self._earlier = EarlierAnswersBox(desk.office, appearance)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("live")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self._left = EpisodeOver(self._calls_panel(), self._calls, desk, appearance)
        self._left.setMinimumWidth(_LEFT)
        for panel in (self._left, self._middle(), self._right()):
            self.splitter.addWidget(panel)
        self.splitter.setSizes([_LEFT, _MIDDLE, _RIGHT])
        for at, share in enumerate((1, 3, 1)):
            self.splitter.setStretchFactor(at, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self._connect()
        self._show_hour(desk.live.hour)
        self._show_counts()

    def _calls_panel(self) -> QWidget:
        calls = Panel()
        calls.column.addWidget(self._episode)
        calls.column.addWidget(hairline())
        self._calls_head = label(role="section")
        calls.column.addWidget(head(self._calls_head, KeyButton(self._actions[Verb.NEW_CALL])))
        calls.column.addWidget(hairline())
        self._no_calls = empty_words("")
        calls.column.addWidget(self._no_calls)
        calls.column.addWidget(self._calls, 1)
        calls.column.addStretch(0)
        calls.column.addWidget(hairline())
        calls.column.addWidget(self._steps())
        calls.column.addWidget(hairline())
        calls.column.addWidget(self._card)
        return calls

    def _steps(self) -> QWidget:
        """Return the buttons that move a call on, for the mouse."""
        steps = QWidget()
        row = QHBoxLayout(steps)
        row.setContentsMargins(tokens.SMALL, tokens.TINY, tokens.SMALL, tokens.TINY)
        row.setSpacing(tokens.TINY)
        for verb in (Verb.WAIT, Verb.NEXT, Verb.ON_AIR, Verb.END):
            row.addWidget(KeyButton(self._actions[verb]), 1)
        return steps

    def _middle(self) -> QWidget:
        panel = Panel()
        panel.setMinimumWidth(_MIDDLE * 2 // 3)
        self._captions_head = label(self.tr("字幕"), "section")
        self._back = KeyButton(self._actions[Verb.NEWEST])
        self._back.hide()
        marks = [KeyButton(self._actions[verb]) for verb in (Verb.DUMP, Verb.NAMED, Verb.UNDO)]
        panel.column.addWidget(head(self._captions_head, self._back, *marks))
        panel.column.addWidget(hairline())
        self._no_captions = empty_words("")
        self._has_model = True
        panel.column.addWidget(self._no_captions, 1)
        panel.column.addWidget(self._view, 1)
        panel.column.addWidget(self._earlier)
        return panel

    def _right(self) -> QWidget:
        panel = Panel()
        panel.setMinimumWidth(_RIGHT - tokens.HUGE)
        self._questions_head = label(role="section")
        panel.column.addWidget(
            head(
                self._questions_head,
                KeyButton(self._actions[Verb.QUESTION]),
                KeyButton(self._actions[Verb.ANSWER]),
                KeyButton(self._actions[Verb.SUMMARY]),
            )
        )
        panel.column.addWidget(hairline())
        self._no_questions = empty_words("")
        panel.column.addWidget(self._no_questions, _LIST_SHARE)
        panel.column.addWidget(self._questions, _LIST_SHARE)
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._form, _FORM_SHARE)
        return panel

    def _connect(self) -> None:
        live, recording, question = self._desk.live, self._desk.recording, self._desk.question
        live.hour_changed.connect(self._show_hour)
        self._past.found.connect(self._show_past)
        self._past.failed.connect(live.failed)
        live.call_selected.connect(self._show_call)
        live.call_filed.connect(self._card.take_on)
        live.question_opened.connect(self._show_opened)
        live.question_filed.connect(lambda *_: self._questions.select(question.question))
        live.question_marked.connect(self._show_marked)
        recording.said_anew.connect(self._captions.clear)
        recording.said.connect(self._captions.add)
        recording.heard.connect(self._captions.hear)
        recording.take_changed.connect(self._begin_take)
        recording.model_changed.connect(self._begin_model)
        recording.model_missing.connect(self._miss_model)
        question.shown.connect(self._follow_question)
        question.proposed.connect(self._card.propose)
        self._captions.rowsInserted.connect(self._show_counts)
        self._captions.modelReset.connect(self._show_counts)
        self._calls.picked.connect(live.pick)
        self._calls.opened.connect(lambda _call: self._card.begin())
        self._card.written.connect(live.save_caller)
        self._card.channel_chosen.connect(live.save_channel)
        self._card.more.written.connect(lambda at, name, text: live.save_caller(at, {name: text}))
        self._card.left.connect(self._calls.setFocus)
        self._questions.picked.connect(self._form.show_question)
        self._questions.opened.connect(lambda _question: self._form.begin())
        self._questions.play_asked.connect(self._desk.playback.play_question)
        self._earlier.play_asked.connect(self._desk.playback.play_question)
        self._form.left.connect(self._questions.setFocus)
        self._view.play_asked.connect(self._play_said)
        self._view.at_newest_changed.connect(lambda newest: self._back.setVisible(not newest))

    def new_call(self) -> None:
        """File a call and put the focus where its caller's name goes."""
        self._left.close_editor()
        self._desk.live.new_call()
        self._card.begin()

    def save(self) -> None:
        """Save what is being written: the caller, and the question that is open."""
        caller = self._card.holds_focus
        if caller:
            self._card.write()
            self._desk.live.told.emit(self.tr("来电人已保存。"))
        if self._form.write_all() and not (caller and self._desk.question.question is None):
            self._desk.question.save()

    def write_down_caller(self) -> None:
        """Write down what is typed about the caller: the call ends, or the window closes."""
        self._card.write()

    def confirm(self) -> None:
        """Have the answer at hand confirmed by its lawyer, or no longer."""
        if self._form.write_all():
            self._desk.question.confirm(self._desk.question.question)

    def write(self) -> None:
        """Go on writing the question at hand."""
        self._form.begin()

    def write_caller(self) -> None:
        """Go on writing down who calls: the selected call, else the one on the air."""
        live = self._desk.live
        if live.selected is None and live.hour.on_air is not None:
            live.select(live.hour.on_air)
        if live.selected is None:
            live.warned.emit(self.tr("先选中一个来电，或按 F2 登记来电。"))
            return
        self._left.close_editor()
        self._card.begin()

    def open_earlier(self) -> None:
        """Ask for the rows that came of earlier calls by the number of the selected one."""
        if self._before.ids:
            self.rows_opened.emit(self._before.ids, self.tr("这个号码的往次来电"))
        else:
            words = self.tr("没有往次来电：来电人没有写电话，或这个号码以前没有登记过问题。")
            self._desk.live.warned.emit(words)

    def go_to_newest(self) -> None:
        """Show the newest caption."""
        self._view.go_to_newest()

    def play(self) -> None:
        """Play what is selected where the focus is: a caption, else the question at hand."""
        said = self._view.current_said()
        if self._view.hasFocus() and said is not None:
            self._play_said(said)
        elif self._desk.question.question is not None:
            self._desk.playback.play_question(self._desk.question.question)

    def edit_episode(self) -> None:
        """Write down the episode, or close its fields again."""
        self._left.turn()

    def _take_up(self, hour: Hour) -> None:
        """Show what was said in the episode at hand; offer one where today should have one."""
        self._taken_up = True
        today, settings = studio_now().date(), self._desk.office.settings
        if hour.episode is not None and not self._desk.recording.recording:
            self._past.read(hour.episode.number)
            self._show_counts()
        first = hour.episodes.last is None and hour.episodes.coming is None
        if hour.todays_episode is None and (first or today.weekday() == settings.weekday):
            self.edit_episode()

    @Slot(object)
    def _show_past(self, past: Transcript | None) -> None:
        self._show_counts()
        nothing_yet = self._captions.rowCount() == 0 and not self._desk.recording.recording
        if past is not None and nothing_yet:
            self._take = past.take
            self._captions.add(past.said)
            self._view.go_to_newest()

    @Slot(object)
    def _show_hour(self, hour: Hour) -> None:
        self._episode.show_episodes(hour.episodes)
        if self._desk.live.read and not self._taken_up:
            self._take_up(hour)
        self._say_what_to_do(in_episode=hour.episode is not None)
        calls = by_state(hour.calls)
        self._calls.show_records(calls, self._desk.live.selected)
        current = sum(not call.state.is_over for call in calls)
        set_text(
            self._calls_head,
            self.tr("来电  {n} 个，{m} 个在线").format(n=len(calls), m=current),
        )
        self._calls.setVisible(bool(calls))
        self._no_calls.setVisible(not calls)
        self._questions.show_records(hour.questions)
        set_text(self._questions_head, self.tr("问题  {n}").format(n=len(hour.questions)))
        self._questions.setVisible(bool(hour.questions))
        self._no_questions.setVisible(not hour.questions)
        self._desk.question.follow(hour)

    def _say_what_to_do(self, *, in_episode: bool) -> None:
        if in_episode:
            calls = self.tr("还没有来电。\n有人打进来时按 F2 登记，\n按 F5 切入直播。")
            questions = self.tr("来电人开始说问题时按 F7，\n演播室开始解答时按 F8，文字自己进来。")
        else:
            calls = self.tr("今天还没有期外来电。\n有人打进来时按 F2 登记。")
            questions = self.tr("按 F7 写下来电人的问题，\n写好按 Ctrl+S 保存。")
        set_text(self._no_calls, calls)
        set_text(self._no_questions, questions)

    @Slot(object)
    def _show_call(self, call: Call | None) -> None:
        self._card.show_call(call)
        self._calls.select(call)

    @Slot(object)
    def _show_opened(self, question: Question) -> None:
        if not self._form.busy:
            self._form.show_question(question)
            self._form.begin()

    @Slot(object)
    def _show_marked(self, question: Question) -> None:
        shown = self._desk.question.question
        if shown is not None and shown.id == question.id:
            self._desk.question.follow(self._desk.live.hour)
        else:
            self._show_opened(question)
        self._questions.select(self._desk.question.question)

    @Slot()
    def _follow_question(self) -> None:
        question = self._desk.question
        self._questions.show_unsaved(question.unsaved_ids)
        episode = self._desk.live.episode
        self._earlier.look_up(
            question.text("category") or question.proposal("category"),
            episode.number if episode else None,
        )

    @Slot(object)
    def _begin_take(self, take: object) -> None:
        if isinstance(take, Path):
            self._captions.clear()
            self._take = relative(self._desk.office.workspace, take)
        self._show_counts()

    @Slot(object)
    def _begin_model(self, _model: object) -> None:
        self._has_model = True
        self._show_counts()

    @Slot(str)
    def _miss_model(self, _says: str) -> None:
        self._has_model = False
        self._show_counts()

    def _why_no_captions(self) -> str:
        if self._past.reading:
            return self.tr("正在取出上一次录音的字幕。")
        if not self._desk.recording.recording:
            return self.tr("还没有字幕。\n按 Ctrl+R 开始录音，说话几秒后这里就有字。")
        if not self._has_model:
            return self.tr("没有语音模型，所以没有字幕。\n录音照常进行，字幕可以以后再做。")
        return self.tr("正在听。\n说话几秒后这里就有字。")

    @Slot()
    def _show_counts(self) -> None:
        set_text(self._no_captions, self._why_no_captions())
        any_said = self._captions.rowCount() > 0
        self._view.setVisible(any_said)
        self._no_captions.setVisible(not any_said)

    def _play_said(self, said: Said) -> None:
        self._desk.playback.play(self._take, Span(line=said.line, start=said.start, end=said.end))
