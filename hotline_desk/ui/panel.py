"""Plain building blocks of the pages: panels, section heads, labels, hairlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from hotline_desk.ui import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_HEAD = 36


class Panel(QFrame):
    """A surface with contents from top to bottom; *edge* says where its hairline is."""

    def __init__(self, edge: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setProperty("edge", edge)
        self.column = QVBoxLayout(self)
        inset = 1 if edge else 0
        self.column.setContentsMargins(
            inset if edge == "left" else 0, 0, inset if edge == "right" else 0, 0
        )
        self.column.setSpacing(0)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label drawn as *role*: quiet, meta, heading, emphasis, figure, chip, warning."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def hairline() -> QFrame:
    """Return a line of one pixel."""
    made = QFrame()
    made.setObjectName("hairline")
    made.setFixedHeight(1)
    return made


def head(title: QLabel, *beside: QWidget) -> QWidget:
    """Return a section's head: its title, and what can be done at the right."""
    made = QWidget()
    made.setFixedHeight(_HEAD)
    row = QHBoxLayout(made)
    row.setContentsMargins(tokens.SPACE, 0, tokens.SMALL, 0)
    row.setSpacing(tokens.SMALL)
    row.addWidget(title)
    row.addStretch(1)
    for widget in beside:
        row.addWidget(widget)
    return made


def flat_button(action: QAction) -> QToolButton:
    """Return a button without an edge for *action*; its key stands in its tooltip."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setProperty("kind", "flat")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made


def empty_words(text: str) -> QLabel:
    """Return what an empty place says: what to do next."""
    made = label(text, "quiet", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setContentsMargins(tokens.HUGE, tokens.HUGE, tokens.HUGE, tokens.HUGE)
    return made
