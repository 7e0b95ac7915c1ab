"""个人信息删除（匿名化）: what is deleted, written down by ids before anything goes.

A plan names records, places in takes and files, never persons: it stays in the ledger, tells what
is left to do after a crash, and which old copies still hold what was deleted.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.claims import Stretch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hotline_desk.domain.keeping import Retention


Places = dict[str, dict[str, tuple[Stretch, ...]]]
"""By take and by line's name, in take time; no stretch is endless."""

Spots = dict[str, tuple[tuple[int, int], ...]]
"""By the hash of a line of history, where in its words something begins and ends."""

Key = tuple[str, int]
"""A record: its table and its id."""

_LATER = ("own_only", "left", "names_at", "phones_at", "repeats", "came_as")
"""Fields that a plan of before does not have; where they are empty no plan has them."""


def day_and_point(day: date, point: str) -> str:
    """Return what tells a row of an import that has no number; empty without a 诉求要点."""
    return f"{day} {point}" if point else ""


def blurred(mark: str, at: datetime) -> str:
    """Return *mark* as the plan of a deletion at *at* keeps it: known again, and not to be read."""
    salt = at.isoformat(timespec="seconds").encode()  # as the register keeps it
    return blake2b(mark.encode(), key=salt, digest_size=12).hexdigest()


class DeletionReason(StrEnum):
    """Why something is deleted."""

    ASKED = "个人信息删除（匿名化）"
    EXPIRED = "临时记录到期"
    REFUSED = "不同意录音"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """One deletion in the ledger's register."""

    id: int = 0
    at: datetime
    who: str
    reason: DeletionReason
    plan: str
    """A `DeletionPlan` as JSON."""
    finished_at: datetime | None = None
    """When nothing of it was left to do; None until then."""

    @property
    def key(self) -> str:
        """What it is known by in every ledger: the moment, as registers keep it, and whose rows."""
        plan = DeletionPlan.from_json(self.plan)
        whose = json.dumps([plan.calls, plan.questions, plan.cases], separators=(",", ":"))
        return f"{self.at.isoformat(timespec='seconds')} {whose}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionPlan:
    """What goes, by ids, places and file names."""

    calls: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    words: Places = field(default_factory=dict)
    """What leaves the captions."""
    sound: Places = field(default_factory=dict)
    """What becomes silence."""
    files: tuple[str, ...] = ()
    """Exports and transcripts to be removed, relative to the workspace; where the name tells of the
    person, by a hash of it."""
    backups: tuple[str, ...] = ()
    """Copies of the ledger to be removed, noted as the files are."""
    naming: tuple[str, ...] = ()
    """Copies of the ledger that held the person then; each does as long as it is there."""
    origins: dict[str, dict[str, str]] = field(default_factory=dict)
    """By table and id, what tells a record from another one with its id in another ledger."""
    own_only: bool = False
    """Whether a number that others call from, too, stays in their records."""
    left: tuple[str, ...] = ()
    """Origins of the records that somebody else of the same name is in: they stay."""
    names_at: Spots = field(default_factory=dict)
    """Where each way of writing the name was written first: an older copy still has it there."""
    phones_at: Spots = field(default_factory=dict)
    """The same of the numbers."""
    repeats: str = ""
    """The `Deletion.key` of the one that it repeats in a ledger that was put back: whatever knows
    of that one knows of this."""
    came_as: tuple[str, ...] = ()
    """By `blurred`, what an import would tell the records by: they do not come in again."""

    def as_json(self) -> str:
        """Return the plan as the register keeps it."""
        facts = asdict(self)
        for name in _LATER:
            if not facts[name]:
                del facts[name]
        return json.dumps(facts, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> DeletionPlan:
        """Return the plan that the register keeps.

        Raises:
            KeyError, TypeError, ValueError: the text is no plan.
        """
        found = json.loads(text)
        return cls(
            calls=tuple(found["calls"]),
            questions=tuple(found["questions"]),
            cases=tuple(found["cases"]),
            words=_places(found["words"]),
            sound=_places(found["sound"]),
            files=tuple(found["files"]),
            backups=tuple(found["backups"]),
            naming=tuple(found.get("naming", ())),
            origins=found.get("origins", {}),
            own_only=found.get("own_only", False),
            left=tuple(found.get("left", ())),
            names_at=_spots(found.get("names_at", {})),
            phones_at=_spots(found.get("phones_at", {})),
            repeats=found.get("repeats", ""),
            came_as=tuple(found.get("came_as", ())),
        )


def _places(found: Mapping[str, Mapping[str, list[dict[str, float]]]]) -> Places:
    return {
        take: {line: tuple(Stretch(**each) for each in stretches)
               for line, stretches in lines.items()}
        for take, lines in found.items()
    }  # fmt: skip


def _spots(found: Mapping[str, list[list[int]]]) -> Spots:
    return {line: tuple((first, end) for first, end in spans) for line, spans in found.items()}


@dataclass(frozen=True, slots=True)
class Mention:
    """A record of others that names the person, or somebody who is called the same."""

    key: Key
    words: str
    """What it is called, with the 台账编号 by which anybody can look it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whose records are found for a deletion; ids, and words for the people who decide."""

    names: tuple[str, ...]
    """As the records name the person."""
    phones: tuple[str, ...]
    heard_as: tuple[str, ...] = ()
    """What the recogniser made of the name in the person's own calls."""
    calls: tuple[int, ...]
    number_only: tuple[int, ...] = ()
    """Calls by others from the same number: they lose the number alone."""
    questions: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    """Of this person alone."""
    shared_cases: tuple[int, ...] = ()
    """With other workers: the person's name leaves them, the rest stays."""
    letters: tuple[int, ...] = ()
    """Of cases of which nothing that was said may stay."""
    retained: tuple[tuple[str, Retention], ...] = ()
    """What forbids it: a record in words, and why."""
    told: tuple[str, ...] = ()
    """Every record in words, and what becomes of it."""
    namesakes: tuple[str, ...] = ()
    """Calls under the same full name from other numbers, in words: they stay."""
    everywhere: bool = True
    """Whether the traces also leave the records of others."""
    own_only: bool = False
    """Whether a number that others call from, too, stays in their records."""
    left: frozenset[Key] = frozenset()
    """Records of others that are left as they are: it is somebody else who is called so there."""
