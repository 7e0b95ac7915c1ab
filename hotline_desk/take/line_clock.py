"""The clock of a line: which of its samples was heard when."""

from __future__ import annotations

import bisect
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Anchor:
    sample: int
    at: float
    """Seconds of take time."""


class LineClock:
    """Converts between the samples of a line and take time, by its anchors where it has some."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._anchors: list[_Anchor] = []

    def note(self, sample: int, at: float) -> None:
        """Take in that *sample* was heard at take time *at*, unless it contradicts the last."""
        last = self._anchors[-1] if self._anchors else None
        if last is None or (sample > last.sample and at > last.at):
            self._anchors.append(_Anchor(sample, at))

    def sample_at(self, seconds: float) -> int:
        """Return the sample that was heard at take time *seconds*."""
        place = bisect.bisect(self._anchors, seconds, key=lambda anchor: anchor.at)
        before, rate = self._around(place)
        return max(0, round(before.sample + (seconds - before.at) * rate))

    def time_at(self, sample: int) -> float:
        """Return the take time in seconds at which *sample* was heard."""
        place = bisect.bisect(self._anchors, sample, key=lambda anchor: anchor.sample)
        before, rate = self._around(place)
        return max(0.0, before.at + (sample - before.sample) / rate)

    def _around(self, place: int) -> tuple[_Anchor, float]:
        """Return the anchor before *place* and the samples a second from there to the next.

        Before the first one, after the last one and without any the nominal rate holds.
        """
        if not self._anchors:
            return _Anchor(0, 0.0), self._rate_hz
        before = self._anchors[max(0, place - 1)]
        if place in {0, len(self._anchors)}:
            return before, self._rate_hz
        after = self._anchors[place]
        return before, (after.sample - before.sample) / (after.at - before.at)
