"""Find a person in the takes: where the caller's words and voice lie, and who names the caller.

The caller's own line loses words and sound of the person's calls, as long as nobody else is on the
air. The programme's line keeps its sound, which a broadcaster has to keep, and loses the words.
The studio's line keeps both. Wherever name or number is said, on any line, words and sound go.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING

from hotline_desk.domain.casework import claims
from hotline_desk.domain.casework.claims import Stretch
from hotline_desk.domain.marks import Mark, MarkKind
from hotline_desk.domain.names import given_name, plain_name
from hotline_desk.domain.roles import Role
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.traces import Traces
from hotline_desk.errors import CallNotFound, QuestionNotFound, TakeNotFound
from hotline_desk.speech.glossary import sounding_like
from hotline_desk.take.captions import heard_captions
from hotline_desk.take.marks import marks
from hotline_desk.take.take import Take
from hotline_desk.workflows.gather import lost

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.deletions import Person, Places
    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.ledger.deleting import DeletingLedger
    from hotline_desk.paths import Workspace
    from hotline_desk.take.take import LineInfo

_LONGEST_SECONDS = 86_400.0
"""A day: where nobody knows when a call ended, no take goes on longer."""


def find_traces(
    ledger: DeletingLedger,
    workspace: Workspace,
    person: Person,
    traces: Traces,
    *,
    pre_roll_seconds: float,
) -> tuple[Places, Places]:
    """Return which words leave the captions, and which sound becomes silence.

    Args:
        ledger: which takes there are, and what was said in them.
        workspace: where the takes lie.
        person: whose calls they are.
        traces: what tells of the person.
        pre_roll_seconds: how far before its key a call's range begins.
    """
    calls = list(_known_calls(ledger, person.calls))
    mentioned = ledger.mentioned_in(traces) if person.everywhere else {}
    words: Places = {}
    sound: Places = {}
    for name in ledger.takes():
        folder = workspace.root / name
        own = [call for call in calls if call.take == name]
        heard = {mark.call_id for mark in marks(folder)} & set(person.calls)
        if not own and not heard and name not in mentioned:
            continue
        said = mentioned.get(name, [])
        try:
            captions = [*heard_captions(folder)[0], *lost(ledger, folder, name)]
            take = Take(folder)
            found = _in_take(take, captions, person, calls, own, traces, said, pre_roll_seconds)
        except TakeNotFound:
            found = _without_take(own, said, pre_roll_seconds), {}
        for places, lines in zip((words, sound), found, strict=True):
            if any(lines.values()):
                places[name] = {line: tuple(gone) for line, gone in lines.items() if gone}
    return words, sound


def own_stretches(
    take: Take, calls: Iterable[Call], *, pre_roll_seconds: float, seat: bool
) -> list[Stretch]:
    """Return when *calls* alone were on a line of *take*, up to its end.

    *seat* says whether it is a 坐席 line; on every other what others had on the air is theirs.
    """
    known = [mark for mark in marks(take.folder) if mark.kind is not MarkKind.REFUSED]
    for call in calls:
        known += _lost_marks(known, call, take)
        known.append(Mark(MarkKind.REFUSED, 0.0, studio_now(), call.id, pre_roll=pre_roll_seconds))
    end = take.now()
    return [
        Stretch(each.start, min(each.end, end))
        for each in claims.removed(known, seat=seat)
        if each.start < end
    ]


def heard_as(
    ledger: DeletingLedger, workspace: Workspace, person: Person, *, pre_roll_seconds: float
) -> tuple[str, ...]:
    """Return what the recogniser made of the person's name in her own calls: 董晓红 for 董小红.

    Anywhere else it is, for all anybody knows, the name of somebody else.
    """
    names = [plain_name(name) for name in person.names]
    names = [name for name in names if given_name(name)]
    if not names:
        return ()
    calls = list(_known_calls(ledger, person.calls))
    texts: list[str] = []
    for name in sorted({call.take for call in calls} - {""}):
        try:
            take = Take(workspace.root / name)
        except TakeNotFound:
            continue
        here = [call for call in calls if call.take == name]
        own = own_stretches(take, here, pre_roll_seconds=pre_roll_seconds, seat=True)
        said = (*heard_captions(take.folder)[0], *lost(ledger, take.folder, name))
        texts += [
            each.text for each in said if each.text and claims.overlaps(each.start, each.end, own)
        ]
    for question_id in person.questions:
        with suppress(QuestionNotFound):  # its adding was taken back
            question = ledger.question(question_id)
            texts += [question.point, question.answer]
    whole = "\n".join(texts)
    return tuple(sorted({heard for name in names for heard in sounding_like(name, whole)}))


def _known_calls(ledger: DeletingLedger, ids: Iterable[int]) -> Iterator[Call]:
    for call_id in ids:
        try:
            yield ledger.call(call_id)
        except CallNotFound:  # its adding was taken back, with its marks
            continue


def _lost_marks(known: Collection[Mark], call: Call, take: Take) -> Iterator[Mark]:
    """Yield the marks of a call that only the ledger still knows to have been in this take."""
    kinds = {mark.kind for mark in known if mark.call_id == call.id}
    elsewhere = call.take.rpartition("/")[2] != take.folder.name
    if MarkKind.CALL in kinds or call.began is None or elsewhere:
        return
    yield Mark(MarkKind.CALL, call.began, call.at, call.id)
    if call.ended is not None and MarkKind.END not in kinds:
        yield Mark(MarkKind.END, call.ended, call.at, call.id)


def _in_take(
    take: Take,
    captions: Iterable[Utterance],
    person: Person,
    calls: Collection[Call],
    own: Collection[Call],
    traces: Traces,
    mentioned: Collection[Utterance],
    pre_roll_seconds: float,
) -> tuple[dict[str, list[Stretch]], dict[str, list[Stretch]]]:
    ids = {mark.call_id for mark in marks(take.folder)}
    here = [call for call in calls if call in own or call.id in ids]
    on_air = own_stretches(take, here, pre_roll_seconds=pre_roll_seconds, seat=False)
    on_seats = own_stretches(take, here, pre_roll_seconds=pre_roll_seconds, seat=True)
    lines_of_calls = {call.line for call in here}
    words: dict[str, list[Stretch]] = defaultdict(list)
    sound: dict[str, list[Stretch]] = defaultdict(list)
    for line in take.lines:
        if line.role == Role.SEAT:
            words[line.name] += on_seats
            sound[line.name] += on_seats
        elif line.role == Role.CALLER or (line.name in lines_of_calls and not line.role):
            words[line.name] += on_air
            sound[line.name] += on_air
        elif line.role == Role.PROGRAMME:
            words[line.name] += on_air
    for name, said in _by_line(captions).items():
        named = [
            each
            for each in (*_named(said, traces), *_laid_over(said, mentioned, traces))
            if person.everywhere or claims.overlaps(each.start, each.end, [*on_air, *on_seats])
        ]
        within = [*on_air, *on_seats]
        nearby = [each for each in said if claims.overlaps(each.start, each.end, within)]
        named += _named(nearby, Traces(person.heard_as))
        for heard_on in _heard_on(take, name) if named else ():
            words[heard_on] += named
            sound[heard_on] += named
    return words, sound


def _without_take(
    own: Iterable[Call], mentioned: Iterable[Utterance], pre_roll_seconds: float
) -> dict[str, list[Stretch]]:
    """Return the same of a take whose folder is gone: the ledger's copy is all there is."""
    words: dict[str, list[Stretch]] = defaultdict(list)
    for call in own:
        span = claims.call_span(call, pre_roll=pre_roll_seconds)
        if span is not None:
            words[span.line].append(Stretch(span.start, span.end or _LONGEST_SECONDS))
    for said in mentioned:
        words[said.line].append(Stretch(said.start, said.end))
    return words


