"""A sound file that behaves as a device: its samples come as fast as they are played."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk.capture.blocks import Begin, Block, BlockFlag, Format
from hotline_desk.capture.sources import FILE
from hotline_desk.errors import SoundFileNotFound, UndecodableSound
from hotline_desk.system import steady_ns

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

_BLOCK_SECONDS = 0.05  # of real time
_SAMPLE_BYTES = 2
_RATES_HZ = range(4_000, 192_001)
_MOST_CHANNELS = 64


def sound_format(source: str) -> Format:
    """Return the format of the sound file behind ``file:PATH``.

    Raises:
        SoundFileNotFound: there is no such file, or it may not be read.
        UndecodableSound: it is no WAV file of 16-bit PCM with at least one sample, at a rate
            of 4,000 to 192,000 Hz.
    """
    with _open(source) as file:
        return Format(file.getframerate(), file.getnchannels())


def play(source: str, speed: float, begin: Begin, stopping: threading.Event) -> Iterator[Block]:
    """Yield the file's blocks, each when its last sample has been played, then silence.

    Args:
        source: ``file:PATH``.
        speed: how many times faster than real time.
        begin: when the file's first sample is played.
        stopping: ends the sound when it is set.
    """
    with _open(source) as file:
        rate = file.getframerate() * speed  # frames a second of real time
        frames, frame_bytes = file.getnframes(), file.getnchannels() * _SAMPLE_BYTES
        size = max(1, round(rate * _BLOCK_SECONDS))
        position = 0
        if begin.resumed:
            position = round((steady_ns() - begin.origin_ns) * rate / 1e9)
            file.setpos(min(position, frames))
        over = False
        while not _waited(begin.origin_ns, (position + size) / rate, stopping):
            pcm = bytes(size * frame_bytes) if over else _read(file, size)
            at_ns = begin.origin_ns + round(position / rate * 1e9)
            position += len(pcm) // frame_bytes
            # a file that was cut off ends before its header says
            ends = not over and (position >= frames or len(pcm) < size * frame_bytes)
            over = over or ends
            yield Block(at_ns, BlockFlag.OVER if ends else BlockFlag(0), pcm)


def _read(file: wave.Wave_read, count: int) -> bytes:
    """Return *count* frames, fewer at the end, whole ones only."""
    pcm = file.readframes(count)
    return pcm[: len(pcm) - len(pcm) % (file.getnchannels() * _SAMPLE_BYTES)]


def _waited(origin_ns: int, seconds: float, stopping: threading.Event) -> bool:
    """Wait until *seconds* after the origin; return whether to stop instead."""
    return stopping.wait(max(0.0, seconds - (steady_ns() - origin_ns) / 1e9))


def _open(source: str) -> wave.Wave_read:
    path = Path(source.removeprefix(FILE))
    try:
        file = wave.open(str(path), "rb")  # noqa: SIM115  the caller closes it
    except (FileNotFoundError, PermissionError) as error:
        raise SoundFileNotFound(path) from error
    except (OSError, EOFError, wave.Error, RuntimeError) as error:
        # the chunk reader answers sizes that no file has with a bare RuntimeError
        raise UndecodableSound(path) from error
    if not _is_plain(file):
        file.close()
        raise UndecodableSound(path)
    file.rewind()
    return file


def _is_plain(file: wave.Wave_read) -> bool:
    """Whether what the header says can be a line's sound, and a first sample is there."""
    return (
        file.getsampwidth() == _SAMPLE_BYTES
        and file.getframerate() in _RATES_HZ
        and file.getnchannels() <= _MOST_CHANNELS
        and _read(file, 1) != b""
    )
