"""Rows as files that other programs open: an Excel workbook, or one CSV a sheet.

Whatever a caller said stays text: no cell is ever a formula, and no number of a telephone becomes
an amount.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
import shutil
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from hotline_desk.domain.progress import never
from hotline_desk.domain.sheets import Change, Points, Rate, column_width
from hotline_desk.errors import Cancelled, ExportUnwritable, NoRoomForFile
from hotline_desk.system import FileLock, is_full, is_locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from hotline_desk.domain.sheets import Cell

LONGEST_CELL = 32_767
"""Excel's limit, in units of UTF-16; it calls a file with more of them damaged."""
MORE = "…（完整文字见台账）"
"""The end of a cell whose text is longer."""
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What a sheet's XML cannot hold; programs show the escapes for it as _x0001_."""
_FORMS: dict[type[float], str] = {
    int: "0",
    float: "#,##0.00",
    Rate: "0.0%",
    Change: "+0.0%;-0.0%;0.0%",
    Points: '+0.0" 个百分点";-0.0" 个百分点";0.0" 个百分点"',
}
"""How each kind of number is shown."""
_OURS = "export-"
"""How the name of a folder of drafts begins."""
_PART = "part"
"""The file in it that says where its draft is being copied to, before it is there."""
_TRIES = 500
"""How often the folder of all drafts is made anew that others, who found it empty, removed."""
_FORMULA = tuple("=+-@＝＋－＠")
"""What makes a program read a cell of a CSV as a formula."""


class Workbook:
    """An Excel file that is being written, row by row; in memory it is packed."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Take over an open book; use :func:`new_workbook`."""
        self._book = book
        self._heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF7",
             "border": 1, "border_color": "#D9DEE4"}
        )  # fmt: skip
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._forms = {
            kind: book.add_format({"num_format": form, "valign": "top"})
            for kind, form in _FORMS.items()
        }

    def add_sheet(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
        """Write a sheet with a frozen first row and filters; return how many rows it has."""
        sheet = self._book.add_worksheet(name)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, column_width(heading))
            sheet.write_string(0, column, heading, self._heading)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 2)
        count = 0
        for count, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                self._write(sheet, count, column, cell)
        sheet.autofilter(0, 0, max(1, count), len(headings) - 1)
        return count

    def add_notes(self, name: str, lines: Iterable[str]) -> None:
        """Write a sheet of sentences."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 100)
        for row, line in enumerate(lines):
            self._write(sheet, row, 0, line)

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if text := _shortened(_INVISIBLE.sub("", cell)):
                sheet.write_string(row, column, text, self._text)
        else:
            sheet.write_number(row, column, cell, self._forms[type(cell)])


@contextmanager
def new_workbook(
    path: Path, *, drafts: Path, cancelled: Callable[[], bool] = never
) -> Iterator[Workbook]:
    """Write an Excel file to *path*, whole or not at all; meanwhile it grows in *drafts*.

    Raises:
        Cancelled: *cancelled* said so when all was written; there is no file.
        ExportUnwritable: the file or its folder cannot be written.
        NoRoomForFile: the disk is full.
    """
    packed = io.BytesIO()  # a zip on a full disk fails again when it is deleted, and is heard
    with _written_whole(path, drafts, cancelled) as draft:
        settings = {"constant_memory": True, "tmpdir": str(draft.parent)}
        book = xlsxwriter.Workbook(packed, settings)
        try:
            with book:
                yield Workbook(book)
        finally:
            _let_go(book)
        draft.write_bytes(packed.getbuffer())


def _let_go(book: xlsxwriter.Workbook) -> None:
    """Close the files of sheets that a full disk has cut short; Windows deletes no open one."""
    for sheet in book.worksheets():
        for file in (sheet.row_data_fh, sheet.fh):
            with suppress(OSError):
                if file is not None:
                    file.close()


def write_csv(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    drafts: Path,
    cancelled: Callable[[], bool] = never,
) -> int:
    """Write a CSV that Excel reads as UTF-8, whole or not at all; return how many rows it has.

    Raises:
        Cancelled: *cancelled* said so when all was written; there is no file.
        ExportUnwritable: the file or its folder cannot be written.
        NoRoomForFile: the disk is full.
    """
    (count,) = write_csvs({path: (headings, rows)}, drafts=drafts, cancelled=cancelled)
    return count


def write_csvs(
    files: Mapping[Path, tuple[Sequence[str], Iterable[Sequence[Cell]]]],
    *,
    drafts: Path,
    cancelled: Callable[[], bool] = never,
) -> list[int]:
    """Write several CSVs, each with its headings and rows; return how many rows each has.

    None is put in its place before all are written, and the first comes last: it tells of all.

    Raises:
        Cancelled: *cancelled* said so when all was written; there is no file.
        ExportUnwritable: a file or its folder cannot be written.
        NoRoomForFile: the disk is full.
    """
    counts: list[int] = []
    with ExitStack() as stack:
        for path, (headings, rows) in files.items():
            asked = cancelled if len(counts) == len(files) - 1 else never
            draft = stack.enter_context(_written_whole(path, drafts, asked))
            counts.append(_fill(draft, headings, rows))
    return counts


def _fill(draft: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    with draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for cells in rows:
            writer.writerow([_harmless(cell) for cell in cells])
            count += 1
    return count


@contextmanager
def _written_whole(path: Path, drafts: Path, cancelled: Callable[[], bool]) -> Iterator[Path]:
    """Yield a draft's name; what it holds at the end is *path*."""
    place = drafts.parent
    try:
        forget_drafts(drafts)
        with _own_folder(drafts) as folder:
            draft = folder / "draft"
            yield draft
            if cancelled():
                raise Cancelled
            part = path.absolute().with_name(f".{folder.name}.new")
            (folder / _PART).write_text(str(part), encoding="utf-8")
            place = path
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(draft, part)
            part.replace(path)
    except (OSError, FileCreateError) as error:
        cause = error.args[0] if isinstance(error, FileCreateError) else error
        raise NoRoomForFile(place) if is_full(cause) else ExportUnwritable(path) from error
    finally:
        forget_drafts(drafts)


