"""A copy of the ledger takes its place, and what was there is kept, sound or not."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hotline_desk import cli
from hotline_desk.domain.episodes import Episode
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.workflows.keep import back_up_daily
from hotline_desk.workflows.workspace import prepare
from tests.small_disk import fill, small_disk

__all__ = ["small_disk"]

FIRST = Episode(number=190, on=date(2026, 11, 25))
SECOND = Episode(number=191, on=date(2026, 12, 2))


@pytest.fixture
def workspace(tmp_path):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(FIRST, by="甲")
    return workspace


def run(capsys, workspace, *arguments):
    code = cli.run([*map(str, arguments), "--workspace", str(workspace.root), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def episodes(path):
    with Ledger.open(Path(path)) as ledger:
        assert ledger.examine() == []
        return ledger.episodes()


def files(workspace):
    return sorted(path.name for path in workspace.root.iterdir() if path.is_file())


def test_a_ledger_that_somebody_works_with_is_left_alone_and_no_copy_of_it(capsys, workspace):
    _, made, _ = run(capsys, workspace, "backup")
    with Ledger.open(workspace.ledger) as other:
        assert other.episodes()

        code, _, said = run(capsys, workspace, "restore", made["backup"])

    assert code == 1
    assert "占用" in said
    assert [path.name for path in workspace.backups.iterdir()] == [Path(made["backup"]).name]


def test_a_copy_takes_the_ledger_s_place_and_that_is_kept(capsys, workspace):
    _, made, _ = run(capsys, workspace, "backup")
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(SECOND, by="甲")
    before = files(workspace)

    code, told, _ = run(capsys, workspace, "restore", made["backup"])

    assert code == 0
    assert episodes(workspace.ledger) == [FIRST]
    assert episodes(told["kept"]) == [SECOND, FIRST]
    assert set(files(workspace)) - set(before) <= {workspace.window_lock.name}
    assert episodes(made["backup"]) == [FIRST]


@pytest.mark.parametrize("content", [None, b""], ids=["gone", "empty"])
def test_the_log_of_a_lost_ledger_does_not_come_into_the_copy(capsys, workspace, tmp_path, content):
    _, made, _ = run(capsys, workspace, "backup")
    log = workspace.ledger.with_name("ledger.db-wal")
    with Ledger.open(workspace.ledger) as ledger:
        for number in range(192, 232):
            ledger.save_episode(replace(SECOND, number=number), by="甲")
        shutil.copy(log, tmp_path / "log")
    workspace.ledger.unlink()
    if content is not None:
        workspace.ledger.write_bytes(content)
    shutil.copy(tmp_path / "log", log)
    assert cli.run(["doctor", "--workspace", str(workspace.root)]) == 1
    capsys.readouterr()

    code, _, _ = run(capsys, workspace, "restore", made["backup"])

    assert code == 0
    assert episodes(workspace.ledger) == [FIRST]
    (kept,) = workspace.backups.glob("ledger-before-restore-*-wal")
    assert kept.read_bytes() == (tmp_path / "log").read_bytes()


def test_what_a_log_beside_the_ledger_still_holds_is_kept(capsys, workspace):
    """Somebody's program died: the newest entries lie in the log alone."""
    _, made, _ = run(capsys, workspace, "backup")
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(SECOND, by="甲")
        dead = workspace.root.parent / "died"
        shutil.copytree(workspace.root, dead)  # as the disk was when it died
    dead = Workspace(dead)
    assert dead.ledger.with_name("ledger.db-wal").stat().st_size

    _, told, _ = run(capsys, dead, "restore", made["backup"])

    assert episodes(dead.ledger) == [FIRST]
    assert episodes(told["kept"]) == [SECOND, FIRST]


def test_a_copy_with_its_log_beside_it_brings_the_log_s_rows(capsys, workspace, tmp_path):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(SECOND, by="甲")
        copy = tmp_path / "死时的样子"
        shutil.copytree(workspace.root, copy)
    assert (copy / "ledger.db-wal").stat().st_size

    code, _, _ = run(capsys, workspace, "restore", copy / "ledger.db")

    assert code == 0
    assert episodes(workspace.ledger) == [SECOND, FIRST]


def test_there_is_a_way_back(capsys, workspace):
    _, made, _ = run(capsys, workspace, "backup")
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(SECOND, by="甲")
    _, told, _ = run(capsys, workspace, "restore", made["backup"])

    run(capsys, workspace, "restore", told["kept"])

    assert episodes(workspace.ledger) == [SECOND, FIRST]


