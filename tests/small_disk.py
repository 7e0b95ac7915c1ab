"""A disk of one megabyte, for tests that fill it."""

import io
import subprocess
from pathlib import Path

import pytest


def fill(disk: Path) -> Path:
    """Take all the room that is left; deleting the returned file gives it back."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        while _takes(file):
            pass
    return filler


def _takes(file: io.FileIO) -> bool:
    try:
        return bool(file.write(bytes(4096)))
    except OSError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path):
    """An empty file system of 1 MB; skipped where this process may not mount one."""
    folder = tmp_path / "小磁盘"
    folder.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no mount command on this system")
    if mounted.returncode != 0:
        pytest.skip("mounting a small tmpfs needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
