"""Start, find and stop the recorder."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hotline_desk import processes
from hotline_desk.capture.room import recordable
from hotline_desk.capture.running import running_take
from hotline_desk.errors import RecorderFailed, TakeNotFound, WorkspaceUnwritable
from hotline_desk.settings import Settings
from hotline_desk.take.places import RESERVE_BYTES, TAKE, seconds_left
from hotline_desk.take.segments import bytes_a_second
from hotline_desk.take.take import Take, ask_to_stop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from hotline_desk.paths import Workspace
    from hotline_desk.settings import LineSetting

_HOUR = 3600.0
_START_SECONDS = 15.0
_END_SECONDS = 3.0
_FORESEEN = {1, 2}
"""Exit codes of a recorder that says in one sentence why it does not begin."""
_LOOK_SECONDS = 0.02
_MINUTE = 60.0
_DELAY_SECONDS = Settings().delay_seconds
_LONGEST_SECONDS = Settings().longest_hours * _HOUR
_PURGE_MINUTES = Settings().purge_minutes
_PRE_ROLL_SECONDS = Settings().pre_roll_seconds

running = running_take


class Second(StrEnum):
    """What there is of a take's second folder."""

    UNSET = "unset"
    """None was asked for."""
    READY = "ready"
    SAME_VOLUME = "same_volume"
    """It is there, but on the first one's volume, and of no help when that is full."""
    IN_USE = "in_use"
    """Sound goes there now."""
    LOST = "lost"
    """It was asked for and cannot be used, or is gone."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a take can go on."""

    minutes: float
    """Until the volume that is written to is full; with a second folder, until sound goes there."""
    second: Second
    second_minutes: float
    """How long it can go on in the second folder; 0 without one that can be used."""


def take_folder(workspace: Workspace, episode_folder: str, now: datetime) -> Path:
    """Return the folder of a take that begins *now*, in its episode's folder."""
    return workspace.episodes / episode_folder / f"take-{now:%Y%m%d-%H%M%S}"


def relative(workspace: Workspace, take: Path) -> str:
    """Return a take's folder as the ledger writes it: relative, with forward slashes.

    One take has one name, also where the workspace or its folder of episodes is a link.
    """
    found, episodes = take.resolve(), workspace.episodes
    for place, above, name in (
        (take, workspace.root, ""),
        (found, episodes.resolve(), episodes.name),
        (found, workspace.root.resolve(), ""),
    ):
        if place.is_relative_to(above):
            return PurePosixPath(name, *place.relative_to(above).parts).as_posix()
    return take.as_posix()


def start(
    workspace: Workspace,
    lines: Sequence[LineSetting],
    *,
    folder: Path,
    delay_seconds: float = _DELAY_SECONDS,
    second: Path | None = None,
    longest_seconds: float = _LONGEST_SECONDS,
    purge_minutes: float = _PURGE_MINUTES,
    pre_roll_seconds: float = _PRE_ROLL_SECONDS,
    environment: Mapping[str, str] | None = None,
) -> Path:
    """Start a recorder that outlives this process; return once its first sound is on disk.

    A recorder that has begun its take by then is left though a line has no sound yet.
    Waits up to 15 s, and a little longer to end one that does not answer: never called from
    the window's own thread.

    Args:
        workspace: whose recorder this is.
        lines: what is recorded.
        folder: the take's, made by the recorder.
        delay_seconds: how far the air runs behind the studio.
        second: a folder on another volume, where sound goes on when *folder* refuses.
        longest_seconds: after how long a take was forgotten: it ends once all lines are silent.
        purge_minutes: how long 坐席 lines keep what no mark claims.
        pre_roll_seconds: how far before its mark a claim begins there.
        environment: added to the recorder's own.

    Raises:
        RecorderFailed: it did not start, and does not run; the reason is its own sentence.
        WorkspaceSynchronised: the workspace lies in a cloud's folder or on a network drive.
    """
    recordable(workspace.root)
    arguments = ["record", "--workspace", str(workspace.root), "--take", str(folder)]
    arguments += ["--delay", str(delay_seconds)]
    arguments += ["--longest", str(longest_seconds / _HOUR)]
    arguments += ["--purge-after", str(purge_minutes), "--pre-roll", str(pre_roll_seconds)]
    if second is not None:
        arguments += ["--second", str(second)]
    for line in lines:
        arguments += ["--line", f"{line.name}={line.device}", "--role", f"{line.name}={line.role}"]
    workspace.logs.mkdir(parents=True, exist_ok=True)
    said = workspace.logs / "recorder.log"
    with said.open("wb") as log:
        child = processes.start_child(
            *arguments, detached=True, stderr=log, environment=environment
        )
    threading.Thread(target=child.wait, name="recorder-end", daemon=True).start()
    try:
        code = _wait_for_sound(child, folder)
    except KeyboardInterrupt:  # nobody would be left who knows of it
        _end(child, folder)
        raise
    # a short file may have been recorded whole by now; the meters show a line without sound
    if _has_sound(folder) or (code is None and _has_begun(folder)):
        return folder
    if code is None:
        _end(child, folder)
    sentences = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    foreseen = code in _FORESEEN and sentences
    raise RecorderFailed(sentences[-1] if foreseen else "录音程序没有回应，请再试一次。")


