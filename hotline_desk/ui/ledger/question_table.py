"""The questions of the ledger as a table: columns of one's choice, group headings, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.kit import icons, tokens
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_view import RecordView
from hotline_desk.ui.kit.row_ground import paint_line, paint_lit
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.ledger.question_columns import COLUMNS, PLAY
from hotline_desk.ui.ledger.question_rows import HEADING_ROLE, Heading, QuestionRows, ids_in

if TYPE_CHECKING:
    from array import array

    from PySide6.QtGui import QKeyEvent, QPainter

    from hotline_desk.domain.arranging import Arranged, Facet, Order
    from hotline_desk.domain.questions import TableRow
    from hotline_desk.ui.kit.style import Appearance

Index = QModelIndex | QPersistentModelIndex

_ROW = QItemSelectionModel.SelectionFlag.Rows
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROW
_NARROWEST, _WIDEST = 24, 2000
_LEAST_READABLE = 180
"""Of what somebody wants, in logical pixels: a dozen characters."""
_MOST_RUNS, _MOST_KEPT = 500, 20_000
"""How scattered and how many rows stay selected when all stand elsewhere."""


class QuestionTable(RecordView):
    """Rows of the ledger; Space or a click on the mark plays one, Enter opens it."""

    play_asked = Signal()
    """The row at hand is to be heard."""
    opened = Signal()
    """Enter on a row."""
    left = Signal()
    """Esc, with no more than one row selected."""
    chosen_changed = Signal()
    """Other rows are selected."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, row=tokens.TABLE_ROW, parent=parent)
        self.rows = QuestionRows()
        self._choice: dict[str, bool] = {}
        """Which columns somebody has put away or brought back."""
        self.setModel(self.rows)
        self.setItemDelegate(_Cell(appearance, self))
        self.setAccessibleName(self.tr("台账"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        # of the table's own it would ask each row whether it is selected, to draw itself
        header.setSelectionModel(QItemSelectionModel(self.rows, header))
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.size_columns()
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._double_click)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    def show_rows(self, arranged: Arranged, facet: Facet | None) -> None:
        """Show *arranged*; the row at hand and what is selected stay so where they are in it."""
        at_hand, chosen = self.current_id(), self.chosen_ids()
        if not self.rows.show(arranged, facet):
            return
        row = -1 if at_hand is None else self.rows.row_of(at_hand)
        self.select_row(row) if row >= 0 else self.select_first()
        if 1 < len(chosen) <= _MOST_KEPT:
            self._select_ids(set(chosen))
        self.chosen_changed.emit()

    def show_order(self, order: Order | None, *, descending: bool) -> None:
        """Let the headings tell what the rows are in order by."""
        column = next((at for at, each in enumerate(COLUMNS) if order and each.order is order), -1)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) != (column, way):
            header.blockSignals(True)
            header.setSortIndicator(column, way)
            header.blockSignals(False)
            header.viewport().update()

    def current_row(self) -> TableRow | None:
        """Return the row at hand, None where there is none or it is not read yet."""
        index = self.currentIndex()
        row: TableRow | None = index.data(RECORD_ROLE) if index.isValid() else None
        return row

    def current_id(self) -> int | None:
        """Return the id of the question at hand."""
        index = self.currentIndex()
        return self.rows.question_id(index.row()) if index.isValid() else None

    def chosen_ids(self) -> array[int]:
        """Return the ids of the selected questions, from the top; any number of them."""
        ranges = self.selectionModel().selection().toList()
        return ids_in(self.rows, [(each.top(), each.bottom()) for each in ranges])

    def select_row(self, row: int) -> None:
        """Put *row* at hand, and nothing else."""
        index = self.rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, _ALONE)

    def select_first(self) -> None:
        """Put the first question at hand; a group's heading above it is none."""
        self.select_row(int(self.rows.grouped))

    def _select_ids(self, wanted: set[int]) -> None:
        """Select rows by their ids, unless they stand too scattered for Qt to keep up."""
        runs: list[list[int]] = []
        for place, key in enumerate(self.rows.ids):
            if key in wanted and (row := self.rows.row_at(place)) >= 0:
                if runs and runs[-1][1] == row - 1:
                    runs[-1][1] = row
                else:
                    runs.append([row, row])
        if len(runs) <= _MOST_RUNS:
            chosen, last = QItemSelection(), self.rows.columnCount() - 1
            for first, end in runs:
                chosen.select(self.rows.index(first, 0), self.rows.index(end, last))
            self.selectionModel().select(chosen, _ALONE)

    @Slot()
    def turn_all(self) -> None:
        """Fold all groups away, or bring all back."""
        self.rows.turn_all()
        self.select_row(0)

    def has_column(self, name: str) -> bool:
        """Return whether a column is among those that one has chosen."""
        column = next(each for each in COLUMNS if each.name == name)
        return self._choice.get(name, column.shown)

    def choose_column(self, name: str, *, shown: bool) -> None:
        """Put a column away, or bring it back whatever room there is."""
        self._choice[name] = shown
        self.show_columns(self.width())

    @Slot()
    def reset_columns(self) -> None:
        """Have the columns as they are until somebody chooses."""
        self._choice.clear()
        header = self.horizontalHeader()
        for at in range(len(COLUMNS)):
            header.moveSection(header.visualIndex(at), at)
        self.size_columns()

    def layout_facts(self) -> dict[str, Any]:
        """Return widths, places and choice of the columns, to be kept."""
        header = self.horizontalHeader()
        places = sorted(range(len(COLUMNS)), key=header.visualIndex)
        # what is hidden has no width now, and keeps the one it had
        widths = {
            column.name: header.sectionSize(at)
            for at, column in enumerate(COLUMNS)
            if not column.stretches and not header.isSectionHidden(at)
        }
        return {
            "places": [COLUMNS[at].name for at in places],
            "widths": self._widths | widths,
            "shown": self._choice,
        }

    def restore_layout(self, kept: dict[str, Any]) -> None:
        """Have the columns as *kept* says; what is not understood of it stays as it is."""
        names = [column.name for column in COLUMNS]
        self._choice = {
            name: bool(on) for name, on in _mapping(kept.get("shown")).items() if name in names
        }
        header = self.horizontalHeader()
        for name, width in _mapping(kept.get("widths")).items():
            if name in names and isinstance(width, int) and _NARROWEST <= width <= _WIDEST:
                self._widths[name] = width
                header.resizeSection(names.index(name), width)
        places = kept.get("places")
        wanted = [name for name in places if name in names] if isinstance(places, list) else []
        for place, name in enumerate(wanted):
            header.moveSection(header.visualIndex(names.index(name)), place)
        self.show_columns(self.width())

    @override
    def show_columns(self, width: int) -> None:
        for at, column in enumerate(COLUMNS):
            wanted = self._choice.get(column.name)
            room = column.shown and width >= column.room
            self.setColumnHidden(at, not (room if wanted is None else wanted))
        self._keep_readable(width)

    def _keep_readable(self, width: int) -> None:
        """Have one scroll sideways sooner than squeeze the column that takes what is left."""
        header = self.horizontalHeader()
        sizes = [(at, header.sectionSize(at)) for at in range(len(COLUMNS))]
        taken = sum(size for at, size in sizes if not COLUMNS[at].stretches)
        modes = QHeaderView.ResizeMode
        for at, column in enumerate(COLUMNS):
            if column.stretches:
                squeezed = width - taken < _LEAST_READABLE
                header.setSectionResizeMode(at, modes.Interactive if squeezed else modes.Stretch)
                if squeezed:
                    header.resizeSection(at, _LEAST_READABLE)

    @override
    def size_columns(self) -> None:
        super().size_columns()
        self._widths: dict[str, int] = {}
        self.show_columns(self.width())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        heading = self._heading()
        if key == Qt.Key.Key_Space and plain:
            self._turn() if heading else self.play_asked.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._turn() if heading else self.opened.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and plain and self.rows.grouped:
            self._step(heading, inwards=key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Escape:
            several = len(self.chosen_ids()) > 1
            self.select_row(self.currentIndex().row()) if several else self.left.emit()
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to_end(event, first=key == Qt.Key.Key_Home)
        else:
            super().keyPressEvent(event)

    def _heading(self) -> Heading | None:
        index = self.currentIndex()
        heading: Heading | None = index.data(HEADING_ROLE) if index.isValid() else None
        return heading

    def _turn(self) -> None:
        row = self.rows.heading_of(self.currentIndex().row())
        self.rows.turn(row)
        self.select_row(row)

    def _step(self, heading: Heading | None, *, inwards: bool) -> None:
        """Fold, unfold, or go to the heading above: as in a tree."""
        row = self.currentIndex().row()
        if heading is None:
            if not inwards:
                self.select_row(self.rows.heading_of(row))
        elif heading.folded is inwards:
            self._turn()
        elif inwards:
            self.select_row(row + 1)

    def _go_to_end(self, event: QKeyEvent, *, first: bool) -> None:
        row = 0 if first else self.rows.rowCount() - 1
        index = self.rows.index(row, max(0, self.currentIndex().column()))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            top, bottom = sorted((max(0, self.currentIndex().row()), row))
            select = QItemSelection(
                self.rows.index(top, 0), self.rows.index(bottom, len(COLUMNS) - 1)
            )
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.selectionModel().select(select, _ALONE)
        else:
            self.selectionModel().setCurrentIndex(index, _ALONE)

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        if index.data(HEADING_ROLE):
            self.rows.turn(index.row())
            self.select_row(index.row())
        elif index.column() == PLAY:
            self.play_asked.emit()

    @Slot(QModelIndex)
    def _double_click(self, index: QModelIndex) -> None:
        if not index.data(HEADING_ROLE) and index.column() != PLAY:
            self.opened.emit()


def _mapping(kept: object) -> dict[str, Any]:
    return kept if isinstance(kept, dict) else {}


class _Cell(QStyledItemDelegate):
    """Draws a group's heading across its row, and the play mark in the theme's colour."""

    def __init__(self, appearance: Appearance, parent: QuestionTable) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._table = parent

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        heading = index.data(HEADING_ROLE)
        if heading:
            self._paint_heading(painter, option, index, heading)
        elif index.column() == PLAY:
            self._paint_play(painter, option, index)
        else:
            super().paint(painter, option, index)

    def _paint_play(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            paint_lit(painter, place, self._appearance, at_hand=self._at_hand(index))
        if index.data():
            ratio = painter.device().devicePixelRatioF()
            mark = icons.pixmap("play", self._appearance.colours.accent, tokens.TEXT, ratio)
            corner = place.center() - QPoint(tokens.TEXT // 2, tokens.TEXT // 2)
            painter.drawPixmap(corner, mark)
        paint_line(painter, place, self._appearance)

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, heading: Heading
    ) -> None:
        """Draw this cell's part of the heading, which runs across all of them."""
        place: QRect = option.rect
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(
            place, self._appearance.colour("accent_wash" if self._at_hand(index) else "page")
        )
        across = QRect(0, place.y(), self._table.viewport().width(), place.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._appearance.colour("quiet"))
        painter.setFont(font(tokens.META))
        left = across.adjusted(tokens.SPACE, 0, 0, 0)
        painter.drawText(left, middle, "▸" if heading.folded else "▾")
        painter.setPen(self._appearance.colour("text"))
        painter.setFont(font(strong=True))
        left = left.adjusted(tokens.SPACE + tokens.TINY, 0, 0, 0)
        painter.drawText(left, middle, heading.words)
        left = left.adjusted(
            painter.fontMetrics().horizontalAdvance(heading.words) + tokens.SPACE, 0, 0, 0
        )
        painter.setPen(self._appearance.colour("quiet"))
        painter.setFont(font(tokens.META, figures=True))
        painter.drawText(left, middle, f"{heading.count:,} 条")
        paint_line(painter, place, self._appearance)
        painter.restore()

    def _at_hand(self, index: Index) -> bool:
        return index.row() == self._table.currentIndex().row() and self._table.hasFocus()
