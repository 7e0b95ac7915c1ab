"""What holds for every test: a home of its own, no network, nothing unexpected or left behind."""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import Phase, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first import of PySide6

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # a shell in the background ignores Ctrl+C, and so would all that the tests start
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    # so does nohup with a terminal's end; what has a handler is as usual in every child
    signal.signal(signal.SIGHUP, lambda *_: None)

# no test times: a machine may be busy
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
# the gate tells what failed; a run of that test alone finds the smallest example, in minutes
settings.register_profile(
    "gate", deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 5.0
HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}
SOUND_SERVER_VARIABLES = ("PULSE_SERVER", "PULSE_SOURCE", "PULSE_SINK", "PULSE_RUNTIME_PATH")


def pytest_collection_finish():
    """Keep what was imported and collected, which stays to the end, from every look for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """A home for this run alone; at the end no process that was born with it may live."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable, below in HOME_VARIABLES.items():
            (folder / below).mkdir(mode=0o700, parents=True, exist_ok=True)
            patch.setenv(variable, str(folder / below))
        for variable in SOUND_SERVER_VARIABLES:
            patch.delenv(variable, raising=False)
        yield folder
        born_here = f"HOME={folder}".encode()
        left = _soon_empty(lambda: [pid for pid in _processes() if born_here in _environment(pid)])
        assert not left, f"processes left behind by the tests: {_command_lines(left)}"


@pytest.fixture(scope="session")
def fonts(home):
    """Have the fonts made in a process of its own: what draws them leaves one behind in its."""
    subprocess.run(
        [sys.executable, "-m", "tools.fonts.make"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
    )


@pytest.fixture(autouse=True)
def no_network():
    """Let sockets reach this machine alone."""
    refused = []

    def guarded(real):
        def call(self, *arguments):
            address = arguments[-1]
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
                refused.append(address)
                raise OSError(f"a test may not reach {address}")
            return real(self, *arguments)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        yield
    assert not refused, f"the test wanted the network: {refused}"


@pytest.fixture(autouse=True)
def no_unexpected_log(caplog):
    """Fail on a warning in the log; a test that expects one reads it and calls caplog.clear()."""
    yield
    said = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    assert not said, f"unexpected log: {said}"


@pytest.fixture(autouse=True)
def nothing_left_behind():
    """Fail on a thread, a child process or a window that outlives its test."""
    threads_before, children_before = set(threading.enumerate()), set(_children())
    yield
    windows = _soon_empty(_visible_windows)
    threads = _soon_empty(
        lambda: [
            thread
            for thread in threading.enumerate()
            if thread not in threads_before
            and not isinstance(thread, threading._DummyThread)  # Qt's pool keeps its threads
        ]
    )
    children = _soon_empty(lambda: [pid for pid in _children() if pid not in children_before])
    assert not windows, f"windows left open: {windows}"
    assert not threads, f"threads left running: {threads}"
    assert not children, f"children left running: {_command_lines(children)}"


def _soon_empty(look):
    """Return what *look* still finds after a little patience; mostly it finds nothing at once."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def _is_here(host):
    return host in {"", "localhost", "::1"} or host.startswith("127.")


def _visible_windows():
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets and widgets.QApplication.instance()
    if not application:
        return []
    application.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete
    return [str(widget) for widget in application.topLevelWidgets() if widget.isVisible()]


def _processes():
    """Return the processes of this machine, nothing where there is no /proc."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _children():
    """Return the children of this process, without those that have ended and wait to be asked."""
    return [pid for pid in _processes() if _is_living_child(pid)]


def _is_living_child(pid):
    try:
        line = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    state, parent = line.rpartition(b")")[2].split()[:2]
    return int(parent) == os.getpid() and state != b"Z"


def _environment(pid):
    try:
        return Path(f"/proc/{pid}/environ").read_bytes() if pid != os.getpid() else b""
    except OSError:
        return b""


def _command_lines(pids):
    lines = []
    for pid in pids:
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        lines.append(f"{pid}: {b' '.join(words).decode(errors='replace')[:200]}")
    return lines
