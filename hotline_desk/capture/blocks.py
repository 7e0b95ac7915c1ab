"""What a capture child writes on its standard output, and the recorder's one word to it.

First a line of JSON: the format, or the failure. The recorder answers with a line of JSON: when
the take began and whether it goes on after a loss. Then blocks: a header of fixed length and
interleaved 16-bit samples. The child ends when its standard input closes.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
from dataclasses import asdict, dataclass
from enum import IntFlag
from typing import TYPE_CHECKING

from hotline_desk import errors

if TYPE_CHECKING:
    from typing import IO

_HEADER = struct.Struct("<qII")  # monotonic ns of the first sample, flags, length in bytes


_FAILURES: dict[str, type[errors.HotlineDeskError]] = {
    kind.__name__: kind for kind in (errors.NoInputDevice, errors.SoundLibraryMissing)
}


class BlockFlag(IntFlag):
    """What a block says besides its samples."""

    OVERFLOW = 1
    """The device lost samples before this block; nobody knows how many."""
    OVER = 2
    """The sound file has ended; what follows is silence."""
    MOVED = 4
    """The sound server gave the child another source; what came of it was thrown away."""
    REPEATING = 8
    """The device delivers the same frames again and again."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the child's samples are like."""

    rate_hz: int
    channels: int
    device_rate_hz: int | None = None
    """The device's own rate, where it had to be made another."""
    position: str = ""
    """By what the device is told from others of its make; nothing for a file."""


@dataclass(frozen=True, slots=True)
class Begin:
    """When the take began."""

    origin_ns: int
    """The monotonic clock at take time 0; one clock for all processes of a machine."""
    resumed: bool
    """Whether the take is under way: a file goes on where real time is, not at its start."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some frames in a row."""

    at_ns: int
    """The monotonic clock when the first frame was heard."""
    flags: BlockFlag
    pcm: bytes


def write_format(stream: IO[bytes], found: Format) -> None:
    """Tell the recorder what the samples are like."""
    _write_line(stream, asdict(found))


def write_failure(stream: IO[bytes], error: errors.HotlineDeskError) -> None:
    """Tell the recorder why there is no sound."""
    _write_line(stream, {"failure": type(error).__name__})


def read_format(stream: IO[bytes], device: str) -> Format:
    """Return what the child says first.

    Raises:
        DeviceNotFound: the child has no such device, or ended without a word.
        DeviceRefused: it is there, and does not open.
        NoInputDevice: the machine has none at all.
        SoundLibraryMissing: PortAudio is not installed.
    """
    try:
        found = json.loads(stream.readline())
        if (failure := found.pop("failure", "")) in _FAILURES:
            raise _FAILURES[failure]
        if failure == errors.DeviceRefused.__name__:
            raise errors.DeviceRefused(device)
        return Format(**found)
    except (ValueError, TypeError) as error:
        raise errors.DeviceNotFound(device) from error


def write_begin(stream: IO[bytes], begin: Begin) -> None:
    """Tell the child that the take begins."""
    _write_line(stream, asdict(begin))


def read_begin(stream: IO[bytes]) -> Begin | None:
    """Return the recorder's word, or None if it ended without one."""
    line = stream.readline()
    return Begin(**json.loads(line)) if line.endswith(b"\n") else None


def write_block(stream: IO[bytes], block: Block) -> None:
    """Write one block, header and samples."""
    stream.write(_HEADER.pack(block.at_ns, block.flags, len(block.pcm)) + block.pcm)
    stream.flush()


def read_block(stream: IO[bytes]) -> Block | None:
    """Return the next block, or None when the child has ended, a torn block being none."""
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    at_ns, flags, length = _HEADER.unpack(header)
    pcm = stream.read(length)
    return Block(at_ns, BlockFlag(flags), pcm) if len(pcm) == length else None


def end_of_input() -> threading.Event:
    """Return an event that is set when standard input closes: the recorder wants no more."""
    closed = threading.Event()

    def wait() -> None:
        # not by the buffered reader: its lock, held here, would abort the interpreter's end
        while os.read(sys.stdin.fileno(), 64):
            pass
        closed.set()

    threading.Thread(target=wait, name="end of input", daemon=True).start()
    return closed


def _write_line(stream: IO[bytes], content: dict[str, object]) -> None:
    stream.write(json.dumps(content).encode() + b"\n")
    stream.flush()
