"""Text on the page: runs of several weights and colours, set by Chinese rules."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from hotline_desk.reports import tokens
from hotline_desk.reports.fonts import Sign
from hotline_desk.reports.linebreak import OPENING, Line, break_lines, squeezed, stretchable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.reports.fonts import Faces

Colour = Any
"""The PDF library's, which has no types."""

_LINE_FEED = Sign("\n", "", 0.0)
_WIDEST_GAP = 0.09
"""In parts of the type size: from a tenth on, readers take the gap for a space between words."""
_BASELINE = 0.88
"""How far below the top of the type its baseline lies, in parts of the type size."""
_FEWEST_LINES = 2
"""On either side of a page break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a text is set; lengths in points."""

    size: float = tokens.BODY
    colour: Colour = tokens.TEXT
    bold: bool = False
    justified: bool = False
    right: bool = False
    """Whether lines stand at the right edge."""
    indent: float = 0.0
    """Of every line, behind the label."""
    line_height: float = tokens.LINE_HEIGHT
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight and colour; what is None comes from the style."""

    text: str
    bold: bool | None = None
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class _Set:
    """A character in its place: how it is printed, and its colour."""

    sign: Sign
    colour: Colour


class Block(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A piece of the page with space around it."""

    def __init__(self, *, before: float = 0.0, after: float = 0.0) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = before, after


class Typesetter:
    """Makes texts out of words, each character in the face that has it."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces

    def text(self, runs: str | Sequence[Run], style: Style, *, label: Text | None = None) -> Text:
        """Return a paragraph of *runs*, or several with line feeds between."""
        return Text(
            [
                _Set(self._sign(character, run, style), run.colour or style.colour)
                for run in ([Run(runs)] if isinstance(runs, str) else runs)
                for character in _printable(run.text)
            ],
            style,
            label=label,
        )

    def _sign(self, character: str, run: Run, style: Style) -> Sign:
        if character == "\n":
            return _LINE_FEED
        return self._faces.sign(character, bold=style.bold if run.bold is None else run.bold)


class Text(Block):
    """Characters set in lines, with a label hanging at their left."""

    def __init__(
        self,
        characters: Sequence[_Set],
        style: Style,
        *,
        label: Text | None = None,
        runs_on: bool = False,
    ) -> None:
        super().__init__(before=style.before, after=style.after)
        self._characters = characters
        self._style = style
        self._label = label
        self._leading = style.size * style.line_height
        self.baseline = (self._leading - style.size) / 2 + style.size * _BASELINE
        """Of the first line, below the top."""
        self._lines: list[Line] = []
        self._runs_on = runs_on
        """Whether its last line goes on on the next page."""

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(character.sign.character for character in self._characters)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the text for *width*; return the size in points."""
        size = self._style.size
        self.width = width
        self._lines = break_lines(
            self.text,
            [character.sign.width * size for character in self._characters],
            width - self._style.indent,
        )
        self.height = self._leading * len(self._lines)
        return width, self.height

    def split(self, width: float, height: float) -> list[Text]:
        """Return the part that fits into *height* and the rest, or nothing if too little fits."""
        self.wrap(width, height)
        fitting = min(int(height / self._leading), len(self._lines) - _FEWEST_LINES)
        if fitting < _FEWEST_LINES:
            return []
        runs_on = not self._lines[fitting - 1].ends_paragraph
        first = self._part(0, fitting, label=self._label, runs_on=runs_on)
        rest = self._part(fitting, len(self._lines), label=None, runs_on=self._runs_on)
        first.spaceBefore, rest.spaceAfter = self.spaceBefore, self.spaceAfter
        first.spaceAfter = rest.spaceBefore = 0.0
        return [first, rest]

    def draw(self) -> None:
        """Draw the lines, top down."""
        if self._label is not None:
            label = self._label
            label.wrap(self._style.indent, 0)
            top = self.height - self.baseline + label.baseline
            label.drawOn(self.canv, 0, top - label.height)
        drawn = self.canv.beginText()
        for number, line in enumerate(self._lines):
            last = number == len(self._lines) - 1
            self._draw_line(
                drawn,
                line,
                self.height - number * self._leading - self.baseline,
                fill=self._style.justified
                and (not line.ends_paragraph or (last and self._runs_on)),
            )
        self.canv.drawText(drawn)

    def _part(self, first: int, behind: int, *, label: Text | None, runs_on: bool) -> Text:
        start, end = self._lines[first].start, self._lines[behind - 1].end
        return Text(self._characters[start:end], self._style, label=label, runs_on=runs_on)

    def _draw_line(self, drawn: Any, line: Line, y: float, *, fill: bool) -> None:  # noqa: ANN401  no types
        text = self.text[line.start : line.shown]
        shown = self._characters[line.start : line.shown]
        slack = max(0.0, self.width - self._style.indent - line.width)
        x = self._style.indent + (slack if self._style.right else 0.0)
        if text[:1] in OPENING:
            x -= shown[0].sign.width * self._style.size / 2
        space_behind = self._spaces(text, slack if fill else 0.0)
        drawn.setTextOrigin(x, y)
        for (font, colour, space), group in groupby(
            zip(shown, space_behind, strict=True),
            lambda at: (at[0].sign.font, at[0].colour, at[1]),
        ):
            drawn.setFont(font, self._style.size)
            drawn.setFillColor(colour)
            drawn.setCharSpace(space)
            drawn.textOut("".join(character.sign.character for character, _ in group))
        drawn.setCharSpace(0)

    def _spaces(self, text: str, slack: float) -> list[float]:
        """Return the space behind each character: what fills the line, less what is squeezed."""
        spaces = [0.0] * len(text)
        places = stretchable(text) if slack else []
        for place in places:
            spaces[place] = min(slack / len(places), _WIDEST_GAP * self._style.size)
        for place in squeezed(text):
            spaces[place] -= self._style.size / 2
        return spaces


def _printable(text: str) -> str:
    """Return *text* without what has no shape: controls, joiners, variation selectors."""
    return "".join(
        " " if character == "\t" else character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t"
        or not (
            unicodedata.category(character) in {"Cc", "Cf"} or "\ufe00" <= character <= "\ufe0f"
        )
    )
