"""The finished PDF inside the window; opened elsewhere or saved as another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from hotline_desk.ui.kit.keys import PRINT_KEY
from hotline_desk.ui.kit.panel import hairline, label, sole_panel
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.top_bar import button, page_top
from hotline_desk.ui.papers.printing import suit

if TYPE_CHECKING:
    from hotline_desk.ui.papers.summary_view_model import Summary, SummaryViewModel


class SummaryPage(QWidget):
    """Pages one below the other, in their own size."""

    closed = Signal()

    def __init__(self, model: SummaryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._printer: QPrinter | None = None
        """Kept here: the dialog holds on to it until it is gone."""
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setDocument(self._document)
        self._title = label(role="emphasis")
        self._where = label(role="meta")
        panel = sole_panel(self)
        panel.column.addWidget(self._top())
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._view, 1)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount()

    def show_summary(self, summary: Summary) -> None:
        """Show *summary*."""
        self._buffer.close()
        self._buffer.setData(QByteArray(summary.content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._view.setAccessibleName(summary.path.stem)
        set_text(
            self._title,
            self.tr("{name}  共 {n} 页").format(name=summary.path.name, n=self.pages),
        )
        set_text(self._where, str(summary.path.parent))
        self._view.setFocus()

    def _top(self) -> QWidget:
        buttons = (
            (self.tr("打印"), self.tr("选打印机打印"), self._print, PRINT_KEY),
            (self.tr("打开"), self.tr("用系统的阅读器打开"), self._model.open_outside, "Ctrl+O"),
            (self.tr("另存为"), self.tr("另存一份"), self._save_as, "Ctrl+Shift+S"),
            (self.tr("返回"), self.tr("回到原来的页面"), self.closed.emit, "Esc"),
        )
        return page_top(
            (self._title, self._where),
            [button(words, tip, done, page=self, key=key) for words, tip, done, key in buttons],
        )

    def _print(self) -> None:
        if self._model.summary is None:
            return
        size = self._document.pagePointSize(0)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        suit(self._printer, size.width(), size.height())
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(self._send)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # the printer's own wants a slot by its name

    def _send(self) -> None:
        if self._printer is not None:
            self._model.print_on(self._printer)

    def _save_as(self) -> None:
        summary = self._model.summary
        if summary is None:
            return
        dialog = QFileDialog(self, self.tr("另存为"), str(summary.path))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF 文件 (*.pdf)"))
        dialog.fileSelected.connect(lambda name: self._model.save_as(Path(name)))
        dialog.open()
