"""What a 节目纪要 says: the record that is printed, masked for the public or in full."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.claims import Stretch, overlaps
from hotline_desk.domain.masking import mask_among, mask_caller
from hotline_desk.domain.questions import Handling
from hotline_desk.domain.times import clock_text, day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hotline_desk.domain.calls import Caller
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.categories import Category
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.questions import Question, Span
    from hotline_desk.domain.statistics.episode_figures import EpisodeFigures

DISCLAIMER = "本纪要为普法参考，不构成个案法律意见；个案以证据和有权机关认定为准。"
"""Stands at the foot of every public paper."""

INTERNAL_USE = "含个人信息，限内部使用"
"""Stands on every internal paper."""

DUMPED = "（这一段直播时删过延时，文字不公开）"
"""Stands in the public version for captions of what the delay kept off the air."""

REFUSED = "（来电人不同意录音，原话不印）"
"""Stands in both versions for captions of a call that may not be recorded."""

UNREAD = "（录音文件夹找不到，原话未印）"
"""Stands in the public version for captions of a take that cannot tell what was dumped."""

UNCHECKED = "（录音文件夹找不到，是否删过延时未能核对）"
"""Stands behind such captions in the internal version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedQuestion:
    """One entry of 问题与解答, ready to be printed."""

    number: str
    """台账编号."""
    time_code: str
    """Take time of question and answer: ``00:03:12–00:05:40``; empty without sound."""
    caller: str
    category: Category
    point: str
    text: str
    answer: str
    """解答要点; empty while it is withheld."""
    articles: str
    answered_by: str
    handling: Handling
    confirmed: bool
    """解答律师确认."""
    withheld: bool
    """Whether there is an answer that the public may not read before its lawyer ticks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One entry of 转办与跟踪."""

    number: str
    """台账编号."""
    point: str
    route: str = ""
    """分流."""
    owner: str = ""
    """承办人."""
    due: str = ""
    """时限."""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeSummary:
    """Everything that one episode's 节目纪要 prints."""

    union: str
    station: str
    programme: str
    episode: Episode
    internal: bool
    """Whether it names persons and employers; the public version masks them."""
    figures: EpisodeFigures
    questions: tuple[PrintedQuestion, ...]
    follow_ups: tuple[FollowUp, ...]
    typical_cases: tuple[str, ...] = ()
    """典型案例, a sentence each."""
    corrections: tuple[str, ...] = ()
    """更正说明, a sentence for each answer that has become another since it was published."""
    broadcast_checks: tuple[tuple[str, str], ...] = ()
    """播出合规与录音质量, name and finding; printed in the internal version only."""
    notice: str = ""
    """What a reader has to know about the text: that the demonstration model wrote it."""

    @property
    def title(self) -> str:
        """The paper's title."""
        return f"《{self.programme}》第 {self.episode.number} 期节目纪要"

    @property
    def version(self) -> str:
        """公开版 or 内部版."""
        return "内部版" if self.internal else "公开版"


def _nothing_refused(_take: str, _span: Span) -> bool:
    return False


def printed_questions(
    questions: Sequence[Question],
    *,
    internal: bool,
    dumped: Mapping[str, Sequence[Stretch]] | None = None,
    refused: Callable[[str, Span], bool] = _nothing_refused,
    others: Mapping[int, Sequence[Caller]] | None = None,
) -> tuple[PrintedQuestion, ...]:
    """Return the entries of 问题与解答.

    In the public version names, numbers and employers are masked, captions of what was dumped on
    the air are left out (what a person typed stays), and an answer (with its articles) that its
    lawyer has not confirmed is withheld. Of a take that could not be read nobody knows what was
    dumped: no captions of it are published, and the internal version marks them.

    Args:
        questions: the rows, in the order in which they are printed.
        internal: whether all of it is printed.
        dumped: what was dumped, by take; a take that is missing here could not be read.
        refused: whether a caller in a range of a take did not agree to be recorded: then captions
            of it are printed nowhere.
        others: by the question's id, whom else its texts may name (`masking.persons_of`).
    """
    questions = [_without_refused(question, refused, internal=internal) for question in questions]
    known = {"": (), **(dumped or {})}
    if internal:
        return tuple(_internal(each, known.get(each.take)) for each in questions)
    beside = others or {}
    return tuple(_public(each, known.get(each.take), beside.get(each.id, ())) for each in questions)


