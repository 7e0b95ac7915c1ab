"""Workers of a case as people write them down: 董某 3000, one a line, or several names in a row."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from hotline_desk.domain.amounts import NotAnAmount, typed_fen
from hotline_desk.domain.casework.cases import Party

if TYPE_CHECKING:
    from collections.abc import Iterable

_BETWEEN = re.compile(r"[、，;；|]|,(?!\d{3}(?!\d))")
"""What parts names in one line; a comma within an amount does not."""
_COUNTED = re.compile(r"^[(（]?\d{1,3}\s*[.．、)）]\s*(?=[^\d\s])")
"""1. or (1) before a name."""
_PARTY = re.compile(
    r"(?P<name>.*?[^\d\s,，:：¥￥－-])(?:"
    r"[\s,，、:：]+(?P<money>[-－]?[¥￥]?\d.*)"
    r"|(?P<close>[-－]?[¥￥]?(?:\d{3}|\d{1,2}[,，]\d{3}|\d[\d.]*[万元]).*)"
    r"|(?P<counted>\d{0,2}))"
)
"""Of figures right behind a name three are an amount, less belong to the name: 工友 12."""
_SECOND_FIGURE = re.compile(r"\d\s*[元块万]*\s+[-－]?[¥￥]?\d")


class PartyNotUnderstood(ValueError):
    """A line does not say who it is and what he is owed; the text says why."""


def read_parties(text: str) -> tuple[Party, ...]:
    """Return the workers that *text* names, with what each is owed.

    Args:
        text: one a line, or names in a row with 、 between; an amount in any of the usual ways
            behind its name.

    Raises:
        PartyNotUnderstood: there is more in a line than that, or no name.
    """
    return tuple(
        party
        for line in text.splitlines()
        if (plain := _COUNTED.sub("", line.strip(), count=1))
        for party in _of_line(plain)
    )


def named_twice(names: Iterable[str]) -> str:
    """Return a name that two of a case's workers have, empty where none is."""
    return min((name for name, count in Counter(names).items() if count > 1), default="")


def _of_line(line: str) -> list[Party]:
    parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
    together: list[str] = []
    for part in parts:
        if together and re.match(r"[-－]?[¥￥]?\d", part):
            together[-1] += f" {part}"  # what follows 、 may be the amount of who stands before it
        else:
            together.append(part)
    return [_party(part) for part in together]


def _party(text: str) -> Party:
    found = _PARTY.fullmatch(text)
    if found is None:
        raise PartyNotUnderstood(f"没有写姓名：{text[:24]}")
    money = found["money"] or found["close"] or ""
    if _SECOND_FIGURE.search(money):
        raise PartyNotUnderstood(f"金额后面还有别的数字，一位只写姓名和金额：{text[:24]}")
    try:
        fen = typed_fen(money) if money else None
    except NotAnAmount as error:
        raise PartyNotUnderstood(f"{error}：{text[:24]}") from error
    return Party(name=found["name"].strip() + (found["counted"] or ""), claimed_fen=fen)
