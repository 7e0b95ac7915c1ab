"""Any sound file as blocks of plain samples, read while ffmpeg decodes it."""

from __future__ import annotations

import re
import tempfile
from typing import TYPE_CHECKING, cast

from hotline_desk.errors import SoundDamaged, SoundFileNotFound, UndecodableSound
from hotline_desk.media import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

SAMPLE_BYTES = 2
_BLOCK_SECONDS = 0.5
_LATE_SECONDS = 1.0
"""What a file may be shorter than its header says: encoders pad the beginning and the end."""
_TELLING = re.compile(r"Input #0, (flac|mp3|mov)\b.*")
"""Kinds of files whose header tells how long the sound is, and has no pauses in it."""
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")
_PICTURE = re.compile(r"Stream #0:\d+.*: Video: (?!.*\(attached pic\))")
_MOST_CHUNKS = 100
_UNKNOWN_BYTES = 0x7FFF_0000
"""From here on, a WAV file's length was not known when its header was written."""


def decode(path: Path, rate_hz: int = 16_000) -> Iterator[bytes]:
    """Yield the sound of *path* as 16-bit mono samples at *rate_hz*, half a second at a time.

    Several channels are mixed into one. Closing the iterator early ends ffmpeg.

    Raises:
        SoundFileNotFound: there is no such file, or it may not be read.
        UndecodableSound: the file holds no sound.
        SoundDamaged: after the last block: the file is cut off, or a part of it was unreadable.
        FfmpegMissing: there is no usable ffmpeg.
    """
    try:
        cut_off = _is_cut_off_wav(path)
    except OSError as error:
        raise SoundFileNotFound(path) from error
    with tempfile.TemporaryFile() as said:
        # only files: a playlist must not make ffmpeg go to the network
        process = ffmpeg.start(
            *("-loglevel", "info", "-nostats", "-max_error_rate", "0"),
            *("-nostdin", "-protocol_whitelist", "file", "-i", f"file:{path}"),
            *("-map", "0:a:0", "-ac", "1", "-ar", str(rate_hz), "-f", "s16le", "-"),
            stderr=said,
        )
        output = cast("IO[bytes]", process.stdout)
        heard = 0
        try:
            with output as samples:
                while block := samples.read(int(rate_hz * _BLOCK_SECONDS) * SAMPLE_BYTES):
                    heard += len(block)
                    yield block
            failed = process.wait() != 0
        finally:
            process.kill()
            process.wait()
        if not heard:
            raise UndecodableSound(path)
        said.seek(0)
        wanted = _promised_seconds(said.read(1 << 16).decode(errors="replace"))
    if failed or cut_off or heard / SAMPLE_BYTES / rate_hz < wanted - _LATE_SECONDS:
        raise SoundDamaged(path)


def _promised_seconds(said: str) -> float:
    """Return how long the sound is by the file's header; 0 where none can be relied on."""
    found = _DURATION.search(said)
    if not found or not _TELLING.search(said) or _PICTURE.search(said) or "Estimating" in said:
        return 0.0
    hours, minutes, seconds = found.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _is_cut_off_wav(path: Path) -> bool:
    """Whether *path* is a WAV file with less sound than its header says; ffmpeg does not tell.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(0)
        if not re.fullmatch(rb"RIFF....WAVE", file.read(12), re.DOTALL):
            return False
        for _chunk in range(_MOST_CHUNKS):
            head = file.read(8)
            size = int.from_bytes(head[4:], "little")
            if head.startswith(b"data"):
                return size < _UNKNOWN_BYTES and file.tell() + size > end
            file.seek(size + size % 2, 1)
    return False
