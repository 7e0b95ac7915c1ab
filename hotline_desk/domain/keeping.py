"""How long a record is kept, and what may forbid deleting the person in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Keeping(StrEnum):
    """保管期限; only 临时 is ever purged."""

    FOREVER = "永久"
    THIRTY_YEARS = "30 年"
    TEN_YEARS = "10 年"
    TEMPORARY = "临时（不归档）"


class Retention(StrEnum):
    """Why a person may not be deleted from a record yet (DOMAIN.md, section 6)."""

    BY_LAW = "依法留存"
    IN_DISPUTE = "争议中"
    FOR_COURT = "司法调取"


@dataclass(frozen=True, slots=True)
class Expiring:
    """A question that is kept for a while only, and old enough to be purged."""

    id: int
    number: str
    stays: str
    """Why it is not purged all the same, in words; empty of one that is."""
