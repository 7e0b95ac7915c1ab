import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlite_utils import Migrations

from hotline_desk.errors import (
    LedgerBusy,
    LedgerFromNewerVersion,
    LedgerUnwritable,
    NotALedger,
)
from hotline_desk.ledger import Ledger, opening, schema
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question, heard


@pytest.fixture
def written(path):
    """The file of a closed ledger with a few records, and nothing beside it."""
    path.parent.mkdir()
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        call = ledger.add_call(a_call(), by="甲")
        for _ in range(50):
            ledger.add_question(a_question(call_id=call.id, text="拖欠工资" * 40), by="甲")
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return path


def in_file(path, sql):
    with closing(sqlite3.connect(path)) as stranger, stranger:
        stranger.execute(sql)


def refused(path):
    """Open a file that is to be refused; return the error after a look at the folder."""
    before = path.read_bytes()
    with pytest.raises((NotALedger, LedgerFromNewerVersion)) as error:
        Ledger.open(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert error.value.path == path
    return error.value


def test_a_ledger_keeps_what_it_promises_in_every_connection(written):
    with Ledger.open(written) as ledger:
        kept = {
            pragma: ledger._db.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        strict = ledger._db.execute(
            "SELECT min(strict) FROM pragma_table_list WHERE type = 'table'"
            " AND schema = 'main' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations'"
        ).fetchone()

    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert strict == (1,)


def test_an_empty_file_becomes_a_ledger(path):
    path.parent.mkdir()
    path.touch()

    with Ledger.open(path) as ledger:
        assert ledger.questions() == []
        assert ledger.examine() == []


@pytest.mark.parametrize("content", [b"x", "这不是台账".encode() * 1000, bytes(8192)])
def test_something_else_is_refused_and_left_alone(path, content):
    path.parent.mkdir()
    path.write_bytes(content)

    assert isinstance(refused(path), NotALedger)


def test_another_programs_database_is_refused_and_left_alone(path):
    path.parent.mkdir()
    in_file(path, "CREATE TABLE calls (id INTEGER)")

    assert isinstance(refused(path), NotALedger)


def test_a_cut_ledger_is_refused_and_left_alone(written):
    written.write_bytes(written.read_bytes()[: written.stat().st_size // 2])

    assert isinstance(refused(written), NotALedger)


def test_a_ledger_with_damage_inside_is_told_when_it_is_read(written):
    content = bytearray(written.read_bytes())
    start = len(content) // 3
    content[start:] = b"\xa5" * (len(content) - start)
    written.write_bytes(content)

    def read():
        with Ledger.open(written) as ledger:
            ledger.questions()

    with pytest.raises(NotALedger):
        read()


def test_a_newer_ledger_is_refused_and_left_alone(written):
    in_file(
        written,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('ledger', 'm999_from_the_future', '2099-01-01')",
    )

    error = refused(written)

    assert isinstance(error, LedgerFromNewerVersion)
    assert error.steps == ("m999_from_the_future",)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    place = tmp_path / "missing" / "ledger.db"
    with pytest.raises(LedgerUnwritable) as error:
        Ledger.open(place)
    assert error.value.path == place


def test_a_folder_is_no_ledger(tmp_path):
    with pytest.raises(NotALedger) as error:
        Ledger.open(tmp_path)
    assert error.value.path == tmp_path


def test_a_ledger_that_another_program_holds_is_told(written, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with (
        closing(sqlite3.connect(written, isolation_level=None)) as other,
        Ledger.open(written) as ledger,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy):
            ledger.add_call(a_call(), by="甲")
        assert len(ledger.calls()) == 1

        other.execute("ROLLBACK")
        ledger.add_call(a_call(), by="甲")
        assert len(ledger.calls()) == 2


def with_a_next_step(monkeypatch, step):
    later = Migrations("ledger")
    later._migrations = [*schema.migrations._migrations]
    later(name="m002_next")(step)
    monkeypatch.setattr(schema, "migrations", later)


def test_a_copy_is_kept_before_an_upgrade(written, monkeypatch):
    def step(db):
        db.execute("ALTER TABLE episodes ADD COLUMN mood TEXT")

    with_a_next_step(monkeypatch, step)
    with Ledger.open(written) as ledger:
        assert schema.pending_steps(ledger._db) == []
        assert len(ledger.questions()) == 50
    monkeypatch.undo()

    (copy,) = (written.parent / "backups").iterdir()
    assert copy.name.startswith("ledger-before-m002_next-")
    with Ledger.open(copy) as ledger:
        assert len(ledger.questions()) == 50
        assert ledger.examine() == []
    with pytest.raises(LedgerFromNewerVersion):
        Ledger.open(written)


def test_an_upgrade_that_fails_changes_nothing(written, monkeypatch):
    class StepFailed(Exception):
        pass

    def step(db):
        db.execute("DELETE FROM answers")
        raise StepFailed

    with_a_next_step(monkeypatch, step)
    with pytest.raises(StepFailed):
        Ledger.open(written)
    monkeypatch.undo()

    with Ledger.open(written) as ledger:
        assert len(ledger.questions()) == 50
        assert ledger.examine() == []


def test_a_backup_is_one_whole_ledger(ledger, path, tmp_path):
    ledger.add_question(a_question(point="拖欠工资"), by="甲")
    ledger.add_take(TAKE, 190, AT)
    ledger.copy_utterances(TAKE, [heard("工资")])

    copies = [ledger.backup(tmp_path / "backups") for _ in range(2)]

    assert sorted(copies) == sorted((tmp_path / "backups").iterdir())
    with Ledger.open(copies[0]) as copy:
        assert copy.questions() == ledger.questions()
        assert copy.search("工资") == ledger.search("工资")
        assert copy.examine() == []


def test_a_ledger_belongs_to_its_thread(ledger):
    found = []

    def read():
        try:
            ledger.calls()
        except sqlite3.ProgrammingError as error:
            found.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()

    assert len(found) == 1


def test_a_workspace_can_be_copied_with_its_ledger(written, tmp_path):
    shutil.copytree(written.parent, tmp_path / "另一处")

    with Ledger.open(tmp_path / "另一处" / written.name) as ledger:
        assert len(ledger.questions()) == 50
