"""Employers' names compared: whether two that are written differently are likely the same unit."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Likeness(StrEnum):
    """Whether two names mean one unit."""

    NO = "否"
    MAYBE = "可能"
    SAME = "是"


_NOT_THE_NAME = re.compile(r"[\s\W_]+")
_FORMS = "股份有限公司|有限责任公司|股份公司|有限公司|总公司|集团公司|公司"
_ENDING = re.compile(rf"(?:{_FORMS})$")
_REGION = re.compile(r"^(?:中国)?(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?")
_NAMED_REGION = re.compile(r"^(?:山东|日照|青岛|济南|潍坊|临沂|烟台)+")
"""Regions of the neighbourhood that are written without 省 and 市 as well."""
_SHORTER = {
    "人力资源服务": "人力", "人力资源": "人力", "物业管理": "物业", "物业服务": "物业",
    "房地产开发": "地产", "房地产": "地产", "建筑工程": "建筑", "建设工程": "建设",
    "劳务派遣": "劳务", "餐饮管理": "餐饮", "保安服务": "保安", "家政服务": "家政",
    "第一": "一", "第二": "二", "第三": "三", "集团": "", "分公司": "",
}  # fmt: skip
"""What is left out or shortened when people say a name."""
_TRADES = re.compile(
    "(?:物业|保洁|环卫|保安|家政|建筑|建设|建材|装饰|劳务|人力|餐饮|物流|运输|快递|配送|电子|机械|汽车"
    "|服装|纺织|食品|化工|医药|钢铁|港务|水产|造船|家具|造纸|印刷|塑料|电力|能源|地产|置业|网络|科技"
    "|传媒|广告|教育|培训|旅游|商贸|贸易|农业|园林|工程|酒店|宾馆|医院|学校|超市|商场|银行|服务|管理"
    "|公司|企业|工厂|厂|店)+"
)
"""What many units are: such words alone tell none of them from another."""
_FEWEST = 2
"""With fewer characters of its own a name says too little to be found in another."""
_FEWEST_SHORTENED = 3
"""An abbreviation takes at least so many characters of the long name, in their order."""


def likeness(one: str, other: str) -> Likeness:
    """Return whether two employers' names mean one unit.

    Width, spaces, brackets and the legal form make no difference; without them equal is 是. Where
    one name, or an abbreviation taken from it, lies within the other, it is 可能: a person decides.
    """
    first, second = _plain(one), _plain(other)
    if not first or not second:
        return Likeness.NO
    if first == second or _formless(first) == _formless(second):
        return Likeness.SAME
    said = (_formless(first), _formless(second)), (_own(first), _own(second))
    return Likeness.MAYBE if any(_within(*pair) for pair in said) else Likeness.NO


def common_name(name: str) -> str:
    """Return what all names that mean the same unit for sure have in common; empty for none."""
    return _formless(_plain(name))


def _plain(name: str) -> str:
    return _NOT_THE_NAME.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _formless(name: str) -> str:
    return _ENDING.sub("", name) or name


def _own(name: str) -> str:
    """Return what tells the unit from others: without region, legal form and common words."""
    own = _formless(name)
    for long, short in _SHORTER.items():
        own = own.replace(long, short)
    without = _NAMED_REGION.sub("", _REGION.sub("", own))
    return without if len(without) >= _FEWEST else own


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    tells = len(short) >= _FEWEST and not _TRADES.fullmatch(short)
    return tells and (short in long or _abbreviates(short, long))


def _abbreviates(short: str, long: str) -> bool:
    """Return whether *short* is made of characters of *long* in their order: 中石化."""
    if len(short) < _FEWEST_SHORTENED or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(sign in rest for sign in short)
