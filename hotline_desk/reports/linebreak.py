"""Where lines of Chinese text may break, and where they do.

The PDF library's own splitter knows Japanese rules only: it begins lines with ， and ends them
on “. Here the rules are those of Chinese setting, for text of one face or of several alike: all
that is asked of the faces is the width of each character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER_FIRST = frozenset("，。！？：；、．”’）》】〉」』〕］｝…—–～·％‰℃°,.!?:;)]}%")
"""What no line begins with."""
NEVER_LAST = frozenset("“‘（《【〈「『〔［｛￥([{¥$№#")
"""What no line ends on."""
CLOSING = frozenset("，。！？：；、．”’）》】〉」』〕］｝")
"""Full-width signs with their ink on the left; at a line's end they are half as wide."""
OPENING = frozenset("“‘（《【〈「『〔［｛")
"""Full-width signs with their ink on the right; at a line's start they are half as wide."""

_UNITS = (
    "万元|亿元|千元|元|万|亿|个月|个工作日|个|人|名|岁|天|日|年|月|小时|分钟|分|秒|点|号|条|款|项|期|件|次|周|倍"
    "|%|％|‰|℃"
)
_UNBROKEN = re.compile(
    rf"[￥¥$]?\d[\d,.:]*(?:[-–~～]\d[\d,.:]*)*(?: ?(?:{_UNITS}))?(?![A-Za-z0-9])"
    r"|第[一二三四五六七八九十百零〇\d]{1,5}[条款项期章节次届]"
    r"|[A-Za-z0-9](?:[A-Za-z0-9*_\-./@+&'’]*[A-Za-z0-9*])?"
)
"""Numbers with their unit, articles of law, Latin words, numbers of the ledger."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the characters from *start* to *end* of the text."""

    start: int
    end: int
    """Behind its last character; the spaces that the break swallows belong to the line."""
    shown: int
    """Behind its last character that is drawn."""
    width: float
    """Of the ink, in points: without the empty half of a sign at either end."""
    ends_paragraph: bool


def break_lines(text: str, widths: Sequence[float], limit: float) -> list[Line]:
    """Return the lines of *text*, which hold all of it but its line feeds.

    Args:
        text: a line feed in it ends a paragraph.
        widths: of each character, in points.
        limit: the width of a line, in points.
    """
    breaker = _Breaker(text, widths, limit)
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        stop = start + len(paragraph)
        lines += breaker.lines(start, stop)
        start = stop + 1
    return lines


def stretchable(text: str) -> list[int]:
    """Return the places of *text*, one line, behind whose character space may be put."""
    inside_word = _inside_words(text)
    return [place - 1 for place in range(1, len(text)) if not inside_word[place]]


def squeezed(text: str) -> set[int]:
    """Return the places of signs that lose an empty half to the sign behind them: 。” and （《."""
    return {
        place
        for place, (sign, behind) in enumerate(pairwise(text))
        if (sign in CLOSING and behind in CLOSING | OPENING)
        or (sign in OPENING and behind in OPENING)
    }


def _inside_words(text: str) -> list[bool]:
    """Return for each place of *text* whether it lies inside a word that is kept whole."""
    inside = [False] * (len(text) + 1)
    for word in _UNBROKEN.finditer(text):
        for place in range(word.start() + 1, word.end()):
            inside[place] = True
    return inside


class _Breaker:
    def __init__(self, text: str, widths: Sequence[float], limit: float) -> None:
        self._text = text
        self._widths = widths
        tight = squeezed(text)
        self._reach = list(
            accumulate(
                (width / 2 if place in tight else width for place, width in enumerate(widths)),
                initial=0.0,
            )
        )
        self._limit = limit
        self._inside_word = _inside_words(text)

    def lines(self, start: int, stop: int) -> list[Line]:
        """Return the lines of the paragraph from *start* to *stop*."""
        found = []
        while True:
            end = self._end(start, stop)
            shown = end
            while shown > start and self._text[shown - 1] == " ":
                shown -= 1
            found.append(Line(start, end, shown, self._width(start, shown), end == stop))
            if end == stop:
                return found
            start = end

    def _end(self, start: int, stop: int) -> int:
        """Return the last place that fits and is allowed for the line that begins at *start*.

        A word wider than a line is broken; where no rule leaves a place, a full line is.
        """
        full = min(start + 1, stop)
        while full < stop and self._fits(start, full + 1):
            full += 1
        if full == stop:
            return stop
        for words in (True, False):
            for end in range(full, start, -1):
                if self._allowed(end, words=words):
                    return end
        return full

    def _allowed(self, place: int, *, words: bool) -> bool:
        before, after = self._last_sign(place), self._text[place]
        if after == " " or after in NEVER_FIRST or before in NEVER_LAST:
            return False
        return not (words and self._inside_word[place])

    def _last_sign(self, place: int) -> str:
        while place and self._text[place - 1] == " ":
            place -= 1
        return self._text[place - 1] if place else ""

    def _fits(self, start: int, end: int) -> bool:
        return self._text[end - 1] == " " or self._width(start, end) <= self._limit + 1e-6

    def _width(self, start: int, end: int) -> float:
        if end == start:
            return 0.0
        last = self._widths[end - 1]
        width = self._reach[end - 1] - self._reach[start] + last
        if self._text[end - 1] in CLOSING:
            width -= last / 2
        if self._text[start] in OPENING:
            width -= self._widths[start] / 2
        return width
