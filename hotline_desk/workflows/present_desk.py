"""Which desk a key is pressed at: it changes with the day, and with the take that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.episodes import number_in
from hotline_desk.domain.times import studio_now
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.desk_rows import present_episodes
from hotline_desk.workflows.recording import relative

if TYPE_CHECKING:
    from pathlib import Path

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace


def present_desk(
    ledger: Ledger,
    workspace: Workspace,
    before: CallDesk | None,
    *,
    take: Path | None,
    recording: bool,
    by: str,
    pre_roll_seconds: float,
) -> CallDesk:
    """Return the desk of now: *before* as long as it is the same episode's, else a new one.

    A take that has ended goes on at its own episode's desk alone: its last captions still come.

    Args:
        ledger: where its rows go.
        workspace: where its takes lie.
        before: the desk of the last key.
        take: the newest take, if there is one.
        recording: whether it is still being recorded.
        by: who is at the desk.
        pre_roll_seconds: how far before its key a call's range begins.

    Raises:
        TakeNotFound: the folder holds no take.
    """
    running = number_in(take.parent.name) if take is not None and recording else None
    at_hand = present_episodes(ledger, studio_now(), running=running).at_hand
    number = at_hand.number if at_hand else None
    if before is not None and before.episode == number:
        return before
    desk = CallDesk(ledger, workspace, episode=number, by=by, pre_roll_seconds=pre_roll_seconds)
    if take is not None and (recording or relative(workspace, take) in ledger.takes(number)):
        desk.follow(take)
        if not recording:
            desk.end_take()
    return desk
