"""A call that was refused, on the take of four lines."""

from datetime import date

import pytest

from hotline_desk.domain.episodes import Episode
from hotline_desk.ledger import Ledger
from hotline_desk.workflows.calls import CallDesk
from tests.take.seat_take import say
from tests.workflows.four_lines import CALLER, PROGRAMME, SEAT, STUDIO
from tests.workflows.refusals.refused_call import KEPT, SECRET


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(Episode(number=190, on=date(2026, 11, 25)), by="导播")
        yield ledger


@pytest.fixture
def desk(ledger, workspace, take):
    desk = CallDesk(ledger, workspace, episode=190, by="导播", pre_roll_seconds=10.0)
    desk.follow(take)
    return desk


@pytest.fixture
def refused(desk, take):
    """A call from 60 to 100 s with a question and its answer; another one before it."""
    earlier = desk.ring(at=5.0)
    desk.speaking(CALLER, 8.0)
    desk.mark_question(earlier, at=9.0)
    say(take, CALLER, 8.0, KEPT)
    desk.end(earlier.id, at=20.0)
    call = desk.ring(at=60.0)
    desk.speaking(CALLER, 62.0)
    question = desk.mark_question(call, at=63.0)
    desk.speaking(STUDIO, 70.0)
    desk.mark_answer(question, at=71.0)
    for line, start in ((CALLER, 62.0), (SEAT, 55.0), (STUDIO, 70.0), (PROGRAMME, 62.0)):
        say(take, line, start, SECRET)
    desk.end(call.id, at=100.0)
    desk.follow_captions()
    return call
