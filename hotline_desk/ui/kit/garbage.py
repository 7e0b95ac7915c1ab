"""Python's garbage, collected in the GUI thread between two events, and nowhere else.

Left to itself Python collects wherever something was made: in a lane, where no widget may be
deleted, or in a handler that Qt calls while it goes through its widgets, which then are gone.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_MILLISECONDS = 1000


class Garbage(QObject):
    """Collects what is due, generation by generation, as Python would have done by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waits = False
        gc.disable()
        timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        timer.timeout.connect(self.collect)
        timer.start()

    def wait(self, *, waits: bool) -> None:
        """Leave the oldest generation alone while there is more of it than is looked through soon.

        The rows of a file that is being imported are ten times all the rest.
        """
        self._waits = waits

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is full."""
        for generation in (1, 0) if self._waits else (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
