"""Look whether a file tells of somebody, whatever holds its text: plain, packed, or a mail."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from email import message_from_bytes
from io import BytesIO
from typing import TYPE_CHECKING

from hotline_desk.reports.pdf_text import pdf_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LARGEST_BYTES = 64 << 20
_DEEPEST = 4
"""Packed files within packed files."""
_SEALED = frozenset({".mp3", ".wav", ".flac", ".m4a", ".mp4", ".ogg", ".opus"})
_PDF, _ZIP, _GZIP = b"%PDF", b"PK", b"\x1f\x8b"
_MAIL = b"content-transfer-encoding"
_ENCODINGS = ("utf-8-sig", "gb18030")
_TAG = re.compile(r"<[^<>]*>")
_UNREADABLE = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What damaged, encrypted and unknown packings raise; an encrypted one a RuntimeError."""


def tells_of(path: Path, is_told: Callable[[str], bool]) -> bool | None:
    """Return whether a text of the file at *path* is told by *is_told*; None where nobody knows.

    Nobody knows of sound and pictures, of what is damaged, encrypted or larger than 64 MB, and of
    the PDFs of other programs.

    Raises:
        OSError: the file cannot be read now.
    """
    if path.suffix.lower() in _SEALED or path.stat().st_size > _LARGEST_BYTES:
        return None
    return _tells(path.read_bytes(), is_told, _DEEPEST)


def _tells(content: bytes, is_told: Callable[[str], bool], depth: int) -> bool | None:
    if len(content) > _LARGEST_BYTES or not depth:
        return None
    if content.startswith(_PDF):
        text = pdf_text(content)
        return None if text is None else is_told(text)
    try:
        if content.startswith(_ZIP):
            return _any_of(_packed(content, is_told, depth))
        if content.startswith(_GZIP):
            with gzip.open(BytesIO(content)) as packed:
                return _tells(packed.read(_LARGEST_BYTES + 1), is_told, depth - 1)
    except _UNREADABLE:
        return None
    if any(map(is_told, _readings(content))):
        return True
    if _MAIL in content.lower():
        parts = (part.get_payload(decode=True) for part in message_from_bytes(content).walk())
        texts = [part for part in parts if isinstance(part, bytes)]
        return _any_of(_tells(each, is_told, depth - 1) for each in texts if each != content)
    return False if _is_text(content) else None


def _packed(content: bytes, is_told: Callable[[str], bool], depth: int) -> Iterator[bool | None]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for part in parts.infolist():
            if is_told(part.filename):
                yield True
            if part.file_size > _LARGEST_BYTES:
                yield None
            elif not part.is_dir():
                yield _tells(parts.read(part), is_told, depth - 1)


def _any_of(found: Iterator[bool | None]) -> bool | None:
    """Return True where one is, else None where one is not known."""
    unknown = False
    for each in found:
        if each:
            return True
        unknown = unknown or each is None
    return None if unknown else False


def _readings(content: bytes) -> Iterator[str]:
    """Yield what the bytes may say, in whatever encoding, also beside a damaged byte."""
    for encoding in _ENCODINGS:
        text = content.decode(encoding, "replace")
        yield text
        if "<" in text:  # a word may be parted by marks of its looks
            yield _TAG.sub("", text)
    for encoding in ("utf-16-le", "utf-16-be"):
        for first in (0, 1):  # within a larger file it begins anywhere
            yield content[first:].decode(encoding, "replace")


def _is_text(content: bytes) -> bool:
    """Return whether all of it is text in an encoding that is in use here."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    return b"\0" not in content and any(_decodes(content, encoding) for encoding in _ENCODINGS)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True
