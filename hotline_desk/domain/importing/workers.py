"""Workers of a case in one cell, parted by blanks: several where that is plain, told where not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.domain.surnames import surnames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hotline_desk.domain.casework.cases import Party
    from hotline_desk.domain.importing.rows import Row

_CHINESE = re.compile(r"[\u3400-\u9fff·]+")


def parted(row: Row, field: str, parties: Iterable[Party]) -> Iterator[Party]:
    """Yield *parties*, those of several names by themselves; each decision is told of the row."""
    for party in parties:
        names = several_names(party.name)
        if names and party.claimed_fen is None and not party.represents:
            words = f"空格隔开的按 {len(names)} 位记：{'、'.join(names)}；是一位的，去掉空格再导入"
            row.say(field, words[:80], blocks=False)
            yield from (replace(party, name=name) for name in names)
        else:
            tell_of_blanks(row, field, party.name)
            yield party


def tell_of_blanks(row: Row, field: str, name: str) -> None:
    """Tell of a name with blanks that may be several: 艾则孜 麦麦提江."""
    if several_names(name) or _may_be_several(name):
        words = f"有空格，按一位记：{name[:24]}；是几位的，分开写（用顿号）再导入"
        row.say(field, words, blocks=False)


def several_names(name: str) -> tuple[str, ...]:
    """Return the names of which each part of *name* is plainly one; none where it is one name.

    Plain is a surname of the list with one or two signs behind it, and a name with a · in it.
    """
    parts = name.split()
    return tuple(parts) if len(parts) > 1 and all(map(_is_whole, parts)) else ()


def _is_whole(part: str) -> bool:
    single, double = surnames()
    if not _CHINESE.fullmatch(part):
        return False
    if "·" in part:
        return len(part) > 2
    if part[:2] in double:
        return 2 < len(part) <= 4
    return part[0] in single and 1 < len(part) <= 3


def _may_be_several(name: str) -> bool:
    """Return whether *name* has blanks and is not one surname and given name: 王 伟, 欧阳 娜娜.

    What is not written in Chinese throughout is one name: J. Smith.
    """
    parts = name.split()
    if len(parts) < 2 or not all(map(_CHINESE.fullmatch, parts)):
        return False
    family = 2 if parts[0] in surnames()[1] else 1
    return len(parts[0]) != family or sum(map(len, parts)) > family + 2
