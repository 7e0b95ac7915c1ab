"""What is counted: the records a reckoning is made from, as lean as counting allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hotline_desk.domain.casework.cases import Case, Round
    from hotline_desk.domain.casework.deadlines import Limits
    from hotline_desk.domain.casework.letters import Letter
    from hotline_desk.domain.categories import Category
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.publications import Publication
    from hotline_desk.domain.statistics.closings import MonthClosing
    from hotline_desk.domain.units import Units
    from hotline_desk.domain.workdays import Calendar


class CountedQuestion(NamedTuple):
    """A row of the ledger as far as it is counted; days are text, whose order is that of time."""

    id: int
    day: str
    """2026-11-25."""
    episode: int | None
    call_id: int | None
    case_id: int | None
    channel: str
    category: str
    unit: str
    employer: str
    """The question's, else its case's or the caller's."""
    route: str
    """The case's; empty without one."""
    district: str
    lawyer: str
    """解答人."""


class Traits(NamedTuple):
    """What a record that is no question can be grouped by; empty where it has none."""

    unit: str
    episode: int | None = None
    channel: str = ""
    category: str = ""
    route: str = ""
    district: str = ""
    lawyer: str = ""
    """For a case the one responsible (承办人)."""


class Entry(NamedTuple):
    """Something that happened on a day and is counted under one figure."""

    key: str
    """The figure's."""
    day: str
    value: int
    """1, or people, or fen."""
    table: str
    """Which records its row is one of: cases, episodes, letters or publications."""
    row_id: int
    traits: Traits


@dataclass(frozen=True, slots=True)
class CountedRound:
    """One round of a case: what 上月结转, 新收, 办结 and 在办 count; 重办 begins another one."""

    case_id: int
    round: Round
    traits: Traits
    closed_on: date | None
    """办结日."""

    def is_open(self, day: date) -> bool:
        """Return whether it was 在办 at the end of *day*."""
        return self.round.received <= day and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything a reckoning needs, read at one moment."""

    questions: Sequence[CountedQuestion]
    """By day, then by id."""
    cases: Sequence[Case]
    """Without those that went into others."""
    episodes: Sequence[Episode]
    letters: Sequence[Letter]
    publications: Sequence[Publication]
    openings: Mapping[str, int]
    """期初数 by the figure's key."""
    published: Mapping[Category, str]
    """统计口径: the heading that a category is published under."""
    closings: Sequence[MonthClosing]
    units: Units
    calendar: Calendar
    limits: Limits
    on: date
    """Today: what lies later has not happened."""
