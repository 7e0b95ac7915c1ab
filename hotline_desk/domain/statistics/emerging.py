"""苗头性问题: one employer that several workers complain of within a month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.employers import common_name
from hotline_desk.domain.masking import mask_employer

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from hotline_desk.domain.statistics.counted import CountedQuestion
    from hotline_desk.domain.statistics.periods import Period

LEAST_MATTERS = 3
"""From so many cases or calls on (ours: 多件)."""
WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emerging:
    """What came of one employer within `WITHIN`."""

    employer: str
    """Masked unless the sheet is internal."""
    matters: int
    """件: several questions of one case or one call are one."""
    first: date
    last: date
    questions: tuple[int, ...]
    """The ids of the rows."""


def emerging(
    questions: Iterable[CountedQuestion], period: Period, *, internal: bool
) -> tuple[Emerging, ...]:
    """Return the employers that come up often enough, the one with the most matters first.

    Args:
        questions: those of the period, and of the days of `WITHIN` before it.
        period: in which the last matter lies.
        internal: whether employers are named.
    """
    by_employer: dict[str, list[CountedQuestion]] = defaultdict(list)
    for question in questions:
        if name := common_name(question.employer):
            by_employer[name].append(question)
    found = [
        most for rows in by_employer.values() if (most := _most(rows, period, internal=internal))
    ]
    return tuple(sorted(found, key=lambda each: (-each.matters, each.last, each.employer)))


def _most(rows: Sequence[CountedQuestion], period: Period, *, internal: bool) -> Emerging | None:
    """Return the days on which one employer came up most often, if it did often enough."""
    name = max((row.employer.strip() for row in rows), key=len)
    days: dict[Hashable, date] = {}
    for row in sorted(rows, key=lambda row: row.day):
        days.setdefault(_matter(row), date.fromisoformat(row.day))
    best: list[Hashable] = []
    for last in (day for day in days.values() if day in period):
        within = [matter for matter, day in days.items() if last - WITHIN < day <= last]
        best = max(best, within, key=len)
    if len(best) < LEAST_MATTERS:
        return None
    return Emerging(
        employer=name if internal else mask_employer(name),
        matters=len(best),
        first=min(days[matter] for matter in best),
        last=max(days[matter] for matter in best),
        questions=tuple(row.id for row in rows if _matter(row) in best),
    )


def _matter(row: CountedQuestion) -> Hashable:
    """Return what several rows have in common: their case, else their call."""
    if row.case_id is not None:
        return "case", row.case_id
    return ("call", row.call_id) if row.call_id is not None else ("row", row.id)
