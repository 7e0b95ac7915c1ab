"""What printing needs: the program's fonts, and a Qt application to read PDFs with."""

import pytest

from hotline_desk.reports.summary import print_summary
from tests.reports.pdf_reader import ReadPdf


@pytest.fixture(scope="session", autouse=True)
def printing(fonts):
    """Let nothing be printed before there are fonts."""


@pytest.fixture
def printed(tmp_path, qapp):
    """Return a function that prints a summary and reads it as a reader sees it."""

    def print_and_read(summary, **more) -> ReadPdf:
        path = tmp_path / "节目纪要.pdf"
        print_summary(summary, path, **more)
        return ReadPdf.read(path)

    return print_and_read
