import stat
import sys

import pytest

from hotline_desk.errors import WorkspaceUnwritable
from hotline_desk.paths import Workspace
from hotline_desk.workflows.workspace import prepare


def test_folders_are_made_once_and_kept(tmp_path):
    workspace = Workspace(tmp_path / "新" / "工会法律在线")

    assert prepare(workspace) is workspace
    (workspace.episodes / "x").touch()
    prepare(workspace)

    made = sorted(folder.name for folder in workspace.root.iterdir())
    assert made == ["backups", "episodes", "logs"]
    assert [file.name for file in workspace.episodes.iterdir()] == ["x"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are not Windows' way")
def test_a_new_workspace_is_closed_to_others(tmp_path):
    workspace = prepare(Workspace(tmp_path / "工会法律在线"))

    for folder in (workspace.root, workspace.episodes, workspace.backups, workspace.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_a_workspace_is_told(tmp_path):
    file = tmp_path / "文件"
    file.touch()

    for root in (file, file / "里面"):
        with pytest.raises(WorkspaceUnwritable) as error:
            prepare(Workspace(root))
        assert error.value.path == root
