"""案件: which cases are wanted, read page by page, and what is done for several of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot

from hotline_desk.domain.casework.cases import CaseQuery
from hotline_desk.domain.casework.course import Fulfilment
from hotline_desk.domain.casework.deadlines import Card, read_clock
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import ConflictOfInterest, ConflictUnchecked, HotlineDeskError
from hotline_desk.messages import sentence
from hotline_desk.ui.cases.case_words import named_words
from hotline_desk.ui.kit.following import Following
from hotline_desk.workflows.assign import candidates, reassign
from hotline_desk.workflows.limits import read_limits
from hotline_desk.workflows.rules import usable_rules
from hotline_desk.workflows.urge import urge_owner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtCore import QObject

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock, Limits
    from hotline_desk.domain.casework.urging import Urging
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office

PAGE = 300
"""How many of all cases are read at a time; of the open ones all."""

_EVERY = 1_000_000
_TYPING_MILLISECONDS = 150
_TO_COME = frozenset({Fulfilment.OWED, Fulfilment.PARTLY})


class Which(Enum):
    """Which cases one usually wants."""

    OPEN = "在办"
    YELLOW = "黄牌"
    RED = "红牌"
    OWED = "待履行"
    OVERDUE = "逾期未履行"
    MINE = "我承办的"
    ALL = "全部"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the list, with its clock as it stands today."""

    case: Case
    clock: Clock
    on: date

    @property
    def card(self) -> Card:
        """The card of the step that is due."""
        return self.clock.card

    @property
    def due(self) -> date | None:
        """The next limit: the step's, the pause's expected end, then 约定付款日."""
        if self.clock.pause is not None:
            return self.clock.pause.expected
        if self.clock.current is not None:
            return self.clock.current.due
        return self.case.promise.pay_by if self.is_owed or self.is_overdue else None

    @property
    def is_owed(self) -> bool:
        """Whether promised money is to come, and is not late."""
        return self._owes(_TO_COME)

    @property
    def is_overdue(self) -> bool:
        """Whether promised money is late (逾期未履行)."""
        return self._owes(frozenset({Fulfilment.OVERDUE}))

    def _owes(self, states: frozenset[Fulfilment]) -> bool:
        return self.case.course.is_open and self.case.promise.fulfilment(self.on) in states


_FITS: dict[Which, Callable[[CaseRow], bool]] = {
    Which.OPEN: lambda row: row.case.is_in_hand,
    Which.YELLOW: lambda row: row.card is Card.YELLOW,
    Which.RED: lambda row: row.card is Card.RED,
    Which.OWED: lambda row: row.is_owed,
    Which.OVERDUE: lambda row: row.is_overdue,
    Which.MINE: lambda row: row.case.course.is_open,
    Which.ALL: lambda _row: True,
}


