"""What of a take is not to be shown, played or exported, by line, in stretches of take time.

Calls whose callers do not agree to be recorded (marks.jsonl), what was purged of 坐席 lines, and
what was deleted with a person (events.jsonl).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.casework import claims
from hotline_desk.domain.roles import Role
from hotline_desk.errors import TakeNotFound
from hotline_desk.take.marks import marks
from hotline_desk.take.purge import purged
from hotline_desk.take.take import Take

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hotline_desk.domain.casework.claims import Stretch


@dataclass(frozen=True, slots=True)
class Removed:
    """What is not to be seen of one take; stretches of a line may overlap."""

    refused: tuple[Stretch, ...]
    """On every line that is not named below."""
    on_lines: Mapping[str, tuple[Stretch, ...]]
    """On each 坐席 line, and each of which something was deleted, by its name."""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.refused) or any(self.on_lines.values())

    def on(self, line_name: str) -> tuple[Stretch, ...]:
        """Return the stretches of the line called *line_name*."""
        return self.on_lines.get(line_name, self.refused)


def removed(folder: Path, take: Take | None = None) -> Removed:
    """Return what is not to be seen of the take in *folder* now.

    Whoever asks again and again has its *take*, which remembers what was noted.
    """
    found = marks(folder)
    refused = tuple(claims.removed(found, seat=False))
    try:
        take = take or Take(folder)
    except TakeNotFound:  # captions alone: no line is known to be a 坐席 one
        return Removed(refused, {})
    seats = [line.name for line in take.lines if line.role == Role.SEAT]
    # nothing is deleted of a take that goes on: its events need not be looked through
    gone = purged(take) if seats or take.ended_in_order else []
    stretches = {
        line.name: tuple(each.stretch for each in gone if each.line_id == line.id)
        for line in take.lines
    }
    on_seats = tuple(claims.removed(found, seat=True)) if seats else ()
    return Removed(
        refused=refused,
        on_lines={
            name: (*(on_seats if name in seats else refused), *purged_there)
            for name, purged_there in stretches.items()
            if name in seats or purged_there
        },
    )
