"""What a 节目纪要 tells of its episode in figures: they are those of the statistics page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.statistics.figures import PUBLISHED
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.statistics.figures import Number
    from hotline_desk.domain.statistics.reckoning import Reckoning

_CATEGORY = "category."


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryShare:
    """How often was asked about what is published under one heading (统计口径)."""

    heading: str
    count: int
    """问题数 of the episode."""
    share: float
    """Of the episode's questions, 0 to 1."""
    total: int
    """开栏累计, 期初数 included."""
    total_share: float
    """Of all those questions, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFigures:
    """本期概况 and 类别分布."""

    calls: int
    """来电（个）: calls that came in."""
    aired: int
    """接入直播（个）: calls that were on the air."""
    offline: int
    """转线下（个）: calls whose matter is dealt with after the programme."""
    consultations: int
    questions: int
    cases: int
    """立案（件）."""
    collective: int
    """集体争议（件）."""
    categories: tuple[CategoryShare, ...]
    """Those always published first; without what nobody has asked about."""
    until: date
    """The last day that 开栏累计 counts."""
    opening: int
    """How many of the questions of 开栏累计 are 期初数."""


def episode_figures(
    reckoning: Reckoning,
    episode: int,
    calls: Sequence[Call],
    *,
    aired: Collection[int],
    until: date,
) -> EpisodeFigures:
    """Count one episode.

    Args:
        reckoning: what the ledger came to.
        episode: 期号.
        calls: the episode's.
        aired: the ids of the calls that were on the air at any time.
        until: the last day that 开栏累计 counts: that of the broadcast, or of its last question.
    """
    ever = Period.of_day(max(until, reckoning.on)).since_start
    own: Mapping[str, Number] = next(
        (row.numbers for row in reckoning.groups(ever, Group.EPISODE) if row.value == str(episode)),
        {},
    )
    total = {
        each.figure.key: each.columns.total
        for each in reckoning.counted(Period.of_day(until)).figures
    }
    return EpisodeFigures(
        calls=len(calls),
        aired=sum(call.id in aired or call.state is CallState.ON_AIR for call in calls),
        offline=sum(call.state is CallState.OFFLINE for call in calls),
        consultations=_count(own, "consultations"),
        questions=_count(own, "questions"),
        cases=_count(own, "cases.opened"),
        collective=_count(own, "cases.collective"),
        categories=category_shares(_by_heading(own), _by_heading(total)),
        until=until,
        opening=sum(_by_heading(reckoning.book.openings).values()),
    )


def category_shares(
    present: Mapping[str, int], total: Mapping[str, int]
) -> tuple[CategoryShare, ...]:
    """Return counts and shares by heading, in the order of *total*.

    Args:
        present: the episode's counts.
        total: those of 开栏累计, the episode's included.
    """
    all_present, all_total = sum(present.values()), sum(total.values())
    return tuple(
        CategoryShare(
            heading=heading,
            count=present.get(heading, 0),
            share=_share(present.get(heading, 0), all_present),
            total=count,
            total_share=_share(count, all_total),
        )
        for heading, count in total.items()
        if heading in PUBLISHED or count or present.get(heading)
    )


def _by_heading(numbers: Mapping[str, Number]) -> dict[str, int]:
    return {
        key.removeprefix(_CATEGORY): _count(numbers, key)
        for key in numbers
        if key.startswith(_CATEGORY)
    }


def _count(numbers: Mapping[str, Number], key: str) -> int:
    return int(numbers.get(key) or 0)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
