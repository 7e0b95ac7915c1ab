"""Paper that comes out of a printer: here the one that writes a file."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from hotline_desk.errors import PrinterUnusable
from hotline_desk.ui.papers.printing import print_pdf, suit
from hotline_desk.ui.papers.summary_page import SummaryPage
from hotline_desk.ui.papers.summary_view_model import SummaryViewModel

PATIENCE = 30_000
ACROSS = landscape(A4)


@pytest.fixture
def content(tmp_path):
    """Three pages across, each with a black square at its top left corner."""
    path = tmp_path / "纸.pdf"
    canvas = Canvas(str(path), pagesize=ACROSS)
    for _ in range(3):
        canvas.rect(0, ACROSS[1] - 200, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def printer(qapp, tmp_path):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "印.pdf"))
    suit(made, *ACROSS)
    return made


def printed(printer):
    document = QPdfDocument()
    document.load(printer.outputFileName())
    sizes = [document.pagePointSize(page) for page in range(document.pageCount())]
    picture = document.render(0, QSize(842, 595))
    document.close()
    return sizes, picture


def test_every_page_is_printed_as_it_lies(content, printer):
    assert print_pdf(content, printer) == 3

    sizes, picture = printed(printer)
    assert len(sizes) == 3
    assert all(size.width() > size.height() for size in sizes)
    assert picture.pixelColor(100, 100) == QColor("black")
    assert picture.pixelColor(500, 400) == QColor("white")


def test_only_the_pages_asked_for_are_printed(content, printer):
    printer.setFromTo(2, 3)

    assert print_pdf(content, printer) == 2
    assert len(printed(printer)[0]) == 2


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_told_of(content, printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "没有这个文件夹" / "印.pdf"))

    with pytest.raises(PrinterUnusable):
        print_pdf(content, printer)


def test_the_page_prints_in_a_lane_and_says_so(qtbot, content, printer, desk, tmp_path):
    model = SummaryViewModel(desk.office)
    path = tmp_path / "纪要.pdf"
    path.write_bytes(content)
    with qtbot.waitSignal(model.made, timeout=PATIENCE):
        model.make_paper(lambda: path)

    with qtbot.waitSignal(model.told, timeout=PATIENCE) as told:
        model.print_on(printer)

    assert "3 页" in told.args[0]
    assert len(printed(printer)[0]) == 3


def test_the_printers_dialog_lies_on_the_page_and_takes_nothing_over(
    qtbot, content, desk, tmp_path
):
    model = SummaryViewModel(desk.office)
    page = SummaryPage(model)
    qtbot.addWidget(page)
    path = tmp_path / "纪要.pdf"
    path.write_bytes(content)
    with qtbot.waitSignal(model.made, timeout=PATIENCE):
        model.make_paper(lambda: path)
    page.show_summary(model.summary)
    page.show()

    page._print()

    dialog = page.findChild(QPrintDialog)
    assert dialog.isVisible()
    dialog.reject()