def follow_ups(
    questions: Sequence[Question],
    *,
    internal: bool,
    cases: Mapping[int, tuple[Case, Clock]] | None = None,
    others: Mapping[int, Sequence[Caller]] | None = None,
) -> tuple[FollowUp, ...]:
    """Return the entries of 转办与跟踪: what was not settled on the air.

    Args:
        questions: the rows of the episode.
        internal: whether nothing is masked.
        cases: by the question's id, the case that was opened for it and how its limits stand.
        others: as `printed_questions` takes them.
    """
    return tuple(
        _follow_up(
            question,
            (cases or {}).get(question.id),
            question.point
            if internal
            else _masked(question.point, question, (others or {}).get(question.id, ())),
        )
        for question in questions
        if question.handling is not Handling.ANSWERED
    )


def _follow_up(question: Question, found: tuple[Case, Clock] | None, point: str) -> FollowUp:
    if found is None:
        return FollowUp(number=question.number, point=point, state=question.handling.value)
    case, clock = found
    close = clock.steps[-1]
    return FollowUp(
        number=f"{question.number} {case.number}",
        point=point,
        route=case.route or "",
        owner=case.owner,
        due=day_text(close.due) + ("（暂估）" if close.estimated else ""),
        state=clock.outcome or case.course,
    )


def _without_refused(
    question: Question, refused: Callable[[str, Span], bool], *, internal: bool
) -> Question:
    """Return *question* with a sentence for captions that may not be printed.

    The public does not read a Point either that may have been proposed from them.
    """
    changes: dict[str, str | bool] = {}
    if _is_refused(question.asked, question.take, refused) and not question.text_typed:
        changes["point"] = question.point if internal or not question.point else REFUSED
        changes |= {"text": REFUSED if question.text else "", "text_typed": True}
    if _is_refused(question.answered, question.take, refused) and not question.answer_typed:
        changes |= {"answer": REFUSED if question.answer else "", "answer_typed": True}
    # each of its field's type
    return replace(question, **changes) if changes else question  # type: ignore[arg-type]


def _is_refused(span: Span | None, take: str, refused: Callable[[str, Span], bool]) -> bool:
    return span is not None and refused(take, span)


def _in_full(question: Question) -> PrintedQuestion:
    caller = question.caller
    return PrintedQuestion(
        number=question.number,
        time_code=_time_code(question),
        caller=_caller_text(caller, caller.phone),
        category=question.category,
        point=question.point,
        text=question.text,
        answer=question.answer,
        articles=question.articles,
        answered_by=question.answered_by,
        handling=question.handling,
        confirmed=question.confirmed,
        withheld=False,
    )


def _internal(question: Question, dumped: Sequence[Stretch] | None) -> PrintedQuestion:
    printed = _in_full(question)
    if dumped is not None:
        return printed
    return replace(
        printed,
        text=printed.text + (UNCHECKED if printed.text and not question.text_typed else ""),
        answer=printed.answer + (UNCHECKED if printed.answer and not question.answer_typed else ""),
    )


def _public(
    question: Question, dumped: Sequence[Stretch] | None, others: Sequence[Caller]
) -> PrintedQuestion:
    text, point = (_masked(each, question, others) for each in (question.text, question.point))
    if not question.text_typed:
        text = _published(text, question.asked, dumped)
    withheld = not question.confirmed
    answer = "" if withheld else _masked(question.answer, question, others)
    if not question.answer_typed:
        answer = _published(answer, question.answered, dumped)
    return replace(
        _in_full(question),
        caller=_caller_text(mask_caller(question.caller)),
        point=_published_point(question, point, dumped),
        text=text,
        answer=answer,
        articles="" if withheld else question.articles,
        withheld=withheld and bool(question.answer or question.articles),
    )


def _published(heard: str, span: Span | None, dumped: Sequence[Stretch] | None) -> str:
    """Return captions as the public may read them."""
    if dumped is None:
        return UNREAD if heard else ""
    return DUMPED if _overlap(span, dumped) else heard


def _published_point(question: Question, point: str, dumped: Sequence[Stretch] | None) -> str:
    """Return the masked Point, unless it may have been proposed from what was dumped on the air."""
    spans = (question.asked, question.answered)
    if not question.text_typed and any(_overlap(span, dumped or ()) for span in spans):
        return DUMPED if point else ""
    return point


def _overlap(span: Span | None, stretches: Sequence[Stretch]) -> bool:
    if span is None:
        return False
    return overlaps(span.start, inf if span.end is None else span.end, stretches)


def _masked(text: str, question: Question, others: Sequence[Caller]) -> str:
    return mask_among(text, [question.caller, *others], employers=[question.employer])


def _caller_text(caller: Caller, *more: str) -> str:
    parts = (caller.spoken_name, caller.kind.value, caller.district, caller.employer, *more)
    return "·".join(filter(None, parts))


def _time_code(question: Question) -> str:
    spans = [span for span in (question.asked, question.answered) if span is not None]
    if not spans:
        return ""
    start, end = spans[0].start, spans[-1].end
    return clock_text(start) if end is None else f"{clock_text(start)}–{clock_text(end)}"
