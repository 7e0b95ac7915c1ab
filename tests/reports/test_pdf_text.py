"""Our own PDFs, read for deletions: all that a reader sees of them, and none of other programs'."""

import pytest

from hotline_desk.reports.pdf_text import pdf_text
from hotline_desk.reports.summary import print_summary
from tests.reports.pdf_reader import ReadPdf, without_space
from tests.reports.sample_episodes import a_question, summary_of


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "节目纪要.pdf"
    print_summary(summary_of([a_question(n) for n in range(1, 13)], internal=True), path)
    return path


def test_all_that_a_reader_sees_is_in_it(path, qapp):
    read = ReadPdf.read(path)

    text = without_space(pdf_text(path.read_bytes()))

    words = [word for page in read.pages for word in page.split()]
    words += [without_space(mark.title) for mark in read.bookmarks]
    assert len(words) > 300
    assert [word for word in words if word not in text] == []
    assert "李䶮𠮷" in text
    assert "13800125678" in text


@pytest.mark.parametrize(
    "changed",
    [
        lambda content: content[:-100],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"ReportLab Generated", b"Somebody Generated", 1),
        lambda content: content.replace(b"/Root", b"/Encrypt 9 0 R /Root"),
        lambda content: content.replace(b"/Subtype /Type1", b"/Subtype /Image"),
        lambda content: content.replace(b"/FlateDecode ] /Length", b"/FlateDecode ] /Lengsh", 1),
        lambda _: b"%PDF-1.4\n",
    ],
    ids=["end", "half", "others", "sealed", "picture", "damaged", "head"],
)
def test_what_is_another_program_s_or_not_whole_is_nobody_s_to_read(path, changed):
    assert pdf_text(changed(path.read_bytes())) is None
