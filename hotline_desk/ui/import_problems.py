"""What is wrong with a file, place by place; what stands in the way comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from hotline_desk.ui import tokens
from hotline_desk.ui.record_list import RECORD_ROLE
from hotline_desk.ui.record_table import SORT_ROLE, Column, RecordTable
from hotline_desk.ui.record_view import RecordView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from hotline_desk.domain.importing import Problem
    from hotline_desk.ui.style import Appearance

_COLUMNS: tuple[Column[Problem], ...] = (
    Column(
        title="",
        text=lambda problem: "挡住" if problem.blocks else "提醒",
        sort_key=lambda problem: float(not problem.blocks),
        width=52,
    ),
    Column(title="表", text=lambda problem: problem.table, width=110, room=760),
    Column(
        title="行",
        text=lambda problem: "" if problem.row is None else str(problem.row),
        sort_key=lambda problem: float(problem.row or 0),
        width=52,
        figure=True,
    ),
    Column(title="列", text=lambda problem: problem.heading or "整行", width=104),
    Column(title="问题", text=lambda problem: problem.words, width=240, stretches=True),
    Column(title="建议", text=lambda problem: problem.proposal, width=92),
)


class ImportProblems(RecordView):
    """The problems as a table."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, row=tokens.TABLE_ROW, parent=parent)
        self.rows: RecordTable[Problem] = RecordTable(_COLUMNS)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setSourceModel(self.rows)
        self.setModel(self._sorted)
        self.setItemDelegate(_Weight(appearance, self))
        self.setAccessibleName(self.tr("问题"))
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.size_columns()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show *problems* instead of those before."""
        self.rows.show(sorted(problems, key=lambda problem: not problem.blocks))


class _Weight(QStyledItemDelegate):
    """Draws what stands in the way in the colour of a warning."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        problem: Problem = index.data(RECORD_ROLE)
        name = ""
        if index.column() == 0:
            name = "yellow_card_text" if problem.blocks else "quiet"
        elif index.column() == len(_COLUMNS) - 1:
            name = "accent"
        if name:
            colour = QColor(self._appearance.colour(name))
            for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
                option.palette.setColor(role, colour)
