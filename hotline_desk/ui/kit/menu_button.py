"""A button that opens a menu, by mouse and by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_OPEN = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down}


class MenuButton(QToolButton):
    """A button with the menu that stands below it; Enter, Space or ↓ opens it."""

    def __init__(self, tip: str, *, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setToolTip(self.tr("{tip}（回车或 ↓ 打开）").format(tip=tip))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.list = QMenu(self)
        self.setMenu(self.list)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN:
            self.showMenu()
        else:
            super().keyPressEvent(event)
