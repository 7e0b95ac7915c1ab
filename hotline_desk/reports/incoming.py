"""Tables that come in: an Excel workbook or a CSV as sheets of cells, whatever is in it.

Nothing in a file is trusted: what it unpacks to, how wide and how long it is, its encoding.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from hotline_desk.domain.importing.tables import DATES_FROM, Sheet
from hotline_desk.domain.progress import never
from hotline_desk.errors import (
    Cancelled,
    TableDamaged,
    TableEmpty,
    TableNotFound,
    TableOldExcel,
    TableProtected,
    TableTooLarge,
    TableUnknown,
)
from hotline_desk.reports.incoming_text import read_text_sheet
from hotline_desk.reports.package import Package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hotline_desk.domain.importing.tables import Given

MOST_BYTES = 200 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 300
"""No 台账 comes near these; more is a mistake, or meant to do harm."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST_CELL = 1_000_000
_LAST_ROW = 1_048_576
"""Of any sheet; a file may say that a row has a higher number."""
_MOST_WIDE = 1000
_MOST_MERGED = 20_000_000
_LOOKED_AT_EVERY = 1000
_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, InvalidFileException, ParseError, EOFError, KeyError,
    ValueError, TypeError, IndexError, AttributeError, NotImplementedError, RuntimeError, OSError,
    ArithmeticError, MemoryError, zlib.error, struct.error,
)  # fmt: skip
"""What openpyxl and the zip under it raise for a file that is not whole; neither has one class."""


def read_sheets(path: Path, *, cancelled: Callable[[], bool] = never) -> tuple[Sheet, ...]:
    """Return the sheets of the file that hold anything.

    A formula is taken as the value that it had when the file was saved; every cell of a merged
    block has the value of its first. What an export of ours put before a text so that no program
    takes it for a formula is taken away again.

    Args:
        path: an Excel workbook, or text parted by commas, semicolons or tabs.
        cancelled: asked at least four times a second; yes ends the reading.

    Raises:
        Cancelled: somebody asked for the work to stop.
        TableError: the file is no such table, or cannot be read whole.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():  # a pipe is never at its end
            raise TableNotFound(path)
        with path.open("rb") as file:
            head = file.read(8)
    except (OSError, ValueError) as error:
        raise TableNotFound(path) from error
    if size == 0:
        raise TableEmpty(path)
    if size > MOST_BYTES:
        raise TableTooLarge(path)
    if head == _OLE:
        raise (TableProtected if _ENCRYPTED in path.read_bytes() else TableOldExcel)(path)
    sheets = (
        _workbook(path, cancelled)
        if head.startswith(_ZIP)
        else (read_text_sheet(path, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS),)
    )
    if not (found := tuple(sheet for sheet in sheets if sheet.rows)):
        raise TableEmpty(path)
    return found


def _workbook(path: Path, cancelled: Callable[[], bool]) -> tuple[Sheet, ...]:
    try:
        with Package(path) as package:
            _refuse_what_is_none(path, package)
            return tuple(_sheets(path, package, cancelled))
    except _UNREADABLE as error:
        raise TableDamaged(path) from error


def _refuse_what_is_none(path: Path, package: Package) -> None:
    if not package.is_workbook:
        raise TableUnknown(path)
    if package.unpacked > MOST_UNPACKED:
        raise TableTooLarge(path)


def _sheets(path: Path, package: Package, cancelled: Callable[[], bool]) -> Iterator[Sheet]:
    with warnings.catch_warnings(), path.open("rb") as file:  # it leaves a file it refuses open
        warnings.simplefilter("ignore")  # of styles and extensions, which nobody reads here
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            for worksheet in book.worksheets:
                rows = dict(_rows(path, worksheet, cancelled))
                blank = frozenset(
                    (row, column)
                    for row, column in package.formulas(worksheet.title, cancelled)
                    if column >= len(rows.get(row, ())) or rows[row][column] is None
                )
                merged = _fill_merged(path, rows, package.merged(worksheet.title))
                yield Sheet(
                    name=worksheet.title,
                    rows=tuple(sorted(rows.items())),
                    without_value=blank,
                    merged=merged,
                    dates_from=date(1904, 1, 1) if book.epoch == CALENDAR_MAC_1904 else DATES_FROM,
                )
        finally:
            book.close()


def _rows(
    path: Path,
    worksheet: Any,  # noqa: ANN401  openpyxl has no types
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, tuple[Given, ...]]]:
    if not hasattr(worksheet, "reset_dimensions"):
        return  # a sheet that is a chart
    worksheet.reset_dimensions()  # a file may say that it is as large as it likes
    count = wide = 0
    for number, row in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if number % _LOOKED_AT_EVERY == 0 and cancelled():
            raise Cancelled
        if number > _LAST_ROW:
            raise TableDamaged(path)
        wide += len(row) > MOST_COLUMNS
        found = tuple(map(_given, row[:MOST_COLUMNS]))
        if found := found[: _last(found) + 1]:
            count += 1
            longest = max((len(cell) for cell in found if isinstance(cell, str)), default=0)
            if count > MOST_ROWS or wide > _MOST_WIDE or longest > _LONGEST_CELL:
                raise TableTooLarge(path)
            yield number, found


def _last(cells: tuple[Given, ...]) -> int:
    return max((at for at, cell in enumerate(cells) if cell is not None), default=-1)


def _given(value: Any) -> Given:  # noqa: ANN401  whatever a cell holds
    if value is None or isinstance(value, (datetime, time)):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    text = str(value)
    if "_x" in text:
        text = _ESCAPED.sub(_character, text)
    return text if text.strip() else None


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character.isprintable() or character in "\t\n" else ""


def _fill_merged(
    path: Path, rows: dict[int, tuple[Given, ...]], blocks: list[tuple[int, int, int, int]]
) -> frozenset[tuple[int, int]]:
    """Give each cell of a merged block the value of its first; return which were given one."""
    filled: set[tuple[int, int]] = set()
    present = sorted(rows)
    touched = 0
    for first_row, first, last_row, last in blocks:
        head = rows.get(first_row, ())
        if first >= len(head) or head[first] is None:
            continue
        for number in present[bisect_left(present, first_row) : bisect_right(present, last_row)]:
            cells = list(rows[number])
            cells += [None] * (min(last, MOST_COLUMNS - 1) + 1 - len(cells))
            empty = [at for at in range(first, min(last + 1, len(cells))) if cells[at] is None]
            for column in empty:
                cells[column] = head[first]
            rows[number] = tuple(cells)
            filled.update((number, column) for column in empty)
            touched += len(cells)
        if touched > _MOST_MERGED:
            raise TableTooLarge(path)
    return frozenset(filled)
