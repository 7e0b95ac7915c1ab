"""A line that is tried before it is recorded: opened, metered and heard; no take is made."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from typing import TYPE_CHECKING, Self

from hotline_desk.capture.blocks import Begin, BlockFlag
from hotline_desk.capture.feed import CaptureChild
from hotline_desk.capture.listening import Playback, play
from hotline_desk.capture.sources import parse_device
from hotline_desk.errors import DeviceNotFound
from hotline_desk.media.levels import peak_dbfs
from hotline_desk.system import steady_ns

if TYPE_CHECKING:
    from types import TracebackType

    from hotline_desk.paths import Workspace
    from hotline_desk.settings import LineSetting, Settings

_METER_SECONDS = 0.1
_STALE_SECONDS = 1.0  # without bytes: what was heard before is no level any more
_KEPT_SECONDS = 10.0
_SAMPLE_BYTES = 2


def try_line(workspace: Workspace, line: LineSetting) -> LineTrial:
    """Open the device of *line* and hear it; no take is made. Waits for it up to 10 s.

    Raises:
        LineNotUnderstood: the line's device is not written as for ``record --line``.
        DeviceNotFound: the device, or the channel, is not there.
        DeviceRefused: it cannot be opened.
        NoInputDevice: the machine has none.
        SoundLibraryMissing: PortAudio is not installed.
    """
    trial = LineTrial(workspace, line)
    trial.start()
    return trial


class LineTrial:
    """A line that is heard before it is recorded: how loud it is, and what is on it.

    Used by one background thread at a time. The capture child ends when this process does,
    however it ends.
    """

    def __init__(self, workspace: Workspace, line: LineSetting) -> None:
        """Prepare; nothing is opened yet.

        Raises:
            LineNotUnderstood: the line's device is not written as for ``record --line``.
        """
        self._workspace = workspace
        self._line = line
        self._source, self._channel, self._speed = parse_device(line.device)
        self._child: CaptureChild | None = None
        self._reader: threading.Thread | None = None
        self._lock = threading.Lock()
        self._heard = bytearray()  # the newest seconds of the channel
        self._heard_at = -math.inf  # monotonic seconds
        self._ended = False
        self._rate_hz = 0

    def start(self) -> None:
        """Open the device; waits up to 10 s for one that does not answer.

        Raises:
            DeviceNotFound: the device, or the channel, is not there.
            DeviceRefused: it cannot be opened.
            NoInputDevice: the machine has none.
            SoundLibraryMissing: PortAudio is not installed.
        """
        self._workspace.logs.mkdir(parents=True, exist_ok=True)
        log = self._workspace.logs / "capture.log"
        self._child = CaptureChild(self._source, log=log, speed=self._speed)
        with contextlib.ExitStack() as failing:
            failing.callback(self.close)
            found = self._child.format()
            if self._channel > found.channels:
                raise DeviceNotFound(self._line.device)
            failing.pop_all()
        self._rate_hz = found.rate_hz
        self._child.begin(Begin(steady_ns(), resumed=False))
        self._reader = threading.Thread(
            target=self._read, args=(self._child, found.channels), name="line trial", daemon=True
        )
        self._reader.start()

    def read(self) -> float:
        """Return the peak of the newest 100 ms in dBFS; minus infinity without sound.

        Raises:
            DeviceNotFound: the device was lost meanwhile.
        """
        if self._ended:
            raise DeviceNotFound(self._line.device)
        if time.monotonic() - self._heard_at > _STALE_SECONDS:
            return -math.inf
        return peak_dbfs(self._newest(_METER_SECONDS))

    def listen(self, seconds: float, settings: Settings) -> Playback:
        """Play the newest *seconds* of it, at most 10, on 预听; return at once.

        Raises:
            PreListenNotChosen: no device is set.
            PreListenIsLine: the device feeds a line; playing there would go on the air.
            PreListenLost: the device is gone.
        """
        sources = {line.device for line in (*settings.lines, self._line)}
        return play(self._newest(seconds), self._rate_hz, settings.pre_listen, sources=sources)

    def close(self) -> None:
        """Leave nothing of it behind; what is being played goes on."""
        if self._child is None:
            return
        self._child.kill()
        if self._reader is not None:
            self._reader.join()
        self._child.close()
        self._child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, child: CaptureChild, channels: int) -> None:
        kept = round(_KEPT_SECONDS * self._rate_hz) * _SAMPLE_BYTES
        while (block := child.read()) is not None and not block.flags & BlockFlag.MOVED:
            samples = memoryview(block.pcm).cast("h")[self._channel - 1 :: channels]
            with self._lock:
                self._heard += samples.tobytes()
                del self._heard[:-kept]
                self._heard_at = time.monotonic()
        self._ended = True

    def _newest(self, seconds: float) -> bytes:
        with self._lock:
            return bytes(self._heard[-round(seconds * self._rate_hz) * _SAMPLE_BYTES :])
