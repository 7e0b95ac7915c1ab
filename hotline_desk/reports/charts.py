"""Bars: how often each category was asked about, in the episode and since the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.reports import tokens
from hotline_desk.reports.text import Block, Colour, Style, Typesetter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.statistics import CategoryShare

_LABELS = 112.0
_VALUES = 78.0
_ROW, _BAR, _BAR_GAP = 27.0, 8.5, 2.5
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
            label = self._setter.text(row.category.value, _LABEL)
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
