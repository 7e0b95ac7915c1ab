"""统计: figures of any days, the sheets by day and month, and what they are counted from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QTabWidget, QWidget

from hotline_desk.messages import sentence
from hotline_desk.ui.kit.following import SeenWidget
from hotline_desk.ui.kit.panel import label, sole_panel
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.top_bar import bar
from hotline_desk.ui.statistics.bases_leaf import BasesLeaf
from hotline_desk.ui.statistics.daily_leaf import DailyLeaf
from hotline_desk.ui.statistics.monthly_leaf import MonthlyLeaf
from hotline_desk.ui.statistics.statistics_leaf import StatisticsLeaf

if TYPE_CHECKING:
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.style import Appearance


class StatisticsPage(SeenWidget):
    """Four leaves; every number opens its rows."""

    questions_opened = Signal(tuple, str)
    """Ids of the questions behind a number, and what number it is."""
    cases_opened = Signal(tuple, str)

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = desk.statistics
        self._bases = desk.bases
        self.figures = StatisticsLeaf(desk.statistics, appearance)
        self.daily = DailyLeaf(desk.daily, appearance)
        self.monthly = MonthlyLeaf(desk.monthly, appearance)
        self.bases = BasesLeaf(desk.bases, appearance)
        self.leaves = QTabWidget()
        self.leaves.setDocumentMode(True)
        self.leaves.tabBar().setDrawBase(False)
        for leaf, title, tip in (
            (self.figures, self.tr("统计"), self.tr("任意时段的各项数字和分布")),
            (self.daily, self.tr("每日台账"), self.tr("按日、按填报单位，没有的报零报告")),
            (self.monthly, self.tr("每月汇总"), self.tr("按月上报的十个部分，月结锁定")),
            (self.bases, self.tr("期初数与口径"), self.tr("开栏以前的数，类别公布时归入哪里")),
        ):
            at = self.leaves.addTab(leaf, title)
            self.leaves.setTabToolTip(at, tip)
        self._busy = label(role="meta")
        self.leaves.setCornerWidget(self._busy)
        self._fault = label(role="warning", wrap=True)
        self._fault_line = bar(self._fault)
        self._fault_line.hide()
        panel = sole_panel(self)
        panel.column.addWidget(self._fault_line)
        panel.column.addWidget(self.leaves)
        self._at_work: set[str] = set()
        self._figures_wanted = False
        for name, model in (("figures", desk.statistics), ("day", desk.daily),
                            ("month", desk.monthly)):  # fmt: skip
            model.busy_changed.connect(partial(self._show_busy, name))
        self.seen.connect(self._model.watch)
        self._model.questions_found.connect(self.questions_opened)
        self._model.cases_found.connect(self.cases_opened)
        self._model.reckoned.connect(self._bases.refresh)
        self._model.reckoned.connect(self._show_fault)

    def focus_figures(self) -> None:
        """Put the focus on the figures of the leaf on top; until it shows any, on its tab."""
        tables = self.leaves.currentWidget().findChildren(QAbstractItemView)
        shown = [each for each in tables if each.isVisible()]
        (shown[0] if shown else self.leaves.tabBar()).setFocus()
        self._figures_wanted = not shown

    @Slot()
    def _show_fault(self) -> None:
        """Say what of the office's calendar is not understood, until it is."""
        fault = self._model.counting.fault if self._model.counting else None
        set_text(self._fault, sentence(fault) if fault else "")
        self._fault_line.setVisible(fault is not None)

    def _show_busy(self, name: str, busy: bool) -> None:
        (self._at_work.add if busy else self._at_work.discard)(name)
        set_text(self._busy, self.tr("正在统计……  ") if self._at_work else "")
        if not self._at_work and self._figures_wanted and self.leaves.tabBar().hasFocus():
            self.focus_figures()