def _by_line(captions: Iterable[Utterance]) -> Mapping[str, list[Utterance]]:
    found: dict[str, list[Utterance]] = defaultdict(list)
    for said in sorted(captions, key=lambda said: said.start):
        found[said.line].append(said)
    return found


def _named(said: Iterable[Utterance], traces: Traces) -> Iterator[Stretch]:
    """Yield the stretches in which name or number is said, also across a pause."""
    pieces: list[tuple[str, float, float]] = []
    for utterance in said:
        words = [(word.word, word.start, word.end) for word in utterance.words]
        whole = "".join(word for word, _, _ in words) == utterance.text
        pieces += words if whole else [(utterance.text, utterance.start, utterance.end)]
    pieces = [piece for piece in pieces if piece[0]]
    ends = list(accumulate(len(word) for word, _, _ in pieces))
    for first, end in traces.spans("".join(word for word, _, _ in pieces)):
        touched = pieces[bisect_right(ends, first) : bisect_right(ends, end - 1) + 1]
        yield Stretch(touched[0][1], touched[-1][2])


def _laid_over(
    said: Iterable[Utterance], mentioned: Iterable[Utterance], traces: Traces
) -> Iterator[Stretch]:
    """Yield the utterances that name the person only as somebody has corrected them."""
    corrected = {(each.line, each.start) for each in mentioned if not traces.are_in(each.text)}
    for utterance in said:
        if (utterance.line, utterance.start) in corrected:
            yield Stretch(utterance.start, utterance.end)


def _heard_on(take: Take, name: str) -> list[str]:
    """Return the lines on which what is said on the one called *name* can be heard."""
    return [line.name for line in take.lines if line.name == name or _is_programme(line)]


def _is_programme(line: LineInfo) -> bool:
    return line.role == Role.PROGRAMME
