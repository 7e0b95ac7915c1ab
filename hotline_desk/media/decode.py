"""Any sound file as blocks of plain samples, read while ffmpeg decodes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hotline_desk.errors import SoundFileNotFound, UndecodableSound
from hotline_desk.media import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

SAMPLE_BYTES = 2
_BLOCK_SECONDS = 0.5


def decode(path: Path, rate_hz: int = 16_000) -> Iterator[bytes]:
    """Yield the sound of *path* as 16-bit mono samples at *rate_hz*, half a second at a time.

    Several channels are mixed into one. Closing the iterator early ends ffmpeg.

    Raises:
        SoundFileNotFound: there is no such file, or it may not be read.
        UndecodableSound: the file holds no sound.
        FfmpegMissing: there is no usable ffmpeg.
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise SoundFileNotFound(path) from error
    # only files: a playlist must not make ffmpeg go to the network
    process = ffmpeg.start(
        *("-nostdin", "-protocol_whitelist", "file", "-i", f"file:{path}"),
        *("-map", "0:a:0", "-ac", "1", "-ar", str(rate_hz), "-f", "s16le", "-"),
    )
    output = cast("IO[bytes]", process.stdout)
    heard = False
    try:
        with output as samples:
            while block := samples.read(int(rate_hz * _BLOCK_SECONDS) * SAMPLE_BYTES):
                heard = True
                yield block
    finally:
        process.kill()
        process.wait()
    if not heard:
        raise UndecodableSound(path)
