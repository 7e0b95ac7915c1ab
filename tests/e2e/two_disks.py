"""Two lines on two small disks, for tests of what a recorder does when one fills up."""

import wave

import pytest

from hotline_desk.take.places import RESERVE_BYTES
from hotline_desk.take.segments import segments
from tests.coded_sound import runs, write_coded
from tests.recorder_process import RecorderProcess, wait_until
from tests.small_disk import MEGABYTE, mounted

RATE = 16000
LINES = ("来电", "演播室")


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sounds")
    return [
        write_coded(folder / f"{line}.wav", [line], seconds=90, rate_hz=RATE) for line in (0, 1)
    ]


@pytest.fixture
def lines(sounds):
    return [f"{name}=file:{sound}" for name, sound in zip(LINES, sounds, strict=True)]


@pytest.fixture
def first(tmp_path):
    """A volume with its reserve and 6 MB: three minutes of both lines."""
    with mounted(tmp_path / "第一 磁盘", str(RESERVE_BYTES + 6 * MEGABYTE)) as folder:
        yield folder


@pytest.fixture
def second(tmp_path):
    """A second volume of 8 MB."""
    with mounted(tmp_path / "第二 磁盘", str(8 * MEGABYTE)) as folder:
        yield folder


def recorder_on(first, lines, second, *more):
    take = first / "ws" / "episodes" / "第190期" / "take-1"
    return RecorderProcess(first / "ws", *lines, take=take, more=("--second", str(second), *more))


def assert_whole(take, names=LINES):
    """Every sample of every line is there, once, in its place."""
    for line, name in enumerate(names):
        found = runs(take.read(name, 0, take.length(name)))
        assert [(run.line, run.number) for run in found] == [(line, 0)]
        assert found[0].count == take.length(name) > 0


def assert_valid(take):
    """Every file opens in any program, with all that it holds."""
    for line in take.lines:
        for segment in segments(take.folder, line.id):
            with wave.open(str(segment.path)) as file:
                assert file.getnframes() == segment.samples > 0


def lies_in(take, folder):
    return [s for line in take.lines for s in segments(take.folder, line.id)
            if s.path.is_relative_to(folder)]  # fmt: skip


def grown(take, seconds=1.0):
    """Wait until *seconds* more of every line are on the disk."""
    wanted = {name: take.length(name) + seconds * RATE for name in LINES}
    wait_until(lambda: all(take.length(name) > wanted[name] for name in LINES))
