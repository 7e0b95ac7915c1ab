"""个人信息删除（匿名化）: nothing of the person is left in any file, and every figure stays."""

import numpy as np
import pytest

from hotline_desk import cli
from hotline_desk.domain.deletions import Deletion
from hotline_desk.errors import DeletionNotNow, NothingToUndo, PersonRetained
from hotline_desk.ledger import Ledger
from hotline_desk.ledger.deleting import DeletingLedger
from hotline_desk.media.sound import open_line
from hotline_desk.paths import Workspace
from hotline_desk.system import FileLock
from hotline_desk.take.captions import heard_captions
from hotline_desk.take.take import Take
from hotline_desk.workflows.consolidate import consolidate
from hotline_desk.workflows.delete_person import delete, propose
from hotline_desk.workflows.undo import undo
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.workspace import prepare
from tests.coded_sound import coded, write_coded
from tests.recorder_process import RecorderProcess
from tests.workflows.deleted_person import (
    CALLER,
    NAME,
    PROGRAMME,
    SEAT,
    STUDIO,
    figures,
    files_that_tell,
    fill,
)

RATE, SECONDS = 4000, 200
LINES = (CALLER, STUDIO, SEAT, PROGRAMME)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A take that the recorder itself has written: four lines of coded sound, 200 s at 50 times."""
    root = tmp_path_factory.mktemp("recorded")
    sound = write_coded(root / "sound.wav", [0, 1, 2, 3], seconds=SECONDS, rate_hz=RATE)
    lines = [f"{name}=file:{sound}?channel={n}&speed=50" for n, name in enumerate(LINES, start=1)]
    with RecorderProcess(root, *lines) as recorder:
        assert recorder.wait()[0] == 0
    return recorder.take


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def take(workspace, recorded):
    folder = workspace.episodes / "2026-11-25-第190期" / "take-095000"
    folder.mkdir(parents=True)
    for path in recorded.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def ids(workspace, take, fonts, qapp, capsys):
    found = fill(workspace, take)
    capsys.readouterr()
    return found


def run(workspace, *words, answer=None):
    return cli.run(["delete-person", *words, "--workspace", str(workspace.root)])


def is_green(workspace, capsys):
    code = cli.run(["doctor", "--workspace", str(workspace.root)])
    told = capsys.readouterr()
    assert code == 0, told
    return told.out


@pytest.mark.parametrize("put_away", [False, True], ids=["segments", "flac"])
def test_nothing_of_the_person_is_left_in_any_file(workspace, take, ids, put_away, capsys):
    if put_away:
        consolidate(workspace, take, progress=lambda share, left: None, cancelled=lambda: False)
    told = files_that_tell(workspace.root)
    assert {"ledger.db", "episodes/2026-11-25-第190期/take-095000/captions.jsonl"} <= set(told)
    assert len(told) > 6, told
    before = figures(workspace)
    with Ledger.open(workspace.ledger) as ledger:
        number = ledger.question(ids["question"]).number

    code = run(workspace, number, "--with-files", "--with-backups", "--confirm", "删除")

    assert code == 0, capsys.readouterr()
    assert files_that_tell(workspace.root) == []
    assert figures(workspace) == before
    is_green(workspace, capsys)
