"""An older ledger of many rows is brought up to date: told how far it is, killed without harm."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from hotline_desk.ledger import Ledger
from tests.freeze_ledger import LEDGERS, TAKE

HEARD = 40_000
OPENS = """
import sys, time
from pathlib import Path
from hotline_desk.ledger import Ledger

def told(done, total):
    print(done, total, flush=True)
    if done >= 20_000:
        time.sleep(60)

Ledger.open(Path(sys.argv[1]), on_progress=told)
"""


@pytest.fixture
def old(tmp_path):
    """A ledger of the first schema, in which much was heard."""
    path = tmp_path / "ledger.db"
    shutil.copy(LEDGERS / "schema_1.db", path)
    with closing(sqlite3.connect(path)) as db, db:
        (last,) = db.execute("SELECT max(id) FROM utterances").fetchone()
        db.executemany(
            "INSERT INTO utterances (id, take, line, began, ended, text, searched)"
            " VALUES (?, ?, '来电', ?, ?, '解除劳动合同', '解 除 劳 动 合 同')",
            ((last + n, TAKE, 1000.0 + n, 1000.5 + n) for n in range(1, HEARD + 1)),
        )
    return path


def columns(path):
    with closing(sqlite3.connect(path)) as db:
        return {row[1] for row in db.execute("PRAGMA table_info(utterances)")}


def test_how_far_it_is_is_told_to_the_last_row(old):
    told = []

    with Ledger.open(old, on_progress=lambda *step: told.append(step)) as ledger:
        assert len(ledger.search("jcldht", limit=10 * HEARD)) > HEARD - 1

    assert told[0] == (0, 0)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1] > HEARD
    assert len(told) > HEARD / 5_000
    told.clear()
    with Ledger.open(old, on_progress=lambda *step: told.append(step)):
        assert told == []


def test_what_was_changed_before_the_upgrade_is_undone_after_it(tmp_path):
    shutil.copy(LEDGERS / "schema_3.db", tmp_path / "ledger.db")

    with Ledger.open(tmp_path / "ledger.db") as ledger:
        while any(case.parties for case in ledger.cases()):
            ledger.undo(by="台账管理员")

        assert ledger.examine() == []


def test_a_kill_in_the_middle_leaves_it_as_it_was_and_the_next_start_does_it(old):
    before = columns(old)
    with subprocess.Popen([sys.executable, "-c", OPENS, str(old)], stdout=subprocess.PIPE) as child:
        for line in child.stdout:
            if int(line.split()[0]) >= 20_000:
                break
        child.kill()

    assert columns(old) == before
    with Ledger.open(old) as ledger:
        assert ledger.examine() == []
        assert len(ledger.search("jcldht", limit=10 * HEARD)) > HEARD - 1
