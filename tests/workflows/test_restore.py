"""A copy of the ledger takes its place, and what was there is kept, sound or not."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from hotline_desk import cli
from hotline_desk.domain.episodes import Episode
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.workflows.workspace import prepare

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


def test_a_damaged_ledger_is_replaced_and_kept_as_it_was(capsys, workspace):
    _, made, _ = run(capsys, workspace, "backup")
    workspace.ledger.write_bytes(b"no ledger" * 1000)

    code, told, _ = run(capsys, workspace, "restore", made["backup"])

    assert code == 0
    assert episodes(workspace.ledger) == [FIRST]
    assert Path(told["kept"]).read_bytes() == b"no ledger" * 1000


@pytest.mark.parametrize("content", [None, b"", b"no ledger" * 1000])
def test_what_is_no_ledger_changes_nothing(capsys, workspace, tmp_path, content):
    bad = tmp_path / "坏.db"
    if content is not None:
        bad.write_bytes(content)

    code, _, err = run(capsys, workspace, "restore", bad)

    assert (code, err.count("\n")) == (1, 1)
    assert "不能用来恢复" in err
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
