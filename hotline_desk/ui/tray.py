"""The system's notifications, shown in the window's message bar where there is no tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from hotline_desk.ui.cases.near_cards import words
from hotline_desk.ui.kit import icons

if TYPE_CHECKING:
    from hotline_desk.domain.casework.due import Due
    from hotline_desk.ui.kit.message_bar import MessageBar
    from hotline_desk.ui.kit.style import Appearance

_SECONDS = 20


class Tray(QObject):
    """Tells that cards are near; a click on it opens the most pressing one."""

    opened = Signal(object)
    """What was clicked (Due)."""

    def __init__(
        self, messages: MessageBar, appearance: Appearance, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._appearance = appearance
        self._icon: QSystemTrayIcon | None = None
        self._row: Due | None = None

    @Slot(tuple)
    def tell(self, rows: tuple[Due, ...]) -> None:
        """Notify of *rows*."""
        self._row = rows[0]
        title, text = words(rows)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            icon = self._shown()
            icon.showMessage(title, text, icon.icon(), _SECONDS * 1000)
        else:
            self._messages.tell("；".join((title, *text.splitlines())), stays=True, then=self._open)

    def _shown(self) -> QSystemTrayIcon:
        if self._icon is None:
            drawing = icons.icon("ledger", self._appearance.colours.accent)
            self._icon = QSystemTrayIcon(drawing, self)
            self._icon.messageClicked.connect(self._open)
            self._icon.activated.connect(self._open)
            self._icon.show()
        return self._icon

    @Slot()
    def _open(self) -> None:
        if self._row is not None:
            self.opened.emit(self._row)
