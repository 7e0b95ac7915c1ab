"""The left rail: one button a page, icon and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from hotline_desk.ui.kit import icons, tokens

if TYPE_CHECKING:
    from hotline_desk.ui.kit.keys import Verb
    from hotline_desk.ui.kit.style import Appearance


class Rail(QFrame):
    """Shows which page is open; the actions are the window's."""

    def __init__(
        self,
        pages: dict[Verb, QAction],
        others: dict[Verb, QAction],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(tokens.RAIL)
        self._appearance = appearance
        self._actions = {**pages, **others}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.SMALL, 0, tokens.SMALL)
        column.setSpacing(0)
        group = QActionGroup(self)
        for page in pages.values():
            page.setCheckable(True)
            group.addAction(page)
            column.addWidget(self._button(page))
        column.addStretch(1)
        for other in others.values():
            column.addWidget(self._button(other))
        appearance.changed.connect(self._colour)
        self._colour()

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(tokens.ICON, tokens.ICON))
        button.setFixedSize(tokens.RAIL - 1, tokens.RAIL - tokens.SPACE)
        return button

    def _colour(self) -> None:
        colours = self._appearance.colours
        for verb, action in self._actions.items():
            action.setIcon(icons.icon(verb.name.lower(), colours.quiet, checked=colours.accent))
