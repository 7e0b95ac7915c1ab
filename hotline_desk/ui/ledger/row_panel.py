"""What stands behind a row of the ledger: question, caller, recording, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.times import clock_text, duration_text, received_long_text
from hotline_desk.ui.kit import icons, tokens
from hotline_desk.ui.kit.panel import Panel, empty_words, label
from hotline_desk.ui.kit.record_form import RecordForm
from hotline_desk.ui.kit.row_fields import (
    CALLER_FIELDS,
    QUESTION_FIELDS,
    caller_texts,
    question_texts,
)
from hotline_desk.ui.ledger.person_sheet import PersonSheet

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question, Span
    from hotline_desk.ui.kit.row_detail import HistoryLine, RowDetail
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.ledger.person_view_model import PersonViewModel

_LEAST = 350
"""How wide a case's form has to be."""


class RowPanel(Panel):
    """Four leaves about one question."""

    play_asked = Signal(str, object)
    """A take's name and a span of it."""

    def __init__(
        self, person: PersonViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._person = person
        self._appearance = appearance
        self._shown: RowDetail | None = None
        self._stale: set[QWidget] = set()
        """Leaves that do not show it yet, because nobody looks at them."""
        self._begins_with: tuple[int, RecordForm, str] | None = None
        """The question, the form and the field that are wanted as soon as they are shown."""
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._leaves: list[_Leaf] = []
        self.question = RecordForm(QUESTION_FIELDS, appearance)
        self.caller = RecordForm(CALLER_FIELDS, appearance)
        self._secret = label(self.tr("对单位保密"), "secret")
        self.caller.column.insertWidget(1, self._secret)
        self._sheet: PersonSheet | None = None
        for title, form in (
            (self.tr("问题"), self.question),
            (self.tr("来电人"), self.caller),
            (self.tr("录音"), None),
            (self.tr("历史"), None),
        ):
            leaf = _Leaf(form)
            self._leaves.append(leaf)
            self._tabs.addTab(leaf, title)
        self.column.addWidget(self._tabs)
        self.setMinimumWidth(_LEAST)
        self.clear()
        self._tabs.currentChanged.connect(self._show_leaf)
        appearance.changed.connect(self._again)

    def clear(self) -> None:
        """Show nothing; what was typed is written down."""
        self._shown = self._begins_with = None
        self._stale.clear()
        for form in (self.question, self.caller):
            form.write_all()
        for leaf in self._leaves:
            leaf.say(self.tr("选一行，这里显示它的来龙去脉。"))

    def add_leaf(self, leaf: QWidget, title: str) -> None:
        """Put a leaf that shows something of its own beside the first."""
        self._tabs.insertTab(1, leaf, title)

    def open_leaf(self, leaf: QWidget | None = None) -> None:
        """Have *leaf* on top, else the question."""
        self._tabs.setCurrentWidget(leaf or self._leaves[0])

    def begin(self, question_id: int, field: str = "", *, of_caller: bool = False) -> None:
        """Put the focus on a *field* of a question or its caller as soon as it is shown."""
        form = self.caller if of_caller else self.question
        self.open_leaf(self._leaves[int(of_caller)])
        if self._shown is not None and self._shown.question.id == question_id:
            form.begin(field)
        else:
            self._begins_with = question_id, form, field

    def write(self) -> bool:
        """Write down what is being written here; return whether somebody writes here."""
        focus = QApplication.focusWidget()
        for form in (self.question, self.caller):
            if focus is not None and form.isAncestorOf(focus):
                form.write_all()
                return True
        return False

    @Slot(int, str)
    def refuse(self, question_id: int, field: str) -> None:
        """Put back what the ledger has of a field in which something else was written."""
        if self.question.record_id == question_id:
            self.question.refuse(field)

    @Slot(object)
    def show_detail(self, detail: RowDetail) -> None:
        """Show what stands behind one row, in a leaf as soon as that is on top."""
        if detail == self._shown:
            return
        before, self._shown = self._shown, detail
        if before is None or before.question.id != detail.question.id:
            for form in (self.question, self.caller):
                form.write_all()
        self._stale = set(self._leaves)
        self._show_leaf()
        begins_with, self._begins_with = self._begins_with, None
        if begins_with is not None and begins_with[0] == detail.question.id:
            _, form, field = begins_with
            form.begin(field)

    @Slot()
    def _show_leaf(self) -> None:
        """Have the leaf on top show what the panel shows."""
        leaf, detail = self._tabs.currentWidget(), self._shown
        if detail is None or leaf not in self._stale:
            return
        self._stale.remove(leaf)
        question, caller, recording, history = self._leaves
        if leaf is question:
            self._show_question(detail.question, detail.points)
            question.show_own()
        elif leaf is caller:
            self._show_caller(detail.question.id, detail.call)
            caller.show_own()
        elif leaf is recording:
            recording.show_other(self._recording(detail))
        else:
            history.show_other(self._history(detail.history))

    def _again(self) -> None:
        detail, self._shown = self._shown, None
        if detail is not None:
            self.show_detail(detail)

    def _show_question(self, question: Question, points: tuple[str, ...]) -> None:
        confirmed = (
            self.tr("✓ 解答已确认，可以公开")
            if question.confirmed
            else self.tr("解答还没有确认") if question.answer
            else self.tr("还没有解答")
        )  # fmt: skip
        received = received_long_text(question.at)
        self.question.offer("unit", points)
        self.question.show_record(
            question.id,
            question.number,
            self.tr("{received} 接收 · {confirmed}").format(received=received, confirmed=confirmed),
            question_texts(question),
        )

    def _show_caller(self, question_id: int, call: Call | None) -> None:
        title, facts = self.tr("还没有来电人"), self.tr("在任何一栏里写下，就登记为来电人。")
        self._secret.setVisible(call is not None and call.consent.secret_from_employer)
        if call is not None:
            title = call.caller.spoken_name
            facts = f"{received_long_text(call.at)} · {call.state}"
            if not call.consent.secret_from_employer:
                facts += self.tr(" · 可以向单位披露身份")
        self.caller.show_record(question_id, title, facts, caller_texts(call))
        if self._sheet is None:
            self._sheet = PersonSheet(self._person, self._appearance)
            self._sheet.written.connect(self.caller.written)
            self._sheet.left.connect(self.caller.left)
            self.caller.column.addWidget(self._sheet)
            self.caller.add_below("title", self.tr("电话"), self._sheet.phone)
            self._sheet.put_after(self.caller.widgets["title"])
        self._sheet.show_caller(question_id, call)

    def _recording(self, detail: RowDetail) -> QWidget:
        question = detail.question
        spans = [
            (words, span, clocks)
            for words, span, clocks in zip(
                (self.tr("问题"), self.tr("解答"), self.tr("整个通话")),
                (question.asked, question.answered, detail.whole_call),
                detail.clocks,
                strict=True,
            )
            if span is not None and question.take
        ]
        if not spans:
            return empty_words(self.tr("这个问题没有录音。"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SMALL)
        for words, span, clocks in spans:
            button = QPushButton(f"{words}  {_range(span)}")
            button.setIcon(icons.icon("play", self._appearance.colours.accent))
            button.setToolTip(self.tr("在预听设备上播放（空格播放整行）"))
            button.clicked.connect(
                lambda _on=False, span=span: self.play_asked.emit(question.take, span)
            )
            column.addWidget(button)
            if clocks is not None:
                column.addWidget(label(clocks.words, "meta"))
        column.addWidget(label(question.take, "meta", wrap=True))
        column.addStretch(1)
        return page

    def _history(self, lines: tuple[HistoryLine, ...]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SMALL)
        for line in lines:
            column.addWidget(label(f"{line.at:%Y-%m-%d %H:%M:%S}  {line.by}", "meta"))
            column.addWidget(label(line.words, wrap=True))
        column.addStretch(1)
        return page


def _range(span: Span) -> str:
    if span.end is None:
        return f"{clock_text(span.start)} 起"
    return f"{clock_text(span.start)}  {duration_text(span.end - span.start)}"


class _Leaf(QScrollArea):
    """A leaf that keeps a form of its own, and shows words or something else in its place."""

    def __init__(self, own: QWidget | None) -> None:
        super().__init__()
        self._own = own
        self._pages = QStackedWidget()
        self._other: QWidget | None = None
        if own is not None:
            self._pages.addWidget(own)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._pages)

    def show_own(self) -> None:
        """Show the form."""
        if self._own is not None:
            self._turn_to(self._own)

    def say(self, words: str) -> None:
        """Show *words* alone."""
        self.show_other(empty_words(words))

    def show_other(self, widget: QWidget) -> None:
        """Show *widget* in the place of what was shown before."""
        before, self._other = self._other, widget
        self._pages.addWidget(widget)
        self._turn_to(widget)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()

    def _turn_to(self, widget: QWidget) -> None:
        """Have *widget* on top; the leaf is as long as that alone."""
        policy = QSizePolicy.Policy
        if self._own is not None:
            length = policy.Preferred if widget is self._own else policy.Ignored
            self._own.setSizePolicy(length, length)
        if self._other is not None:
            length = policy.Preferred if widget is self._other else policy.Ignored
            self._other.setSizePolicy(length, length)
        self._pages.setCurrentWidget(widget)
