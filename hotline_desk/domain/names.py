"""Names of persons: what of one is the name, its parts, and the ways in which it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline_desk.domain.surnames import surnames

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLES = "女士|先生|师傅|老师|阿姨|大姐|大哥|大妈|大爷|大叔|小姐|同志|某某|某"
"""What a person is called by, behind the name."""
ANONYMOUS = "匿名当事人"
"""What a deleted worker of a case is called, with the place in the case behind it: money that came
is noted by name."""
UNSEEN = r"[\u00ad\u200b-\u200f\u2060\ufeff]"
"""Signs without a width, as they come along from web pages."""
IN_JSON = r"\\+(?:[bfnrt]|u[0-9a-f]{4})"
"""A line break, or what else JSON escapes, as it stands there: texts are looked through so, too."""
ESCAPED = r"(?<=\\[bfnrt])|(?<=\\u[0-9a-f]{4})"
"""Behind an escaped character."""

_TITLED = re.compile(rf"^(?P<name>.+?)(?P<title>{TITLES})$")
_REMARKED = re.compile(r"^(?P<name>.{2,}?)\s*[（(［\[【〔].*$", re.DOTALL)
"""王伟（女）: a surname alone keeps what is behind it."""
_NOBODY = re.compile(
    "匿名|本人|职工|工人|工友|农民工|员工|家属|群众|市民|当事人|来电人|代表|不详|不明|未知|未留|无名|保密"
)
"""What is written where nobody's name is known: words of every text."""
_FAMILIAR = re.compile(r"^[老小阿].$")
_SEVERAL = re.compile(r"\s*[、，,;；/／]\s*")
_BLANK = rf"(?:\s|{UNSEEN}|{IN_JSON})*"
_PARTING = r"·•・‧∙⋅．.﹒\-‐‑‒–—―−﹘﹣－"
"""Between the parts of a name: 阿依古丽·买买提, Mary-Jane; a blank may stand there, or nothing."""
_PARTS = re.compile(rf"[\s{_PARTING}]+")
_PARTED = rf"(?:[\s{_PARTING}]|{UNSEEN}|{IN_JSON})*"
_QUOTES = str.maketrans("’‘＇", "'''")
_TO_WIDE = 0xFEE0
"""From a Latin sign to the same in full width."""
LONGEST = 4
"""Characters of somebody's name, unless it is written with something beside it."""


def is_familiar(name: str) -> bool:
    """Return whether *name* is none of its own: 老张."""
    return bool(_FAMILIAR.match(name))


def is_nobody(name: str) -> bool:
    """Return whether *name* is a word for somebody whose name is not known, or is deleted."""
    return bool(_NOBODY.fullmatch(name)) or name.startswith(ANONYMOUS)


def titled(name: str) -> tuple[str, str]:
    """Return a name and the title behind it: 董小红女士 → 董小红, 女士."""
    found = _TITLED.match(name)
    return (found["name"], found["title"]) if found else (name, "")


def each_name(text: str) -> list[str]:
    """Return the names that stand in one field: 王伟、李娜."""
    return [name for name in _SEVERAL.split(text.strip()) if name]


def plain_name(name: str) -> str:
    """Return *name* without what a person is called by: 董小红女士 → 董小红; 老张, 职工 are none.

    A remark in brackets behind it is no part of it: 王伟（女）.
    """
    name, _ = titled(_REMARKED.sub(r"\g<name>", name.strip()))
    return "" if is_familiar(name) or is_nobody(name) else name


def is_called(name: str, names: Iterable[str]) -> bool:
    """Return whether *name* is one of *names*, with or without a title: 董女士 is 董."""
    plain = plain_name(name)
    return any(name == each or (plain and plain == plain_name(each)) for each in names)


def surname(name: str) -> str:
    """Return the surname of a plain *name*: 董, 欧阳; the first sign of any other."""
    return name[:2] if name[:2] in surnames()[1] else name[:1]


def given_name(name: str) -> str:
    """Return the given name of a plain full *name*; empty of a surname alone."""
    return name[len(surname(name)) :]


def closed(name: str) -> str:
    """Return a name with one blank between its parts, and none that only sets it out: 张 三."""
    name = re.sub(UNSEEN, "", name).translate(_QUOTES)
    parts = [part for part in _PARTS.split(name) if part]
    whole = "".join(parts)
    is_short = len(whole) <= LONGEST or min(map(len, parts)) == 1
    is_set_out = "".join(name.split()) == whole and any(map(is_certain, whole)) and is_short
    return ("" if is_set_out else " ").join(parts)


def parts_alone(name: str) -> list[str]:
    """Return the parts of a closed *name* that each tell who it is: 阿依古丽, 吐尔逊; else none."""
    parts = name.split()
    return [part for part in parts if len(part) > 1] if parts[1:] else []


def is_certain(sign: str) -> bool:
    """Return whether a sign of a name can be written in no other way."""
    return sign.isalpha() and sign.lower() == sign.upper()


def spelled(name: str) -> str:
    """Return a pattern of a closed *name* with blanks anywhere, as text and as it stands in JSON.

    To be looked for whatever the case.
    """
    joined = _PARTED.join(_BLANK.join(map(_sign, part)) for part in name.split())
    return rf"(?:(?<![A-Za-z])|{ESCAPED}){joined}(?![A-Za-z])" if name.isascii() else joined


def _sign(sign: str) -> str:
    """Return a pattern of one sign of a name, as it may be typed."""
    if sign == "'":
        return "['’‘＇]?"
    if sign in '"\\':  # JSON writes a backslash before it, and JSON within JSON three
        return rf"\\*{re.escape(sign)}"
    wide = chr(ord(sign) + _TO_WIDE) if sign.isascii() else ""
    return f"[{re.escape(sign)}{wide}]" if wide else re.escape(sign)
