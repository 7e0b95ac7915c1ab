"""What differs from system to system: locks, syncing, clocks, memory, the session's end."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import time
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

_READER_TRIES, _READER_SECONDS = 20, 0.02

_NETWORK_KINDS = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"}
_DRIVE_REMOTE = 4


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def is_held(_path: Path) -> bool:
        """Return False: Windows itself exchanges no file that another process has open."""
        return False

    def sync_folder(_folder: Path) -> None:
        """Write a folder's entries to the disk; NTFS keeps its own journal of them."""

    def is_remote(path: Path) -> bool:
        """Return whether *path*, an absolute one, lies on another machine."""
        drive_type = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return path.drive.startswith("\\\\") or drive_type == _DRIVE_REMOTE

    def steady_ns() -> int:
        """Return a clock that nobody sets and that goes on while the machine sleeps, in ns.

        The same for all processes of the machine. Take time is read from it.
        """
        return time.perf_counter_ns()  # the monotonic clock steps by 16 ms

    def slept_ns() -> int:
        """Return how long the machine has slept since it was started, in ns."""
        whole, awake = ctypes.c_ulonglong(), ctypes.c_ulonglong()
        with_sleep = ctypes.WinDLL("api-ms-win-core-realtime-l1-1-1").QueryInterruptTime
        with_sleep(ctypes.byref(whole))
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(awake))
        return (whole.value - awake.value) * 100

    def block_shutdown(window_id: int, why: str) -> None:
        """Have Windows ask before it ends the session, and show *why*; the window's thread calls.

        Args:
            window_id: the window's handle.
            why: a few words.
        """
        ctypes.windll.user32.ShutdownBlockReasonCreate(window_id, ctypes.c_wchar_p(why))

    def allow_shutdown(window_id: int) -> None:
        """Take the reason back."""
        ctypes.windll.user32.ShutdownBlockReasonDestroy(window_id)

else:

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def is_held(path: Path) -> bool:
        """Return whether another process has locked a part of the file, as SQLite does.

        Never asked of one that this process has open besides: all its own locks go with it.

        Raises:
            OSError: the file cannot be written.
        """
        with path.open("r+b") as file:
            try:
                fcntl.lockf(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False

    def sync_folder(folder: Path) -> None:
        """Write a folder's entries to the disk, so that a new file in it survives a power cut."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def is_remote(path: Path) -> bool:
        """Return whether *path*, an absolute one, lies on another machine."""
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
        return is_mounted_from_elsewhere(path, mounts)

    def steady_ns() -> int:
        """Return a clock that nobody sets and that goes on while the machine sleeps, in ns.

        The same for all processes of the machine. Take time is read from it.
        """
        clock = time.CLOCK_BOOTTIME if sys.platform == "linux" else time.CLOCK_MONOTONIC
        return time.clock_gettime_ns(clock)

    def slept_ns() -> int:
        """Return how long the machine has slept since it was started, in ns."""
        return steady_ns() - time.monotonic_ns()

    def block_shutdown(_window_id: int, _why: str) -> None:
        """Do nothing: here the recorder's inhibitor makes the system ask."""

    def allow_shutdown(_window_id: int) -> None:
        """Do nothing, as above."""


def is_mounted_from_elsewhere(path: PurePath, mounts: str) -> bool:
    """Return whether *path* lies below a network's mount, as the table *mounts* of Linux says."""
    kinds: dict[str, str] = {}
    for line in mounts.splitlines():
        _device, place, kind, *_ = line.split(" ")
        # the table writes a blank in a name as \040, and so on
        kinds[re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)] = kind
    nearest = next((str(place) for place in (path, *path.parents) if str(place) in kinds), "")
    return kinds.get(nearest) in _NETWORK_KINDS


def is_full(error: OSError) -> bool:
    """Return whether *error* says that a disk has no room left."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def sync_content(descriptor: int) -> None:
    """Write a file's content and length to the disk."""
    if sys.platform == "linux":
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def write_through(path: Path) -> None:
    """Write the file at *path* to the disk; on Linux, what is read next comes from there.

    Raises:
        OSError: the disk fails.
    """
    with path.open("r+b") as file:
        sync_content(file.fileno())
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def make_folder(folder: Path) -> None:
    """Make *folder* and what is missing above it; they survive a power cut from now on.

    Raises:
        OSError: it cannot be made, or a file has its name.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def patiently(change: Callable[[], object]) -> None:
    """Do what Windows refuses while another process reads the file: replace or delete it.

    Raises:
        OSError: it is refused for longer than a reader takes.
    """
    for _ in range(_READER_TRIES):
        try:
            change()
        except PermissionError:
            time.sleep(_READER_SECONDS)
        else:
            return
    change()


def draft_of(path: Path) -> Path:
    """Return where `write_whole` lets the file grow; a crash may leave it there."""
    return path.with_name(f"{path.name}.new")


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all; it survives a power cut from now on.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    draft = draft_of(path)
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            sync_content(file.fileno())
        patiently(lambda: draft.replace(path))
        sync_folder(path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


class FileLock:
    """A lock that the system takes back when its process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Take the lock without waiting; return whether it is ours now."""
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None


def is_locked(path: Path) -> bool:
    """Return whether another process holds the lock on *path*; only reads it."""
    try:
        with path.open("rb") as file:
            try:
                _lock(file)
            except OSError:
                return True
    except FileNotFoundError:
        return False
    return False


def resident_bytes() -> int | None:
    """Return how much memory this process holds now, or None where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    held = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(held.split()[1]) * 1024


def has_display() -> bool:
    """Return whether a window could be shown here."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def use_utf8(streams: Sequence[object]) -> None:
    """Make the standard *streams* speak UTF-8 whatever the system's language is."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
