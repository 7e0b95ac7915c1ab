"""Pages that follow the ledger while somebody looks at them, and read nothing while nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHideEvent, QShowEvent

    from hotline_desk.ui.kit.office import Office


class Following(ViewModel):
    """State that is read when somebody comes to look at it, and again when the ledger changes."""

    def __init__(
        self, office: Office, read: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(office, parent)
        self._watched = False
        self._read_again = read
        office.rows_changed.connect(self._follow)

    @Slot(bool)
    def watch(self, watched: bool) -> None:
        """Keep up with the ledger from now on, or no longer."""
        self._watched = watched
        if watched:
            self._read_again()

    @Slot()
    def _follow(self) -> None:
        if self._watched:
            self._read_again()


class SeenWidget(QWidget):
    """Says when it comes into sight, and when it is out of sight again."""

    seen = Signal(bool)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)
