"""Bars: how often each category was asked about, in the episode and since the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.reports import tokens
from hotline_desk.reports.text import Block, Colour, Style, Typesetter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.statistics.episode_figures import CategoryShare

_LABELS = 112.0
_VALUES = 78.0
_ROW, _BAR, _BAR_GAP = 27.0, 8.5, 2.5
_NAMES, _SINGLE = 132.0, 18.0
"""The names' width and the rows' height where a row has one bar."""
_LABEL = Style()
_VALUE = Style(size=tokens.META, line_height=_BAR / tokens.META)
_QUIET_VALUE = Style(size=tokens.META, line_height=_BAR / tokens.META, colour=tokens.QUIET)


class CategoryBars(Block):
    """One row a category: the episode's share above, the share of all questions below it."""

    def __init__(self, shares: Sequence[CategoryShare], setter: Typesetter) -> None:
        super().__init__()
        self._shares = shares
        self._setter = setter

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width, and a row for each category."""
        self.width, self.height = width, _ROW * len(self._shares)
        return width, self.height

    def draw(self) -> None:
        """Draw the rows, and the line that the bars stand on."""
        longest = max(max(row.share, row.total_share) for row in self._shares) or 1.0
        scale = (self.width - _LABELS - _VALUES) / longest
        for number, row in enumerate(self._shares):
            top = self.height - number * _ROW
            label = self._setter.text(row.heading, _LABEL)
            label.wrapOn(self.canv, _LABELS, 0)
            label.drawOn(self.canv, 0, top - _ROW / 2 - label.height / 2)
            upper = top - (_ROW - 2 * _BAR - _BAR_GAP) / 2 - _BAR
            self._bar(upper, row.share * scale, tokens.ACCENT)
            self._value(upper, row.share * scale, _said(row.count, row.share), _VALUE)
            lower = upper - _BAR_GAP - _BAR
            self._bar(lower, row.total_share * scale, tokens.SINCE_START)
            self._value(
                lower, row.total_share * scale, _said(row.total, row.total_share), _QUIET_VALUE
            )
        self.canv.setStrokeColor(tokens.LINE)
        self.canv.setLineWidth(tokens.HAIRLINE)
        self.canv.line(_LABELS, 0, _LABELS, self.height)

    def _bar(self, y: float, length: float, colour: Colour) -> None:
        self.canv.setFillColor(colour)
        self.canv.rect(_LABELS, y, length, _BAR, stroke=0, fill=1)

    def _value(self, y: float, length: float, words: str, style: Style) -> None:
        text = self._setter.text(words, style)
        text.wrapOn(self.canv, _VALUES, 0)
        text.drawOn(self.canv, _LABELS + length + tokens.S2, y)


def _said(count: int, share: float) -> str:
    return f"{count} 条（{share:.1%}）" if count else "0 条"


class FigureBars(Block):
    """One row a bar: its name, the bar, and the value as it is read; goes on on the next page."""

    def __init__(self, bars: Sequence[tuple[str, float, str]], setter: Typesetter) -> None:
        """Take the *bars*: name, value and the value's words of each."""
        super().__init__()
        self._bars = bars
        self._setter = setter
        self._longest = max((value for _, value, _ in bars), default=0.0) or 1.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width, and a row for each bar."""
        self.width, self.height = width, _SINGLE * len(self._bars)
        return width, self.height

    def split(self, _width: float, height: float) -> list[FigureBars]:
        """Return the rows that fit into *height*, and the rest."""
        fitting = int(height / _SINGLE)
        if fitting < 1 or fitting >= len(self._bars):
            return []
        parts = [FigureBars(self._bars[:fitting], self._setter),
                 FigureBars(self._bars[fitting:], self._setter)]  # fmt: skip
        for part in parts:
            part._longest = self._longest  # noqa: SLF001  one scale for one chart
        return parts

    def draw(self) -> None:
        """Draw the rows, and the line that the bars stand on."""
        scale = (self.width - _NAMES - _VALUES) / self._longest
        for number, (name, value, words) in enumerate(self._bars):
            middle = self.height - number * _SINGLE - _SINGLE / 2
            label = self._setter.text(name, _LABEL)
            label.wrapOn(self.canv, _NAMES, 0)
            label.drawOn(self.canv, 0, middle - label.height / 2)
            length = max(0.0, value) * scale
            self.canv.setFillColor(tokens.ACCENT)
            self.canv.rect(_NAMES, middle - _BAR / 2, length, _BAR, stroke=0, fill=1)
            said = self._setter.text(words, _VALUE)
            said.wrapOn(self.canv, _VALUES, 0)
            said.drawOn(self.canv, _NAMES + length + tokens.S2, middle - said.height / 2)
        self.canv.setStrokeColor(tokens.LINE)
        self.canv.setLineWidth(tokens.HAIRLINE)
        self.canv.line(_NAMES, 0, _NAMES, self.height)
