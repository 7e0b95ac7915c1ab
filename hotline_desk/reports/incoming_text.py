"""A CSV that comes in: its encoding and what parts its cells are found out, not asked."""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING

from hotline_desk.domain.importing.headings import find_table
from hotline_desk.domain.importing.tables import Sheet
from hotline_desk.domain.work_orders import read_work_order
from hotline_desk.errors import TableTextBroken, TableTooLarge, TableUnknown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hotline_desk.domain.importing.tables import Given

_UTF_8, _UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_PARTED_BY = ",;\t"
_MOST_PASTED = 300
_LOOKED_AT = 30
_LONGEST_CELL = 1_000_000
_GUARDED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Before these our own export sets an apostrophe: no program shall take the text for a formula."""
_MARKUP = ("<html", "<!doctype", "<table", "<?xml", "mime-version:")
_WRONG_TO_RIGHT = 20


def read_text_sheet(path: Path, *, most_rows: int, most_columns: int) -> Sheet:
    """Return the file as one sheet, called by its name.

    Raises:
        TableTextBroken: the text is cut off in a character, or in no encoding that we know.
        TableTooLarge: it has too many rows, or cells too long to be any.
        TableUnknown: it is no text, or a page of the web.
    """
    text = _decoded(path)
    if text.lstrip()[:20].lower().startswith(_MARKUP):
        raise TableUnknown(path)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = _rows(text, _delimiter(text, most_columns), most_columns)
        found = tuple(itertools.islice(rows, most_rows + 1))
    except csv.Error as error:
        raise TableTooLarge(path) from error
    if len(found) > most_rows:
        raise TableTooLarge(path)
    name = path.stem.encode(errors="replace").decode()  # a file may be called in any bytes
    return Sheet(name=name, rows=found)


def pasted_sheet(text: str, name: str) -> Sheet:
    """Return pasted text as a sheet: rows parted by tabs, else one work order (名称：内容)."""
    rows = tuple(_rows(text, "\t")) if "\t" in text else ()
    if not rows:
        order = read_work_order(text)
        rows = ((1, tuple(order)), (2, tuple(words or None for words in order.values())))
    return Sheet(name=name, rows=rows if any(rows[0][1]) else ())


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith(_UTF_16):
        return _strictly(path, content, "utf-16")
    if b"\0" in content[:4096]:
        raise TableUnknown(path)
    if content.startswith(_UTF_8):
        return _strictly(path, content, "utf-8-sig")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        # nearly all of it is UTF-8: a byte is wrong or the end is missing, not the encoding
        right = content.decode(errors="ignore")
        chinese = sum(len(sign.encode()) for sign in right if not sign.isascii())
        if (len(content) - len(right.encode())) * _WRONG_TO_RIGHT < chinese:
            raise TableTextBroken(path, content[: error.start].count(b"\n") + 1) from error
    return _strictly(path, content, "gb18030")


def _strictly(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableTextBroken(path, content[: error.start].count(b"\n") + 1) from error


def _delimiter(text: str, most_columns: int) -> str:
    """Return what parts the cells: with which the headings are known best, or there are most."""
    head = "".join(itertools.islice(io.StringIO(text, newline=""), _LOOKED_AT))

    def fitness(delimiter: str) -> tuple[int, int]:
        rows = tuple(itertools.islice(_rows(head, delimiter, most_columns), _LOOKED_AT))
        table = find_table(Sheet(name="", rows=rows))
        known = 0 if table is None else sum(map(bool, table.headings))
        return known, max((len(cells) for _, cells in rows), default=0)

    return max(_PARTED_BY, key=fitness)


def _rows(
    text: str, delimiter: str, most_columns: int = _MOST_PASTED
) -> Iterator[tuple[int, tuple[Given, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    for cells in reader:
        given = tuple(_unguarded(cell) if cell.strip() else None for cell in cells[:most_columns])
        if any(cell is not None for cell in given):
            yield begins, given
        begins = reader.line_num + 1


def _unguarded(cell: str) -> str:
    if cell.startswith("'") and cell[1:].lstrip().startswith(_GUARDED):
        return cell[1:]
    return cell
