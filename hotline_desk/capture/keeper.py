"""The recorder: keeps what its capture children bring, and nothing else.

Standard library only, so that it stays small and nothing can take it down.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from hotline_desk.capture import running, sound_file
from hotline_desk.capture.events import EventLog, TakeClock
from hotline_desk.capture.feed import Feed
from hotline_desk.capture.line import LineRecorder
from hotline_desk.capture.sources import FILE, LineRequest, parse_lines
from hotline_desk.domain.times import duration_text
from hotline_desk.errors import RecorderAlreadyRunning, TakeExists, TakeLost, WorkspaceFull
from hotline_desk.output import Line
from hotline_desk.system import FileLock, steady_ns
from hotline_desk.take.journal import workspace_error
from hotline_desk.take.take import EVENTS, LOCK, STOP, TAKE, LineInfo, create_take

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hotline_desk.paths import Workspace

_LOOK_SECONDS = 0.1
_HELD_UP_SECONDS = 0.5
_SYNC_SECONDS = 0.8  # with the sync itself, nothing stays unsynced for more than a second
_LATE_SECONDS = 1.0
_LEAST_ROOM = 1 << 18  # bytes: a few seconds of sound
_LOCK_TRIES = 5
_FOLDER_LOST = "folder_lost"


def record(args: argparse.Namespace) -> Iterator[Line]:
    """Record `args.lines` into `args.take` until stop, signal, `args.seconds` or the files' end.

    Raises:
        LineNotUnderstood: `--line` or `--role` is wrong.
        TakeExists: the folder is not empty, or another recorder's.
        RecorderAlreadyRunning: another recorder has this workspace.
        DeviceNotFound: an input, or its channel, is not there.
        NoInputDevice: there is no input at all.
        SoundLibraryMissing: PortAudio is not installed.
        SoundFileNotFound: a `file:` is not there.
        UndecodableSound: a `file:` is no WAV of 16-bit PCM.
        WorkspaceUnwritable: workspace or take cannot be written.
        WorkspaceFull: there is no room.
        TakeLost: the take's folder went away while it was recorded.
    """
    requests = parse_lines(args.lines, args.roles)
    for request in requests:
        if request.source.startswith(FILE):
            sound_file.sound_format(request.source)
    folder = args.take.expanduser().absolute()
    with contextlib.ExitStack() as stack:
        stopped = _stop_signals(stack)
        _claim(args.workspace, folder, stack)
        recorder = Recorder(requests, folder, log=args.workspace.logs / "capture.log")
        stack.callback(recorder.close)
        recorder.begin(delay_seconds=args.delay, stack=stack)
        running.announce(args.workspace, folder)
        stack.callback(running.withdraw, args.workspace)
        try:
            yield _beginning(folder, recorder)
        except GeneratorExit:
            recorder.finish("signal")
            raise
        # a bug that ends the recorder leaves the take without its end: it is found as lost
        reason = recorder.run(stopped, seconds=args.seconds)
        recorder.finish(reason)
        if reason == _FOLDER_LOST:
            raise TakeLost(folder)
        yield _ending(folder, recorder, reason)


class Recorder:
    """Lines, feeds and files of one take."""

    def __init__(self, requests: Sequence[LineRequest], folder: Path, *, log: Path) -> None:
        """Start the capture children, one for each device."""
        self.lines: list[LineRecorder] = []
        self._requests = requests
        self._folder = folder
        sources = dict.fromkeys(request.source for request in requests)
        self._feeds = [
            Feed([request for request in requests if request.source == source], log=log)
            for source in sources
        ]
        self._closing = threading.Event()
        self._syncer = threading.Thread(target=self._sync, name="sync", daemon=True)

    def begin(self, *, delay_seconds: float, stack: contextlib.ExitStack) -> None:
        """Make the take once every device is there, and let the sound come.

        Nothing is written before: a device that is missing leaves no take behind.
        """
        infos = self._infos()
        _lock_folder(self._folder, stack)
        origin_ns = steady_ns()
        speed = self._requests[0].speed
        self.clock = TakeClock(origin_ns, speed)
        self.events = EventLog(self._folder / EVENTS, self.clock)
        create_take(
            self._folder,
            infos,
            started_at=datetime.now().astimezone(),
            monotonic_ns=origin_ns,
            delay_seconds=delay_seconds,
            speed=speed,
        )
        self._place = self._folder.stat()
        self.lines = [
            LineRecorder(self._folder, info, clock=self.clock, events=self.events) for info in infos
        ]
        by_name = {line.info.name: line for line in self.lines}
        for feed in self._feeds:
            feed.begin(
                [by_name[request.name] for request in feed.requests],
                clock=self.clock,
                events=self.events,
                all_over=self._is_over,
            )
        self._syncer.start()

    def run(self, stopped: threading.Event, *, seconds: float | None) -> str:
        """Watch over the feeds until the take shall end; return why."""
        looked_at = time.monotonic()
        while not stopped.wait(_LOOK_SECONDS):
            now = time.monotonic()
            for feed in self._feeds:
                if now - looked_at > _HELD_UP_SECONDS:
                    feed.be_patient()
                feed.look()
            looked_at = now
            if (self._folder / STOP).exists():
                return "stop"
            if self._folder_is_lost():
                return _FOLDER_LOST
            if self._is_over():
                return "over"
            if seconds is not None and self._has_recorded(seconds):
                return "time"
        return "signal"

    def finish(self, reason: str) -> None:
        """Bring in the last sound, and end the take."""
        at = self.clock.now()
        for feed in self._feeds:
            feed.end()
        for feed in self._feeds:
            feed.close()
        self._stop_syncing()
        for line in self.lines:
            with contextlib.suppress(OSError):  # told already, by the event of the full disk
                line.finish(at)
        samples = {line.info.id: line.samples for line in self.lines}
        self.events.note("end", reason=reason, samples=samples)
        with contextlib.suppress(OSError):
            self.events.sync()

    def close(self) -> None:
        """Leave no child and no thread behind, whatever happened."""
        for feed in self._feeds:
            feed.close()
        self._stop_syncing()

    def _infos(self) -> list[LineInfo]:
        """Wait for every device's format; return the lines in the order they were asked for."""
        rates = {feed.requests[0].source: feed.format().rate_hz for feed in self._feeds}
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
            (self._folder / TAKE).stat()
            return not os.path.samestat(self._folder.stat(), self._place)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False  # a disk that fails for a moment has lost nothing yet

    def _is_over(self) -> bool:
        return all(feed.over for feed in self._feeds)

    def _has_recorded(self, seconds: float) -> bool:
        """Whether every line has *seconds*, or should have: one may have lost its device."""
        enough = all(line.seconds >= seconds for line in self.lines)
        return enough or self.clock.now() > seconds + _LATE_SECONDS

    def _sync(self) -> None:
        failed = False
        while not self._closing.wait(_SYNC_SECONDS):
            try:
                for line in self.lines:
                    line.writer.sync()
                self.events.sync()
                failed = False
            except OSError as error:
                if not failed:
                    failed = True
                    self.events.note("sync_failed", errno=error.errno)

    def _stop_syncing(self) -> None:
        self._closing.set()
        if self._syncer.ident is not None:
            self._syncer.join()


