"""One device as the recorder sees it: its capture child, restarted whenever it fails."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
import traceback
from typing import TYPE_CHECKING

from hotline_desk import processes
from hotline_desk.capture import blocks
from hotline_desk.capture.blocks import Begin, Block, BlockFlag, Format
from hotline_desk.capture.pace import Pace
from hotline_desk.capture.sources import device_text
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
_LONGEST_RETRY_SECONDS = 2.0  # starting a child costs: one that is away for hours is let be
_ABSENT_RATE_HZ = 48_000  # of a device that nobody has seen yet; the system makes it so
_CURED_SECONDS = 10.0  # without repetition; starting a stuck device again did help then
_LONGEST_BUG_SECONDS = 10.0  # a bug may come again and again: tracebacks shall not fill the log


class CaptureChild:
    """One process that reads one device."""

    def __init__(
        self,
        source: str,
        *,
        log: Path,
        speed: float = 1.0,
        rate_hz: int = 0,
        position: str = "",
        others: Sequence[str] = (),
    ) -> None:
        """Start it.

        Args:
            source: the device's name, or ``file:`` and a path.
            log: where it writes what went wrong.
            speed: of a file, against real time.
            rate_hz: what a device's sound is made; its own rate while 0.
            position: by what the device is told from others of its make, where that is known.
            others: other lines' devices, which are not to be taken for this one.
        """
        self._source = source
        more = ["--rate", str(rate_hz), "--position", position]
        more += [word for name in others for word in ("--other", name)]
        with log.open("ab") as file:
            self._process = processes.start_child(
                *("capture-child", "--speed", str(speed), *more, source),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
            )

    def format(self) -> Format:
        """Wait for what the child says first.

        Raises:
            DeviceNotFound: the device cannot be had.
            DeviceRefused: it cannot be opened.
            NoInputDevice: the machine has none.
            SoundLibraryMissing: PortAudio is not installed.
        """
        hung = threading.Timer(_OPEN_SECONDS, self.kill)
        hung.start()
        try:
            return blocks.read_format(_pipe(self._process.stdout), self._source)
        finally:
            hung.cancel()

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

    def __init__(
        self, requests: Sequence[LineRequest], *, log: Path, others: Sequence[str] = ()
    ) -> None:
        """Start the first child.

        Args:
            requests: the lines of one source.
            log: where the children write what went wrong.
            others: the sources of the take's other lines.
        """
        self._others = others
        self.requests = tuple(requests)
        self.over = False
        """Whether the sound file has ended."""
        self._log = log
        self._lines: list[LineRecorder] = []
        self._ending = threading.Event()
        self._lost: set[str] = set()  # the ids of the lines that are told lost
        self._telling = threading.Lock()
        self._repeated_at = -_CURED_SECONDS  # monotonic seconds
        self._waiting_since: float | None = None  # monotonic seconds; None while nobody waits
        self._patience = _FIRST_SECONDS
        self._bug_seconds = _RETRY_SECONDS  # to wait after the next one
        self.rate_hz = 0
        """The lines', for the whole take; the device's own when the take began."""
        self.absent: HotlineDeskError | None = None
        """Why the take begins without the device, which joins it when it comes."""
        self._position = ""
        self._format: Format | None = None  # None while the device is absent
        self._child = self._start()
        self._thread: threading.Thread | None = None

    def wait(self) -> None:
        """Wait until the device is there, or known to be absent."""
        try:
            found = self._opened()
        except HotlineDeskError as error:
            self.absent = error
            self.rate_hz = _ABSENT_RATE_HZ
        else:
            self.rate_hz, self._position, self._format = found.rate_hz, found.position, found

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
            self._lose("silent", self._lines)
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
        first = self.requests[0]
        return CaptureChild(
            first.source,
            log=self._log,
            speed=first.speed,
            rate_hz=self.rate_hz,
            position=self._position,
            others=self._others,
        )

    def _opened(self) -> Format:
        found = self._child.format()
        channel = min(request.channel for request in self.requests)
        if channel > found.channels:
            raise DeviceNotFound(device_text(self.requests[0].source, channel))
        return found

    def _run(self) -> None:
        resumed = self._format is None
        if resumed:
            self._lose("absent", self._lines)
            if not self._restart():
                return
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
        self._lose(reason, self._lines)
        for line in self._lines:
            line.interrupt()
        return self._restart()

    def _told_bug(self) -> str:
        """Tell of the bug that is being handled, and wait a little; return the reason to note."""
        traceback.print_exc()
        self._note(self._lines, "device_failed", reason="bug")
        self._ending.wait(self._bug_seconds)
        self._bug_seconds = min(2 * self._bug_seconds, _LONGEST_BUG_SECONDS)
        return "bug"

    def _deliver(self, *, resumed: bool) -> str:
        """Hand on one child's sound until it ends, or shall end; return why."""
        self._patience = _FIRST_SECONDS
        self._lose("absent", [line for line in self._lines if line not in self._present()])
        self._child.begin(Begin(self._clock.origin_ns, resumed))
        pace = Pace(self.rate_hz, self._format.channels if self._format else 1)
        try:
            while (block := self._next_block()) is not None:
                if block.flags & BlockFlag.MOVED:
                    return "moved"
                self._patience = _SILENT_SECONDS
                stuck = bool(block.flags & BlockFlag.REPEATING)
                if not stuck:
                    self._regain()
                self._hand_on_all(pace.hear(block))
                if stuck and not self._repeats_still():
                    return "repeating"
            return "ended"
        finally:
            self._hand_on_all(pace.rest())

    def _hand_on_all(self, heard: Sequence[tuple[Block, bool]]) -> None:
        for block, follows in heard:
            if not follows:
                for line in self._lines:
                    line.interrupt()
            self._hand_on(block)

    def _repeats_still(self) -> bool:
        """Whether starting a stuck device again did not help: then its sound is kept as it is."""
        now = time.monotonic()
        still = now - self._repeated_at < _CURED_SECONDS
        self._repeated_at = now
        if still:
            self._lose("repeating", self._lines)
        return still

    def _next_block(self) -> Block | None:
        self._waiting_since = time.monotonic()
        try:
            return self._child.read()
        finally:
            self._waiting_since = None  # a disk that takes its time is not the child's fault

    def _lose(self, reason: str, lines: Sequence[LineRecorder]) -> None:
        """Note that lines are lost, once until they are back; the loop and the thread do."""
        with self._telling:
            new = [line for line in lines if line.info.id not in self._lost]
            self._lost.update(line.info.id for line in new)
            self._note(new, "device_lost", reason=reason)

    def _regain(self) -> None:
        with self._telling:
            back = [line for line in self._present() if line.info.id in self._lost]
            self._lost.difference_update(line.info.id for line in back)
            other = self._format and self._format.device_rate_hz
            self._note(back, "device_back", **({"rate_hz": other} if other else {}))

    def _present(self) -> list[LineRecorder]:
        """Return the lines whose channel the device has now."""
        channels = self._format.channels if self._format else 0
        return [
            line
            for request, line in zip(self.requests, self._lines, strict=True)
            if request.channel <= channels
        ]

    def _hand_on(self, block: Block) -> None:
        if self.over and self._all_over():
            return  # silence behind a file's end is for the other lines' sake
        at = self._clock.seconds(block.at_ns)
        samples = memoryview(block.pcm).cast("h")
        channels = self._format.channels if self._format else 1
        for line in self._present():
            if block.flags & BlockFlag.OVERFLOW:
                line.overflow()
            line.take_in(samples[line.info.channel - 1 :: channels].tobytes(), at)
        if block.flags & BlockFlag.OVER and not self.over:
            self._note(self._lines, "line_over")
            self.over = True

    def _restart(self) -> bool:
        """Start children until one has the device again; False when the take ends before."""
        told, wait = False, _RETRY_SECONDS
        while not self._ending.is_set():
            self._child.close()
            try:
                self._child = self._start()
                if self._ending.is_set():
                    self._child.ask_to_end()
                self._format = found = self._opened()
                self._position = self._position or found.position
                if found.rate_hz == self.rate_hz:
                    return True
                reason = "rate"
            except (HotlineDeskError, OSError) as error:
                reason = type(error).__name__
            except Exception:  # noqa: BLE001  as in `_live`
                self._told_bug()
                continue
            if not told:
                told = True
                self._note(self._lines, "device_failed", reason=reason)
            self._ending.wait(wait)
            wait = min(1.2 * wait, _LONGEST_RETRY_SECONDS)
        return False

    def _note(self, lines: Sequence[LineRecorder], event: str, **facts: str | int) -> None:
        for line in lines:
            about: dict[str, Any] = {"line": line.info.id, "sample": line.samples, **facts}
            self._events.note(event, **about)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise TypeError("the child was started without this pipe")
    return stream
