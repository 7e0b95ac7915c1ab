"""The text of the PDF files that this program has made: their pages, bookmarks and titles.

Who is deleted is looked for in them; a PDF of any other program stays unread. pypdf would mend a
damaged one without a word, so that a lost name passes for none, and takes fourteen times as long.
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Part = tuple[bytes, bytes | None]
    """An object of the file: its facts, and its stream if it has one, unpacked."""
    Shapes = Mapping[int, str]
    """What each byte of a string in some font stands for."""

_OURS = b"ReportLab Generated PDF document"
_AT = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_FACTS = re.compile(rb"(\d+) 0 obj(.*?)(?:stream(\r?\n)|endobj)", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)")
_FONT = re.compile(rb"/Name /(\S+)")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_SHAPE = re.compile(r"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>")
_PAGE = re.compile(rb"/Type /Page\s")
_SHOWS = re.compile(rb"/Contents (\d+) 0 R")
_STRING = rb"\(((?:\\.|[^\\()])*)\)"
_SHOWN = re.compile(rb"/(\S+) -?[\d.]+ Tf|" + _STRING, re.DOTALL)
_TITLE = re.compile(_STRING, re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_WIDE = b"\xfe\xff"


def pdf_text(content: bytes) -> str | None:
    """Return the text of a PDF, a line for each string; None where it is not ours, or not whole.

    One with a picture is None as well: nobody can read that.
    """
    if _OURS not in content[:200] or b"/Encrypt" in content[-1024:]:
        return None
    try:
        parts = dict(_parts(content))
        fonts = dict(font for facts, _ in parts.values() for font in _font(facts, parts))
        return "\n".join(_lines(parts, fonts))
    except (ValueError, LookupError, zlib.error):
        return None


def _parts(content: bytes) -> Iterator[tuple[int, Part]]:
    """Yield the objects by their number, from where the table at the end says they lie."""
    (table,) = _AT.findall(content)
    for place in map(int, _ENTRY.findall(content, int(table))):
        found = _FACTS.match(content, place)
        if found is None:
            raise ValueError(place)
        number, facts, streams = found.groups()
        if b"/Subtype /Image" in facts:
            raise ValueError(place)
        if streams is None:
            yield int(number), (facts, None)
            continue
        (length,) = _LENGTH.findall(facts)
        packed = content[found.end() : found.end() + int(length)]
        if b"/ASCII85Decode" in facts:
            packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
        yield int(number), (facts, zlib.decompress(packed) if b"/FlateDecode" in facts else packed)


def _font(facts: bytes, parts: Mapping[int, Part]) -> Iterator[tuple[bytes, Shapes]]:
    """Yield name and signs of a font, if *facts* are of one; without a table it is a Latin one."""
    if b"/Type /Font\n" not in facts and b"/Type /Font " not in facts:
        return
    (name,) = _FONT.findall(facts)
    table = _TO_UNICODE.search(facts)
    if table is None:
        yield name, {code: chr(code) for code in range(256)}
        return
    pairs = _SHAPE.findall((parts[int(table[1])][1] or b"").decode("ascii"))
    yield name, {int(code, 16): bytes.fromhex(sign).decode("utf-16-be") for code, sign in pairs}


def _lines(parts: Mapping[int, Part], fonts: Mapping[bytes, Shapes]) -> Iterator[str]:
    pages = {int(_SHOWS.findall(facts)[0]) for facts, _ in parts.values() if _PAGE.search(facts)}
    for number, (facts, stream) in parts.items():
        for title in _TITLE.findall(facts):
            text = _unescaped(title)
            wide = text.startswith(_WIDE)
            yield text[2:].decode("utf-16-be") if wide else text.decode("latin-1")
        if stream is not None and (number in pages or b"/Subtype /Form" in facts):
            yield from _shown(stream, fonts)


def _shown(stream: bytes, fonts: Mapping[bytes, Shapes]) -> Iterator[str]:
    """Yield the strings of a page, or of what stands on several; the font is named before them."""
    shapes: Shapes = {}
    for font, shown in _SHOWN.findall(stream):
        if font:
            shapes = fonts[font]
        elif shown:
            yield "".join(shapes[code] for code in _unescaped(shown))


def _unescaped(string: bytes) -> bytes:
    def sign(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code.isdigit() else _SIGNS.get(code, code)

    return _ESCAPE.sub(sign, string)
