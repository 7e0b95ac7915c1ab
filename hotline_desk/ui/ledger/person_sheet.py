"""What concerns the caller as a person: 授权, the number until it is asked for, and deletion."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.domain.masking import mask_numbers
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import hairline, label
from hotline_desk.ui.kit.text_fields import Choice, OneLine

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.ledger.person_view_model import PersonViewModel
    from hotline_desk.workflows.delete_person import Proposal

_CONSENTS = {
    "broadcast": "直播播出", "replay": "回放与公开", "pass_on": "转交部门或律师",
    "name_to_employer": "向单位披露身份",
}  # fmt: skip
_ANSWERS = {"未问": None, "同意": True, "不同意": False}


class PersonSheet(QWidget):
    """Stands below what is known of a caller."""

    number_asked = Signal(int)
    delete_asked = Signal(int)
    written = Signal(int, str, str)
    """A question's id, the caller's field, and what was written there."""
    left = Signal()
    """Esc in one of the answers: back to the list."""

    def __init__(
        self, model: PersonViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._question: int | None = None
        self._call: Call | None = None
        self._in_sight = False
        """Whether the whole number stands there, because somebody asked for it or wrote it."""
        self._masked = label()
        self._masked.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_number = QPushButton(self.tr("显示完整号码"))
        self.show_number.setToolTip(self.tr("显示以后可以改；会记入访问记录"))
        self.number = OneLine(appearance)
        self.number.setObjectName("phone")
        self.number.setAccessibleName(self.tr("电话"))
        self.delete = QPushButton(self.tr("个人信息删除（匿名化）…"))
        self.delete.setToolTip(self.tr("先列出会删除什么，确认以后才删除"))
        self._record = label()
        self._answers = {field: self._choice(field, appearance) for field in _CONSENTS}
        self._of_call = QWidget()
        inner = QVBoxLayout(self._of_call)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.SPACE)
        inner.addWidget(hairline())
        inner.addWidget(label(self.tr("授权"), "section"))
        inner.addLayout(self._form())
        inner.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE)
        column.addWidget(self._of_call)
        self.phone = self._number_row()
        """Stands among the caller's fields: it is what one looks for first."""
        self.show_number.clicked.connect(self._ask_for_number)
        self.number.finished.connect(self.write)
        self.number.left.connect(self.left)
        self.delete.clicked.connect(self._ask_to_delete)
        self.number_asked.connect(model.show_number)
        self.delete_asked.connect(model.propose)
        model.shown.connect(self._show_number)

    def _number_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self._masked, 1)
        row.addWidget(self.show_number)
        row.addWidget(self.number, 1)
        return made

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE)
        form.setVerticalSpacing(tokens.SMALL)
        form.addRow(label(self.tr("录音"), "quiet"), self._record)
        for field, words in _CONSENTS.items():
            form.addRow(label(words, "quiet"), self._answers[field])
        return form

    def _choice(self, field: str, appearance: Appearance) -> Choice:
        made = Choice(appearance)
        unasked = field != "name_to_employer"  # that one is a plain yes or no
        made.addItems(
            [words for words, answer in _ANSWERS.items() if unasked or answer is not None]
        )
        made.setObjectName(field)
        made.left.connect(self.left)
        made.activated.connect(partial(self._answer, field, made))
        return made

    def put_after(self, field: QWidget) -> None:
        """Let Tab come to the number from *field*, which it stands below."""
        QWidget.setTabOrder(field, self.show_number)
        QWidget.setTabOrder(self.show_number, self.number)

    def show_caller(self, question_id: int, call: Call | None) -> None:
        """Show who asked a question; a number that is in sight stays so until another is shown."""
        if (question_id, call and call.id) != (self._question, self._call and self._call.id):
            self.write()
            self._in_sight = self._in_sight and question_id == self._question
            self.number.setModified(False)
        self._question, self._call = question_id, call
        self._of_call.setVisible(call is not None)
        self._show_phone()
        if call is not None:
            words = {answer: each for each, answer in _ANSWERS.items()}
            self._record.setText(words[call.consent.record])
            for field, choice in self._answers.items():
                choice.show_text(words[getattr(call.consent, field)])

    def _show_phone(self) -> None:
        phone = self._call.caller.phone if self._call else ""
        hidden = bool(phone) and not self._in_sight
        self._masked.setText(mask_numbers(phone))
        for widget in (self._masked, self.show_number):
            widget.setVisible(hidden)
        self.number.setVisible(not hidden)
        self.number.show_text("" if hidden else phone)

    def write(self) -> None:
        """Write down the number that was typed, if it is another."""
        text = self.number.text().strip()
        if self._question is not None and self.number.isModified():
            self.number.setModified(False)
            if text != (self._call.caller.phone if self._call else ""):
                self._in_sight = True
                self.written.emit(self._question, "phone", text)

    @Slot()
    def _ask_for_number(self) -> None:
        if self._call is not None:
            self.number_asked.emit(self._call.id)

    @Slot()
    def _ask_to_delete(self) -> None:
        if self._call is not None:
            self.delete_asked.emit(self._call.id)

    def _answer(self, field: str, choice: Choice, _at: int) -> None:
        if self._call is not None:
            self._model.answer(self._call.id, field, _ANSWERS[choice.currentText()])

    @Slot(int)
    def _show_number(self, call_id: int) -> None:
        if self._call is not None and call_id == self._call.id:
            self._in_sight = True
            self._show_phone()
            self.number.setFocus()
            self.number.selectAll()


def ask_before_deleting(model: PersonViewModel, window: QWidget) -> None:
    """Have *window* show the question whenever *model* has found what would go."""

    def ask(proposal: Proposal, lines: tuple[str, ...], *, expired: bool) -> None:
        # not before the window: it is rarely asked for
        from hotline_desk.ui.ledger.person_dialog import PersonDialog  # noqa: PLC0415

        PersonDialog(model, proposal, lines, window, expired=expired).open()

    model.proposed.connect(lambda proposal, lines: ask(proposal, lines, expired=False))
    model.expired_found.connect(lambda proposal, lines: ask(proposal, lines, expired=True))
