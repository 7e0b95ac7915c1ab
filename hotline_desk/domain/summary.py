"""What a 节目纪要 says: the record that is printed, masked for the public or in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.masking import mask_caller, mask_text
from hotline_desk.domain.questions import Handling
from hotline_desk.domain.times import clock_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.domain.calls import Caller
    from hotline_desk.domain.categories import Category
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.questions import Question
    from hotline_desk.domain.statistics import CategoryShare, Figures

DISCLAIMER = "本纪要为普法参考，不构成个案法律意见；个案以证据和有权机关认定为准。"
"""Stands at the foot of every public paper."""


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
    figures: Figures
    categories: tuple[CategoryShare, ...]
    counted_since: int
    """The first episode that 开栏累计 counts."""
    questions: tuple[PrintedQuestion, ...]
    follow_ups: tuple[FollowUp, ...]
    typical_cases: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
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


def printed_questions(
    questions: Sequence[Question], *, internal: bool
) -> tuple[PrintedQuestion, ...]:
    """Return the entries of 问题与解答.

    In the public version names, numbers and employers are masked, and an answer (with its
    articles) that its lawyer has not confirmed is withheld.
    """
    return tuple(_printed(question, internal=internal) for question in questions)


def follow_ups(questions: Sequence[Question], *, internal: bool) -> tuple[FollowUp, ...]:
    """Return the entries of 转办与跟踪: what was not settled on the air."""
    return tuple(
        FollowUp(
            number=question.number,
            point=question.point if internal else _masked(question.point, question),
            state=question.handling.value,
        )
        for question in questions
        if question.handling is not Handling.ANSWERED
    )


def _printed(question: Question, *, internal: bool) -> PrintedQuestion:
    withheld = not internal and not question.confirmed
    point, text, answer = question.point, question.text, question.answer
    if not internal:
        point, text, answer = (_masked(words, question) for words in (point, text, answer))
    return PrintedQuestion(
        number=question.number,
        time_code=_time_code(question),
        caller=_caller_text(question.caller, internal=internal),
        category=question.category,
        point=point,
        text=text,
        answer="" if withheld else answer,
        articles="" if withheld else question.articles,
        answered_by=question.answered_by,
        handling=question.handling,
        confirmed=question.confirmed,
        withheld=withheld and bool(question.answer or question.articles),
    )


def _masked(text: str, question: Question) -> str:
    return mask_text(text, caller=question.caller, employer=question.employer)


def _caller_text(caller: Caller, *, internal: bool) -> str:
    shown = caller if internal else mask_caller(caller)
    parts = [shown.spoken_name, shown.kind.value, shown.district, shown.employer]
    if internal:
        parts.append(shown.phone)
    return "·".join(filter(None, parts))


def _time_code(question: Question) -> str:
    spans = [span for span in (question.asked, question.answered) if span is not None]
    if not spans:
        return ""
    start, end = spans[0].start, spans[-1].end
    return clock_text(start) if end is None else f"{clock_text(start)}–{clock_text(end)}"
