"""What the view models have in common: the office, and a way to say what came of a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotline_desk.errors import HotlineDeskError

if TYPE_CHECKING:
    from hotline_desk.ui.kit.office import Office


class ViewModel(QObject):
    """State without widgets, in the one office; the window shows what it has to say."""

    told = Signal(str)
    """One sentence about what was done."""
    warned = Signal(str)
    """One about what is to be done first, or otherwise."""
    failed = Signal(HotlineDeskError)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
