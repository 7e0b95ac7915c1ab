"""Segments: a line's sound as WAV files of 60 seconds that are valid at every moment.

16-bit PCM, mono, named ``<line id>-<first sample, 12 digits>.wav``, with a playlist
``<line id>.m3u8`` beside them. Header sizes are written with every block; after a crash the
file's length is the truth and `repair` makes the header agree with it.
"""

from __future__ import annotations

import os
import re
import struct
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.system import sync_content, sync_folder
from hotline_desk.take.journal import workspace_error, write_all

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

SEGMENT_SECONDS = 60
SAMPLE_BYTES = 2
HEADER_BYTES = 44

_PATTERN = re.compile(r"^(?P<line>[A-Za-z0-9]+)-(?P<first>\d{12})\.wav$")
_SILENCE = bytes(1 << 16)


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a line's sound."""

    path: Path
    first_sample: int

    @property
    def samples(self) -> int:
        """How many there are now by the file's length, whatever its header says."""
        return max(0, self.path.stat().st_size - HEADER_BYTES) // SAMPLE_BYTES

    @property
    def end_sample(self) -> int:
        """The sample of the line after the last one here."""
        return self.first_sample + self.samples

    def read(self, first_sample: int, count: int) -> bytes:
        """Return *count* samples from the line's *first_sample* on, all within this segment."""
        with self.path.open("rb") as file:
            file.seek(HEADER_BYTES + (first_sample - self.first_sample) * SAMPLE_BYTES)
            return file.read(count * SAMPLE_BYTES)


def segments(folder: Path, line_id: str) -> list[Segment]:
    """Return the segments of a line that are on the disk now, first to last."""
    found = []
    for entry in os.listdir(folder):  # noqa: PTH208  ten times a second, names only
        name = _PATTERN.match(entry)
        if name and name["line"] == line_id:
            found.append(Segment(folder / entry, int(name["first"])))
    return sorted(found, key=lambda segment: segment.first_sample)


def last_segment(folder: Path, line_id: str, known: Segment | None) -> Segment | None:
    """Return a line's last segment, None without any; mostly without listing the folder.

    Args:
        folder: the take's.
        line_id: whose segment.
        known: what the last one was at an earlier look; each is named for the sample that
            comes after the one before it.
    """
    try:
        while known is not None and known.samples:
            end = known.end_sample  # looked at once: the file grows
            following = Segment(folder / _name(line_id, end), end)
            if not following.path.exists():
                return known
            known = following
    except FileNotFoundError:
        pass  # deleted meanwhile
    found = segments(folder, line_id)
    return found[-1] if found else None