class CaseListViewModel(Following):
    """State of the list."""

    rows_changed = Signal(tuple)
    """Cases (CaseRow), those received last first."""
    candidates_read = Signal(tuple)
    """Who may take the cases on (Candidate)."""
    reason_wanted = Signal(str)
    """They were not handed over: why, and that a reason has to be written down."""
    reassigned = Signal()
    copied = Signal(str)
    """A text for the clipboard."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, self.refresh, parent)
        self.rows: tuple[CaseRow, ...] = ()
        self.owners: tuple[str, ...] = ()
        """Who has open cases."""
        self.which = Which.OPEN
        self.owner = ""
        """按承办人: whose cases alone; of anybody while empty."""
        self.words = ""
        self.only_words = ""
        """What the cases that were asked for by their ids are called."""
        self.read = False
        self.more = False
        """Whether there are more of them than were read."""
        self._ids: tuple[int, ...] | None = None
        self._limit = PAGE
        self._asked = 0
        self._typing = QTimer(self, interval=_TYPING_MILLISECONDS, singleShot=True)
        self._typing.timeout.connect(self.refresh)

    @property
    def says(self) -> str:
        """How many there are."""
        words = self.tr("最近 {n} 件，往下翻再读") if self.more else self.tr("{n} 件")
        return words.format(n=f"{len(self.rows):,}")

    def choose(self, which: Which) -> None:
        """Show those cases."""
        self.which, self._limit = which, PAGE
        self._forget_only()
        self.refresh()

    @Slot(str)
    def choose_owner(self, owner: str) -> None:
        """Show whose cases alone; of anybody again for nobody."""
        self.owner, self._limit = owner, PAGE
        self._forget_only()
        self.refresh()

    def show_only(self, ids: Sequence[int], words: str) -> None:
        """Show exactly these cases, which *words* name, until another choice is made."""
        self._ids, self.only_words = tuple(ids), words
        self.words, self.owner, self.which = "", "", Which.ALL
        self._limit = PAGE
        self.refresh()

    @Slot(str)
    def filter(self, words: str) -> None:
        """Show what holds all of *words*: a number, an employer, a matter, a name."""
        if words.strip() != self.words:
            self.words, self._limit = words.strip(), PAGE
            self._typing.start()

    @Slot()
    def read_more(self) -> None:
        """Read the next page of them."""
        if self.more:
            self._limit += PAGE
            self.refresh()

    def read_all(self) -> None:
        """Read all of them: they are to be sorted."""
        if self.more:
            self._limit = _EVERY
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the rows again."""
        self._asked += 1
        whose = self._office.by if self.which is Which.MINE else self.owner
        every = self.which is not Which.ALL
        query = CaseQuery(
            open_only=every,
            owner=whose,
            words=self.words,
            ids=self._ids,
            limit=_EVERY if every else self._limit + 1,
        )
        work = partial(
            _read, query, self.which, self._office.workspace,
            read_limits(self._office.settings), studio_now().date(),
        )  # fmt: skip
        self._office.ask(
            work, owner=self, then=partial(self._show, self._asked), on_error=self.failed.emit
        )

    def reassign(self, cases: Sequence[Case], name: str, reason: str) -> None:
        """Hand several cases to somebody (批量转派), all or none; one Ctrl+Z takes it back."""
        ids = [case.id for case in cases]
        self._office.ask(
            partial(reassign, case_ids=ids, name=name, reason=reason, by=self._office.by),
            owner=self,
            then=partial(self._reassigned, name),
            on_error=self._refused,
        )

    def read_candidates(self, cases: Sequence[Case]) -> None:
        """Read who may take *cases* on; a conflict in one of them is a conflict."""
        self._office.ask(
            partial(candidates, case_ids=[case.id for case in cases]),
            owner=self,
            then=self.candidates_read.emit,
            on_error=self.failed.emit,
        )

    def urge(self, cases: Sequence[Case]) -> None:
        """Copy the text that urges whoever has *cases* on, and note that they were urged."""
        if not cases:
            self.warned.emit(self.tr("先选中要催办的案件。"))
            return
        work = partial(
            urge_owner, workspace=self._office.workspace, case_ids=[case.id for case in cases],
            on=studio_now().date(), by=self._office.by,
        )  # fmt: skip
        then = partial(self._urged, named_words(cases))
        self._office.ask(work, owner=self, then=then, on_error=self.failed.emit)

    def _reassigned(self, name: str, cases: Sequence[Case]) -> None:
        words = self.tr("已把 {cases} 转派给 {name}；Ctrl+Z 一次退回。")
        self.told.emit(words.format(cases=named_words(cases), name=name))
        self.reassigned.emit()
        self._office.rows_changed.emit()

    def _refused(self, error: HotlineDeskError) -> None:
        if isinstance(error, ConflictOfInterest | ConflictUnchecked):
            self.reason_wanted.emit(sentence(error))
        else:
            self.failed.emit(error)

    def _urged(self, named: str, made: Urging) -> None:
        self.copied.emit(made.words)
        words = self.tr("{cases} 的催办文本已复制。{left_out}")
        self.told.emit(words.format(cases=named, left_out=made.left_out))
        self._office.rows_changed.emit()

    def _forget_only(self) -> None:
        self._ids, self.only_words = None, ""

    def _show(self, asked: int, found: tuple[tuple[CaseRow, ...], tuple[str, ...]]) -> None:
        if asked != self._asked:  # something else is wanted by now
            return
        rows, self.owners = found
        self.read = True
        self.more = self.which is Which.ALL and len(rows) > self._limit
        self.rows = rows[: self._limit] if self.more else rows
        self.rows_changed.emit(self.rows)


def _read(
    query: CaseQuery, which: Which, workspace: Workspace, limits: Limits, on: date, ledger: Ledger
) -> tuple[tuple[CaseRow, ...], tuple[str, ...]]:
    calendar = usable_rules(workspace).calendar  # what is wrong in it the page says
    open_ = ledger.cases(CaseQuery(open_only=True))
    plain = query.open_only and not query.words and query.ids is None
    cases = (
        [case for case in open_ if query.owner in {"", case.owner}]
        if plain
        else ledger.cases(query)
    )
    rows = (
        CaseRow(
            case=case, clock=read_clock(case.events, on, calendar=calendar, limits=limits), on=on
        )
        for case in cases
    )
    fits = _FITS[which]
    found = tuple(row for row in rows if fits(row))
    return found, tuple(sorted({case.owner for case in open_} - {""}))
