"""What concerns the caller as a person: the number, masked until it is asked for, and deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.domain.masking import mask_numbers
from hotline_desk.ui import tokens
from hotline_desk.ui.panel import hairline, label

if TYPE_CHECKING:
    from hotline_desk.domain.calls import Call
    from hotline_desk.ui.person_view_model import PersonViewModel


class PersonSheet(QWidget):
    """Stands below what is known of a caller."""

    number_asked = Signal(int)
    delete_asked = Signal(int)

    def __init__(self, model: PersonViewModel, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call = call
        self._phone = label(mask_numbers(call.caller.phone))
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_number = QPushButton(self.tr("显示完整号码"))
        self.show_number.setToolTip(self.tr("会记入访问记录"))
        self.delete = QPushButton(self.tr("个人信息删除（匿名化）…"))
        self.delete.setToolTip(self.tr("先列出会删除什么，确认以后才删除"))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        row.addWidget(label(self.tr("电话"), "quiet"))
        row.addWidget(self._phone, 1)
        row.addWidget(self.show_number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE)
        column.addWidget(hairline())
        if call.caller.phone:
            column.addLayout(row)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_number.clicked.connect(lambda: self.number_asked.emit(call.id))
        self.delete.clicked.connect(lambda: self.delete_asked.emit(call.id))
        self.number_asked.connect(model.show_number)
        self.delete_asked.connect(model.propose)
        model.shown.connect(self._show)

    @Slot(int, str)
    def _show(self, call_id: int, phone: str) -> None:
        if call_id == self._call.id:
            self._phone.setText(phone)
            self.show_number.hide()


def ask_before_deleting(model: PersonViewModel, window: QWidget) -> None:
    """Have *window* show the question whenever *model* has found what would go."""

    def ask(proposal: object, lines: tuple[str, ...]) -> None:
        # not before the window: it is rarely asked for
        from hotline_desk.ui.person_dialog import PersonDialog  # noqa: PLC0415

        PersonDialog(model, proposal, lines, window).open()  # type: ignore[arg-type]  # a signal knows no more

    model.proposed.connect(ask)
