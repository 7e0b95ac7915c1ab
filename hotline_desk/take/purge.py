"""Purging: sound that may not be kept becomes silence.

Of a 坐席 line what no mark claims, and what a caller refused there; of any line what is deleted
with a person. Only files that are no longer written to are touched, in their place: names,
headers, lengths and positions stay, and nothing but the purged samples is ever written. A purge
that is cut short is done again; once its event is written, it is over.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Protocol

from hotline_desk.domain.casework.claims import Stretch, claimed, removed
from hotline_desk.domain.roles import Role
from hotline_desk.errors import WorkspaceError
from hotline_desk.system import sync_content
from hotline_desk.take import journal
from hotline_desk.take.consolidated import consolidated, stretches
from hotline_desk.take.home import is_home
from hotline_desk.take.marks import MarkKind, marks, unreadable_marks
from hotline_desk.take.places import places
from hotline_desk.take.segments import HEADER_BYTES, SAMPLE_BYTES, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hotline_desk.domain.marks import Mark
    from hotline_desk.take.consolidated import Held
    from hotline_desk.take.take import LineInfo, Take

UNCLAIMED, REFUSED, DELETED = "unclaimed", "refused", "deleted"
"""Why samples are purged, in the event that tells of it."""
REGRET_SECONDS = 120.0
"""How long 不同意录音 can be taken back before its sound goes."""

SETTLED_SECONDS = 25.0
"""After which anchors have come that fix which sample was heard when."""
_EVENT = "purged"
_SILENCE = bytes(1 << 16)


class Note(Protocol):
    """How an event is written: as ``EventLog.note`` of the recorder does."""

    def __call__(self, event: str, *, at: float | None = None, **facts: object) -> None:
        """Add *event* with *facts*, at take time *at*, now unless given."""


@dataclass(frozen=True, slots=True)
class Range:
    """Samples of a line that are purged, or to be."""

    line_id: str
    first_sample: int
    samples: int
    stretch: Stretch
    """The same in take time."""
    reason: str
    """`UNCLAIMED`, `REFUSED` or `DELETED`."""

    @property
    def end_sample(self) -> int:
        """The sample of the line after the last one here."""
        return self.first_sample + self.samples


def purge_due(
    take: Take, now: float, *, keep_seconds: float, pre_roll_seconds: float, note: Note
) -> list[Range]:
    """Purge what is due of *take*, and note it; return what was purged.

    The recorder calls it once a minute, in a thread of its own and with a `Take` of its own; the
    desk for takes that have ended. What lies in a FLAC is left to the desk.

    Args:
        take: the one that is being recorded, or one that has ended.
        now: its take time; behind its end, where it has ended.
        keep_seconds: how long samples that no mark claims are kept.
        pre_roll_seconds: how far before its mark a claim begins.
        note: writes an event; events.jsonl has one writer.

    Raises:
        WorkspaceUnwritable: the disk refused some of it, which is due again the next time; all the
            rest was purged.
    """
    done: list[Range] = []
    failure: WorkspaceError | None = None
    for each in due(take, now, keep_seconds=keep_seconds, pre_roll_seconds=pre_roll_seconds):
        if consolidated(take.folder, each.line_id) is not None:
            continue  # a FLAC is made anew, not written over
        try:
            purge(take.folder, each.line_id, each.first_sample, each.samples)
        except WorkspaceError as error:
            failure = failure or error
            continue
        note_purged(each, note)
        done.append(each)
    if failure is not None:
        raise failure
    return done


def note_purged(gone: Range, note: Note) -> None:
    """Write the event that tells of *gone*: from then on it is over."""
    note(
        _EVENT,
        line=gone.line_id,
        sample=gone.first_sample,
        samples=gone.samples,
        start=round(gone.stretch.start, 6),
        end=round(gone.stretch.end, 6),
        reason=gone.reason,
    )


def due(take: Take, now: float, *, keep_seconds: float, pre_roll_seconds: float) -> list[Range]:
    """Return what is to be purged of *take* at take time *now*; the rest as for `purge_due`.

    Nothing where it is not certain what the marks claim: sound that is gone does not come back.
    """
    if not has_certain_marks(take):
        return []
    gone = refused(take, now)
    rest = unclaimed(
        take, now, keep_seconds=keep_seconds, pre_roll_seconds=pre_roll_seconds, beside=gone
    )
    return [*gone, *rest]


def has_certain_marks(take: Take) -> bool:
    """Return whether all that was ever marked on *take* can be read."""
    if places(take.folder) != take.folders or unreadable_marks(take.folders):
        return False
    return take.folders[-1].is_dir() or is_home(take)


def purge(folder: Path, line_id: str, first_sample: int, samples: int) -> None:
    """Write silence over *samples* of a line from *first_sample* on, in closed segments.

    In their place and not by a copy beside them: there is always room for it, a reader's open
    file is no obstacle on Windows, and the sound does not stay behind in freed blocks. Zeros over
    a part of the range are as good a beginning as none.

    Raises:
        WorkspaceUnwritable: a file cannot be written.
    """
    end_sample = first_sample + samples
    for segment in segments(folder, line_id):
        first, end = max(first_sample, segment.first_sample), min(end_sample, segment.end_sample)
        if first >= end:
            continue
        try:
            with segment.path.open("r+b", buffering=0) as file:
                file.seek(HEADER_BYTES + (first - segment.first_sample) * SAMPLE_BYTES)
                left = (end - first) * SAMPLE_BYTES
                while left:
                    piece = _SILENCE[:left]
                    journal.write_all(file, piece)
                    left -= len(piece)
                sync_content(file.fileno())
        except OSError as error:
            raise journal.workspace_error(segment.path, error) from error


def unclaimed(
    take: Take,
    now: float,
    *,
    keep_seconds: float,
    pre_roll_seconds: float,
    beside: Sequence[Range] = (),
) -> list[Range]:
    """Return what no mark claims of the 坐席 lines and is older than *keep_seconds*.

    Segment by segment, each once all of it is that old, so that none is gone over twice; *beside*
    is to be purged for another reason.
    """
    claims = claimed(marks(take.folder), pre_roll=pre_roll_seconds)
    limit = now - max(keep_seconds, pre_roll_seconds)
    return list(_due(take, UNCLAIMED, _gaps(claims), old_by=limit, beside=beside))


def refused(take: Take, now: float) -> list[Range]:
    """Return the 坐席 lines' sound of callers who do not agree to be recorded, ready to go."""
    standing = [mark for mark in marks(take.folder) if not _may_be_regretted(mark, now)]
    stretches = removed(standing, seat=True)
    return list(_due(take, REFUSED, stretches, old_by=now - SETTLED_SECONDS))


