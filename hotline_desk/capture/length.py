"""How long a take may be: a forgotten one ends by itself, one in which people speak does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.capture.line import LineRecorder

_SILENT_SECONDS = 600.0  # no call, and no pause between two, is silent on all lines for so long
_OUTERMOST = 2  # times the longest: a line that hums all night must not fill the disk


@dataclass(frozen=True, slots=True)
class Length:
    """When a take ends by itself; seconds of take time.

    Behind `longest_seconds` it ends once every line was silent for ten minutes, so never in the
    middle of speech; at twice of it it ends whatever is heard.
    """

    longest_seconds: float

    def begin(self, lines: Sequence[LineRecorder]) -> None:
        """Let *lines* listen for silence behind the longest time; before, it costs nothing."""
        for line in lines:
            line.listens_from = line.loud_at = self.longest_seconds

    def is_forgotten(self, lines: Sequence[LineRecorder], now: float) -> bool:
        """Whether a take of *lines* shall end at take time *now*."""
        if now < self.longest_seconds:
            return False
        silent = all(now - line.loud_at >= _SILENT_SECONDS for line in lines)
        return silent or now >= _OUTERMOST * self.longest_seconds
