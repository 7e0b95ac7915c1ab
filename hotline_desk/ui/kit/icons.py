"""The icons: our own drawings in resources/icons, coloured by the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hotline_desk.paths import resource
from hotline_desk.ui.kit import tokens


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int = tokens.ICON, ratio: float = 1.0) -> QPixmap:
    """Return the drawing *name* in *colour*, *size* logical pixels at a display's *ratio*."""
    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    painted = QPixmap(round(size * ratio), round(size * ratio))
    painted.fill(Qt.GlobalColor.transparent)
    painter = QPainter(painted)
    renderer.render(painter, QRectF(0, 0, painted.width(), painted.height()))
    painter.end()
    painted.setDevicePixelRatio(ratio)
    return painted


def icon(name: str, colour: str, *, checked: str | None = None) -> QIcon:
    """Return the drawing *name* as an icon; *checked* is its colour when switched on."""
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(pixmap(name, colour, tokens.ICON, ratio))
        if checked is not None:
            made.addPixmap(
                pixmap(name, checked, tokens.ICON, ratio), QIcon.Mode.Normal, QIcon.State.On
            )
    return made