def test_a_backup_is_found_by_its_name_alone(capsys, workspace, tmp_path, monkeypatch):
    _, made, _ = run(capsys, workspace, "backup")
    monkeypatch.chdir(tmp_path)
    name = Path(made["backup"]).name

    code, told, _ = run(capsys, workspace, "restore", name)
    elsewhere, _, _ = run(capsys, workspace, "restore", tmp_path / name)

    assert (code, told["restored"]) == (0, made["backup"])
    assert elsewhere == 1


def test_a_disk_that_is_full_leaves_no_half_copy(capsys, workspace, small_disk):
    _, made, _ = run(capsys, workspace, "backup")
    full = Workspace(small_disk / "满")
    shutil.copytree(workspace.root, full.root)
    fill(small_disk, leave=300_000)

    code, _, err = run(capsys, full, "restore", made["backup"])

    assert (code, err.count("\n")) == (1, 1)
    assert "磁盘空间" in err
    assert episodes(full.ledger) == [FIRST]
    assert not [path for path in full.backups.iterdir() if "before-restore" in path.name]


def test_a_fault_that_doctor_tells_comes_along(capsys, workspace, tmp_path):
    shutil.copy(workspace.ledger, tmp_path / "旧.db")
    with closing(sqlite3.connect(tmp_path / "旧.db")) as db, db:
        db.execute("UPDATE episodes SET topic = '没有历史的改动'")

    code, told, _ = run(capsys, workspace, "restore", tmp_path / "旧.db")

    assert (code, told["faults"]) == (0, 1)


def test_copies_by_hand_take_no_day_s_place(capsys, workspace):
    for _ in range(3):
        run(capsys, workspace, "backup")
    with Ledger.open(workspace.ledger) as ledger:
        assert back_up_daily(ledger, workspace) is not None


@pytest.mark.parametrize("place", [0, 5 * 4096, -4096], ids=["head", "middle", "end"])
def test_a_damaged_ledger_is_replaced_and_kept_as_it_was(capsys, workspace, place):
    _, made, _ = run(capsys, workspace, "backup")
    damaged = bytearray(workspace.ledger.read_bytes())
    damaged[place : place + 4000] = b"\xa5" * 4000
    workspace.ledger.write_bytes(damaged)

    assert "restore" in run(capsys, workspace, "backup")[2]
    code, told, _ = run(capsys, workspace, "restore", made["backup"])

    assert code == 0
    assert episodes(workspace.ledger) == [FIRST]
    assert Path(told["kept"]).read_bytes() == damaged


@pytest.mark.parametrize("content", [None, b""], ids=["gone", "empty"])
def test_a_lost_ledger_is_missed_by_every_command_and_restored(capsys, workspace, content):
    _, made, _ = run(capsys, workspace, "backup")
    workspace.ledger.unlink()
    if content is not None:
        workspace.ledger.write_bytes(content)

    for command in (["doctor"], ["ledger", "list"], ["ledger", "init"], ["backup"]):
        code = cli.run([*command, "--workspace", str(workspace.root)])
        said = capsys.readouterr().err
        assert (code, said.count("\n")) == (1, 1), command
        assert "restore" in said
    code, _, _ = run(capsys, workspace, "restore", made["backup"])

    assert code == 0
    assert episodes(workspace.ledger) == [FIRST]


@pytest.mark.parametrize("content", [None, b"", b"no ledger" * 1000])
def test_what_is_no_ledger_changes_nothing(capsys, workspace, tmp_path, content):
    bad = tmp_path / "坏.db"
    if content is not None:
        bad.write_bytes(content)

    code, _, err = run(capsys, workspace, "restore", bad)

    assert (code, err.count("\n")) == (1, 1)
    assert "不能用来恢复" in err
    assert ("没有“" in err) == (content is None)
    assert ("损坏" in err) == (content is not None)
    assert episodes(workspace.ledger) == [FIRST]
    assert not list(workspace.backups.iterdir())


def test_a_copy_damaged_in_its_middle_changes_nothing(capsys, workspace):
    _, made, _ = run(capsys, workspace, "backup")
    whole = bytearray(Path(made["backup"]).read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 4096] = bytes(4096)
    bad = workspace.backups / "坏.db"
    bad.write_bytes(whole)

    code, _, err = run(capsys, workspace, "restore", bad)

    assert (code, err.count("\n")) == (1, 1)
    assert episodes(workspace.ledger) == [FIRST]


def test_nothing_is_restored_under_an_open_window(capsys, workspace):
    _, made, _ = run(capsys, workspace, "backup")
    lock = FileLock(workspace.window_lock)
    assert lock.acquire()
    try:
        code, _, err = run(capsys, workspace, "restore", made["backup"])
    finally:
        lock.release()

    assert (code, err.count("\n")) == (1, 1)
    assert "已经在另一个窗口里打开" in err