def stop(take: Path) -> None:
    """Ask the recorder of *take* to end; what it has heard so far is kept."""
    ask_to_stop(take)


def wait_for_end(take: Path, *, seconds: float = 10.0) -> bool:
    """Wait until *take* has ended, at most *seconds*; return whether it has."""
    deadline = time.monotonic() + seconds
    while not (ended := Take(take).ended) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    return ended


def time_left(take: Take) -> TimeLeft:
    """Return how long *take*, which is being recorded, can go on; quickly.

    Raises:
        WorkspaceUnwritable: the volume that is written to cannot be asked.
    """
    rate = bytes_a_second((line.rate_hz for line in take.lines), take.speed)
    home, *more = take.folders
    second = more[0] if more else None
    if second is not None and second.is_dir() and take.newest_folder() == second:
        minutes = _minutes(second, rate)
        return TimeLeft(minutes, Second.IN_USE, minutes)
    left = time_left_in(home, rate, second)
    if second is None and any(event["event"] == "second_lost" for event in take.events()):
        return replace(left, second=Second.LOST)
    return left


def time_left_in(folder: Path, bytes_a_second: float, second: Path | None) -> TimeLeft:
    """Return how long a take that writes to *folder* can go on, or could if it began now.

    Args:
        folder: where it writes.
        bytes_a_second: how much.
        second: the folder it has, or would have, on another volume.

    Raises:
        WorkspaceUnwritable: the volume of *folder* cannot be asked.
    """
    state, elsewhere = Second.UNSET, 0.0
    if second is not None:
        try:
            same = second.stat().st_dev == folder.stat().st_dev
            elsewhere = seconds_left(second, bytes_a_second) / _MINUTE
            state = Second.SAME_VOLUME if same else Second.READY
        except OSError:
            state = Second.LOST
    reserve = 0 if state in {Second.UNSET, Second.LOST} else RESERVE_BYTES
    return TimeLeft(_minutes(folder, bytes_a_second, reserve), state, elsewhere)


def _minutes(folder: Path, bytes_a_second: float, reserve_bytes: int = 0) -> float:
    try:
        return seconds_left(folder, bytes_a_second, reserve_bytes=reserve_bytes) / _MINUTE
    except OSError as error:
        raise WorkspaceUnwritable(folder) from error


def _wait_for_sound(child: subprocess.Popen[bytes], folder: Path) -> int | None:
    """Wait until every line that is there has sound or the recorder has ended.

    Returns:
        The recorder's exit code, if it has ended.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and not _has_sound(folder):
        if (code := child.poll()) is not None:
            return code
        time.sleep(_LOOK_SECONDS)
    return None


def _end(child: subprocess.Popen[bytes], folder: Path) -> None:
    """End a recorder that does not answer; one that begins its take after all ends it itself."""
    child.terminate()
    try:
        child.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        if not _has_begun(folder):
            child.kill()
            child.wait()


def _has_begun(folder: Path) -> bool:
    return (folder / TAKE).exists()


def _has_sound(folder: Path) -> bool:
    try:
        take = Take(folder)
    except TakeNotFound:
        return False
    absent = {event["line"] for event in take.events() if event.get("reason") == "absent"}
    return all(line.id in absent or take.length(line.name) > 0 for line in take.lines)
