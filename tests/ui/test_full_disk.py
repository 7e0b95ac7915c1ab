"""A window that is opened on a full disk: read at once, and as ever once there is room."""

import subprocess
import sys
from pathlib import Path

import pytest

from hotline_desk.errors import LedgerNotShared
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.ui.kit.jobs import Jobs
from hotline_desk.ui.kit.office import Office
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import EPISODE
from tests.small_disk import fill, mounted

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30_000


@pytest.fixture
def workspace(tmp_path):
    with mounted(tmp_path / "磁盘", "8m") as disk:
        workspace = prepare(Workspace(disk / "工会法律在线"))
        with Ledger.open(workspace.ledger) as ledger:
            ledger.save_episode(EPISODE, by="甲")
        yield workspace


@pytest.fixture
def office(qtbot, workspace):
    lanes = Jobs()
    office = Office(workspace, Settings(), lanes)
    yield office
    office.close()
    lanes.stop()
    office.deleteLater()


def test_others_wait_for_room_alone_and_so_does_the_days_copy(qtbot, workspace, office):
    filler = fill(workspace.root)
    failures, found = [], []
    office.jobs.failed.connect(failures.append)
    with qtbot.waitSignal(office.doubted, timeout=PATIENCE) as doubted:
        office.open_ledger()
    office.ask(lambda ledger: ledger.episodes(), owner=office, then=found.append)
    qtbot.waitUntil(lambda: found == [[EPISODE]], timeout=PATIENCE)
    assert isinstance(doubted.args[0], LedgerNotShared)
    assert not list(workspace.backups.glob("*"))

    filler.unlink()

    qtbot.waitUntil(lambda: any(workspace.backups.glob("ledger-*.db")), timeout=PATIENCE)
    command = [sys.executable, "-m", "hotline_desk", "--workspace", str(workspace.root)]
    listed = subprocess.run([*command, "ledger", "list"], cwd=ROOT, check=False)
    assert listed.returncode == 0
    assert failures == []
