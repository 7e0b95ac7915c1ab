"""Meter a take while it is recorded, from what reaches the disk."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hotline_desk.domain.roles import Role
from hotline_desk.media.levels import SILENT_DBFS, peak_dbfs
from hotline_desk.media.loudness import Loudness
from hotline_desk.media.meters import Meter
from hotline_desk.take.segments import SAMPLE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.media.meters import Reading
    from hotline_desk.take.take import LineInfo, Take

DEAD_SECONDS = 10.0
"""Exact zeros for this long are no quiet room: nothing comes from the device."""

_TELLING_SECONDS = 0.8  # with the time between two looks, told within a second
_MOST_SECONDS = 3.0  # read at once when the reader was away: what short-term loudness needs

State = Literal["sounding", "silent", "clipped", "stalled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReading:
    """What one line's meter shows now."""

    state: State
    """Stalled: nothing new is on the disk though the take goes on. Clipped: the lamp is lit.
    Silent: below `SILENT_DBFS` for most of a second. The first that is true, in this order."""
    ppm_dbfs: float
    """The highest programme level since the last look; minus infinity for none."""
    hold_dbfs: float
    """The peak hold."""
    clipped: bool
    """Whether the clip lamp is lit, also while the line is stalled."""
    lufs: float | None
    """Short-term loudness (3 s); None for lines whose loudness is not measured."""
    seconds: float
    """How long the line has been stalled or silent; 0 while it sounds."""
    dead: bool
    """Whether the device has brought exact zeros for `DEAD_SECONDS`."""


class TakeMeters:
    """The meters of a take's lines; each look reads what is new on the disk, and no more.

    One thread looks, ten to twenty times a second.
    """

    def __init__(
        self,
        take: Take,
        *,
        loud: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Meter *take*.

        Args:
            take: that is being recorded; nobody else's, for it remembers what it read.
            loud: names of lines whose loudness is measured, beside `Role.PROGRAMME`.
            clock: monotonic seconds.
        """
        self._take = take
        self._clock = clock
        now = clock()
        self._lines = [
            _LineMeter(line, loud=line.role == Role.PROGRAMME or line.name in loud, now=now)
            for line in take.lines
        ]

    def read(self) -> dict[str, LineReading]:
        """Return what each line's meter shows now, by the line's name."""
        now = self._clock()
        return {line.info.name: line.look(self._take, now) for line in self._lines}


class _LineMeter:
    """One line's meter, how far it has read, and how long the line has said nothing."""

    def __init__(self, info: LineInfo, *, loud: bool, now: float) -> None:
        self.info = info
        self._loud = loud
        self._next: int | None = None  # sample to read from; None before the first
        self._grew_at = now
        self._silent_samples = 0
        self._zero_samples = 0
        self._begin()

    def look(self, take: Take, now: float) -> LineReading:
        pcm = self._new(take)
        if pcm:
            self._grew_at = now
            self._listen(pcm)
        return self._shown(self._meter.feed(pcm), self._stalled(take, now))

    def _begin(self) -> None:
        self._meter = Meter(self.info.rate_hz)
        self._loudness = Loudness(self.info.rate_hz) if self._loud else None

    def _new(self, take: Take) -> bytes:
        """Return the samples that came since the last look; after a long time, the newest."""
        try:
            length = take.length(self.info.name)
            first = max(0, length - round(_MOST_SECONDS * self.info.rate_hz))
            if self._next is not None and first <= self._next <= length:
                first = self._next
            elif self._next is not None:
                self._begin()
            pcm = take.read(self.info.name, first, length - first)
        except OSError:  # a file that goes away is no sound: the line is stalled, and shown so
            return b""
        self._next = first + len(pcm) // SAMPLE_BYTES
        return pcm

    def _listen(self, pcm: bytes) -> None:
        samples = len(pcm) // SAMPLE_BYTES
        peak = peak_dbfs(pcm)
        self._silent_samples = self._silent_samples + samples if peak < SILENT_DBFS else 0
        self._zero_samples = self._zero_samples + samples if peak == -math.inf else 0
        if self._loudness is not None:
            self._loudness.feed(pcm)

    def _stalled(self, take: Take, now: float) -> float:
        """Return for how many seconds nothing has come though it should; 0 while all is well."""
        waited = now - self._grew_at
        return waited if waited >= _TELLING_SECONDS and not take.ended else 0.0

    def _shown(self, reading: Reading, stalled: float) -> LineReading:
        silent = self._silent_samples / self.info.rate_hz
        state: State = "sounding"
        if stalled:
            state = "stalled"
        elif reading.clipped:
            state = "clipped"
        elif silent >= _TELLING_SECONDS:
            state = "silent"
        return LineReading(
            state=state,
            ppm_dbfs=reading.ppm_dbfs,
            hold_dbfs=reading.hold_dbfs,
            clipped=reading.clipped,
            lufs=self._loudness.short_term if self._loudness is not None else None,
            seconds=stalled or (silent if state == "silent" else 0.0),
            dead=self._zero_samples >= DEAD_SECONDS * self.info.rate_hz,
        )
