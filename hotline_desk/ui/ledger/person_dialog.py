"""个人信息删除（匿名化）: the one question that is asked before something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.workflows.delete_person import WORD

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from hotline_desk.domain.deletions import Key
    from hotline_desk.ui.ledger.person_view_model import PersonViewModel
    from hotline_desk.workflows.delete_person import Proposal

_WIDTH, _HEIGHT = 640, 560
_KEY = Qt.ItemDataRole.UserRole
"""The record of others that a line tells of."""


class PersonDialog(QDialog):
    """Shows everything that would go, and lets it go once the word is typed."""

    def __init__(
        self,
        model: PersonViewModel,
        proposal: Proposal,
        lines: tuple[str, ...],
        parent: QWidget | None = None,
        *,
        expired: bool = False,
    ) -> None:
        """Ask whether to do what *proposal* says; *expired* is about 临时 rows, not a person."""
        super().__init__(parent)
        self._model = model
        self._proposal = proposal
        self._expired = expired
        self._busy = False
        self.setWindowTitle(
            self.tr("清除临时记录") if expired else self.tr("个人信息删除（匿名化）")
        )
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setAccessibleName(self.tr("会删除什么"))
        self._others = label(
            self.tr("“去掉姓名和号码”的记录里如果写的是同名的别人，取消勾选，那一条就不动。"),
            role="meta",
            wrap=True,
        )
        self.own_only = QCheckBox(self.tr("别人也用这个号码（例如单位总机），别人的记录里留着它"))
        self.own_only.setVisible(bool(proposal.person.number_only))
        self.files = QCheckBox()
        self.backups = QCheckBox()
        self._list_all(lines)
        self.word = QLineEdit()
        self.word.setPlaceholderText(self.tr("确实要删除，请在这里输入“{word}”").format(word=WORD))
        self.word.setAccessibleName(self.tr("确认"))
        self._state = label(role="meta", wrap=True)
        self.cancel = QPushButton(self.tr("不删除  Esc"))
        self.agree = QPushButton(self.tr("删除"))
        self._lay_out()
        self.own_only.clicked.connect(self._look_again)
        self.word.textChanged.connect(self._weigh)
        self.agree.clicked.connect(self._delete)
        self.cancel.clicked.connect(self.reject)
        model.busy_changed.connect(self._show_busy)
        model.weighed.connect(self._show_weighed)
        model.deleted.connect(self.accept)
        model.failed.connect(self._show_failure)
        self._weigh()
        self.cancel.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        column.setSpacing(tokens.SPACE)
        heading = (
            self.tr("清除 {n} 条到期的临时记录").format(n=len(self._proposal.plan.questions))
            if self._expired
            else self.tr("删除这位来电人的个人信息")
        )
        says = self.tr(
            "姓名、号码、原话和声音删除以后不能恢复，也不能撤销。"
            "编号、类别、人数和金额都留着，统计数字不变。"
        )
        column.addWidget(label(heading, "heading"))
        column.addWidget(label(says, wrap=True))
        column.addWidget(self._list, 1)
        for record, why in self._proposal.person.retained:
            words = self.tr("现在不能删除：{record}标了“{why}”。").format(record=record, why=why)
            column.addWidget(label(words, "warning", wrap=True))
        column.addWidget(self._others)
        column.addWidget(self.own_only)
        column.addWidget(self.files)
        column.addWidget(self.backups)
        column.addWidget(self.word)
        column.addWidget(self._state)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel, self.agree):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _list_all(self, lines: tuple[str, ...]) -> None:
        """Show what would go; records of others can be left out one by one."""
        left = self._left()
        others = self._proposal.rows_of_others
        self._list.clear()
        for at, line in enumerate(lines):
            row = QListWidgetItem(line, self._list)
            if at in others:
                checked = others[at] not in left
                row.setData(_KEY, others[at])
                row.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self._others.setVisible(bool(others))
        count = sum(copy.goes for copy in self._proposal.files)
        self.files.setText(self.tr("列出的 {n} 个文件一并删除").format(n=count))
        self.files.setVisible(bool(count))
        count = len(self._proposal.backups)
        words = self.tr("列出的 {n} 份备份一并删除（没有别的备份时先另做一份）")
        self.backups.setText(words.format(n=count))
        self.backups.setVisible(bool(count) and not self._expired)

    def _left(self) -> set[Key]:
        """Return the records of others that somebody has left out."""
        rows = (self._list.item(at) for at in range(self._list.count()))
        return {
            tuple(row.data(_KEY))
            for row in rows
            if row.data(_KEY) and row.checkState() is Qt.CheckState.Unchecked
        }

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._busy:
            event.ignore()
        else:
            super().closeEvent(event)

    @override
    def reject(self) -> None:
        if not self._busy:
            super().reject()

    @Slot()
    def _weigh(self) -> None:
        """Let the button be pressed once the word stands there, and nothing forbids it."""
        retained = bool(self._proposal.person.retained)
        self.word.setEnabled(not retained and not self._busy)
        self.agree.setEnabled(not retained and not self._busy and self.word.text().strip() == WORD)
        self.cancel.setEnabled(not self._busy)
        self.own_only.setEnabled(not self._busy)
        self._state.setVisible(bool(self._state.text()))

    @Slot()
    def _delete(self) -> None:
        if self._expired:
            self._model.purge(self._proposal)
            return
        self._model.delete(
            self._proposal.leaving(self._left()),
            files=self.files.isChecked(),
            backups=self.backups.isChecked(),
        )

    @Slot()
    def _look_again(self) -> None:
        self._model.weigh(self._proposal, own_only=self.own_only.isChecked())

    @Slot(object, tuple)
    def _show_weighed(self, proposal: Proposal, lines: tuple[str, ...]) -> None:
        self._proposal = proposal
        self._list_all(lines)
        self._weigh()

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self._busy = busy
        self._state.setText(self.tr("请等一等……") if busy else "")
        self._weigh()

    @Slot()
    def _show_failure(self) -> None:
        """Leave the sentence to the window; what is left is done later."""
        super().reject()
