"""A line's level: name, bar, highest peak, clip lamp, and what is wrong in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance

_WIDE, _NARROW = 132, 68
_BAR, _LAMP, _TICK = 8, 8, 2
_WORDS, _BELOW = 18, 16
"""The heights of what is read, and of the bar's place below it."""


class Meter(QWidget):
    """Shows how loud one line is; above the permitted maximum it turns yellow."""

    def __init__(self, name: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._appearance = appearance
        self._level = self._hold = tokens.METER_FLOOR_DBFS
        self._clipped = False
        self._beside = ""
        self._state = ""
        self._warns = False
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._describe()

    @property
    def lit(self) -> float:
        """How much of the bar is lit, from 0 to 1."""
        return _share(self._level)

    @property
    def words(self) -> str:
        """What is wrong with the line; nothing when nothing is."""
        return self._state

    @property
    def warns(self) -> bool:
        """Whether somebody should look."""
        return self._warns

    def show_level(self, dbfs: float, hold_dbfs: float, *, clipped: bool) -> None:
        """Show what a peak meter reads: its level, the highest of late, and the lamp."""
        if (dbfs, hold_dbfs, clipped) != (self._level, self._hold, self._clipped):
            self._level, self._hold, self._clipped = dbfs, hold_dbfs, clipped
            self.update()

    def show_beside(self, words: str) -> None:
        """Show *words* beside the name: the loudness of a programme line."""
        if words != self._beside:
            self._beside = words
            self._describe()

    def say(self, state: str, *, warns: bool = False) -> None:
        """Say in a word what is wrong; *warns* where somebody should look."""
        if (state, warns) != (self._state, self._warns):
            self._state, self._warns = state, warns
            self._describe()

    def note(self, words: str) -> None:
        """Say in the tooltip what may be the cause."""
        if words != self._note:
            self._note = words
            self._describe()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _WORDS + _BELOW)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROW, _WORDS + _BELOW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        above = QRect(0, 0, self.width(), _WORDS)
        below = QRect(0, _WORDS, self.width(), _BELOW)
        self._paint_name(painter, above)
        if self._state and not self._clipped:
            self._paint_state(painter, below)
        else:
            self._paint_bar(painter, below)

    def _paint_name(self, painter: QPainter, place: QRect) -> None:
        painter.setFont(font(tokens.META, figures=True))
        beside = self._state if self._clipped else self._beside
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(beside)
        if wide + _NARROW // 2 > place.width() and not self._clipped:
            beside, wide = "", 0
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._appearance.colour("yellow_card_text" if self._clipped else "quiet"))
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, beside)
        rest = place.adjusted(0, 0, -wide - (tokens.TINY if wide else 0), 0)
        painter.setPen(self._appearance.colour("text"))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, middle, name)

    def _paint_state(self, painter: QPainter, place: QRect) -> None:
        """Write what is wrong where the bar would show nothing."""
        colour = self._appearance.colour
        painter.setFont(font(tokens.META))
        if self._warns:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("yellow_card"))
            painter.drawRoundedRect(place, tokens.TINY, tokens.TINY)
        painter.setPen(colour("yellow_card_text" if self._warns else "quiet"))
        inset = place.adjusted(tokens.TINY if self._warns else 0, 0, -tokens.TINY, 0)
        words = painter.fontMetrics().elidedText(
            self._state, Qt.TextElideMode.ElideRight, inset.width()
        )
        painter.drawText(inset, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_bar(self, painter: QPainter, place: QRect) -> None:
        colour = self._appearance.colour
        width = place.width() - _LAMP - tokens.TINY
        top = place.y() + (place.height() - _BAR) // 2
        high = round(width * _share(tokens.METER_HIGH_DBFS))
        lit = round(width * self.lit)
        painter.fillRect(QRect(0, top, width, _BAR), colour("line"))
        painter.fillRect(QRect(0, top, min(lit, high), _BAR), colour("good"))
        if lit > high:
            painter.fillRect(QRect(high, top, lit - high, _BAR), colour("yellow_card_text"))
        held = round(width * _share(self._hold))
        if held > 0:
            tick = colour("yellow_card_text" if held > high else "text")
            painter.fillRect(QRect(max(0, held - _TICK), top - 1, _TICK, _BAR + 2), tick)
        lamp = QRect(place.width() - _LAMP, top, _LAMP, _BAR)
        painter.fillRect(lamp, colour("yellow_card_text" if self._clipped else "line"))

    def _describe(self) -> None:
        says = self.tr("线路“{name}”的电平").format(name=self._name)
        tip = "：".join(filter(None, (says, self._state)))
        self.setToolTip("\n".join(filter(None, (tip, self._beside, self._note))))
        self.setAccessibleDescription(tip)
        self.update()


def _share(dbfs: float) -> float:
    """Return where on the bar a level lies, from 0 to 1."""
    return min(1.0, max(0.0, 1 - dbfs / tokens.METER_FLOOR_DBFS))
