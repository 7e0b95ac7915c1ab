"""What the marks of a take claim, and what they take away: stretches of take time.

A call claims from a little before its key to a little after its end, as long as it goes on until
now; a question until the next one, or the end of its call. A call whose caller does not agree to
be recorded (不同意录音) claims nothing, and takes its own stretches away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from hotline_desk.domain.marks import Mark, MarkKind
from hotline_desk.domain.questions import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from hotline_desk.domain.calls import Call

POST_ROLL_SECONDS = 3.0
"""How far behind the key of its end a call's range goes (ours): the last word is said while it
is being pressed."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of take time, in seconds."""

    start: float
    end: float
    """Infinite while it goes on."""


def claimed(marks: Sequence[Mark], *, pre_roll: float) -> list[Stretch]:
    """Return what *marks* claim, in order and apart; *pre_roll* seconds before each go with it."""
    refused = _refusals(marks)
    kept = [
        stretch
        for call_id, stretches in _calls(marks).items()
        if call_id not in refused
        for stretch in stretches
    ]
    return _merged(_widened([*kept, *_questions(marks, refused)], pre_roll))


def removed(marks: Sequence[Mark], *, seat: bool) -> list[Stretch]:
    """Return what is not to be shown, played or exported of a line, in order and apart.

    Those are the calls whose callers refused to be recorded, with their pre-rolls, as far as no
    call before lies there. Where it is not known when one came in, what another call claims before
    its first mark stays. On every line but a 坐席 one, what was on the air meanwhile is somebody
    else's, and stays.

    Args:
        marks: the take's.
        seat: whether the line is a 坐席 one, where a caller is heard who is not on the air.
    """
    refused = _refusals(marks)
    calls = _calls(marks)
    kept = [each for call_id in calls.keys() - refused.keys() for each in calls[call_id]]
    gone: list[Stretch] = []
    for call_id, pre_roll in refused.items():
        for stretch in calls.get(call_id, ()):
            before = [
                Stretch(other.start, min(other.end + POST_ROLL_SECONDS, stretch.start))
                for other in kept
                if other.end <= stretch.start
            ]
            known = min(mark.at for mark in marks if mark.call_id == call_id)
            if stretch.start < known:  # since the beginning of the take, for all that is known
                before += [
                    Stretch(claim.start, min(claim.end, known))
                    for claim in _widened(kept, pre_roll)
                    if claim.start < known
                ]
            gone += _without(_widened([stretch], pre_roll), before)
    others = [on_air for call_id, on_air in _on_air(marks) if call_id not in refused]
    return _merged(gone if seat else _without(gone, others))


def overlaps(start: float, end: float, stretches: Iterable[Stretch]) -> bool:
    """Return whether any of *stretches* lies within take time *start* to *end*."""
    return any(start < stretch.end and stretch.start < end for stretch in stretches)


def call_span(call: Call, *, pre_roll: float) -> Span | None:
    """Return the range of a call on the line it came in on, None where nothing was recorded.

    It begins *pre_roll* seconds before the call's key, or where the take does.
    """
    if not call.take or call.began is None:
        return None
    end = None if call.ended is None else call.ended + POST_ROLL_SECONDS
    return Span(line=call.line, start=max(0.0, call.began - pre_roll), end=end)


def _refusals(marks: Sequence[Mark]) -> dict[int, float]:
    """Return the calls that may not be recorded, and the seconds before them that go along."""
    return {
        mark.call_id: mark.pre_roll
        for mark in marks
        if mark.kind is MarkKind.REFUSED and mark.call_id is not None
    }


def _calls(marks: Sequence[Mark]) -> dict[int, list[Stretch]]:
    """Return when each call was on the line; one that came in before the take is there from 0."""
    began: dict[int, float] = {}
    found: dict[int, list[Stretch]] = defaultdict(list)
    for mark in marks:
        if mark.call_id is None:
            continue
        if mark.kind is MarkKind.END:
            start = began.pop(mark.call_id, None if found[mark.call_id] else 0.0)
            if start is not None:
                found[mark.call_id].append(Stretch(start, mark.at))
        elif mark.call_id not in began and not found[mark.call_id]:
            began[mark.call_id] = mark.at if mark.kind is MarkKind.CALL else 0.0
        elif mark.kind is MarkKind.CALL:
            began.setdefault(mark.call_id, mark.at)
    for call_id, start in began.items():
        found[call_id].append(Stretch(start, inf))
    return found


def _questions(marks: Sequence[Mark], refused: Collection[int | None]) -> list[Stretch]:
    """Return the questions, each to the next one or the end of its call."""
    found: list[Stretch] = []
    present: Mark | None = None
    for mark in marks:
        if present is not None and _ends(mark, present):
            found.append(Stretch(present.at, max(present.at, mark.at)))
            present = None
        if mark.kind is MarkKind.QUESTION and mark.call_id not in refused:
            present = mark
    if present is not None:
        found.append(Stretch(present.at, inf))
    return found


def _ends(mark: Mark, question: Mark) -> bool:
    """Return whether *mark* ends a question: another question does, and the end of its call."""
    if mark.kind is MarkKind.END:
        return question.call_id in {mark.call_id, None}
    return mark.kind is MarkKind.QUESTION


def _on_air(marks: Sequence[Mark]) -> list[tuple[int, Stretch]]:
    """Return who was on the air when: until the call's end, or another one's turn."""
    found: list[tuple[int, Stretch]] = []
    present: Mark | None = None
    for mark in marks:
        over = mark.kind is MarkKind.END and present is not None and mark.call_id == present.call_id
        if not over and mark.kind is not MarkKind.AIR:
            continue
        if present is not None and present.call_id is not None:
            found.append((present.call_id, Stretch(present.at, mark.at)))
        present = None if over else mark
    if present is not None and present.call_id is not None:
        found.append((present.call_id, Stretch(present.at, inf)))
    return found


def _widened(stretches: Iterable[Stretch], pre_roll: float) -> list[Stretch]:
    return [Stretch(max(0.0, s.start - pre_roll), s.end + POST_ROLL_SECONDS) for s in stretches]


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda stretch: stretch.start):
        if found and stretch.start <= found[-1].end:
            before = found.pop()
            found.append(Stretch(before.start, max(before.end, stretch.end)))
        else:
            found.append(stretch)
    return found


def _without(stretches: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of *stretches* outside of *others*."""
    left = list(stretches)
    for other in others:
        left = [
            part
            for stretch in left
            for part in (
                Stretch(stretch.start, min(stretch.end, other.start)),
                Stretch(max(stretch.start, other.end), stretch.end),
            )
            if part.start < part.end
        ]
    return left
