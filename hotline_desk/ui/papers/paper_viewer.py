"""Papers that were made, shown over the pages until they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.ui.kit import keys
from hotline_desk.ui.kit.keys import Verb

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QStackedWidget

    from hotline_desk.ui.papers.summary_page import SummaryPage
    from hotline_desk.ui.papers.summary_view_model import Summary, SummaryViewModel


class PaperViewer(QObject):
    """Shows the newest paper as a page of its own; *making* waits while one is made."""

    opened = Signal()
    """A paper is about to be shown."""
    closed = Signal()

    def __init__(self, papers: SummaryViewModel, pages: QStackedWidget, making: QAction) -> None:
        super().__init__(pages)
        self._papers, self.pages, self._making = papers, pages, making
        self.page: SummaryPage | None = None
        """The page that papers are shown on, None before the first."""
        self._under = pages.currentIndex()
        """The page that the paper lies over."""
        papers.busy_changed.connect(self._show_making)
        papers.made.connect(self._show)

    @Slot(bool)
    def _show_making(self, busy: bool) -> None:
        self._making.setEnabled(not busy)
        self._making.setText(self.tr("生成中") if busy else keys.title(Verb.SUMMARY))

    @Slot(object)
    def _show(self, paper: Summary) -> None:
        if self.page is None:
            from hotline_desk.ui.papers.summary_page import SummaryPage  # noqa: PLC0415  QtPdf when needed

            self.page = SummaryPage(self._papers)
            self.page.closed.connect(self._close)
            self.pages.addWidget(self.page)
        self.opened.emit()
        if self.pages.currentWidget() is not self.page:
            self._under = self.pages.currentIndex()
        self.pages.setCurrentWidget(self.page)
        self.page.show_summary(paper)

    @Slot()
    def _close(self) -> None:
        self.pages.setCurrentIndex(self._under)  # and the focus where it was in it
        self.closed.emit()
