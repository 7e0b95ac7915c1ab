"""A view of a record list whose rows a delegate draws: select, open, play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.kit import icons, tokens
from hotline_desk.ui.kit.record_list import RECORD_ROLE, RecordList
from hotline_desk.ui.kit.row_ground import paint_line, paint_lit
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from hotline_desk.ui.kit.style import Appearance

Index = QModelIndex | QPersistentModelIndex

PLAY_WIDTH = 28
"""How wide the play mark's place is, at a row's right edge."""


class RowDelegate(QStyledItemDelegate):
    """Draws ground, focus and hairline of a row; what stands in it is its children's."""

    def __init__(
        self, appearance: Appearance, parent: QWidget, height: int = tokens.LIVE_ROW
    ) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self._height = height

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        place = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            at_hand = bool(option.state & QStyle.StateFlag.State_HasFocus)
            paint_lit(painter, place, self.appearance, at_hand=at_hand)
        paint_line(painter, place, self.appearance)
        self.paint_record(painter, option, index.data(RECORD_ROLE))
        painter.restore()

    def paint_record(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        record: Any,  # noqa: ANN401  a record of the list's own type
    ) -> None:
        """Draw what stands in the row."""
        raise NotImplementedError

    def paint_when(self, painter: QPainter, place: QRect, words: str, width: int) -> int:
        """Draw a row's first, quiet column; return where the next one begins."""
        left = place.x() + tokens.SPACE
        painter.setFont(font(tokens.META, figures=True))
        painter.setPen(self.appearance.colour("quiet"))
        column = QRect(left, place.y(), width, place.height())
        painter.drawText(column, Qt.AlignmentFlag.AlignVCenter, words)
        return left + width

    def paint_text(self, painter: QPainter, place: QRect, words: str) -> None:
        """Draw what a row is about, as much of it as *place* has room for."""
        painter.setFont(font())
        painter.setPen(self.appearance.colour("text"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def paint_play(self, painter: QPainter, place: QRect) -> None:
        """Draw the play mark at a row's right edge."""
        ratio = painter.device().devicePixelRatioF()
        mark = icons.pixmap("play", self.appearance.colours.accent, tokens.TEXT, ratio)
        top = place.y() + (place.height() - tokens.TEXT) // 2
        painter.drawPixmap(place.right() - PLAY_WIDTH + 6, top, mark)


class RowList(QListView):
    """One row a record; Enter opens it, Space or the play mark plays it."""

    picked = Signal(object)
    """A record was selected."""
    opened = Signal(object)
    play_asked = Signal(object)

    def __init__(self, records: RecordList[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = records
        self._plays = False
        self.setModel(records)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)

    def records(self) -> tuple[Any, ...]:
        """Return all rows, from the top."""
        return self._records.records

    def let_play(self) -> None:
        """Let Space and a click at the right edge play a row."""
        self._plays = True

    def show_records(self, records: Sequence[Any], selected: object = None) -> None:
        """Show *records*; *selected*, else what was selected before, stays selected."""
        kept = selected if selected is not None else self.current()
        self.blockSignals(True)
        self._records.show(records)
        row = self._records.row_of(kept)
        if row >= 0:
            self.setCurrentIndex(self._records.index(row))
        self.blockSignals(False)

    def select(self, record: object) -> None:
        """Select *record*, without telling that somebody did."""
        row = self._records.row_of(record)
        self.blockSignals(True)
        self.setCurrentIndex(self._records.index(row) if row >= 0 else QModelIndex())
        self.blockSignals(False)
        self.viewport().update()

    def current(self) -> Any:  # noqa: ANN401  a record of the list's own type
        """Return the selected record."""
        index = self.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.picked.emit(current.data(RECORD_ROLE))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        record = self.current()
        if record is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(record)
        elif record is not None and self._plays and event.key() == Qt.Key.Key_Space:
            self.play_asked.emit(record)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if self._plays and index.isValid() and at.x() >= self.viewport().width() - PLAY_WIDTH:
            self.play_asked.emit(index.data(RECORD_ROLE))
