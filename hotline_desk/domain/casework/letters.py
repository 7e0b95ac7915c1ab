"""一函两书: the union's own papers to employers and departments, in a register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class LetterKind(StrEnum):
    """Which of the three papers it is."""

    REMINDER = "提示函"
    OPINION = "意见书"
    PROPOSAL = "建议书"


class Reply(StrEnum):
    """How it stands with the answer to a paper; of a void one none is waited for."""

    OVERDUE = "逾期未答复"
    WAITING = "等答复"
    ANSWERED = "已答复"
    VOID = "作废"


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
    voided_on: date | None = None
    """When it was declared void; its number stays taken."""
    voided_for: str = ""
    """Why."""

    @property
    def stands(self) -> bool:
        """Whether it was not declared void."""
        return self.voided_on is None

    @property
    def waits(self) -> bool:
        """Whether an answer may still come."""
        return self.stands and self.answered_on is None

    def is_overdue(self, on: date) -> bool:
        """Return whether an answer that was asked for has not come in time."""
        return self.reply(on) is Reply.OVERDUE

    def reply(self, on: date) -> Reply:
        """Return how it stands with its answer on the day *on*."""
        if not self.stands:
            return Reply.VOID
        if self.answered_on is not None:
            return Reply.ANSWERED
        late = self.answer_by is not None and on > self.answer_by
        return Reply.OVERDUE if late else Reply.WAITING


_PARTS = {"{种类}": "{kind}", "{年}": "{year}", "{号}": "{n}"}
"""What a pattern of 文号 holds, as people write it and as it is kept."""
_LONGEST_PATTERN = 60


def read_pattern(words: str) -> str:
    """Return a pattern of 文号 as it is kept, from what somebody wrote: 工法{种类}〔{年}〕{号}号.

    Raises:
        ValueError: it is none; the error carries a sentence.
    """
    pattern = rest = words.strip()
    for written, kept in _PARTS.items():
        pattern, rest = pattern.replace(written, kept), rest.replace(written, "")
    known = "{" not in rest and "}" not in rest
    if pattern.count("{n}") != 1 or not known or len(pattern) > _LONGEST_PATTERN:
        raise ValueError("文号里写一个 {号}，可以再写 {种类} 和 {年}，不超过 60 个字。")
    return pattern


def pattern_text(pattern: str) -> str:
    """Return a pattern as people write it."""
    for written, kept in _PARTS.items():
        pattern = pattern.replace(kept, written)
    return pattern


def next_number(letters: Iterable[Letter], kind: LetterKind, year: int, *, pattern: str) -> str:
    """Return the next 文号 of a kind and a year, after the highest that follows the *pattern*.

    Args:
        letters: the register.
        kind: which of the three papers.
        year: the year in which it is sent.
        pattern: as the settings have it, with ``{kind}``, ``{year}`` and ``{n}``; a pattern that
            lacks ``{n}`` gets it at its end.
    """
    if "{n}" not in pattern:
        pattern += "{n}"
    filled = pattern.replace("{kind}", kind).replace("{year}", str(year))
    before, _, after = filled.partition("{n}")
    own = re.compile(rf"{re.escape(before)}(\d+){re.escape(after)}")
    used = [int(found[1]) for letter in letters if (found := own.fullmatch(letter.number))]
    return f"{before}{max(used, default=0) + 1}{after}"
