import stat
import sys
from pathlib import PurePosixPath

import pytest

from hotline_desk import cli, system
from hotline_desk.capture.room import recordable
from hotline_desk.errors import WorkspaceFull, WorkspaceSynchronised, WorkspaceUnwritable
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting
from hotline_desk.workflows import recording
from hotline_desk.workflows.workspace import prepare
from tests import small_disk as disk

small_disk = disk.small_disk


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


def test_a_full_disk_is_told_by_doctor(small_disk, capsys):
    root = small_disk / "工会法律在线"
    assert cli.run(["ledger", "init", "--workspace", str(root)]) == 0
    disk.fill(small_disk)

    assert cli.run(["doctor", "--workspace", str(root)]) == 1

    assert f"工作文件夹：发现 1 处问题\n  磁盘已满，“{root}”" in capsys.readouterr().out


def test_a_full_disk_is_told_as_full(small_disk):
    disk.fill(small_disk)

    with pytest.raises(WorkspaceFull) as error:
        prepare(Workspace(small_disk / "工会法律在线"))

    assert error.value.path == small_disk / "工会法律在线"


@pytest.mark.parametrize(
    "above",
    ["OneDrive - 日照市总工会", "onedrive", "Dropbox", "Nutstore", "坚果云", "我的坚果云",
     "百度网盘同步空间", "iCloudDrive", "iCloud~com~apple"],
)  # fmt: skip
def test_in_a_folder_that_a_cloud_carries_off_nothing_is_recorded(tmp_path, above):
    workspace = prepare(Workspace(tmp_path / above / "文档" / "工会法律在线"))

    with pytest.raises(WorkspaceSynchronised) as error:
        recordable(workspace.root)

    assert error.value.path == workspace.root


def test_a_link_does_not_hide_the_cloud_behind_it(tmp_path):
    cloud = tmp_path / "OneDrive" / "x"
    cloud.mkdir(parents=True)
    (tmp_path / "link").symlink_to(cloud, target_is_directory=True)

    with pytest.raises(WorkspaceSynchronised):
        recordable(tmp_path / "link")


@pytest.mark.parametrize("name", ["工会法律在线", "OneDriver", "坚果", "Dropbox-old.zip.d"])
def test_any_other_folder_will_do(tmp_path, name):
    recordable(prepare(Workspace(tmp_path / name)).root)


def test_the_recorder_is_not_started_in_such_a_folder(tmp_path):
    workspace = prepare(Workspace(tmp_path / "Dropbox" / "工会法律在线"))
    line = LineSetting(name="来电", device="file:none.wav", role="来电")

    with pytest.raises(WorkspaceSynchronised):
        recording.start(workspace, [line], folder=workspace.episodes / "a" / "take-1")

    assert list(workspace.episodes.iterdir()) == []


@pytest.mark.parametrize(
    ("mounts", "place", "remote"),
    [
        ("server:/a /mnt/nas nfs4 rw 0 0", "/mnt/nas/工作", True),
        ("//server/a /mnt/n\\040s cifs rw 0 0", "/mnt/n s", True),
        ("x@y: /home/a/far fuse.sshfs rw 0 0", "/home/a/far/b", True),
        ("x@y: /home/a/far fuse.sshfs rw 0 0", "/home/a/farther", False),
        ("s:/ /mnt nfs rw 0 0\n/dev/sdb1 /mnt/disk ext4 rw 0 0", "/mnt/disk/b", False),
        ("/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /home ext4 rw 0 0", "/home/b", False),
    ],
)
def test_which_folders_lie_on_another_machine(mounts, place, remote):
    table = f"rootfs / rootfs rw 0 0\n{mounts}\n"

    assert system.is_mounted_from_elsewhere(PurePosixPath(place), table) is remote
