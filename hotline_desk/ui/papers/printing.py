"""A PDF on a printer: its pages as pictures, drawn in a lane, as the printer's own dots allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument

from hotline_desk.errors import PrinterUnusable

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 300
"""Finer than any letter here needs; a page then takes 35 MB while it is drawn."""


def suit(printer: QPrinter, width: float, height: float) -> None:
    """Lay the printer's paper as a page of this *width* and *height* lies, and set its dots."""
    across = width > height
    layout = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(layout)
    printer.setResolution(DOTS_PER_INCH)


def print_pdf(content: bytes, printer: QPrinter) -> int:
    """Print the pages of a PDF that the dialog has left in; return how many.

    Runs in any thread, and is the only one to use *printer* meanwhile.

    Raises:
        PrinterUnusable: the printer takes nothing.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    last = printer.toPage() or document.pageCount()
    pages = range(max(0, printer.fromPage() - 1), min(last, document.pageCount()))
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterUnusable(printer.printerName() or printer.outputFileName())
    try:
        for page in pages:
            if page != pages[0]:
                printer.newPage()
            _draw(document, page, painter, printer)
    finally:
        painter.end()
        document.close()
    return len(pages)


def _draw(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    """Draw one page as large as the paper takes it, in its middle."""
    place = printer.pageLayout().paintRectPixels(printer.resolution())
    size = document.pagePointSize(page).scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    dots = QSize(round(size.width()), round(size.height()))
    spot = QRect(
        (place.width() - dots.width()) // 2, (place.height() - dots.height()) // 2,
        dots.width(), dots.height(),
    )  # fmt: skip
    sheet = QImage(dots, QImage.Format.Format_RGB32)  # a page has no ground, and drivers differ
    sheet.fill(Qt.GlobalColor.white)
    drawn = QPainter(sheet)
    drawn.drawImage(0, 0, document.render(page, dots))
    drawn.end()
    painter.drawImage(spot, sheet)
