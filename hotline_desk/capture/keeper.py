"""The recorder: keeps what its capture children bring, and nothing else.

Standard library only, so that it stays small and nothing can take it down.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from hotline_desk.capture import progress, running, sound_file
from hotline_desk.capture.claim import claim
from hotline_desk.capture.length import Length
from hotline_desk.capture.power import kept_awake
from hotline_desk.capture.recorder import FOLDER_LOST, Keeping, Recorder
from hotline_desk.capture.sources import FILE, parse_lines
from hotline_desk.domain.times import duration_text
from hotline_desk.errors import (
    ChannelNotFound,
    TakeLost,
    TakeNotFound,
    WorkspaceError,
)
from hotline_desk.output import Line
from hotline_desk.processes import go_before_others
from hotline_desk.settings import Settings, load
from hotline_desk.system import is_locked
from hotline_desk.take.home import away, bring_home

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MINUTE, _HOUR = 60.0, 3600.0
_OUTSIDE = (
    "这次录音不在工作文件夹 episodes 里的某一期下面，窗口和 search 找不到它；"
    "要能找到，请录到那里，例如 --take 工作文件夹/episodes/试音/take-1。"
)


def record(args: argparse.Namespace) -> Iterator[Line]:
    """Record `args.lines` into `args.take` until stop, signal, `args.seconds` or the files' end.

    Raises:
        WrongUsage: `--line` or `--role` is wrong.
        ChannelNotFound: a `file:` has fewer channels.
        TakeExists: the folder is not empty, or another recorder's.
        RecorderAlreadyRunning: another recorder has this workspace.
        DeviceNotFound: an input, or its channel, is not there.
        NoInputDevice: there is no input at all.
        SoundLibraryMissing: PortAudio is not installed.
        SoundFileNotFound: a `file:` is not there.
        SoundFileNotPcm: a `file:` is a WAV of other than 16, 24 or 32-bit PCM.
        UndecodableSound: a `file:` is no WAV with any sound.
        WorkspaceUnwritable: workspace or take cannot be written.
        WorkspaceFull: there is no room.
        WorkspaceSynchronised: workspace or take lies in a cloud's folder or on a network drive.
        TakeLost: the take's folder went away while it was recorded.
    """
    requests = parse_lines(args.lines, args.roles)
    for request in requests:
        if request.source.startswith(FILE):
            channels = sound_file.sound_format(request.source).channels
            if request.channel > channels:
                raise ChannelNotFound(request.device, channels)
    wanted, folder = terms(args), args.take.expanduser().absolute()
    go_before_others()
    with contextlib.ExitStack() as stack:
        stopped = _stop_signals(stack)
        claim(args.workspace, folder, stack)
        recorder = Recorder(requests, folder, log=args.workspace.logs / "capture.log")
        stack.callback(recorder.close)
        keeping = Keeping(wanted.purge_minutes * _MINUTE, wanted.pre_roll_seconds)
        delay = wanted.delay_seconds
        recorder.begin(delay_seconds=delay, volume=args.second, keeping=keeping, stack=stack)
        stack.enter_context(kept_awake(recorder.events))
        running.announce(args.workspace, folder)
        stack.callback(running.withdraw, args.workspace)
        try:
            yield _beginning(folder, recorder)
            if not args.json and not args.workspace.keeps(folder):
                yield Line(_OUTSIDE, {}, aside=True)
        except GeneratorExit:
            recorder.finish("signal")
            raise
        # a bug that ends the recorder leaves the take without its end: it is found as lost
        length = Length(wanted.longest_hours * _HOUR)
        with progress.shown(folder, wanted=not args.json):
            reason = recorder.run(stopped, seconds=args.seconds, length=length)
        recorder.finish(reason)
        if reason == FOLDER_LOST:
            raise TakeLost(folder)
        yield _ending(folder, recorder, reason)
    # the locks are free: another recorder may begin meanwhile, and has the disk for itself then
    yield from _home(folder, lambda: is_locked(args.workspace.recorder_lock))


def terms(args: argparse.Namespace) -> Settings:
    """Return the office's settings, with what the command line says instead."""
    typed = {
        "delay_seconds": args.delay,
        "longest_hours": args.longest,
        "purge_minutes": args.purge_after,
        "pre_roll_seconds": args.pre_roll,
    }
    said = {name: value for name, value in typed.items() if value is not None}
    return replace(load(args.workspace.settings), **said)


def _stop_signals(stack: contextlib.ExitStack) -> threading.Event:
    """Return an event that Ctrl+C and a request to end set; a take is ended in order."""
    stopped = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # no terminal hangs up on Windows
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        before = signal.signal(number, lambda *_: stopped.set())
        stack.callback(signal.signal, number, before)
    return stopped


def _beginning(folder: Path, recorder: Recorder) -> Line:
    absent = recorder.absent()
    names = [line.info.name for line in recorder.lines]
    here = "、".join(name for name in names if name not in absent)
    told = "".join(f"；▲ {name}还没有录，接好就加入：{why}" for name, why in absent.items())
    return Line(
        f"● 录音中：{here} → {folder}；按 Ctrl+C 停止{told}",
        {"take": str(folder), "lines": names, "absent": absent},
    )


def _ending(folder: Path, recorder: Recorder, reason: str) -> Line:
    """Tell what is on the disk, and what is not."""
    facts, told = {}, []
    for line in recorder.lines:
        samples = line.on_disk()
        seconds = samples / line.info.rate_hz
        missing = max(0.0, line.seconds - seconds)
        facts[line.info.name] = {
            "samples": samples,
            "seconds": round(seconds, 3),
            "gaps": line.gaps,
            "missing": round(missing, 3),
        }
        told.append(
            f"{line.info.name} {duration_text(seconds)}"
            + (f"，断 {line.gaps} 处" if line.gaps else "")
            + (f"，另有 {duration_text(missing)}不在磁盘上" if missing else "")
        )
    return Line(
        f"■ 录音结束：{'；'.join(told)}", {"take": str(folder), "reason": reason, "lines": facts}
    )


def _home(folder: Path, cancelled: Callable[[], bool]) -> Iterator[Line]:
    """Bring home what lies in the take's second folder, and tell; what stays is brought later."""
    was_away = bool(away(folder))
    with contextlib.suppress(WorkspaceError, TakeNotFound):
        bring_home(folder, cancelled=cancelled)
    if not was_away:
        return
    left = away(folder)
    told = (
        f"还有 {len(left)} 个文件在“{left[0].parent}”，腾出空间后会自动搬回" if left else "已搬回"
    )
    yield Line(f"第二文件夹里的录音：{told}", {"take": str(folder), "away": len(left)})
