"""A ledger that lies where nothing can be written: a disc, a write-protected stick, a copy."""

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from hotline_desk.errors import LedgerUnwritable, NotALedger
from hotline_desk.ledger import Ledger
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question, heard
from tests.ledger.test_opening import with_a_next_step


def filled(path):
    with Ledger.open(path) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        call = ledger.add_call(a_call(), by="甲")
        ledger.add_question(a_question(call_id=call.id, text="拖欠工资"), by="甲")
        ledger.add_take(TAKE, EPISODE.number, AT)
        ledger.copy_utterances(TAKE, [heard("老板拖欠工资")])


def protect(disk):
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def reads_and_does_not_write(path):
    before = {file.name for file in path.parent.iterdir()}
    with Ledger.open(path) as ledger:
        assert [episode.number for episode in ledger.episodes()] == [190]
        assert len(ledger.calls()) == len(ledger.questions()) == 1
        assert {hit.text for hit in ledger.search("工资")} == {"老板拖欠工资", "拖欠工资"}
        assert ledger.examine() == []
        with pytest.raises(LedgerUnwritable):
            ledger.add_call(a_call(), by="甲")
        with pytest.raises(KeyError), ledger._read():
            raise KeyError  # a fault of the program stays one
        assert len(ledger.calls()) == 1
        assert ledger.examine() == []
    assert {file.name for file in path.parent.iterdir()} == before


def test_a_ledger_on_a_protected_disk_is_read(small_disk):
    path = small_disk / "工作 区#1?" / "ledger.db"
    path.parent.mkdir()
    filled(path)
    protect(small_disk)

    reads_and_does_not_write(path)


def test_a_backup_on_a_protected_disk_is_read(small_disk, tmp_path):
    filled(tmp_path / "ledger.db")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        copy = ledger.backup(small_disk)
    protect(small_disk)

    reads_and_does_not_write(copy)


def test_a_log_that_cannot_be_followed_is_not_passed_over(small_disk):
    filled(small_disk / "ledger.db")
    with Ledger.open(small_disk / "ledger.db") as ledger:
        ledger.add_call(a_call(), by="甲")
        for name in ("ledger.db", "ledger.db-wal"):  # as a machine that went dead leaves them
            shutil.copy(small_disk / name, small_disk / name.replace("ledger", "left"))
    protect(small_disk)

    with pytest.raises(LedgerUnwritable):
        Ledger.open(small_disk / "left.db")


def test_a_ledger_that_would_have_to_be_upgraded_is_not_read(small_disk, monkeypatch):
    filled(small_disk / "ledger.db")
    protect(small_disk)
    with_a_next_step(monkeypatch, lambda db: db.execute("ALTER TABLE episodes ADD COLUMN mood"))

    with pytest.raises(LedgerUnwritable):
        Ledger.open(small_disk / "ledger.db")


def test_damage_there_is_told_as_damage(small_disk):
    path = small_disk / "ledger.db"
    filled(path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_master SET sql = replace(sql, 'urgent', 'urgens')")
    protect(small_disk)

    with Ledger.open(path) as ledger:
        with pytest.raises(NotALedger):
            ledger.calls()
        assert "calls 的结构不是建立时的样子" in ledger.examine()


def test_an_index_at_odds_with_its_content_is_found_there_too(small_disk):
    path = small_disk / "ledger.db"
    filled(path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DELETE FROM utterances_fts_data WHERE id > 10")
    protect(small_disk)

    with Ledger.open(path) as ledger:
        assert "字幕的检索与内容不符，请用 doctor --rebuild 重建" in ledger.examine()


def test_no_ledger_can_be_made_on_a_protected_disk(small_disk):
    protect(small_disk)

    with pytest.raises(LedgerUnwritable):
        Ledger.open(small_disk / "ledger.db")
