"""One take being recorded: its lines, the feeds that bring them, and what is done beside."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.capture.beside import Beside
from hotline_desk.capture.claim import lock_folder
from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.capture.feed import Feed
from hotline_desk.capture.line import LineRecorder
from hotline_desk.capture.room import Room, make_second
from hotline_desk.domain.roles import Role
from hotline_desk.errors import WorkspaceUnwritable
from hotline_desk.messages import sentence
from hotline_desk.system import steady_ns, write_whole
from hotline_desk.take.marks import MARKS, SeenMarks
from hotline_desk.take.places import TAKE
from hotline_desk.take.purge import purge_due
from hotline_desk.take.segments import bytes_a_second
from hotline_desk.take.take import EVENTS, LineInfo, Take, create_take, is_asked_to_stop

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hotline_desk.capture.length import Length
    from hotline_desk.capture.sources import LineRequest

_LOOK_SECONDS = 0.1
_HELD_UP_SECONDS = 0.5
_SYNC_SECONDS = 0.8  # with the sync itself, nothing stays unsynced for more than a second
_ROOM_SECONDS = 1.0
_LATE_SECONDS = 1.0
_MINUTE = 60.0
FOLDER_LOST = "folder_lost"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept of 坐席 lines; seconds of take time."""

    unclaimed_seconds: float
    """How long what no mark claims."""
    pre_roll_seconds: float
    """How far before its mark a claim begins."""


