"""Segments: a line's sound as WAV files of 60 seconds that are valid at every moment.

16-bit PCM, mono, named ``<line id>-<first sample, 12 digits>.wav``, with a playlist
``<line id>.m3u8`` beside them. Header sizes are written with every block; after a crash the
file's length is the truth and `repair` makes the header agree with it.
"""

from __future__ import annotations

import contextlib
import os
import re
import struct
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from hotline_desk.system import sync_content, sync_folder
from hotline_desk.take.journal import workspace_error, write_all
from hotline_desk.take.places import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

_Synced = TypeVar("_Synced")

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


def bytes_a_second(rates_hz: Iterable[int], speed: float) -> float:
    """Return what lines of these rates write in a second, in a take that runs at *speed*."""
    return speed * SAMPLE_BYTES * sum(rates_hz)


def segments(folder: Path, line_id: str) -> list[Segment]:
    """Return the segments of a line that are on the disk now, first to last.

    Those in the take's second folder are among them, as far as its volume is there.
    """
    return segments_in(places(folder), line_id)


def segments_in(folders: Sequence[Path], line_id: str) -> list[Segment]:
    """Return a line's segments in all of *folders*, the take's own first, in the line's order."""
    found: dict[int, Segment] = {}
    # a segment that is brought home meanwhile leaves the second folder last: that is listed first
    for folder in reversed(folders):
        try:
            entries = os.listdir(folder)  # noqa: PTH208  ten times a second, names only
        except OSError:
            if folder == folders[0]:
                raise
            continue  # the second volume is away
        for entry in entries:
            name = _PATTERN.match(entry)
            if name and name["line"] == line_id:
                segment = Segment(folder / entry, int(name["first"]))
                other = found.get(segment.first_sample)
                # both are there while one is brought home, or where one was begun in vain
                if other is None or _held(segment) >= _held(other):
                    found[segment.first_sample] = segment
    return [found[first] for first in sorted(found)]


def last_segment(folders: Sequence[Path], line_id: str, known: Segment | None) -> Segment | None:
    """Return a line's last segment, None without any; mostly without listing the folders.

    Args:
        folders: the take's, as `places` has them.
        line_id: whose segment.
        known: what the last one was at an earlier look; each is named for the sample that
            comes after the one before it.
    """
    try:
        while known is not None and known.samples:
            following = _following(folders, line_id, known.end_sample)
            if following is None:
                return known
            known = following
    except FileNotFoundError:
        pass  # deleted meanwhile
    found = segments_in(folders, line_id)
    return found[-1] if found else None


def _held(segment: Segment) -> int:
    """Return how many samples a segment holds, none if it is gone."""
    try:
        return segment.samples
    except FileNotFoundError:
        return 0


def _following(folders: Sequence[Path], line_id: str, first_sample: int) -> Segment | None:
    name = segment_name(line_id, first_sample)
    return next(
        (
            Segment(folder / name, first_sample)
            for folder in reversed(folders)  # the second one: sound goes on there
            if (folder / name).exists()
        ),
        None,
    )


class SegmentWriter:
    """Writes one line's segments.

    One thread appends; another may call `sync` at the same time. The appender never closes a
    file, so the syncer's descriptors stay good.
    """

    def __init__(self, folder: Path, line_id: str, rate_hz: int) -> None:
        self.folder = folder
        """Where the next segment goes."""
        self._line_id = line_id
        self._rate_hz = rate_hz
        self._file: BinaryIO | None = None
        self._path = folder
        self._written = 0
        self._finished: list[BinaryIO] = []
        self._changed_folders: set[Path] = set()
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

        A file that cannot be synced keeps no other from it.

        Raises:
            OSError: the disk fails; what was not synced is still to be.
        """
        with self._lock:
            finished, self._finished = self._finished, []
            current = self._file
            changed, self._changed_folders = self._changed_folders, set()
        errors: list[OSError] = []
        unsynced = [file for file in finished if not _succeeds(_sync_and_close, file, errors)]
        if current is not None:
            _succeeds(_sync, current, errors)
        unlisted = {folder for folder in changed if not _succeeds(sync_folder, folder, errors)}
        with self._lock:
            self._finished[:0] = unsynced
            self._changed_folders |= unlisted
        if errors:
            raise errors[0]

    def is_lost(self) -> bool:
        """Whether the file that is being written is no longer in its place."""
        if self._file is None:
            return False
        try:
            return not os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except FileNotFoundError:
            return True

    def mend_cut(self) -> tuple[int, int] | None:
        """Let zeros stand where somebody cut the end off the file that is being written.

        Returns:
            The line's first sample that is gone and how many are; None if none is.

        Raises:
            OSError: the disk fails.
        """
        if self._file is None:
            return None
        end = HEADER_BYTES + self._written
        length = os.fstat(self._file.fileno()).st_size
        if length >= end:
            return None
        kept = max(0, length - HEADER_BYTES) // SAMPLE_BYTES
        self._file.truncate(HEADER_BYTES + kept * SAMPLE_BYTES)  # no half sample stays
        self._file.truncate(end)
        self._file.seek(0)
        write_all(self._file, wav_header(self._rate_hz, self._written))
        gone = self._written // SAMPLE_BYTES - kept
        return self.samples - gone, gone

    def leave(self) -> int:
        """Let the next samples begin another file; return how many the present one holds."""
        if self._file is None:
            return 0
        self._retire(self._file)
        if not self._written:
            with contextlib.suppress(OSError):  # the folder may refuse that, too
                self._path.unlink()
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
        path = self.folder / segment_name(self._line_id, self.samples)
        # an empty one was begun here and could not be taken back
        file = path.open("wb" if _is_empty(path) else "xb", buffering=0)
        try:
            write_all(file, wav_header(self._rate_hz, 0))
            with playlist(self.folder, self._line_id).open("ab", buffering=0) as names:
                write_all(names, f"{path.name}\n".encode())
        except OSError:
            file.close()
            path.unlink()
            raise
        self._path, self._written = path, 0
        with self._lock:
            self._file = file
            self._changed_folders.add(self.folder)
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


def _succeeds(sync: Callable[[_Synced], None], what: _Synced, errors: list[OSError]) -> bool:
    """Do *sync* to *what*; note its error instead of raising it."""
    try:
        sync(what)
    except OSError as error:
        errors.append(error)
        return False
    return True


def _sync(file: BinaryIO) -> None:
    sync_content(file.fileno())


def _sync_and_close(file: BinaryIO) -> None:
    _sync(file)
    file.close()


def _is_empty(path: Path) -> bool:
    """Whether a segment is there that holds no sound."""
    try:
        return path.stat().st_size <= HEADER_BYTES
    except FileNotFoundError:
        return False


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


def segment_name(line_id: str, first_sample: int) -> str:
    """Return the name of the segment of a line that begins with *first_sample*."""
    return f"{line_id}-{first_sample:012}.wav"


def playlist(folder: Path, line_id: str) -> Path:
    """Return the file beside a line's segments that lists them."""
    return folder / f"{line_id}.m3u8"


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
