"""The case at hand: how its clock stands, what can be done for it, and what is written of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.domain.deadlines import read_clock
from hotline_desk.domain.routing import propose_routes
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import CaseNotFound, HotlineDeskError, QuestionNotFound
from hotline_desk.ui.case_deeds import Deed, deeds
from hotline_desk.ui.case_doing import act
from hotline_desk.ui.case_fields import RouteTick, routing_facts, text_of, writing
from hotline_desk.ui.case_words import done_words
from hotline_desk.ui.field_text import NotUnderstood
from hotline_desk.workflows import cases
from hotline_desk.workflows.lapses import case_lapses
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.deadlines import Clock, Limits
    from hotline_desk.domain.due import Due
    from hotline_desk.domain.lapses import Lapse
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.routing import RouteProposal
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the ledger has of one case, or of a question without one."""

    question: Question | None
    case: Case | None = None
    clock: Clock | None = None
    questions: tuple[Question, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    """What lapses first, by the days that the case knows; 供律师核对."""


class CaseViewModel(QObject):
    """State of the case at hand; each verb is one change, and Ctrl+Z takes it back."""

    shown = Signal()
    """Another case is at hand, or this one has changed."""
    done = Signal()
    """A deed is in the ledger."""
    told = Signal(str)
    warned = Signal(str)
    failed = Signal(HotlineDeskError)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.sheet = Sheet(question=None)
        self.ticks: frozenset[RouteTick] = frozenset()
        """What is ticked of the facts that a route is proposed from."""
        self._wanted: tuple[int | None, int | None] = (None, None)
        self.read = True
        """Whether what is at hand is what was asked for last."""
        self._declined = False
        self._doing = False
        office.rows_changed.connect(self._again)

    @property
    def case(self) -> Case | None:
        """The case at hand."""
        return self.sheet.case

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What can be done now, the next deed first."""
        case, clock = self.sheet.case, self.sheet.clock
        return deeds(case, clock, studio_now()) if case is not None and clock is not None else ()

    @property
    def route(self) -> RouteProposal | None:
        """The route that is proposed, with its reason, while none is decided."""
        case = self.sheet.case
        if case is None or case.route is not None or self._declined:
            return None
        found = propose_routes(routing_facts(case, self.sheet.questions, self.ticks))
        return found[0] if found else None

    def show_due(self, row: Due) -> None:
        """Show the case of a row of 今日待办."""
        self._show(row.case.id, None)

    def show_question(self, question: Question | None) -> None:
        """Show the case of a question, or that it has none."""
        self._show(None, question.id if question else None)

    def open(self, questions: Sequence[Question]) -> None:
        """Open one case for *questions* (立案), or let them join the one that some belong to."""
        if len(questions) == 1 and self.sheet.case is not None:
            self.warned.emit(self.tr("已经立案：{number}。").format(number=self.sheet.case.number))
        elif not questions:
            self.warned.emit(self.tr("先在台账里选中一个或几个问题，再按 Ctrl+J 立案。"))
        else:
            ids = [question.id for question in questions]
            self._do(partial(_open_or_join, ids, self._office.by), self._opened)

    def do(self, deed: Deed, values: dict[str, str]) -> bool:
        """Do *deed* with what stands in its fields; return False and say why where it cannot be."""
        case = self.sheet.case
        if case is None or self._doing:  # a key pressed twice pays nobody twice
            return False
        try:
            work = act(deed, case.id, values, office=self._office, now=studio_now())
        except NotUnderstood as error:
            self.warned.emit(str(error))
            return False
        self._doing = True
        self._do(work, partial(self._done, deed))
        return True

    def text(self, field: str) -> str:
        """Return what stands in *field*."""
        return "" if self.sheet.case is None else text_of(self.sheet.case, field)

    def write(self, field: str, text: str) -> bool:
        """Write *text* down for *field*; return False and say why where it is not understood."""
        case = self.sheet.case
        if case is None or text.strip() == self.text(field):
            return True
        try:
            work = writing(field, text, case.id, by=self._office.by, today=studio_now().date())
        except NotUnderstood as error:
            self.warned.emit(str(error))
            return False
        self._do(work, lambda _case: None)
        return True

    def accept_route(self) -> None:
        """Take the proposed route."""
        if self.route is not None:
            self.write("route", self.route.route)

    def decline_route(self) -> None:
        """Put the proposed route away."""
        self._declined = True
        self.shown.emit()

    def tick(self, tick: RouteTick, *, on: bool) -> None:
        """Say that a fact holds from which a route is proposed; it is not kept."""
        self.ticks = self.ticks | {tick} if on else self.ticks - {tick}
        self._declined = False
        self.shown.emit()

    def _show(self, case_id: int | None, question_id: int | None) -> None:
        if self._wanted != (case_id, question_id):
            self._wanted = (case_id, question_id)
            self.read = False
            self.ticks = frozenset()
            self._declined = False
        self._again()

    @Slot()
    def _again(self) -> None:
        if self._wanted == (None, None):
            self._take(Sheet(question=None))
            return
        self._office.ask(
            partial(
                _read,
                *self._wanted,
                self._office.workspace,
                read_limits(self._office.settings),
                studio_now().date(),
            ),
            owner=self,
            then=partial(self._read, self._wanted),
            on_error=self._gone,
        )

    def _read(self, wanted: tuple[int | None, int | None], sheet: Sheet) -> None:
        if wanted == self._wanted:  # else somebody looks at another one by now
            self._take(sheet)

    def _gone(self, error: HotlineDeskError) -> None:
        """Show nothing; that the adding of a question was taken back needs no words."""
        self._wanted = (None, None)
        self._take(Sheet(question=None))
        if not isinstance(error, QuestionNotFound):
            self.failed.emit(error)

    def _take(self, sheet: Sheet) -> None:
        was_read, self.read = self.read, True
        if sheet != self.sheet or not was_read:
            self.sheet = sheet
            self.shown.emit()

    def _do(self, work: Callable[[Ledger], Case], then: Callable[[Case], None]) -> None:
        def done(case: Case) -> None:
            then(case)
            self._office.rows_changed.emit()

        self._office.ask(work, owner=self, then=done, on_error=self._refused)

    def _refused(self, error: HotlineDeskError) -> None:
        self._doing = False
        self.failed.emit(error)
        self.shown.emit()

    def _opened(self, case: Case) -> None:
        words = self.tr("已立案：{number}，问题 {n} 条。")
        self.told.emit(words.format(number=case.number, n=len(case.questions)))

    def _done(self, deed: Deed, case: Case) -> None:
        self._doing = False
        self.told.emit(done_words(deed, case))
        self.done.emit()


def _open_or_join(ids: Sequence[int], by: str, ledger: Ledger) -> Case:
    with ledger.together():
        known = [case for each in ids if (case := ledger.case_of(each)) is not None]
        if known:
            return cases.join_case(ledger, known[0].id, ids, by=by)
        return cases.open_case(ledger, ids, by=by)


def _read(
    case_id: int | None,
    question_id: int | None,
    workspace: Workspace,
    limits: Limits,
    on: date,
    ledger: Ledger,
) -> Sheet:
    question = ledger.question(question_id) if question_id is not None else None
    case = _case(case_id, question_id, ledger)
    if case is None:
        return Sheet(question=question)
    calendar = read_calendar(workspace)
    return Sheet(
        question=question,
        case=case,
        clock=read_clock(case.events, on, calendar=calendar, limits=limits),
        questions=tuple(ledger.question(each) for each in case.questions),
        lapses=tuple(case_lapses(case, workspace, on, calendar=calendar)),
    )


def _case(case_id: int | None, question_id: int | None, ledger: Ledger) -> Case | None:
    if case_id is None:
        return ledger.case_of(question_id) if question_id is not None else None
    try:
        return ledger.case(case_id)
    except CaseNotFound:
        return None
