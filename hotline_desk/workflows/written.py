"""Read what an office writes by hand (TOML), and tell in which line it cannot be understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_AT_LINE = re.compile(r"at line (\d+)")
_AT_END = "at end of document"
_NAMED = re.compile(r"\d{4}-\d\d-\d\d|\b\d{4}\b|[a-z_]+")


def read_written(path: Path) -> str:
    """Return the text of a file; Windows' Notepad puts a mark before it (UTF-8 带 BOM).

    Raises:
        OSError: it cannot be read.
        ValueError: it is not UTF-8.
    """
    return path.read_text(encoding="utf-8-sig")


def wrong_place(path: Path, error: Exception) -> str:
    """Return which line of the file *error* speaks of, or that it could not be read at all."""
    if isinstance(error, OSError):
        return "（打不开，或者不是文件）"
    return _line_text(_wrong_line(path, error))


def _wrong_line(path: Path, error: Exception) -> int:
    """Return the line, from 1 on, that *error* speaks of: by its number, or by a day or word."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[: error.start].count(b"\n") + 1
    lines, said = read_written(path).splitlines(), str(error)
    if found := _AT_LINE.search(said):
        return int(found[1])
    if _AT_END in said:
        return max(1, len(lines))
    named = _NAMED.findall(said)
    for each in sorted(named, key=lambda each: -len(each) if each[0].isdigit() else 0):
        begins = each if each[0].isdigit() else rf"^[\s\[]*{each}\b"
        for number, line in enumerate(lines, start=1):
            if re.search(begins, line.partition("#")[0]):
                return number
    return 1


def heading_place(text: str, name: str, place: int) -> str:
    """Return on which line the table *name* begins for the time *place* (0 on)."""
    headings = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(rf"\s*\[\[\s*{name}\s*\]\]", line)
    ]
    return _line_text(headings[place] if place < len(headings) else 1)


def _line_text(number: int) -> str:
    return f"第 {number} 行"
