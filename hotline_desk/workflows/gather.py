"""Gather into the ledger what was captioned while no window was open."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.claims import overlaps
from hotline_desk.domain.episodes import number_in
from hotline_desk.errors import EpisodeNotFound, TakeNotFound
from hotline_desk.take.captions import CAPTIONS, lacks, read_captions
from hotline_desk.take.removed import removed
from hotline_desk.take.take import Take
from hotline_desk.workflows.recording import relative

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hotline_desk.domain.casework.claims import Stretch
    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

    Gone = Mapping[str, Sequence[Stretch]]

_NOTHING: Gone = {}


def gather(ledger: Ledger, workspace: Workspace) -> int:
    """Copy the captions that the ledger does not have yet; return how many utterances were new.

    Looks at the takes in the folders of the episodes; of one that has nothing new only at the
    size of its captions.
    """
    known = ledger.takes()
    return sum(
        _gather_take(ledger, workspace, captions.parent, known)
        for captions in sorted(workspace.episodes.glob(f"*/*/{CAPTIONS}"))
    )


def copy_anew(ledger: Ledger, folder: Path, name: str, *, gone: Gone = _NOTHING) -> None:
    """Have the ledger's copies of captions be what may still be seen of the take called *name*.

    What the file has lost is in the ledger alone: of that only what is not to be seen goes.

    Args:
        ledger: which has copied some of them.
        folder: where the take lies.
        name: as the ledger names it.
        gone: by line's name, in take time, what goes besides.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    captions, read_to = read_captions(folder)
    captions += [
        said
        for said in lost(ledger, folder, name)
        if not overlaps(said.start, said.end, gone.get(said.line, ()))
    ]
    read_to = max(read_to, ledger.takes().get(name, 0))
    ledger.replace_utterances(name, captions, read_to=read_to)


def lost(ledger: Ledger, folder: Path, name: str) -> list[Utterance]:
    """Return what may be seen of the take called *name* and is in the ledger alone."""
    if not lacks(folder, ledger.takes().get(name, 0)):
        return []
    there = {(said.line, said.start) for said in read_captions(folder)[0]}
    hidden = removed(folder)
    return [
        said
        for said in ledger.utterances(name, start=-inf)
        if (said.line, said.start) not in there
        and not overlaps(said.start, said.end, hidden.on(said.line))
    ]


def _gather_take(ledger: Ledger, workspace: Workspace, folder: Path, known: dict[str, int]) -> int:
    name = relative(workspace, folder)
    if (folder / CAPTIONS).stat().st_size <= known.get(name, 0):
        return 0
    captions, read_to = read_captions(folder, known.get(name, 0))
    if not captions:
        return 0
    if name not in known:
        try:
            started_at = Take(folder).started_at
        except TakeNotFound:
            return 0
        ledger.add_take(name, _episode_of(ledger, folder), started_at)
    return ledger.copy_utterances(name, captions, read_to=read_to)


def _episode_of(ledger: Ledger, folder: Path) -> int | None:
    """Return the episode that the folder above a take is named for, if the ledger has it."""
    number = number_in(folder.parent.name)
    if number is None:
        return None
    try:
        return ledger.episode(number).number
    except EpisodeNotFound:
        return None
