"""How far a long job is, and how long it will still take, in words."""

from __future__ import annotations

import time

from hotline_desk.domain.times import duration_text

_FIRST_SECONDS = 2.0
"""Before that nobody knows how fast it goes."""


class Progress:
    """Tells the time left of a job from the time that its part took."""

    def __init__(self) -> None:
        """Begin the job."""
        self._began = time.monotonic()
        self._before = 0

    def words(self, done: int, total: int) -> str:
        """Return ``12,000 / 100,000，还要 20 秒``; nothing while the total is unknown."""
        if done < self._before:  # the next part of the job, at another speed
            self._began = time.monotonic()
        self._before = done
        if not total:
            return ""
        words = f"{done:,} / {total:,}"
        took = time.monotonic() - self._began
        if took < _FIRST_SECONDS or not 0 < done < total:
            return words
        return f"{words}，还要 {duration_text(took * (total - done) / done)}"
