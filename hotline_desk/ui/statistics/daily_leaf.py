"""日: 每日台账 as a table, by day and 填报单位; a cell opens its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hotline_desk.domain.statistics.daily_sheet import (
    DAILY_COLUMNS,
    DAILY_HEADINGS,
    DAILY_NOTES,
    STOCKS,
)
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import EXCEL_KEY, PRINT_KEY
from hotline_desk.ui.kit.panel import hairline, label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.sheet_table import SheetTable
from hotline_desk.ui.kit.top_bar import abreast, ask_where, bar, button
from hotline_desk.ui.statistics.period_bar import PeriodBar
from hotline_desk.ui.statistics.sheet_top import name_field, steer, unit_choice
from hotline_desk.ui.statistics.usual_period import OF_DAYS

if TYPE_CHECKING:
    from hotline_desk.domain.statistics.daily_sheet import DailySheet
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.statistics.daily_view_model import DailyViewModel

_WIDTHS = (96, 170, *[50] * 3, 70, 62, 84, 70, 70, *[50] * 2, *[50] * 5, 72, 72)


class DailyLeaf(QWidget):
    """The form's own columns; a day with nothing is 零报告."""

    def __init__(
        self, model: DailyViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.period = PeriodBar([usual.value for usual in OF_DAYS], appearance)
        self.period.step_keys(self)
        self.unit = unit_choice(appearance, self.tr("填报单位"))
        self.prepared = name_field(appearance, self.tr("填报人"))
        self.reviewed = name_field(appearance, self.tr("审核人"))
        words = (0, 1, len(DAILY_COLUMNS) + 2, len(DAILY_COLUMNS) + 3)
        self.table = SheetTable(DAILY_HEADINGS, _WIDTHS, self.tr("每日台账"), words=words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar(self.period, abreast(
            self.tr("填报单位"), self.unit, self.tr("填报人"), self.prepared,
            self.tr("审核人"), self.reviewed, 0,
            button(self.tr("打印"), self.tr("先做成 PDF 给您看，再选打印机"), model.print_,
                   key=PRINT_KEY),
            button(self.tr("导出 Excel"), self.tr("这张表导出成 Excel 文件"), self._ask_where,
                   key=EXCEL_KEY),
        )))  # fmt: skip
        column.addWidget(hairline())
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        self._notes = label(" ".join(DAILY_NOTES), "meta", wrap=True)
        self._notes.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        column.addWidget(self._notes)
        self._connect()

    def _connect(self) -> None:
        model = self._model
        steer(model, self.period, self.unit, self.table)
        for field in (self.prepared, self.reviewed):
            field.editingFinished.connect(self._write_names)
            field.left.connect(self.table.setFocus)
        self.table.opened.connect(model.open_cell)
        model.chosen_changed.connect(self._show_names)
        model.shown.connect(self._show)
        self._show_names()

    def _write_names(self) -> None:
        for field in (self.prepared, self.reviewed):
            field.setModified(False)
        self._model.write_names(prepared_by=self.prepared.text(), reviewed_by=self.reviewed.text())

    def _ask_where(self) -> None:
        ask_where(self, self.tr("导出 Excel"), self._model.export_name, self._model.export)

    @Slot()
    def _show_names(self) -> None:
        self.prepared.show_text(self._model.prepared_by)
        self.reviewed.show_text(self._model.reviewed_by)

    @Slot(object)
    def _show(self, sheet: DailySheet) -> None:
        set_text(self._notes, " ".join(sheet.notes))
        self.table.show_rows(
            [
                (str(cells[0]), f"{'　' * row.line.level}{cells[1]}",
                 *(f"{cell:,}" if isinstance(cell, int) else cell for cell in cells[2:]))
                for row, cells in zip(sheet.rows, sheet.cells(), strict=True)
            ],
            spans=[(at, 2, len(DAILY_COLUMNS) - STOCKS)
                   for at, row in enumerate(sheet.rows) if row.is_zero],
        )  # fmt: skip
