"""Small disks, for tests that fill them."""

import contextlib
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MEGABYTE = 1 << 20


def fill(disk: Path, *, leave: int = 0) -> Path:
    """Take all the room but *leave* bytes; deleting the returned file gives it back."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        wanted = shutil.disk_usage(disk).free - leave if leave else sys.maxsize
        while file.tell() < wanted and _takes(file):
            pass
    return filler


def _takes(file: io.FileIO) -> bool:
    try:
        return bool(file.write(bytes(4096)))
    except OSError:
        return False


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Mount an empty file system of *size* on *folder*; skip where this process may not."""
    folder.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no mount command on this system")
    if done.returncode != 0:
        pytest.skip("mounting a small tmpfs needs root")
    try:
        yield folder
    finally:
        # a test may have taken it away
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


@pytest.fixture
def small_disk(tmp_path: Path):
    """An empty file system of 1 MB."""
    with mounted(tmp_path / "小磁盘", "1m") as folder:
        yield folder