def to_delete(take: Take, line_name: str, stretches: Sequence[Stretch]) -> list[Range]:
    """Return what of *stretches* is still there of a line, in files that are no longer written."""
    line = take.line(line_name)
    done = [each for each in purged(take) if each.line_id == line.id] if stretches else []
    return list(_of_line(take, line, DELETED, stretches, done, old_by=inf))


def purged(take: Take) -> list[Range]:
    """Return what has been purged of *take*."""
    found = []
    for event in take.events():
        if event["event"] == _EVENT:
            with contextlib.suppress(KeyError, TypeError, ValueError):  # a disk's fault
                found.append(_purged(event))
    return found


def _may_be_regretted(mark: Mark, now: float) -> bool:
    return mark.kind is MarkKind.REFUSED and now - mark.at < REGRET_SECONDS


def _purged(event: dict[str, Any]) -> Range:
    return Range(
        line_id=journal.fact(event, "line", str),
        first_sample=journal.fact(event, "sample", int),
        samples=journal.fact(event, "samples", int),
        stretch=Stretch(journal.number(event, "start"), journal.number(event, "end")),
        reason=journal.fact(event, "reason", str),
    )


def _due(
    take: Take,
    reason: str,
    stretches: Sequence[Stretch],
    *,
    old_by: float,
    beside: Sequence[Range] = (),
) -> Iterator[Range]:
    """Yield the parts of *stretches* in closed segments that ended by take time *old_by*."""
    done = [*purged(take), *beside] if stretches else []
    for line in take.lines:
        if line.role == Role.SEAT and stretches:
            before = [each for each in done if each.line_id == line.id]
            yield from _of_line(take, line, reason, stretches, before, old_by=old_by)


def _of_line(
    take: Take,
    line: LineInfo,
    reason: str,
    stretches: Sequence[Stretch],
    before: Sequence[Range],
    *,
    old_by: float,
) -> Iterator[Range]:
    for segment in _closed(take, line):
        if take.time_at(line.name, segment.end_sample) > old_by:
            break
        for stretch in stretches:
            first, end = _samples(take, line, stretch, segment)
            for first_sample, end_sample in _left(first, end, before):
                yield Range(
                    line_id=line.id,
                    first_sample=first_sample,
                    samples=end_sample - first_sample,
                    stretch=Stretch(
                        take.time_at(line.name, first_sample),
                        take.time_at(line.name, end_sample),
                    ),
                    reason=reason,
                )


def _closed(take: Take, line: LineInfo) -> list[Held]:
    """Return what of *line* nobody writes to any more."""
    found = stretches(take.folder, line.id)
    return found if take.ended else found[:-1]


def _samples(take: Take, line: LineInfo, stretch: Stretch, segment: Held) -> tuple[int, int]:
    """Return which samples of *segment* lie in *stretch*: the first, and the one after the last."""
    end = segment.end_sample
    if stretch.end <= take.time_at(line.name, end):
        end = min(end, take.sample_at(line.name, stretch.end))
    return max(segment.first_sample, take.sample_at(line.name, stretch.start)), end


def _gaps(claims: Sequence[Stretch]) -> list[Stretch]:
    """Return what lies between *claims*, before and behind them."""
    edges = [0.0, *(edge for claim in claims for edge in (claim.start, claim.end)), float("inf")]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [Stretch(start, end) for start, end in pairs if start < end]


def _left(first: int, end: int, done: Iterable[Range]) -> list[tuple[int, int]]:
    """Return what of the samples from *first* to before *end* is not *done* yet."""
    left = [(first, end)]
    for each in done:
        left = [
            part
            for low, high in left
            for part in ((low, min(high, each.first_sample)), (max(low, each.end_sample), high))
        ]
        left = [(low, high) for low, high in left if low < high]
    return [(low, high) for low, high in left if low < high]
