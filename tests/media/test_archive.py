"""A line's FLAC counts only once it was heard again, and is made anew where words must go."""

import pytest

from hotline_desk.capture.health import health_sheet
from hotline_desk.errors import FlacFailed
from hotline_desk.media.archive import archive, silence
from hotline_desk.media.sound import damaged_archives, open_line
from hotline_desk.paths import Workspace
from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take
from hotline_desk.workflows.consolidate import waiting
from tests.coded_sound import coded
from tests.ended_takes import LEFT, LINES, SAMPLES, WHOLE, heard, make_take, run, spoil


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "工会 法律在线")


@pytest.fixture
def take(workspace):
    return make_take(workspace.episodes / "2026-11-25-第190期" / "take-1")


def test_a_flac_that_does_not_come_out_the_same_is_thrown_away(take):
    passed = []

    def damage(samples):
        before, after = sum(passed), sum(passed) + samples
        if before <= SAMPLES["来电"] < after:  # it is being heard again
            spoil(take / "line1.flac.new", at=0.9)
        passed.append(samples)

    with pytest.raises(FlacFailed):
        archive(take, LINES[0], segments(take, "line1"), passed=damage)

    assert sum(passed) > SAMPLES["来电"]
    assert not list(take.glob("line1.flac*"))
    assert heard(take) == WHOLE


def test_a_consolidated_line_can_be_silenced_and_loses_nothing_else(workspace, take):
    run(workspace, take)
    line = LINES[0]

    silence(take, line, [(470_000, 20_000), (3, 1)], passed=lambda _: None)
    silence(take, line, [(SAMPLES["来电"] - 10, 10)], passed=lambda _: None)

    expected = coded(0, SAMPLES["来电"])
    expected[470_000:490_000] = 0
    expected[3] = 0
    expected[-10:] = 0
    with open_line(Take(take), "来电") as sound:
        assert sound.read(0, sound.samples) == expected.tobytes()
    assert {path.name for path in take.iterdir()} == LEFT - {"line1.flac"} | {"line1-3.flac"}
    assert damaged_archives(Take(take)) == []
    assert health_sheet(take).faults == ()
    assert waiting(workspace) == []


def test_a_damaged_flac_is_not_silenced_into_a_sound_one(workspace, take):
    run(workspace, take)
    spoil(take / "line1.flac")

    with pytest.raises(FlacFailed):
        silence(take, LINES[0], [(0, 100)], passed=lambda _: None)

    assert len(damaged_archives(Take(take))) == 1


def test_what_a_silencing_left_behind_goes_with_the_next_run(workspace, take):
    run(workspace, take)
    old = (take / "line1.flac").read_bytes()
    silence(take, LINES[0], [(0, 100)], passed=lambda _: None)
    (take / "line1.flac").write_bytes(old)
    (take / "line1-3.flac.new").write_bytes(old[:1000])
    assert waiting(workspace) == [take]

    run(workspace, take)

    assert {path.name for path in take.iterdir()} == LEFT - {"line1.flac"} | {"line1-2.flac"}
