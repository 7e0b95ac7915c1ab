"""Spoken numbers written in figures: amounts, counts, days, shares, articles, telephone numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline_desk.domain.times import money_text
from hotline_desk.speech.numerals import DIGITS, NUMERAL, amounts, numerals, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SINGLE = DIGITS.replace("两", "")
_READ_OUT = re.compile(rf"[{_SINGLE}幺]{{5,}}|幺[{_SINGLE}幺]{{2,}}")
_PER_CENT = re.compile(rf"百分之({NUMERAL})")
_YEAR = re.compile(rf"([{DIGITS}]{{4}}|[{DIGITS[:6]}][{DIGITS}])年")
_DAY = re.compile(rf"({NUMERAL})月(?:份)?(?:({NUMERAL})(日|号))?")
_ARTICLE = re.compile(rf"第({NUMERAL})(条|款|项|期|届|章)")
_COUNTER = re.compile(
    r"个半?多?(?:人|月|小时|工作日|工友|同事|工人|职工|员工|保洁|星期)"
    r"|个|名|人|天|年|小时|分钟|岁|公里|次|家|户|位|工友|号|元"
)
_SMALLEST_COUNT = 10
"""Below ten, characters read better: 两个月 stays, 十一个人 becomes 11 个人."""
_NO_SPACE_BESIDE = "，。？！、；： "


def figures(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and figures for the numbers of *text*, the longer meaning first.

    They may overlap; who lays them out keeps the first. Estimates and small counts stay words.
    """
    for pattern, written in _PATTERNS:
        for found in pattern.finditer(text):
            if figure := written(found):
                yield _spaced(text, *found.span(), figure)
    for amount in amounts(text):
        said = text[amount.start : amount.end]
        if re.search("[元块]", said) and not re.search("[多来余]", said):
            yield _spaced(text, amount.start, amount.end, money_text(amount.fen))
    for number in numerals(text):
        ordinal = text[: number.start].endswith("第")
        if number.value >= _SMALLEST_COUNT and not ordinal and _COUNTER.match(text, number.end):
            yield _spaced(text, number.start, number.end, f"{number.value:,f}")


def _spaced(text: str, start: int, end: int, figure: str) -> tuple[int, int, str]:
    """Set figures off from the Chinese characters beside them by a space."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    left = " " if before and before not in _NO_SPACE_BESIDE and figure[0].isdigit() else ""
    right = " " if after and after not in _NO_SPACE_BESIDE and figure[-1] in "0123456789%" else ""
    return start, end, f"{left}{figure}{right}"


def _digits(said: str) -> str:
    plain = said.replace("幺", "一").replace("〇", "零").replace("两", "二")
    return "".join(str("零一二三四五六七八九".index(digit)) for digit in plain)


def _share(found: re.Match[str]) -> str:
    share = value(found[1])
    return "" if share is None else f"{share:f}%"


def _day(found: re.Match[str]) -> str:
    month, day = value(found[1]), value(found[2]) if found[2] else None
    if month is None or not 1 <= month <= 12:
        return ""
    if found[2] is None:
        return f"{month:f} {'月份' if found[0].endswith('份') else '月'}"
    return f"{month:f} 月 {day:f} {found[3]}" if day is not None and 1 <= day <= 31 else ""


def _article(found: re.Match[str]) -> str:
    number = value(found[1])
    return "" if number is None else f"第 {number:f} {found[2]}"


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_READ_OUT, lambda found: _digits(found[0])),
    (_PER_CENT, _share),
    (_YEAR, lambda found: f"{_digits(found[1])} 年"),
    (_DAY, _day),
    (_ARTICLE, _article),
)
