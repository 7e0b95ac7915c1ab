"""What the page of figures counts, on a real ledger."""

from datetime import timedelta

import pytest

from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.statistics_view_model import count

BY = "导播"


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        yield ledger


def test_without_an_episode_there_is_nothing_to_count(ledger):
    assert count(ledger) is None


def test_the_total_is_the_papers_up_to_the_episode_at_hand(ledger):
    now = studio_now()
    for number, weeks in ((189, -1), (190, 0), (191, 1)):
        day = now.date() + timedelta(weeks=weeks)
        ledger.save_episode(Episode(number=number, on=day), by=BY)
    for episode in (189, 189, 190, 191, None):
        ledger.add_question(NewQuestion(episode=episode, category=Category.WAGES, at=now), by=BY)

    counted = count(ledger)

    wages = {share.category: share for share in counted.shares}[Category.WAGES]
    assert (counted.episode.number, wages.count, wages.total) == (190, 1, 3)
