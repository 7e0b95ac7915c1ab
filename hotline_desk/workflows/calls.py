"""Take calls on the air: states, marks on the take, questions in the ledger.

A verb's rows are kept together, and only once its mark is on the disk.
"""

from __future__ import annotations

import dataclasses
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Call, CallState, Channel, NewCall
from hotline_desk.domain.questions import NewQuestion, Question, QuestionQuery, Span
from hotline_desk.domain.roles import Role
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.settings import Settings
from hotline_desk.take.captions import read_captions
from hotline_desk.take.marks import Mark, MarkKind, add_mark
from hotline_desk.take.removed import Removed, removed
from hotline_desk.take.take import Take
from hotline_desk.workflows.desk_rows import calls_at_desk
from hotline_desk.workflows.laws import read_articles
from hotline_desk.workflows.proposals import proposed_articles
from hotline_desk.workflows.recording import relative
from hotline_desk.workflows.span_text import span_text

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from hotline_desk.domain.laws import Article
    from hotline_desk.domain.proposals import Proposals
    from hotline_desk.domain.utterances import Utterance
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace

_PROGRAMME = Settings()
REACH_SECONDS = 30.0
"""How far back a question may begin before its key was pressed."""
CAPTIONS = "字幕"
"""Who is written beside texts from the captions: no person's undo takes them back."""


