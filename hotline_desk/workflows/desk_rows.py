"""What is at the live desk: the episode's calls and questions, and those outside any episode."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from hotline_desk.domain.calls import Call, CallQuery, Channel
from hotline_desk.domain.episodes import Episode, episode_at_hand
from hotline_desk.domain.questions import Question, QuestionQuery
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.workflows.askers import save_asker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.workflows.calls import CallDesk

_LONGEST_CALL = timedelta(hours=12)
"""How long a call that is not over stands where it does, before it counts as forgotten (ours)."""


@dataclass(frozen=True, slots=True)
class PresentEpisodes:
    """The episode that a desk works on, and those around it."""

    at_hand: Episode | None = None
    """None outside an episode."""
    coming: Episode | None = None
    """The next one that is not at hand, today's before its time too."""
    last: Episode | None = None
    """The one before."""

    def of_day(self, day: date) -> Episode | None:
        """Return the one on *day*, be it at hand already or not."""
        known = (self.at_hand, self.coming)
        return next((each for each in known if each is not None and each.on == day), None)


def present_episodes(
    ledger: Ledger, now: datetime, *, running: int | None = None
) -> PresentEpisodes:
    """Return the episode at hand *now*, the coming one and the last.

    Args:
        ledger: what knows them.
        now: on the studio's clock.
        running: 期号 of the take that is being recorded.
    """
    known = sorted(ledger.episodes(), key=lambda each: (each.on, each.number))
    at_hand = episode_at_hand(known, now, running=running)
    others = [each for each in known if each != at_hand]
    coming = next((each for each in others if each.at_hand_from > now), None)
    last = next((each for each in reversed(others) if each.at_hand_from <= now), None)
    return PresentEpisodes(at_hand, coming, last)


def calls_at_desk(ledger: Ledger, episode: int | None, now: datetime) -> list[Call]:
    """Return the calls of *episode*, those outside one, and who has stayed of another one.

    Newest first. Outside one are today's, on an episode's day those since it came to hand: those
    that came in since then or moved on, and those that are not over yet, unless they have been
    forgotten. Whoever waits for the air there does so since whenever. Of another episode it is
    whoever was on the line when the desk turned, until he is forgotten.

    Args:
        ledger: what knows them.
        episode: the desk's 期号, None outside an episode.
        now: on the studio's clock.

    Raises:
        EpisodeNotFound: the ledger has no such episode.
    """
    calls = _other_calls(ledger, episode, _outside_since(ledger, episode, now), now)
    if episode is not None:
        calls += ledger.calls(CallQuery(episode=episode))
    return sorted(calls, key=lambda call: call.id, reverse=True)


def questions_at_desk(ledger: Ledger, episode: int | None, now: datetime) -> list[Question]:
    """Return the questions of *episode*, and today's outside one, oldest first.

    Those of a call that has stayed at the desk from before stay with it. The arguments and errors
    are those of :func:`calls_at_desk`.
    """
    since = _outside_since(ledger, episode, now)
    known_since = _known_since(since, now)
    others = _other_calls(ledger, episode, since, now)
    stayed = {call.id for call in others}
    rows = ledger.questions(QuestionQuery(outside=True, since=known_since.date()))
    questions = [
        row for row in rows if row.at >= since or (row.at >= known_since and row.call_id in stayed)
    ]
    for call in others:
        if call.episode is not None:
            questions += ledger.questions(QuestionQuery(call_id=call.id))
    if episode is not None:
        questions += ledger.questions(QuestionQuery(episode=episode))
    return sorted(questions, key=lambda question: question.id)


def _other_calls(ledger: Ledger, episode: int | None, since: datetime, now: datetime) -> list[Call]:
    """Return the calls that are at the desk though they are not of *episode*."""
    known = ledger.calls(CallQuery(at_desk_since=_known_since(since, now)))
    outside = [call for call in known if call.episode is None]
    of_others = [call for call in known if call.episode not in {None, episode}]
    return [
        *(
            call
            for call in outside
            if not call.state.is_over or max(call.at, call.state_since) >= since
        ),
        *(
            call
            for call in of_others
            if not call.state.is_over or call.at < since <= call.state_since
        ),
    ]


def _known_since(since: datetime, now: datetime) -> datetime:
    return min(since, now - _LONGEST_CALL)


def _outside_since(ledger: Ledger, episode: int | None, now: datetime) -> datetime:
    if episode is None:
        return datetime.combine(now.date(), time(), STUDIO_ZONE)
    return ledger.episode(episode).at_hand_from


def change_call(desk: CallDesk, call_id: int, change: Callable[[Call], Call]) -> Call:
    """Lay *change* over a call as the ledger has it now, and return it as it is then.

    Raises:
        CallNotFound: the call is not in the ledger.
    """
    with desk.ledger.together():
        return save_asker(desk.ledger, change(desk.ledger.call(call_id)), by=desk.by)


def come_by(desk: CallDesk, call_id: int, channel: Channel) -> Call:
    """Note by which channel (来源渠道) a call came; return the call as it is now.

    What came by no channel of the programme lies outside its episode, unless a question of it has
    its number from there already. Its questions came by the same channel, but where that was
    corrected.

    Raises:
        CallNotFound: the call is not in the ledger.
    """
    ledger = desk.ledger
    with ledger.together():
        call = ledger.call(call_id)
        questions = ledger.questions(QuestionQuery(call_id=call_id))
        episode = desk.episode if channel.is_programmes else None
        if questions:
            episode = call.episode
        for question in questions:
            if question.channel is call.channel:
                ledger.save_question(dataclasses.replace(question, channel=channel), by=desk.by)
        moved = dataclasses.replace(call, channel=channel, episode=episode)
        return ledger.save_call(moved, by=desk.by)
