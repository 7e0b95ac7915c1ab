"""The captions on the screen: caller and studio apart, newest at the bottom, free to scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.kit import icons, paragraph, tokens
from hotline_desk.ui.kit.row_ground import paint_lit
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.live.caption_list import SAID_ROLE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from hotline_desk.ui.kit.said import Said
    from hotline_desk.ui.kit.style import Appearance

Index = QModelIndex | QPersistentModelIndex

_CLOCK, _WHO, _PLAY = 62, 54, 28
_TEXT_AT = tokens.SPACE + _CLOCK + _WHO


class _Row(QStyledItemDelegate):
    """One utterance: when, who, what, and a play mark."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        said: Said = index.data(SAID_ROLE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
        return QSize(width, paragraph.height(said.text, _text_width(width)) + tokens.SMALL)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        said: Said = index.data(SAID_ROLE)
        colour = self._appearance.colour
        place: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint_lit(painter, place, self._appearance, at_hand=False)
        top = place.y() + tokens.TINY
        line = round(tokens.TEXT * tokens.LINE_HEIGHT)
        painter.setFont(font(tokens.META, figures=True))
        painter.setPen(colour("quiet"))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(place.x() + tokens.SPACE, top, _CLOCK, line), centre, said.clock)
        who = colour("caller" if said.caller else "studio")
        painter.setFont(font(tokens.META, strong=True))
        painter.setPen(who)
        name = painter.fontMetrics().elidedText(
            said.line, Qt.TextElideMode.ElideRight, _WHO - tokens.SMALL
        )
        painter.drawText(QRect(place.x() + tokens.SPACE + _CLOCK, top, _WHO, line), centre, name)
        painter.fillRect(QRect(place.x(), place.y() + 2, 3, place.height() - 4), who)
        painter.setPen(colour("quiet" if said.unsettled else "text"))
        text = f"{said.text}…" if said.unsettled else said.text
        paragraph.paint(
            painter, text, QPointF(place.x() + _TEXT_AT, top), _text_width(place.width())
        )
        if not said.unsettled:
            self._paint_play(painter, place, top, line)
        painter.restore()

    def _paint_play(self, painter: QPainter, place: QRect, top: int, line: int) -> None:
        ratio = painter.device().devicePixelRatioF()
        mark = icons.pixmap("play", self._appearance.colours.quiet, tokens.META, ratio)
        painter.drawPixmap(
            place.right() - _PLAY + (_PLAY - tokens.META) // 2,
            top + (line - tokens.META) // 2,
            mark,
        )


def _text_width(width: int) -> int:
    return width - _TEXT_AT - _PLAY - tokens.TINY


class CaptionView(QListView):
    """Keeps to the newest line until somebody scrolls back."""

    play_asked = Signal(object)
    """A row (Said) is to be heard."""
    at_newest_changed = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Row(appearance, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("字幕"))
        self.setToolTip(self.tr("单击播放标记或按空格，在预听设备上播放这一句"))
        self._at_newest = True
        self.verticalScrollBar().valueChanged.connect(self._note_place)
        self.verticalScrollBar().rangeChanged.connect(self._keep_to_newest)
        appearance.changed.connect(self.viewport().update)

    @Slot()
    def go_to_newest(self) -> None:
        """Show the newest line and keep to it."""
        self._at_newest = True
        self.scrollToBottom()
        self.at_newest_changed.emit(True)

    def current_said(self) -> Said | None:
        """Return the selected row."""
        index = self.currentIndex()
        said: Said | None = index.data(SAID_ROLE) if index.isValid() else None
        return said

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        said = self.current_said()
        if said is not None and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return}:
            self.play_asked.emit(said)
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and at.x() >= self.viewport().width() - _PLAY:
            self.play_asked.emit(index.data(SAID_ROLE))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _note_place(self, value: int) -> None:
        bar = self.verticalScrollBar()
        newest = value >= bar.maximum() - tokens.HUGE
        if newest != self._at_newest and self.isVisible():
            self._at_newest = newest
            self.at_newest_changed.emit(newest)

    def _keep_to_newest(self, _least: int, most: int) -> None:
        if self._at_newest:
            self.verticalScrollBar().setValue(most)
