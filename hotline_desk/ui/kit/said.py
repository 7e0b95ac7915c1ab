"""What was said, as the window shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One utterance, or the part of one that is still being spoken."""

    line: str
    caller: bool
    """Whether it came from the caller's line rather than from the studio."""
    start: float
    end: float
    """Seconds of take time."""
    clock: str
    """The studio's time at its beginning: 10:16:58."""
    text: str
    aired: str = ""
    """When its beginning was heard on the air: 10:17:18."""
    unsettled: bool = False
    """Whether the recogniser may still change its mind."""
