"""What is written is synced in time: read from a trace of the real system calls."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotline_desk.take.marks import MARKS
from tests.coded_sound import write_coded

UNSYNCED_SECONDS = 1.5  # the promise is one; a loaded and traced machine gets a little more

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="system calls are traced with strace"
)

_CALL = re.compile(
    r"^\d+ +(?P<at>[\d.]+) (?P<name>\w+)\((?:\d+|AT_FDCWD)<(?P<path>[^>]+)>(?P<rest>.*)"
)
_NEW = re.compile(r'"(?P<path>[^"]+)", [^,]*O_EXCL')


@dataclass(frozen=True)
class Call:
    """One system call on a file, at its beginning."""

    at: float
    name: str
    path: Path
    rest: str


def traced(tmp_path, *command) -> list[Call]:
    """Run *command* and return its calls on files, those of all its threads, in order."""
    trace = tmp_path / "trace"
    names = "trace=write,fdatasync,fsync,openat"
    options = ("-f", "-ttt", "-y", "-s", "512", "-e", names, "-o", str(trace))
    done = subprocess.run(
        ["strace", *options, *command], capture_output=True, text=True, timeout=60, check=False
    )
    if "PTRACE" in done.stderr or "ptrace" in done.stderr:
        pytest.skip("this system lets nobody trace")
    assert done.returncode == 0, done.stderr
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [match for line in lines if (match := _CALL.match(line))]
    return [
        Call(float(m["at"]), m["name"], Path(m["path"]), m["rest"])
        for m in sorted(found, key=lambda match: float(match["at"]))
    ]


def syncs_after(calls, path, at, name):
    return [c.at - at for c in calls if (c.name, c.path) == (name, path) and c.at >= at]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """The calls of a recorder over four seconds, in which 64 seconds are recorded."""
    folder = tmp_path_factory.mktemp("traced")
    sound = write_coded(folder / "a.wav", [0], seconds=66, rate_hz=8000)
    take = folder / "ws" / "take"
    where = ("--workspace", str(folder / "ws"), "--take", str(take), "--for", "64")
    line = f"来电=file:{sound}?speed=16"
    command = (sys.executable, "-m", "hotline_desk", "record", *where, "--line", line)
    return take, traced(folder, *command)


@pytest.mark.slow
def test_sound_is_synced_within_a_second_of_being_written(recorded):
    take, calls = recorded
    written = [c for c in calls if c.name == "write" and c.path.suffix == ".wav"]
    assert {c.path.parent for c in written} == {take}
    assert written[-1].at - written[0].at > 2 * UNSYNCED_SECONDS, "too short to tell"

    waited = [
        min(syncs_after(calls, call.path, call.at, "fdatasync"), default=None) for call in written
    ]

    assert None not in waited
    assert max(waited) < UNSYNCED_SECONDS


@pytest.mark.slow
def test_the_folder_of_a_new_segment_is_synced(recorded):
    take, calls = recorded
    new = [
        (call.at, take / match["path"])
        for call in calls
        if call.name == "openat" and (match := _NEW.search(call.rest)) and ".wav" in match["path"]
    ]
    assert [path.name for _, path in new] == ["line1-000000000000.wav", "line1-000000480000.wav"]

    waited = [min(syncs_after(calls, take, at, "fsync"), default=None) for at, _ in new]

    assert None not in waited
    assert max(waited) < UNSYNCED_SECONDS


ADD_A_MARK = """
import sys
from datetime import datetime
from pathlib import Path
from hotline_desk.take.marks import Mark, MarkKind, add_mark

for _ in range(2):
    add_mark(Path(sys.argv[1]), Mark(MarkKind.CALL, 1.0, datetime.now().astimezone()))
    Path(sys.argv[1], "set").open("ab", buffering=0).write(b"set")
"""


def test_a_mark_is_synced_before_its_key_has_an_effect(tmp_path):
    calls = traced(tmp_path, sys.executable, "-c", ADD_A_MARK, str(tmp_path))

    seen = [
        (call.name, call.path.name)
        for call in calls
        if call.path.name in {MARKS, "set", tmp_path.name} and call.name != "openat"
    ]
    mark, effect = [("write", MARKS), ("fdatasync", MARKS)], ("write", "set")
    assert seen == [*mark, ("fsync", tmp_path.name), effect, *mark, effect]
