"""每日台账 of any days and any 填报单位."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from typing_extensions import override

from hotline_desk.domain.statistics.daily_sheet import DAILY_COLUMNS, daily_sheet
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.domain.times import studio_now
from hotline_desk.paths import file_name
from hotline_desk.ui.statistics.sheet_view_model import SheetViewModel
from hotline_desk.ui.statistics.usual_period import Usual

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QObject

    from hotline_desk.domain.statistics.daily_sheet import DailySheet
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.papers.summary_view_model import SummaryViewModel
    from hotline_desk.ui.statistics.statistics_view_model import StatisticsViewModel

MOST_DAYS = 93
"""A quarter: more days are no sheet that anybody reads."""
_WORDS = 2
"""The columns before the figures."""


class DailyViewModel(SheetViewModel["DailySheet"]):
    """State of the leaf of days."""

    def __init__(
        self, office: Office, statistics: StatisticsViewModel, papers: SummaryViewModel,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(office, statistics, papers, self._sheet_of, parent)
        self.usual: Usual | None = Usual.TODAY
        self.period = Period.of_day(studio_now().date())

    @property
    def period_words(self) -> str:
        """The days that are shown."""
        return self.period.words

    @property
    def prepared_by(self) -> str:
        """填报人."""
        return self._office.settings.prepared_by or self._office.settings.operator

    @property
    def reviewed_by(self) -> str:
        """审核人."""
        return self._office.settings.reviewed_by

    @property
    def export_name(self) -> str:
        """What an Excel file is proposed to be called."""
        return file_name(f"每日台账 {self.unit} {self.period.words}") + ".xlsx"

    def choose_usual(self, usual: Usual) -> None:
        """Want one of the usual periods."""
        counting = self._statistics.counting
        self.usual = usual
        if counting is not None:
            self.period = counting.usual(usual, studio_now().date())
        self._choose()

    def choose_days(self, first: date | None, last: date) -> None:
        """Want these days, one while the first is not said."""
        period = Period(first or last, last)
        if (period.last - period.first).days >= MOST_DAYS:
            self.warned.emit(self.tr("每日台账一次最多看 {n} 天。").format(n=MOST_DAYS))
            return
        self._want(period)

    def step(self, by: int) -> None:
        """Want the days beside: *by* is 1 or -1."""
        self._want(self.period.after if by > 0 else self.period.before)

    def write_names(self, *, prepared_by: str, reviewed_by: str) -> None:
        """Remember who answers for the sheets."""
        settings = self._office.settings
        wanted = replace(settings, prepared_by=prepared_by.strip(),
                         reviewed_by=reviewed_by.strip())  # fmt: skip
        if wanted != settings:
            self._office.change_settings(wanted)
            self._choose()

    def open_cell(self, row: int, column: int) -> None:
        """Find the rows behind a cell of the sheet; a unit's name opens its questions."""
        if self.sheet is None or not 0 <= row < len(self.sheet.rows):
            return
        at, told = column - _WORDS, self.sheet.rows[row]
        key = DAILY_COLUMNS[at][1] if 0 <= at < len(DAILY_COLUMNS) else "questions"
        self._statistics.open_line(key, Period.of_day(told.day), told.line)

    def print_(self) -> None:
        """Make a PDF of the sheet, and show it."""
        if self.sheet is not None:
            work = partial(_print, self.sheet, self._office.workspace, self._office.settings.union)
            self._papers.make_paper(work)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the sheet to the Excel file *name*."""
        if self.sheet is not None:
            self._write(partial(_export, self.sheet, Path(name), self._office.workspace), name)

    def _want(self, period: Period) -> None:
        if period.first > studio_now().date():
            self.warned.emit(self.tr("还没到 {days}。").format(days=period.words))
            return
        self.usual, self.period = None, period
        self._choose()

    @Slot()
    @override
    def _reckoned(self) -> None:
        counting = self._statistics.counting
        if self.usual is not None and counting is not None:
            self.period = counting.usual(self.usual, studio_now().date())
        super()._reckoned()

    def _sheet_of(self, reckoning: Reckoning) -> Callable[[], DailySheet]:
        passed = Period(self.period.first, min(self.period.last, reckoning.on))
        return partial(
            daily_sheet, reckoning, passed, unit=self.unit,
            prepared_by=self.prepared_by, reviewed_by=self.reviewed_by,
        )  # fmt: skip


def _print(sheet: DailySheet, workspace: Workspace, union: str) -> Path:
    from hotline_desk.workflows.figure_papers import print_day  # noqa: PLC0415  in the lane

    return print_day(sheet, workspace, union=union)


def _export(sheet: DailySheet, path: Path, workspace: Workspace) -> None:
    from hotline_desk.workflows.figure_papers import write_day  # noqa: PLC0415  in the lane

    write_day(sheet, path, workspace)
