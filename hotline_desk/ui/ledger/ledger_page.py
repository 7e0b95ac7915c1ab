"""台账: views at the left, questions in the middle, what stands behind a row at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.domain.casework.due import Stage
from hotline_desk.ui.cases.case_panel import CasePanel
from hotline_desk.ui.kit.following import SeenWidget
from hotline_desk.ui.kit.keys import BULK_KEY, Verb
from hotline_desk.ui.kit.staying import Staying
from hotline_desk.ui.ledger.ledger_list import LedgerList
from hotline_desk.ui.ledger.ledger_view_model import OF_CASES, SavedView
from hotline_desk.ui.ledger.row_panel import RowPanel
from hotline_desk.ui.ledger.table_state import restore_table, table_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QAction, QShowEvent

    from hotline_desk.domain.arranging import Arranged, View
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.due import Due
    from hotline_desk.domain.questions import Question, TableRow
    from hotline_desk.ui.cases.rows_at_hand import AboutCase
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.record_view import RecordView
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.workflows.case_registers import RegisterRow

_PANEL = 440


class LedgerPage(SeenWidget):
    """The rows, and the one at hand."""

    def __init__(
        self,
        desk: Desk,
        actions: dict[Verb, QAction],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._model = desk.ledger
        self._list = LedgerList(desk, actions, appearance)
        self._table, self._due = self._list.table, self._list.due
        self.filter, self.views, self.bar = self._list.filter, self._list.views, self._list.bar
        self.bulk, self.cases = self._list.bulk, self._list.cases
        self.registers, self.reason = self._list.registers, self._list.reason
        self._panel = RowPanel(desk.person, appearance)
        self._case = CasePanel(desk.case, actions[Verb.OPEN_CASE], appearance)
        self._panel.add_leaf(self._case, self.tr("案件"))
        self._viewed = False
        self._first_wanted = False
        """Whether the first of the rows that are being read is to be at hand."""
        self._opening: frozenset[int] = frozenset()
        """Questions that become a case, which is to be gone to."""
        self._staying = Staying(self._follow, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("ledger")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list)
        self.splitter.addWidget(self._panel)
        self.splitter.setSizes([1000, _PANEL])
        self.splitter.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self._connect()
        self._list.show_view()

    def _connect(self) -> None:
        model, table = self._model, self._table
        for followed in (self._desk.due, model):
            self.seen.connect(followed.watch)
        model.arranged.connect(self._show_rows)
        model.shown_changed.connect(self._list.show_view)
        model.rows_read.connect(self._fill)
        model.detail_changed.connect(self._panel.show_detail)
        table.rows.wanted.connect(model.read_rows)
        table.rows.order_asked.connect(model.put_in_order)
        table.selectionModel().currentRowChanged.connect(self._staying.move)
        table.chosen_changed.connect(self._list.count_rows)
        table.play_asked.connect(self.play)
        table.opened.connect(self._open_row)
        table.left.connect(self.filter.setFocus)
        self.views.asked.connect(self.choose_view)
        self.views.own_asked.connect(self._choose_own)
        self.views.left.connect(self.focus_list)
        self.bar.left.connect(self.focus_list)
        self.bulk.left.connect(self.focus_list)
        self.filter.textChanged.connect(model.filter)
        self.filter.textChanged.connect(self._desk.due.filter)
        self.filter.textChanged.connect(self._desk.cases.filter)
        self.filter.textChanged.connect(self._desk.registers.filter)
        self.filter.left.connect(self.focus_list)
        self.filter.entered.connect(self._enter_list)
        self._desk.due.rows_changed.connect(self._show_due)
        self._due.chosen.connect(self._choose_due)
        self._due.opened.connect(self._open_due)
        self._due.emptied.connect(self.filter.setFocus)
        self._due.urge_asked.connect(self._desk.cases.urge)
        self.cases.chosen.connect(partial(self._choose_row, SavedView.CASES))
        self.cases.opened.connect(self._open_of_list)
        self.cases.left.connect(self.filter.setFocus)
        self.registers.chosen.connect(partial(self._choose_row, SavedView.REGISTER))
        self.registers.opened.connect(self._open_registered)
        self.registers.left.connect(self.filter.setFocus)
        self._case.left.connect(self.focus_list)
        self._desk.case.done.connect(self.focus_list)
        self._desk.case.shown.connect(self._go_into_case)
        for signal in (self._desk.case.warned, self._desk.case.failed):
            signal.connect(self._stay_out)
        self._panel.play_asked.connect(self._desk.playback.play)
        for form, write in (
            (self._panel.question, model.write_question),
            (self._panel.caller, model.write_asker),
        ):
            form.written.connect(write)
            form.left.connect(self.focus_list)
        model.refused.connect(self._panel.refuse)
        self._panel.question.written.connect(self._note_written)
        QShortcut(
            QKeySequence(BULK_KEY), self, self.bulk.go_on,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip

    @Slot(object)
    def choose_view(self, view: SavedView) -> None:
        """Show the rows of *view*, because somebody wants them."""
        self._viewed = True
        if view is not self._model.view and {view, self._model.view} & OF_CASES:
            self.filter.clear()  # what was looked for among rows of another kind hides what is due
        self._open_view(view)

    def _open_view(self, view: SavedView) -> None:
        self._model.choose_view(view)
        if view is SavedView.DUE:
            self._choose_due(self._due.current())
        elif view is SavedView.CASES:
            self._choose_row(view, self.cases.row())
        elif view is SavedView.REGISTER:
            self._choose_row(view, self.registers.row())
        else:
            self._staying.move()

    @Slot(object)
    def _choose_own(self, view: View) -> None:
        self._viewed = True
        self._model.choose_own(view)

    def show_ids(self, ids: Sequence[int], words: str) -> None:
        """Show exactly the questions with these *ids*; *words* say where they come from."""
        self._viewed = True
        self._model.show_ids(ids, words)
        self.focus_list()

    def show_cases(self, ids: Sequence[int], words: str) -> None:
        """Show exactly the cases with these *ids*; *words* say where they come from."""
        self.filter.clear()
        self.choose_view(SavedView.CASES)
        self._desk.cases.show_only(ids, words)
        self.focus_list()

    def go_to(self, row: Due) -> None:
        """Show *row* of what is due, and what is to be done for it."""
        self.choose_view(SavedView.DUE)
        self._due.go_to(row)

    def focus_list(self) -> None:
        """Put the focus on the rows, where there are none on the filter."""
        self._list.focus_rows()

    @property
    def _rows(self) -> RecordView:
        """The table that is shown."""
        return self._list.rows

    @Slot()
    def _enter_list(self) -> None:
        """Go from the filter to the first row that it finds."""
        self._first_wanted = self._model.read_what_is_typed() and not self._model.of_cases
        self._go_to_first()

    def _go_to_first(self) -> None:
        if self._rows is self._table:
            self._table.select_first()
        elif not self._rows.currentIndex().isValid():
            self._rows.selectRow(0)
        self.focus_list()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._viewed:
            self._open_view(SavedView.DUE if self._due_first() else SavedView.EPISODE)

    def play(self) -> None:
        """Play the row at hand."""
        question = self._current()
        if question is not None:
            self._desk.playback.play_question(question)

    def confirm(self) -> None:
        """Have the answer of the row at hand confirmed by its lawyer, or no longer."""
        self._desk.question.confirm(self._current())

    def open_case(self) -> None:
        """Open one case for the selected rows (立案), and go to what is next for it."""
        self._staying.arrive()
        self._panel.open_leaf(self._case)
        of_cases = self._model.view in OF_CASES
        due = self._due.question_ids() if self._model.view is SavedView.DUE else ()
        ids = due if of_cases else self._table.chosen_ids()
        self._opening = frozenset(ids)
        self._desk.case.open(ids)

    @Slot()
    def _go_into_case(self) -> None:
        """Go to what is next for the case that was just opened."""
        case = self._desk.case.case
        if case is not None and not self._opening.isdisjoint(case.questions):
            self._stay_out()
            self._case.begin()

    @Slot()
    def _stay_out(self) -> None:
        self._opening = frozenset()

    def write(self) -> None:
        """Go on writing the question or the paper at hand, in the panel."""
        self._staying.arrive()
        row = self.registers.row() if self._model.view is SavedView.REGISTER else None
        if row is not None:
            self._open_registered(row, amends=True)
        elif self._model.chosen is None:
            self._model.warned.emit(self.tr("先在台账里选中一个问题，再按 Ctrl+E。"))
        else:
            self._panel.begin(self._model.chosen)

    def write_caller(self) -> None:
        """Go on writing down who asks the question at hand, in the panel."""
        self._staying.arrive()
        if self._model.chosen is None:
            self._model.warned.emit(self.tr("先在台账里选中一个问题，再按 Ctrl+D。"))
        else:
            self._panel.begin(self._model.chosen, of_caller=True)

    def save(self) -> None:
        """Write down what is being written in the panel; do what is filled in for the case."""
        if self._panel.write():
            return
        self._staying.arrive()
        self._panel.open_leaf(self._case)
        self._case.do()

    def columns(self) -> QByteArray:
        """Return how the table stands, to be kept: its columns, and the order of the rows."""
        return table_state(self._table, self._model)

    def restore_columns(self, state: QByteArray) -> None:
        """Have the table stand as it did; what is not understood of it stays as it is."""
        restore_table(self._table, self._model, state)

    def at_hand(self) -> Question | Case | None:
        """Return the question or the case that is chosen."""
        if self._model.view is SavedView.DUE:
            row = self._due.current()
            return None if row is None else row.case or row.question
        if self._model.view is SavedView.REGISTER:
            return self.registers.current()
        return self.cases.current() if self._model.view in OF_CASES else self._current()

    def _current(self) -> Question | None:
        row = None if self._model.view in OF_CASES else self._table.current_row()
        return row.question if row else None

    def _follow(self) -> None:
        """Show what stands behind the row at hand."""
        if self._model.of_cases:  # the list of cases was gone to before the row had stayed
            return
        key = self._table.current_id()
        if key not in self._opening:
            self._stay_out()
        self._model.choose_row(key)
        self._desk.case.show_question(self._current())
        if key is None:
            self._panel.clear()

    @Slot()
    def _open_row(self) -> None:
        """Go from the row at hand to what is behind it, from several to what is done with them."""
        if self.bulk.isVisible():
            self.bulk.begin()
            return
        self._staying.arrive()
        if self._model.chosen is not None:
            self._panel.begin(self._model.chosen)

    @Slot(object)
    def _choose_due(self, row: Due | None) -> None:
        if self._model.view is not SavedView.DUE:
            return
        if row is None:
            self._show_behind(None)
            return
        known = (row.question.id,) if row.question is not None else ()
        self._show_behind(next(iter(known or (row.case.questions if row.case else ())), None))
        self._desk.case.show_due(row)

    def _show_behind(self, question_id: int | None) -> None:
        """Show the question behind a case in its own leaf, on top of it the case."""
        if question_id not in self._opening:
            self._stay_out()
        self._model.choose_row(question_id)
        if question_id is None:
            self._panel.clear()
        self._panel.open_leaf(self._case)

    def _choose_row(self, view: SavedView, row: AboutCase | None) -> None:
        """Show what is behind a row of 案件 or 登记簿 while that view is open."""
        if self._model.view is view and row is not None:
            self._show_behind(next(iter(row.case.questions), None) if row.case else None)
            self._desk.case.show_case(row.case.id if row.case else None)

    @Slot(object)
    def _open_registered(self, row: RegisterRow | None, *, amends: bool = False) -> None:
        """Go to the case of a row: to what a paper waits for, else to what is next."""
        self._panel.open_leaf(self._case)
        self._case.begin_letter(row.letter if row else None, amends=amends)

    @Slot(object)
    def _open_of_list(self, _row: object) -> None:
        """Go to what is next for the case at hand."""
        self._panel.open_leaf(self._case)
        self._case.begin()

    @Slot(object)
    def _open_due(self, row: Due) -> None:
        """Go to the first field of what is due."""
        if row.stage is Stage.CATEGORY and row.question is not None:
            self._panel.begin(row.question.id, "category")
        else:
            self._panel.open_leaf(self._case)
            self._case.go(row)

    @Slot(int, str, str)
    def _note_written(self, _question_id: int, field: str, _text: str) -> None:
        """Go back to what is due from what takes its row off the list."""
        if self._model.view is SavedView.DUE and field == "category":
            QTimer.singleShot(0, self, self.focus_list)

    @Slot(tuple)
    def _show_due(self, rows: tuple[Due, ...]) -> None:
        """Show how much is due; begin with it until somebody wants to see something else."""
        if self._model.view is SavedView.DUE:
            self._list.count_due()
        elif rows and not self._viewed and self.isVisible() and self._due_first():
            self._open_view(SavedView.DUE)

    def _due_first(self) -> bool:
        """Whether the page begins with what is due: something is, and nothing is recorded."""
        return bool(self._desk.due.rows) and not self._desk.recording.recording

    @Slot(object)
    def _show_rows(self, arranged: Arranged) -> None:
        if self._model.view in OF_CASES:
            return
        self._list.show_rows(arranged)
        if not arranged.ids:
            self._panel.clear()
        elif self._first_wanted:
            self._go_to_first()
        self._first_wanted = False

    @Slot(tuple)
    def _fill(self, rows: tuple[TableRow, ...]) -> None:
        """Show rows that were read; the one at hand may be among them."""
        self._table.rows.fill(rows)
        key = self._table.current_id()
        if any(row.question.id == key for row in rows):
            self._desk.case.show_question(self._current())
