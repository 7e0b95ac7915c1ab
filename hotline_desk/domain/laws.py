"""Articles of law, as pointers for the lawyer to check (供律师核对), never as advice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hotline_desk.domain.categories import Category

REVISED = "依据已修订，勿直接引用"
"""Stands beside an answer whose law has changed since it was given."""

_PROPOSED = 2
_OF_ITS_CATEGORY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of the office's list."""

    law: str
    number: str
    """第三十条."""
    category: Category
    about: str
    """What it is about, in one line of our own."""
    keys: tuple[re.Pattern[str], ...]
    """What callers say whose question it answers."""
    since: date
    """施行日期 of the law."""
    amended: date | None = None
    """施行日期 of the law's last amendment."""
    until: date | None = None
    """失效日期 of the law."""
    checked: bool = True
    """Whether the office has checked the article; shown with ？ until then."""

    @property
    def words(self) -> str:
        """How the desk writes it: 劳动合同法 第三十条."""
        return f"{self.law} {self.number}{'' if self.checked else '？'}"

    def is_in_force(self, on: date) -> bool:
        """Return whether the law holds on the day *on*."""
        return self.since <= on and (self.until is None or on <= self.until)


def relevant(
    articles: Iterable[Article], said: str, category: Category | None, *, on: date
) -> tuple[Article, ...]:
    """Return the articles that a caller's words point to, best first, at most two.

    What nobody's words point to is not proposed, whatever the category.

    Args:
        articles: the office's list.
        said: the caller's words, as heard or typed.
        category: the question's category, where it is known.
        on: the day of the question.
    """
    found = []
    for place, article in enumerate(articles):
        hits = sum(len(key.findall(said)) for key in article.keys)
        if hits and article.is_in_force(on):
            points = min(hits, 3) + (3 if article.category is category else -_OF_ITS_CATEGORY)
            found.append((-points, place, article))
    return tuple(article for *_, article in sorted(found, key=lambda each: each[:2])[:_PROPOSED])


def is_revised(written: str, articles: Sequence[Article], *, answered: date, on: date) -> bool:
    """Return whether a law that *written* names has changed between the answer and the day *on*.

    Args:
        written: 法律依据 as the answer has it.
        articles: the office's list.
        answered: the day of the answer.
        on: the day on which somebody reads it.
    """
    for article in {article.law: article for article in articles}.values():
        if not re.search(rf"(?<!\w){re.escape(article.law)}", written):
            continue
        changed = article.amended is not None and answered < article.amended <= on
        if changed or (article.until is not None and article.until < on):
            return True
    return False
