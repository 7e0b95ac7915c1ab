"""Chinese text broken into lines, set with the interface's line height."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


@lru_cache(maxsize=8192)
def lines(text: str, width: int, size: int = tokens.TEXT) -> tuple[str, ...]:
    """Return *text* broken into lines of at most *width* logical pixels."""
    layout = QTextLayout(text, font(size))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    broken = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, size))
        broken.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return tuple(broken) or ("",)


def height(text: str, width: int, size: int = tokens.TEXT) -> int:
    """Return how high *text* stands in *width* logical pixels."""
    return round(len(lines(text, width, size)) * size * tokens.LINE_HEIGHT)


def paint(painter: QPainter, text: str, at: QPointF, width: int, size: int = tokens.TEXT) -> None:
    """Paint *text* with its first line's top at *at*, in the painter's pen."""
    made = font(size)
    painter.setFont(made)
    metrics = QFontMetricsF(made)
    step = size * tokens.LINE_HEIGHT
    first = at.y() + (step - metrics.height()) / 2 + metrics.ascent()
    for number, line in enumerate(lines(text, width, size)):
        painter.drawText(QPointF(at.x(), first + number * step), line)
