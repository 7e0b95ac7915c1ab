"""What the machine proposes from the captions; it becomes data only by a person's keystroke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline_desk.domain.categories import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What one text suggests."""

    categories: tuple[Category, ...] = ()
    """The three likeliest, best first."""
    amounts_fen: tuple[int, ...] = ()
    """Amounts of money in fen, in the order in which they were said."""
    people: int | None = None
    """How many workers it concerns, the caller included."""
    dates: tuple[str, ...] = ()
    """Dates that start a time limit, ISO where the year is known, else MM-DD."""
    employer: str = ""
    surname: str = ""
    district: str = ""
    point: str = ""
    """诉求要点 in one line."""
    articles: tuple[str, ...] = ()
    """法律依据, best first."""
