"""A device in its capture child: its blocks on their way to standard output.

What a source of the sound server delivered is held back for a moment, because the server moves
a stream to another source when its own vanishes: nothing that came of another is handed on.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hotline_desk.capture import blocks
from hotline_desk.capture.blocks import Block, BlockFlag, Format
from hotline_desk.capture.devices import (
    PULSE,
    InputDevice,
    find_input,
    place_now,
    portaudio,
)
from hotline_desk.capture.pulse import RECORDING, StreamWatch
from hotline_desk.capture.repetition import Repetition
from hotline_desk.errors import (
    DeviceNotFound,
    DeviceRefused,
    HotlineDeskError,
    SoundLibraryMissing,
)
from hotline_desk.processes import foreign_environment
from hotline_desk.system import steady_ns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LATENCY_SECONDS = 0.2  # of the device's buffer; with less, a loaded machine loses sound
_HELD_NS = 400_000_000  # longer than the server takes to say that it moved a stream
_WAIT_SECONDS = 0.05
_READ_BYTES = 1 << 16
_SAMPLE_BYTES = 2
_ON_WINDOWS = sys.platform == "win32"


def capture_device(
    name: str, *, rate_hz: int = 0, position: str = "", others: Sequence[str] = ()
) -> None:
    """Write the device's blocks to standard output until standard input closes, or it is lost.

    Args:
        name: an input's name or description.
        rate_hz: what the system shall make of the device's own rate, which 0 keeps: a device
            that comes back with another goes on in the take that it belongs to.
        position: by what the device is told from others of its make, where that is known.
        others: the names of other lines' devices.
    """
    out = sys.stdout.buffer
    with contextlib.ExitStack() as stack:
        try:
            device = find_input(name, position, others=others)
            stream = _opened(device, rate_hz or device.rate_hz)
            stack.callback(stream.close)
            watch = _watched(device, stream, stack)
        except HotlineDeskError as error:
            blocks.write_failure(out, error)
            return
        made = None if stream.rate_hz == device.rate_hz else device.rate_hz
        place = place_now(device)
        blocks.write_format(out, Format(stream.rate_hz, device.channels, made, place))
        begin = blocks.read_begin(sys.stdin.buffer)
        if begin is None:
            return
        stopping = blocks.end_of_input()
        with contextlib.suppress(BrokenPipeError):
            for block in _relay(stream, watch, stopping):
                if block.at_ns >= begin.origin_ns:
                    blocks.write_block(out, stream.marked(block))


def _opened(device: InputDevice, rate_hz: int) -> DeviceStream | ServerStream:
    """Open *device*; the server's own recorder reads what PortAudio cannot read as it is."""
    if not _is_beyond_portaudio(device):
        try:
            return DeviceStream(device, rate_hz)
        except (SoundLibraryMissing, DeviceRefused):
            if device.index is not None:
                raise
    return ServerStream(device, rate_hz)


def _is_beyond_portaudio(device: InputDevice) -> bool:
    """Whether PortAudio would mix the channels anew, because it asks for loudspeakers' places."""
    return bool(device.channel_map) and not (
        device.channels == 1 or device.channel_map == "front-left,front-right"
    )


def _watched(
    device: InputDevice, stream: DeviceStream | ServerStream, stack: contextlib.ExitStack
) -> StreamWatch | None:
    if device.index is not None:
        return None
    try:
        watch = StreamWatch(RECORDING, device.name, process=stream.process)
    except LookupError as error:
        raise DeviceNotFound(device.name) from error
    stack.callback(watch.close)
    return watch


def _relay(
    stream: DeviceStream | ServerStream, watch: StreamWatch | None, stopping: threading.Event
) -> Iterator[Block]:
    held: deque[Block] = deque()
    while not (stopping.is_set() or stream.ended.is_set() or (watch and watch.blind.is_set())):
        held.extend(stream.heard(_WAIT_SECONDS))
        if watch is not None and watch.moved.is_set():
            yield Block(steady_ns(), BlockFlag.MOVED, b"")
            return
        yield from _released(held, watch)
    stream.close()
    held.extend(stream.heard(0))
    if watch is not None and watch.is_elsewhere():
        yield Block(steady_ns(), BlockFlag.MOVED, b"")
        return
    yield from held


