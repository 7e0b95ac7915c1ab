"""What a row of any list stands on: the wash of a selected row, the edge of the one at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.ui.kit import tokens

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from hotline_desk.ui.kit.style import Appearance


def paint_lit(painter: QPainter, place: QRect, appearance: Appearance, *, at_hand: bool) -> None:
    """Paint the ground of a selected row; one *at_hand* has the focus and an edge at its left."""
    painter.fillRect(place, appearance.colour("accent_wash"))
    if at_hand:
        edge = appearance.colour("accent")
        painter.fillRect(place.x(), place.y(), tokens.EDGE, place.height(), edge)


def paint_line(painter: QPainter, place: QRect, appearance: Appearance) -> None:
    """Paint the hairline below a row."""
    painter.fillRect(place.x(), place.bottom(), place.width(), 1, appearance.colour("line"))
