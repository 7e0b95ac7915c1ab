"""One take has one name in the ledger, whichever way the program came to its folder."""

import pytest

from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.take.captions import append_utterance
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.workflows.gather import gather
from hotline_desk.workflows.recording import relative
from hotline_desk.workflows.workspace import prepare
from tests.ledger.records import AT, EPISODE, TAKE, heard

LINE = LineInfo(id="line1", name="来电", role="来电", device="file:x", channel=1, rate_hz=16_000)


@pytest.fixture
def workspace(tmp_path):
    """A workspace reached by a link, whose episodes are a link to another disk."""
    real = prepare(Workspace(tmp_path / "real"))
    real.episodes.rename(tmp_path / "disk")
    real.episodes.symlink_to(tmp_path / "disk", target_is_directory=True)
    (tmp_path / "工会法律在线").symlink_to(real.root, target_is_directory=True)
    return Workspace(tmp_path / "工会法律在线")


@pytest.fixture
def take(workspace):
    folder = workspace.root / TAKE
    folder.mkdir(parents=True)
    create_take(folder, [LINE], started_at=AT, monotonic_ns=0, delay_seconds=0.0, speed=1.0)
    append_utterance(folder, heard("老板拖欠我两个月工资", 192.0))
    return folder


def test_a_take_is_named_the_same_by_every_path(workspace, take):
    paths = {take, take.resolve(), workspace.root.resolve() / TAKE}

    assert len(paths) == 3
    assert {relative(workspace, path) for path in paths} == {TAKE}


def test_a_folder_elsewhere_keeps_its_path(workspace, tmp_path):
    assert relative(workspace, tmp_path / "elsewhere") == (tmp_path / "elsewhere").as_posix()


def test_what_the_desk_has_copied_is_not_gathered_again(workspace, take):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by="甲")
        name = relative(workspace, take.resolve())
        ledger.add_take(name, EPISODE.number, AT)
        ledger.copy_utterances(name, [heard("老板拖欠我两个月工资", 192.0)])

        gather(ledger, workspace)

        assert list(ledger.takes()) == [TAKE]
        assert len(ledger.search("工资")) == 1
