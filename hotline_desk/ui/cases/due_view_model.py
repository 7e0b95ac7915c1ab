"""今日待办: what is late, due and soon due, read anew whenever it may have changed."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from typing_extensions import override

from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.initials import initials
from hotline_desk.domain.search import holds
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.cases.due_rows import Grouping
from hotline_desk.ui.kit.following import Following
from hotline_desk.workflows.due import brought_on, count_on, due_on
from hotline_desk.workflows.rules import usable_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from PySide6.QtCore import QObject

    from hotline_desk.domain.casework.due import Due
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office

_LOOK_MILLISECONDS = 60_000
MOST = 1000
"""Of how many questions and finished cases rows are listed at first; the newest."""


class Only(Enum):
    """A part of what is due that one may want alone."""

    RED = "红牌"
    YELLOW = "黄牌"
    MINE = "我承办的"
    BROUGHT = "导入的旧案"
    """What another ledger had long before it came into this one; it stands nowhere else."""


_FITS: dict[Only, Callable[[Due, str], bool]] = {
    Only.RED: lambda row, _by: row.card is Card.RED,
    Only.YELLOW: lambda row, _by: row.card is Card.YELLOW,
    Only.MINE: lambda row, by: row.owner == by,
}
"""Which of the office's own rows belong to a part, with who sits at the desk."""


class _Listed(NamedTuple):
    row: Due
    text: str
    """What may be looked for in it."""
    letters: str
    """The initials of that."""


