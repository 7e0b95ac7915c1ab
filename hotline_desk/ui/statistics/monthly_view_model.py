"""每月汇总 of any month and 填报单位, and the closing of months (月结锁定)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES, month_name, monthly_sheet
from hotline_desk.domain.statistics.period_figures import RowsBehind
from hotline_desk.domain.statistics.periods import Period, month_of, month_text
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import Cancelled
from hotline_desk.paths import file_name
from hotline_desk.ui.kit.day_text import day_of
from hotline_desk.ui.statistics.sheet_view_model import SheetViewModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from hotline_desk.domain.statistics.closings import MonthClosing
    from hotline_desk.domain.statistics.monthly_sheet import MonthlySheet
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.papers.summary_view_model import SummaryViewModel
    from hotline_desk.ui.statistics.statistics_view_model import StatisticsViewModel

FROZEN = ("consultations", "questions", "cases.carried", "cases.new", "cases.closed",
          "cases.open", "people", "agreed", "received")  # fmt: skip
"""What is told of a month before it is closed."""


class MonthlyViewModel(SheetViewModel["MonthlySheet"]):
    """State of the leaf of months."""

    def __init__(
        self, office: Office, statistics: StatisticsViewModel, papers: SummaryViewModel,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(office, statistics, papers, self._sheet_of, parent)
        self.month = Period.of_month(month_of(studio_now().date())).before.month

    @property
    def names(self) -> tuple[str, str, str]:
        """填报人, 审核人, 签发人: of a closed month those it was reported with."""
        return self._names_of(self.sheet)

    @property
    def is_closed(self) -> bool:
        """Whether the month shown has been reported."""
        return self.sheet is not None and self.sheet.reported_on is not None

    def export_name(self, *, internal: bool) -> str:
        """Return what an Excel file is proposed to be called."""
        return file_name(month_name(self.month, self.unit, internal=internal)) + ".xlsx"

    def step(self, by: int) -> None:
        """Want the month beside: *by* is 1 or -1."""
        period = Period.of_month(self.month)
        self.month = (period.after if by > 0 else period.before).month
        self._choose()

    def choose_month(self, month: str) -> None:
        """Want a month written as 2026-11."""
        self.month = month
        self._choose()

    def write_names(self, *, prepared_by: str, reviewed_by: str, signed_by: str) -> None:
        """Remember who answers for the sheets."""
        settings = self._office.settings
        wanted = replace(settings, prepared_by=prepared_by.strip(),
                         reviewed_by=reviewed_by.strip(), signed_by=signed_by.strip())  # fmt: skip
        if wanted != settings and not self.is_closed:
            self._office.change_settings(wanted)
            self._choose()

    def open_figure(self, key: str, column: int) -> None:
        """Find the rows that the figure *key* counts in one of the seven columns."""
        if self.sheet is not None:
            self._statistics.open_counted(self.sheet.counted, key, column)

    def open_unit(self, row: int, column: int) -> None:
        """Find the rows behind a cell of the table by 填报单位; its name opens its questions."""
        if self.sheet is None or not 0 <= row < len(self.sheet.units):
            return
        key = UNIT_FIGURES[column - 1] if 0 < column <= len(UNIT_FIGURES) else "questions"
        told = self.sheet.units[row]
        period = Period.of_month(self.sheet.month)
        self._statistics.open_line(key, period, told.line, shown=told.numbers[key])

    def open_typical(self, row: int) -> None:
        """Find the case of a 典型案例, or the rows of one of the 苗头性问题 below them."""
        if self.sheet is None or row < 0:
            return
        typical, emerging = self.sheet.typical, self.sheet.emerging
        if row < len(typical):
            words = self.tr("典型案例 · {month}").format(month=month_text(self.sheet.month))
            self._statistics.show_rows(words, RowsBehind(cases=(typical[row].case,)))
        elif row < len(typical) + len(emerging):
            told = emerging[row - len(typical)]
            words = self.tr("{employer} 30 日内").format(employer=told.employer)
            self._statistics.show_rows(words, RowsBehind(questions=told.questions))

    def open_adjustment(self, row: int) -> None:
        """Find the rows that an adjusted figure counts now."""
        reckoning = self._statistics.reckoning
        if self.sheet is None or reckoning is None or not 0 <= row < len(self.sheet.adjustments):
            return
        told = self.sheet.adjustments[row]
        period = (
            Period.of_month(told.month)
            if told.month
            else Period.of_month(reckoning.reported[0].month).before.since_start
        )
        self._statistics.open_number(
            told.figure.key, period, unit=self.sheet.unit, shown=told.reported
        )

    def print_(self, *, internal: bool = False, why: str = "") -> None:
        """Make a PDF of the sheet, and show it; an internal one is noted with its reason *why*."""
        workspace, union = self._office.workspace, self._office.settings.union
        paper, who = self._paper(internal=internal), self._office.by

        def make() -> Path:
            from hotline_desk.workflows.figure_papers import print_month  # noqa: PLC0415  in the lane

            return print_month(paper(), workspace, union=union, who=who, why=why)

        if self.sheet is not None:
            self._papers.make_paper(make)

    def export(self, name: str, *, internal: bool = False, why: str = "") -> None:
        """Write the sheet to the Excel file *name*, as `print_` prints it."""
        workspace, who = self._office.workspace, self._office.by
        paper = self._paper(internal=internal)

        def write() -> None:
            from hotline_desk.workflows.figure_papers import write_month  # noqa: PLC0415  in the lane

            write_month(paper(), Path(name), workspace, who=who, why=why)

        if self.sheet is not None:
            self._write(write, name)

    def _paper(self, *, internal: bool) -> Callable[[], MonthlySheet]:
        """Return what makes the sheet as it leaves the desk."""
        reckoning, month, unit, names = (
            self._statistics.reckoning,
            self.month,
            self.unit,
            self.names,
        )

        def make() -> MonthlySheet:
            if reckoning is None:
                raise Cancelled
            return _signed(monthly_sheet(reckoning, month, unit=unit, internal=internal), names)

        return make

    def what_freezes(self) -> str:
        """Return what closing the month keeps for good, in words."""
        if self.sheet is None:
            return ""
        counted = {each.figure.key: each for each in self.sheet.counted.figures}
        told = "、".join(
            f"{counted[key].figure.words} {counted[key].texts[0]} {counted[key].figure.unit}"
            for key in FROZEN
        )
        return self.tr(
            "将锁定 {month} 全部 {n} 个填报单位的数字（{unit}：{told}）。"
            "以后再改到这个月的，不改报出去的数，作为上月调整写进下一个月的汇总。Ctrl+Z 可以撤销。"
        ).format(month=month_text(self.month), n=len(self.units), unit=self.unit, told=told)

    def close(self, on: str) -> None:
        """Freeze the month's figures; *on* is 上报日期, today while empty."""
        today = studio_now().date()
        try:
            day = day_of(on, today) or today
        except ValueError:
            self.warned.emit(self.tr("没有锁定：上报日期写成 2026-11-01。"))
            return
        workspace, month, by = self._office.workspace, self.month, self._office.by
        prepared_by, reviewed_by, signed_by = self.names

        def freeze(ledger: Ledger) -> MonthClosing:
            from hotline_desk.workflows.closings import close_month  # noqa: PLC0415  when asked

            return close_month(
                ledger, workspace, month, prepared_by=prepared_by, reviewed_by=reviewed_by,
                signed_by=signed_by, by=by, on=day,
            )  # fmt: skip

        self._office.ask(freeze, owner=self, then=self._closed, on_error=self.failed.emit)

    def _closed(self, closing: MonthClosing) -> None:
        self.told.emit(
            self.tr("{month} 已锁定，报出去的数不再变。").format(month=month_text(closing.month))
        )
        self._office.rows_changed.emit()

    def _sheet_of(self, reckoning: Reckoning) -> Callable[[], MonthlySheet]:
        return partial(monthly_sheet, reckoning, self.month, unit=self.unit, internal=True)

    @override
    def _show(self, sheet: MonthlySheet) -> None:
        super()._show(_signed(sheet, self._names_of(sheet)))

    def _names_of(self, sheet: MonthlySheet | None) -> tuple[str, str, str]:
        if sheet is not None and sheet.reported_on is not None:
            return sheet.prepared_by, sheet.reviewed_by, sheet.signed_by
        settings = self._office.settings
        return settings.prepared_by or settings.operator, settings.reviewed_by, settings.signed_by


def _signed(sheet: MonthlySheet, names: tuple[str, str, str]) -> MonthlySheet:
    prepared_by, reviewed_by, signed_by = names
    return replace(sheet, prepared_by=prepared_by, reviewed_by=reviewed_by, signed_by=signed_by)