def _released(held: deque[Block], watch: StreamWatch | None) -> Iterator[Block]:
    """Yield the blocks of which it is sure whose sound they are."""
    before_ns = steady_ns() - (_HELD_NS if watch is not None else 0)
    while held and held[0].at_ns <= before_ns and not (watch and watch.looking.is_set()):
        yield held.popleft()


class _Stream:
    """An open input that delivers from its making on."""

    process: int | None = None
    """Whose stream it is for the sound server; this process's if None."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self.ended = threading.Event()
        self.rate_hz = rate_hz
        self._blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
        self._repetition = Repetition(rate_hz, channels)

    def heard(self, patience: float) -> list[Block]:
        """Return the blocks that have come, after waiting up to *patience* seconds for one."""
        found = []
        with contextlib.suppress(queue.Empty):
            if patience:
                found.append(self._blocks.get(timeout=patience))
            while True:
                found.append(self._blocks.get_nowait())
        for block in found:
            self._repetition.hear(block.pcm)
        return found

    def marked(self, block: Block) -> Block:
        """Return *block*, marked if by now the device is stuck."""
        # what is held back was heard before anybody could know
        stuck = BlockFlag.REPEATING if self._repetition.found else BlockFlag(0)
        return replace(block, flags=block.flags | stuck)

    def _put(self, pcm: bytes, frames: int, flags: BlockFlag) -> None:
        at_ns = steady_ns() - frames * 1_000_000_000 // self.rate_hz
        self._blocks.put(Block(at_ns, flags, pcm))


class DeviceStream(_Stream):
    """One that PortAudio reads."""

    def __init__(self, device: InputDevice, rate_hz: int) -> None:
        """Open and start the input; where *rate_hz* is not its own, the system makes it so.

        Raises:
            DeviceRefused: it cannot be opened.
            SoundLibraryMissing: PortAudio is not installed.
        """
        super().__init__(rate_hz, device.channels)
        sounddevice = portaudio()
        converted = _ON_WINDOWS and rate_hz != device.rate_hz
        if device.index is None:
            os.environ["PULSE_SOURCE"] = device.name
        try:
            self._stream = sounddevice.RawInputStream(
                device=PULSE if device.index is None else device.index,
                channels=device.channels,
                samplerate=rate_hz,
                dtype="int16",
                latency=_LATENCY_SECONDS,
                extra_settings=sounddevice.WasapiSettings(auto_convert=True) if converted else None,
                callback=self._on_block,
                finished_callback=self.ended.set,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise DeviceRefused(device.name) from error

    def close(self) -> None:
        """Stop the input; what has come by then can still be heard."""
        self._stream.close(ignore_errors=True)

    def _on_block(self, data: Any, frames: int, _time: object, status: Any) -> None:  # noqa: ANN401
        """Runs on PortAudio's real-time thread: copy, count, return."""
        flags = BlockFlag.OVERFLOW if status.input_overflow else BlockFlag(0)
        self._put(bytes(data), frames, flags)


class ServerStream(_Stream):
    """One that the sound server's own recorder reads, with all its channels as they are."""

    def __init__(self, device: InputDevice, rate_hz: int) -> None:
        """Open and start the input; where *rate_hz* is not its own, the server makes it so.

        Raises:
            DeviceRefused: it cannot be opened.
        """
        super().__init__(rate_hz, device.channels)
        self._frame_bytes = device.channels * _SAMPLE_BYTES
        form = ["--raw", "--format=s16le", f"--rate={rate_hz}", f"--channels={device.channels}"]
        places = [f"--channel-map={device.channel_map}", "--no-remix"]
        latency = f"--latency-msec={round(_LATENCY_SECONDS / 4 * 1000)}"
        try:
            self._reader = subprocess.Popen(
                ["parec", f"--device={device.name}", *form, *places, latency],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=foreign_environment(),
            )
        except OSError as error:
            raise DeviceRefused(device.name) from error
        self.process = self._reader.pid
        self._thread = threading.Thread(target=self._read, name="parec", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop the input; what has come by then can still be heard."""
        self._reader.terminate()
        self._thread.join()
        self._reader.wait()

    def _read(self) -> None:
        left, stdout = b"", self._reader.stdout
        if stdout is not None:
            while some := os.read(stdout.fileno(), _READ_BYTES):
                whole = left + some
                frames = len(whole) // self._frame_bytes
                left = whole[frames * self._frame_bytes :]
                if frames:
                    self._put(whole[: frames * self._frame_bytes], frames, BlockFlag(0))
            stdout.close()
        self.ended.set()