class _Found(NamedTuple):
    most: int
    own: tuple[_Listed, ...] = ()
    brought: tuple[_Listed, ...] | None = None
    """None where they were not wanted."""
    cards: Mapping[Card, int] = {}
    """How many of the own rows have each card."""
    owners: Mapping[str, int] = {}
    """How many of them each 承办人 has."""
    unlisted: int = 0
    brought_count: int = 0
    brought_unlisted: int = 0
    faults: tuple[HotlineDeskError, ...] = ()

    @property
    def keys(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(each.row.key for each in (*self.own, *(self.brought or ())))


class DueViewModel(Following):
    """State of 今日待办."""

    rows_changed = Signal(tuple)
    """What is to be done (Due), the most pressing first, as far as the words let it through."""
    came = Signal(object)
    """Keys of the rows that were listed because somebody wanted more of them."""

    def __init__(self, office: Office, parent: QObject | None = None, *, most: int = MOST) -> None:
        super().__init__(office, self.refresh, parent)
        self.read = False
        self.rows: tuple[Due, ...] = ()
        """What is listed of it, without what was brought along."""
        self.shown: tuple[Due, ...] = ()
        """What is wanted of it, and the words let through."""
        self.faults: tuple[HotlineDeskError, ...] = ()
        """What of the office's own calendar and lists is not understood."""
        self._most = most
        self._found = _Found(most)
        self.words = ""
        self.only: Only | None = None
        self.grouping = Grouping.TIME
        self._on: date | None = None
        self._midnight = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._midnight.timeout.connect(self._look_at_the_day)
        office.opened.connect(self.refresh)  # how much is due is said before anybody looks

    @property
    def unlisted(self) -> int:
        """How many older questions and finished cases are not listed."""
        found = self._found
        return found.brought_unlisted if self.only is Only.BROUGHT else found.unlisted

    @property
    def says(self) -> str:
        """How much there is, how much of it is late, and what the words let through of it."""
        rows = self._found.brought or () if self.only is Only.BROUGHT else self._found.own
        if self.words.split():
            words = self.tr("{n} / {all} 项")
            return words.format(n=len(self.shown), all=len(rows))
        late = sum(each.row.left < 0 for each in rows)
        words = self.tr("{n} 项，超期 {late}") if late else self.tr("{n} 项")
        if self.unlisted:
            words += self.tr("；更早的 {rest} 项在末行")
        return words.format(n=f"{len(rows):,}", late=late, rest=f"{self.unlisted:,}")

    def count(self, only: Only) -> int:
        """Return how many rows that part has."""
        found = self._found
        return {
            Only.RED: found.cards.get(Card.RED, 0),
            Only.YELLOW: found.cards.get(Card.YELLOW, 0),
            Only.MINE: found.owners.get(self._office.by, 0),
            Only.BROUGHT: found.brought_count,
        }[only]

    def show_only(self, only: Only | None) -> None:
        """Show that part alone, or all of it again."""
        self.only = only
        if only is Only.BROUGHT:
            self.refresh()  # they are read only now
        else:
            self._tell()

    def group(self, grouping: Grouping) -> None:
        """Show the rows grouped so."""
        self.grouping = grouping
        self._tell()

    @Slot(bool)
    @override
    def watch(self, watched: bool) -> None:
        """Keep up with the ledger and the calendar from now on, or no longer."""
        super().watch(watched)
        if watched:
            self._midnight.start()
        else:
            self._midnight.stop()

    def list_more(self) -> None:
        """List as many older questions and finished cases again as are listed, if there are any."""
        if self.unlisted:
            self._most = 2 * self._found.most
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read again what is due today."""
        self._on = studio_now().date()
        brought = self.only is Only.BROUGHT
        self._office.ask(
            partial(_find, self._office.workspace, self._on, self._most, brought),
            owner=self,
            then=self._show,
            on_error=self.failed.emit,
        )

    @Slot(str)
    def filter(self, words: str) -> None:
        """Show what holds all of *words*: 红牌, a name, an employer, or initials (首字母)."""
        self.words = words
        self._tell()

    @Slot()
    def _look_at_the_day(self) -> None:
        """Cards change at 00:00."""
        if studio_now().date() != self._on:
            self.refresh()

    def _tell(self) -> None:
        """Say what is shown now; without words nothing is looked for in thousands of rows."""
        wanted = self._wanted()
        if self.words.split():
            wanted = [each for each in wanted if holds(each.text, self.words, letters=each.letters)]
        self.shown = tuple(each.row for each in wanted)
        self.rows_changed.emit(self.shown)

    def _wanted(self) -> Sequence[_Listed]:
        if self.only is Only.BROUGHT:
            return self._found.brought or ()
        if self.only is None:
            return self._found.own
        fits, by = _FITS[self.only], self._office.by
        return [each for each in self._found.own if fits(each.row, by)]

    def _show(self, found: _Found) -> None:
        self.read = True
        if self.only is Only.BROUGHT and found.brought is None:
            return  # asked before they were wanted; the next answer has them
        before, self._found = self._found, found
        self.rows, self.faults = tuple(each.row for each in found.own), found.faults
        if self.only is Only.BROUGHT and not found.brought_count:
            self.only = None  # the last of them is done
        if found.most > before.most:
            self.came.emit(found.keys - before.keys)
        self._tell()


def _listed(row: Due) -> _Listed:
    course = "" if row.case is None else row.case.course
    text = " ".join(
        (row.card, row.stage, row.left_words, row.number, course, row.matter, row.employer,
         row.owner, row.words)
    )  # fmt: skip
    return _Listed(row, text, initials(text))


def _find(workspace: Workspace, on: date, most: int, brought: bool, ledger: Ledger) -> _Found:
    rules = usable_rules(workspace)
    own = due_on(ledger, workspace, on, rules=rules, most=most)
    old = brought_on(ledger, workspace, on, rules=rules, most=most) if brought else None
    counts = count_on(ledger, on, brought=False)
    brought_counts = count_on(ledger, on, brought=True)
    return _Found(
        most,
        tuple(map(_listed, own)),
        None if old is None else tuple(map(_listed, old)),
        Counter(row.card for row in own),
        Counter(row.owner for row in own),
        sum(max(0, count - most) for count in counts),
        sum(brought_counts),
        sum(max(0, count - most) for count in brought_counts),
        rules.faults,
    )
