"""Pre-listening (预听): plays recorded sound on the one output chosen for it, and nowhere else.

Playing must never feed the programme, so an output whose sound comes back on a line is refused,
and a stream that the sound server moves to another output is stopped.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from hotline_desk.capture import pulse
from hotline_desk.capture.devices import LEADING_ELSEWHERE, PULSE, is_usable, portaudio, relist
from hotline_desk.capture.pulse import PLAYING, StreamWatch
from hotline_desk.capture.sources import FILE
from hotline_desk.errors import (
    PreListenIsLine,
    PreListenLost,
    PreListenNotChosen,
    SoundLibraryMissing,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

_LATENCY_SECONDS = 0.1
_TAIL_SECONDS = 0.3
_SAMPLE_BYTES = 2
_ON_WINDOWS = sys.platform == "win32"

_opening = threading.Lock()
_playing: WeakSet[Playback] = WeakSet()


def outputs() -> list[str]:
    """Return the names of the outputs that can be chosen for listening.

    Raises:
        SoundLibraryMissing: PortAudio is not installed.
    """
    return pulse.sinks() or [name for name, _ in _portaudio_outputs()]


def play(
    pcm: bytes,
    rate_hz: int,
    device: str,
    *,
    sources: Collection[str],
    more: Generator[bytes] | None = None,
) -> Playback:
    """Start to play 16-bit mono samples on *device*; return at once.

    Args:
        pcm: the samples.
        rate_hz: their rate.
        device: one of `outputs`.
        sources: the devices of the lines, as in ``record --line NAME=DEVICE``.
        more: the samples that follow, asked for while it plays, by a thread of its own that also
            closes it; whoever gets an error here closes it himself.

    Raises:
        PreListenNotChosen: *device* is empty.
        PreListenIsLine: what is played on *device* would be heard on a line.
        PreListenLost: there is no such output, or it cannot be opened.
    """
    if not device:
        raise PreListenNotChosen
    names = {_name(source) for source in sources if not source.startswith(FILE)}
    sinks = pulse.sinks()
    if device in names or device in pulse.sinks_behind(names):
        raise PreListenIsLine(device)
    try:
        number = None if device in sinks else dict(_portaudio_outputs()).get(device)
    except SoundLibraryMissing as error:
        raise PreListenLost(device) from error
    if device not in sinks and number is None:
        raise PreListenLost(device)
    return Playback(pcm, rate_hz, device, number=number, more=more)


class Playback:
    """Sound that is being played by PortAudio's own thread; stop it, also when it is done."""

    def __init__(
        self,
        pcm: bytes,
        rate_hz: int,
        device: str,
        *,
        number: int | None,
        more: Generator[bytes] | None = None,
    ) -> None:
        """Open the output and play.

        Args:
            pcm: 16-bit mono samples.
            rate_hz: their rate.
            device: the output's name.
            number: PortAudio's number of it; None for a sink of the sound server.
            more: the samples that follow, as for `play`.

        Raises:
            PreListenLost: the output cannot be opened, or the server gave us another.
        """
        self._waiting = deque([memoryview(pcm)])
        self._all_there = threading.Event()
        self._ended = threading.Event()
        self._sure = number is not None
        self._watch: StreamWatch | None = None
        self._stream = self._opened(rate_hz, device, number)
        if number is None:
            try:
                self._watch = StreamWatch(PLAYING, device)
            except LookupError as error:
                self.stop()
                raise PreListenLost(device) from error
            self._sure = True
        # the end of what is played would be cut off: PortAudio does not wait for the server
        tail = bytes(round(_TAIL_SECONDS * rate_hz) * _SAMPLE_BYTES)
        if more is None:
            self._finish(tail)
        else:
            threading.Thread(
                target=self._read_on, args=(more, tail), name="pre-listen", daemon=True
            ).start()

    @property
    def done(self) -> bool:
        """Whether nothing is played any more: all of it was, it was stopped, or the output lost."""
        return self._ended.is_set()

    def stop(self) -> None:
        """End it now; not on the window's own thread, because a device takes its time."""
        self._stream.close(ignore_errors=True)
        self._ended.set()
        if self._watch is not None:
            self._watch.close()

    def _read_on(self, more: Generator[bytes], tail: bytes) -> None:
        try:
            with closing(more):
                for pcm in more:
                    if self._ended.is_set():
                        break
                    self._waiting.append(memoryview(pcm))
        finally:
            self._finish(tail)

    def _finish(self, tail: bytes) -> None:
        self._waiting.append(memoryview(tail))
        self._all_there.set()

    def _opened(self, rate_hz: int, device: str, number: int | None) -> Any:  # noqa: ANN401
        sounddevice = portaudio()
        self._over = sounddevice.CallbackStop
        with _opening:  # it is the process's environment that names the sink
            os.environ["PULSE_SINK"] = device
            try:
                try:
                    stream = self._new_stream(rate_hz, number)
                except ValueError:
                    # PortAudio lists outputs once, and the server was not there then
                    if number is not None or not all(each.done for each in _playing):
                        raise
                    relist()
                    stream = self._new_stream(rate_hz, number)
                stream.start()
            except (sounddevice.PortAudioError, ValueError) as error:
                raise PreListenLost(device) from error
            finally:
                del os.environ["PULSE_SINK"]
            _playing.add(self)
        return stream

    def _new_stream(self, rate_hz: int, number: int | None) -> Any:  # noqa: ANN401
        sounddevice = portaudio()
        settings = sounddevice.WasapiSettings(auto_convert=True) if _ON_WINDOWS else None
        return sounddevice.RawOutputStream(
            device=PULSE if number is None else number,
            channels=1,
            samplerate=rate_hz,
            dtype="int16",
            latency=_LATENCY_SECONDS,
            extra_settings=settings,
            callback=self._on_block,
            finished_callback=self._ended.set,
        )

    def _on_block(self, wanted: Any, frames: int, _time: object, _status: object) -> None:  # noqa: ANN401
        """Runs on PortAudio's real-time thread: copy and return; silence until it is sure where."""
        watch = self._watch
        if watch is not None and (watch.moved.is_set() or watch.blind.is_set()):
            raise self._over
        count = frames * _SAMPLE_BYTES
        over = self._all_there.is_set()  # asked before what waits: it is put there first
        wanted[:] = (self._next(count) if self._sure else b"").ljust(count, b"\0")
        if self._sure and over and not self._waiting:
            raise self._over

    def _next(self, count: int) -> bytes:
        """Return up to *count* bytes of what waits to be played; on PortAudio's thread."""
        found = b""
        while self._waiting and len(found) < count:
            first = self._waiting.popleft()
            wanted = count - len(found)
            found += first[:wanted]
            if len(first) > wanted:
                self._waiting.appendleft(first[wanted:])
        return found


def _name(source: str) -> str:
    """Return a line's device without its channel, by the name the sound server has for it."""
    bare = source.rpartition("?channel=")[0] or source
    known = pulse.sources()
    return next((s.name for s in known if bare in {s.name, s.description}), bare)


def _portaudio_outputs() -> list[tuple[str, int]]:
    sounddevice = portaudio()
    interfaces = sounddevice.query_hostapis()
    return [
        (device["name"], device["index"])
        for device in sounddevice.query_devices()
        if device["max_output_channels"] > 0
        and device["name"] not in LEADING_ELSEWHERE
        and is_usable(interfaces[device["hostapi"]]["name"])
    ]
