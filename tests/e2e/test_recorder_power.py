"""A power cut while sound goes to the second folder: rebuilt from a trace, as for the first."""

import shutil
import sys

import numpy as np
import pytest

from hotline_desk.take.places import second_folder
from hotline_desk.take.segments import HEADER_BYTES, SAMPLE_BYTES, repair, segments_in
from hotline_desk.take.take import Take
from tests.coded_sound import coded, write_coded
from tests.power_cut import traced
from tests.small_disk import mounted

LOST_SECONDS = 2.0
RATE, SPEED, SECONDS = 8000, 16, 64

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="system calls are traced with strace"
)


@pytest.mark.slow
def test_of_what_went_to_the_second_folder_at_most_two_seconds_are_lost_in_a_power_cut(tmp_path):
    sound = write_coded(tmp_path / "a.wav", [0], seconds=SECONDS + 2, rate_hz=RATE)
    volume = tmp_path / "volume"
    volume.mkdir()
    with mounted(tmp_path / "full", "1m") as full:  # has not even its reserve
        take = full / "ws" / "take"
        where = ("--workspace", str(full / "ws"), "--take", str(take), "--second", str(volume))
        line = f"来电=file:{sound}?speed={SPEED}"
        more = ("--for", str(SECONDS), "--line", line)
        command = (sys.executable, "-m", "hotline_desk", "record", *where, *more)
        trace = traced(volume, *command, trace=tmp_path / "trace")
        there = second_folder(take).relative_to(volume)
        assert not list(take.glob("*.wav"))
        assert Take(take).length("来电") >= SECONDS * RATE

    written = [made for made in trace.made if made.path.suffix == ".wav" and made.data]
    began = min(
        made.at - (int(made.path.stem.partition("-")[2])
                   + (made.offset + len(made.data) - HEADER_BYTES) / SAMPLE_BYTES) / RATE / SPEED
        for made in written if made.offset >= HEADER_BYTES
    )  # fmt: skip
    lost = []
    for point in range(len(trace.made) + 1):
        place = tmp_path / "rebuilt"
        place.mkdir()
        trace.rebuild(point, place, lambda safe, _made: safe, lambda _none, _all: 0)
        at = trace.made[min(point, len(trace.made) - 1)].at
        lost.append(min(at - began, SECONDS / SPEED) - _kept(place / there) / RATE / SPEED)
        shutil.rmtree(place)

    assert len(lost) > 100
    assert max(lost) < LOST_SECONDS


def _kept(folder):
    """Return how many samples are there, all of them true."""
    if not folder.is_dir():
        return 0
    repair(folder, {"line1": RATE})
    pcm = b"".join(
        each.read(each.first_sample, each.samples) for each in segments_in((folder,), "line1")
    )
    heard = np.frombuffer(pcm, dtype="<i2")
    assert np.array_equal(heard, coded(0, len(heard)))
    return len(heard)
