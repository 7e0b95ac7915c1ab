"""一函两书: the union's own papers to employers and departments, in a register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class LetterKind(StrEnum):
    """Which of the three papers it is."""

    REMINDER = "提示函"
    OPINION = "意见书"
    PROPOSAL = "建议书"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One paper that was sent, and what was answered."""

    id: int = 0
    kind: LetterKind
    number: str
    """文号."""
    case_id: int | None = None
    recipient: str = ""
    sent_on: date
    answer_by: date | None = None
    """By when an answer is asked for."""
    subject: str = ""
    answered_on: date | None = None
    answer: str = ""
    notes: str = ""