def _claim(workspace: Workspace, folder: Path, stack: contextlib.ExitStack) -> None:
    """Make sure that this recorder is the only one, and has room to write."""
    lock = FileLock(workspace.recorder_lock)
    try:
        if folder.is_dir() and {entry.name for entry in folder.iterdir()} - {LOCK}:
            raise TakeExists(folder)
        workspace.logs.mkdir(parents=True, exist_ok=True)
        if not _acquired(lock):
            raise RecorderAlreadyRunning(workspace.root)
        stack.callback(lock.release)
        running.withdraw(workspace)  # a recorder that was killed did not
        if shutil.disk_usage(_nearest(folder)).free < _LEAST_ROOM:
            raise WorkspaceFull(folder)
    except OSError as error:
        raise workspace_error(workspace.root, error) from error


def _nearest(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _lock_folder(folder: Path, stack: contextlib.ExitStack) -> None:
    """Make the take's folder, and hold its lock until the end."""
    lock = FileLock(folder / LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _acquired(lock):
            raise TakeExists(folder)
    except OSError as error:
        raise workspace_error(folder, error) from error
    stack.callback(lock.release)


def _acquired(lock: FileLock) -> bool:
    """Take *lock*; who only asks whether it is held holds it for a moment, too."""
    for _ in range(_LOCK_TRIES):
        if lock.acquire():
            return True
        time.sleep(_LOOK_SECONDS)
    return False


def _stop_signals(stack: contextlib.ExitStack) -> threading.Event:
    """Return an event that Ctrl+C and a request to end set; a take is ended in order."""
    stopped = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # no terminal hangs up on Windows
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        before = signal.signal(number, lambda *_: stopped.set())
        stack.callback(signal.signal, number, before)
    return stopped


def _beginning(folder: Path, recorder: Recorder) -> Line:
    names = "、".join(line.info.name for line in recorder.lines)
    return Line(
        f"● 录音中：{names} → {folder}；按 Ctrl+C 停止",
        {"take": str(folder), "lines": [line.info.name for line in recorder.lines]},
    )


def _ending(folder: Path, recorder: Recorder, reason: str) -> Line:
    """Tell what is on the disk, and what is not."""
    facts, told = {}, []
    for line in recorder.lines:
        samples = line.on_disk()
        seconds = samples / line.info.rate_hz
        missing = max(0.0, line.seconds - seconds)
        facts[line.info.name] = {
            "samples": samples,
            "seconds": round(seconds, 3),
            "gaps": line.gaps,
            "missing": round(missing, 3),
        }
        told.append(
            f"{line.info.name} {duration_text(seconds)}"
            + (f"，断 {line.gaps} 处" if line.gaps else "")
            + (f"，另有 {duration_text(missing)}不在磁盘上" if missing else "")
        )
    return Line(
        f"■ 录音结束：{'；'.join(told)}", {"take": str(folder), "reason": reason, "lines": facts}
    )