class Recorder:
    """Lines, feeds and files of one take."""

    def __init__(self, requests: Sequence[LineRequest], folder: Path, *, log: Path) -> None:
        """Start the capture children, one for each device."""
        self.lines: list[LineRecorder] = []
        self._requests = requests
        self._folder = folder
        sources = dict.fromkeys(request.source for request in requests)
        self._feeds = [
            Feed(
                [request for request in requests if request.source == source],
                log=log,
                others=[other for other in sources if other != source],
            )
            for source in sources
        ]
        self._beside: list[Beside] = []

    def begin(
        self,
        *,
        delay_seconds: float,
        volume: Path | None,
        keeping: Keeping,
        stack: contextlib.ExitStack,
    ) -> None:
        """Make the take once it is known which devices are there, and let the sound come.

        A device that is absent joins when it comes. Where all are, no take is left behind.

        Args:
            delay_seconds: how far the air runs behind.
            volume: where a second folder for the take is made, if anywhere.
            keeping: what is kept of 坐席 lines.
            stack: holds the take's lock.
        """
        infos = self._infos()
        lock_folder(self._folder, stack)
        second, why_not = make_second(volume, self._folder) if volume else (None, "")
        origin_ns = steady_ns()
        speed = self._requests[0].speed
        self.clock = TakeClock(origin_ns, speed)
        self.events = EventLog(
            self._folder / EVENTS, self.clock, second=second / EVENTS if second else None
        )
        create_take(
            self._folder,
            infos,
            started_at=datetime.now().astimezone(),
            monotonic_ns=origin_ns,
            delay_seconds=delay_seconds,
            speed=speed,
            second=second,
        )
        if volume and why_not:
            self.events.note("second_lost", folder=str(volume), reason=why_not)
        self._place = self._folder.stat()
        self._record = (self._folder / TAKE).read_bytes()
        self._room = Room(self._folder, second)
        self._stopped_elsewhere = False
        self._bytes_a_second = bytes_a_second((info.rate_hz for info in infos), speed)
        self.lines = [
            LineRecorder(self._room, info, clock=self.clock, events=self.events) for info in infos
        ]
        by_name = {line.info.name: line for line in self.lines}
        for feed in self._feeds:
            feed.begin(
                [by_name[request.name] for request in feed.requests],
                clock=self.clock,
                events=self.events,
                all_over=self._is_over,
            )
        self._look_for_room()
        self._do_beside("sync", self._sync, _SYNC_SECONDS)
        self._do_beside("room", self._look_for_room, _ROOM_SECONDS)
        if any(info.role == Role.SEAT for info in infos):
            purge = partial(self._purge, Take(self._folder), SeenMarks(), keeping)
            self._do_beside("purge", purge, _MINUTE / speed)

    def absent(self) -> dict[str, str]:
        """Return why a line began without its device, by the line's name."""
        return {
            request.name: sentence(feed.absent)
            for feed in self._feeds
            if feed.absent is not None
            for request in feed.requests
        }

    def run(self, stopped: threading.Event, *, seconds: float | None, length: Length) -> str:
        """Watch over the feeds until the take shall end; return why."""
        length.begin(self.lines)
        looked_at = time.monotonic()
        while not stopped.wait(_LOOK_SECONDS):
            now = time.monotonic()
            for feed in self._feeds:
                if now - looked_at > _HELD_UP_SECONDS:
                    feed.be_patient()
                feed.look()
            looked_at = now
            if reason := self._reason_to_end(seconds, length):
                return reason
        return "signal"

    def _reason_to_end(self, seconds: float | None, length: Length) -> str:
        if self._stopped_elsewhere or is_asked_to_stop((self._folder,)):
            return "stop"
        if self._folder_is_lost():
            return FOLDER_LOST
        if self._is_over():
            return "over"
        if seconds is not None and self._has_recorded(seconds):
            return "time"
        return "longest" if length.is_forgotten(self.lines, self.clock.now()) else ""

    def finish(self, reason: str) -> None:
        """Bring in the last sound, and end the take."""
        at = self.clock.now()
        for feed in self._feeds:
            feed.end()
        for feed in self._feeds:
            feed.close()
        self._end_beside()
        for line in self.lines:
            with contextlib.suppress(OSError):  # told already, by the event of the full disk
                line.finish(at)
        samples = {line.info.id: line.samples for line in self.lines}
        self.events.note("end", reason=reason, samples=samples)
        with contextlib.suppress(OSError):
            self.events.sync()

    def close(self) -> None:
        """Leave no child, no thread and no open file behind, whatever happened."""
        for feed in self._feeds:
            feed.close()
        self._end_beside()
        for line in self.lines:
            with contextlib.suppress(OSError):  # a take that ended in order has told it
                line.writer.close()

    def _infos(self) -> list[LineInfo]:
        """Wait for the devices; return the lines in the order they were asked for.

        Raises:
            HotlineDeskError: no device is there; why the first one is not.
        """
        for feed in self._feeds:
            feed.wait()
        absent = [feed.absent for feed in self._feeds if feed.absent is not None]
        if len(absent) == len(self._feeds):
            raise absent[0]
        rates = {feed.requests[0].source: feed.rate_hz for feed in self._feeds}
        return [
            LineInfo(
                id=f"line{number}",
                name=request.name,
                role=request.role,
                device=request.device,
                channel=request.channel,
                rate_hz=rates[request.source],
            )
            for number, request in enumerate(self._requests, start=1)
        ]

    def _folder_is_lost(self) -> bool:
        """Whether the take's folder was deleted, moved away or replaced."""
        try:
            if not os.path.samestat(self._folder.stat(), self._place):
                return True
            return not (self._folder / TAKE).exists() and not self._has_its_record_again()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False  # a disk that fails for a moment has lost nothing yet

    def _has_its_record_again(self) -> bool:
        """Write take.json again; not where the segments go too, as the whole folder does then."""
        time.sleep(_LOOK_SECONDS)
        if any(line.samples for line in self.lines) and not any(self._folder.glob("*.wav")):
            return False
        write_whole(self._folder / TAKE, self._record)
        self.events.note("record_lost")
        return True

    def _is_over(self) -> bool:
        return all(feed.over for feed in self._feeds)

    def _has_recorded(self, seconds: float) -> bool:
        """Whether every line has *seconds*, or should have: one may have lost its device."""
        enough = all(line.seconds >= seconds for line in self.lines)
        return enough or self.clock.now() > seconds + _LATE_SECONDS

    def _sync(self) -> None:
        """Sync lines and events; one that cannot be synced keeps no other from it."""
        failed: OSError | None = None
        for sync in (*(line.writer.sync for line in self.lines), self.events.sync):
            try:
                sync()
            except OSError as error:
                failed = failed or error
        if failed is not None:
            raise failed

    def _do_beside(self, name: str, work: Callable[[], None], every_seconds: float) -> None:
        self._beside.append(Beside(name, work, every_seconds=every_seconds, events=self.events))

    def _look_for_room(self) -> None:
        self._room.look(self._bytes_a_second, self.events)
        # here and not in the loop: a second volume that hangs must hold up nothing
        self._stopped_elsewhere = is_asked_to_stop(self._room.folders[1:])

    def _purge(self, take: Take, seen: SeenMarks, keeping: Keeping) -> None:
        if seen.are_lost(take.folders):
            raise WorkspaceUnwritable(self._folder / MARKS)  # told as a purge that failed
        purge_due(
            take,
            self.clock.now(),
            keep_seconds=keeping.unclaimed_seconds,
            pre_roll_seconds=keeping.pre_roll_seconds,
            note=self.events.note,
        )

    def _end_beside(self) -> None:
        while self._beside:
            self._beside.pop().close()
