"""台账: views at the left, questions in the middle, what stands behind a row at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QItemSelectionModel,
    Qt,
    Slot,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui import tokens
from hotline_desk.ui.case_deeds import STAGE_DEEDS
from hotline_desk.ui.case_panel import CasePanel
from hotline_desk.ui.due_list import DueList, DueParts
from hotline_desk.ui.keys import Verb
from hotline_desk.ui.ledger_view_model import SavedView
from hotline_desk.ui.panel import KeyButton, Panel, empty_words, hairline, label, opening_words
from hotline_desk.ui.question_table import QuestionTable
from hotline_desk.ui.record_list import RECORD_ROLE
from hotline_desk.ui.restyle import set_text
from hotline_desk.ui.row_panel import RowPanel
from hotline_desk.ui.text_fields import OneLine

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QHideEvent, QShowEvent

    from hotline_desk.domain.due import Due
    from hotline_desk.domain.questions import Question
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.style import Appearance

_PANEL = 360
_FILTER_LEAST, _FILTER_MOST = 96, 260


class LedgerPage(QWidget):
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
        self._table = QuestionTable(appearance)
        self._panel = RowPanel(appearance)
        self._case = CasePanel(desk.case, actions[Verb.OPEN_CASE], appearance)
        self._panel.add_leaf(self._case, self.tr("案件"))
        self.filter = OneLine(appearance)
        self.filter.setObjectName("filter")
        self.filter.setMinimumWidth(_FILTER_LEAST)
        self.filter.setMaximumWidth(_FILTER_MOST)
        self._count = label(role="meta")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._confirm = KeyButton(actions[Verb.CONFIRM])
        self._empty = empty_words("")
        self._views = QButtonGroup(self)
        self._due = DueList(desk.due, appearance)
        self._parts = DueParts(desk.due)
        self._viewed = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("ledger")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list())
        self.splitter.addWidget(self._panel)
        self.splitter.setSizes([1000, _PANEL])
        self.splitter.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self._connect()
        self._show_rows(())
        self._show_view()

    def _list(self) -> QWidget:
        panel = Panel()
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        for view in SavedView:
            button = QPushButton(self.tr(view.value))
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.setToolTip(self.tr("只看这些行"))
            button.clicked.connect(lambda _on=False, view=view: self.choose_view(view))
            self._views.addButton(button, list(SavedView).index(view))
            row.addWidget(button)
        row.addSpacing(tokens.SMALL)
        row.addWidget(self.filter, 2)
        row.addWidget(self._parts)
        row.addWidget(self._count, 1)
        row.addWidget(self._confirm)
        panel.column.addWidget(top)
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._table, 1)
        panel.column.addWidget(self._empty, 1)
        panel.column.addWidget(self._due, 1)
        return panel

    def _connect(self) -> None:
        self._model.rows_changed.connect(self._show_rows)
        self._model.detail_changed.connect(self._panel.show_detail)
        self.filter.textChanged.connect(self._model.filter)
        self.filter.textChanged.connect(self._desk.due.filter)
        self.filter.left.connect(self.focus_list)
        self._desk.due.rows_changed.connect(self._show_due)
        self._due.chosen.connect(self._choose_due)
        self._due.opened.connect(self._open_due)
        self._due.emptied.connect(self.filter.setFocus)
        self._case.left.connect(self.focus_list)
        self._desk.case.done.connect(self.focus_list)
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        self._table.play_asked.connect(self.play)
        self._panel.play_asked.connect(self._desk.playback.play)

    def choose_view(self, view: SavedView) -> None:
        """Show the rows of *view*, because somebody wants them."""
        self._viewed = True
        self._open_view(view)

    def _open_view(self, view: SavedView) -> None:
        self._model.choose_view(view)
        self._show_view()
        if view is SavedView.DUE:
            self._choose_due(self._due.current())
        else:
            self._choose()

    def go_to(self, row: Due) -> None:
        """Show *row* of what is due, and what is to be done for it."""
        self.choose_view(SavedView.DUE)
        self._due.go_to(row)

    def focus_list(self) -> None:
        """Put the focus on the rows, where there are none on the filter."""
        table = self._due.table if self._model.view is SavedView.DUE else self._table
        (self.filter if table.isHidden() else table).setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._desk.due.watch(watched=True)
        if not self._viewed:
            self._open_view(SavedView.DUE if self._due_first() else SavedView.EPISODE)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._desk.due.watch(watched=False)

    def play(self) -> None:
        """Play the row at hand."""
        question = self._current()
        if question is not None:
            self._desk.playback.play_question(question)

    def confirm(self) -> None:
        """Have the answer of the row at hand confirmed by its lawyer, or no longer."""
        self._desk.question.confirm(self._current())

    def open_case(self) -> None:
        """Open one case for the selected rows (立案)."""
        self._panel.open_leaf(self._case)
        due = self._model.view is SavedView.DUE
        self._desk.case.open([] if due else self._table.chosen())

    def save(self) -> None:
        """Do what is filled in for the case at hand."""
        self._panel.open_leaf(self._case)
        self._case.do()

    def columns(self) -> QByteArray:
        """Return the widths and the order of the columns, to be kept."""
        return self._table.horizontalHeader().saveState()

    def restore_columns(self, state: QByteArray) -> None:
        """Have the columns as they were."""
        self._table.horizontalHeader().restoreState(state)

    def _current(self) -> Question | None:
        if self._model.view is SavedView.DUE:
            return None
        index = self._table.currentIndex()
        question: Question | None = index.data(RECORD_ROLE) if index.isValid() else None
        return question

    @Slot()
    def _choose(self) -> None:
        question = self._current()
        self._model.choose(question.id if question else None)
        self._desk.case.show_question(question)

    @Slot(object)
    def _choose_due(self, row: Due | None) -> None:
        if self._model.view is not SavedView.DUE:
            return
        first = row.case.questions[0] if row is not None and row.case.questions else None
        self._model.choose(first)
        if first is None:
            self._panel.clear()
        if row is not None:
            self._desk.case.show_due(row)
            self._panel.open_leaf(self._case)

    @Slot(object)
    def _open_due(self, row: Due) -> None:
        """Go to the first field of what is due."""
        self._panel.open_leaf(self._case)
        self._case.begin(STAGE_DEEDS.get(row.stage))

    @Slot(tuple)
    def _show_due(self, rows: tuple[Due, ...]) -> None:
        """Show how much is due; begin with it until somebody wants to see something else."""
        if self._model.view is SavedView.DUE:
            set_text(self._count, self._desk.due.says)
        elif rows and not self._viewed and self.isVisible() and self._due_first():
            self._open_view(SavedView.DUE)

    def _due_first(self) -> bool:
        """Whether the page begins with what is due: something is, and nothing is recorded."""
        return bool(self._desk.due.rows) and not self._desk.recording.recording

    def _show_view(self) -> None:
        due = self._model.view is SavedView.DUE
        self._views.button(list(SavedView).index(self._model.view)).setChecked(True)
        self._due.setVisible(due)
        self._parts.setVisible(due)
        self._confirm.setVisible(not due)
        self.filter.hint(
            self.tr("筛选：红牌、案由、单位、承办人") if due
            else self.tr("筛选：编号、原话、来电人、金额")
        )  # fmt: skip
        if due:
            self._table.hide()
            self._empty.hide()
            set_text(self._count, self._desk.due.says)
        else:
            self._show_rows(self._model.rows)

    @Slot(tuple)
    def _show_rows(self, rows: tuple[Question, ...]) -> None:
        if self._model.view is SavedView.DUE:
            return
        chosen = self._current()
        self._table.rows.show(rows)
        self._table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            opening_words()
            if not self._model.read
            else self.tr("没有符合“{words}”的行。清空筛选，或换一个视图。").format(
                words=self._model.words
            )
            if self._model.words
            else self.tr("这里还没有问题。\n在直播台（Ctrl+1）按 F7 标一个问题，它就会出现在这里。")
        )
        full = len(rows) >= self._model.limit
        words = self.tr("最近 {n} 条，用筛选缩小范围") if full else self.tr("{n} 条")
        set_text(self._count, words.format(n=f"{len(rows):,}"))
        ids = [row.id for row in rows]
        if chosen is not None and chosen.id in ids:
            self._select(ids.index(chosen.id))
        elif rows:
            self._select(0)
        else:
            self._panel.clear()

    def _select(self, row: int) -> None:
        index = self._table.sorted.mapFromSource(self._table.rows.index(row, 0))
        self._table.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
