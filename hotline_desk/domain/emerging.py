"""苗头性问题: one employer that several workers complain of within a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
