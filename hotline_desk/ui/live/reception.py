"""Watches the workspace for a running take; used in the take lane alone, without Qt."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.roles import Role
from hotline_desk.domain.times import STUDIO_ZONE, two_clocks
from hotline_desk.errors import TakeNotFound, WorkspaceUnwritable
from hotline_desk.speech.text import readable
from hotline_desk.take.captions import read_captions
from hotline_desk.take.removed import Removed, removed
from hotline_desk.take.segments import bytes_a_second
from hotline_desk.take.take import Take
from hotline_desk.ui.kit.said import Said
from hotline_desk.workflows import recording
from hotline_desk.workflows.recording import Second, TimeLeft

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.paths import Workspace
    from hotline_desk.take.take import LineInfo
    from hotline_desk.workflows.metering import LineReading, TakeMeters

_LOOK_FOR_SECONDS = 2.0
_USUAL_RATE_HZ = 48_000
_REMOVED_SECONDS = 1.0
_NO_TIME = TimeLeft(0.0, Second.UNSET, 0.0)
_OLD_SECONDS = 10.0
"""From when on a take that is taken up has been going on without this window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What one look at the disk found."""

    take: Path | None = None
    """The take that was last seen; it may have ended."""
    recording: bool = False
    lost: bool = False
    """Whether the recorder went away without ending its take."""
    started_at: datetime | None = None
    """Wall time of take time 0; shown only."""
    elapsed: float = 0.0
    """Seconds of take time recorded."""
    lines: tuple[LineInfo, ...] = ()
    readings: dict[str, LineReading] = field(default_factory=dict)
    """What each line's meter reads, by the line's name."""
    time_left: TimeLeft = _NO_TIME
    """How long the disk lasts, with the lines of the take or of the settings."""
    news: tuple[dict[str, Any], ...] = ()
    """What the recorder has noted since the look before."""
    said: tuple[Said, ...] = ()
    """What is new in the captions."""
    said_anew: bool = False
    """Whether ``said`` is all there is to be seen now: some of it may not be seen any more."""
    removed: Removed | None = None
    """What of the take is not to be seen."""


class Watcher:
    """Finds the running take and follows it; its captions also after it has ended."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._take: Take | None = None
        self._meters: TakeMeters | None = None
        self._recording = False
        self._offset = 0
        self._looked: float | None = None
        self._noted: int | None = None
        self._removed: Removed | None = None
        self._removed_at = 0.0

    def look(self, lines: int, second: Path | None) -> Reception:
        """Look once.

        Args:
            lines: how many there would be, to reckon the disk with.
            second: the folder that a full disk is left for, if there is one.

        Raises:
            WorkspaceUnwritable: the folder cannot even be read.
        """
        try:
            return self._look(lines, second)
        except OSError as error:
            raise WorkspaceUnwritable(self._workspace.root) from error

    def _look(self, lines: int, second: Path | None) -> Reception:
        if not self._recording:
            self._find()
        take = self._take
        if take is None:
            return Reception(time_left=self._time_left(lines, second))
        was, self._recording = self._recording, self._recording and not take.ended
        return Reception(
            take=take.folder,
            recording=self._recording,
            lost=was and not self._recording and not take.ended_in_order,
            started_at=take.started_at,
            elapsed=take.now(),
            lines=take.lines,
            readings=self._meters.read() if self._recording and self._meters else {},
            time_left=recording.time_left(take)
            if self._recording
            else self._time_left(lines, second),
            news=self._news(take),
            said_anew=self._see_removed(take),
            said=self._new(take),
            removed=self._removed,
        )

    def _time_left(self, lines: int, second: Path | None) -> TimeLeft:
        """Return how long a take of so many *lines* could go on if it began now."""
        rate = bytes_a_second([_USUAL_RATE_HZ] * lines, 1.0)
        return recording.time_left_in(self._workspace.root, rate, second)

    def _find(self) -> None:
        now = time.monotonic()
        if self._looked is not None and now - self._looked < _LOOK_FOR_SECONDS:
            return
        self._looked = now
        folder = recording.running(self._workspace)
        if folder is not None:
            self.take_up(folder)

    def take_up(self, folder: Path) -> None:
        """Follow the take at *folder* from its beginning."""
        try:
            take = Take(folder)
        except TakeNotFound:  # its recorder is about to write it
            return
        if self._take is None or self._take.folder != folder:
            self._take, self._offset = take, 0
            from hotline_desk.workflows.metering import TakeMeters  # noqa: PLC0415  numpy

            self._meters = TakeMeters(Take(folder))
            self._noted = None
            self._removed = None
        self._recording = True

    def _see_removed(self, take: Take) -> bool:
        """Look once a second what is not to be seen; read all captions anew if it has changed."""
        now = time.monotonic()
        if self._removed is not None and now - self._removed_at < _REMOVED_SECONDS:
            return False
        before, self._removed, self._removed_at = self._removed, removed(take.folder, take), now
        changed = before is not None and before != self._removed
        if changed:
            self._offset = 0
        return changed

    def _new(self, take: Take) -> tuple[Said, ...]:
        utterances, self._offset = read_captions(take.folder, self._offset, take=take)
        return said(take, utterances)

    def _news(self, take: Take) -> tuple[dict[str, Any], ...]:
        """Return what the recorder has noted since; a take that is taken up has old news."""
        events = take.events()
        old = self._noted is None and take.now() > _OLD_SECONDS
        fresh = [] if old else events[self._noted or 0 :]
        self._noted = len(events)
        return tuple(event for event in fresh if event["event"] != "anchor")


def said(take: Take, utterances: Iterable[Utterance]) -> tuple[Said, ...]:
    """Return *utterances* of *take* as readable Chinese, with the studio's time."""
    roles = {line.name: line.role for line in take.lines}
    found = []
    for utterance in utterances:
        if not utterance.text:
            continue
        clocks = two_clocks(take.started_at, utterance.start, delay_seconds=take.delay_seconds)
        found.append(
            Said(
                line=utterance.line,
                caller=roles.get(utterance.line) == Role.CALLER,
                start=utterance.start,
                end=utterance.end,
                clock=clocks.recorded_text,
                aired=clocks.aired_text,
                text=readable([utterance]),
            )
        )
    return tuple(found)


def clock(started_at: datetime, seconds: float) -> str:
    """Return the studio's time at *seconds* of a take that began at *started_at*: 10:16:58."""
    wall = started_at + timedelta(seconds=seconds)
    return f"{wall.astimezone(STUDIO_ZONE):%H:%M:%S}"
