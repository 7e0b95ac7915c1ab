"""Who speaks and for how many: surname, district and number of workers in a caller's words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

from hotline_desk.domain.surnames import surnames
from hotline_desk.paths import resource
from hotline_desk.speech.numerals import NUMERAL, value

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORKER = (
    r"(?:工友|同事|职工|员工|工人|农民工|民工|保洁员?|保安员?|服务员|老乡|姐妹|兄弟|伙伴|伙计|师傅|司机|骑手"
    r"|快递员|外卖员|配送员|护工|护士|老师|厨师|女工|男工|临时工|学徒|徒弟|实习生|保姆|业务员|收银员|营业员|理货员"
    r"|[焊电瓦木钢力水]工|装卸工|缝纫工|操作工|清洁工|环卫工|技术员|管理员|工作人员|大[姐哥嫂叔妈]|朋友|亲戚|人)"
)
_COUNT = (
    rf"(?P<count>{NUMERAL})(?:多|来|余)?"
    rf"(?:(?:个|名|位)[^，。的都也没被个是在]{{0,3}}{_WORKER}|名|位|个人|号人|人|口子)"
)
_LINK = r"[^，。也都没不被]{0,8}?"
_RELATIVE = re.compile(r"(?:妹妹|弟弟|姐姐|哥哥|老公|丈夫|媳妇|妻子|对象|爱人|儿子|女儿|父亲|母亲)")
_ONLY_ONE = re.compile(r"另|其他|其余|还有")
_CLAIM = (
    r"(?:都|全|也|没|未|不给|被|一共|总共|的?工资|受伤|一起|合伙|联名|集体|加起来|合计|各|每人)"
)

_COUNTS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), others)
    for pattern, others in (
        (
            rf"(?:连我|连同我|包括我|加上我|算上我|带我)(?:自己)?(?:在内)?(?:一起|一共|总共|共)?(?:有)?{_COUNT}",
            0,
        ),
        (rf"{_COUNT}，?(?:连我|包括我|加上我|算上我|带我)", 0),
        (
            rf"(?:我|本人|俺|自己)(?:和|跟|与|还有|同|以及|连同|及|带着|替|帮)(?P<link>{_LINK}){_COUNT}",
            1,
        ),
        (rf"(?:和|跟|带着?)(?P<link>){_COUNT}(?=一共|总共|共|都|也|一起)", 1),
        (rf"除了?我(?:以外|之外|自己)?，?(?P<link>还有{_LINK}){_COUNT}", 1),
        (rf"(?P<link>(?:还|另外|另)有{_LINK}){_COUNT}(?=也|都|跟我|和我|同样|一样|的?工资|没)", 1),
        (
            rf"(?:我们|咱们|俺们|大家|大伙)(?:[^，。我你他个]{{0,8}}?(?:一共|总共|共|有|是)?){_COUNT}",
            0,
        ),
        (
            rf"(?:我们|咱们)(?P<count>{NUMERAL})(?:个|名|位)[^，。月班组店厂人车小星部]{{0,3}}"
            r"(?=都|全|没|被|也)",
            0,
        ),
        (rf"(?:欠|拖欠|辞退|裁|开除|解雇|代表|涉及|牵扯到?)(?:了|着|我们|到)?{_COUNT}", 0),
        (rf"{_COUNT}(?={_CLAIM})", 0),
    )
)
"""In the order in which they are believed, with how many to add: the caller."""
_TWO_OF_US = re.compile(
    r"我们?(?:夫妻|两口子|姐妹|兄弟|父子|母女)?俩|我们两(?:个(?!月|多月|星期|礼拜|半)|口子)|我们夫妻两|我们仨"
)
_STAFF = re.compile(
    r"(?:公司|厂里|单位|店里|厂|工地|食堂|车间)(?:里|上)?(?:总共|一共|现在|大概|目前|就|只|才)*有$"
)
_MOST_WORKERS = 100_000

_INTRODUCED = re.compile(
    r"(?:免贵姓|我姓|本人姓|我是姓|我的姓是|(?:^|你好|您好|主持人|[，。])姓)(?P<family>..?)"
    r"|(?:我叫|我的名字叫|我名叫|本人叫|我是叫)(?P<named>..?)"
    r"|(?:叫我|我是)[小老](?P<small>.)(?:就|吧|$|，|。|啊|呀)"
    r"|我是(?P<titled>.)(?:师傅|女士|先生|大姐)"
)


def people(text: str) -> int | None:
    """Return how many workers *text* says it concerns, the caller included; None if unsaid.

    我和十个工友 is eleven, 我们十一个保洁员 is eleven too. 二十多个人 gives the number said.
    """
    for pattern, others in _COUNTS:
        for found in pattern.finditer(text):
            number = _counted(found["count"])
            if number is None or _STAFF.search(text[: found.start("count")]):
                continue
            if others and number == 1 and not _ONLY_ONE.search(found["link"]):
                continue
            if others:
                number = _with_caller(number, found["link"])
            if number > 1:
                return number
    ours = _TWO_OF_US.search(text)
    if ours is None:
        return None
    return 3 if ours[0].endswith("仨") else 2


def surname(text: str) -> str:
    """Return the surname by which the caller introduces himself, or nothing."""
    single, double = surnames()
    for found in _INTRODUCED.finditer(text):
        said = next(part for part in found.groups() if part)
        if said in double:
            return said
        if said[0] in single:
            return said[0]
    return ""


def district(text: str) -> str:
    """Return the first district of the city named in *text*, as it is written, or nothing."""
    known = _districts()
    found = re.search("|".join(sorted(known, key=len, reverse=True)), text)
    return known[found[0]] if found else ""


def _with_caller(number: int, link: str) -> int:
    """Return how many they are with the caller, who has named *number* after the words *link*.

    我和两个工友 are three, 我和妻子两个人 are two, 我和妹妹还有三个老乡 are five.
    """
    named = len(_RELATIVE.findall(link))
    if _ONLY_ONE.search(link):
        return number + 1 + named
    is_name = bool(link) and len(link) <= 3 and not link.endswith(("的", "里", "上", "们"))
    return number if named or (number == 2 and is_name) else number + 1


def _counted(said: str) -> int | None:
    worth = value(said)
    if worth is None or worth != int(worth) or not 0 < worth < _MOST_WORKERS:
        return None
    return int(worth)


@cache
def _districts() -> Mapping[str, str]:
    found = tomllib.loads(resource("glossary/districts.toml").read_text(encoding="utf-8"))
    known: dict[str, str] = found["districts"]
    return known
