"""The calls and questions at the desk, and which call a key acts upon."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.times import studio_now
from hotline_desk.workflows.desk_rows import (
    PresentEpisodes,
    present_episodes,
    questions_at_desk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hotline_desk.domain.calls import Call
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.domain.questions import Question
    from hotline_desk.workflows.calls import CallDesk


@dataclass(frozen=True, slots=True)
class Hour:
    """What is at the desk, as the ledger has it now."""

    episodes: PresentEpisodes = field(default_factory=PresentEpisodes)
    calls: tuple[Call, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def episode(self) -> Episode | None:
        """The episode at hand, None outside one."""
        return self.episodes.at_hand

    @property
    def todays_episode(self) -> Episode | None:
        """Today's episode, whose recording may begin before it is at hand."""
        return self.episodes.of_day(studio_now().date())

    @property
    def on_air(self) -> Call | None:
        """The call on the air."""
        return next((call for call in self.calls if call.state is CallState.ON_AIR), None)

    def call(self, call_id: int | None) -> Call | None:
        """Return a call as the ledger has it now; None where it is none of the hour's."""
        return next((call for call in self.calls if call.id == call_id), None)


def read_hour(desk: CallDesk) -> Hour:
    """Read what is at *desk*."""
    now = studio_now()
    return Hour(
        present_episodes(desk.ledger, now, running=desk.episode),
        tuple(desk.calls()),
        tuple(questions_at_desk(desk.ledger, desk.episode, now)),
    )


@dataclass(frozen=True, slots=True)
class AtHand:
    """The call that the desk's selection is on."""

    call: Call | None
    picked: bool = False
    """Whether somebody chose it, before the one that is due."""

    def for_state(self, state: CallState) -> Call | None:
        """Return the picked call, if it may go to *state*."""
        call = self.call if self.picked else None
        return call if call is not None and call.state.may_become(state) else None


Chooser: TypeAlias = "Callable[[Hour, AtHand], Call | None]"
"""Picks the call that a key acts upon, from the hour and the call at hand."""


def longest_waiting(hour: Hour) -> Call | None:
    """Return the call that has waited longest for the air."""
    waiting = [call for call in hour.calls if call.state is CallState.WAITING]
    return min(waiting, key=lambda call: (call.state_since, call.id), default=None)


def selected_call(_hour: Hour, at_hand: AtHand) -> Call | None:
    """Return the call that is selected."""
    return at_hand.call


def to_line_up(hour: Hour, at_hand: AtHand) -> Call | None:
    """Return who becomes the next one: the longest-waiting, unless another is picked."""
    return at_hand.for_state(CallState.NEXT) or longest_waiting(hour) or at_hand.call


def to_put_on_air(hour: Hour, at_hand: AtHand) -> Call | None:
    """Return who goes on the air: the next one, unless another is picked."""
    due = next((call for call in hour.calls if call.state is CallState.NEXT), None)
    return at_hand.for_state(CallState.ON_AIR) or due or at_hand.call


def speaking_call(hour: Hour, at_hand: AtHand) -> Call | None:
    """Return the call on the air, else the selected one."""
    return hour.on_air or at_hand.call


ORDER: tuple[CallState, ...] = (
    CallState.ON_AIR,
    CallState.NEXT,
    CallState.WAITING,
    CallState.RINGING,
    CallState.ANSWERED,
    CallState.DROPPED,
    CallState.CALL_BACK,
    CallState.OFFLINE,
    CallState.CUT,
    CallState.CALLER_HUNG_UP,
    CallState.ENDED,
)
"""How calls stand on the desk, from the most urgent down."""


def by_state(calls: Sequence[Call]) -> list[Call]:
    """Return *calls* as they stand on the desk; within a state the longest there comes first."""
    return sorted(calls, key=lambda call: (ORDER.index(call.state), call.state_since, call.id))
