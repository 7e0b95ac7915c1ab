"""The ledger page: which rows are wanted and how they stand, and what is behind the one at hand."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot

from hotline_desk.domain.arranging import (
    Arranged,
    Confirmation,
    Facet,
    GroupCount,
    Lately,
    Shown,
    View,
)
from hotline_desk.domain.episodes import nearest_episode
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.field_text import NotUnderstood
from hotline_desk.ui.kit.following import Following
from hotline_desk.ui.kit.row_detail import RowDetail, read_detail
from hotline_desk.ui.kit.row_fields import NoSuchCategory, question_value, with_caller_field
from hotline_desk.workflows import questions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtCore import QObject

    from hotline_desk.domain.arranging import Order
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office

_TYPING_MILLISECONDS = 150


class SavedView(Enum):
    """Which rows one usually wants."""

    DUE = "今日待办"
    CASES = "案件"
    REGISTER = "登记簿"
    EPISODE = "本期"
    TODAY = "今日"
    ALL = "全部"
    PENDING = "待定"
    UNCONFIRMED = "未确认解答"


OF_CASES = frozenset({SavedView.DUE, SavedView.CASES, SavedView.REGISTER})
"""What has rows of its own, with view models of their own, instead of questions."""

SHOWS: dict[SavedView, Shown] = {
    SavedView.DUE: Shown(),
    SavedView.CASES: Shown(),
    SavedView.REGISTER: Shown(),
    SavedView.EPISODE: Shown(lately=Lately.EPISODE),
    SavedView.TODAY: Shown(lately=Lately.TODAY),
    SavedView.ALL: Shown(),
    SavedView.PENDING: Shown(filters={Facet.CATEGORY: ("待定",)}),
    SavedView.UNCONFIRMED: Shown(filters={Facet.CONFIRMED: (Confirmation.OPEN,)}),
}
"""What the views that are always there show; 今日待办 shows cases, which are not in the table."""


class LedgerViewModel(Following):
    """State of the ledger page."""

    arranged = Signal(Arranged)
    """All rows that were asked for, by id."""
    rows_read = Signal(tuple)
    """Rows (TableRow) that were asked for by id; none where they could not be read."""
    shown_changed = Signal()
    """Other rows are wanted, or otherwise."""
    views_changed = Signal(tuple)
    """The office's own views (View)."""
    detail_changed = Signal(RowDetail)
    refused = Signal(int, str)
    """A question's id and the field in which something was written that it cannot be."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, self.refresh, parent)
        self.view: SavedView | None = SavedView.EPISODE
        """Which of the views that are always there was chosen last; None for one's own."""
        self.shown = SHOWS[SavedView.EPISODE]
        self.ids: tuple[int, ...] | None = None
        """Only these rows, come from elsewhere."""
        self.ids_words = ""
        """Where they come from."""
        self.read = False
        """Whether any rows were read yet."""
        self.views: tuple[View, ...] = ()
        self._chosen: int | None = None
        self._arranging = self._again = False
        self._typing = QTimer(self, interval=_TYPING_MILLISECONDS, singleShot=True)
        self._typing.timeout.connect(self.refresh)

    @property
    def words(self) -> str:
        """What the rows have to hold."""
        return self.shown.words

    @property
    def chosen(self) -> int | None:
        """The id of the question that is shown behind the row at hand."""
        return self._chosen

    @property
    def of_cases(self) -> bool:
        """Whether cases are shown, which are not in the table."""
        return self.view in OF_CASES

    @property
    def standing_view(self) -> SavedView | None:
        """Which of the views that are always there is shown just as it is."""
        if self.view in OF_CASES:
            return self.view
        if self.ids is not None:
            return None
        bare = replace(self.shown, words="", order=None, descending=False)
        return next(
            (view for view in SavedView if view not in OF_CASES and SHOWS[view] == bare), None
        )

    def choose_view(self, view: SavedView) -> None:
        """Show the rows of *view*; words that were typed stay, and so does their order."""
        self.view, self.ids = view, None
        usual = SHOWS[view]
        self._show(replace(self.shown, lately=usual.lately, filters=usual.filters, group=None))

    def choose_own(self, view: View) -> None:
        """Show the rows of a view of one's own, as they stood when it was kept."""
        self.view, self.ids = None, None
        self._show(view.shown)

    def show_ids(self, ids: Sequence[int], words: str) -> None:
        """Show exactly the questions with these *ids*; *words* say what they are."""
        self.view, self.ids, self.ids_words = None, tuple(ids), words
        self._show(Shown())

    def let_ids_go(self) -> None:
        """Show all rows again instead of those that came from elsewhere."""
        self.ids = None
        self._show(self.shown)

    @Slot(str)
    def filter(self, words: str) -> None:
        """Show rows with *words* only, once the typing pauses."""
        if words.strip() != self.words:
            self.shown = replace(self.shown, words=words.strip())
            self._typing.start()
            self.shown_changed.emit()

    def read_what_is_typed(self) -> bool:
        """Do not wait for the typing to pause; return whether it was being waited for."""
        waits = self._typing.isActive()
        if waits:
            self._typing.stop()
            self.refresh()
        return waits

    def choose(self, facet: Facet, values: tuple[str, ...]) -> None:
        """Show rows with one of *values* only; with none of them the facet does not matter."""
        filters = {**self.shown.filters, facet: values}
        self._show(replace(self.shown, filters={each: of for each, of in filters.items() if of}))

    def choose_days(self, lately: Lately | None) -> None:
        """Show rows that were received then."""
        self._show(replace(self.shown, lately=lately))

    def show_unfiltered(self) -> None:
        """Let every filter go; order and groups stay."""
        self.ids = None
        self._show(replace(self.shown, lately=None, filters={}))

    def group(self, facet: Facet | None) -> None:
        """Put rows of one value of *facet* under a heading."""
        self._show(replace(self.shown, group=facet))

    @Slot(object, bool)
    def put_in_order(self, order: Order | None, descending: bool) -> None:
        """Put the rows in *order*, None being the ledger's own."""
        if (order, descending) != (self.shown.order, self.shown.descending):
            self._show(replace(self.shown, order=order, descending=bool(order and descending)))

    def remember_order(self, order: Order | None, *, descending: bool) -> None:
        """Begin with the rows in the order in which they were left."""
        self.shown = replace(self.shown, order=order, descending=descending)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.shown_changed.emit()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read anew which rows there are."""
        if self._chosen is not None:
            self._read_detail(self._chosen)
        self._office.ask(lambda ledger: tuple(ledger.kept(View)), owner=self, then=self._show_views)
        if self.view in OF_CASES:
            return
        if self._arranging:  # what is asked for meanwhile is asked for once, when it is answered
            self._again = True
            return
        self._arranging = True
        self._office.ask(
            partial(_arranged, self.shown, self.ids, studio_now().date()),
            owner=self,
            then=partial(self._arrange, self.shown, self.ids),
            on_error=self._unarranged,
        )

    def read_rows(self, ids: tuple[int, ...]) -> None:
        """Read the rows with these *ids*."""
        self._office.ask(
            lambda ledger: tuple(ledger.table_rows(ids)),
            owner=self,
            then=self.rows_read.emit,
            on_error=self._unread,
        )

    def read_values(self, facet: Facet, then: Callable[[tuple[GroupCount, ...]], None]) -> None:
        """Give *then* the values that rows have of *facet*, and how many have them."""
        self._office.ask(
            lambda ledger: ledger.values_of(facet),
            owner=self,
            then=then,
            on_error=self.failed.emit,
        )

    def choose_row(self, question_id: int | None) -> None:
        """Show what stands behind the question with this id."""
        self._chosen = question_id
        if question_id is not None:
            self._read_detail(question_id)

    def _arrange(self, shown: Shown, ids: tuple[int, ...] | None, arranged: Arranged) -> None:
        self._arranging = False
        if shown == self.shown and ids is self.ids:  # else something else is wanted by now
            self.read = True
            self.arranged.emit(arranged)
        if self._again:
            self._again = False
            self.refresh()

    def _unarranged(self, error: HotlineDeskError) -> None:
        self._arranging = self._again = False
        self.failed.emit(error)

    def _unread(self, error: HotlineDeskError) -> None:
        self.rows_read.emit(())
        self.failed.emit(error)

    def _show_views(self, views: tuple[View, ...]) -> None:
        if views != self.views:
            self.views = views
            self.views_changed.emit(views)

    def _read_detail(self, question_id: int) -> None:
        self._office.ask(
            partial(
                read_detail,
                question_id,
                self._office.workspace.root,
                self._office.settings.pre_roll_seconds,
            ),
            owner=self,
            then=self._tell_detail,
            on_error=self._gone,
        )

    def _tell_detail(self, detail: RowDetail) -> None:
        if detail.question.id == self._chosen:
            self.detail_changed.emit(detail)

    def _gone(self, _error: HotlineDeskError) -> None:
        self._chosen = None

    def write_question(self, question_id: int, field: str, text: str) -> None:
        """Write *text* down in a field of a question; say why where it is not understood."""
        try:
            value = question_value(field, text)
        except NoSuchCategory as error:
            words = self.tr("没有“{word}”这个类别。几个副类别用顿号隔开，例如 工资、工伤。")
            self._refuse(question_id, field, words.format(word=error))
        except NotUnderstood:
            words = (
                self.tr("金额请写成数字，例如 33000 或 3.3万。")
                if field == "amount_fen"
                else self.tr("人数请写成数字，例如 11。")
            )
            self._refuse(question_id, field, words)
        else:
            by = self._office.by
            self._write(lambda ledger: questions.amend(ledger, question_id, {field: value}, by=by))

    def write_asker(self, question_id: int, field: str, text: str) -> None:
        """Write *text* down in a field of who asked a question, who is the call's if it has one."""
        self._write(partial(_save_asker, question_id, field, text, self._office.by))

    def _write(self, work: Callable[[Ledger], object]) -> None:
        self._office.ask(
            work,
            owner=self,
            then=lambda _: self._office.rows_changed.emit(),
            on_error=self.failed.emit,
        )

    def _refuse(self, question_id: int, field: str, words: str) -> None:
        self.warned.emit(words)
        self.refused.emit(question_id, field)

    def keep_view(self, name: str) -> None:
        """Keep what is shown as a view called *name*; one of that name shows it from now on."""
        known = next((view for view in self.views if view.name == name), View(name=name, shows=""))
        self._keep(replace(known, shows=self.shown.text()))

    def rename_view(self, view: View, name: str) -> None:
        """Call *view* something else."""
        self._keep(replace(view, name=name))

    def remove_view(self, view: View) -> None:
        """Let *view* go; Ctrl+Z brings it back."""
        self._office.ask(
            lambda ledger: ledger.take_out(view, by=self._office.by),
            owner=self,
            then=lambda _: self._viewed(self.tr("视图“{name}”已删除，Ctrl+Z 撤销。"), view),
            on_error=self.failed.emit,
        )

    def _keep(self, view: View) -> None:
        self._office.ask(
            lambda ledger: ledger.keep(view, by=self._office.by),
            owner=self,
            then=lambda kept: self._viewed(self.tr("视图“{name}”已保存。"), kept),
            on_error=self.failed.emit,
        )

    def _viewed(self, words: str, view: View) -> None:
        self.told.emit(words.format(name=view.name))
        self.refresh()


def _save_asker(question_id: int, field: str, text: str, by: str, ledger: Ledger) -> None:
    from hotline_desk.workflows.askers import call_of, save_asker  # noqa: PLC0415  in the lane

    with ledger.together():
        call = call_of(ledger, question_id, by=by)
        save_asker(ledger, with_caller_field(call, field, text), by=by)


def query_of(shown: Shown, ids: Sequence[int] | None, today: date) -> QuestionQuery:
    """Return which rows *shown* wants on a day; 本期 is for who knows the episodes."""
    query = QuestionQuery(words=shown.words, filters=shown.filters, ids=ids)
    if shown.lately is None or shown.lately is Lately.EPISODE:
        return query
    since, until = shown.lately.days(today)
    return replace(query, since=since, until=until)


def _arranged(shown: Shown, ids: Sequence[int] | None, today: date, ledger: Ledger) -> Arranged:
    query = query_of(shown, ids, today)
    if shown.lately is Lately.EPISODE:
        episode = nearest_episode(ledger.episodes(), today)
        query = replace(query, **({"ids": ()} if episode is None else {"episode": episode.number}))
    return ledger.arranged(query, group=shown.group, order=shown.order, descending=shown.descending)
