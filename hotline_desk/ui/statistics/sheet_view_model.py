"""What the sheets by day and by month share: whose, counted in a lane, printed and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.papers.summary_view_model import SummaryViewModel
    from hotline_desk.ui.statistics.statistics_view_model import StatisticsViewModel


S = TypeVar("S")
"""The type of the sheet."""


class SheetViewModel(ViewModel, Generic[S]):
    """State of a leaf with one sheet; it follows what the statistics have counted."""

    chosen_changed = Signal()
    shown = Signal(object)
    """The sheet."""
    busy_changed = Signal(bool)

    def __init__(
        self, office: Office, statistics: StatisticsViewModel, papers: SummaryViewModel,
        sheet: Callable[[Reckoning], Callable[[], S]], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """Begin without a sheet; *sheet* returns what counts the one that is wanted, in a lane."""
        super().__init__(office, parent)
        self._make_sheet = sheet
        self._statistics, self._papers = statistics, papers
        self.unit = ""
        self.sheet: S | None = None
        statistics.reckoned.connect(self._reckoned)

    @property
    def units(self) -> tuple[str, ...]:
        """Every 填报单位, the union first."""
        return self._statistics.units

    def choose_unit(self, unit: str) -> None:
        """Want *unit* and all below it."""
        self.unit = unit
        self._choose()

    def _write(self, work: Callable[[], object], name: str) -> None:
        """Have *work* write the file *name* in its lane, and say so."""
        self._office.jobs.run(
            Lane.FILES,
            work,
            owner=self,
            then=lambda _: self.told.emit(self.tr("已导出 {name}").format(name=name)),
            on_error=self.failed.emit,
        )

    @Slot()
    def _reckoned(self) -> None:
        if self.unit not in self.units:
            self.unit = self.units[0]
        self._choose()

    def _choose(self) -> None:
        self.chosen_changed.emit()
        reckoning = self._statistics.reckoning
        if reckoning is not None:
            self.busy_changed.emit(True)
            self._office.jobs.run(
                Lane.FILES,
                self._make_sheet(reckoning),
                owner=self,
                then=self._show,
                on_error=self._failed,
            )

    def _failed(self, error: HotlineDeskError) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)

    def _show(self, sheet: S) -> None:
        self.sheet = sheet
        self.busy_changed.emit(False)
        self.shown.emit(sheet)
