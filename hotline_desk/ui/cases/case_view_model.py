"""The case at hand: how its clock stands, what can be done for it, and what is written of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.casework.routing import propose_routes
from hotline_desk.domain.times import day_text, studio_now
from hotline_desk.errors import (
    ConflictOfInterest,
    ConflictUnchecked,
    HotlineDeskError,
)
from hotline_desk.messages import sentence
from hotline_desk.ui.cases import case_sheet
from hotline_desk.ui.cases.case_deeds import act, deeds
from hotline_desk.ui.cases.case_fields import RouteTick, routing_facts, text_of, title_of, writing
from hotline_desk.ui.cases.case_sheet import Sheet
from hotline_desk.ui.cases.case_words import done_words, has_more, missing_words
from hotline_desk.ui.cases.deed import Asked, Standing
from hotline_desk.ui.kit.deed_reading import Reading
from hotline_desk.ui.kit.field_text import NotUnderstood
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.workflows import assign, cases
from hotline_desk.workflows.limits import read_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.due import Due
    from hotline_desk.domain.casework.routing import RouteProposal
    from hotline_desk.domain.questions import Question
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.deed import Deed
    from hotline_desk.ui.kit.office import Office

    Made = tuple[Case, str, str]
    """The case, a text to be copied, and what was left out of it."""


M = TypeVar("M")

_MOST_OF_A_CASE = 200


class CaseViewModel(ViewModel):
    """State of the case at hand; each verb is one change, and Ctrl+Z takes it back."""

    shown = Signal()
    """Another case is at hand, or this one has changed."""
    done = Signal()
    """A deed is in the ledger."""
    unfinished = Signal()
    """It is, and its step still wants something that can be written now."""
    assigned = Signal()
    """Whose case it is, is in the ledger."""
    candidates_read = Signal(tuple)
    """Who may take the case on (Candidate), the best first."""
    reason_wanted = Signal(str)
    """It was not handed over: why, and that a reason has to be written down."""
    copied = Signal(str)
    """A text for the clipboard."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self.sheet = Sheet(question=None)
        self.ticks: frozenset[RouteTick] = frozenset()
        """What is ticked of the facts that a route is proposed from."""
        self._wanted: tuple[int | None, int | None] = (None, None)
        self.read = True
        """Whether what is at hand is what was asked for last."""
        self._declined = False
        self._doing = False
        self._route: str | None = None
        """A route that was chosen and waits for a reason, because of whose case it is."""
        office.rows_changed.connect(self._again)

    @property
    def case(self) -> Case | None:
        """The case at hand."""
        return self.sheet.case

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What can be done now, the next deed first."""
        case, clock = self.sheet.case, self.sheet.clock
        if case is None or clock is None:
            return ()
        route = self.route.route if self.route is not None else None
        around = self.sheet.around
        return deeds(Standing(case=case, around=around, now=studio_now(), route=route), clock)

    @property
    def route(self) -> RouteProposal | None:
        """The route that is proposed, with its reason, while none is decided."""
        case = self.sheet.case
        if case is None or case.route is not None or self._declined:
            return None
        found = propose_routes(routing_facts(case, self.sheet.around.questions, self.ticks))
        return found[0] if found else None

    def show_due(self, row: Due) -> None:
        """Show the case of a row of 今日待办, else the question that it is about."""
        if row.case is not None:
            self._show(row.case.id, None)
        else:
            self.show_question(row.question)

    def show_case(self, case_id: int | None) -> None:
        """Show the case with this id, or none."""
        self._show(case_id, None)

    def show_question(self, question: Question | None) -> None:
        """Show the case of a question, or that it has none."""
        self._show(None, question.id if question else None)

    def open(self, ids: Sequence[int]) -> None:
        """Open one case for questions by their *ids* (立案), or let them join that of some."""
        if len(ids) == 1 and self.sheet.case is not None:
            self.warned.emit(self.tr("已经立案：{number}。").format(number=self.sheet.case.number))
        elif not ids:
            self.warned.emit(self.tr("先在台账里选中一个或几个问题，再按 Ctrl+J 立案。"))
        elif len(ids) > _MOST_OF_A_CASE:
            words = self.tr("选了 {n} 条，一件案件最多归 {most} 条。")
            self.warned.emit(words.format(n=f"{len(ids):,}", most=_MOST_OF_A_CASE))
        else:
            asked, by = tuple(ids), self._office.by
            self._do(lambda ledger: cases.open_or_join(ledger, asked, by=by), self._opened)

    def do(self, deed: Deed, values: dict[str, str]) -> bool:
        """Do *deed* with what stands in its fields; return False and say why where it cannot be."""
        case = self.sheet.case
        if case is None or self._doing or not self.read:  # a key pressed twice pays nobody twice
            return False
        asked = Asked(
            deed=deed, case=case, around=self.sheet.around,
            read=Reading(values, studio_now()), office=self._office,
        )  # fmt: skip
        try:
            work, copy = act(asked)
        except NotUnderstood as error:
            self.warned.emit(str(error))
            return False
        if values.get("route"):
            self._route = values["route"]
        self._doing = True

        def made(ledger: Ledger) -> Made:
            text, left_out = copy(ledger) if copy is not None else ("", "")
            return work(ledger), text, left_out

        self._do(made, partial(self._done, deed))
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
        if field == "route":
            self._route = text
        self._do(work, partial(self._written, field))
        return True

    def read_candidates(self) -> None:
        """Read who may take the case on, with their open cases, 专长 and conflicts."""
        case = self.sheet.case
        if case is not None:
            self._office.ask(
                partial(assign.candidates, case_ids=[case.id]),
                owner=self,
                then=self.candidates_read.emit,
                on_error=self.failed.emit,
            )

    def assign(self, name: str, reason: str = "") -> None:
        """Say whose case it is; a conflict of interest wants a reason."""
        case = self.sheet.case
        if case is None or (name == case.owner and not reason):
            self.assigned.emit()
            return
        route = case.route if self._route is None else Route(self._route) if self._route else None
        work = partial(
            assign.assign, case_id=case.id, owner=name, route=route, helpers=case.helpers,
            reason=reason, by=self._office.by,
        )  # fmt: skip
        self._do(work, self._assigned)

    def accept_route(self) -> None:
        """Take the proposed route."""
        if self.route is not None:
            self.write("route", self.route.route)

    def decline_route(self) -> None:
        """Put the proposed route away."""
        self._declined = True
        self.shown.emit()

    def tick(self, ticks: Iterable[RouteTick]) -> None:
        """Say which facts hold from which a route is proposed; they are not kept."""
        self.ticks = frozenset(ticks)
        self._declined = False
        self.shown.emit()

    def _show(self, case_id: int | None, question_id: int | None) -> None:
        if self._wanted != (case_id, question_id):
            self._wanted = (case_id, question_id)
            self.read = False
            self._route = None
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
                case_sheet.read,
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
        """Show nothing, and say why."""
        self._wanted = (None, None)
        self._take(Sheet(question=None))
        self.failed.emit(error)

    def _take(self, sheet: Sheet) -> None:
        was_read, self.read = self.read, True
        if sheet != self.sheet or not was_read:
            self.sheet = sheet
            self.shown.emit()

    def _do(self, work: Callable[[Ledger], M], then: Callable[[M], None]) -> None:
        def done(made: M) -> None:
            self._route = None
            then(made)
            self._office.rows_changed.emit()

        self._office.ask(work, owner=self, then=done, on_error=self._refused)

    def _refused(self, error: HotlineDeskError) -> None:
        self._doing = False
        self._want(error)

    def _want(self, error: HotlineDeskError) -> None:
        """Ask for the reason where *error* wants one; else say that it failed."""
        if isinstance(error, ConflictOfInterest | ConflictUnchecked):
            self.reason_wanted.emit(sentence(error))
            return
        self._route = None
        self.failed.emit(error)
        self.shown.emit()

    def _opened(self, case: Case) -> None:
        words = self.tr("已立案：{number}，问题 {n} 条，接收日 {day}。")
        day = day_text(case.received)
        self.told.emit(words.format(number=case.number, n=len(case.questions), day=day))

    def _written(self, field: str, case: Case) -> None:
        words = self.tr("{number} 已记下{what}。")
        self.told.emit(words.format(number=case.number, what=title_of(field)))
        if field == "employer":
            self._office.ask(
                partial(assign.no_conflict, case=case),
                owner=self,
                then=lambda _none: None,
                on_error=self._want,
            )

    def _assigned(self, case: Case) -> None:
        given, taken = self.tr("{number} 交给 {name} 承办。"), self.tr("{number} 没有承办人了。")
        words = given if case.owner else taken
        self.told.emit(words.format(number=case.number, name=case.owner))
        self.assigned.emit()

    def _done(self, deed: Deed, made: Made) -> None:
        self._doing = False
        case, text, left_out = made
        if text:
            self.copied.emit(text)
        if self.sheet.case is not None and case.id != self.sheet.case.id:  # merged into another
            self._wanted = (case.id, None)
        said = done_words(deed, case, studio_now().date(), copied=bool(text))
        self.told.emit(" ".join(filter(None, (said, left_out))))
        self.done.emit()
        if missing_words(deed, case) and has_more(deed, case):
            self.unfinished.emit()
