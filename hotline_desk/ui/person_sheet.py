"""What concerns the caller as a person: 授权, the number until it is asked for, and deletion."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.domain.masking import mask_numbers
from hotline_desk.ui import tokens
from hotline_desk.ui.panel import hairline, label
from hotline_desk.ui.text_fields import Choice

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.ui.person_view_model import PersonViewModel
    from hotline_desk.ui.style import Appearance
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
    left = Signal()
    """Esc in one of the answers: back to the list."""

    def __init__(
        self,
        model: PersonViewModel,
        call: Call,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._call = call
        self._appearance = appearance
        self._phone = label(mask_numbers(call.caller.phone))
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_number = QPushButton(self.tr("显示完整号码"))
        self.show_number.setToolTip(self.tr("会记入访问记录"))
        self.delete = QPushButton(self.tr("个人信息删除（匿名化）…"))
        self.delete.setToolTip(self.tr("先列出会删除什么，确认以后才删除"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE)
        if call.caller.phone:
            column.addLayout(self._number_row())
        column.addWidget(hairline())
        column.addWidget(label(self.tr("授权"), "section"))
        column.addLayout(self._form())
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_number.clicked.connect(lambda: self.number_asked.emit(call.id))
        self.delete.clicked.connect(lambda: self.delete_asked.emit(call.id))
        self.number_asked.connect(model.show_number)
        self.delete_asked.connect(model.propose)
        model.shown.connect(self._show)

    def _number_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        row.addWidget(label(self.tr("电话"), "quiet"))
        row.addWidget(self._phone, 1)
        row.addWidget(self.show_number)
        return row

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE)
        form.setVerticalSpacing(tokens.SMALL)
        record = {None: "未问", True: "同意", False: "不同意"}[self._call.consent.record]
        form.addRow(label(self.tr("录音"), "quiet"), label(record))
        for field, words in _CONSENTS.items():
            present = getattr(self._call.consent, field)
            answers = {words: answer for words, answer in _ANSWERS.items()
                       if field != "name_to_employer" or answer is not None}  # fmt: skip
            chosen = next(words for words, answer in answers.items() if answer is present)
            choice = self._choice(field, tuple(answers), chosen)
            choice.activated.connect(partial(self._answer, field, choice))
            form.addRow(label(words, "quiet"), choice)
        return form

    def _choice(self, field: str, words: tuple[str, ...], chosen: str) -> Choice:
        made = Choice(self._appearance)
        made.addItems([str(each) for each in words])
        made.setCurrentText(str(chosen))
        made.setObjectName(field)
        made.left.connect(self.left)
        if self._model.at == (self._call.id, field):  # the leaf was made anew under the hand
            QTimer.singleShot(0, made, made.setFocus)
            self._model.at = (0, "")
        return made

    def _answer(self, field: str, choice: Choice, _at: int) -> None:
        self._model.answer(self._call.id, field, _ANSWERS[choice.currentText()])

    @Slot(int, str)
    def _show(self, call_id: int, phone: str) -> None:
        if call_id == self._call.id:
            self._phone.setText(phone)
            self.show_number.hide()


def ask_before_deleting(model: PersonViewModel, window: QWidget) -> None:
    """Have *window* show the question whenever *model* has found what would go."""

    def ask(proposal: Proposal, lines: tuple[str, ...], *, expired: bool) -> None:
        # not before the window: it is rarely asked for
        from hotline_desk.ui.person_dialog import PersonDialog  # noqa: PLC0415

        PersonDialog(model, proposal, lines, window, expired=expired).open()

    model.proposed.connect(lambda proposal, lines: ask(proposal, lines, expired=False))
    model.expired_found.connect(lambda proposal, lines: ask(proposal, lines, expired=True))
