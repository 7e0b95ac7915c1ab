"""The question being written: fields, with the machine's proposals until somebody decides."""

from __future__ import annotations

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
from hotline_desk.ui import keys, tokens
from hotline_desk.ui.panel import KeyButton, label
from hotline_desk.ui.restyle import set_role, set_text
from hotline_desk.ui.text_fields import Choice, ManyLines, OneLine

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.questions import Question
    from hotline_desk.ui.question_view_model import QuestionViewModel
    from hotline_desk.ui.style import Appearance

_LINES = ("point", "amount_fen", "people", "employer", "articles")
_TEXTS = ("text", "answer")
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
        self._state = label(role="meta")
        self._confirmation = label(role="meta")
        self._confirm = KeyButton(confirm)
        self._fields = {name: OneLine(appearance) for name in _LINES}
        self._texts = {name: ManyLines() for name in _TEXTS}
        self._category = Choice(appearance)
        self._category.addItems(["", *map(str, CATEGORIES)])
        self._save = QPushButton(self.tr("保存  Ctrl+S"))
        self._save.setProperty("kind", "main")
        self._save.setToolTip(keys.tip(keys.Verb.SAVE))
        self._save.clicked.connect(save.trigger)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        words = {
            "point": self.tr("诉求要点"), "category": self.tr("类别"),
            "amount_fen": self.tr("金额"), "people": self.tr("人数"),
            "employer": self.tr("单位"), "articles": self.tr("依据"),
            "text": self.tr("问题原话"), "answer": self.tr("解答"),
        }  # fmt: skip
        widgets: dict[str, QWidget] = {
            **self._fields, **self._texts, "category": self._category
        }  # fmt: skip
        for name, widget in widgets.items():
            widget.setObjectName(name)
            widget.setAccessibleName(words[name])
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SMALL)
        grid.setVerticalSpacing(tokens.SMALL)
        places = (
            ("point", 0, 0, 3), ("category", 1, 0, 1), ("amount_fen", 1, 2, 1),
            ("employer", 2, 0, 1), ("people", 2, 2, 1), ("articles", 3, 0, 3),
            ("text", 4, 0, 3), ("answer", 5, 0, 3),
        )  # fmt: skip
        for name, row, at, wide in places:
            place = Qt.AlignmentFlag.AlignTop if name in _TEXTS else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(label(words[name], "quiet"), row, at, place)
            grid.addWidget(widgets[name], row, at + 1, 1, wide)
        grid.addWidget(
            self._confirmation, 5, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        )
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(3, 4)
        for row in (4, 5):
            grid.setRowStretch(row, 1)
        for text in self._texts.values():
            text.setMinimumHeight(_LOW)
        self._fields["articles"].hint(self.tr("例如 劳动合同法 第三十条"))
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
        self._in_order(widgets)

    def _in_order(self, widgets: dict[str, QWidget]) -> None:
        """Let Tab go in reading order."""
        order = [widgets[name] for name in
                 ("point", "category", "amount_fen", "employer", "people", "articles", "text",
                  "answer")]  # fmt: skip
        for one, other in zip(order, [*order[1:], self._confirm], strict=True):
            QWidget.setTabOrder(one, other)
        QWidget.setTabOrder(self._confirm, self._save)

    def _connect(self) -> None:
        for name, field in self._fields.items():
            field.editingFinished.connect(lambda name=name: self._write(name))
            field.accepted.connect(lambda name=name: self._model.accept(name))
            field.declined.connect(lambda name=name: self._model.decline(name))
            field.left.connect(self.left)
        for name, text in self._texts.items():
            text.finished.connect(lambda name=name: self._write(name))
            text.left.connect(self.left)
        self._category.chosen.connect(lambda text: self._model.write("category", text))
        self._category.accepted.connect(lambda: self._model.accept("category"))
        self._category.declined.connect(lambda: self._model.decline("category"))
        self._category.left.connect(self.left)
        self._model.shown.connect(self._show)

    def write_all(self) -> bool:
        """Hand over what stands in the fields; return whether all of it is understood."""
        understood = [self._write(name) for name in (*_LINES, *_TEXTS)]
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
            field.setModified(False)
        for text in self._texts.values():
            text.document().setModified(False)
        self._model.show(question)

    def _write(self, name: str) -> bool:
        if name in self._fields:
            field = self._fields[name]
            if not field.isModified():
                return True
            understood = self._model.write(name, field.text())
            field.setModified(not understood)
            return understood
        text = self._texts[name]
        if text.document().isModified():
            self._model.write(name, text.toPlainText())
            text.document().setModified(False)
        return True

    @Slot()
    def _show(self) -> None:
        question = self._model.question
        self.setEnabled(question is not None)
        for name, field in self._fields.items():
            field.show_text(self._model.text(name))
            field.propose(self._model.proposal(name))
        for name, text in self._texts.items():
            text.show_text(self._model.text(name))
        self._category.show_text(self._model.text("category"))
        self._category.propose(self._model.proposal("category"))
        if question is None:
            set_text(self._title, self.tr("没有正在写的问题 · 按 F7 标问题"))
            set_text(self._state, "")
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
