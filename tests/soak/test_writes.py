"""kill -9 at random in mid-write: what was told is there whole, and nothing is there by half.

Five times in the gate, a hundred times by `dev.py soak` (``--writes``).
"""

import contextlib
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hotline_desk.cli import run
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare
from tests.ended_takes import make_take
from tests.ledger import office_writer
from tests.ledger.records import AT, EPISODE, TAKE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 0.5
KILLS_A_LEDGER = 10
ENDLESS = 1_000_000


def make_workspace(root):
    """Make a workspace with a take, and in its ledger what the writes change."""
    made = prepare(Workspace(root))
    make_take(made.root / TAKE, seconds=1, began=AT)
    with Ledger.open(made.ledger) as ledger:
        office_writer.prepare(ledger)
        ledger.add_take(TAKE, EPISODE.number, AT)
    return made


def write_until_killed(workspace, first, seconds):
    """Let a program write for *seconds* and kill it; return the last write that it told."""
    command = [sys.executable, "-m", "tests.ledger.office_writer"]
    program = subprocess.Popen(
        [*command, str(workspace.ledger), str(first), str(ENDLESS)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    told = program.stdout.readline()
    time.sleep(seconds)
    program.kill()
    # not communicate(): it would pass over what readline() has taken beyond its line
    told += program.stdout.read()
    assert program.stderr.read() == ""
    program.communicate()
    return int(told.rpartition("\n")[0].rpartition("\n")[2])  # a torn last line was not told


def examined(workspace):
    """Return the exit code of `doctor`, and what it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        return run(["--workspace", str(workspace.root), "doctor"]), said.getvalue()


def test_kills_in_mid_write(tmp_path, lengths, chance, figure, say):
    told, writes, kept = -1, 0, 0
    for number in range(lengths.writes):
        if number % KILLS_A_LEDGER == 0:
            workspace, told = make_workspace(tmp_path / f"工作区 {number}"), -1
        before, seconds = told, chance.uniform(0.0, LONGEST_SECONDS)
        told = write_until_killed(workspace, told + 1, seconds)

        code, words = examined(workspace)
        with Ledger.open(workspace.ledger) as ledger:
            found = office_writer.parts(ledger)

        assert code == 0, words
        assert office_writer.faults(found, told) == []
        landed = office_writer.landed(found, told)
        kept += landed
        told += landed
        writes += told - before
        say(f"kill {number + 1}: {told - before} writes, doctor green")
    count = f"{lengths.writes} kill -9 in mid-write"
    figure(f"{count}: writes told and not there whole", f"0 of {writes:,}", "0")
    under_way = f"{kept} of those under way were kept whole, the others not at all"
    figure(f"{count}: writes there by half", f"0; {under_way}", "0")
