"""What is wrong with a file, place by place; what stands in the way comes first."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import Column, RecordTable
from hotline_desk.ui.kit.record_view import RecordView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from hotline_desk.domain.importing.plan import ImportPlan
    from hotline_desk.domain.importing.tables import Problem
    from hotline_desk.ui.kit.style import Appearance

MOST_SHOWN = 300
"""Nobody reads more of them, and each is measured for its lines; what blocks comes first."""
_BLOCKS, _TOLD, _LEFT_OUT = "挡住", "提醒", "跳过"
_WEIGHTS = (_BLOCKS, _LEFT_OUT, _TOLD)


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem, and whether its row is left out."""

    problem: Problem
    left_out: bool

    @property
    def weight(self) -> str:
        """What it does to the import, in a word."""
        if not self.problem.blocks:
            return _TOLD
        return _LEFT_OUT if self.left_out else _BLOCKS


def _column(problem: Problem) -> str:
    whole = "整张表" if problem.row is None else "整行"
    return problem.heading or problem.field or whole


_TABLE = 1
_ASIDE = tokens.SMALL + 3
"""What a cell keeps free at each side of its words."""
_COLUMNS: tuple[Column[ShownProblem], ...] = (
    Column(
        title="",
        text=lambda shown: shown.weight,
        sort_key=lambda shown: float(_WEIGHTS.index(shown.weight)),
        width=52,
    ),
    Column(title="表", text=lambda shown: shown.problem.table, width=84),
    Column(
        title="行",
        text=lambda shown: "" if shown.problem.row is None else str(shown.problem.row),
        sort_key=lambda shown: float(shown.problem.row or 0),
        width=52,
        figure=True,
    ),
    Column(title="列", text=lambda shown: _column(shown.problem), width=96),
    Column(title="问题", text=lambda shown: shown.problem.words, width=208, stretches=True),
    Column(title="建议", text=lambda shown: shown.problem.proposal, width=124),
)


class ImportProblems(RecordView):
    """The problems as a table."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(_COLUMNS, row=tokens.TABLE_ROW, parent=parent)
        self.rows: RecordTable[ShownProblem] = RecordTable(_COLUMNS)
        self.setModel(self.rows)
        self._fitting = QTimer(self, interval=0, singleShot=True)
        self._fitting.timeout.connect(self._fit_rows)
        for changes in (
            self.rows.modelReset, self.rows.layoutChanged, self.horizontalHeader().sectionResized
        ):  # fmt: skip
            changes.connect(self._fit_soon)
        self.setItemDelegate(_Weight(appearance, self))
        self.setAccessibleName(self.tr("问题"))
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.size_columns()

    def show_plan(self, plan: ImportPlan | None, *, tables: int) -> None:
        """Show what was found in the rows of *plan*; what stands in the way comes first.

        Args:
            plan: what the import would come to.
            tables: how many the file has; of several each problem names its own.
        """
        self.setColumnHidden(_TABLE, tables < 2)
        groups = () if plan is None else (
            (plan.blocking, False), (plan.skipped, True), (plan.notices, False),
        )  # fmt: skip
        shown = (ShownProblem(each, left_out) for group, left_out in groups for each in group)
        self.rows.show(tuple(itertools.islice(shown, MOST_SHOWN)))

    @Slot()
    def _fit_soon(self) -> None:
        self._fitting.start()

    @Slot()
    def _fit_rows(self) -> None:
        """Give each row the height of its words: what is to be done stands at a sentence's end.

        Qt does it seven times until the table stands, and asks each cell: 400 ms for 300 rows.
        """
        for row, shown in enumerate(self.rows.records):
            if (high := self._height(shown)) != self.rowHeight(row):
                self.setRowHeight(row, high)

    def _height(self, shown: ShownProblem) -> int:
        """Return how high a row is; only what is wider than its column is measured for lines."""
        metrics, high = self.fontMetrics(), 0
        for number, column in enumerate(_COLUMNS):
            words, width = column.text(shown), self.columnWidth(number) - 2 * _ASIDE
            if not self.isColumnHidden(number) and metrics.horizontalAdvance(words) > width:
                lines = metrics.boundingRect(0, 0, width, 0, Qt.TextFlag.TextWordWrap, words)
                high = max(high, lines.height())
        return max(tokens.TABLE_ROW, high + tokens.SMALL)


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
        shown: ShownProblem = index.data(RECORD_ROLE)
        name = ""
        if index.column() == 0:
            name = "yellow_card_text" if shown.weight == _BLOCKS else "quiet"
        elif index.column() == len(_COLUMNS) - 1:
            name = "accent"
        if name:
            colour = QColor(self._appearance.colour(name))
            for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
                option.palette.setColor(role, colour)
