"""The figures of an episode, each with the words that say what it counts (口径)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.cases import COLLECTIVE_PEOPLE
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.figures import PUBLISHED
from hotline_desk.domain.questions import Handling

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """本期概况."""

    calls: int
    """来电（个）: calls that came in."""
    aired: int
    """接入直播（个）: calls that were on the air."""
    offline: int
    """转线下（个）: calls whose matter is dealt with after the programme."""
    consultations: int
    """咨询人次: one person, one call or visit."""
    questions: int
    """问题数（条）: rows of the ledger."""
    cases: int
    """立案（件）: several questions of one call are one case."""
    collective: int
    """集体争议（件）: ten workers or more with one claim, each dispute once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryShare:
    """How often a category was asked about, now and since the beginning."""

    category: Category
    count: int
    """问题数 of the episode."""
    share: float
    """Of the episode's questions, 0 to 1."""
    total: int
    """问题数 since the ledger's first episode, this one included."""
    total_share: float
    """Of all those questions, 0 to 1."""


def figures(
    calls: Sequence[Call], questions: Sequence[Question], *, aired: Collection[int]
) -> Figures:
    """Count one episode.

    Args:
        calls: the episode's calls.
        questions: the episode's rows.
        aired: the ids of the calls that were on the air at any time.
    """
    return Figures(
        calls=len(calls),
        aired=sum(call.id in aired or call.state is CallState.ON_AIR for call in calls),
        offline=sum(call.state is CallState.OFFLINE for call in calls),
        consultations=len({_visit(question) for question in questions}),
        questions=len(questions),
        cases=len({_matter(q) for q in questions if q.handling is Handling.CASE}),
        collective=len({_matter(q) for q in questions if (q.people or 0) >= COLLECTIVE_PEOPLE}),
    )


def count_categories(questions: Iterable[Question]) -> Counter[Category]:
    """Return how many *questions* each main category has."""
    return Counter(question.category for question in questions)


def category_shares(
    present: Mapping[Category, int], total: Mapping[Category, int]
) -> tuple[CategoryShare, ...]:
    """Return counts and shares by category, the published ones first.

    Args:
        present: the episode's counts.
        total: the counts since the beginning, the episode's included.
    """
    all_present, all_total = sum(present.values()), sum(total.values())
    return tuple(
        CategoryShare(
            category=category,
            count=present.get(category, 0),
            share=_share(present.get(category, 0), all_present),
            total=total.get(category, 0),
            total_share=_share(total.get(category, 0), all_total),
        )
        for category in (*CATEGORIES, Category.PENDING)
        if category in PUBLISHED or present.get(category) or total.get(category)
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _matter(question: Question) -> Hashable:
    """What several rows of one call have in common; a row without a call is its own matter."""
    return ("call", question.call_id) if question.call_id is not None else ("row", question.id)


def _visit(question: Question) -> Hashable:
    """One person's one call or visit; without a call, a person's rows of one day and channel."""
    if question.call_id is None and (who := question.caller.phone or question.caller.name):
        return question.channel, who, question.at.date()
    return _matter(question)
