"""The question being written: fields, with the machine's proposals until somebody decides."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.categories import CATEGORIES
from hotline_desk.ui.kit import keys, tokens
from hotline_desk.ui.kit.fields import Field, Shape, choice, field_widget
from hotline_desk.ui.kit.panel import KeyButton, label
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.text_fields import Choice, ManyLines, OneLine

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.questions import Question
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.ledger.question_view_model import QuestionViewModel

_FIELDS = (
    Field(name="point", title="诉求要点"),
    choice("category", "类别", CATEGORIES),
    Field(name="amount_fen", title="金额"),
    Field(name="employer", title="单位"),
    Field(name="people", title="人数"),
    Field(name="articles", title="依据", hint="例如 劳动合同法 第三十条"),
    Field(name="text", title="问题原话", shape=Shape.TEXT, lines=0),
    Field(name="answer", title="解答", shape=Shape.TEXT, lines=0),
)
"""In reading order."""
_PLACES = {
    "point": (0, 0, 3), "category": (1, 0, 1), "amount_fen": (1, 2, 1), "employer": (2, 0, 1),
    "people": (2, 2, 1), "articles": (3, 0, 3), "text": (4, 0, 3), "answer": (5, 0, 3),
}  # fmt: skip
"""Row and column of a field's name, and how many columns the field takes."""
_LOW = 58


class QuestionForm(QWidget):
    """Shows one question and hands every keystroke's result to its view model."""

    left = Signal()
    play_asked = Signal(object)

    def __init__(
        self,
        question: QuestionViewModel,
        save: QAction,
        confirm: QAction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = question
        self._title = label(role="section")
        self._state = label(self.tr("未保存"), "warning")
        self._state.setFixedHeight(self._state.sizeHint().height())  # the same in either state
        self._confirmation = label(role="meta")
        self._confirm = KeyButton(confirm)
        self._fields = {field.name: field_widget(field, appearance) for field in _FIELDS}
        self._save = QPushButton(self.tr("保存  Ctrl+S"))
        self._save.setProperty("kind", "main")
        self._save.setToolTip(keys.tip(keys.Verb.SAVE))
        self._save.clicked.connect(save.trigger)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SMALL)
        grid.setVerticalSpacing(tokens.SMALL)
        for field in _FIELDS:
            row, at, wide = _PLACES[field.name]
            widget, side = self._fields[field.name], Qt.AlignmentFlag.AlignVCenter
            if isinstance(widget, ManyLines):
                side = Qt.AlignmentFlag.AlignTop
                widget.setMinimumHeight(_LOW)
            grid.addWidget(label(field.title, "quiet"), row, at, side)
            grid.addWidget(widget, row, at + 1, 1, wide)
        grid.addWidget(
            self._confirmation, 5, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        )
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(3, 4)
        for row in (4, 5):
            grid.setRowStretch(row, 1)
        first = QHBoxLayout()
        first.addWidget(self._title)
        first.addStretch(1)
        first.addWidget(self._state)
        last = QHBoxLayout()
        last.addWidget(label(self.tr("Tab 采纳建议 · Enter 下一栏"), "meta"))
        last.addStretch(1)
        last.addWidget(self._confirm)
        last.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SMALL)
        column.addLayout(first)
        column.addLayout(grid, 1)
        column.addLayout(last)
        for one, other in pairwise([*self._fields.values(), self._confirm, self._save]):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        for name, field in self._fields.items():
            field.finished.connect(partial(self._write, name))
            field.left.connect(self.left)
            if isinstance(field, OneLine | Choice):
                field.accepted.connect(partial(self._model.accept, name))
                field.declined.connect(partial(self._model.decline, name))
        self._model.shown.connect(self._show)

    def write_all(self) -> bool:
        """Hand over what stands in the fields; return whether all of it is understood."""
        understood = [self._write(name) for name in self._fields]
        return all(understood)

    def begin(self) -> None:
        """Put the focus on the first field."""
        self._fields["point"].setFocus()

    @property
    def busy(self) -> bool:
        """Whether somebody is writing here: the focus is inside, and something is not saved."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        typing = isinstance(focus, OneLine) and focus.isModified()
        composing = isinstance(focus, OneLine | ManyLines) and focus.composing
        return inside and (self._model.unsaved or typing or composing)

    def show_question(self, question: Question | None) -> None:
        """Show another question; what was typed in this one is kept."""
        self.write_all()
        for field in self._fields.values():
            field.modified = False
        self._model.show(question)

    def _write(self, name: str) -> bool:
        field = self._fields[name]
        if field.modified:
            field.modified = not self._model.write(name, field.text())
        return not field.modified

    @Slot()
    def _show(self) -> None:
        question = self._model.question
        self.setEnabled(question is not None)
        for name, field in self._fields.items():
            field.show_text(self._model.text(name))
            if isinstance(field, OneLine | Choice):
                field.propose(self._model.proposal(name))
        if question is None:
            set_text(self._title, self.tr("没有正在写的问题 · 按 F7 标问题"))
            set_text(self._state, "")
            set_role(self._state, "meta")  # nothing is no warning
            set_text(self._confirmation, "")
            return
        set_text(self._title, question.number)
        unsaved = self._model.unsaved
        set_text(self._state, self.tr("未保存") if unsaved else self.tr("已保存"))
        set_role(self._state, "warning" if unsaved else "meta")
        confirmed = self._model.confirmed
        open_ = self.tr("未确认") if self._model.text("answer") else ""
        set_text(self._confirmation, self.tr("✓ 已确认") if confirmed else open_)
        set_role(self._confirmation, "confirmed" if confirmed else "meta")
