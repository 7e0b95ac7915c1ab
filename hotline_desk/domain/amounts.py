"""Amounts of money as they are typed and said: 33000, 33,000 元, 3.3万, 三万三千, 三万三."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = "零一二三四五六七八九"
_ONES = {sign: worth for worth, sign in enumerate(_DIGITS)} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
_MYRIADS = ((10**8, "亿"), (10_000, "万"), (1, ""))
_LARGEST_YUAN = 10**10
"""Ten thousand million: a slip of the hand, whatever the case."""
_LEAST_YUAN = 100
"""A smaller number counts as money only with its unit: 十一 is mostly people or a month."""

_TYPED = re.compile(
    r"[¥￥]?(?:(?P<figures>\d{1,3}(?:,\d{3})+|\d{1,10})(?P<cents>\.\d{1,4})?(?P<ten>万)?"
    r"|(?P<said>[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿]*))(?P<unit>元|块钱?|圆)?"
)
_ADORNED = re.compile(r"[\s,¥￥]|人民币|RMB", re.IGNORECASE)
_FIGURES = re.compile(
    r"(?P<yuan>-?\d+(?:\.\d+)?)(?P<times>[百千万亿])?(?:元|块钱?|圆)?整?", re.ASCII
)
_SAID = re.compile(
    r"(?P<said>[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿]*)(?P<unit>元|块钱?|圆)?整?"
)
"""As in `_TYPED`, where an amount is asked for: 33,000 元, 人民币300元整, 3千, 50."""
_SHORTENED = re.compile(rf"(?:万[{_DIGITS[1:]}]千|千[{_DIGITS[1:]}]百|百[{_DIGITS[1:]}]十)$")
"""三万三千 is said 三万三 as well."""
_NO_FIGURE_BESIDE = r"(?<!\d)(?<!\d[,.])(?:{})(?![\d百千万亿]|[,.]\d)"
_NO_NUMERAL_BESIDE = (
    r"(?<![\d零一二两三四五六七八九十百千万亿])(?:{})"
    r"(?!零?[一二两三四五六七八九]?[十百千万亿]|[一二两三四五六七八九](?:元|块|$))"
)


class NotAnAmount(ValueError):
    """What was written is no amount of money; the text says why, in the desk's words."""


def typed_fen(text: str, *, times: int = 1) -> int:
    """Return in fen what was written where an amount is asked for: 50, 33,000 元, 3.3万, 三千.

    What `fen` takes for an amount among other words is one here, and means the same.

    Args:
        text: as it was written, space and 全角 signs included.
        times: what figures without 万 are worth in yuan: 10,000 in a column headed 万元.

    Raises:
        NotAnAmount: it is none, one below nothing, or more than any case is about.
    """
    plain = _ADORNED.sub("", unicodedata.normalize("NFKC", text)).replace("〇", "零")
    if figures := _FIGURES.fullmatch(plain):
        worth = _UNITS[figures["times"]] if figures["times"] else times
        return yuan_to_fen(Decimal(figures["yuan"]) * worth)
    found = _SAID.fullmatch(plain)
    yuan = _worth(found["said"]) if found else 0
    is_clear = found and (found["unit"] or times == 1 or yuan >= _LEAST_YUAN)
    if not yuan or not is_clear:
        raise NotAnAmount("看不懂这个金额")
    return yuan * 100


def yuan_to_fen(yuan: Decimal) -> int:
    """Return an amount in fen, to the nearest.

    Raises:
        NotAnAmount: it is below nothing, or more than any case is about.
    """
    if not yuan.is_finite():
        raise NotAnAmount("看不懂这个金额")
    if yuan < 0:
        raise NotAnAmount("金额是负数")
    if yuan >= _LARGEST_YUAN:
        raise NotAnAmount("金额太大")
    return int((yuan * 100).to_integral_value())


def fen(text: str) -> int | None:
    """Return what *text* is worth in fen if it is an amount and nothing else.

    Among words that are looked for, 99 or 三十 are mostly no money: `typed_fen` reads a field.
    """
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).replace("〇", "零"))
    if found is None:
        return None
    if found["figures"]:
        yuan = Decimal(found["figures"].replace(",", "") + (found["cents"] or ""))
        yuan *= 10_000 if found["ten"] else 1
    else:
        yuan = Decimal(_worth(found["said"]))
    enough = yuan > 0 if found["unit"] else yuan >= _LEAST_YUAN
    return yuan_to_fen(yuan) if enough and yuan < _LARGEST_YUAN else None


def writings(fen: int) -> tuple[str, ...]:
    """Return the ways in which an amount is written and said, without its unit."""
    return *_in_figures(fen), *_in_characters(fen)


@cache
def pattern(fen: int) -> str:
    """Return the regular expression that finds an amount, but not as a part of another one."""
    figures, characters = (
        "|".join(map(re.escape, ways)) for ways in (_in_figures(fen), _in_characters(fen))
    )
    found = [_NO_FIGURE_BESIDE.format(figures)]
    if characters:
        found.append(_NO_NUMERAL_BESIDE.format(characters))
    return "|".join(found)


def _in_figures(fen: int) -> tuple[str, ...]:
    yuan, rest = divmod(fen, 100)
    cents = f".{rest:02}" if rest else ""
    ways = {f"{yuan}{cents}", f"{yuan:,}{cents}"}
    if 10_000 <= yuan < 10**8 and fen % 10_000 == 0:
        ways.add(f"{Decimal(fen) / 1_000_000:f}万")
    return tuple(sorted(ways, key=len, reverse=True))


def _in_characters(fen: int) -> tuple[str, ...]:
    return () if fen % 100 or fen < 100 else said(fen // 100)


def _worth(text: str) -> int:
    """Return what a spoken number is worth; 0 if nobody says it so."""
    total = section = digit = last = 0
    for sign in text:
        if sign in _ONES:
            digit, last = _ONES[sign], last if _ONES[sign] else 0
            continue
        unit = _UNITS[sign]
        if unit < 10_000:
            section += (digit or 1) * unit
        else:
            total, section = total + (section + digit) * unit, 0
        digit, last = 0, unit
    worth = total + section + digit * max(1, last // 10)
    return worth if worth < _LARGEST_YUAN and text in said(worth) else 0


@cache
def said(number: int) -> tuple[str, ...]:
    """Return the ways in which people say a whole number, the fullest first: 三万二千, 三万二.

    It is less than a million million; nothing says 0.
    """
    words, rest = "", number
    for size, name in _MYRIADS:
        section, rest = divmod(rest, size)
        if section:
            words += ("零" if words and section < 1000 else "") + _section(section) + name
    words = words.removeprefix("一") if words.startswith("一十") else words
    ways = [words, words[:-1]] if _SHORTENED.search(words) else [words] if words else []
    return tuple(variant for way in ways for variant in _with_either_two(way))


def _section(number: int) -> str:
    """Return a number below 10,000 in characters."""
    words, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return words


def _with_either_two(words: str) -> Iterator[str]:
    """Yield *words* with 二 and with 两 before each of the larger units."""
    parts = re.split("((?<!十)二(?=[百千万亿]))", words)
    either = [("二", "两") if at % 2 else (part,) for at, part in enumerate(parts)]
    return map("".join, product(*either))
