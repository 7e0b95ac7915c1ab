"""今日待办: what is late, due and soon due, read anew whenever it may have changed."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from typing_extensions import override

from hotline_desk.domain.deadlines import Card
from hotline_desk.domain.initials import is_initials, spelled
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import HotlineDeskError
from hotline_desk.ui.due_rows import Grouping
from hotline_desk.ui.following import Following
from hotline_desk.workflows.due import brought_count, brought_on, due_on
from hotline_desk.workflows.rules import usable_rules

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QObject

    from hotline_desk.domain.due import Due
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.office import Office

_LOOK_MILLISECONDS = 60_000
MOST = 1000
"""Of how many questions and finished cases rows stand here; as they are done, older ones come."""


class Only(Enum):
    """A part of what is due that one may want alone."""

    RED = "红牌"
    YELLOW = "黄牌"
    MINE = "我承办的"
    BROUGHT = "导入的旧案"
    """What another ledger had long before it came into this one; it stands nowhere else."""


class _Found(NamedTuple):
    rows: tuple[Due, ...]
    brought: tuple[Due, ...] | None
    """None where they were not wanted."""
    brought_count: int
    faults: tuple[HotlineDeskError, ...]


class DueViewModel(Following):
    """State of 今日待办."""

    rows_changed = Signal(tuple)
    """What is to be done (Due), the most pressing first, as far as the words let it through."""
    failed = Signal(HotlineDeskError)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, self.refresh, parent)
        self.read = False
        self.rows: tuple[Due, ...] = ()
        """All of it but what was brought along."""
        self.faults: tuple[HotlineDeskError, ...] = ()
        """What of the office's own calendar and lists is not understood."""
        self._brought: tuple[Due, ...] = ()
        self._brought_count = 0
        self.words = ""
        self.only: Only | None = None
        self.grouping = Grouping.TIME
        self._on: date | None = None
        self._midnight = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._midnight.timeout.connect(self._look_at_the_day)
        office.opened.connect(self.refresh)  # how much is due is said before anybody looks

    @property
    def shown(self) -> tuple[Due, ...]:
        """What is wanted of it, and the words let through."""
        wanted = self.words.split()
        rows = self.rows if self.only is None else self._part(self.only)
        return tuple(row for row in rows if all(_has(searched(row), word) for word in wanted))

    @property
    def says(self) -> str:
        """How much there is, how much of it is late, and what the words let through of it."""
        rows = self._brought if self.only is Only.BROUGHT else self.rows
        if self.words.split():
            words = self.tr("{n} / {all} 项")
            return words.format(n=len(self.shown), all=len(rows))
        if len(rows) < self._brought_count and self.only is Only.BROUGHT:
            return self.tr("最近的 {n} 项").format(n=len(rows))
        late = sum(row.left < 0 for row in rows)
        words = self.tr("{n} 项，超期 {late}") if late else self.tr("{n} 项")
        if len({row.question.id for row in self.rows if row.question is not None}) >= MOST:
            words += self.tr("（更早的没有列出，办完这些再列）")
        return words.format(n=len(rows), late=late)

    def count(self, only: Only) -> int:
        """Return how many rows that part has."""
        return self._brought_count if only is Only.BROUGHT else len(self._part(only))

    def show_only(self, only: Only | None) -> None:
        """Show that part alone, or all of it again."""
        self.only = only
        if only is Only.BROUGHT:
            self.refresh()  # they are read only now
        else:
            self.rows_changed.emit(self.shown)

    def group(self, grouping: Grouping) -> None:
        """Show the rows grouped so."""
        self.grouping = grouping
        self.rows_changed.emit(self.shown)

    @Slot(bool)
    @override
    def watch(self, watched: bool) -> None:
        """Keep up with the ledger and the calendar from now on, or no longer."""
        super().watch(watched)
        if watched:
            self._midnight.start()
        else:
            self._midnight.stop()

    @Slot()
    def refresh(self) -> None:
        """Read again what is due today."""
        self._on = studio_now().date()
        self._office.ask(
            partial(_find, self._office.workspace, self._on, self.only is Only.BROUGHT),
            owner=self,
            then=self._show,
            on_error=self.failed.emit,
        )

    @Slot(str)
    def filter(self, words: str) -> None:
        """Show what holds all of *words*: 红牌, a name, an employer, or initials (首字母)."""
        self.words = words
        self.rows_changed.emit(self.shown)

    @Slot()
    def _look_at_the_day(self) -> None:
        """Cards change at 00:00."""
        if studio_now().date() != self._on:
            self.refresh()

    def _part(self, only: Only) -> tuple[Due, ...]:
        if only is Only.BROUGHT:
            return self._brought
        by = self._office.by
        fits = {
            Only.RED: lambda row: row.card is Card.RED,
            Only.YELLOW: lambda row: row.card is Card.YELLOW,
            Only.MINE: lambda row: row.owner == by,
        }[only]
        return tuple(filter(fits, self.rows))

    def _show(self, found: _Found) -> None:
        self.read = True
        if self.only is Only.BROUGHT and found.brought is None:
            return  # asked before they were wanted; the next answer has them
        self.rows, self.faults = found.rows, found.faults
        self._brought, self._brought_count = found.brought or (), found.brought_count
        if self.only is Only.BROUGHT and not self._brought_count:
            self.only = None  # the last of them is done
        self.rows_changed.emit(self.shown)


def searched(row: Due) -> str:
    """Return everything about *row* that one may look for."""
    course = "" if row.case is None else row.case.course
    return " ".join(
        (row.card, row.stage, row.left_words, row.number, course, row.matter, row.employer,
         row.owner, row.words)
    )  # fmt: skip


def _has(text: str, word: str) -> bool:
    return word in text or (is_initials(word) and bool(spelled(text, word)))


def _find(workspace: Workspace, on: date, brought: bool, ledger: Ledger) -> _Found:
    rules = usable_rules(workspace)
    return _Found(
        tuple(due_on(ledger, workspace, on, rules=rules, most=MOST)),
        tuple(brought_on(ledger, workspace, on, rules=rules)) if brought else None,
        brought_count(ledger, on),
        rules.faults,
    )
