"""The recorder's frame: what it ends in order, what it refuses, what it leaves behind."""

import argparse
import gc

import pytest

from hotline_desk.capture.keeper import record, terms
from hotline_desk.errors import TakeExists
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings, save
from hotline_desk.system import FileLock
from hotline_desk.take.take import LOCK, Take
from tests.coded_sound import write_coded


@pytest.fixture
def recording(tmp_path):
    """A recorder of this process, not begun yet."""
    sound = write_coded(tmp_path / "a.wav", [0], seconds=30, rate_hz=8000)
    return argparse.Namespace(
        workspace=Workspace(tmp_path / "ws"),
        lines=[f"来电=file:{sound}"],
        roles=[],
        take=tmp_path / "ws" / "take",
        seconds=None,
        delay=None,
        second=None,
        longest=None,
        purge_after=None,
        pre_roll=None,
        json=True,
    )


TERMS = ("delay_seconds", "longest_hours", "purge_minutes", "pre_roll_seconds")


@pytest.mark.parametrize(
    ("office", "typed", "expected"),
    [
        (None, {}, (20.0, 12, 30, 30)),
        (Settings(delay_seconds=7.5, longest_hours=3, purge_minutes=10, pre_roll_seconds=5), {},
         (7.5, 3, 10, 5)),
        (Settings(delay_seconds=7.5, purge_minutes=10), {"delay": 0.0, "purge_after": 0.5},
         (0.0, 12, 0.5, 30)),
        (Settings(longest_hours=3), {"longest": 0.1, "pre_roll": 0.0}, (20.0, 0.1, 30, 0.0)),
    ],
)  # fmt: skip
def test_what_the_command_does_not_say_the_office_has_set(recording, office, typed, expected):
    if office is not None:
        recording.workspace.root.mkdir()
        save(office, recording.workspace.settings)
    vars(recording).update(typed)

    found = terms(recording)

    assert tuple(getattr(found, name) for name in TERMS) == expected


@pytest.mark.parametrize(("place", "outside"), [("试音", True), ("episodes/试音", False)])
def test_a_take_that_nobody_will_look_for_is_told_at_its_beginning(recording, place, outside):
    recording.take = recording.workspace.root / place / "take-1"
    recording.json, recording.seconds = False, 0.2

    told = [line.words for line in record(recording) if line.aside]

    assert ["episodes" in words for words in told] == ([True] if outside else [])


def test_a_recorder_that_is_closed_ends_its_take_in_order(recording):
    lines = record(recording)
    next(lines)

    lines.close()

    assert Take(recording.take).end_reason == "signal"
    assert not (recording.workspace.root / "recorder.json").exists()


def test_a_recorder_that_a_bug_ends_is_lost(recording):
    lines = record(recording)
    next(lines)

    with pytest.raises(ZeroDivisionError):
        lines.throw(ZeroDivisionError())

    gc.collect()  # a file that was left open fails here, not in somebody else's test
    take = Take(recording.take)
    assert take.ended
    assert not take.ended_in_order
    take.repair()
    assert take.end_reason == "recorder_lost"
    assert not (recording.workspace.root / "recorder.json").exists()


def test_a_take_that_another_recorder_holds_is_refused(recording):
    recording.take.mkdir(parents=True)
    other = FileLock(recording.take / LOCK)
    assert other.acquire()

    with pytest.raises(TakeExists):
        next(record(recording))

    other.release()
    assert [path.name for path in recording.take.iterdir()] == [LOCK]
