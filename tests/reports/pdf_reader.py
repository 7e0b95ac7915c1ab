"""A PDF as a reader sees it: pages, lines, bookmarks, properties (QtPdf's own reading of it)."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument


@dataclass(frozen=True, slots=True)
class Bookmark:
    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """Needs a Qt application."""

    pages: tuple[str, ...]
    bookmarks: tuple[Bookmark, ...]
    properties: dict[str, str]
    extents: tuple[tuple[float, float], ...]
    """Of each page's text, from left to right, in points."""

    @classmethod
    def read(cls, path: Path) -> "ReadPdf":
        document = QPdfDocument()
        assert document.load(str(path)) is QPdfDocument.Error.None_
        model = QPdfBookmarkModel()
        model.setDocument(document)
        texts = [document.getAllText(page) for page in range(document.pageCount())]
        read = cls(
            tuple(text.text() for text in texts),
            tuple(_bookmarks(model, QModelIndex(), 0)),
            {
                field.name: str(document.metaData(field) or "")
                for field in QPdfDocument.MetaDataField
            },
            tuple(
                (text.boundingRectangle().left(), text.boundingRectangle().right())
                for text in texts
            ),
        )
        model.deleteLater()
        document.close()
        return read

    @property
    def lines(self) -> list[str]:
        return [line for page in self.pages for line in page.splitlines()]

    @property
    def text(self) -> str:
        """All of it without the space and the line ends that setting puts in."""
        return without_space("".join(self.pages))


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


def _bookmarks(model, parent, level):
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield Bookmark(
            index.data(int(QPdfBookmarkModel.Role.Title)),
            level,
            index.data(int(QPdfBookmarkModel.Role.Page)),
        )
        yield from _bookmarks(model, index, level + 1)
