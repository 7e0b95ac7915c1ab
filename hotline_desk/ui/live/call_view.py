"""The hour's calls by state: shape, word and time of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from typing_extensions import override

from hotline_desk.domain.calls import Call, CallState
from hotline_desk.domain.times import clock_text, received_clock, studio_now
from hotline_desk.ui.kit import icons, tokens
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.row_list import RowDelegate, RowList
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from hotline_desk.ui.kit.style import Appearance

_ICONS = {
    CallState.ON_AIR: "on-air",
    CallState.NEXT: "next",
    CallState.WAITING: "waiting",
    CallState.RINGING: "answered",
    CallState.ANSWERED: "answered",
    CallState.CALL_BACK: "call-back",
    CallState.DROPPED: "dropped",
}
_STATE = 54
_TICK_MILLISECONDS = 1000


class CallView(RowList):
    """The calls as they stand on the desk."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(RecordList[Call](call_words, lambda call: call.id), parent)
        self.setItemDelegate(_CallRow(appearance, self))
        self.setAccessibleName(self.tr("来电"))
        self._ticking = QTimer(self, interval=_TICK_MILLISECONDS)
        self._ticking.timeout.connect(self.viewport().update)
        self._ticking.start()


def call_words(call: Call) -> str:
    """Return a call as one hears it read out."""
    return f"{call.state} {call.caller.spoken_name} {call.point}".strip()


def since(call: Call, now: datetime) -> str:
    """Return how long a call has been in its state, ``03:15``; nothing once it is over."""
    if call.state.is_over:
        return received_clock(call.at)
    return clock_text((now - call.state_since).total_seconds()).removeprefix("00:")


class _CallRow(RowDelegate):
    @override
    def paint_record(self, painter: QPainter, option: QStyleOptionViewItem, record: Call) -> None:
        colours = self.appearance.colours
        place: QRect = option.rect
        over = record.state.is_over
        state = colours.red if record.state is CallState.ON_AIR else (
            colours.quiet if over else colours.accent
        )  # fmt: skip
        left = place.x() + tokens.SPACE
        ratio = painter.device().devicePixelRatioF()
        mark = icons.pixmap(_ICONS.get(record.state, "ended"), state, tokens.EMPHASIS, ratio)
        painter.drawPixmap(left, place.y() + (place.height() - tokens.EMPHASIS) // 2, mark)
        left += tokens.EMPHASIS + tokens.SMALL
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(tokens.META, strong=not over))
        painter.setPen(state)
        word = QRect(left, place.y(), _STATE, place.height())
        words = painter.fontMetrics().elidedText(
            str(record.state), Qt.TextElideMode.ElideRight, _STATE
        )
        painter.drawText(word, centre, words)
        left += _STATE
        painter.setFont(font(tokens.TEXT, figures=True))
        painter.setPen(colours.quiet)
        time = since(record, studio_now())
        wide = painter.fontMetrics().horizontalAdvance(time)
        right = place.right() - tokens.SPACE - wide
        painter.drawText(QRect(right, place.y(), wide, place.height()), centre, time)
        right -= tokens.SMALL
        self._paint_name(painter, record, QRect(left, place.y(), right - left, place.height()))

    def _paint_name(self, painter: QPainter, call: Call, place: QRect) -> None:
        colours = self.appearance.colours
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(strong=not call.state.is_over))
        painter.setPen(colours.quiet if call.state.is_over else colours.text)
        metrics = painter.fontMetrics()
        name = metrics.elidedText(
            call.caller.spoken_name, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, centre, name)
        used = metrics.horizontalAdvance(name) + tokens.SMALL
        rest = place.adjusted(used, 0, -tokens.TINY, 0)
        about = " · ".join(filter(None, ("紧急" if call.urgent else "", call.caller.occupation,
                                         call.caller.district)))  # fmt: skip
        if about and rest.width() > tokens.HUGE:
            painter.setFont(font(tokens.META))
            painter.setPen(colours.yellow_card_text if call.urgent else colours.quiet)
            painter.drawText(
                rest,
                centre,
                painter.fontMetrics().elidedText(about, Qt.TextElideMode.ElideRight, rest.width()),
            )
