"""FLAC, the form in which a line's sound is kept for good: written, and read from any sample on."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from typing import TYPE_CHECKING, cast

from hotline_desk.errors import FlacFailed, WorkspaceFull
from hotline_desk.media import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

SAMPLE_BYTES = 2
_COMPRESSION = "5"
_NEAR_SECONDS = 1.0
"""Sound this far ahead is decoded and thrown away sooner than another ffmpeg has started."""
_NO_ROOM = "No space left"
_MOST_SAID_BYTES = 1 << 16


def encode(blocks: Iterable[bytes], rate_hz: int, path: Path) -> None:
    """Write 16-bit mono samples to *path* as FLAC; whatever lay there is replaced.

    ffmpeg works behind everything else on the machine. What *blocks* raises ends it and is
    passed on; the file is then incomplete, as after any failure.

    Args:
        blocks: the samples, in pieces.
        rate_hz: their rate.
        path: the file.

    Raises:
        WorkspaceFull: the disk is full.
        FlacFailed: ffmpeg could not write it.
        FfmpegMissing: there is no usable ffmpeg.
    """
    with tempfile.TemporaryFile() as said:
        process = ffmpeg.start(
            *("-loglevel", "error", "-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "pipe:0"),
            *("-codec:a", "flac", "-sample_fmt", "s16", "-compression_level", _COMPRESSION),
            *("-map_metadata", "-1", "-fflags", "+bitexact", "-f", "flac", "-y", f"file:{path}"),
            stdin=subprocess.PIPE,
            stderr=said,
            behind_others=True,
        )
        try:
            _feed(cast("IO[bytes]", process.stdin), blocks)
            failed = process.wait() != 0
        finally:
            process.kill()
            process.wait()
            cast("IO[bytes]", process.stdout).close()
        said.seek(0)
        words = said.read(_MOST_SAID_BYTES).decode(errors="replace")
    if failed:
        raise WorkspaceFull(path) if _NO_ROOM in words else FlacFailed(path)


def _feed(stream: IO[bytes], blocks: Iterable[bytes]) -> None:
    """Write *blocks* until all are written or ffmpeg has ended; its exit code tells which."""
    try:
        for block in blocks:
            try:
                stream.write(block)
            except OSError:
                return
    finally:
        with contextlib.suppress(OSError):
            stream.close()


class FlacReader:
    """Reads a FLAC's samples from any of them on; whoever opens it closes it.

    Reads that follow on each other share one ffmpeg, others start another. One thread at a time.
    """

    def __init__(self, path: Path, rate_hz: int, *, behind_others: bool = False) -> None:
        """Read *path*; nothing is opened yet.

        Args:
            path: a FLAC of ours, 16-bit mono.
            rate_hz: its rate.
            behind_others: whether all else on the machine comes first.
        """
        self._path = path
        self._rate_hz = rate_hz
        self._behind_others = behind_others
        self._process: subprocess.Popen[bytes] | None = None
        self._position = 0

    def read(self, first_sample: int, count: int) -> bytes:
        """Return *count* samples from *first_sample* on; fewer at the end, or behind damage.

        Raises:
            FfmpegMissing: there is no usable ffmpeg.
        """
        ahead = first_sample - self._position
        if self._process is None or not 0 <= ahead <= _NEAR_SECONDS * self._rate_hz:
            self._start_at(first_sample)
        elif ahead:
            self._take(ahead)
        return self._take(count)

    def close(self) -> None:
        """End the ffmpeg that is still reading, if one is."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            cast("IO[bytes]", process.stdout).close()
            process.wait()

    def _start_at(self, first_sample: int) -> None:
        self.close()
        # ffmpeg counts microseconds, of which a sample has at least five
        seek = ("-ss", f"{first_sample / self._rate_hz:.6f}") if first_sample else ()
        self._process = ffmpeg.start(
            *("-nostdin", "-protocol_whitelist", "file", "-threads", "1", *seek),
            *("-f", "flac", "-i", f"file:{self._path}", "-map", "0:a:0", "-f", "s16le", "-"),
            behind_others=self._behind_others,
        )
        self._position = first_sample

    def _take(self, count: int) -> bytes:
        process = self._process
        pcm = (
            b"" if process is None else cast("IO[bytes]", process.stdout).read(count * SAMPLE_BYTES)
        )
        self._position += len(pcm) // SAMPLE_BYTES
        return pcm