def drafts_left(drafts: Path) -> list[Path]:
    """Return what exports that were killed have left in *drafts*: rows that nobody has masked."""
    with suppress(FileNotFoundError):  # others sweep too
        found = sorted(drafts.glob(f"{_OURS}*"))
        return [each for each in found if each.is_dir() and not is_locked(_lock_of(each))]
    return []


def forget_drafts(drafts: Path) -> None:
    """Delete what exports that were killed have left; what others are writing stays."""
    for folder in drafts_left(drafts):
        lock = FileLock(_lock_of(folder))
        with suppress(OSError):
            if lock.acquire():
                _delete(folder, lock)


@contextmanager
def _own_folder(drafts: Path) -> Iterator[Path]:
    """Yield a new folder in *drafts*, which is locked before it is there, and delete it."""
    folder = drafts / f"{_OURS}{secrets.token_hex(8)}"
    lock = FileLock(_lock_of(folder))
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):
            drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire()  # nobody else knows its name
            break
    else:
        raise FileNotFoundError(drafts)
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _delete(folder, lock)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")


def _delete(folder: Path, lock: FileLock) -> None:
    """Delete *folder*, what was copied by half, and then its *lock*, which is ours.

    Nobody sweeps where no folder is.
    """
    with suppress(OSError, ValueError):
        Path((folder / _PART).read_text(encoding="utf-8")).unlink()
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()  # Windows deletes no open file
    if not folder.exists():
        with suppress(OSError):
            _lock_of(folder).unlink()
            folder.parent.rmdir()


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = _INVISIBLE.sub("", cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _shortened(text: str) -> str:
    """Return *text* as far as an Excel cell holds it, and where the rest of it is."""
    if 2 * len(text) <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(MORE))].decode("utf-16-le", "ignore") + MORE
