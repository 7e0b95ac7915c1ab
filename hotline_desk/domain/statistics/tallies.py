"""Adding up what was counted: questions, calls, and what happened to everything else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Generic, TypeVar

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.statistics.counted import CountedQuestion, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hotline_desk.domain.statistics.periods import Period

Counts = Counter[str]
"""By the figures' keys."""

Item = TypeVar("Item", CountedQuestion, Entry)

_WAYS: dict[Channel, str] = {
    Channel.ON_AIR: "calls",
    Channel.HOTLINE: "calls",
    Channel.VISIT: "visits",
    Channel.APP: "online",
    Channel.MINI_PROGRAM: "online",
    Channel.MESSAGE: "online",
    Channel.VIDEO: "online",
    Channel.CITY_HOTLINE: "handed_over",
    Channel.SUPERIOR: "handed_over",
    Channel.DEPARTMENT: "handed_over",
}
"""来电, 来访, 网上 or 转来 (ours)."""

VISIT_KEYS: dict[str, tuple[str, ...]] = {
    channel.value: ("consultations", f"channel.{channel.name.lower()}", _WAYS[channel])
    for channel in Channel
}
"""The figures that a call or visit counts under, by its channel."""


class Stream(Generic[Item]):
    """Items by their days."""

    def __init__(self, items: list[Item]) -> None:
        """Take *items*, which stand in the order of their days."""
        self._items: list[Item] = items
        self._days: list[str] = [item.day for item in self._items]

    @property
    def first(self) -> str:
        """The first day of all, empty without items."""
        return self._days[0] if self._days else ""

    @property
    def last(self) -> str:
        """The last day of all, empty without items."""
        return self._days[-1] if self._days else ""

    def within(self, period: Period) -> Sequence[Item]:
        """Return the items of a period, in order."""
        first = bisect_left(self._days, period.first.isoformat())
        return self._items[first : bisect_right(self._days, period.last.isoformat())]


def tally(
    questions: Sequence[CountedQuestion],
    visits: Iterable[CountedQuestion],
    entries: Iterable[Entry],
    *,
    headings: Mapping[str, str],
) -> Counts:
    """Return what all these come to.

    Args:
        questions: rows of the ledger.
        visits: the first row of each call or visit.
        entries: everything else.
        headings: the figure that each category counts under.
    """
    counts: Counts = Counter(questions=len(questions))
    # generators: one call in C over all records would hold up the window's thread
    for category, count in Counter(each.category for each in questions).items():
        counts[headings[category]] += count
    for channel, count in Counter(each.channel for each in visits).items():
        for key in VISIT_KEYS[channel]:
            counts[key] += count
    for entry in entries:
        counts[entry.key] += entry.value
    return counts


def added(*counts: Mapping[str, int]) -> Counts:
    """Return the sums of *counts*; what is below nothing stays so."""
    sums: Counts = Counter()
    for each in counts:
        sums.update(each)
    return sums
