"""The faces that Chinese is printed in, and which of them has a character.

A glyph that a face lacks would print as a blank without a word. So every character is asked for
first: another face on the machine sets it, or 〓 stands in its place and it is reported.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from hotline_desk.errors import ChineseFontMissing
from hotline_desk.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STAND_IN = "〓"
"""What is printed for a character that no face has."""

_log = logging.getLogger(__name__)
_SHARED = Path("/usr/share/fonts/truetype")


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font on the disk."""

    path: Path
    number: int = 0
    """Which one, where the file holds several."""


@dataclass(frozen=True, slots=True)
class Family:
    """A face in its weights."""

    regular: FontFile
    bold: FontFile | None = None

    def file(self, *, bold: bool) -> FontFile:
        """Return the weight asked for, or the only one there is."""
        return self.bold if bold and self.bold is not None else self.regular


@dataclass(frozen=True, slots=True)
class Sign:
    """One character as it is printed."""

    character: str
    font: str
    """The registered name of the font that has it."""
    width: float
    """In parts of the type size."""


class Faces:
    """The families of a document, best first, and the characters that none of them has."""

    def __init__(self, families: Sequence[Family]) -> None:
        self._families = families
        self._signs: dict[tuple[str, bool], Sign] = {}
        self.missing: set[str] = set()
        """What was replaced by 〓 so far."""

    def sign(self, character: str, *, bold: bool = False) -> Sign:
        """Return how *character* is printed: in the first face that has it, else as 〓."""
        key = character, bold
        if key not in self._signs:
            self._signs[key] = self._find(character, bold=bold)
        return self._signs[key]

    def _find(self, character: str, *, bold: bool) -> Sign:
        for family in self._families:
            font = _loaded(family.file(bold=bold))
            if font is not None and ord(character) in font.face.charToGlyph:
                return Sign(character, font.fontName, font.face.getCharWidth(ord(character)) / 1000)
        self.missing.add(character)
        stand_in = STAND_IN if character != STAND_IN else "?"
        return self._find(stand_in, bold=bold)


def find_faces(folder: Path | None = None) -> Faces:
    """Return the faces of this machine: the program's own, Windows', or free TrueType ones.

    Args:
        folder: where the program's own fonts lie; resources/fonts by default.

    Raises:
        ChineseFontMissing: there is none that can be put into a PDF.
    """
    families = [
        Family(family.regular, family.bold if family.bold and family.bold.path.exists() else None)
        for family in _candidates(resource("fonts") if folder is None else folder)
        if family.regular.path.exists()
    ]
    if not any(_loaded(family.regular) for family in families):
        raise ChineseFontMissing
    return Faces(families)


def _candidates(own: Path) -> Iterator[Family]:
    yield Family(FontFile(own / "NotoSansSC-Regular.ttf"), FontFile(own / "NotoSansSC-Bold.ttf"))
    windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    yield Family(FontFile(windows / "msyh.ttc"), FontFile(windows / "msyhbd.ttc"))
    yield Family(FontFile(windows / "simhei.ttf"))
    yield Family(FontFile(_SHARED / "wqy" / "wqy-microhei.ttc"))
    for folder in ("lxgw-wenkai", "lxgw"):
        yield Family(
            FontFile(_SHARED / folder / "LXGWWenKai-Regular.ttf"),
            FontFile(_SHARED / folder / "LXGWWenKai-Bold.ttf"),
        )


@cache
def _loaded(file: FontFile) -> TTFont | None:
    try:
        font = _Font(f"{file.path.stem}-{file.number}", file.path, subfontIndex=file.number)
    except (TTFError, OSError):
        _log.warning("the font %s cannot be used", file.path.name)
        return None
    pdfmetrics.registerFont(font)
    return font


class _Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font whose characters beyond the BMP can be copied out of the PDF."""

    def addObjects(self, doc) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, N802
        """Write the font into *doc*; the library writes U+20BB7 as <20BB7>, readers want UTF-16."""
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = re.sub(r"<([0-9A-F]{5,6})>", _utf16, stream.content)


def _utf16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"
