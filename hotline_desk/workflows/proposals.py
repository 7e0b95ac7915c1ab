"""What the machine proposes for a question: only where nobody has written anything yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.categories import Category
from hotline_desk.domain.laws import relevant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.laws import Article
    from hotline_desk.domain.proposals import Proposals
    from hotline_desk.domain.questions import Question


def unfilled(question: Question, proposals: Proposals) -> dict[str, object]:
    """Return the proposals for fields of *question* that nobody has filled, by field name."""
    offered: dict[str, object] = {
        "point": proposals.point,
        "category": proposals.categories[0] if proposals.categories else None,
        "amount_fen": max(proposals.amounts_fen, default=None),
        "people": proposals.people,
        "employer": proposals.employer,
        "articles": "；".join(proposals.articles),
    }
    empty = ("", None, Category.PENDING)
    return {
        field: value
        for field, value in offered.items()
        if value not in empty and getattr(question, field) in empty
    }


def point_on_card(question: Question, call: Call | None, others: Iterable[Question]) -> str:
    """Return 要点 as the card of a question's *call* has it: that of its first question.

    *others* are the questions at the desk.
    """
    first = min((row.id for row in others if row.call_id == question.call_id), default=question.id)
    return call.point if call is not None and first == question.id else ""


def proposed_articles(
    articles: tuple[Article, ...], question: Question, proposals: Proposals, said: str, *, on: date
) -> tuple[str, ...]:
    """Return what to propose as 法律依据 of a question.

    Args:
        articles: the office's list.
        question: the row; its category decides where somebody has chosen one.
        proposals: what else its words suggest.
        said: its words.
        on: the day on which it was asked.
    """
    category: Category | None = question.category
    if category is Category.PENDING:
        category = next(iter(proposals.categories), None)
    return tuple(article.words for article in relevant(articles, said, category, on=on))
