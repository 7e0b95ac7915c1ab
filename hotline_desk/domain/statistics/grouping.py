"""Spreading figures: what a record is grouped by, how its group is called, in which order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.casework.cases import Route
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.masking import district, mask_numbers
from hotline_desk.domain.statistics.counted import CountedQuestion
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import month_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hotline_desk.domain.statistics.counted import CountedRound, Entry
    from hotline_desk.domain.statistics.figures import Figure
    from hotline_desk.domain.units import Units

_FIELDS = {
    Group.EPISODE: "episode",
    Group.CATEGORY: "category",
    Group.CHANNEL: "channel",
    Group.ROUTE: "route",
    Group.DISTRICT: "district",
    Group.LAWYER: "lawyer",
}
_NAMED: dict[Group, Sequence[str]] = {
    Group.CATEGORY: (*CATEGORIES, Category.PENDING),
    Group.CHANNEL: tuple(Channel),
    Group.ROUTE: tuple(Route),
}
_CITY = re.compile(r"^(?:\w*省)?\w*市(?=\w+[区县]$)")
"""日照市东港区 and 东港区 are one."""
_PARTED = {
    Group.CATEGORY: "这里按台账的问题类别分，没有按统计口径归并",
    Group.LAWYER: "这里问题和人次按解答人分，案件按承办人分",
}
_UNNAMED = {Group.EPISODE: "节目以外", Group.ROUTE: "未分流"}


def value_of(by: Group, record: CountedQuestion | CountedRound | Entry) -> str:
    """Return what *record* has for a group by its own traits; empty where it has nothing.

    Of a place the 区县: a street and a house are nobody's figure, and tell who called.
    """
    traits = record if isinstance(record, CountedQuestion) else record.traits
    value = str(getattr(traits, _FIELDS[by]) or "")
    return _CITY.sub("", district(value)) if by is Group.DISTRICT else value


def words_of(by: Group, value: str) -> str:
    """Return how a group's value is shown."""
    if not value:
        return _UNNAMED.get(by, "未填写")
    if by is Group.EPISODE:
        return f"第 {value} 期"
    return month_text(value) if by is Group.MONTH else mask_numbers(value)


def basis_of(by: Group, figure: Figure) -> str:
    """Return what one has to know of a figure that is spread: its 口径, and that of the parts."""
    return "；".join(filter(None, (f"口径：{figure.note}", parted_by(by))))


def parted_by(by: Group) -> str:
    """Return what one has to know of the parts of a group; empty where its name says it."""
    return _PARTED.get(by, "")


def in_order(by: Group, sizes: Mapping[str, int], units: Units) -> list[str]:
    """Return a group's values as they are shown: named ones in their order, others by size.

    Args:
        by: the group.
        sizes: how many records each value has.
        units: the tree of 填报单位.
    """
    if by in {Group.EPISODE, Group.MONTH}:
        return sorted(sizes, key=lambda value: (not value, len(value), value))
    named = units.names if by is Group.UNIT else _NAMED.get(by, ())
    places = {value: place for place, value in enumerate(named)}
    last = len(places)
    return sorted(
        sizes, key=lambda value: (not value, places.get(value, last), -sizes[value], value)
    )
