"""Journals: files of one JSON object a line, with one writer, only ever appended to.

A line without its newline was torn by a crash: readers don't see it, the next append cuts it off.
Files are opened, used and closed at each call, so that no reader holds up anybody on Windows.
"""

from __future__ import annotations

import errno
import json
import math
import os
from typing import TYPE_CHECKING, Any, TypeVar

from hotline_desk.errors import WorkspaceError, WorkspaceFull, WorkspaceUnwritable
from hotline_desk.system import is_full, sync_content, sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

_T = TypeVar("_T")

_LONGEST_LINE = 1 << 20  # bytes; longer than any line we write
NO_RECORD = (KeyError, TypeError, ValueError, RecursionError, OverflowError)
"""What says that a text is not the record it should be."""


def append(path: Path, record: dict[str, Any], *, sync: bool = False) -> None:
    """Add *record* to the journal at *path*, whole or not at all.

    Args:
        path: the journal; made if there is none yet, its folder is not.
        record: one JSON object.
        sync: whether it survives a power cut once this returns.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: the file cannot be written.
    """
    line = (json.dumps(record, ensure_ascii=False) + "\n").encode()
    try:
        with path.open("ab+", buffering=0) as file:
            end = _cut_torn_line(file)
            try:
                write_all(file, line)
            except OSError:
                file.truncate(end)
                raise
            if sync:
                sync_content(file.fileno())
        if sync and end == 0:
            sync_folder(path.parent)
    except OSError as error:
        raise workspace_error(path, error) from error


def read(
    path: Path, parse: Callable[[dict[str, Any]], _T], offset: int = 0
) -> tuple[list[_T], int]:
    """Return the records from byte *offset* on, and the offset to go on from next time.

    A journal that is not there yet has no records; a torn last line is left for later. Lines
    that are not JSON objects, or not what *parse* understands (a disk's fault, nobody's
    writing), are passed over.

    Args:
        path: the journal.
        parse: makes a record of a line's object; a KeyError, TypeError or ValueError says that
            the line is none.
        offset: in bytes, as an earlier call returned it.

    Raises:
        WorkspaceUnwritable: the journal is there, and cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            content = file.read()
    except FileNotFoundError:
        return [], offset
    except OSError as error:
        raise workspace_error(path, error) from error
    whole, newline, _torn = content.rpartition(b"\n")
    records = []
    for line in whole.split(b"\n"):
        try:
            records.append(parse(json.loads(line)))
        except NO_RECORD:
            continue
    return records, offset + len(whole) + len(newline)


def unreadable(path: Path, parse: Callable[[dict[str, Any]], object]) -> int:
    """Return how many whole lines of the journal at *path* `read` passes over."""
    *whole, _torn = _content(path).split(b"\n")
    found = 0
    for line in whole:
        try:
            parse(json.loads(line))
        except NO_RECORD:
            found += 1
    return found


def whole_lines(path: Path) -> int:
    """Return how many lines the journal at *path* has, but for a torn last one."""
    return _content(path).count(b"\n")


def is_torn(path: Path) -> bool:
    """Return whether the last line of the journal at *path* has no end."""
    content = _content(path)
    return bool(content) and not content.endswith(b"\n")


def fact(record: dict[str, Any], key: str, kind: type[_T]) -> _T:
    """Return what a record has under *key*.

    Raises:
        KeyError: it has nothing there.
        TypeError: it is not of *kind*.
    """
    found = record[key]
    if not isinstance(found, kind) or isinstance(found, bool):
        raise TypeError(key)
    return found


def number(record: dict[str, Any], key: str) -> float:
    """Return the number that a record has under *key*.

    Raises:
        KeyError: it has nothing there.
        TypeError: it is no number.
        ValueError: it is not finite.
    """
    found = record[key]
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise TypeError(key)
    if not math.isfinite(found):
        raise ValueError(key)
    return float(found)


def workspace_error(path: Path, error: OSError) -> WorkspaceError:
    """Return our error for what the system said when *path* was written."""
    return WorkspaceFull(path) if is_full(error) else WorkspaceUnwritable(path)


def write_all(file: BinaryIO, content: bytes | memoryview) -> None:
    """Write the whole of *content* to an unbuffered *file*, however short each write is.

    Raises:
        OSError: the system refuses the rest.
    """
    view = memoryview(content)
    while view:
        written = file.write(view)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise workspace_error(path, error) from error


def _cut_torn_line(file: BinaryIO) -> int:
    """Cut what stands behind the last newline; return the file's length in bytes then."""
    end = file.seek(0, os.SEEK_END)
    if end == 0:
        return 0
    start = max(0, end - _LONGEST_LINE)
    file.seek(end - 1)
    if file.read(1) == b"\n":
        return end
    file.seek(start)
    whole = start + file.read(end - start).rfind(b"\n") + 1
    file.truncate(whole)
    return whole
