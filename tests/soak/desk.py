"""A whole desk at work: a sound server that plays, the recorder, the window and its captioner."""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from hotline_desk.capture.sound_server import SoundServer, sound_server
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting
from hotline_desk.system import steady_ns
from hotline_desk.take.take import Take
from hotline_desk.workflows import recording
from hotline_desk.workflows.workspace import prepare
from tests.coded_speech import RATE_HZ, Played, played, runs, write_speech
from tests.e2e.desk_runs import command, environment
from tests.recorder_process import alive, wait_until
from tests.soak.account import TAIL

NAMES = ("来电", "演播室")
SINKS = ("caller", "studio")
PATIENCE = 40.0


@dataclass
class Desk:
    """Its processes; each is found anew, because each may be killed."""

    workspace: Workspace
    server: SoundServer
    sounds: list[Played]
    log: Path
    takes: list[Path] = field(default_factory=list)
    """Every take so far, in order."""
    players: list[subprocess.Popen] = field(default_factory=list)
    window: subprocess.Popen | None = None

    def record(self) -> Take:
        """Begin a take, as the desk does."""
        lines = [
            LineSetting(name=name, device=self.server.source(sink), role=name)
            for name, sink in zip(NAMES, SINKS, strict=True)
        ]
        now = datetime.now().astimezone()
        folder = recording.take_folder(self.workspace, "长时间试验", now)
        recording.start(self.workspace, lines, folder=folder, environment=self.server.environment)
        return self.find_take()

    def play(self) -> None:
        """Let both lines sound."""
        self.players = [
            self.server.play(sound.path, sink)
            for sound, sink in zip(self.sounds, SINKS, strict=True)
        ]

    def open_window(self) -> None:
        """Open the window, and wait until it has the take captioned."""
        with self.log.open("ab") as log:
            self.window = subprocess.Popen(
                command(workspace=self.workspace.root),
                env=environment(QT_QPA_PLATFORM="offscreen", **self.server.environment),
                stdout=log,
                stderr=log,
            )
        wait_until(lambda: self.captioner() or self.window.poll() is not None, PATIENCE)
        assert self.window.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]

    def find_take(self) -> Take:
        """Wait for a take that is being recorded, and has sound; return it."""
        wait_until(lambda: recording.running(self.workspace), PATIENCE)
        folder = recording.running(self.workspace) or self.takes[-1]
        if folder not in self.takes:
            self.takes.append(folder)
        take = Take(folder)
        wait_until(lambda: all(take.length(name) for name in NAMES), PATIENCE)
        return take

    def recorder(self) -> int:
        """The recorder's process id."""
        told = json.loads((self.workspace.root / "recorder.json").read_text(encoding="utf-8"))
        return int(told["pid"])

    def children(self) -> list[int]:
        """The capture children's process ids, in the order of the lines."""
        found = {}
        for pid in _children(self.recorder()):
            words = _words(pid)
            if b"capture-child" in words:
                found[words[-1].decode()] = pid
        return [found[self.server.source(sink)] for sink in SINKS]

    def captioner(self) -> int | None:
        """The captioner's process id."""
        if self.window is None:
            return None
        captioners = (pid for pid in _children(self.window.pid) if b"caption" in _words(pid))
        return next(captioners, None)

    def pulseaudio(self) -> int:
        """The sound server's process id."""
        ours = f"PULSE_SERVER={self.server.environment['PULSE_SERVER']}".encode()
        return next(
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if _words(int(entry.name))[0].endswith(b"pulseaudio")
            and ours in _bytes(entry / "environ").split(b"\0")
        )

    def processes(self) -> dict[str, int]:
        """All that is ours and lives, by what it is."""
        first, second = self.children()
        found = {
            "recorder": self.recorder(),
            "capture child 1": first,
            "capture child 2": second,
            "captioner": self.captioner(),
            "window": self.window.pid if self.window else None,
        }
        return {what: pid for what, pid in found.items() if pid is not None}

    def is_well(self) -> bool:
        """Whether each line's newest sound on the disk is its own."""
        try:
            take = Take(self.takes[-1])
            ends = {name: take.length(name) for name in NAMES}
            for line, (name, end) in enumerate(ends.items()):
                tail = np.frombuffer(take.read(name, max(0, end - TAIL), TAIL), dtype="<i2")
                if [run.line for run in runs(tail, self.sounds)] != [line]:
                    return False
            time.sleep(TAIL / RATE_HZ)
            return all(take.length(name) > end for name, end in ends.items())
        except OSError:
            return False

    def end(self) -> None:
        """End the take, and let its captions be written to the end."""
        recording.stop(self.takes[-1])
        assert recording.wait_for_end(self.takes[-1], seconds=PATIENCE)

    def close(self) -> None:
        """Leave no process behind."""
        self.server.silence()
        last = recording.running(self.workspace)
        if last is not None:
            with contextlib.suppress(OSError):
                recorder = self.recorder()
                recording.stop(last)
                with contextlib.suppress(AssertionError):
                    wait_until(lambda: not alive(recorder), PATIENCE)
                kill(recorder)
        if self.window is not None:
            captioner = self.captioner()
            self.window.kill()
            self.window.wait()
            if captioner is not None:
                wait_until(lambda: not alive(captioner))


@contextlib.contextmanager
def desk_at_work(folder: Path, *, seconds: float, disk: Path | None = None) -> Iterator[Desk]:
    """Run a desk that records two lines of speech, *seconds* of them, with captions.

    Args:
        folder: where the sound lies that is played.
        seconds: of it.
        disk: where the workspace lies, unless beside it.
    """
    sounds = [
        played(write_speech(folder / f"{sink}.wav", line, seconds=seconds))
        for line, sink in enumerate(SINKS)
    ]
    with sound_server(SINKS, rate_hz=RATE_HZ) as server:
        workspace = prepare(Workspace((disk or folder) / "热线 台"))
        desk = Desk(workspace, server, sounds, folder / "window.txt")
        try:
            desk.record()
            desk.open_window()
            desk.play()
            wait_until(desk.is_well)
            yield desk
        finally:
            desk.close()


def kill(pid: int) -> None:
    """End a process as a crash does; one that is gone already is left."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def heard_until(take: Take, name: str) -> int:
    """Return the steady clock in ns when a line's last sample on the disk was heard."""
    origin_ns = json.loads((take.folder / "take.json").read_bytes())["monotonic_ns"]
    return origin_ns + round(take.time_at(name, take.length(name)) * 1e9)


def seconds_since(at_ns: int) -> float:
    """Return the seconds from a reading of the steady clock until now."""
    return (steady_ns() - at_ns) / 1e9


def resident_mb(pid: int) -> float:
    """Return how much memory a process holds."""
    status = _bytes(Path(f"/proc/{pid}/status")).decode()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def cpu_seconds(pid: int) -> float:
    """Return how much processor time a process has used."""
    fields = _bytes(Path(f"/proc/{pid}/stat")).rpartition(b")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for child in itertools.chain(*(_bytes(task).split() for task in tasks))]


def _words(pid: int) -> list[bytes]:
    return _bytes(Path(f"/proc/{pid}/cmdline")).rstrip(b"\0").split(b"\0")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
