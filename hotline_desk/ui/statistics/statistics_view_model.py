"""The figures of any days and any 填报单位, counted beside the desk's own lane."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal, Slot
from typing_extensions import override

from hotline_desk.domain.statistics.figures import figure
from hotline_desk.domain.statistics.grouping import basis_of
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period, month_of
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import Cancelled, HotlineDeskError
from hotline_desk.paths import file_name
from hotline_desk.ui.kit.following import Following
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.statistics.figure_words import FIRST, bars_of, rows_telling
from hotline_desk.ui.statistics.usual_period import Counting, Usual

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QObject

    from hotline_desk.domain.statistics.figures import Figure, Number
    from hotline_desk.domain.statistics.period_figures import GroupRow, PeriodFigures, RowsBehind
    from hotline_desk.domain.statistics.reckoning import Reckoning
    from hotline_desk.domain.units import UnitLine
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.bars import Bar
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.papers.summary_view_model import SummaryViewModel
    from hotline_desk.workflows.figure_rows import Opened

T = TypeVar("T")

_QUIET_MILLISECONDS = 400
"""How long the ledger has to be quiet before it is counted again."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the figure at hand spreads."""

    figure: Figure
    rows: tuple[GroupRow, ...]
    """Those that have a bar."""
    bars: tuple[Bar, ...]
    nothing: str
    """What to say where there are none."""


