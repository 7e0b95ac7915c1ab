"""A consolidation that is cut short anywhere loses nothing: real processes, really killed."""

import random
import re
import shutil
import subprocess

import pytest

from hotline_desk.paths import Workspace
from hotline_desk.workflows.consolidate import waiting
from tests.ended_takes import LEFT, WHOLE, command, heard, make_take, run
from tests.recorder_process import PATIENCE

KILLS = (
    *(("fdatasync", n) for n in range(1, 4)),
    *(("/rename", n) for n in range(1, 3)),
    *(("fsync", n) for n in range(1, 4)),
    *(("/unlink", n) for n in range(1, 11)),
)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "工会 法律在线")


@pytest.fixture
def take(workspace):
    return make_take(workspace.episodes / "2026-11-25-第190期" / "take-1")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace kills at the chosen call")
def test_a_kill_before_any_step_loses_nothing(workspace, tmp_path):
    """Every system call that changes something for good is the last one of a process."""
    reached = 0
    for number, (call, nth) in enumerate(KILLS):
        folder = make_take(workspace.episodes / "2026-11-25-第190期" / f"take-{number}")
        kill = f"inject={call}:signal=SIGKILL:when={nth}"
        options = ("-e", f"trace={call}", "-e", kill, "-o", str(tmp_path / "trace"))
        done = subprocess.run(
            ["strace", *options, *command(workspace, folder)],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        if "ptrace" in done.stderr.lower():
            pytest.skip("this system lets nobody trace")
        reached += done.returncode != 0
        assert heard(folder) == WHOLE, (call, nth)

        run(workspace, folder)

        assert {path.name for path in folder.iterdir()} == LEFT, (call, nth)
        assert heard(folder) == WHOLE, (call, nth)
        shutil.rmtree(folder)
    assert reached > len(KILLS) / 2


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing(workspace, take):
    chosen = random.Random()
    takes, kills = [take], 0
    while kills < 12:
        if not waiting(workspace):
            takes.append(make_take(take.with_name(f"take-{len(takes) + 1}")))
        process = subprocess.Popen(command(workspace, takes[-1]), stdout=subprocess.DEVNULL)
        try:
            process.wait(chosen.uniform(0.2, 1.2))
        except subprocess.TimeoutExpired:
            process.kill()
            kills += 1
        process.wait()
        assert heard(takes[-1]) == WHOLE

    for folder in waiting(workspace):
        run(workspace, folder)
    for folder in takes:
        assert heard(folder) == WHOLE
        assert {path.name for path in folder.iterdir()} == LEFT


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="system calls are traced with strace")
def test_each_step_is_on_the_disk_before_the_next(workspace, take, tmp_path):
    """What a power cut may undo is only the newest step, so that one form is always whole."""
    trace = tmp_path / "trace"
    done = subprocess.run(
        ["strace", "-y", "-s", "512", "-e", "trace=/^(fsync|fdatasync|rename.*|unlink.*)$",
         "-o", str(trace), *command(workspace, take)],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr.lower():
        pytest.skip("this system lets nobody trace")
    assert done.returncode == 0, done.stderr
    steps = []
    for line in trace.read_text(encoding="utf-8").splitlines():
        found = re.match(r"(\w+)\((?:AT_FDCWD[^,]*, )?(?:\d+<|\")(.*?)[>\"].* = 0$", line)
        if found and "take-1" in found[2]:
            steps.append((found[1].removesuffix("at"), found[2].rpartition("/")[2]))

    for line in ("line1", "line2"):
        draft = steps.index(("fdatasync", f"{line}.flac.new"))
        renamed = steps.index(("rename", f"{line}.flac.new"))
        listed = steps.index(("fsync", "take-1"), renamed)
        noted = steps.index(("fdatasync", "consolidated.jsonl"), listed)
        deleted = [n for n, step in enumerate(steps) if re.match(rf"{line}-.*wav", step[1])]
        assert draft < renamed < listed < noted < min(deleted), steps
        assert {steps[n][0] for n in deleted} == {"unlink"}
