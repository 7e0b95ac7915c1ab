"""登记簿 as a table: papers and deeds of all cases, what is not answered in time on top."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)
from typing_extensions import override

from hotline_desk.domain.casework.letters import Reply
from hotline_desk.domain.times import day_text
from hotline_desk.ui.cases.rows_at_hand import RowsAtHand
from hotline_desk.ui.kit.card_cell import CardCell
from hotline_desk.ui.kit.keys import EXCEL_KEY, PRINT_KEY
from hotline_desk.ui.kit.panel import label, opening_words
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.top_bar import abreast, ask_where, bar, button, choices
from hotline_desk.ui.kit.version_choice import VersionChoice
from hotline_desk.workflows.case_registers import Register, RegisterRow

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from hotline_desk.ui.cases.case_register_view_model import CaseRegisterViewModel
    from hotline_desk.ui.kit.style import Appearance


def _number(row: RegisterRow) -> str:
    return row.letter.number if row.letter else ""


def _recipient(row: RegisterRow) -> str:
    return row.letter.recipient if row.letter else ""


def _asked(row: RegisterRow) -> str:
    letter = row.letter
    return day_text(letter.answer_by) if letter and letter.answer_by else ""


def _answer(row: RegisterRow) -> str:
    letter = row.letter
    if letter is not None and letter.voided_on is not None:
        return f"{day_text(letter.voided_on)}作废：{letter.voided_for}"
    if letter is None or letter.answered_on is None:
        return ""
    return " ".join(filter(None, (day_text(letter.answered_on), letter.answer)))


COLUMNS: tuple[Column[RegisterRow], ...] = (
    Column(title="状态", text=lambda row: row.reply or "", width=104),
    Column(title="文号", text=_number, width=184),
    Column(title="种类", text=lambda row: row.kind, width=100),
    Column(title="收文单位", text=_recipient, width=120, stretches=True),
    Column(title="内容", text=lambda row: row.words, width=120, stretches=True),
    Column(title="日期", text=lambda row: day_text(row.on), width=132),
    Column(title="案件", text=lambda row: row.case.number if row.case else "", width=112, room=820),
    Column(title="要求答复", text=_asked, width=132, room=1100),
    Column(title="答复", text=_answer, width=160, stretches=True, room=960),
)
_STATE = 0
_REASON = 264


class CaseRegister(RowsAtHand[RegisterRow]):
    """The rows; Enter goes to the case, and there to what a paper still waits for."""

    def __init__(
        self, model: CaseRegisterViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(COLUMNS, lambda row: row.key, parent)
        self._model = model
        self.table.setAccessibleName(self.tr("登记簿"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(CardCell(appearance, self.table, card_column=-1, tone=_tone))
        only = self.tr("只看这些")
        self._registers = choices(
            [each.value for each in Register], self, tips=[only] * len(Register)
        )
        self._count = label(role="meta")
        self._version = VersionChoice(appearance)
        self._version.why.setMinimumWidth(_REASON)
        foot = bar(abreast(
            button(self.tr("打印"), self.tr("先做成 PDF 给您看，再选打印机"), self._print,
                   key=PRINT_KEY),
            button(self.tr("导出 Excel"), self.tr("显示的这些行导出成 Excel 文件"),
                   self._ask_where, key=EXCEL_KEY),
            self._version, self._version.why, 0, self._count,
        ))  # fmt: skip
        self._lay_rows(bar(abreast(*self._registers.buttons(), 0)), foot)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.seen.connect(self._model.watch)
        self._registers.idClicked.connect(lambda at: self._model.choose(list(Register)[at]))
        self._model.shown_changed.connect(self._show)
        self._version.refused.connect(self._model.warned)
        self._version.changed.connect(self._show_version)
        self._version.begin()
        self._version.why.left.connect(self.table.setFocus)
        self.table.left.connect(self.left)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._version.begin()

    @Slot()
    def _show_version(self) -> None:
        self._version.why.setVisible(self._version.internal)

    def _print(self) -> None:
        if self._version.is_reasoned():
            self._model.print_(internal=self._version.internal, why=self._version.reason)

    def _ask_where(self) -> None:
        internal, why = self._version.internal, self._version.reason
        if self._version.is_reasoned():
            ask_where(self, self.tr("导出 Excel"), self._model.export_name(internal=internal),
                      partial(self._model.export, internal=internal, why=why))  # fmt: skip

    @Slot()
    def _show(self) -> None:
        model, rows = self._model, self._model.shown
        self._registers.button(list(Register).index(model.register)).setChecked(True)
        set_text(self._count, self.tr("{n} 条").format(n=f"{len(rows):,}"))
        self._show_rows(rows, (model.register, model.words), self._nothing())

    def _nothing(self) -> str:
        if not self._model.read:
            return opening_words()
        if self._model.words:
            return self.tr("没有符合“{words}”的行。清空筛选，或换一个登记簿。").format(
                words=self._model.words
            )
        return self.tr(
            "这里还没有登记。\n在案件里发函、转办、督办、质检、催办、转介服务点，都会记在这里。"
        )


def _tone(row: RegisterRow, column: int) -> tuple[str, bool]:
    late = row.reply is Reply.OVERDUE
    if column == _STATE:
        return ("red" if late else "quiet"), late
    return "text", False
