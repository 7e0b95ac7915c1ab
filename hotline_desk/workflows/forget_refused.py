"""Forget what the machine heard of callers who do not agree to be recorded (不同意录音).

Two minutes after the key, once the take has ended, its words leave captions.jsonl and the values of
the history for good; what a person typed stays, and so does the programme's own sound.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.domain.roles import Role
from hotline_desk.errors import DeletionUnfinished, TakeNotFound
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.purge import REGRET_SECONDS
from hotline_desk.take.take import Take
from hotline_desk.workflows.delete_person import finish
from hotline_desk.workflows.find_traces import own_stretches

if TYPE_CHECKING:
    from datetime import datetime

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.casework.claims import Stretch
    from hotline_desk.domain.deletions import Places
    from hotline_desk.paths import Workspace

PROGRAM = "程序"
"""Who does it: nobody has to ask."""


def forget_refused(workspace: Workspace, now: datetime) -> list[Deletion]:
    """Forget the words of all refused calls that can be forgotten *now*; return what was done.

    A call is forgotten once; one whose take goes on, could still be taken back or cannot be read
    now, later. Where a take's folder is gone, the history still tells of what was heard.

    Raises:
        DeletionUnfinished: some words could not be cleared yet; they are the next time.
        LedgerError: the ledger cannot be opened or written.
        WorkspaceUnwritable: marks or captions cannot be read.
    """
    if not workspace.ledger.exists():
        return []
    done: list[Deletion] = []
    left: list[str] = []
    with DeletingLedger.open(workspace.ledger) as ledger:
        known = _forgotten(ledger)
        for call in ledger.calls(CallQuery(refused_only=True)):
            if call.id in known or not call.take:
                continue
            try:
                plan = _plan(ledger, workspace, call, now)
            except TakeNotFound:
                left.append(f"录音“{call.take}”（take.json 读不出）")
                continue
            if plan is None:
                continue
            noted = ledger.forget_heard(
                Deletion(at=now, who=PROGRAM, reason=DeletionReason.REFUSED, plan=plan.as_json())
            )
            try:
                done.append(finish(ledger, workspace, noted))
            except DeletionUnfinished as error:
                left.append(error.left)
    if left:
        raise DeletionUnfinished("；".join(left))
    return done


def _plan(
    ledger: DeletingLedger, workspace: Workspace, call: Call, now: datetime
) -> DeletionPlan | None:
    """Return what is forgotten of *call*; None where it is too early.

    Raises:
        TakeNotFound: the take's folder is there, its captions too, and nobody can read which line
            is whose.
    """
    words: Places = {}
    if (folder := workspace.root / call.take).exists():
        take = Take(folder)
        if not _is_certain(take, call, now):
            return None
        words = {call.take: _words(take, call)}
    return DeletionPlan(calls=(call.id,), questions=ledger.question_ids_of(call.id), words=words)


def _forgotten(ledger: DeletingLedger) -> set[int]:
    return {
        call
        for deletion in ledger.kept(Deletion)
        for call in ledger.same(DeletionPlan.from_json(deletion.plan), "calls")
    }


def _is_certain(take: Take, call: Call, now: datetime) -> bool:
    """Return whether the take is over, and the key was pressed long enough ago."""
    keys = [
        mark
        for mark in marks(take.folder)
        if mark.kind is MarkKind.REFUSED and mark.call_id == call.id
    ]
    regret = timedelta(seconds=REGRET_SECONDS)
    return take.ended_in_order and bool(keys) and all(now - key.wall >= regret for key in keys)


def _words(take: Take, call: Call) -> dict[str, tuple[Stretch, ...]]:
    pre_roll = max(
        mark.pre_roll
        for mark in marks(take.folder)
        if mark.kind is MarkKind.REFUSED and mark.call_id == call.id
    )
    found: dict[str, tuple[Stretch, ...]] = defaultdict(tuple)
    for line in take.lines:
        seat = line.role == Role.SEAT
        found[line.name] = tuple(own_stretches(take, [call], pre_roll_seconds=pre_roll, seat=seat))
    return dict(found)
