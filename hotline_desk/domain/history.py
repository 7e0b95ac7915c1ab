"""What happened to a record: who changed what, when, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of a record's history."""

    at: datetime
    by: str
    field: str
    """Which field was changed; empty for the adding of the record."""
    before: str | int | float | None = None
    after: str | int | float | None = None
    undoes: bool = False
    """Whether it takes an earlier change back."""
