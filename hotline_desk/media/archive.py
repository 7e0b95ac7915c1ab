"""A line's sound becomes a FLAC that may replace it: written, heard again, put in place, noted.

In this order, each step on the disk before the next, so that wherever it is interrupted the sound
is whole where it was before, or in the FLAC.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.errors import FlacFailed, NoRoomForFlac, WorkspaceFull
from hotline_desk.media.flac import FlacReader, encode
from hotline_desk.media.hashes import is_damaged, sha256
from hotline_desk.system import patiently, sync_folder, write_through
from hotline_desk.take.consolidated import (
    Consolidated,
    Held,
    consolidated,
    note_consolidated,
)
from hotline_desk.take.segments import SAMPLE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hotline_desk.take.segments import Segment
    from hotline_desk.take.take import LineInfo

_BLOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes one stretch of a FLAC."""

    name: str
    first_sample: int
    samples: int
    read: Callable[[int, int], bytes]
    """Returns samples of the line, by the first one and their number."""


def archive(
    folder: Path, line: LineInfo, there: Sequence[Segment], *, passed: Callable[[int], None]
) -> Consolidated:
    """Make the FLAC of a line out of its segments, which stay; from its record on it counts.

    Args:
        folder: the take's.
        line: whose sound.
        there: all its segments, each beginning where the one before it ends.
        passed: called with each number of samples that were written, and again when they were
            heard again; what it raises ends the work and is passed on.

    Raises:
        NoRoomForFlac: the FLAC would not fit beside the segments.
        FlacFailed: it did not come out as the segments are.
        FfmpegMissing: there is no usable ffmpeg.
        WorkspaceFull, WorkspaceUnwritable: its record cannot be written.
        OSError: a file cannot be read or written.
    """
    pieces = [
        _Piece(segment.path.name, segment.first_sample, segment.samples, segment.read)
        for segment in there
    ]
    return _make(folder, line, pieces, folder / f"{line.id}.flac", passed)


def silence(
    folder: Path,
    line: LineInfo,
    ranges: Sequence[tuple[int, int]],
    *,
    passed: Callable[[int], None],
) -> None:
    """Let a consolidated line be silent in *ranges*: in a new FLAC.

    The old one is deleted. Does nothing to a line that is not consolidated.

    Args:
        folder: the take's.
        line: whose sound.
        ranges: each the first sample of the line that is to be silent, and how many are.
        passed: as for `archive`.

    Raises:
        NoRoomForFlac, FlacFailed, FfmpegMissing, WorkspaceFull, WorkspaceUnwritable, OSError: as
            `archive`; the old FLAC stays what it was.
    """
    old = consolidated(folder, line.id)
    if old is None:
        return
    if is_damaged(old):  # no new hashes for it
        raise FlacFailed(old.path)
    reader = FlacReader(old.path, line.rate_hz, behind_others=True)

    def read(first: int, count: int) -> bytes:
        pcm = bytearray(reader.read(first, count))
        for silent, samples in ranges:
            low, high = (
                min(len(pcm), max(0, edge - first) * SAMPLE_BYTES)
                for edge in (silent, silent + samples)
            )
            pcm[low:high] = bytes(high - low)
        return bytes(pcm)

    pieces = [
        _Piece(stretch.name, stretch.first_sample, stretch.samples, read)
        for stretch in old.stretches
    ]
    try:
        _make(folder, line, pieces, _following_name(old.path, line), passed)
    finally:
        reader.close()
    patiently(old.path.unlink)


def replaced(folder: Path, line: LineInfo) -> list[Path]:
    """Return the FLACs of a line that another took the place of, and what was never finished."""
    current = consolidated(folder, line.id)
    if current is None or not current.file_sha256:
        # without a record, nobody knows whether it is the last of the sound
        return []
    left = (*folder.glob(f"{line.id}.flac*"), *folder.glob(f"{line.id}-*.flac*"))
    return [path for path in left if path != current.path]


def _following_name(path: Path, line: LineInfo) -> Path:
    _, _, number = path.stem.partition("-")
    return path.with_name(f"{line.id}-{int(number or 1) + 1}.flac")


def _make(
    folder: Path,
    line: LineInfo,
    pieces: Sequence[_Piece],
    path: Path,
    passed: Callable[[int], None],
) -> Consolidated:
    draft = path.with_suffix(".flac.new")
    draft.unlink(missing_ok=True)
    # sound that cannot be compressed takes as much; the ledger must find room meanwhile, too
    if shutil.disk_usage(folder).free < sum(piece.samples for piece in pieces) * SAMPLE_BYTES:
        raise NoRoomForFlac(folder)
    held: list[Held] = []
    try:
        try:
            encode(_read(pieces, line.rate_hz, held, passed, draft), line.rate_hz, draft)
        except WorkspaceFull as error:
            raise NoRoomForFlac(folder) from error
        write_through(draft)
        _hear_again(draft, line.rate_hz, held, passed)
        made = Consolidated(line.id, path, draft.stat().st_size, sha256(draft), tuple(held))
        patiently(lambda: draft.replace(path))
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    note_consolidated(folder, made)
    return made


def _read(
    pieces: Sequence[_Piece],
    rate_hz: int,
    held: list[Held],
    passed: Callable[[int], None],
    path: Path,
) -> Iterator[bytes]:
    """Yield the samples of *pieces*, and add to *held* what was in each.

    Raises:
        FlacFailed: some are missing; *path* tells of it.
    """
    step = round(_BLOCK_SECONDS * rate_hz)
    position = 0
    for piece in pieces:
        heard, count = hashlib.sha256(), 0
        while block := piece.read(piece.first_sample + count, min(step, piece.samples - count)):
            heard.update(block)
            count += len(block) // SAMPLE_BYTES
            passed(len(block) // SAMPLE_BYTES)
            yield block
        if piece.first_sample != position or count != piece.samples:
            raise FlacFailed(path)
        position += count
        held.append(Held(piece.name, piece.first_sample, count, heard.hexdigest()))


def _hear_again(draft: Path, rate_hz: int, held: list[Held], passed: Callable[[int], None]) -> None:
    """Decode *draft* and compare it with what was held.

    Raises:
        FlacFailed: it is not the same, sample for sample.
    """
    reader = FlacReader(draft, rate_hz, behind_others=True)
    heard_again: list[Held] = []
    pieces = [_Piece(each.name, each.first_sample, each.samples, reader.read) for each in held]
    try:
        for _block in _read(pieces, rate_hz, heard_again, passed, draft):
            pass
        if heard_again != held or reader.read(held[-1].end_sample, 1):
            raise FlacFailed(draft)
    finally:
        reader.close()
