"""Looking through a workspace leaves the ledger that is open in the same program alone."""

import subprocess
import sys

import pytest

from hotline_desk.domain.calls import NewCall
from hotline_desk.domain.deletions import Person
from hotline_desk.domain.times import studio_now
from hotline_desk.domain.traces import Traces
from hotline_desk.ledger import Ledger
from hotline_desk.workflows.find_copies import backups_with, files_with
from tests.workflows.casework import BY

IS_LOCKED = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *map(int, sys.argv[2:]))
    except OSError:
        sys.exit(0)
sys.exit(1)
"""
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
DEAD_MAN = 128
"""Where SQLite locks its file, and the shared memory beside it, as long as they are open."""


@pytest.mark.skipif(sys.platform == "win32", reason="there a file has its locks to itself")
def test_the_open_ledger_keeps_its_locks(workspace):
    """Closing a file frees all of this program's locks on it, and another may cut it short."""
    person = Person(names=("董小红",), phones=("13800005678",), calls=(1,))
    traces = Traces(person.names, person.phones)
    with Ledger.open(workspace.ledger) as ledger:
        ledger.add_call(NewCall(episode=None, at=studio_now()), by=BY)
        beside = workspace.ledger.with_name("ledger.db-shm")
        assert is_locked(workspace.ledger, SHARED_SIZE, SHARED_FIRST)
        assert is_locked(beside, 1, DEAD_MAN)

        assert backups_with(workspace, person) == []
        assert list(files_with(workspace, traces, ())) == []

        assert is_locked(workspace.ledger, SHARED_SIZE, SHARED_FIRST)
        assert is_locked(beside, 1, DEAD_MAN)


def is_locked(path, size, first):
    done = subprocess.run(
        [sys.executable, "-c", IS_LOCKED, str(path), str(size), str(first)], check=False
    )
    return done.returncode == 0
