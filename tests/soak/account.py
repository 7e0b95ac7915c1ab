"""Every sample that was played, found again on the disk or counted as lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hotline_desk.media.sound import open_line
from hotline_desk.take.captions import read_captions
from hotline_desk.take.take import Take
from tests.coded_speech import RATE_HZ, Played, runs, spoken_runs

TAIL = round(0.3 * RATE_HZ)
"""Samples at a line's end that tell where it is."""


@dataclass(frozen=True)
class Loss:
    """Sound of a line that was played and is not on the disk."""

    name: str
    take: Path
    sample: int
    """Where the sound that comes after it lies in its take."""
    seconds: float
    misplaced: float
    """Seconds that what comes after it lies too late (or, below 0, too early) in the take."""


@dataclass
class LineAccount:
    """What became of one line's sound over all takes."""

    captured: int = 0
    """Samples found, from the first to the last that are on the disk."""
    first: int | None = None
    """The number of the first of them."""
    end: int = 0
    """The number behind the last of them."""
    doubled: int = 0
    wrong: int = 0
    """Samples of another line."""
    foreign: int = 0
    """Samples that nobody played."""
    losses: list[Loss] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """How many samples between the first and the last are missing."""
        return self.end - (self.first or 0) - (self.captured - self.doubled)


def account(takes: Sequence[Path], sounds: Sequence[Played]) -> list[LineAccount]:
    """Compare *takes*, in their order, with what was played; one account for each line."""
    found = [LineAccount() for _ in sounds]
    for take in map(Take, takes):
        for line, (info, kept) in enumerate(zip(take.lines, found, strict=True)):
            with open_line(take, info.name) as heard:  # the desk makes FLACs of an ended take
                sound = heard.read(0, heard.samples)
            _add(kept, line, info.name, take.folder, np.frombuffer(sound, dtype="<i2"), sounds)
    return found


@dataclass(frozen=True)
class Place:
    """How far a line's sound is on the disk."""

    sample: int
    """Of the take."""
    number: int
    """Of what was played."""


def place(take: Take, line: int, sounds: Sequence[Played]) -> Place:
    """Return how far a line is whose newest sound is its own."""
    name = take.lines[line].name
    end = take.length(name)
    tail = np.frombuffer(take.read(name, end - TAIL, TAIL), dtype="<i2")
    (run,) = runs(tail, sounds)
    assert run.line == line
    return Place(end, run.number + run.count)


def account_since(take: Take, line: int, since: Place, sounds: Sequence[Played]) -> LineAccount:
    """Compare what came to a line after a place with what was played after it."""
    name = take.lines[line].name
    kept = LineAccount(first=since.number, end=since.number)
    sound = take.read(name, since.sample, take.length(name) - since.sample)
    heard = np.frombuffer(sound, dtype="<i2")
    _add(kept, line, name, take.folder, heard, sounds, since.sample)
    return kept


def _add(
    kept: LineAccount,
    line: int,
    name: str,
    take: Path,
    heard: np.ndarray,
    sounds: Sequence[Played],
    since: int | None = None,
) -> None:
    position_end = None if since is None else 0  # behind the last run
    for run in spoken_runs(runs(heard, sounds)):
        if run.line != line:
            kept.foreign += run.count if run.line == -1 else 0
            kept.wrong += 0 if run.line == -1 else run.count
            continue
        if kept.first is None:
            kept.first = kept.end = run.number
        missing = run.number - kept.end
        if missing > 0:
            late = 0 if position_end is None else run.position - position_end - missing
            kept.losses.append(
                Loss(
                    name,
                    take,
                    (since or 0) + run.position,
                    missing / RATE_HZ,
                    round(late / RATE_HZ, 3),
                )
            )
        kept.doubled += max(0, -missing)
        kept.captured += run.count
        kept.end = max(kept.end, run.number + run.count)
        position_end = run.position + run.count


def captions_out_of_order(takes: Sequence[Path]) -> int:
    """Return how many captions begin before the one before them on their line has ended."""
    wrong = 0
    for take in takes:
        ends: dict[str, float] = {}
        for said in read_captions(take)[0]:
            wrong += said.start < ends.get(said.line, 0.0) - 0.2
            ends[said.line] = max(said.end, ends.get(said.line, 0.0))
    return wrong
