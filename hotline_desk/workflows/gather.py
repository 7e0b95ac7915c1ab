"""Gather into the ledger what was captioned while no window was open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.episodes import number_in
from hotline_desk.errors import EpisodeNotFound, TakeNotFound
from hotline_desk.take.captions import CAPTIONS, read_captions
from hotline_desk.take.take import Take
from hotline_desk.workflows.recording import relative

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace


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
