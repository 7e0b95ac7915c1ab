"""An episode (一期节目): number, day, hours, people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.times import STUDIO_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAD = timedelta(hours=1)
"""How long before its start callers are lined up for an episode (ours)."""
_NUMBER = re.compile(r"第(\d+)期$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """嘉宾: who explains the law in the studio."""

    name: str
    unit: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One broadcast of the programme."""

    number: int
    """期号."""
    on: date
    starts: str = "10:00"
    ends: str = "11:00"
    topic: str = ""
    host: str = ""
    producer: str = ""
    """导播."""
    guests: tuple[Guest, ...] = ()
    listeners: int | None = None
    listeners_source: str = ""

    @property
    def folder_name(self) -> str:
        """The name of its folder in the workspace: ``2026-11-25-第190期``."""
        return f"{self.on.isoformat()}-第{self.number}期"

    @property
    def at_hand_from(self) -> datetime:
        """When a desk begins to work on it: an hour before its start, on its own day."""
        midnight = datetime.combine(self.on, time(), STUDIO_ZONE)
        starts = datetime.combine(self.on, time.fromisoformat(self.starts), STUDIO_ZONE)
        return max(midnight, starts - _LEAD)


def number_in(folder_name: str) -> int | None:
    """Return 期号 as the name of an episode's folder tells it, None for another folder."""
    found = _NUMBER.search(folder_name)
    return None if found is None else int(found[1])


def episode_at_hand(
    episodes: Iterable[Episode], now: datetime, *, running: int | None = None
) -> Episode | None:
    """Return which of *episodes* a desk works on; None outside all of them.

    It is the one whose take runs, else one of today, from an hour before its start to the end of
    the day: what was missed is written down then. Of several it is the one that starts last, of
    those with one start the one with the highest number.

    Args:
        episodes: those that are known.
        now: on the studio's clock.
        running: 期号 of the take that is being recorded.
    """
    known = tuple(episodes)
    recorded = next((episode for episode in known if episode.number == running), None)
    todays = (each for each in known if each.on == now.date() and each.at_hand_from <= now)
    begun = max(todays, key=lambda each: (each.at_hand_from, each.number), default=None)
    return recorded or begun


def nearest_episode(episodes: Iterable[Episode], today: date) -> Episode | None:
    """Return which of *episodes* 本期 means: today's, else the next one, else the last.

    Of several on one day it is the one with the highest number.
    """
    known = sorted(episodes, key=lambda episode: (episode.on, -episode.number))
    coming = next((episode for episode in known if episode.on >= today), None)
    return coming or max(known, key=lambda episode: (episode.on, episode.number), default=None)


def next_broadcast(today: date, weekday: int) -> date:
    """Return the first day from *today* on that falls on *weekday* (0 is Monday)."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)
