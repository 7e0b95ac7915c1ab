"""What lies in an Excel file beside its cells: how much it unpacks to, formulas, merged blocks."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from hotline_desk.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_BOOK = "xl/workbook.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK, _OVERLAP = 1 << 20, 2000
_FORMULA = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*>\s*<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")


class Package:
    """An Excel file as the zip that it is."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            BadZipFile: it is no whole zip.
        """
        self._zip = zipfile.ZipFile(path)
        self._names = set(self._zip.namelist())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def is_workbook(self) -> bool:
        """Whether it is an Excel workbook rather than some other zip."""
        return _BOOK in self._names

    @property
    def unpacked(self) -> int:
        """How many bytes it unpacks to; reading never yields more than is said here."""
        return sum(part.file_size for part in self._zip.infolist())

    def formulas(self, title: str, cancelled: Callable[[], bool]) -> Iterator[tuple[int, int]]:
        """Yield row, from 1, and column, from 0, of each formula of a sheet."""
        for found in self._find(title, _FORMULA, cancelled):
            row, column = coordinate_to_tuple(found.decode())
            yield row, column - 1

    def merged(self, title: str) -> list[tuple[int, int, int, int]]:
        """Return first row, first column, last row and last column of the merged blocks."""
        blocks = []
        for found in self._find(title, _MERGED, lambda: False):
            first, top, last, bottom = range_boundaries(found.decode())
            blocks.append((top, first - 1, bottom, last - 1))
        return blocks

    def _find(
        self, title: str, wanted: re.Pattern[bytes], cancelled: Callable[[], bool]
    ) -> Iterator[bytes]:
        part = self._parts().get(title)
        if part is None:
            return
        seen: set[bytes] = set()
        with self._zip.open(part) as file:
            tail = b""
            while chunk := file.read(_CHUNK):
                if cancelled():
                    raise Cancelled
                for found in wanted.finditer(tail + chunk):
                    if found[1] not in seen:
                        seen.add(found[1])
                        yield found[1]
                tail = chunk[-_OVERLAP:]

    def _parts(self) -> dict[str, str]:
        """Return where each sheet lies, by its title."""
        targets = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in ET.fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  openpyxl read the same parts before
        }
        book = ET.fromstring(self._zip.read(_BOOK))  # noqa: S314  the same
        parts = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = targets.get(sheet.get(_RELATION, ""), "")
            place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            place = posixpath.normpath(place)
            if place in self._names:
                parts[sheet.get("name", "")] = place
        return parts
