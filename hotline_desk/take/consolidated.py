"""What became of a line's segments: one FLAC, and the hashes that tell whether it is still whole.

consolidated.jsonl has a record of each line whose FLAC was decoded again and found to hold, sample
for sample, what the segments held. From that record on the FLAC is the line's sound, whatever
segments still lie beside it; before it, a FLAC is nothing. No segment goes before the record is
on the disk, so a line is whole in one of the two forms at every moment.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotline_desk.take import journal
from hotline_desk.take.segments import segments

if TYPE_CHECKING:
    from pathlib import Path

CONSOLIDATED = "consolidated.jsonl"
_STREAM_INFO_BYTES = 42
_MOST_SAMPLES = (1 << 36) - 1


@dataclass(frozen=True, slots=True)
class Held:
    """What one segment holds, or held before it became part of a FLAC."""

    name: str
    """The segment's file."""
    first_sample: int
    samples: int
    sha256: str
    """Of the samples; empty while they are still in the segment, where anybody may ask them."""

    @property
    def end_sample(self) -> int:
        """The sample of the line after the last one here."""
        return self.first_sample + self.samples


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One line's FLAC, as it was when it was verified."""

    line_id: str
    path: Path
    file_bytes: int
    file_sha256: str
    """Empty if its record was lost: nobody can tell any more whether the file is the same."""
    stretches: tuple[Held, ...]
    """Each begins where the one before it ends, the first at sample 0."""

    @property
    def samples(self) -> int:
        """How many samples the line has."""
        return self.stretches[-1].end_sample


def consolidated(folder: Path, line_id: str) -> Consolidated | None:
    """Return the FLAC that is a line's sound now, None while the segments are.

    One whose record was lost is all there is of a line without segments, and counts, too.

    Args:
        folder: the take's.
        line_id: whose sound.
    """
    return recorded(folder, line_id) or _unrecorded(folder, line_id)


def recorded(folder: Path, line_id: str) -> Consolidated | None:
    """Return the same if its record is there and true; the folder is not listed to tell."""
    records, _ = journal.read(folder / CONSOLIDATED, lambda record: _parsed(folder, record))
    found = next((each for each in reversed(records) if each.line_id == line_id), None)
    with contextlib.suppress(FileNotFoundError):
        if found is not None and _samples_in(found.path) in {found.samples, None}:
            return found
    # what the record says is not what is there: a disk's fault, or somebody took the FLAC away
    return None


def unreadable_records(folder: Path) -> int:
    """Return how many lines of consolidated.jsonl of the take in *folder* nobody understands."""
    return journal.unreadable(folder / CONSOLIDATED, lambda record: _parsed(folder, record))


def stretches(folder: Path, line_id: str) -> list[Held]:
    """Return what there is of a line, first to last: its segments, or what its FLAC was made of."""
    listed = segments(folder, line_id)
    try:
        there = [Held(each.path.name, each.first_sample, each.samples, "") for each in listed]
    except FileNotFoundError:
        if segments(folder, line_id) == listed:
            raise
        return stretches(folder, line_id)  # one was deleted since, or brought home
    # asked last: no segment is deleted before the record is written
    whole = consolidated(folder, line_id)
    return there if whole is None else list(whole.stretches)


def note_consolidated(folder: Path, made: Consolidated) -> None:
    """Write down that a line's FLAC was verified and lies in its place; synced.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceUnwritable: the folder cannot be written.
    """
    record = {
        "line": made.line_id,
        "file": made.path.name,
        "bytes": made.file_bytes,
        "sha256": made.file_sha256,
        "segments": [
            {"file": each.name, "sample": each.first_sample, "samples": each.samples,
             "sha256": each.sha256}
            for each in made.stretches
        ],
    }  # fmt: skip
    journal.append(folder / CONSOLIDATED, record, sync=True)


def _unrecorded(folder: Path, line_id: str) -> Consolidated | None:
    """Return the newest FLAC of a line that nothing else is left of."""
    try:
        if any(each.samples for each in segments(folder, line_id)):
            return None
        there = [*folder.glob(f"{line_id}.flac"), *folder.glob(f"{line_id}-*.flac")]
        for path in sorted(there, key=lambda path: (len(path.name), path.name), reverse=True):
            samples = _samples_in(path)
            if samples:
                whole = Held(path.name, 0, samples, "")
                return Consolidated(line_id, path, path.stat().st_size, "", (whole,))
    except FileNotFoundError:  # a segment that goes just now has its record
        pass
    return None


def _samples_in(path: Path) -> int | None:
    """Return how many samples the FLAC at *path* says it has, None where it does not say.

    Raises:
        FileNotFoundError: it has just gone.
    """
    with path.open("rb") as file:
        head = file.read(_STREAM_INFO_BYTES)
    if not head.startswith(b"fLaC") or len(head) < _STREAM_INFO_BYTES:
        return None
    return int.from_bytes(head[21:26]) & _MOST_SAMPLES or None  # RFC 9639, section 8.2


def _parsed(folder: Path, record: dict[str, Any]) -> Consolidated:
    name = journal.fact(record, "file", str)
    held = tuple(
        Held(
            journal.fact(each, "file", str),
            journal.fact(each, "sample", int),
            journal.fact(each, "samples", int),
            journal.fact(each, "sha256", str),
        )
        for each in journal.fact(record, "segments", list)
    )
    if not held:
        raise ValueError(name)
    return Consolidated(
        journal.fact(record, "line", str),
        folder / name,
        journal.fact(record, "bytes", int),
        journal.fact(record, "sha256", str),
        held,
    )
