"""The middle of the ledger's page: views and filter above, below them the table that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hotline_desk.messages import sentence
from hotline_desk.ui.cases.case_list import CaseList
from hotline_desk.ui.cases.case_register import CaseRegister
from hotline_desk.ui.cases.due_list import DueList, DueParts
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.panel import KeyButton, Panel, empty_words, hairline, label, opening_words
from hotline_desk.ui.kit.reason_bar import ReasonBar
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.ledger.bulk_bar import BulkBar
from hotline_desk.ui.ledger.filter_field import FilterField
from hotline_desk.ui.ledger.ledger_view_model import OF_CASES, SavedView
from hotline_desk.ui.ledger.question_table import QuestionTable
from hotline_desk.ui.ledger.table_bar import TableBar
from hotline_desk.ui.ledger.views_bar import ViewsBar

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from hotline_desk.domain.arranging import Arranged
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.record_view import RecordView
    from hotline_desk.ui.kit.style import Appearance


class LedgerList(Panel):
    """Questions, cases or what is due, whichever the view is of."""

    def __init__(self, desk: Desk, actions: dict[Verb, QAction], appearance: Appearance) -> None:
        super().__init__()
        self._desk = desk
        self._model = desk.ledger
        self.table = QuestionTable(appearance)
        self.filter = FilterField(appearance)
        self.views = ViewsBar(self._model, appearance)
        self.bar = TableBar(self._model, self.table)
        self.bulk = BulkBar(desk.bulk, self.table.chosen_ids, appearance)
        self.due = DueList(desk.due, appearance)
        self.cases = CaseList(desk.cases, appearance)
        self.registers = CaseRegister(desk.registers, appearance)
        self.parts = DueParts(desk.due)
        self._rows_wanted = False
        desk.due.rows_changed.connect(self._show_faults)
        self.reason = ReasonBar(appearance)
        """Asked for by the list that names employers and matters."""
        self.cases.print_asked.connect(self._ask_for_lists)
        self.reason.given.connect(self._print_lists)
        self.reason.masked.connect(self._print_lists)
        for rows in (self.cases, self.registers):
            rows.filled.connect(self._go_on)
        self._count = label(role="meta")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._confirm = KeyButton(actions[Verb.CONFIRM])
        self._empty = empty_words("")
        self._faults = label(role="warning", wrap=True)
        exchange = (KeyButton(actions[Verb.IMPORT]), KeyButton(actions[Verb.EXPORT]))
        self._line(self.views, None, self._count, self._confirm)
        self._line(self.filter, self.parts, self.bar, None, *exchange)
        self._fault_line = self._line(self._faults)
        self._fault_line.hide()
        self.column.addWidget(self.bar.chips)
        self.column.addSpacing(tokens.SMALL)
        self.column.addWidget(hairline())
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.bulk)
        for widget in (self._empty, self.due, self.cases, self.registers):
            self.column.addWidget(widget, 1)
        self.column.addWidget(self.reason)

    def _line(self, *widgets: QWidget | None) -> QWidget:
        """Add a line of widgets; None is the room between those at the left and at the right."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, 0)
        row.setSpacing(tokens.SMALL)
        for widget in widgets:
            if widget is None:
                row.addStretch(1)
            else:
                row.addWidget(widget, 2 if widget is self.filter else 0)
        self.column.addWidget(line)
        return line

    @property
    def rows(self) -> RecordView:
        """The table that is shown."""
        own: dict[SavedView | None, RecordView] = {
            SavedView.DUE: self.due.table,
            SavedView.CASES: self.cases.table,
            SavedView.REGISTER: self.registers.table,
        }
        return own.get(self._model.view, self.table)

    @Slot()
    def _ask_for_lists(self) -> None:
        words = self.tr("按承办人清单的内部版没有脱敏。事由")
        self.reason.ask(words, yes=self.tr("打印内部版"), masked=self.tr("打印脱敏版"))

    @Slot()
    @Slot(str)
    def _print_lists(self, why: str = "") -> None:
        """Print the open cases by 承办人, whole with a reason, masked without; show the paper."""
        workspace = self._desk.office.workspace

        def make() -> Path:
            from hotline_desk.workflows.owner_lists import print_now  # noqa: PLC0415  in the lane

            return print_now(workspace, why=why)

        self._desk.summary.make_paper(make)

    def focus_rows(self) -> None:
        """Put the focus on the rows; where none are read yet, on the filter until they are."""
        self._rows_wanted = self.rows.isHidden()
        (self.filter if self._rows_wanted else self.rows).setFocus()

    @Slot()
    def _go_on(self) -> None:
        if self._rows_wanted and self.filter.hasFocus() and not self.filter.text():
            self.focus_rows()

    @Slot()
    def show_view(self) -> None:
        """Show the table of the view, and what belongs to it."""
        view = self._model.view
        due, of_cases = view is SavedView.DUE, view in OF_CASES
        shown = self._model.shown
        self.due.setVisible(due)
        self.parts.setVisible(due)
        self.cases.setVisible(view is SavedView.CASES)
        self.bar.setVisible(not of_cases)
        self._confirm.setVisible(not of_cases)
        self.registers.setVisible(view is SavedView.REGISTER)
        self._count.setVisible(view not in {SavedView.CASES, SavedView.REGISTER})
        self.filter.hint_at(view)
        if self.filter.text().strip() != shown.words:
            self.filter.setText(shown.words)
        self.table.show_order(shown.order, descending=shown.descending)
        if of_cases:
            for widget in (self.table, self._empty, self.bulk):
                widget.hide()
        if due:
            self.count_due()
        elif not of_cases and not self._model.read:
            self.table.hide()
            self._empty.show()
            self._empty.setText(opening_words())
        self._go_on()

    def show_rows(self, arranged: Arranged) -> None:
        """Show the questions that were arranged, or why there are none."""
        some = bool(arranged.ids)
        self.table.show_rows(arranged, self._model.shown.group)
        self.table.setVisible(some)
        self._empty.setVisible(not some)
        self._empty.setText(self._nothing())
        self.count_rows()
        self._go_on()

    @Slot()
    def count_rows(self) -> None:
        """Say how many questions there are, and what can be done with the chosen ones."""
        if self._model.view in OF_CASES:
            return
        self.bulk.show_chosen(len(self.table.chosen_ids()))
        set_text(self._count, self.tr("{n} 条").format(n=f"{len(self.table.rows.ids):,}"))

    @Slot()
    def _show_faults(self) -> None:
        """Say what of the office's own calendar and lists is not understood, until it is."""
        faults = self._desk.due.faults
        set_text(self._faults, "\n".join(map(sentence, faults)))
        self._fault_line.setVisible(bool(faults))

    def count_due(self) -> None:
        """Say how much is due, now that it is read."""
        set_text(self._count, self._desk.due.says)
        self._go_on()

    def _nothing(self) -> str:
        shown = self._model.shown
        if shown.words:
            return self.tr("没有符合“{words}”的行。清空筛选，或换一个视图。").format(
                words=shown.words
            )
        if shown.filters or self._model.ids is not None:
            return self.tr("没有符合这些条件的行。去掉上面的一个条件，或换一个视图。")
        return self.tr(
            "这里还没有问题。\n在直播台（Ctrl+1）按 F7 标一个问题，它就会出现在这里；"
            "已有的台账按 Ctrl+I 导入。"
        )
