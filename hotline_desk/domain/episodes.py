"""An episode (一期节目): number, day, hours, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def episode_at_hand(episodes: Iterable[Episode], today: date) -> Episode | None:
    """Return which of *episodes* a desk works on: today's, else the next one, else the last.

    Of several on one day it is the one with the highest number.
    """
    known = sorted(episodes, key=lambda episode: (episode.on, -episode.number))
    coming = next((episode for episode in known if episode.on >= today), None)
    return coming or max(known, key=lambda episode: (episode.on, episode.number), default=None)


def next_broadcast(today: date, weekday: int) -> date:
    """Return the first day from *today* on that falls on *weekday* (0 is Monday)."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)
