"""Where the recorder writes: folders that refuse, long names, clouds."""

import os
import shutil
import subprocess

import pytest

from hotline_desk.take.segments import segments
from hotline_desk.take.take import Take, ask_to_stop
from tests.e2e import two_disks
from tests.e2e.two_disks import LINES, RATE, assert_valid, assert_whole, grown
from tests.recorder_process import RecorderProcess, events

sounds, lines, second = two_disks.sounds, two_disks.lines, two_disks.second
IMMUTABLE = "a file that even root cannot write needs chattr and a file system that knows it"


@pytest.fixture
def immutable(tmp_path):
    """A function that forbids everybody to change a file or folder, until the test ends."""
    probe, done = tmp_path / "probe", []
    probe.touch()
    if shutil.which("chattr") is None or _chattr("+i", probe):
        pytest.skip(IMMUTABLE)
    _chattr("-i", probe)

    def forbid(path):
        done.append(path)
        assert not _chattr("+i", path)

    yield forbid
    for path in done:
        _chattr("-i", path)


def _chattr(change, path):
    return subprocess.run(["chattr", change, path], capture_output=True, check=False).returncode


@pytest.mark.slow
def test_a_segment_that_is_made_read_only_is_left_for_another(tmp_path, lines, immutable):
    with RecorderProcess(tmp_path / "ws", *lines) as recorder:
        take = recorder.started(0.5)
        (segment,) = segments(take.folder, "line1")
        segment.path.chmod(0o444)
        grown(take, 0.5)
        immutable(segment.path)
        grown(take)
        ask_to_stop(take.folder)
        code, _, _ = recorder.wait()

    assert code == 0
    assert_whole(take)
    assert not events(take, "disk_full")
    assert not events(take, "gap")


@pytest.mark.slow
@pytest.mark.parametrize("helped", [True, False])
def test_a_take_folder_that_is_made_read_only_costs_nothing_with_a_second_folder(
    tmp_path, second, sounds, immutable, helped
):
    fast = [f"{name}=file:{path}?speed=20" for name, path in zip(LINES, sounds, strict=True)]
    more = ("--second", str(second)) if helped else ()
    with RecorderProcess(tmp_path / "ws", *fast, more=more) as recorder:
        take = recorder.started(1.0)
        immutable(take.folder)  # no further file can be made there: the next segment's neither
        code, facts, _ = recorder.wait()

    assert (code, facts[1]["reason"]) == (0, "over")
    assert_valid(take)
    if helped:
        assert_whole(take)
        assert len(events(take, "second_folder")) == 2
        assert facts[-1]["away"] == 2
    else:
        for name in LINES:
            assert take.length(name) == 60 * RATE  # one segment; the rest is owed, and told
        assert {event["reason"] for event in events(take, "disk_full")} == {"unwritable"}
        assert facts[1]["lines"]["来电"]["missing"] == pytest.approx(30.0, abs=0.1)


@pytest.mark.skipif(os.name == "nt", reason="Windows' own limit is 260 characters")
def test_a_path_of_over_two_hundred_characters_with_chinese_and_blanks_is_recorded_in(
    tmp_path, second, lines
):
    deep = tmp_path / ("很长 的文件夹" * 10) / ("工作 区" * 15) / ("第190期 " * 12).strip()
    assert len(str(deep)) > 200
    with RecorderProcess(
        deep, *lines, take=deep / "take", more=("--second", str(second), "--for", "0.5")
    ) as recorder:
        recorder.started(0.2)
        code, facts, said = recorder.wait()

    assert (code, said) == (0, "")
    assert_whole(Take(deep / "take"))
    assert facts[0]["take"] == str(deep / "take")


@pytest.mark.parametrize("where", ["workspace", "take"])
def test_the_command_itself_refuses_a_folder_that_a_cloud_carries_off(tmp_path, lines, where):
    cloud = tmp_path / "OneDrive - 总工会"
    workspace = cloud / "ws" if where == "workspace" else tmp_path / "ws"

    code, facts, said = RecorderProcess(workspace, *lines, take=cloud / "take").wait()

    assert (code, facts) == (1, [])
    assert "云同步" in said
    assert said.count("\n") == 1
    assert not cloud.exists()
