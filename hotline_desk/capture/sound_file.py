"""A sound file that behaves as a device: its samples come as fast as they are played."""

from __future__ import annotations

import contextlib
import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from hotline_desk.capture.blocks import Begin, Block, BlockFlag, Format
from hotline_desk.capture.sources import FILE
from hotline_desk.errors import SoundFileNotFound, SoundFileNotPcm, UndecodableSound
from hotline_desk.system import steady_ns

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

_BLOCK_SECONDS = 0.05  # of real time
_SAMPLE_BYTES = 2
_RATES_HZ = range(4_000, 192_001)
_MOST_CHANNELS = 64
_RIFF = struct.Struct("<4sI4s")
_CHUNK = struct.Struct("<4sI")
_FORM = struct.Struct("<HHIIHH")
_PCM, _EXTENSIBLE = 1, 0xFFFE
_SUBFORM_AT = 24  # in the longer form of the format's chunk
_WIDTHS = {16: 2, 24: 3, 32: 4}  # bytes of a sample, by its bits
_LONGEST_FORM = 1024  # bytes


@dataclass(frozen=True, slots=True)
class _Sound:
    """Where a file's samples are, and what they are like."""

    rate_hz: int
    channels: int
    width: int
    """Bytes of a sample: whole numbers, the low byte first."""
    start: int
    """The first frame's place in the file."""
    frames: int

    @property
    def frame_bytes(self) -> int:
        return self.width * self.channels


def sound_format(source: str) -> Format:
    """Return the format of the sound file behind ``file:PATH``.

    Raises:
        SoundFileNotFound: there is no such file, or it may not be read.
        SoundFileNotPcm: it is a WAV file of other than 16, 24 or 32-bit PCM.
        UndecodableSound: it is no WAV file with at least one sample, at a rate of 4,000 to
            192,000 Hz.
    """
    with _opened(source) as (_, sound):
        return Format(sound.rate_hz, sound.channels)


def play(source: str, speed: float, begin: Begin, stopping: threading.Event) -> Iterator[Block]:
    """Yield the file's blocks, each when its last sample has been played, then silence.

    Of samples of 24 or 32 bits the highest 16 are kept, as a sound card does.

    Args:
        source: ``file:PATH``.
        speed: how many times faster than real time.
        begin: when the file's first sample is played.
        stopping: ends the sound when it is set.
    """
    with _opened(source) as (file, sound):
        rate = sound.rate_hz * speed  # frames a second of real time
        size = max(1, round(rate * _BLOCK_SECONDS))
        silence = bytes(size * sound.channels * _SAMPLE_BYTES)
        position = 0
        if begin.resumed:
            position = round((steady_ns() - begin.origin_ns) * rate / 1e9)
        file.seek(sound.start + min(position, sound.frames) * sound.frame_bytes)
        over = False
        while not _waited(begin.origin_ns, (position + size) / rate, stopping):
            left = min(size, max(0, sound.frames - position))
            pcm = silence if over else _read(file, sound, left)
            at_ns = begin.origin_ns + round(position / rate * 1e9)
            position += len(pcm) // (sound.channels * _SAMPLE_BYTES)
            # a file that was cut off ends before its header says
            ends = not over and (position >= sound.frames or len(pcm) < len(silence))
            over = over or ends
            yield Block(at_ns, BlockFlag.OVER if ends else BlockFlag(0), pcm)


def _read(file: IO[bytes], sound: _Sound, count: int) -> bytes:
    """Return *count* frames of 16-bit samples, fewer at the end, whole ones only."""
    found = file.read(count * sound.frame_bytes)
    found = found[: len(found) - len(found) % sound.frame_bytes]
    if sound.width == _SAMPLE_BYTES:
        return found
    pcm = bytearray(len(found) // sound.width * _SAMPLE_BYTES)
    pcm[0::2], pcm[1::2] = (
        found[sound.width - 2 :: sound.width],
        found[sound.width - 1 :: sound.width],
    )
    return bytes(pcm)


def _waited(origin_ns: int, seconds: float, stopping: threading.Event) -> bool:
    """Wait until *seconds* after the origin; return whether to stop instead."""
    return stopping.wait(max(0.0, seconds - (steady_ns() - origin_ns) / 1e9))


@contextlib.contextmanager
def _opened(source: str) -> Iterator[tuple[IO[bytes], _Sound]]:
    path = Path(source.removeprefix(FILE))
    try:
        file = path.open("rb")
    except (FileNotFoundError, PermissionError) as error:
        raise SoundFileNotFound(path) from error
    except OSError as error:
        raise UndecodableSound(path) from error
    with file:
        try:
            sound = _sound(file, path)
        except (OSError, struct.error) as error:
            raise UndecodableSound(path) from error
        yield file, sound


def _sound(file: IO[bytes], path: Path) -> _Sound:
    """Read the header up to the samples."""
    riff, _, kind = _RIFF.unpack(file.read(_RIFF.size))
    form = b""
    while (riff, kind) == (b"RIFF", b"WAVE"):
        name, length = _CHUNK.unpack(file.read(_CHUNK.size))
        if name == b"data":
            return _checked(file, path, form, length)
        if name == b"fmt ":
            form = file.read(min(length, _LONGEST_FORM))
        file.seek(length - (len(form) if name == b"fmt " else 0) + length % 2, io.SEEK_CUR)
    raise UndecodableSound(path)


def _checked(file: IO[bytes], path: Path, form: bytes, length: int) -> _Sound:
    """Return what stands in *form* if it can be a line's sound, and a first sample is there."""
    tag, channels, rate_hz, _, _, bits = _FORM.unpack(form[: _FORM.size])
    if tag == _EXTENSIBLE:
        (tag,) = struct.unpack("<H", form[_SUBFORM_AT : _SUBFORM_AT + 2])
    if tag != _PCM or bits not in _WIDTHS:
        raise SoundFileNotPcm(path)
    start = file.tell()
    width = _WIDTHS[bits]
    there = min(length, file.seek(0, io.SEEK_END) - start)
    frames = there // (width * channels) if channels else 0
    if rate_hz not in _RATES_HZ or channels > _MOST_CHANNELS or not frames:
        raise UndecodableSound(path)
    return _Sound(rate_hz, channels, width, start, frames)
