"""Numbers as people say them in Chinese: where they stand in a text and what they are worth."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS = "零〇一二两三四五六七八九"
NUMERAL = (
    r"(?:[0-9][0-9,]*(?:\.[0-9]+)?[百千万亿]*"
    rf"|[{DIGITS}十][{DIGITS}十百千万亿]*(?:点[{DIGITS}]+[万亿]?)?)"
)
"""A number in characters or figures; it never begins with a unit, so 万一 is not one."""

_NUMERAL = re.compile(NUMERAL)
_ESTIMATE = re.compile(
    rf"[{DIGITS[2:]}]{{2}}[十百千万亿]|十[{DIGITS[2:]}]{{2}}|[百千万][{DIGITS[2:]}]{{2}}$"
)
"""三四千, 十七八: a range, worth no number."""
_TRAILING_ONE = re.compile(rf"[百千万][{DIGITS}]?一$")
_WORD_WITH_ONE = re.compile(r"[个共直起样定下些家年般天次月点切律旦边趟位名小]")
"""After 三千 the 一 of 一个月 or 一共 belongs to the next word."""
_MONEY_UNIT = re.compile(
    rf"(?P<about>多|来|余|出头)?(?P<unit>万)?(?:元钱|元|块钱|块|圆|人民币)"
    rf"(?:(?P<jiao>[0-9{DIGITS}])(?:毛|角)(?:(?P<fen>[0-9{DIGITS}])分)?"
    rf"|零?(?P<bare>[0-9{DIGITS[2:]}])(?=$|钱|一个?小时|一天|每|的|左右|[，。、,]))?"
)
_SMALL_UNIT = re.compile(r"(?:毛|角)钱?")
_COUNTED = re.compile(
    r"(?:多|来|余|几)?(?:个|人|名|位|口|天|年|月|日|号|周|小时|点|分|秒|岁|家|户|条|件|次|公里|里|米|平|吨|斤"
    r"|克|公斤|度|页|部|辆|台|只|头|届|期|层|楼|倍|股|章|款|项|级|班|型|路|栋|单元|室|线|公分|厘米|毫米)"
)
_MONEY_BEFORE = re.compile(
    r"工资|底薪|月薪|年薪|时薪|日薪|薪水|欠|赔|补|扣|罚|借|押金|押了|奖|费|提成|工钱|挣|拿|到手|一个月|每个?月"
    r"|月月|每天|一天|一年|每人|人均|一人|一共|总共|共计|合计|加起来|总计|才给|只给|给了|给我|发了|只发|才发"
    r"|交了|花了|垫|付了|支付|要求|涨到|降到|变成|少了|少发|多少|[¥￥]|保底|缴了|报销|数是|标准是|金额|收了|差|掏|自费|垫|款|少拿|多给"
)
_MONEY_AFTER = re.compile(r"的?(?:工资|赔偿|补偿|罚款|押金|欠款|奖金)|一个月|一天|一小时|左右工资")
_REACH = 8
"""How many characters before a bare number may hold the word that makes it money."""
_LARGEST_YUAN = 10**9


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in a text."""

    start: int
    end: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of money in a text, its unit included."""

    start: int
    end: int
    fen: int


def value(text: str) -> Decimal | None:
    """Return what a numeral is worth, or None for an estimate or what is no number.

    三万三 is 33,000 and 一百五 is 150, as people say it.
    """
    if _ESTIMATE.search(text):
        return None
    plain = text.replace(",", "").replace("〇", "零")
    times = Decimal(1)
    if "点" in plain and plain[-1] in "万亿":
        times = Decimal(10_000 if plain[-1] == "万" else 10**8)
        plain = plain[:-1]
    try:
        # the window opens without it: cn2an takes a tenth of a second to load
        found = importlib.import_module("cn2an").cn2an(plain, "smart")
    except (ValueError, LookupError):  # it stumbles over 十十一 with a KeyError
        return None
    return Decimal(str(found)) * times


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of *text* from left to right, estimates left out."""
    for start, end in spans(text):
        worth = value(text[start:end])
        if worth is not None:
            yield Numeral(start, end, worth)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numerals stand in *text*, estimates included."""
    for found in _NUMERAL.finditer(text):
        start, end = found.span()
        if _TRAILING_ONE.search(text[start:end]) and _WORD_WITH_ONE.match(text, end):
            end -= 1
        yield start, end


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts of money said in *text*, in their order.

    A number counts as money by its unit (元, 块, 毛), or, bare, when it is at least a hundred,
    counts nothing else, and words about pay stand beside it.
    """
    last = 0
    for number in numerals(text):
        if number.start < last or text[max(0, number.start - 1) : number.start] in (
            "第",
            "几",
            "好",
        ):
            continue
        amount = _with_unit(text, number) or _bare(text, number)
        if amount is not None and 0 < amount.fen <= _LARGEST_YUAN * 100:
            last = amount.end
            yield amount


def _with_unit(text: str, number: Numeral) -> Amount | None:
    unit = _MONEY_UNIT.match(text, number.end)
    if unit is None:
        small = _SMALL_UNIT.match(text, number.end)
        return Amount(number.start, small.end(), int(number.value * 10)) if small else None
    yuan = number.value * (10_000 if unit["unit"] else 1)
    jiao = _digit(unit["jiao"] or unit["bare"])
    return Amount(number.start, unit.end(), int(yuan * 100) + jiao * 10 + _digit(unit["fen"]))


def _bare(text: str, number: Numeral) -> Amount | None:
    if number.value < 100 or _COUNTED.match(text, number.end) or is_read_out(text, number):
        return None
    before = _MONEY_BEFORE.search(text, max(0, number.start - _REACH), number.start)
    if not before and not _MONEY_AFTER.match(text, number.end):
        return None
    return Amount(number.start, number.end, int(number.value * 100))


def is_read_out(text: str, number: Numeral) -> bool:
    """Return whether *number* is said digit by digit, as telephone numbers and years are."""
    said = text[number.start : number.end]
    return len(said) > 1 and all(digit in DIGITS for digit in said)


def _digit(text: str | None) -> int:
    worth = value(text) if text else None
    return int(worth) if worth is not None else 0
