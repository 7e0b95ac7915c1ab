"""One device as the recorder sees it: its capture child, restarted whenever it fails."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
import traceback
from typing import TYPE_CHECKING

from hotline_desk import system
from hotline_desk.capture import blocks
from hotline_desk.capture.blocks import Begin, Block, BlockFlag, Format
from hotline_desk.errors import DeviceNotFound, HotlineDeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import IO, Any

    from hotline_desk.capture.events import EventLog, TakeClock
    from hotline_desk.capture.line import LineRecorder
    from hotline_desk.capture.sources import LineRequest

_SILENT_SECONDS = 0.8  # without bytes: told; with the look's period, within a second
_HUNG_SECONDS = 2.5  # ended then: a child that a busy machine holds up loses nothing by waiting
_FIRST_SECONDS = 4.0  # what a device may take to its first bytes: some drivers wake late
_OPEN_SECONDS = 10.0
_END_SECONDS = 3.0
_RETRY_SECONDS = 0.3
_LONGEST_BUG_SECONDS = 10.0  # a bug may come again and again: tracebacks shall not fill the log


class CaptureChild:
    """One process that reads one device."""

    def __init__(self, source: str, *, channels: int, speed: float, log: Path) -> None:
        self._source = source
        self._channels = channels
        with log.open("ab") as file:
            self._process = system.start_child(
                *("capture-child", "--speed", str(speed), source),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
            )

    def format(self) -> Format:
        """Wait for what the child says first.

        Raises:
            DeviceNotFound: the device, or a channel of it, cannot be had.
            NoInputDevice: the machine has none.
            SoundLibraryMissing: PortAudio is not installed.
        """
        hung = threading.Timer(_OPEN_SECONDS, self.kill)
        hung.start()
        try:
            found = blocks.read_format(_pipe(self._process.stdout), self._source)
        finally:
            hung.cancel()
        if found.channels < self._channels:
            raise DeviceNotFound(f"{self._source}?channel={self._channels}")
        return found

    def begin(self, word: Begin) -> None:
        """Let the sound come."""
        # a child that is dead, or asked to end meanwhile, is found by reading from it
        with contextlib.suppress(OSError, ValueError):
            blocks.write_begin(_pipe(self._process.stdin), word)

    def read(self) -> Block | None:
        """Wait for the next block; None when the child has ended."""
        return blocks.read_block(_pipe(self._process.stdout))

    def ask_to_end(self) -> None:
        """Ask for what it still has; then it ends."""
        with contextlib.suppress(OSError):
            _pipe(self._process.stdin).close()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """Leave nothing of it behind."""
        self.ask_to_end()
        self.kill()
        self._process.wait()
        _pipe(self._process.stdout).close()


class Feed:
    """Hands a device's sound to the lines that it brings.

    A thread of its own reads; the recorder's loop calls `look` to find a child that hangs.
    """

    def __init__(self, requests: Sequence[LineRequest], *, log: Path) -> None:
        """Start the first child."""
        self.requests = tuple(requests)
        self.over = False
        """Whether the sound file has ended."""
        self._log = log
        self._lines: list[LineRecorder] = []
        self._ending = threading.Event()
        self._lost = False
        self._telling = threading.Lock()
        self._waiting_since: float | None = None  # monotonic seconds; None while nobody waits
        self._patience = _FIRST_SECONDS
        self._bug_seconds = _RETRY_SECONDS  # to wait after the next one
        self._child = self._start()
        self._format: Format | None = None
        self._thread: threading.Thread | None = None

    def format(self) -> Format:
        """Wait for the device's format; raises as `CaptureChild.format`."""
        self._format = self._child.format()
        return self._format

    def begin(
        self,
        lines: Sequence[LineRecorder],
        *,
        clock: TakeClock,
        events: EventLog,
        all_over: Callable[[], bool],
    ) -> None:
        """Let the sound come; from here on the child is replaced whenever it fails.

        Args:
            lines: one for each of `requests`, in their order.
            clock: the take's.
            events: where losses are noted.
            all_over: whether no line of the take has any sound to come.
        """
        self._lines, self._clock, self._events = list(lines), clock, events
        self._all_over = all_over
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Tell that a child brings no bytes; end it if it goes on so. Its thread starts another."""
        since = self._waiting_since
        if since is None:
            return
        waited = time.monotonic() - since - self._patience
        if waited > 0:
            self._lose("silent")
        if waited > _HUNG_SECONDS - _SILENT_SECONDS:
            self._child.kill()

    def be_patient(self) -> None:
        """Begin to wait anew: this process itself was held up."""
        if self._waiting_since is not None:
            self._waiting_since = time.monotonic()

    def end(self) -> None:
        """Ask the child for what it still has; do not wait."""
        self._ending.set()
        self._child.ask_to_end()

    def close(self) -> None:
        """Wait until the last sound is with its line."""
        self.end()
        if self._thread is not None:
            self._thread.join(_END_SECONDS)
        self._child.kill()
        if self._thread is not None:
            self._thread.join()
        self._child.close()

    def _start(self) -> CaptureChild:
        channels = max(request.channel for request in self.requests)
        first = self.requests[0]
        return CaptureChild(first.source, channels=channels, speed=first.speed, log=self._log)

    def _run(self) -> None:
        resumed = False
        while self._live(resumed=resumed):
            resumed = True

    def _live(self, *, resumed: bool) -> bool:
        """Go through one child's life until there is another; False when the take ends."""
        try:
            reason = self._deliver(resumed=resumed)
        except Exception:  # noqa: BLE001  a bug must not end a line while the take goes on
            reason = self._told_bug()
        if self._ending.is_set():
            return False
        self._lose(reason)
        for line in self._lines:
            line.interrupt()
        return self._restart()

    def _told_bug(self) -> str:
        """Tell of the bug that is being handled, and wait a little; return the reason to note."""
        traceback.print_exc()
        self._note_all("device_failed", reason="bug")
        self._ending.wait(self._bug_seconds)
        self._bug_seconds = min(2 * self._bug_seconds, _LONGEST_BUG_SECONDS)
        return "bug"

    def _deliver(self, *, resumed: bool) -> str:
        """Hand on one child's sound until it ends; return why it did."""
        self._patience = _FIRST_SECONDS
        self._child.begin(Begin(self._clock.origin_ns, resumed))
        while (block := self._next_block()) is not None:
            if block.flags & BlockFlag.MOVED:
                return "moved"
            self._patience = _SILENT_SECONDS
            self._regain()
            self._hand_on(block)
        return "ended"

    def _next_block(self) -> Block | None:
        self._waiting_since = time.monotonic()
        try:
            return self._child.read()
        finally:
            self._waiting_since = None  # a disk that takes its time is not the child's fault

    def _lose(self, reason: str) -> None:
        """Note that the device is lost, once until it is back; the loop and the thread do."""
        with self._telling:
            if not self._lost:
                self._lost = True
                self._note_all("device_lost", reason=reason)

    def _regain(self) -> None:
        with self._telling:
            if self._lost:
                self._lost = False
                self._note_all("device_back")

    def _hand_on(self, block: Block) -> None:
        if self.over and self._all_over():
            return  # silence behind a file's end is for the other lines' sake
        at = self._clock.seconds(block.at_ns)
        samples = memoryview(block.pcm).cast("h")
        channels = self._format.channels if self._format else 1
        for request, line in zip(self.requests, self._lines, strict=True):
            if block.flags & BlockFlag.OVERFLOW:
                line.overflow()
            line.take_in(samples[request.channel - 1 :: channels].tobytes(), at)
        if block.flags & BlockFlag.OVER and not self.over:
            self._note_all("line_over")
            self.over = True

    def _restart(self) -> bool:
        """Start children until one has the device again; False when the take ends before."""
        told = False
        while not self._ending.is_set():
            self._child.close()
            try:
                self._child = self._start()
                if self._ending.is_set():
                    self._child.ask_to_end()
                if self._child.format() == self._format:
                    return True
                reason = "format"
            except (HotlineDeskError, OSError) as error:
                reason = type(error).__name__
            except Exception:  # noqa: BLE001  as in `_live`
                self._told_bug()
                continue
            if not told:
                told = True
                self._note_all("device_failed", reason=reason)
            self._ending.wait(_RETRY_SECONDS)
        return False

    def _note_all(self, event: str, **facts: str) -> None:
        for line in self._lines:
            about: dict[str, Any] = {"line": line.info.id, "sample": line.samples, **facts}
            self._events.note(event, **about)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError("the child was started without this pipe")
    return stream
