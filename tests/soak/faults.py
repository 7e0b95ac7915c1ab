"""Faults with real means: each breaks a desk at work, holds for a while, and mends what it can."""

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hotline_desk.take.segments import Segment, segments
from hotline_desk.take.take import Take
from tests.e2e.desk_runs import command, environment
from tests.recorder_process import alive, wait_until
from tests.small_disk import fill
from tests.soak.desk import NAMES, PATIENCE, SINKS, Desk, kill

Breaking = Callable[[Desk, random.Random], contextlib.AbstractContextManager[float]]


@dataclass(frozen=True)
class Fault:
    """One kind of fault."""

    name: str
    happen: Breaking
    """Enters broken and leaves mended; gives the seconds of sound that it takes away itself."""
    told: frozenset[str]
    """Events of which one must come; none where nothing may be lost."""
    mounts: bool = False
    """Whether it needs a disk of its own."""


def _fault(name: str, *told: str, mounts: bool = False):
    def declare(function: Callable[[Desk, random.Random], Iterator[float]]) -> None:
        happen = contextlib.contextmanager(function)
        FAULTS.append(Fault(name, happen, frozenset(told), mounts=mounts))

    return declare


FAULTS: list[Fault] = []


@_fault("capture child killed", "device_lost")
def _child_killed(desk, chance):
    kill(chance.choice(desk.children()))
    yield 0.0


@_fault("capture child hung", "device_lost")
def _child_hung(desk, chance):
    child = chance.choice(desk.children())
    os.kill(child, signal.SIGSTOP)
    yield 0.0
    wait_until(lambda: not alive(child), PATIENCE)


@_fault("capture child held up")
def _child_held_up(desk, chance):
    with _stopped(chance.choice(desk.children())):
        yield 0.0
        time.sleep(chance.uniform(0.2, 1.2))


@_fault("recorder held up")
def _recorder_held_up(desk, chance):
    with _stopped(desk.recorder()):
        yield 0.0
        time.sleep(chance.uniform(0.3, 3.0))


@_fault("sound server held up")
def _server_held_up(desk, chance):
    with _stopped(desk.pulseaudio()):
        yield 0.0
        time.sleep(chance.uniform(0.2, 0.6))


@_fault("all processes stand still")
def _all_held_up(desk, chance):
    players = [player.pid for player in desk.players if player.poll() is None]
    with _stopped(*players, desk.pulseaudio(), *desk.processes().values()):
        yield 0.0
        time.sleep(chance.uniform(0.5, 3.0))


@_fault("device unplugged", "device_lost")
def _unplugged(desk, chance):
    sink = chance.choice(SINKS)
    source = desk.server.source(sink)
    argument = f"source_name={source} master={sink}.monitor"
    listed = desk.server.control("list", "short", "modules").splitlines()
    (module,) = (line.split("\t") for line in listed if argument in line)
    desk.server.control("unload-module", module[0])
    away = chance.uniform(0.3, 2.0)
    yield away
    time.sleep(away)
    desk.server.control("load-module", module[1], *argument.split())


@_fault("stream moved to the other line's source", "device_lost")
def _moved(desk, chance):
    line = chance.randrange(2)
    child = str(desk.children()[line])
    streams = json.loads(desk.server.control("--format=json", "list", "source-outputs"))
    (stream,) = (
        each["index"]
        for each in streams
        if each["properties"].get("application.process.id") == child
    )
    desk.server.control("move-source-output", str(stream), desk.server.source(SINKS[1 - line]))
    yield 0.0


@_fault("segment deleted", "segment_lost")
def _segment_deleted(desk, chance):
    _newest_segment(desk, chance).path.unlink()
    yield 0.0  # what the file held went with it


@_fault("segment cut off", "segment_cut")
def _segment_cut(desk, chance):
    newest = _newest_segment(desk, chance)
    os.truncate(newest.path, round(newest.path.stat().st_size * chance.uniform(0.1, 0.9)))
    yield 0.0  # what was cut off is gone


@_fault("another recorder")
def _another_recorder(desk, chance):
    again = ("record", "--take", str(desk.workspace.root / "again"), "--line", "来电=caller_line")
    refused = subprocess.run(
        command(*again, workspace=desk.workspace.root),
        env=environment(**desk.server.environment),
        capture_output=True,
        check=False,
    )
    assert refused.returncode == 1
    yield 0.0


@_fault("disk filled", "disk_full", mounts=True)
def _disk_filled(desk, chance):
    filler = fill(desk.workspace.root.parent)
    away = chance.uniform(0.3, 2.0)
    yield away
    time.sleep(away)
    filler.unlink()


@_fault("folder read-only", mounts=True)
def _folder_read_only(desk, chance):
    with _read_only(desk.takes[-1]):
        yield 0.0
        time.sleep(chance.uniform(0.3, 2.0))


@_fault("segment deleted and folder read-only", "segment_lost", mounts=True)
def _deleted_and_read_only(desk, chance):
    _newest_segment(desk, chance).path.unlink()
    away = chance.uniform(1.2, 2.5)
    with _read_only(desk.takes[-1]):
        yield away
        time.sleep(away)


@contextlib.contextmanager
def _stopped(*pids: int) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(pids):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    wait_until(lambda: _became_read_only(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _became_read_only(folder: Path) -> bool:
    """Lay the folder over itself, read-only; refused where somebody opens a file just then."""
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    if not _run_quietly(["mount", "-o", "remount,bind,ro", str(folder)]):
        return True
    subprocess.run(["umount", "-l", str(folder)], check=True)  # what is open there stays so
    return False


def _run_quietly(words: list[str]) -> int:
    return subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode


def _newest_segment(desk: Desk, chance: random.Random) -> Segment:
    take = Take(desk.takes[-1])
    return segments(take.folder, take.line(chance.choice(NAMES)).id)[-1]
