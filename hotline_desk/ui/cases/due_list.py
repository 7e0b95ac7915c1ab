"""今日待办 as a table: card, step and time left first, then what it is about and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.domain.casework.course import Fulfilment
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.times import day_text
from hotline_desk.ui.cases.due_rows import DueRows, Grouping, Heading, grouped
from hotline_desk.ui.cases.due_view_model import Only
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.card_cell import CardCell
from hotline_desk.ui.kit.panel import empty_words, opening_words
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.kit.record_view import RecordView
from hotline_desk.ui.kit.row_ground import paint_lit
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter

    from hotline_desk.domain.casework.due import Due
    from hotline_desk.ui.cases.due_view_model import DueViewModel
    from hotline_desk.ui.kit.style import Appearance

    Index = QModelIndex | QPersistentModelIndex

_HEADING = 28


def _stage(row: Due) -> str:
    dated = row.stage is Stage.FULFIL and row.case is not None and row.case.promise.pay_by
    return str(Fulfilment.OVERDUE if dated and row.left < 0 else row.stage)


def _day(row: Due) -> str:
    if not row.has_limit:
        return ""
    return day_text(row.day) + ("（暂估）" if row.estimated else "")


def _of_row(text: Callable[[Due], str]) -> Callable[[Due | Heading], str]:
    """Return what shows *text* of a row; a heading speaks for itself."""
    return lambda row: row.words if isinstance(row, Heading) else text(row)


COLUMNS: tuple[Column[Due | Heading], ...] = (
    Column(title="牌", text=_of_row(lambda row: row.card), width=64),
    Column(title="环节", text=_of_row(_stage), width=92),
    Column(title="期限", text=_of_row(lambda row: row.left_words), width=144),
    Column(
        title="到期日",
        text=_of_row(_day),
        width=132,
        room=800,
    ),
    Column(title="案由", text=_of_row(lambda row: row.matter), width=200, stretches=True),
    Column(
        title="单位", text=_of_row(lambda row: row.employer), width=132, room=760, stretches=True
    ),
    Column(title="承办人", text=_of_row(lambda row: row.owner or "还没有"), width=100),
    Column(title="编号", text=_of_row(lambda row: row.number), width=144, room=1240),
)
_CARD, _LEFT, _MATTER, _OWNER = 0, 2, 4, 6


class DueList(QWidget):
    """What is to be done; Enter goes to the field of the deed that is due."""

    chosen = Signal(object)
    """A row (Due) was selected."""
    opened = Signal(object)
    urge_asked = Signal(list)
    """Whoever has these cases (Case) is to be urged."""
    emptied = Signal()
    """The last row has gone from under the focus."""

    def __init__(
        self, model: DueViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._rows = DueRows(COLUMNS)
        self._wanted: tuple[str, str, str] | None = None
        """Which row is to be gone to once it has been read."""
        self._came: frozenset[tuple[str, str, str]] = frozenset()
        """What was not listed before: its first row is to be at hand."""
        self._low: list[int] = []
        """The rows that are as low as headings."""
        self.table = _Table(self)
        self.table.setModel(self._rows)
        self._lay_out(appearance)
        self._empty = empty_words("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.doubleClicked.connect(self.open)
        urging = QShortcut(QKeySequence("Ctrl+U"), self, self.urge)
        urging.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        model.came.connect(self._remember)
        model.rows_changed.connect(self._show)
        self._show(model.shown)

    @Slot(object)
    def _remember(self, keys: frozenset[tuple[str, str, str]]) -> None:
        self._came = keys

    def _lay_out(self, appearance: Appearance) -> None:
        self.table.setAccessibleName(self.tr("今日待办"))
        self.table.setItemDelegate(_DueCell(appearance, self.table, card_column=_CARD, tone=_tone))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.size_columns()

    def current(self) -> Due | None:
        """Return the row at hand."""
        index = self.table.currentIndex()
        row: Due | Heading | None = index.data(RECORD_ROLE) if index.isValid() else None
        return None if isinstance(row, Heading) else row

    def question_ids(self) -> tuple[int, ...]:
        """Return the id of the question at hand that waits for its case (立案)."""
        row = self.current()
        return (row.question.id,) if row is not None and row.question is not None else ()

    def go_to(self, row: Due) -> None:
        """Have *row* at hand as soon as it is there, and go to what is to be done for it."""
        self._wanted = row.key
        self._model.show_only(None)

    @Slot()
    def open(self) -> None:
        """Go to what is to be done for the row at hand; from the last line on to older rows."""
        row = self.current()
        if row is not None:
            self.opened.emit(row)
        elif self.table.currentIndex().isValid():
            self._model.list_more()

    @Slot()
    def urge(self) -> None:
        """Have the text copied that urges whoever has the case at hand."""
        row = self.current()
        if row is not None and row.case is not None:
            self.urge_asked.emit([row.case])

    @Slot()
    def _choose(self) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row)

    @Slot(tuple)
    def _show(self, rows: tuple[Due, ...]) -> None:
        before, place = self.current(), max(0, self.table.currentIndex().row())
        held = self.table.hasFocus()
        shown = (*grouped(rows, self._model.grouping), *self._more())
        self._rows.show(shown)
        self._set_heights(shown)
        self.table.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self._empty.setText(self._nothing())
        if not shown:
            if held:
                self.emptied.emit()
            return
        self._select(shown, before, place)

    def _more(self) -> Iterator[Heading]:
        """Yield the last line where not everything is listed."""
        if unlisted := self._model.unlisted:
            words = self.tr("还有更早的 {n} 项没有列出，在这一行按 Enter 接着列")
            yield Heading(words.format(n=f"{unlisted:,}"), opens=True)

    def _set_heights(self, shown: Sequence[Due | Heading]) -> None:
        """Make headings low and as wide as the table; all rows were of one height before."""
        self.table.clearSpans()
        for at in self._low:
            self.table.setRowHeight(at, tokens.LIVE_ROW)
        headings = {at: each for at, each in enumerate(shown) if isinstance(each, Heading)}
        self._low = [at for at, heading in headings.items() if not heading.opens]
        for at in self._low:
            self.table.setRowHeight(at, _HEADING)
        for at in headings:
            self.table.setSpan(at, 0, 1, len(COLUMNS))

    def _select(self, shown: Sequence[Due | Heading], before: Due | None, place: int) -> None:
        at = {each.key: at for at, each in enumerate(shown) if not isinstance(each, Heading)}
        # what is done leaves the list: the next row takes its place
        below = (row for row in at.values() if row >= place)
        row = next(below, next(reversed(at.values()), len(shown) - 1))
        if before is not None and before.key in at:
            row = at[before.key]
        row = next((at[key] for key in at if key in self._came), row)
        wanted = self._wanted
        if wanted is not None and wanted not in at:  # a later step: the case waits for another one
            wanted = next((key for key in at if key[1] == wanted[1]), None)
        if wanted is not None:
            row = at[wanted]
        self._came = frozenset()
        select = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self._rows.index(row, 0), select.ClearAndSelect | select.Rows
        )
        if wanted is not None:
            self._wanted = None
            self.open()

    def _nothing(self) -> str:
        if not self._model.read:
            return opening_words()
        if self._model.only is not None and not self._model.words:
            return self.tr("“{part}”里没有待办。再按一次“{part}”看全部。").format(
                part=self._model.only.value
            )
        if self._model.words:
            return self.tr("没有符合“{words}”的待办。清空筛选看全部。").format(
                words=self._model.words
            )
        return self.tr(
            "没有要办的。\n求决和投诉举报在“本期”或“全部”里选中，按 Ctrl+J 立案，期限就会列在这里。"
        )


class DueParts(QWidget):
    """红牌, 黄牌, 我承办的 and what was brought along, each with its number.

    Pressed once more, all is shown again.
    """

    def __init__(self, model: DueViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._buttons: dict[Only, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TINY)
        for only in Only:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.setToolTip(self.tr("只看这些；再按看全部"))
            button.clicked.connect(lambda on, only=only: model.show_only(only if on else None))
            self._buttons[only] = button
            row.addWidget(button)
        self._people = QPushButton(Grouping.PERSON.value)
        self._people.setCheckable(True)
        self._people.setProperty("kind", "choice")
        self._people.setToolTip(self.tr("每个承办人的放在一起；再按按时间"))
        self._people.clicked.connect(self._group)
        row.addWidget(self._people)
        model.rows_changed.connect(self._show)
        self._show()

    @Slot(bool)
    def _group(self, on: bool) -> None:
        self._model.group(Grouping.PERSON if on else Grouping.TIME)

    @Slot()
    def _show(self) -> None:
        for only, button in self._buttons.items():
            count = self._model.count(only)
            button.setText(f"{only.value} {count:,}")
            button.setChecked(only is self._model.only)
            button.setVisible(only is not Only.BROUGHT or count > 0)


class _Table(RecordView):
    """Enter opens the row at hand."""

    def __init__(self, page: DueList) -> None:
        super().__init__(COLUMNS, row=tokens.LIVE_ROW, parent=page)
        self._page = page

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._page.open()
        else:
            super().keyPressEvent(event)


class _DueCell(CardCell):
    """Draws headings besides the rows."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RECORD_ROLE)
        if not isinstance(row, Heading):
            super().paint(painter, option, index)
            if index.column() == _MATTER and row.words:
                self._paint_waiting(painter, option.rect, row.words)
            return
        place: QRect = option.rect
        painter.save()
        painter.fillRect(place, self.appearance.colour("page"))
        if option.state & QStyle.StateFlag.State_Selected:
            paint_lit(painter, place, self.appearance, at_hand=self.focused)
        painter.setFont(font(tokens.META, strong=True, figures=True))
        painter.setPen(self.appearance.colour("accent" if row.opens else "quiet"))
        words = place.adjusted(tokens.INSET, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, row.words)
        painter.restore()

    @override
    def words_place(self, place: QRect, index: Index) -> QRect:
        row = index.data(RECORD_ROLE)
        if index.column() == _MATTER and row.words:
            return place.adjusted(0, 0, 0, -place.height() // 2 + 2)
        return place

    def _paint_waiting(self, painter: QPainter, place: QRect, words: str) -> None:
        """Draw what the row waits for below what it is about."""
        painter.save()
        painter.setFont(font(tokens.META, figures=True))
        painter.setPen(self.appearance.colour("quiet"))
        below = place.adjusted(tokens.INSET, place.height() // 2, -tokens.TINY, -3)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def _tone(row: Due, column: int) -> tuple[str, bool]:
    if column == _LEFT and row.has_limit:
        return ("red" if row.left < 0 else "text"), row.left <= 0
    quiet = column == _LEFT or (column == _OWNER and not row.owner)
    return ("quiet" if quiet else "text"), False
