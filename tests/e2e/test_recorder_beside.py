"""While one recorder runs, a second is refused, and every other command does its work."""

import json
import subprocess
import sys

import pytest

from hotline_desk.take.take import ask_to_stop
from tests.coded_sound import runs, write_coded
from tests.recorder_process import RecorderProcess, events

RATE = 16000


@pytest.fixture
def running(tmp_path):
    """A recorder of two lines, and its take."""
    sound = write_coded(tmp_path / "two.wav", [0, 1], seconds=120, rate_hz=RATE)
    lines = (f"来电=file:{sound}", f"演播室=file:{sound}?channel=2")
    folder = tmp_path / "工作 文件夹" / "episodes" / "第190期" / "take-1"
    with RecorderProcess(tmp_path / "工作 文件夹", *lines, take=folder) as recorder:
        yield recorder, recorder.started(0.3)


def command(workspace, *arguments, said=""):
    """Run a command on *workspace*; return its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "--workspace", str(workspace), "--json", *arguments],
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_every_other_command_works_beside_a_recorder(running, tmp_path):
    recorder, take = running
    workspace = recorder.workspace
    commands = (
        (("doctor",), ""),
        (("backup",), ""),
        (("due",), ""),
        (("deadline", "--received", "2026-11-25"), ""),
        (("search", "工资"), ""),
        (("ledger", "export", "-o", str(tmp_path / "台账.xlsx")), ""),
        (("suggest",), "老板拖欠我三个月工资\n"),
        (("model", "list"), ""),
        (("check", str(take.folder)), ""),
    )
    for arguments, said in commands:
        code, out, complaint = command(workspace, *arguments, said=said)

        assert code == 0, (arguments, complaint)
        for line in out.splitlines():
            json.loads(line)

    source = f"来电={take.line('来电').device}"
    code, facts, complaint = RecorderProcess(workspace, source, take=workspace / "2").wait()
    assert (code, facts) == (1, [])
    assert "已经在录音" in complaint
    ask_to_stop(take.folder)
    assert recorder.wait()[0] == 0
    for line, name in enumerate(("来电", "演播室")):
        heard = runs(take.read(name, 0, take.length(name)))
        assert [(run.line, run.number) for run in heard] == [(line, 0)]
    assert not events(take, "gap")
