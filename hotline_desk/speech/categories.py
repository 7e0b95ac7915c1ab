"""Which categories a text suggests: words with weights, then the deciding rules in their order."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.paths import resource

_STRONG, _PLAIN, _BESIDE = 5, 2, 4
_OFFERED = 3
_REMAINING = (Category.WAGES, Category.INSURANCE, Category.CONTRACT, Category.OTHER_LABOUR)
"""What fills up the offer, the programme's most frequent first."""


@dataclass(frozen=True, slots=True)
class _Words:
    category: Category
    strong: tuple[re.Pattern[str], ...]
    plain: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    prefer: Category
    points: int
    when: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    beside: Category | None


def scores(text: str) -> dict[Category, int]:
    """Return the points of every category for which *text* says something.

    Rules and words are data: ``resources/categories/rules.toml``.
    """
    words, rules = _tables()
    points = dict.fromkeys(CATEGORIES, 0)
    for row in words:
        points[row.category] += _STRONG * sum(1 for word in row.strong if word.search(text))
        points[row.category] += _PLAIN * sum(1 for word in row.plain if word.search(text))
    # 公司, 老板, 上班: that it is about work at all, which every other category knows better
    points[Category.OTHER_LABOUR] = min(points[Category.OTHER_LABOUR], _STRONG + 1)
    if points[Category.OTHER_LABOUR] < _STRONG:
        points[Category.OTHER_LABOUR] = min(points[Category.OTHER_LABOUR], 1)
    for rule in rules:
        if all(word.search(text) for word in rule.when) and not any(
            word.search(text) for word in rule.unless
        ):
            points[rule.prefer] += rule.points
            if rule.beside is not None:
                points[rule.beside] += _BESIDE
    return {category: score for category, score in points.items() if score}


def likeliest(text: str) -> tuple[Category, ...]:
    """Return the three likeliest categories, best first; nothing where *text* gives no hint."""
    found = scores(text)
    if not found:
        return ()
    best = sorted(found, key=lambda category: (-found[category], _first_said(text, category)))
    rest = [category for category in _REMAINING if category not in best]
    return tuple((best + rest)[:_OFFERED])


def _first_said(text: str, category: Category) -> int:
    """Return where *text* first says something strong of *category*: it breaks ties."""
    words = next(row for row in _tables()[0] if row.category is category)
    starts = [found.start() for word in words.strong if (found := word.search(text))]
    return min(starts, default=len(text))


@cache
def _tables() -> tuple[tuple[_Words, ...], tuple[_Rule, ...]]:
    found = tomllib.loads(resource("categories/rules.toml").read_text(encoding="utf-8"))
    words = tuple(
        _Words(Category(row["name"]), _compiled(row["strong"]), _compiled(row["plain"]))
        for row in found["category"]
    )
    rules = tuple(
        _Rule(
            Category(row["prefer"]),
            row["points"],
            _compiled(row["when"]),
            _compiled(row.get("unless", [])),
            Category(row["beside"]) if "beside" in row else None,
        )
        for row in found["rule"]
    )
    return words, rules


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
