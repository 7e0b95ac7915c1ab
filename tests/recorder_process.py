"""The recorder as tests use it: a real process, real files, found again by what it wrote."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hotline_desk.take.take import Take, ask_to_stop
from tests.coded_sound import Run, runs

PATIENCE = 20.0  # seconds; only reached by a failing test


class RecorderProcess:
    """``hotline-desk record`` on a workspace of its own."""

    def __init__(
        self,
        workspace: Path,
        *lines: str,
        take: Path | None = None,
        env=None,
        more=(),
        before=(),
    ):
        self.workspace = workspace
        self.take = take or workspace / "take"
        options = [text for line in lines for text in ("--line", line)]
        where = ("--workspace", str(workspace), "--json", "--take", str(self.take))
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "hotline_desk", "record", *where, *options, *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | (env or {}),
            text=True,
        )

    def wait(self) -> tuple[int, list[dict], str]:
        """Return the exit code, the facts it printed and what it said on standard error."""
        out, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, [json.loads(line) for line in out.splitlines()], said

    def started(self, seconds: float = 0.0) -> Take:
        """Wait until *seconds* of every line are on the disk; return the take."""
        wait_until(lambda: (self.take / "take.json").exists() or self.process.poll() is not None)
        take = Take(self.take)
        wait_until(
            lambda: all(
                take.length(line.name) >= max(1, seconds * line.rate_hz) for line in take.lines
            )
        )
        return take

    def children(self) -> list[int]:
        """Return the process ids of its capture children."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        found = sorted(int(pid) for task in tasks for pid in task.read_text().split())
        return [pid for pid in found if b"capture-child" in command_line(pid)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def wait_until(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def command_line(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def events(take: Take, name: str) -> list[dict]:
    return [event for event in take.events() if event["event"] == name]


def heard(take: Take, name: str, lines: int = 2) -> list[Run]:
    """Return what is on the disk of a line, without the silence."""
    found = runs(take.read(name, 0, take.length(name)), lines=lines)
    return [run for run in found if run.line is not None]


def stop(recorder: RecorderProcess, take: Take) -> list[dict]:
    """End the take in order; return the facts that the recorder printed."""
    ask_to_stop(take.folder)
    code, facts, said = recorder.wait()
    assert (code, said) == (0, "")
    return facts


def lost(take: Take, line: str = "line1") -> list[str]:
    """Return why a line was lost and that it came back, in order."""
    return [
        event.get("reason", "back")
        for event in take.events()
        if event["event"] in {"device_lost", "device_back"} and event["line"] == line
    ]
