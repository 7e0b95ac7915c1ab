"""更正说明: which answers have become others since they were published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hotline_desk.domain.history import HistoryEntry
    from hotline_desk.domain.publications import Publication
    from hotline_desk.domain.questions import Question

_TOLD = {"answer": "解答要点", "articles": "法律依据"}


def first_published(question: Question, published: Iterable[Publication]) -> Publication | None:
    """Return which of 发布与撤下记录 told *question* first, alone or with its episode."""
    own = [
        each
        for each in published
        if (each.question_id == question.id)
        or (each.question_id is None and each.episode is not None
            and each.episode == question.episode)
    ]  # fmt: skip
    return min(own, key=lambda each: each.published_on, default=None)


def correction(question: Question, history: Sequence[HistoryEntry], first: Publication) -> str:
    """Return a sentence that tells of the 更正 of an answer; empty where there was none.

    Args:
        question: as it is now.
        history: its own, oldest first.
        first: when it was published; what changed on that day may have been published already.
    """
    since = [entry for entry in history if entry.at.date() > first.published_on]

    def then(field: str) -> object:
        return next(
            (entry.before for entry in since if entry.field == field), getattr(question, field)
        )

    # without its lawyer's tick it was not published
    told = [field for field in _TOLD if then("confirmed") and then(field)]
    changed = [field for field in told if then(field) != getattr(question, field)]
    if not changed:
        return ""
    last = max(entry.at.date() for entry in since if entry.field in changed)
    what = "和".join(_TOLD[field] for field in changed)
    waits = "" if question.confirmed else "，更正后的待解答律师确认"
    return (
        f"{question.number}：{first.published_on.isoformat()} 在{first.place}发布以后，"
        f"{what}于 {last.isoformat()} 更正{waits}。"
    )
