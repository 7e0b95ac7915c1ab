"""A take of four lines, its ledger, and a call on it that was refused."""

from datetime import date

import pytest

from hotline_desk.domain.episodes import Episode
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.workspace import prepare
from tests.coded_sound import write_coded
from tests.recorder_process import RecorderProcess
from tests.take.test_purge import say
from tests.workflows.refusals.refused_call import (
    CALLER,
    KEPT,
    LINES,
    PROGRAMME,
    RATE,
    SEAT,
    SECONDS,
    SECRET,
    STUDIO,
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A take that the recorder itself has written: four lines of coded sound, 200 s at 50 times."""
    root = tmp_path_factory.mktemp("recorded")
    sound = write_coded(root / "sound.wav", [0, 1, 2, 3], seconds=SECONDS, rate_hz=RATE)
    lines = [f"{name}=file:{sound}?channel={n}&speed=50" for n, name in enumerate(LINES, start=1)]
    with RecorderProcess(root, *lines) as recorder:
        assert recorder.wait()[0] == 0
    return recorder.take


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def take(workspace, recorded):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-095000"
    folder.mkdir(parents=True)
    for path in recorded.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


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
