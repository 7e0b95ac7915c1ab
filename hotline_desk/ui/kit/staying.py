"""What follows the row at hand: the first at once, while keys repeat only where they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

_MILLISECONDS = 60
"""Longer than a key's repeat, shorter than an eye's look from the row to the panel."""


class Staying(QObject):
    """Calls *follow* for the first move and again once moving has stopped."""

    def __init__(self, follow: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._follow = follow
        self._waits = False
        self._timer = QTimer(self, interval=_MILLISECONDS, singleShot=True)
        self._timer.timeout.connect(self.arrive)

    @Slot()
    def move(self) -> None:
        """Note a move."""
        self._waits = self._timer.isActive()
        self._timer.start()
        if not self._waits:
            self._follow()

    @Slot()
    def arrive(self) -> None:
        """Follow now, where that still waits."""
        if self._waits:
            self._waits = False
            self._follow()
