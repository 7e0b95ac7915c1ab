"""统计: a period's large figures, all figures below them, and how the one at hand spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.statistics.grouping import basis_of
from hotline_desk.domain.statistics.period_figures import PERIOD_COLUMNS, Group
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.bars import MOST_IN_PICTURE, Bars
from hotline_desk.ui.kit.keys import EXCEL_KEY, PRINT_KEY
from hotline_desk.ui.kit.panel import Panel, empty_words, hairline, label, opening_words
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.text_fields import Choice
from hotline_desk.ui.kit.top_bar import abreast, ask_where, bar, button
from hotline_desk.ui.statistics.figure_cell import FigureCell
from hotline_desk.ui.statistics.figure_table import FigureTable
from hotline_desk.ui.statistics.figure_words import FIRST, as_text, figure_rows, first_rows
from hotline_desk.ui.statistics.period_bar import PeriodBar
from hotline_desk.ui.statistics.sheet_top import steer, unit_choice
from hotline_desk.ui.statistics.usual_period import OF_STATISTICS

if TYPE_CHECKING:
    from hotline_desk.domain.statistics.period_figures import PeriodFigures
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.statistics.statistics_view_model import Spread, StatisticsViewModel

_GROUP = 120
_BARS = 440
_FIRST_SHARES = (4, 4, 5, 5, 6, 5)


class StatisticsLeaf(QWidget):
    """Every number and every bar opens its rows."""

    def __init__(
        self, model: StatisticsViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.period = PeriodBar([usual.value for usual in OF_STATISTICS], appearance)
        self.period.step_keys(self)
        self.unit = unit_choice(appearance, self.tr("填报单位"))
        self.group = Choice(appearance)
        self.cells = tuple(FigureCell() for _ in FIRST)
        self.table = FigureTable(PERIOD_COLUMNS, appearance)
        self.bars = Bars(appearance)
        self._says = label(role="meta", wrap=True)
        self._title, self._basis = label(role="emphasis"), label(role="meta", wrap=True)
        self._none = empty_words("")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.bars)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("statistics")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.group.setFixedWidth(_GROUP)
        self.group.setAccessibleName(self.tr("按什么分"))
        for group in Group:
            self.group.addItem(group.value, group)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self._chart())
        self.splitter.setSizes([850, _BARS])
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(hairline())
        column.addWidget(self._first())
        column.addWidget(hairline())
        column.addWidget(self.splitter, 1)

    def _top(self) -> QWidget:
        model = self._model
        row = abreast(
            self.tr("填报单位"), self.unit, self._says,
            button(self.tr("复制表格"), self.tr("各项数字复制成表格文字，可以贴进公文（Ctrl+C）"),
                   self.copy_table),
            button(self.tr("复制图"), self.tr("右边的条形图复制成图片（Ctrl+Shift+C）"),
                   self.copy_chart),
            button(self.tr("打印"), self.tr("先做成 PDF 给您看，再选打印机"), model.print_,
                   key=PRINT_KEY),
            button(self.tr("导出 Excel"), self.tr("各项数字和各种分组导出成一个 Excel 文件"),
                   self._ask_where,
                   key=EXCEL_KEY),
        )  # fmt: skip
        row.setStretchFactor(self._says, 1)
        return bar(self.period, row)

    def _first(self) -> QWidget:
        first = QWidget()
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for cell, share in zip(self.cells, _FIRST_SHARES, strict=True):
            row.addWidget(cell, share)
        return first

    def _chart(self) -> QWidget:
        panel = Panel("left")
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        column.setSpacing(tokens.TINY)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(self._title, 1)
        row.addWidget(label(self.tr("按"), "quiet"))
        row.addWidget(self.group)
        column.addLayout(row)
        column.addWidget(self._basis)
        panel.column.addWidget(top)
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._scroll, 1)
        panel.column.addWidget(self._none, 1)
        return panel

    def _connect(self) -> None:
        model = self._model
        steer(model, self.period, self.unit, self.table)
        self.group.activated.connect(lambda _at: model.choose_group(self.group.currentData()))
        self.table.lit.connect(model.light)
        self.table.opened.connect(model.open_figure)
        for cell in self.cells:
            cell.opened.connect(model.open_figure)
        self.bars.opened.connect(model.open_bar)
        model.chosen_changed.connect(self._show_group)
        model.counted.connect(self._show)
        model.spread_changed.connect(self._show_spread)
        for key, done in (("Ctrl+C", self.copy_table), ("Ctrl+Shift+C", self.copy_chart)):
            QShortcut(
                QKeySequence(key), self, done,
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )  # fmt: skip
        self._show_group()
        self._show(None)

    def copy_table(self) -> None:
        """Put the figures into the clipboard as a table."""
        counted = self._model.figures
        if counted is not None:
            rows = figure_rows(counted, month=False)
            text = as_text(rows, PERIOD_COLUMNS, self._model.title)
            QGuiApplication.clipboard().setText(text)
            self._model.told.emit(self.tr("已复制 {n} 项数字。").format(
                n=sum(bool(row.cells) for row in rows)))  # fmt: skip

    def copy_chart(self) -> None:
        """Put the chart into the clipboard as a picture."""
        count = len(self.bars.bars)
        if count > MOST_IN_PICTURE:
            self._model.warned.emit(
                self.tr("一共 {n} 条，图太长了。请缩短时段，或者换一种分组。").format(n=count)
            )
        elif count:
            picture = self.bars.picture(self._model.chart_title, self._basis.text())
            QGuiApplication.clipboard().setPixmap(picture)
            self._model.told.emit(self.tr("已复制条形图。"))

    def _ask_where(self) -> None:
        ask_where(self, self.tr("导出 Excel"), self._model.export_name, self._model.export)

    @Slot()
    def _show_group(self) -> None:
        self.group.setCurrentText(self._model.group.value)

    @Slot(object)
    def _show(self, counted: PeriodFigures | None) -> None:
        if counted is None:
            set_text(self._says, opening_words())
            return
        for cell, row in zip(self.cells, first_rows(counted), strict=True):
            cell.show_row(row)
        self.table.show_rows(figure_rows(counted, month=False), first=self._model.figure.key)
        self._show_says(self._says, counted)

    def _show_says(self, says: QLabel, counted: PeriodFigures) -> None:
        """Say what one has to know of these figures before one tells them on."""
        words = ""
        if counted.faults:
            words = "；".join(counted.faults)
        elif counted.reported_on is not None:
            words = self.tr(
                "{day}已月结上报：各项数字是当时报出的，条形图和打开的行按现在的台账。"
            ).format(day=f"{counted.reported_on:%Y-%m-%d} ")
        set_role(says, "warning" if counted.faults else "meta")
        set_text(says, words)

    @Slot(object)
    def _show_spread(self, spread: Spread) -> None:
        set_text(self._title, spread.figure.words_in(month=False))
        set_text(self._basis, basis_of(self._model.group, spread.figure))
        self.bars.show_bars(spread.bars, self._model.chart_title)
        self._scroll.setVisible(bool(spread.bars))
        self._none.setVisible(not spread.bars)
        self._none.setText(spread.nothing)
