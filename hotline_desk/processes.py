"""Programs that this one starts: itself as a child, those that are not ours, the user's own."""

from __future__ import annotations

import contextlib
import os
import shlex
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

if sys.platform == "win32":
    import ctypes

COMMAND_NAME = "hotline-desk-cli"
"""The frozen program's executable for everything but the window."""

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


def input_closed() -> threading.Event:
    """Return what is set when this process's standard input closes, if that is a pipe.

    Whoever started this process closes it to have it stop, and does so by its end, too.
    """
    closed = threading.Event()
    try:
        is_pipe = stat.S_ISFIFO(os.fstat(0).st_mode)
    except OSError:
        is_pipe = False
    if is_pipe:
        threading.Thread(target=_wait_for_close, args=(closed,), daemon=True).start()
    return closed


def _wait_for_close(closed: threading.Event) -> None:
    # the bare descriptor: a reader blocked in sys.stdin would abort the interpreter's end
    while os.read(0, 4096):
        pass
    closed.set()


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

else:

    def _creation_flags(*, detached: bool) -> list[int]:
        """Return none: flags are known on Windows only, elsewhere a session detaches."""
        del detached
        return [0]

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
