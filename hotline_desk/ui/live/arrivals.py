"""What a key has just added: on the screen at once, in the ledger when its turn comes there."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Call, Caller, CallState
from hotline_desk.domain.questions import Question
from hotline_desk.domain.times import studio_now

if TYPE_CHECKING:
    from hotline_desk.workflows.calls import CallDesk


def is_new(record: Call | Question) -> bool:
    """Return whether *record* only stands for one that is being added."""
    return record.id < 0


class Arrivals:
    """Stands in for calls and questions until they have ids, which it finds in the lane."""

    def __init__(self) -> None:
        self._ids = count(-1, -1)
        self._calls: dict[int, int] = {}
        self._questions: dict[int, int] = {}

    def new_call(self) -> Call:
        """Return what is shown of a call that has just come in."""
        now = studio_now()
        return Call(
            id=next(self._ids), episode=None, at=now, state=CallState.ANSWERED, state_since=now
        )

    def new_question(self) -> Question:
        """Return what is shown of a question that has just been opened."""
        return Question(
            id=next(self._ids), number="新问题", episode=None, at=studio_now(), caller=Caller()
        )

    def call_id(self, desk: CallDesk, shown: int, *, at: float | None = None) -> int:
        """Return the id of the call that is shown as *shown*. Lane only.

        A new one is filed by the first job that asks, or by the next where that one could not;
        *at* is the take time of its key, in seconds.
        """
        if shown < 0 and shown not in self._calls:
            self._calls[shown] = desk.ring(at=at).id
        return self._calls.get(shown, shown)

    def question(self, desk: CallDesk, shown: int, call: Call | None, *, at: float) -> Question:
        """Return the question that is shown as *shown*; it is filed as a call is. Lane only.

        Raises:
            QuestionNotFound: it was undone meanwhile.
        """
        if shown in self._questions:
            return desk.ledger.question(self._questions[shown])
        question = desk.mark_question(call, at=at)
        self._questions[shown] = question.id
        return question


AIRED_UNRECORDED = "直播已切入，但没有在录音；按 Ctrl+R 开始录音。"


def unrecorded_words(question: Question) -> str:
    """Return what to say of a question that was marked while nothing records."""
    if question.episode is None:
        return f"{question.number}：{question.channel}，不属于哪一期节目。"
    heard = "没有声音可听" if question.asked is None else "只有停止之前的声音"
    return f"没有在录音，这一行{heard}；按 Ctrl+R 开始录音。"