class SegmentWriter:
    """Writes one line's segments.

    One thread appends; another may call `sync` at the same time. The appender never closes a
    file, so the syncer's descriptors stay good.
    """

    def __init__(self, folder: Path, line_id: str, rate_hz: int) -> None:
        self._folder = folder
        self._line_id = line_id
        self._rate_hz = rate_hz
        self._file: BinaryIO | None = None
        self._path = folder
        self._written = 0
        self._finished: list[BinaryIO] = []
        self._folder_changed = False
        self._lock = threading.Lock()
        self.samples = 0
        """Samples of the line so far."""

    def append(self, pcm: bytes | memoryview) -> None:
        """Write 16-bit mono samples behind the last ones.

        Raises:
            WorkspaceFull: the disk is full; `samples` tells how much of *pcm* is in.
            WorkspaceUnwritable: the file cannot be written; the same.
        """
        view = memoryview(pcm)
        try:
            while view:
                file = self._file or self._open()
                room = self._rate_hz * SEGMENT_SECONDS * SAMPLE_BYTES - self._written
                self._write(file, view[:room])
                view = view[room:]
                if self._written == self._rate_hz * SEGMENT_SECONDS * SAMPLE_BYTES:
                    self._retire(file)
        except OSError as error:
            raise workspace_error(self._path, error) from error

    def append_silence(self, samples: int) -> None:
        """Write *samples* of silence.

        Raises:
            WorkspaceFull: as `append`.
            WorkspaceUnwritable: as `append`.
        """
        missing = samples * SAMPLE_BYTES
        while missing > 0:
            piece = _SILENCE[:missing]
            self.append(piece)
            missing -= len(piece)

    def sync(self) -> None:
        """Make what is written survive a power cut; called from one thread, any but the writer's.

        Raises:
            OSError: the disk fails; what was not synced is still to be.
        """
        with self._lock:
            finished, self._finished = self._finished, []
            current = self._file
            folder_changed, self._folder_changed = self._folder_changed, False
        try:
            while finished:
                sync_content(finished[0].fileno())
                finished.pop(0).close()
            if current is not None:
                sync_content(current.fileno())
            if folder_changed:
                sync_folder(self._folder)
        except OSError:
            with self._lock:
                self._finished[:0] = finished
                self._folder_changed |= folder_changed
            raise

    def is_lost(self) -> bool:
        """Whether the file that is being written is no longer in its place."""
        if self._file is None:
            return False
        try:
            return not os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except FileNotFoundError:
            return True

    def leave_lost(self) -> int:
        """Let the next samples begin another file; return how many the lost one held."""
        if self._file is not None:
            self._retire(self._file)
        return self._written // SAMPLE_BYTES

    def close(self) -> None:
        """Finish the last segment; afterwards nobody appends or syncs any more.

        Raises:
            OSError: the disk fails.
        """
        if self._file is not None:
            self._retire(self._file)
        self.sync()

    def _open(self) -> BinaryIO:
        path = self._folder / _name(self._line_id, self.samples)
        file = path.open("xb", buffering=0)
        try:
            write_all(file, wav_header(self._rate_hz, 0))
            with (self._folder / f"{self._line_id}.m3u8").open("ab", buffering=0) as playlist:
                write_all(playlist, f"{path.name}\n".encode())
        except OSError:
            file.close()
            path.unlink()
            raise
        self._path, self._written = path, 0
        with self._lock:
            self._file, self._folder_changed = file, True
        return file

    def _write(self, file: BinaryIO, pcm: memoryview) -> None:
        end = HEADER_BYTES + self._written
        try:
            file.seek(end)
            write_all(file, pcm)
            file.seek(0)
            write_all(file, wav_header(self._rate_hz, self._written + len(pcm)))
        except OSError:
            file.truncate(end)
            file.seek(0)
            write_all(file, wav_header(self._rate_hz, self._written))
            raise
        self._written += len(pcm)
        self.samples += len(pcm) // SAMPLE_BYTES

    def _retire(self, file: BinaryIO) -> None:
        with self._lock:
            self._finished.append(file)
            self._file = None


def repair(folder: Path, rates_hz: dict[str, int]) -> list[str]:
    """Make each segment's header agree with its file's length; the recorder must have ended.

    Args:
        folder: the take's.
        rates_hz: the rate of each line by its id.

    Returns:
        The names of the files that were changed.

    Raises:
        WorkspaceUnwritable: a file cannot be written.
    """
    changed = []
    for line_id, rate_hz in rates_hz.items():
        for segment in segments(folder, line_id):
            content = segment.samples * SAMPLE_BYTES
            header = wav_header(rate_hz, content)
            try:
                with segment.path.open("r+b", buffering=0) as file:
                    whole = segment.path.stat().st_size == HEADER_BYTES + content
                    if whole and file.read(HEADER_BYTES) == header:
                        continue
                    file.seek(0)
                    write_all(file, header)
                    file.truncate(HEADER_BYTES + content)
                    sync_content(file.fileno())
            except OSError as error:
                raise workspace_error(segment.path, error) from error
            changed.append(segment.path.name)
    return changed


def _name(line_id: str, first_sample: int) -> str:
    return f"{line_id}-{first_sample:012}.wav"


def wav_header(rate_hz: int, content_bytes: int) -> bytes:
    """Return the 44 bytes that stand before *content_bytes* of 16-bit mono samples."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        HEADER_BYTES - 8 + content_bytes,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        rate_hz,
        rate_hz * SAMPLE_BYTES,
        SAMPLE_BYTES,
        8 * SAMPLE_BYTES,
        b"data",
        content_bytes,
    )
