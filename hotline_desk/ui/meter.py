"""A line's level: a row of small bars with the line's name beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hotline_desk.ui import tokens
from hotline_desk.ui.style import font

if TYPE_CHECKING:
    from hotline_desk.ui.style import Appearance

_BARS, _BAR, _GAP, _HIGH = 10, 4, 2, 12
_FALL_DB = 3.0
"""How far a level may fall from one look to the next: 30 dB a second."""


class Meter(QWidget):
    """Shows how loud one line is; too loud turns yellow."""

    def __init__(self, name: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._appearance = appearance
        self._level = tokens.METER_FLOOR_DBFS
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("线路“{name}”的电平").format(name=name))

    @property
    def lit(self) -> int:
        """How many of the bars are lit."""
        span = -tokens.METER_FLOOR_DBFS
        return max(0, min(_BARS, round((self._level + span) / span * _BARS)))

    def show_level(self, dbfs: float) -> None:
        """Show a new peak; the level rises at once and falls gently."""
        lit = self.lit
        self._level = max(dbfs, self._level - _FALL_DB, tokens.METER_FLOOR_DBFS)
        if self.lit != lit:
            self.update()

    @override
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        words = self.fontMetrics().horizontalAdvance(self._name)
        return QSize(words + tokens.SMALL + _BARS * (_BAR + _GAP), tokens.HUGE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font())
        colours = self._appearance.colours
        painter.setPen(self._appearance.colour("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self._name)
        left = self.width() - _BARS * (_BAR + _GAP)
        top = (self.height() - _HIGH) // 2
        high = round(_BARS * (1 - tokens.METER_HIGH_DBFS / tokens.METER_FLOOR_DBFS))
        for bar in range(_BARS):
            lit = colours.yellow_card_text if bar >= high else colours.good
            colour = lit if bar < self.lit else colours.line
            painter.fillRect(QRect(left + bar * (_BAR + _GAP), top, _BAR, _HIGH), colour)
