"""The figures of the episode at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from hotline_desk.domain.calls import CallQuery, CallState
from hotline_desk.domain.episodes import episode_at_hand
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.statistics import (
    CategoryShare,
    Figures,
    category_shares,
    count_categories,
    figures,
)
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import HotlineDeskError

if TYPE_CHECKING:
    from hotline_desk.domain.episodes import Episode
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.office import Office


@dataclass(frozen=True, slots=True)
class EpisodeFigures:
    """What the page shows."""

    episode: Episode
    figures: Figures
    shares: tuple[CategoryShare, ...]


class StatisticsViewModel(QObject):
    """State of the statistics page."""

    counted = Signal(object)
    """The figures (EpisodeFigures), or None without an episode."""
    failed = Signal(HotlineDeskError)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office

    @Slot()
    def refresh(self) -> None:
        """Count again."""
        self._office.ask(count, owner=self, then=self.counted.emit, on_error=self.failed.emit)


def count(ledger: Ledger) -> EpisodeFigures | None:
    """Count the episode at hand, and beside it all episodes up to it."""
    episode = episode_at_hand(ledger.episodes(), studio_now().date())
    if episode is None:
        return None
    calls = ledger.calls(CallQuery(episode=episode.number))
    questions = ledger.questions(QuestionQuery(episode=episode.number))
    aired = {
        call.id
        for call in calls
        if any(entry.after == CallState.ON_AIR for entry in ledger.history("calls", call.id))
    }
    return EpisodeFigures(
        episode,
        figures(calls, questions, aired=aired),
        category_shares(count_categories(questions), ledger.count_categories(until=episode.number)),
    )
