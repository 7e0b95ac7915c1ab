"""Figures one below the other, each with its comparisons beside it and its 口径 beneath."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import Column, Index, RecordTable
from hotline_desk.ui.kit.record_view import RecordView
from hotline_desk.ui.kit.row_ground import paint_line, paint_lit
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent

    from hotline_desk.ui.kit.style import Appearance

ROW = 44
_NAME_LINE = ROW // 2
"""How high the line of a figure's name is; its 口径 has the rest of the row."""
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure as it is read."""

    key: str
    title: str
    """With its unit: 咨询人次, 挽回经济损失（元）."""
    name: str = ""
    """Without it, as a large figure has it; the unit stands behind its digits."""
    unit: str = ""
    cells: tuple[str, ...]
    """In the seven columns of 每月汇总; none in the row that heads a part."""
    basis: str
    """口径."""
    opens: tuple[bool, ...] = ()
    """Whether there are rows behind the number in each column."""
    short: str = ""
    """Of a rate: which rows it opens; empty where a figure opens all that it counts."""
    whole: str = ""
    """Of a rate: the figure that it is a rate of, which opens all of them."""

    @property
    def value(self) -> str:
        """The figure as it is read; nothing in the row that heads a part."""
        return self.cells[0] if self.cells else ""

    @property
    def hint(self) -> str:
        """What Enter opens."""
        if not any(self.opens):
            return ""
        if self.short:
            return f"回车打开{self.short}的（一件也没有时打开全部），Shift+回车打开全部"
        return "回车打开后面的行"


CHANGE, YEAR_CHANGE = 2, 4
"""Where 环比 and 同比 stand among the cells."""
_FIGURES_SHARE = 0.58
"""Of a wide table: further from its name no figure is read."""
_NAME, _VALUE = 0, 1
_WIDTHS = (96, 84, 112, 84, 112, 96, 104)
_ROOMS = (0, 900, 0, 900, 0, 760, 640)
"""How wide the table has to be for each column."""


def _columns(headings: Sequence[str]) -> tuple[Column[FigureRow], ...]:
    return (
        Column(title="指标", text=_told, width=240, stretches=True),
        *(
            Column(title=words, text=partial(_cell, at), width=width, figure=True, room=room)
            for at, (words, width, room) in enumerate(zip(headings, _WIDTHS, _ROOMS, strict=True))
        ),
    )


def _told(row: FigureRow) -> str:
    return "\n".join(filter(None, (row.title, row.basis)))


def _cell(at: int, row: FigureRow) -> str:
    return row.cells[at] if row.cells else ""


class FigureTable(RecordView):
    """Up and down light a figure, left and right one of its columns, Enter opens its rows.

    A row without cells heads a part.
    """

    lit = Signal(str)
    """The key of the figure at hand."""
    opened = Signal(str, int)
    """Which figure, and in which of the seven columns."""

    def __init__(
        self, headings: Sequence[str], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        """Make an empty table with these *headings* of its seven columns."""
        columns = _columns(headings)
        super().__init__(columns, row=ROW, parent=parent)
        self.rows = _Rows(columns)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("各项数字"))
        self.setItemDelegate(_FigureCell(appearance, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.size_columns()
        self.selectionModel().currentRowChanged.connect(self._light)
        self.doubleClicked.connect(lambda _index: self._open())
        self._made_for = 0
        """How wide the names were when the rows got their heights."""
        appearance.changed.connect(self.viewport().update)

    def show_rows(self, rows: tuple[FigureRow, ...], *, first: str = "") -> None:
        """Show *rows*; the figure at hand stays at hand, before there is one it is *first*."""
        before = self.current()
        self.rows.show(rows)
        self._make_room()
        keys = [row.key for row in rows]
        wanted = (before.key if before is not None else "", first,
                  *(row.key for row in rows if row.cells))  # fmt: skip
        self.light(next((key for key in wanted if key in keys), ""))

    @Slot()
    def _make_room(self) -> None:
        """Make each row as high as its 口径 needs under a name that is so wide."""
        self._made_for = self.columnWidth(_NAME)
        metrics = QFontMetrics(font(tokens.META), self)
        place = QRect(0, 0, self._made_for - tokens.INSET - tokens.TINY, 0)
        line = metrics.boundingRect(place, _WRAPPED, "口").height()
        for at, row in enumerate(self.rows.records):
            more = metrics.boundingRect(place, _WRAPPED, row.basis).height() - line
            self.setRowHeight(at, ROW + max(0, more) if row.cells else tokens.TABLE_ROW)

    def light(self, key: str) -> None:
        """Have the figure *key* at hand."""
        for at, row in enumerate(self.rows.records):
            if row.key == key:
                select = QItemSelectionModel.SelectionFlag
                column = max(_NAME, self.currentIndex().column())
                self.selectionModel().setCurrentIndex(
                    self.rows.index(at, column), select.ClearAndSelect | select.Rows
                )

    def current(self) -> FigureRow | None:
        """Return the figure at hand."""
        index = self.currentIndex()
        row: FigureRow | None = index.data(RECORD_ROLE) if index.isValid() else None
        return row

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [at for at in range(1, len(self._columns)) if not self.isColumnHidden(at)]
        wide = _FIGURES_SHARE * event.size().width()
        scale = max(1.0, wide / sum(self._columns[at].width for at in shown))
        for at in shown:
            self.horizontalHeader().resizeSection(at, int(self._columns[at].width * scale))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.columnWidth(_NAME) != self._made_for:  # a column that stretches does not say so
            QTimer.singleShot(0, self, self._make_room)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(whole=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    @Slot()
    def _light(self) -> None:
        row = self.current()
        if row is not None:
            self.lit.emit(row.key)

    def _open(self, *, whole: bool = False) -> None:
        row, column = self.current(), max(_VALUE, self.currentIndex().column()) - _VALUE
        if row is not None and row.opens and row.opens[column]:
            self.opened.emit((whole and row.whole) or row.key, column)


class _Rows(RecordTable[FigureRow]):
    """A row that heads a part is passed over."""

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        said = super().data(index, role)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(said, str):
            return "\n".join(filter(None, (said, self.records[index.row()].hint)))
        return said

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.records[index.row()].cells:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _FigureCell(QStyledItemDelegate):
    """Draws the figure's name over its 口径, the figure itself in strong digits."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FigureRow = index.data(RECORD_ROLE)
        place: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            view = self.parent()
            focused = isinstance(view, QWidget) and view.hasFocus()
            at_hand = focused and index.column() == _NAME
            paint_lit(painter, place, self._appearance, at_hand=at_hand)
        paint_line(painter, place, self._appearance)
        if not row.cells:
            self._paint_part(painter, place, row if index.column() == _NAME else None)
        elif index.column() == _NAME:
            self._paint_name(painter, place.adjusted(tokens.INSET, 0, -tokens.TINY, 0), row)
        else:
            is_value = index.column() == _VALUE
            self._paint_figure(painter, place, str(index.data()), strong=is_value)
            if option.state & QStyle.StateFlag.State_HasFocus:
                edge = self._appearance.colour("accent")
                bottom = place.bottom() - tokens.EDGE + 1
                painter.fillRect(place.x(), bottom, place.width(), tokens.EDGE, edge)
        painter.restore()

    def _paint_name(self, painter: QPainter, place: QRect, row: FigureRow) -> None:
        name = QRect(place.x(), place.y() + 2, place.width(), _NAME_LINE)
        painter.setPen(self._appearance.colour("text"))
        painter.setFont(font(tokens.TEXT))
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(row.title, elide, place.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(self._appearance.colour("quiet"))
        painter.setFont(font(tokens.META))
        painter.drawText(place.adjusted(0, _NAME_LINE - 1, 0, -1), _WRAPPED, row.basis)

    def _paint_part(self, painter: QPainter, place: QRect, row: FigureRow | None) -> None:
        if row is not None:
            painter.setPen(self._appearance.colour("quiet"))
            painter.setFont(font(tokens.META, strong=True))
            bottom = Qt.AlignmentFlag.AlignBottom
            painter.drawText(place.adjusted(tokens.INSET, 0, 0, -tokens.TINY), bottom, row.title)

    def _paint_figure(self, painter: QPainter, place: QRect, words: str, *, strong: bool) -> None:
        painter.setPen(self._appearance.colour("text" if strong else "quiet"))
        size = tokens.EMPHASIS if strong else tokens.META
        painter.setFont(font(size, strong=strong, figures=True))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place.adjusted(0, 0, -tokens.INSET, 0), right, words)
