"""Watches the workspace for a running take; used in the take lane alone, without Qt."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.errors import TakeNotFound, WorkspaceUnwritable
from hotline_desk.speech.text import readable
from hotline_desk.take.captions import read_captions
from hotline_desk.take.take import Take
from hotline_desk.ui.said import CALLER_ROLE, Said
from hotline_desk.workflows import recording

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.paths import Workspace
    from hotline_desk.take.take import LineInfo

_LOOK_FOR_SECONDS = 2.0
_USUAL_RATE_HZ = 48_000
_BYTES_A_SAMPLE = 2


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
    levels: dict[str, float] = field(default_factory=dict)
    """Peak of the newest 100 ms in dBFS by the line's name."""
    disk_hours: float = 0.0
    said: tuple[Said, ...] = ()
    """What is new in the captions."""


class Watcher:
    """Finds the running take and follows it; its captions also after it has ended."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._take: Take | None = None
        self._recording = False
        self._offset = 0
        self._looked: float | None = None

    def look(self, lines: int) -> Reception:
        """Look once; *lines* are how many there would be, to reckon the disk with.

        Raises:
            WorkspaceUnwritable: the folder cannot even be read.
        """
        try:
            return self._look(lines)
        except OSError as error:
            raise WorkspaceUnwritable(self._workspace.root) from error

    def _look(self, lines: int) -> Reception:
        if not self._recording:
            self._find()
        take = self._take
        if take is None:
            return Reception(disk_hours=self._disk_hours(lines, _USUAL_RATE_HZ))
        was, self._recording = self._recording, self._recording and not take.ended
        rate = sum(line.rate_hz for line in take.lines) // max(1, len(take.lines))
        return Reception(
            take=take.folder,
            recording=self._recording,
            lost=was and not self._recording and not take.ended_in_order,
            started_at=take.started_at,
            elapsed=take.now(),
            lines=take.lines,
            levels=recording.levels(take) if self._recording else {},
            disk_hours=self._disk_hours(len(take.lines), rate),
            said=self._new(take),
        )

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
        self._recording = True

    def _new(self, take: Take) -> tuple[Said, ...]:
        utterances, self._offset = read_captions(take.folder, self._offset)
        return said(take, utterances)

    def _disk_hours(self, lines: int, rate_hz: int) -> float:
        free = shutil.disk_usage(self._workspace.root).free
        return free / (max(1, lines) * rate_hz * _BYTES_A_SAMPLE * 3600)


def said(take: Take, utterances: Iterable[Utterance]) -> tuple[Said, ...]:
    """Return *utterances* of *take* as readable Chinese, with the studio's time."""
    roles = {line.name: line.role for line in take.lines}
    return tuple(
        Said(
            line=utterance.line,
            caller=roles.get(utterance.line) == CALLER_ROLE,
            start=utterance.start,
            end=utterance.end,
            clock=clock(take.started_at, utterance.start),
            text=readable([utterance]),
        )
        for utterance in utterances
        if utterance.text
    )


def clock(started_at: datetime, seconds: float) -> str:
    """Return the studio's time at *seconds* of a take that began at *started_at*: 10:16:58."""
    wall = started_at + timedelta(seconds=seconds)
    return f"{wall.astimezone(STUDIO_ZONE):%H:%M:%S}"
