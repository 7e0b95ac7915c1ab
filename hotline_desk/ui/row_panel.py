"""What stands behind a row of the ledger: question, caller, recording, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.times import clock_text, duration_text, long_day_text, money_text
from hotline_desk.ui import icons, tokens
from hotline_desk.ui.panel import Panel, empty_words, label
from hotline_desk.ui.person_sheet import PersonSheet

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question, Span
    from hotline_desk.ui.person_view_model import PersonViewModel
    from hotline_desk.ui.row_detail import HistoryLine, RowDetail
    from hotline_desk.ui.style import Appearance

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
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._leaves: list[QScrollArea] = []
        for title in (self.tr("问题"), self.tr("来电人"), self.tr("录音"), self.tr("历史")):
            leaf = QScrollArea()
            leaf.setWidgetResizable(True)
            leaf.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._leaves.append(leaf)
            self._tabs.addTab(leaf, title)
        self.column.addWidget(self._tabs)
        self.setMinimumWidth(_LEAST)
        self.clear()
        appearance.changed.connect(self._again)

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        for leaf in self._leaves:
            leaf.setWidget(empty_words(self.tr("选一行，这里显示它的来龙去脉。")))

    def add_leaf(self, leaf: QWidget, title: str) -> None:
        """Put a leaf that shows something of its own beside the first."""
        self._tabs.insertTab(1, leaf, title)

    def open_leaf(self, leaf: QWidget | None = None) -> None:
        """Have *leaf* on top, else the question."""
        self._tabs.setCurrentWidget(leaf or self._leaves[0])

    def begin(self) -> None:
        """Put the focus into the panel."""
        self._tabs.tabBar().setFocus()

    @Slot(object)
    def show_detail(self, detail: RowDetail) -> None:
        """Show what stands behind one row."""
        if detail == self._shown:
            return
        self._shown = detail
        for leaf, widget in zip(
            self._leaves,
            (
                self._question(detail.question),
                self._caller(detail.call),
                self._recording(detail),
                self._history(detail.history),
            ),
            strict=True,
        ):
            leaf.setWidget(widget)

    def _again(self) -> None:
        detail, self._shown = self._shown, None
        if detail is not None:
            self.show_detail(detail)

    def _question(self, question: Question) -> QWidget:
        amount = "" if question.amount_fen is None else money_text(question.amount_fen)
        people = "" if question.people is None else f"{question.people} 人"
        return _sheet(
            question.number,
            (
                (self.tr("诉求要点"), question.point),
                (self.tr("类别"), str(question.category)),
                (self.tr("类型"), str(question.kind)),
                (self.tr("接收"), f"{long_day_text(question.at.date())} {question.at:%H:%M}"),
                (self.tr("来源渠道"), str(question.channel)),
                (self.tr("单位"), question.employer),
                (self.tr("金额"), amount),
                (self.tr("人数"), people),
                (self.tr("法条"), question.articles),
                (self.tr("解答人"), question.answered_by),
                (
                    self.tr("律师确认"),
                    self.tr("✓ 已确认，可以公开") if question.confirmed else self.tr("未确认"),
                ),
                (self.tr("问题原话"), question.text),
                (self.tr("解答"), question.answer),
            ),
        )

    def _caller(self, call: Call | None) -> QWidget:
        if call is None:
            return empty_words(self.tr("这个问题没有对应的来电。"))
        caller = call.caller
        page = _sheet(
            caller.spoken_name,
            (
                (self.tr("区县"), caller.district),
                (self.tr("单位"), caller.employer),
                (self.tr("工种"), caller.occupation),
                (self.tr("身份"), str(caller.kind)),
                (self.tr("通话"), str(call.state)),
                (self.tr("来电时间"), f"{long_day_text(call.at.date())} {call.at:%H:%M}"),
                (self.tr("要点"), call.point),
                (
                    self.tr("对单位"),
                    self.tr("保密") if call.consent.secret_from_employer else self.tr("可披露"),
                ),
            ),
        )
        column = page.layout()
        if column is not None:
            column.addWidget(PersonSheet(self._person, call))
        return page

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


def _sheet(title: str, rows: tuple[tuple[str, str], ...]) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
    column.setSpacing(tokens.SPACE)
    column.addWidget(label(title, "emphasis"))
    form = QFormLayout()
    form.setHorizontalSpacing(tokens.SPACE)
    form.setVerticalSpacing(tokens.SMALL)
    for words, text in rows:
        value = label(text or "—", "" if text else "quiet", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name = label(words, "quiet")
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        form.addRow(name, value)
    column.addLayout(form)
    column.addStretch(1)
    return page
