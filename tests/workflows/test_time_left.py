"""How long a disk lasts: told before a recording as it is during one."""

import shutil
import sys

import pytest

from hotline_desk.errors import WorkspaceUnwritable
from hotline_desk.take.places import RESERVE_BYTES
from hotline_desk.take.take import Take
from hotline_desk.workflows.recording import Second, time_left, time_left_in
from tests.ended_takes import RATE, make_take
from tests.small_disk import MEGABYTE, mounted

BYTES_A_MINUTE = 60 * 96_000


def minutes(folder, *, reserve=0):
    return (shutil.disk_usage(folder).free - reserve) / BYTES_A_MINUTE


def left(folder, second):
    return time_left_in(folder, BYTES_A_MINUTE / 60, second)


def test_without_a_second_folder_the_whole_disk_is_there(tmp_path):
    found = left(tmp_path, None)

    assert (found.second, found.second_minutes) == (Second.UNSET, 0.0)
    assert found.minutes == pytest.approx(minutes(tmp_path), rel=0.01)


def test_a_second_folder_on_the_same_disk_is_told_and_the_reserve_kept(tmp_path):
    second = tmp_path / "second"
    second.mkdir()

    found = left(tmp_path, second)

    assert found.second is Second.SAME_VOLUME
    assert found.minutes == pytest.approx(minutes(tmp_path, reserve=RESERVE_BYTES), rel=0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk")
def test_a_second_folder_on_another_disk_leaves_the_first_its_reserve(tmp_path):
    size = RESERVE_BYTES + 60 * MEGABYTE
    with mounted(tmp_path / "1", str(size)) as first, mounted(tmp_path / "2", str(size)) as second:
        found = left(first, second)

        assert found.second is Second.READY
        assert found.minutes == pytest.approx(minutes(first, reserve=RESERVE_BYTES), rel=0.01)
        assert found.second_minutes == pytest.approx(minutes(second), rel=0.01)


def test_a_second_folder_that_is_away_is_told(tmp_path):
    found = left(tmp_path, tmp_path / "gone")

    assert (found.second, found.second_minutes) == (Second.LOST, 0.0)
    assert found.minutes == pytest.approx(minutes(tmp_path), rel=0.01)


def test_a_disk_that_is_away_is_a_failure_in_words(tmp_path):
    with pytest.raises(WorkspaceUnwritable):
        left(tmp_path / "gone", None)


def test_a_take_lasts_as_long_as_its_lines_say(tmp_path):
    take = Take(make_take(tmp_path / "take", seconds=1, ended=False))

    found = time_left(take)

    assert found.second is Second.UNSET
    free = shutil.disk_usage(tmp_path).free
    assert found.minutes == pytest.approx(free / (2 * len(take.lines) * RATE * 60), rel=0.01)
