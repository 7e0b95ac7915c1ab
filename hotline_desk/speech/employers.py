"""The employer as a caller names it: 物业公司, 海鲜加工厂, or a full name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from hotline_desk.paths import resource

_BREAK = re.compile(
    r"[，。？！、；：\s]|一家|一个|这家|那家|有家|某家|家(?![政具电装居纺])|进(?!出口)|现在|以前|之前|原来|后来|主持人|律师"
    r"|[区县镇]|[在给到去跟和与是的了从为我们被向找做于让叫替帮他她你您这那个把将说干当着过]|上班|工作(?!室)|打工|应聘|入职|注册"
)
"""Where a name cannot go on to the left."""
_COMMON = re.compile(
    r"^(?:一|本|该|老|大|小|新|原|前|另|每|各|有|个|因为|但是|就|由|整个|全|国家?|总|分|子|母|用人|用工)*$"
)
_WORKED_AT = re.compile(
    r"(?:在|到|去|进|给|为|是)(?:了|一家|一个|这家|某|我们|市里|本地|当地|附近|[一-鿿]{2,3}[区县])*的?$"
)
_WORK_AFTER = re.compile(
    r"(?:里|内|上|那边|这边)?(?:上班|干|工作|打工|做|当|洗|打扫|看大?门|端|收银|卸|装|搬|炒|送|值班|站|实习|任|从事|的(?:员工|职工|工人|老师|护士|厨师|保安|服务员))"
)
_OURS = re.compile(r"(?:我们|咱们|俺们)(?:这个|这家|那个|那家)?$")
_STAFF = re.compile(r"的(?:员工|职工|工人|老师|护士|骑手|服务员)")
_DESCRIBED = re.compile(
    r"(?:一家|一个|家)(?P<what>(?:做|搞|生产|加工|卖|开|跑|修)[^，。我你他的是在]{1,8})的(?P<place>厂子|厂|公司|小厂|作坊|店)"
)
_LONGEST = 16
_DOING = ("干", "做", "当")
"""What follows these is what the caller does, 干保洁, and only then may come the employer."""
_NAME = re.compile(r"[^不没未就都也还很太吗呢吧啊有多少几欠扣发一二两三四五六七八九十0-9]{0,8}")
"""What may stand before the trade: 日照海天, 某, or nothing."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    trades: re.Pattern[str]
    places: re.Pattern[str]
    visited: tuple[str, ...]
    alone: re.Pattern[str]


def employer(text: str) -> str:
    """Return what *text* calls the employer, without 一家 and 我们, or nothing.

    A bare 公司 or 厂里 names nobody. Places one only goes to (医院, 银行) count where the
    text says that somebody works there.
    """
    lexicon = _lexicon()
    if described := _DESCRIBED.search(text):
        return f"{described['what']}的{described['place']}"
    for found in lexicon.places.finditer(text):
        name = _name_before(text, found.start()) + found[0]
        if _COMMON.match(name.removesuffix(found[0])):
            continue
        if name.endswith(lexicon.visited) and not _works_there(
            text, found.end() - len(name), found.end()
        ):
            continue
        return name
    for found in lexicon.alone.finditer(text):
        if found[0].endswith(lexicon.visited) and not _works_there(text, *found.span()):
            continue
        some = "某" if text[: found.start()].endswith("某") else ""
        return some + found[0]
    return ""


def _name_before(text: str, end: int) -> str:
    """Return the characters before *end* that belong to the name of the place there."""
    run, doing = text[max(0, end - _LONGEST) : end], False
    for stop in list(_BREAK.finditer(run))[-1:]:
        run, doing = run[stop.end() :], stop[0] in _DOING
    trades = list(_lexicon().trades.finditer(run))
    if not trades or trades[-1].end() < len(run.removesuffix("工")):
        return ""
    first = trades[-1].start()
    if not doing and len(trades) > 1 and trades[-2].end() == first:
        first = trades[-2].start()
    before = run[:first]
    return run if not doing and _NAME.fullmatch(before) else run[first:]


def _works_there(text: str, start: int, end: int) -> bool:
    worked = _WORKED_AT.search(text[:start]) and _WORK_AFTER.match(text, end)
    return bool(worked or _OURS.search(text[:start]) or _STAFF.match(text, end))


@cache
def _lexicon() -> _Lexicon:
    found = tomllib.loads(resource("glossary/employers.toml").read_text(encoding="utf-8"))
    return _Lexicon(
        trades=re.compile(_either(found["trades"])),
        places=re.compile(_either(found["places"])),
        visited=tuple(found["visited"].split()),
        alone=re.compile(f"(?:{_either(found['alone'])})(?![费卡])"),
    )


def _either(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))
