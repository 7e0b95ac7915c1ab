"""The pages for what comes into the ledger and what leaves it, made when they are first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from hotline_desk.ui.kit.reason_bar import ReasonBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.questions import Question
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.exchange.export_page import ExportPage
    from hotline_desk.ui.exchange.import_page import ImportPage
    from hotline_desk.ui.kit.style import Appearance


class ImportExport(QObject):
    """Opens 导入 and 导出 over the window's pages, and closes them again."""

    closed = Signal()
    """One goes back to the ledger."""
    rows_opened = Signal(tuple, str)
    """Ids of questions that are to be shown, and what they are."""

    def __init__(self, desk: Desk, pages: QStackedWidget, appearance: Appearance) -> None:
        super().__init__(pages)
        self._desk = desk
        self._pages = pages
        self._appearance = appearance
        self._import: ImportPage | None = None
        self._export: ExportPage | None = None
        self.reason = ReasonBar(appearance)
        """Asked for by what leaves unmasked at a keystroke; the window lays it over its foot."""
        self._chosen: Question | Case | None = None
        desk.outgoing.copied.connect(self._into_clipboard)
        self.reason.given.connect(self._copy_whole)

    def open_import(self) -> None:
        """Show the page on which an existing ledger comes in."""
        if self._import is None:
            from hotline_desk.ui.exchange.import_page import ImportPage  # noqa: PLC0415  not at the start

            self._import = ImportPage(self._desk.incoming, self._appearance)
            self._import.closed.connect(self.closed)
            self._import.rows_opened.connect(self.rows_opened)
            self._pages.addWidget(self._import)
        self._pages.setCurrentWidget(self._import)
        self._import.begin()

    def open_export(self) -> None:
        """Show the page on which rows leave, those that the ledger shows at first."""
        if self._export is None:
            from hotline_desk.ui.exchange.export_page import ExportPage  # noqa: PLC0415  not at the start

            self._export = ExportPage(self._desk.outgoing, self._appearance)
            self._export.closed.connect(self.closed)
            self._pages.addWidget(self._export)
        self._pages.setCurrentWidget(self._export)
        self._export.begin()

    def copy_order(self, chosen: Question | Case | None, *, internal: bool) -> None:
        """Put *chosen* into the clipboard as a work order for another hotline's platform.

        What is not masked wants its reason first.
        """
        if chosen is None:
            self._desk.outgoing.warned.emit(self.tr("先选中一个问题或案件，再复制工单文本。"))
        elif internal:
            self._chosen = chosen
            words = self.tr("{number} 的工单文本（内部版）没有脱敏。事由")
            self.reason.ask(words.format(number=chosen.number), yes=self.tr("复制内部版"))
        else:
            self._desk.outgoing.copy_order(chosen)

    @Slot(str)
    def _copy_whole(self, why: str) -> None:
        if self._chosen is not None:
            self._desk.outgoing.copy_order(self._chosen, why=why)

    @Slot(str)
    def _into_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def save(self) -> bool:
        """Do what the page at hand is for; return whether one of these is."""
        for page in (self._import, self._export):
            if page is not None and page is self._pages.currentWidget():
                page.save()
                return True
        return False
