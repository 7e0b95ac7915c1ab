"""The window's composition root: makes the parts, joins them, and takes them apart again."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from contextlib import ExitStack, suppress
from functools import partial
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from hotline_desk import settings as settings_file
from hotline_desk import system
from hotline_desk.errors import HotlineDeskError, NoDisplay, WindowAlreadyOpen, WorkspaceUnwritable
from hotline_desk.messages import sentence
from hotline_desk.output import Line
from hotline_desk.speech.models import DEMO_NOTICE
from hotline_desk.system import FileLock
from hotline_desk.ui.demo_player import play
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit import crash
from hotline_desk.ui.kit.chinese import speak_chinese
from hotline_desk.ui.kit.garbage import Garbage
from hotline_desk.ui.kit.jobs import Jobs, Lane
from hotline_desk.ui.kit.office import Office
from hotline_desk.ui.kit.style import Appearance
from hotline_desk.ui.main_window import MainWindow
from hotline_desk.ui.session_end import SessionEnd
from hotline_desk.workflows import recording
from hotline_desk.workflows.workspace import prepare

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hotline_desk.paths import Workspace
    from hotline_desk.workflows.demo import DemoPlan


_TIMING = "HOTLINE_DESK_TIMING"
_LOG_BYTES, _LOGS_KEPT = 1_000_000, 5
DONE, FAILED = 0, 1


def main(workspace: Workspace) -> int:
    """Open the window on *workspace* and return the exit code once it is closed."""
    try:
        return _with_workspace(workspace, _run)
    except HotlineDeskError as error:
        _refuse(sentence(error))
        return FAILED


def demo(arguments: argparse.Namespace) -> Iterator[Line]:
    """Do the demo in the window: a person's keys are pressed in it, and the PDF shown in it.

    Ends when the window is closed, by saying where everything is.

    Raises:
        WindowAlreadyOpen: another window has the demo's workspace.
        RecorderFailed: the recorder did not start.
    """
    from hotline_desk.capture.sound_server import sound_server  # noqa: PLC0415  the demo alone
    from hotline_desk.ledger.ledger import Ledger  # noqa: PLC0415  needs these
    from hotline_desk.workflows import demo as demonstration  # noqa: PLC0415

    made = demonstration.plan(arguments.workspace)
    speed = arguments.speed or 1.0
    minutes = max(1, round(made.seconds / speed / 60))
    yield Line(f"演示约 {minutes} 分钟，窗口马上打开。", {"minutes": minutes}, aside=True)
    yield Line(DEMO_NOTICE, {"notice": DEMO_NOTICE})
    with ExitStack() as stack:
        server = None
        if arguments.sound_server:
            server = stack.enter_context(sound_server(demonstration.SINKS))
        take = demo_window(
            made,
            lambda: demonstration.begin(made, speed=speed, server=server),
        )
    if take is not None:
        recording.stop(take)
        recording.wait_for_end(take)
        with Ledger.open(made.workspace.ledger) as ledger:
            yield from demonstration.report(made, ledger, take)


def demo_window(
    made: DemoPlan, record: Callable[[], Path], *, close_at_end: bool = False
) -> Path | None:
    """Open the window, let *record* start the recorder, and press the keys of *made* in it.

    Returns once the window is closed: the take's folder, or None if there is none.

    Args:
        made: what is played, and which key is pressed when.
        record: starts the recorder and returns the take's folder; runs in a lane.
        close_at_end: whether the window closes once the PDF is shown.

    Raises:
        WindowAlreadyOpen: another window has the workspace.
    """
    takes: list[Path] = []

    def begin(window: MainWindow) -> None:
        office = window.desk.office
        office.jobs.run(
            Lane.FILES, record, owner=window, then=takes.append, on_error=window.show_error
        )
        keys = [(key.at, key.key) for key in made.keys]
        player = play(window, keys, seconds=made.seconds)
        if close_at_end:
            player.finished.connect(window.close)

    _with_workspace(made.workspace, partial(_run, begin=begin))
    return takes[0] if takes else None


def _with_workspace(workspace: Workspace, run: Callable[[Workspace], int]) -> int:
    """Run the window on *workspace* under its lock.

    Raises:
        NoDisplay: there is no screen.
        WorkspaceUnwritable: the folder, or its lock, cannot be written.
        WindowAlreadyOpen: another window has it.
    """
    if not system.has_display():
        raise NoDisplay
    workspace = prepare(workspace)
    lock = FileLock(workspace.window_lock)
    try:
        if not lock.acquire():
            raise WindowAlreadyOpen(workspace.root)
    except OSError as error:
        raise WorkspaceUnwritable(workspace.window_lock) from error
    try:
        _begin_log(workspace)
        return run(workspace)
    finally:
        lock.release()


def _run(workspace: Workspace, begin: Callable[[MainWindow], None] | None = None) -> int:
    application = QApplication(sys.argv[:1])
    garbage = Garbage(application)
    speak_chinese(application)
    settings = settings_file.load(workspace.settings)
    jobs = Jobs()
    office = Office(workspace, settings, jobs)
    desk = Desk(office)
    desk.incoming.file_changed.connect(lambda: garbage.wait(waits=desk.incoming.path is not None))
    appearance = Appearance(application, settings.theme)
    with appearance.undressed():
        window = MainWindow(desk, appearance)
    crash.install(jobs.on_gui(window.show_error))
    SessionEnd(application, window, desk.recording).held_off.connect(window.ask_before_end)
    office.doubted.connect(window.show_error)
    refusals: list[HotlineDeskError] = []
    office.refused.connect(refusals.append)
    office.refused.connect(lambda error: sys.stderr.write(sentence(error) + "\n"))

    def usable() -> None:
        _tell_time()
        office.open_ledger()
        desk.recording.begin()
        desk.lines.look()
        if begin is None:
            desk.timetable.begin()
            desk.after.begin()
            desk.cards.begin()
        else:
            begin(window)

    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda _number, _frame: window.close())
    window.appear()
    QTimer.singleShot(0, window, usable)
    application.exec()
    desk.trial.stop()
    desk.incoming.cancel()
    desk.outgoing.cancel()
    desk.after.close()
    desk.recording.close()
    office.close()
    jobs.stop()
    return FAILED if refusals else DONE


def _refuse(words: str) -> None:
    """Say why no window opens: on standard error, and in a box where nobody reads that."""
    sys.stderr.write(words + "\n")
    if system.has_display() and not sys.stderr.isatty():
        application = QApplication(sys.argv[:1])
        if application.platformName() != "offscreen":
            speak_chinese(application)
            Appearance(application, "system")
            QMessageBox.warning(None, "热线台", words)


def _begin_log(workspace: Workspace) -> None:
    """Write a log into the workspace; never callers' words, numbers or names."""
    with suppress(OSError):
        workspace.logs.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            workspace.logs / "window.log",
            maxBytes=_LOG_BYTES,
            backupCount=_LOGS_KEPT,
            encoding="utf-8",
        )
        handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        )
        logging.basicConfig(level=logging.INFO, handlers=[handler])


def _tell_time() -> None:
    """Say when the window was shown, where somebody measures it."""
    if os.environ.get(_TIMING):
        sys.stderr.write(f"window shown {time.time():.3f}\n")