class StatisticsViewModel(Following):
    """State of the page; it counts nothing while nobody looks at it."""

    chosen_changed = Signal()
    """Another period, 填报单位 or grouping is wanted."""
    counted = Signal(object)
    """The figures (PeriodFigures) of what is wanted."""
    spread_changed = Signal(object)
    """How the figure at hand spreads (Spread)."""
    reckoned = Signal()
    """The ledger was counted anew."""
    busy_changed = Signal(bool)
    questions_found = Signal(tuple, str)
    """Ids of questions behind a number, and what number it is."""
    cases_found = Signal(tuple, str)

    def __init__(
        self, office: Office, papers: SummaryViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(office, self.refresh, parent)
        self._papers = papers
        self._counting: Counting | None = None
        self._groups: tuple[GroupRow, ...] = ()
        self._rows: tuple[GroupRow, ...] = ()
        """Those that have a bar."""
        self._reckoning = self._again = False
        self._serial = 0
        self.usual: Usual | None = Usual.MONTH
        self.period = Period.of_month(month_of(studio_now().date()))
        self.unit = ""
        self.group = Group.CATEGORY
        self.figure = figure(FIRST[1])
        self.figures: PeriodFigures | None = None
        self._quiet = QTimer(self, interval=_QUIET_MILLISECONDS, singleShot=True)
        self._quiet.timeout.connect(self.refresh)
        office.settings_changed.connect(self._follow)

    @property
    def counting(self) -> Counting | None:
        """What the ledger came to, with its episodes."""
        return self._counting

    @property
    def reckoning(self) -> Reckoning | None:
        """What the ledger came to when it was last counted."""
        return self._counting.reckoning if self._counting else None

    @property
    def units(self) -> tuple[str, ...]:
        """Every 填报单位, the union first."""
        return self._counting.reckoning.units.names if self._counting else ()

    @property
    def period_words(self) -> str:
        """The days that are shown, with their broadcast where that was asked for."""
        number = self._counting.episode_on(self.period.first) if self._counting else None
        if self.usual is not Usual.EPISODE or number is None:
            return self.period.words
        return self.tr("第{n}期  {day}").format(n=number, day=self.period.words)

    @property
    def title(self) -> str:
        """What is shown: 日照市总工会 2026年11月."""
        return f"{self.unit} {self.period_words}".strip()

    @property
    def chart_title(self) -> str:
        """What the bars show."""
        name = self.figure.title_in(month=False)
        return self.tr("{what}，按{group}（{of}）").format(
            what=name, group=self.group.value, of=self.title
        )

    @property
    def export_name(self) -> str:
        """What an Excel file is proposed to be called."""
        return file_name(f"统计 {self.title}") + ".xlsx"

    @Slot()
    def refresh(self) -> None:
        """Count again; what is asked for meanwhile is counted once, behind it."""
        if self._reckoning:
            self._again = True
            return
        self._reckoning = True
        self.busy_changed.emit(True)
        self._office.ask(  # behind what the desk has asked of the ledger before
            lambda _ledger: None, owner=self, then=lambda _: self._reckon(),
            on_error=self._unreckoned,
        )  # fmt: skip

    def choose_usual(self, usual: Usual) -> None:
        """Want one of the usual periods."""
        self.usual = usual
        if self._counting is not None:
            self.period = self._counting.usual(usual, studio_now().date())
        self._choose()

    def choose_days(self, first: date | None, last: date) -> None:
        """Want these days; without the first it is the ledger's first."""
        beginning = self._counting.reckoning.beginning if self._counting else None
        self.usual = None
        self.period = Period(first or min(beginning or last, last), last)
        self._choose()

    def step(self, by: int) -> None:
        """Want the period beside: *by* is 1 or -1, the broadcast beside where one is at hand."""
        beside: Period | None = self.period.after if by > 0 else self.period.before
        if self.usual is Usual.EPISODE and self._counting is not None:
            beside = self._counting.broadcast_beside(self.period, by)
        else:
            self.usual = None
        if beside is None:
            return
        self.period = beside
        self._choose()

    def choose_unit(self, unit: str) -> None:
        """Want the figures of *unit* and all below it."""
        self.unit = unit
        self._choose()

    def choose_group(self, group: Group) -> None:
        """Spread the figure at hand by *group*."""
        self.group = group
        self._choose()

    def light(self, key: str) -> None:
        """Have the figure *key* at hand."""
        if key.startswith("part.") or key == self.figure.key:
            return
        self.figure = figure(key)
        self._spread()

    def open_figure(self, key: str, column: int = 0) -> None:
        """Find the rows that the figure *key* counts in one of the seven columns shown."""
        if self.figures is not None:
            self.open_counted(self.figures, key, column)

    def open_bar(self, at: int) -> None:
        """Find the rows behind a bar."""
        if at < len(self._rows):
            row = self._rows[at]
            self.open_number(self.figure.key, self.period, unit=self.unit, by=self.group,
                             value=row.value, name=row.words)  # fmt: skip

    def open_counted(self, counted: PeriodFigures, key: str, column: int) -> None:
        """Find the rows behind a number of *counted*, in one of its seven columns from 0."""
        self.open_number(key, counted.column_periods[column], unit=counted.unit,
                         shown=counted[key].numbers[column])  # fmt: skip

    def open_number(
        self, key: str, period: Period, *, unit: str, by: Group | None = None, value: str = "",
        name: str = "", shown: Number = None,
    ) -> None:  # fmt: skip
        """Find the rows behind a number (`figure_rows.open_number`)."""
        from hotline_desk.workflows.figure_rows import open_number  # noqa: PLC0415  when asked

        if self._counting is not None:
            self._run(
                partial(open_number, self._counting.reckoning, key, period, unit=unit, by=by,
                        value=value, name=name, shown=shown),
                self._show_opened,
            )  # fmt: skip

    def open_line(self, key: str, day: Period, line: UnitLine, *, shown: Number = None) -> None:
        """Find the rows that one row of a sheet by 填报单位 counts (`figure_rows.open_line`)."""
        from hotline_desk.workflows.figure_rows import open_line  # noqa: PLC0415  when asked

        if self._counting is not None:
            work = partial(open_line, self._counting.reckoning, key, day, line, shown=shown)
            self._run(work, self._show_opened)

    def _show_opened(self, opened: Opened) -> None:
        self.show_rows(opened.words, opened.rows)

    def show_rows(self, words: str, rows: RowsBehind) -> None:
        """Hand the rows behind a number to the page that has them."""
        from hotline_desk.workflows.figure_rows import (  # noqa: PLC0415  when asked
            questions_behind,
        )

        if rows.questions:
            self.questions_found.emit(rows.questions, words)
        elif rows.cases:
            self.cases_found.emit(rows.cases, words)
        else:
            self._office.ask(
                partial(questions_behind, rows),
                owner=self,
                then=lambda found: self._show_found(found, words),
                on_error=self._failed,
            )

    def _show_found(self, found: RowsBehind, words: str) -> None:
        if found.cases:
            self.cases_found.emit(found.cases, words)
        elif found.questions:
            self.questions_found.emit(found.questions, words)
        else:
            self.warned.emit(self.tr("“{words}”后面没有台账的行。").format(words=words))

    def print_(self) -> None:
        """Make a PDF of what is shown, and show it."""
        if self.figures is None:
            return
        counted, office = self.figures, self._office
        title = f"{self.figure.title_in(month=False)}，按{self.group.value}"
        basis, bars = basis_of(self.group, self.figure), bars_of(self._rows, self.figure)

        def make() -> Path:
            from hotline_desk.reports.statistics_sheet import Chart  # noqa: PLC0415  in the lane
            from hotline_desk.workflows.figure_papers import print_figures  # noqa: PLC0415  the same

            told = tuple((bar.name, bar.value, bar.words) for bar in bars)
            return print_figures(
                counted, Chart(title, basis, told), office.workspace, union=office.settings.union
            )

        self._papers.make_paper(make)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write what is shown, and how it spreads by everything, to the Excel file *name*."""
        if self._counting is None or self.figures is None:
            return
        self.busy_changed.emit(True)
        work = partial(_write, self._counting.reckoning, self.figures, Path(name),
                       self._office.workspace)  # fmt: skip
        self._run(work, lambda _: self._written(name))

    def _written(self, name: str) -> None:
        self.busy_changed.emit(False)
        self.told.emit(self.tr("已导出 {name}").format(name=name))

    @Slot()
    @override
    def _follow(self) -> None:
        if self._watched:
            self._quiet.start()

    def _reckon(self) -> None:
        self._office.jobs.run(
            Lane.FILES,
            partial(count, self._office.workspace),
            owner=self,
            then=self._reckoned,
            on_error=self._unreckoned,
        )

    def _unreckoned(self, error: HotlineDeskError) -> None:
        self._reckoning = self._again = False
        self._failed(error)

    def _reckoned(self, counting: Counting) -> None:
        self._counting, self._reckoning = counting, False
        if self._again:
            self._again = False
            self._follow()
        if self.unit not in self.units:
            self.unit = self.units[0]
        if self.usual is not None:
            self.period = counting.usual(self.usual, studio_now().date())
        self.reckoned.emit()
        self._choose()

    def _choose(self) -> None:
        self.chosen_changed.emit()
        if self._counting is None:
            return
        self.busy_changed.emit(True)
        self._serial += 1
        work = partial(self._count, self._serial, self._counting.reckoning, self.period,
                       self.unit, self.group)  # fmt: skip
        self._run(work, self._show)

    def _count(
        self, serial: int, reckoning: Reckoning, period: Period, unit: str, group: Group
    ) -> tuple[PeriodFigures, tuple[GroupRow, ...]]:
        """Runs in its lane; what is no longer wanted is not counted."""
        if serial != self._serial:
            raise Cancelled
        return reckoning.counted(period, unit=unit), reckoning.groups(period, group, unit=unit)

    def _show(self, found: tuple[PeriodFigures, tuple[GroupRow, ...]]) -> None:
        self.figures, self._groups = found
        self.busy_changed.emit(False)
        self.counted.emit(self.figures)
        self._spread()

    def _spread(self) -> None:
        self._rows = rows = rows_telling(self._groups, self.figure)
        name, group = self.figure.words_in(month=False), self.group.value
        nothing = self.tr("这个时段没有“{name}”。\n按 Alt+← 看前一个时段，或者换一个数字。")
        if not rows and self.figures is not None and self.figures[self.figure.key].columns.present:
            nothing = self.tr("“{name}”不能按{group}分。换一种分组看。")
        if self._counting is not None and self._counting.reckoning.beginning is None:
            nothing = self.tr(
                "台账里还没有问题和案件。\n在直播台（Ctrl+1）按 F7 标一个问题，这里就有数。"
            )
        self.spread_changed.emit(
            Spread(self.figure, rows, bars_of(rows, self.figure),
                   nothing.format(name=name, group=group))
        )  # fmt: skip

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._office.jobs.run(Lane.FILES, work, owner=self, then=then, on_error=self._failed)

    def _failed(self, error: HotlineDeskError) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)


def count(workspace: Workspace) -> Counting:
    """Count the ledger on a connection of its own, so that the desk's keys never wait for it."""
    from hotline_desk.ledger.ledger import Ledger  # noqa: PLC0415  loads behind the window
    from hotline_desk.workflows.limits import usable_calendar  # noqa: PLC0415  the same
    from hotline_desk.workflows.statistics import reckon  # noqa: PLC0415  the same

    calendar, fault = usable_calendar(workspace)
    with Ledger.open(workspace.ledger) as ledger:
        episodes = sorted(ledger.episodes(), key=lambda each: each.on)
        reckoning = reckon(ledger, workspace, calendar=calendar)
    return Counting(reckoning, tuple(episodes), fault)


def _write(reckoning: Reckoning, counted: PeriodFigures, path: Path, workspace: Workspace) -> None:
    from hotline_desk.workflows.figure_papers import write_figures  # noqa: PLC0415  when asked

    groups = {group: reckoning.groups(counted.period, group, unit=counted.unit) for group in Group}
    write_figures(counted, groups, path, workspace)
