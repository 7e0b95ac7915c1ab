"""Where one was when the window was closed: its size, page, panels and columns, by workspace."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from hotline_desk.ui.kit.keys import PAGES, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow, QSplitter

    from hotline_desk.ui.ledger.ledger_page import LedgerPage

_USUAL_SIZE = (1280, 720)
_GEOMETRY, _PAGE, _PANELS, _COLUMNS = "geometry", "page", "panels", "columns/ledger"


class WindowState:
    """Remembers one window in ``window.ini`` of its workspace."""

    def __init__(
        self, root: Path, window: QMainWindow, splitters: Iterable[QSplitter], ledger: LedgerPage
    ) -> None:
        """Lay what is remembered in the workspace at *root* over a window that was just made."""
        # left by a window that was killed; Qt waits while its process id is another program's
        with suppress(OSError):
            (root / "window.ini.lock").unlink()
        self._kept = QSettings(str(root / "window.ini"), QSettings.Format.IniFormat)
        self._window = window
        self._splitters = tuple(splitters)
        self._ledger = ledger
        window.resize(*_USUAL_SIZE)
        if (geometry := self._bytes(_GEOMETRY)) is not None:
            window.restoreGeometry(geometry)
        for splitter in self._splitters:
            if (state := self._bytes(f"{_PANELS}/{splitter.objectName()}")) is not None:
                splitter.restoreState(state)
        if (columns := self._bytes(_COLUMNS)) is not None:
            ledger.restore_columns(columns)

    @property
    def page(self) -> Verb:
        """The page that was open last."""
        page = self._kept.value(_PAGE)
        return Verb[page] if page in [known.name for known in PAGES] else Verb.LIVE

    def show(self) -> None:
        """Show the window: as it was, and the first time as large as the screen."""
        if self._kept.contains(_GEOMETRY):
            self._window.show()
        else:
            self._window.showMaximized()

    def keep(self, page: Verb) -> None:
        """Write down where one is now, on *page*."""
        self._kept.setValue(_GEOMETRY, self._window.saveGeometry())
        self._kept.setValue(_PAGE, page.name)
        for splitter in self._splitters:
            self._kept.setValue(f"{_PANELS}/{splitter.objectName()}", splitter.saveState())
        self._kept.setValue(_COLUMNS, self._ledger.columns())

    def _bytes(self, name: str) -> QByteArray | None:
        kept = self._kept.value(name)
        return kept if isinstance(kept, QByteArray) else None
