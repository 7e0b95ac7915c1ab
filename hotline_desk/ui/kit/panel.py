"""Plain building blocks of the pages: panels, section heads, labels, hairlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.restyle import set_role

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


def sole_panel(page: QWidget) -> Panel:
    """Return a panel that fills *page*."""
    made = Panel()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    return made


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label drawn as *role*: quiet, meta, heading, emphasis, figure, chip, warning."""
    made = QLabel(text)
    set_role(made, role)
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


class KeyButton(QToolButton):
    """A button for an action, with the action's key in small beside its words."""

    def __init__(self, action: QAction, kind: str = "key", words: str = "") -> None:
        """Make the button of *action*; *words* stand for its own where room is short."""
        super().__init__()
        self._words = words
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._action = action
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Show what the action says now."""
        action = self._action
        self.setText(f"{self._words or action.text()} {action.shortcut().toString()}")
        self.setToolTip(action.toolTip())
        self.setEnabled(action.isEnabled())


def opening_words() -> str:
    """Return what an empty place says while nobody knows yet what belongs there."""
    return QCoreApplication.translate("panel", "正在打开……")


def empty_words(text: str) -> QLabel:
    """Return what an empty place says: what to do next."""
    made = label(text, "quiet", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setContentsMargins(tokens.HUGE, tokens.HUGE, tokens.HUGE, tokens.HUGE)
    return made
