"""Tells sound that came late from sound that was lost: a machine that slept brings none of it.

A process that was held up gets what it missed in a burst. After a sleep, sound goes on at its
usual pace, as if nothing had been, while take time has gone on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotline_desk.capture.blocks import Block

_LATE_NS = 500_000_000  # a block that is later than this is looked at
_LOOK_NS = 500_000_000  # for so long
_LOST_NS = 200_000_000  # what is missing then was lost; no device's delay changes so much
_BURST = 1.5  # times the usual pace: it still catches up
_SAMPLE_BYTES = 2


class Pace:
    """Looks at one child's blocks as they come."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._bytes_a_second = rate_hz * channels * _SAMPLE_BYTES
        self._due_ns: int | None = None
        self._held: list[Block] = []

    def hear(self, block: Block) -> list[tuple[Block, bool]]:
        """Return the blocks to hand on, each with whether it follows on the one before.

        A block after a pause is held back until it is clear whether what is between will come.
        One that does not follow has as its time when it must have been heard.
        """
        if self._held:
            self._held.append(block)
            return self.rest() if self._is_clear() else []
        if self._due_ns is not None and block.at_ns - self._due_ns > _LATE_NS:
            self._held.append(block)
            return []
        self._due_ns = block.at_ns + self._length_ns(block)
        return [(block, True)]

    def rest(self) -> list[tuple[Block, bool]]:
        """Return what is held back."""
        if self._due_ns is None or not self._held:
            return []
        held, self._held = self._held, []
        due_ns, lags_ns = self._due_ns, []
        for block in held:
            lags_ns.append(block.at_ns - due_ns)
            due_ns += self._length_ns(block)
        lost_ns = max(0, min(lags_ns))  # delays on the way only ever add
        follows = lost_ns < _LOST_NS
        first = held[0] if follows else replace(held[0], at_ns=self._due_ns + lost_ns)
        self._due_ns = due_ns + lost_ns
        return [(first, follows), *((block, True) for block in held[1:])]

    def _is_clear(self) -> bool:
        """Whether for a while now sound has come at its usual pace."""
        newest_ns = self._held[-1].at_ns
        if newest_ns - self._held[0].at_ns < _LOOK_NS:
            return False
        recent = [block for block in self._held if newest_ns - block.at_ns <= _LOOK_NS]
        heard_ns = sum(self._length_ns(block) for block in recent[:-1])
        return heard_ns <= _BURST * (newest_ns - recent[0].at_ns)

    def _length_ns(self, block: Block) -> int:
        return len(block.pcm) * 1_000_000_000 // self._bytes_a_second
