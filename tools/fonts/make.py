"""Make resources/fonts/ from Debian's fonts-noto-cjk: Noto Sans SC with TrueType outlines.

The PDF library refuses the package's CFF outlines, so the SC face of each collection is drawn
again with quadratic curves. Kept are GBK, every ideograph of the face (rare characters of names
lie beyond GBK) and the symbols; left out are hangul and the alternates for other regions.
"""

from __future__ import annotations

import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "fonts-noto-cjk"
SOURCES = Path("/usr/share/fonts/opentype/noto")
LICENCE = Path("/usr/share/doc") / PACKAGE / "copyright"
FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
WEIGHTS = ("Regular", "Bold")

_RECIPE = "1"
"""Counted up whenever this module makes other fonts than before."""
_STAMP = "made.txt"
_FACE = "Noto Sans CJK SC"
_TOLD = 5
"""How often it is said how far a weight is; half a minute of one core lies ahead."""
_LARGEST_ERROR = 1.0
"""How far a new curve may lie from the old one, in thousandths of the type size."""
_RANGES = (
    (0x0020, 0x017F), (0x2000, 0x2BFF), (0x3000, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF),
)  # fmt: skip


class PackageMissing(Exception):
    """The Debian package with the sources is not installed."""


def make(folder: Path = FOLDER) -> bool:
    """Write both weights and their licence into *folder*; return whether there was work to do.

    Raises:
        PackageMissing: the fonts are not there yet, and neither are their sources.
    """
    if is_made(folder):
        return False
    sources = {weight: SOURCES / f"NotoSansCJK-{weight}.ttc" for weight in WEIGHTS}
    if not all(path.exists() for path in (*sources.values(), LICENCE)):
        raise PackageMissing
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(len(WEIGHTS), mp_context=get_context("spawn")) as pool:
        for weight, draft in [
            (weight, pool.submit(_draw, source, weight, folder))
            for weight, source in sources.items()
        ]:
            draft.result().replace(font_path(weight, folder))
    shutil.copyfile(LICENCE, folder / "LICENCE.txt")
    (folder / _STAMP).write_text(_RECIPE, encoding="utf-8")
    return True


def is_made(folder: Path = FOLDER) -> bool:
    """Return whether *folder* holds what this module would make."""
    stamp = folder / _STAMP
    return (
        stamp.exists()
        and stamp.read_text(encoding="utf-8") == _RECIPE
        and all(font_path(weight, folder).exists() for weight in WEIGHTS)
    )


def font_path(weight: str, folder: Path = FOLDER) -> Path:
    """Return where the font of *weight* lies."""
    return folder / f"NotoSansSC-{weight}.ttf"


def _draw(source: Path, weight: str, folder: Path) -> Path:
    face = _sc_face(source)
    characters = {code: face.getBestCmap()[code] for code in sorted(_wanted(face))}
    names = [".notdef", *dict.fromkeys(characters.values())]
    outlines = face.getGlyphSet()
    builder = FontBuilder(face["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(characters)
    drawn = {}
    for place, name in enumerate(names):
        drawn[name] = _quadratic(outlines, name)
        if place % (len(names) // _TOLD) == 0:
            print(f"字体 {weight}：{100 * place // len(names)} %", flush=True)
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics({name: face["hmtx"][name] for name in names})
    builder.setupHorizontalHeader(ascent=face["hhea"].ascent, descent=face["hhea"].descent)
    builder.setupPost(keepGlyphNames=False)
    font = builder.font
    font["OS/2"] = face["OS/2"]
    font["name"] = face["name"]
    _name(font, weight)
    font["head"].macStyle = face["head"].macStyle
    font["head"].created = font["head"].modified = face["head"].modified
    font.recalcTimestamp = False
    draft = folder / f"NotoSansSC-{weight}.ttf.new"
    font.save(draft)
    return draft


def _sc_face(source: Path) -> TTFont:
    number = 0
    while True:
        face = TTFont(source, fontNumber=number, lazy=True)
        if face["name"].getDebugName(1) == _FACE:
            return face
        number += 1


def _wanted(face: TTFont) -> set[int]:
    gbk: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            gbk.update(map(ord, bytes((lead, trail)).decode("gbk", errors="ignore")))
    return {
        code
        for code in face.getBestCmap()
        if code in gbk or any(first <= code <= last for first, last in _RANGES)
    }


def _quadratic(outlines: Mapping[str, Any], name: str) -> object:
    pen = TTGlyphPen(None)
    outlines[name].draw(Cu2QuPen(pen, _LARGEST_ERROR, reverse_direction=True))
    return pen.glyph()


def _name(font: TTFont, weight: str) -> None:
    named = {1: "Noto Sans SC", 4: f"Noto Sans SC {weight}", 6: f"NotoSansSC-{weight}"}
    for record in font["name"].names:
        if record.nameID in named:
            record.string = named[record.nameID]


def main() -> int:
    """Make the fonts, say how long it took, and return the exit code."""
    began = time.monotonic()
    try:
        made = make()
    except PackageMissing:
        print(f"缺少字体包 {PACKAGE}，请先安装：sudo apt-get install {PACKAGE}", file=sys.stderr)
        return 1
    print(f"字体已生成，用时 {time.monotonic() - began:.0f} 秒" if made else "字体已经就绪")
    return 0


if __name__ == "__main__":
    sys.exit(main())