class CallDesk:
    """What one desk does with the calls of one episode, or outside any.

    It belongs to the thread of its ledger.
    """

    def __init__(
        self,
        ledger: Ledger,
        workspace: Workspace,
        *,
        episode: int | None,
        by: str,
        pre_roll_seconds: float = _PROGRAMME.pre_roll_seconds,
    ) -> None:
        """Begin without a take; outside an episode where *episode* is None.

        *pre_roll_seconds* is how far before its key a call's range begins.
        """
        self.ledger = ledger
        self.workspace = workspace
        self.episode = episode
        self.by = by
        self.pre_roll_seconds = pre_roll_seconds
        self._take: Take | None = None
        self._take_ended = False
        self._removed: Removed | None = None
        self._captions: list[Utterance] = []
        self._read_to = 0
        self._speaking: dict[str, float] = {}
        self._articles: tuple[Article, ...] | None = None

    def follow(self, folder: Path) -> None:
        """Take up the take at *folder*: marks go there, captions come from there.

        Raises:
            TakeNotFound: the folder holds no take.
        """
        self._take, self._take_ended = Take(folder), False
        self._captions, self._read_to, self._speaking = [], 0, {}
        self._removed = None
        self.ledger.add_take(self.take_name, self.episode, self._take.started_at)

    @property
    def caller_line(self) -> str:
        """The name of the line that callers come in on; empty without a take."""
        return self._line_for(Role.CALLER)

    def take_time(self, pressed: float) -> float:
        """Return the take time of a key that was pressed at *pressed*, in monotonic seconds.

        A key's mark is when it was pressed, however long its turn in the lane took to come.
        """
        if self._take is None:
            return 0.0
        waited = (time.monotonic() - pressed) * self._take.speed
        return max(0.0, self._take.now() - waited)

    def speaking(self, line: str, since: float | None) -> None:
        """Note that somebody has been speaking on *line* since a take time, or no longer is."""
        if since is None:
            self._speaking.pop(line, None)
        else:
            self._speaking[line] = since

    @property
    def channel(self) -> Channel:
        """来源渠道 of a call unless somebody says another: outside an episode it is the hotline."""
        return Channel.HOTLINE if self.episode is None else Channel.ON_AIR

    def ring(self, *, at: float | None = None) -> Call:
        """File a call that has just come in and been answered; not on a take that has ended."""
        at = self._now(at)
        now = studio_now()
        heard = self._take is not None and not self._take_ended
        new = NewCall(
            episode=self.episode,
            channel=self.channel,
            line=self.caller_line if heard else "",
            take=self.take_name if heard else "",
            began=at if heard else None,
            at=self._wall(at),
        )
        with self.ledger.together():
            call = self.ledger.add_call(new, by=self.by)
            call = self.ledger.set_state(call.id, CallState.ANSWERED, at=now, by=self.by)
            if heard:
                self._mark(MarkKind.CALL, at, call_id=call.id)
        return call

    def advance(self, call_id: int, state: CallState, *, at: float | None = None) -> Call:
        """Move a call to *state*.

        A call put on the air is the episode's from then on and ends the one that was there; a
        next one sends the one that was it back to wait; what a call's end cuts off is its own
        question alone.

        Raises:
            StepNotAllowed: the desk's rules forbid the step; nothing is changed.
        """
        at = self._now(at)
        with self.ledger.together():
            was = self.ledger.call(call_id).state
            call = self.ledger.set_state(call_id, state, at=studio_now(), by=self.by)
            for other in self._others(call_id, state):
                if state is CallState.NEXT:
                    self.ledger.set_state(
                        other.id, CallState.WAITING, at=other.state_since, by=self.by
                    )
                elif state is CallState.ON_AIR:
                    self.end(other.id, at=at)
            if state.is_over and not was.is_over:
                return self._over(call, at, was_on_line=was.is_on_line)
            if state.is_on_line is not was.is_on_line:  # dropped, to be called back; answered then
                self._mark(MarkKind.CALL if state.is_on_line else MarkKind.END, at, call_id=call_id)
            if state is CallState.ON_AIR:
                self._mark(MarkKind.AIR, at, call_id=call_id)
                if self.episode is not None and call.episode is None:
                    aired = dataclasses.replace(call, episode=self.episode, channel=Channel.ON_AIR)
                    return self.ledger.save_call(aired, by=self.by)
            return call

    def _others(self, call_id: int, state: CallState) -> list[Call]:
        return [call for call in self.calls() if call.id != call_id and call.state is state]

    def _over(self, call: Call, at: float, *, was_on_line: bool) -> Call:
        question = self._in_progress()
        if question is not None and question.call_id in {call.id, None}:
            self._close_question(at)
        call = self.ledger.save_call(dataclasses.replace(call, ended=at), by=self.by)
        if was_on_line:
            self._mark(MarkKind.END, at, call_id=call.id)
        return call

    def end(self, call_id: int, *, at: float | None = None) -> Call:
        """End a call (已结束)."""
        return self.advance(call_id, CallState.ENDED, at=at)

    def end_take(self) -> None:
        """End the question in progress where the take has ended; new calls are not on it."""
        with self.ledger.together():
            self._close_question(self._now(None))
        self._take_ended = True

    def mark_question(self, call: Call | None, *, at: float | None = None) -> Question:
        """Open a question where the caller's present or last utterance began.

        It begins at most 30 s back, and never before the call or the question before it. Episode
        and channel are the call's. On a take that has ended only its own calls have questions.
        """
        pressed = self._now(at)
        line = (call.line if call else "") or self.caller_line
        earlier = self._in_progress()
        began = [pressed - REACH_SECONDS, 0.0]
        if call is not None and call.began is not None:
            began.append(call.began)
        if earlier is not None:
            began += [span.start for span in (earlier.asked, earlier.answered) if span]
        start = max(*began, self._speech_began(line, pressed))
        heard = self._take is not None and (
            not self._take_ended or (call is not None and call.take == self.take_name)
        )
        new = NewQuestion(
            episode=call.episode if call else self.episode,
            channel=call.channel if call else self.channel,
            call_id=call.id if call else None,
            take=self.take_name if heard else "",
            asked=Span(line=line, start=start) if heard else None,
            at=self._wall(pressed),
            recorded_by=self.by,
        )
        with self.ledger.together():
            self._close_question(start)
            question = self._fill(self.ledger.add_question(new, by=self.by))
            if heard:
                self._mark(MarkKind.QUESTION, start, call_id=new.call_id, question=question.number)
        return question

    def mark_answer(self, question: Question, *, at: float | None = None) -> Question:
        """Begin the answer to *question*, where the studio's present utterance began."""
        pressed = self._now(at)
        line = self._line_for(Role.STUDIO, other_than=self.caller_line)
        with self.ledger.together():
            question = self.ledger.question(question.id)  # what was saved since stays
            if not question.take or question.take != self.take_name:  # no sound to point to
                return question
            asked = question.asked or Span(line=self.caller_line, start=pressed)
            start = max(asked.start, self._speaking.get(line, pressed))
            question = self.ledger.save_question(
                dataclasses.replace(
                    question,
                    asked=dataclasses.replace(asked, end=start),
                    answered=Span(line=line, start=start),
                ),
                by=self.by,
            )
            question = self._fill(question)
            self._mark(MarkKind.ANSWER, start, call_id=question.call_id, question=question.number)
        return question

    def mark_moment(self, kind: MarkKind, *, at: float | None = None) -> float:
        """Note that the delay was dumped (删延时) or somebody named (点名); return when."""
        at = self._now(at)
        self._mark(kind, at)
        return at

    def follow_captions(self) -> list[Utterance]:
        """Copy new captions to the ledger and into the questions they belong to.

        Return the new ones, none where all were read anew because what may be seen has changed. A
        text that somebody has typed in is left as it is.
        """
        if self._take is None:
            return []
        gone = removed(self._take.folder, self._take)
        if gone != self._removed and (gone or self._removed):
            self.read_anew()
            return []
        self._removed = gone
        new, self._read_to = read_captions(self._take.folder, self._read_to, take=self._take)
        if not new:
            return []
        self._captions += new
        since = min(utterance.start for utterance in new)
        with self.ledger.together():
            self.ledger.copy_utterances(self.take_name, new, read_to=self._read_to)
            for question in self.questions():
                last = question.answered or question.asked
                if last is not None and (last.end is None or last.end >= since):
                    self._fill(question)
        return new

    def read_anew(self) -> None:
        """Take in all captions again: some are not to be seen any more, or are again."""
        if self._take is None:
            return
        self._removed = removed(self._take.folder, self._take)
        self._captions, self._read_to = read_captions(self._take.folder, take=self._take)
        with self.ledger.together():
            self.ledger.replace_utterances(self.take_name, self._captions, read_to=self._read_to)
            for question in self.questions():
                self._fill(question)

    def proposals(self, question: Question, *, point: str = "") -> Proposals:
        """Return what the captions of *question* suggest, from its beginning to its end.

        Where nothing has been heard, *point* (要点) is what was said.

        Raises:
            ArticlesNotUnderstood: the office's own list of articles is wrong.
        """
        from hotline_desk.speech.suggest import suggest  # noqa: PLC0415  with the first question

        spans = [span for span in (question.asked, question.answered) if span is not None]
        heard = ""
        if spans:
            heard = self._text_of(Span(line=spans[0].line, start=spans[0].start, end=spans[-1].end))
        said, on = heard or question.text or point, question.at.date()
        found = suggest(said, today=on)
        if self._articles is None:
            self._articles = read_articles(self.workspace)
        articles = proposed_articles(self._articles, question, found, said, on=on)
        return dataclasses.replace(found, articles=articles)

    def calls(self) -> list[Call]:
        """Return the calls at the desk, newest first."""
        return calls_at_desk(self.ledger, self.episode, studio_now())

    def questions(self) -> list[Question]:
        """Return the questions of this take, oldest first; none without a take."""
        if self._take is None:
            return []
        return self.ledger.questions(QuestionQuery(take=self.take_name))

    @property
    def take_folder(self) -> Path | None:
        """The take that is followed, None without one."""
        return self._take.folder if self._take else None

    @property
    def take_name(self) -> str:
        """The take as the ledger names it; empty without one."""
        return relative(self.workspace, self._take.folder) if self._take else ""

    def _now(self, at: float | None) -> float:
        if at is not None:
            return at
        return self._take.now() if self._take else 0.0

    def _wall(self, at: float) -> datetime:
        """Return the studio's time at take time *at*, as captions show it; without a take, now.

        So it is once the take has ended: what is done then is done later than its sound. A file
        that is played faster than time fills an hour all the same.
        """
        if self._take is None or self._take_ended:
            return studio_now()
        return self._take.started_at.astimezone(STUDIO_ZONE) + timedelta(seconds=at)

    def _mark(
        self, kind: MarkKind, at: float, *, call_id: int | None = None, question: str = ""
    ) -> None:
        if self._take is not None:
            add_mark(self._take.folder, Mark(kind, at, studio_now(), call_id, question))

    def _line_for(self, role: str, *, other_than: str = "") -> str:
        """Return the name of the line with *role*, else of another one; empty without a take."""
        lines = [line for line in self._take.lines if line.name != other_than] if self._take else []
        first = lines[0].name if lines else other_than
        return next((line.name for line in lines if line.role == role), first)

    def _speech_began(self, line: str, now: float) -> float:
        """Return where the present or last utterance on *line* began, else *now*."""
        since = self._speaking.get(line)  # told by another thread where there is no window
        if since is not None:
            return min(now, since)
        return max(
            (said.start for said in self._captions if said.line == line and said.start <= now),
            default=now,
        )

    def _in_progress(self) -> Question | None:
        return next((row for row in reversed(self.questions()) if row.in_progress), None)

    def _close_question(self, at: float) -> None:
        """End the question in progress, if there is one, at take time *at*."""
        question = self._in_progress()
        if question is None:
            return
        if question.answered is not None:
            ended = dataclasses.replace(question, answered=_ended(question.answered, at))
        else:
            ended = dataclasses.replace(question, asked=_ended(question.asked, at))
        self._fill(self.ledger.save_question(ended, by=self.by))

    def _text_of(self, span: Span | None) -> str:
        return span_text(span, self._captions)

    def _fill(self, question: Question) -> Question:
        text = question.text if question.text_typed else self._text_of(question.asked)
        answer = question.answer if question.answer_typed else self._text_of(question.answered)
        read_by_lawyer = question.confirmed and answer == question.answer
        return self.ledger.save_question(
            dataclasses.replace(question, text=text, answer=answer, confirmed=read_by_lawyer),
            by=CAPTIONS,
        )


def _ended(span: Span | None, at: float) -> Span | None:
    return span and dataclasses.replace(span, end=max(at, span.start))
