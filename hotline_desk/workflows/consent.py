"""Honour 不同意录音: what was said in a call leaves captions, search, prints and playback.

The programme's own lines keep their sound: a broadcaster has to. On 坐席 lines it is purged, two
minutes after the key at the earliest: until then it can be taken back whole.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
from math import inf
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import CallQuery
from hotline_desk.domain.casework import claims
from hotline_desk.domain.roles import Role
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import RecordingRefused, SoundPurged, TakeNotFound, WorkspaceError
from hotline_desk.settings import Settings
from hotline_desk.take.marks import Mark, MarkKind, add_mark, marks, undo_mark
from hotline_desk.take.removed import removed
from hotline_desk.take.take import Take
from hotline_desk.workflows.calls import CAPTIONS, CallDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.questions import Span
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

_log = logging.getLogger(__name__)

_PRE_ROLL_SECONDS = Settings().pre_roll_seconds
"""More calls than an office has in a lifetime."""


def refuse(desk: CallDesk, call: Call, *, at: float | None = None) -> Call:
    """Note that the caller does not agree to be recorded; return the call as it is now.

    Its range, with the pre-roll, is not to be seen from now on; what a person typed stays.

    Args:
        desk: where the key was pressed.
        call: one of the ledger's.
        at: take time of the key, now unless given.

    Raises:
        CallNotFound: the call is not in the ledger.
        WorkspaceError: the mark cannot be written; nothing is changed.
    """
    with desk.ledger.together():
        refused = _answer(desk, call, record=False)
        for name, take in _takes(desk, refused).items():
            if not _refusals(take, call):
                here = at if at is not None and name == desk.take_name else take.now()
                mark = Mark(
                    kind=MarkKind.REFUSED,
                    at=here,
                    wall=studio_now(),
                    call_id=call.id,
                    pre_roll=desk.pre_roll_seconds,
                )
                add_mark(take.folder, mark)
        _read_anew(desk, refused)
    return refused


def allow(desk: CallDesk, call: Call) -> Call:
    """Note that the caller agrees to be recorded after all; what was purged meanwhile is gone.

    Raises:
        CallNotFound: the call is not in the ledger.
        WorkspaceError: the mark cannot be taken back; nothing is changed.
    """
    with desk.ledger.together():
        allowed = _answer(desk, call, record=True)
        for take in _takes(desk, allowed).values():
            for mark in _refusals(take, call):
                undo_mark(take.folder, mark, wall=studio_now())
        _read_anew(desk, allowed)
    return allowed


def restore_marks(
    ledger: Ledger, workspace: Workspace, *, pre_roll_seconds: float = _PRE_ROLL_SECONDS
) -> None:
    """Mark again what the ledger knows and a damaged marks.jsonl does not: who refused.

    A take that is gone, or that cannot be written now, is left for the next time.

    Raises:
        LedgerError: the ledger cannot be read or written.
    """
    for call in ledger.calls(CallQuery(refused_only=True)):
        if not call.take or call.began is None:
            continue
        try:
            take = Take(workspace.root / call.take)
            if _refusals(take, call):
                continue
            for mark in _lost(take, call, pre_roll_seconds):
                add_mark(take.folder, mark)
            desk = CallDesk(ledger, workspace, episode=call.episode, by=CAPTIONS)
            desk.follow(take.folder)
            desk.read_anew()
        except (TakeNotFound, WorkspaceError) as error:
            _log.warning("a refusal could not be marked again: %s", type(error).__name__)


def _lost(take: Take, call: Call, pre_roll_seconds: float) -> Iterator[Mark]:
    """Yield the refusal, and what is missing of the call's own marks."""
    known = {mark.kind for mark in marks(take.folder) if mark.call_id == call.id}
    began = call.began or 0.0
    mark = Mark(kind=MarkKind.CALL, at=began, wall=studio_now(), call_id=call.id)
    if MarkKind.CALL not in known:
        yield mark
    if call.ended is not None and not {MarkKind.CALL, MarkKind.END} <= known:
        yield dataclasses.replace(mark, kind=MarkKind.END, at=call.ended)
    yield dataclasses.replace(mark, kind=MarkKind.REFUSED, pre_roll=pre_roll_seconds)


def may_be_seen(take: Take, span: Span) -> bool:
    """Return whether nobody in *span* of *take* refused to be recorded."""
    end = inf if span.end is None else span.end
    seat = any(line.name == span.line and line.role == Role.SEAT for line in take.lines)
    refused = claims.removed(marks(take.folder), seat=seat)
    return not claims.overlaps(span.start, end, refused)


def may_be_played(take: Take, span: Span) -> None:
    """Let *span* of *take* be played, unless it may not be heard or is not there any more.

    Raises:
        RecordingRefused: somebody in it does not agree to be recorded.
        SoundPurged: it was purged from a 坐席 line.
    """
    if not may_be_seen(take, span):
        raise RecordingRefused
    end = inf if span.end is None else span.end
    if claims.overlaps(span.start, end, removed(take.folder).on(span.line)):
        raise SoundPurged


def _answer(desk: CallDesk, call: Call, *, record: bool) -> Call:
    fresh = desk.ledger.call(call.id)
    answered = dataclasses.replace(fresh.consent, record=record)
    return desk.ledger.save_call(dataclasses.replace(fresh, consent=answered), by=desk.by)


def _takes(desk: CallDesk, call: Call) -> dict[str, Take]:
    """Return by name the takes in which *call* is heard: its own, the present one if it goes on."""
    names = {call.take, desk.take_name if call.state.is_on_line else ""} - {""}
    found = {}
    for name in sorted(names):
        with contextlib.suppress(TakeNotFound):  # moved away: there is nothing to be seen of it
            found[name] = Take(desk.workspace.root / name)
    return found


def _refusals(take: Take, call: Call) -> list[Mark]:
    return [
        mark
        for mark in marks(take.folder)
        if mark.kind is MarkKind.REFUSED and mark.call_id == call.id
    ]


def _read_anew(desk: CallDesk, call: Call) -> None:
    for name, take in _takes(desk, call).items():
        if name == desk.take_name:
            desk.read_anew()
        else:
            other = CallDesk(desk.ledger, desk.workspace, episode=call.episode, by=desk.by)
            other.follow(take.folder)
            other.read_anew()
