"""A copy takes the ledger's place while others write, and when the program is killed in it."""

import subprocess
import sys
from datetime import date

import pytest

from hotline_desk import cli
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.repeat_deletions import draft_of
from hotline_desk.workflows.workspace import prepare

FIRST = Episode(number=190, on=date(2026, 11, 25))
SECOND = Episode(number=191, on=date(2026, 12, 2))
EVERY = QuestionQuery(limit=1_000_000)
RESTORES = 5


@pytest.fixture
def workspace(tmp_path):
    """A workspace with a copy of its ledger, which has a later episode besides."""
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(FIRST, by="甲")
        ledger.backup(workspace.backups, name="ledger-early")
        ledger.save_episode(SECOND, by="甲")
    return workspace


def copies(workspace, name):
    return sorted(workspace.backups.glob(f"{name}-*.db"))


def restore(workspace):
    (early,) = copies(workspace, "ledger-early")
    return ["restore", str(early), "--workspace", str(workspace.root)]


def test_killed_within_the_exchange_the_ledger_is_as_it_was(workspace):
    program = [sys.executable, "-m", "tests.workflows.restore_killed_within"]
    killed = subprocess.run(
        [*program, draft_of(workspace).name, *restore(workspace)], check=False, capture_output=True
    )
    assert killed.returncode < 0, killed.stderr

    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.episodes() == [SECOND, FIRST]
        assert ledger.examine() == []
    (kept,) = copies(workspace, "ledger-before-restore")
    with Ledger.open(kept) as ledger:
        assert ledger.episodes() == [SECOND, FIRST]
    assert cli.run(restore(workspace)) == 0


HOLDS = """
import sys
from pathlib import Path
from hotline_desk.ledger import Ledger

with Ledger.open(Path(sys.argv[1])) as ledger:
    print(len(ledger.episodes()), flush=True)
    sys.stdin.read()
"""


def test_one_that_was_damaged_while_a_program_had_it_open_waits_for_that(workspace, capsys):
    """The program would go on in a file that is gone."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(workspace.ledger)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        with workspace.ledger.open("r+b") as file:
            file.write(b"\xa5" * 4000)
        damaged = workspace.ledger.read_bytes()

        assert cli.run(restore(workspace)) == 1
        assert "占用" in capsys.readouterr().err
        assert workspace.ledger.read_bytes() == damaged
        other.kill()

    assert cli.run(restore(workspace)) == 0
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.episodes() == [FIRST]


def test_whatever_was_written_beside_it_is_in_the_ledger_or_in_what_was_kept(workspace):
    program = [sys.executable, "-m", "tests.workflows.busy_writer", str(workspace.ledger)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, encoding="utf-8") as writer:
        told = [writer.stdout.readline().strip()]
        while len(copies(workspace, "ledger-before-restore")) < RESTORES:
            cli.run(restore(workspace))
            told += [writer.stdout.readline().strip() for _ in range(3)]
        writer.terminate()
        told += [line.strip() for line in writer.stdout]

    found = set()
    for path in (workspace.ledger, *copies(workspace, "ledger-before-restore")):
        with Ledger.open(path) as ledger:
            assert ledger.examine() == []
            found |= {question.point for question in ledger.questions(EVERY)}
    assert len(told) > RESTORES
    assert set(told) <= found
