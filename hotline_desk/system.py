"""All that differs from system to system: starting children, locks, syncing, opening files."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

_READER_TRIES, _READER_SECONDS = 20, 0.02

COMMAND_NAME = "hotline-desk-cli"
"""The frozen program's executable for everything but the window."""

_NETWORK_KINDS = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"}
_DRIVE_REMOTE = 4
_BEHIND_OTHERS = 10
"""How nice a program in the background is, of 19."""
_BEFORE_OTHERS = -5


def own_command(*arguments: str) -> list[str]:
    """Return the command line that runs this program: from a checkout, installed or frozen."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        return [str(Path(sys.executable).with_name(COMMAND_NAME + suffix)), *arguments]
    return [sys.executable, "-m", "hotline_desk", *arguments]


def typed_command(*arguments: str) -> str:
    """Return the line that a person types or pastes, wherever he stands, to run this program."""
    words = own_command(*arguments)
    checkout = Path(__file__).resolve().parent.parent / "dev.py"
    if not getattr(sys, "frozen", False) and checkout.is_file():
        words = ["py" if sys.platform == "win32" else "python3", str(checkout), "run", *arguments]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def _own_environment(extra: Mapping[str, str]) -> dict[str, str]:
    environment = dict(os.environ) | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"} | dict(extra)
    if not getattr(sys, "frozen", False):
        # the child finds the same package whatever its working folder is
        package_home = str(Path(__file__).resolve().parent.parent)
        inherited = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = (
            os.pathsep.join((package_home, inherited)) if inherited else package_home
        )
    return environment


def foreign_environment() -> dict[str, str]:
    """Return the environment for a program that is not ours.

    A frozen program runs with its own library path; others get back the one they had before.
    """
    environment = dict(os.environ)
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        original = environment.pop(f"{name}_ORIG", None)
        if original is not None:
            environment[name] = original
        elif getattr(sys, "frozen", False):
            environment.pop(name, None)
    return environment


def start_foreign(
    command: Sequence[str],
    *,
    stdin: int | IO[bytes] | None = subprocess.DEVNULL,
    stdout: int | IO[bytes] | None = subprocess.DEVNULL,
    stderr: int | IO[bytes] | None = subprocess.DEVNULL,
    behind_others: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a program that is not ours.

    Args:
        command: the program and its arguments.
        stdin: as for subprocess.Popen; nothing by default.
        stdout: the same.
        stderr: the same.
        behind_others: whether everything else on the machine comes first.

    Raises:
        OSError: it cannot be started.
    """
    process = subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=foreign_environment(),
        creationflags=_foreign_flags(behind_others=behind_others),
    )
    if behind_others:
        _put_behind_others(process.pid)
    return process


def start_child(
    *arguments: str,
    detached: bool = False,
    stdin: int | IO[bytes] | None = subprocess.DEVNULL,
    stdout: int | IO[bytes] | None = subprocess.DEVNULL,
    stderr: int | IO[bytes] | None = subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start this program with *arguments* as a child.

    Args:
        arguments: the command and its options, as on the command line.
        detached: whether the child outlives this process and its console.
        stdin: as for subprocess.Popen; nothing by default.
        stdout: the same.
        stderr: the same.
        environment: variables added to this process's own.
    """

    def start(creation_flags: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            own_command(*arguments),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=_own_environment(environment or {}),
            close_fds=True,
            start_new_session=detached,
            creationflags=creation_flags,
        )

    *better, plain = _creation_flags(detached=detached)
    for flags in better:
        with contextlib.suppress(PermissionError):
            return start(flags)
    return start(plain)


if sys.platform == "win32":

    def _creation_flags(*, detached: bool) -> list[int]:
        """Return the flags to try, the best first.

        A job that ends with this process would end a detached child, too; not every job lets
        its processes leave.
        """
        if not detached:
            return [subprocess.CREATE_NO_WINDOW]
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        return [flags | subprocess.CREATE_BREAKAWAY_FROM_JOB, flags]

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def sync_folder(_folder: Path) -> None:
        """Write a folder's entries to the disk; NTFS keeps its own journal of them."""

    def is_remote(path: Path) -> bool:
        """Return whether *path*, an absolute one, lies on another machine."""
        drive_type = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return path.drive.startswith("\\\\") or drive_type == _DRIVE_REMOTE

    def _foreign_flags(*, behind_others: bool) -> int:
        """Return the flags for a program that is not ours: no console flashes up."""
        place = subprocess.BELOW_NORMAL_PRIORITY_CLASS if behind_others else 0
        return subprocess.CREATE_NO_WINDOW | place

    def _put_behind_others(_pid: int) -> None:
        """Do nothing: the flags it was started with have done it."""

    def go_before_others() -> None:
        """Let this process have the processor before the desk's other programs."""
        this_process = ctypes.c_void_p(-1)
        ctypes.windll.kernel32.SetPriorityClass(
            this_process, subprocess.ABOVE_NORMAL_PRIORITY_CLASS
        )

    def open_file(path: Path) -> None:
        """Open *path* in the program that the user has for it.

        Raises:
            OSError: there is none.
        """
        os.startfile(path)  # noqa: S606  the user's own choice of program

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

    def _creation_flags(*, detached: bool) -> list[int]:
        """Return none: flags are known on Windows only, elsewhere a session detaches."""
        del detached
        return [0]

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

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

    def _foreign_flags(*, behind_others: bool) -> int:
        """Return none: flags are known on Windows only."""
        del behind_others
        return 0

    def _put_behind_others(pid: int) -> None:
        """Let a child of this process have the processor when nobody else wants it."""
        os.setpriority(os.PRIO_PROCESS, pid, _BEHIND_OTHERS)

    def go_before_others() -> None:
        """Let this process have the processor before the desk's other programs, where allowed."""
        with contextlib.suppress(PermissionError):  # most systems keep it for the administrator
            os.setpriority(os.PRIO_PROCESS, 0, _BEFORE_OTHERS)

    def open_file(path: Path) -> None:
        """Open *path* in the program that the user has for it.

        Raises:
            OSError: there is none.
        """
        subprocess.Popen(
            ["xdg-open", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=foreign_environment(),
        )

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
