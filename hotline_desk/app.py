"""The window's composition root: makes the parts, joins them, and takes them apart again."""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import suppress
from functools import partial
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from hotline_desk import settings as settings_file
from hotline_desk import system
from hotline_desk.errors import HotlineDeskError, NoDisplay, WindowAlreadyOpen
from hotline_desk.messages import sentence
from hotline_desk.system import FileLock
from hotline_desk.workflows.workspace import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hotline_desk.paths import Workspace
    from hotline_desk.settings import LineSetting
    from hotline_desk.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

_TIMING = "HOTLINE_DESK_TIMING"
_LOG_BYTES, _LOGS_KEPT = 1_000_000, 5
DONE, FAILED = 0, 1


def main(workspace: Workspace) -> int:
    """Open the window on *workspace* and return the exit code once it is closed."""
    return _with_workspace(workspace, _run)


def demo_window(
    workspace: Workspace,
    lines: Sequence[LineSetting],
    keys: Sequence[tuple[float, str]],
    *,
    folder: Path,
    seconds: float,
    close_at_end: bool = False,
) -> int:
    """Open the window, record *lines* in it and press *keys*; at the end make the PDF.

    Args:
        workspace: the demo's own, with its episode in the ledger.
        lines: what is recorded.
        keys: take time in seconds and key (``F7``, ``Tab``).
        folder: the take's folder.
        seconds: how long the lines sound.
        close_at_end: whether the window closes once the PDF is shown.
    """

    def begin(window: MainWindow) -> None:
        from hotline_desk.ui.demo_player import play  # noqa: PLC0415  Qt only in a window

        window.desk.recording.start_lines(tuple(lines), folder)
        player = play(window, keys, seconds=seconds)
        if close_at_end:
            player.finished.connect(window.close)

    return _with_workspace(workspace, partial(_run, begin=begin))


def _with_workspace(workspace: Workspace, run: Callable[[Workspace], int]) -> int:
    """Run the window on *workspace* under its lock; a refusal is one sentence."""
    try:
        if not system.has_display():
            raise NoDisplay
        workspace = prepare(workspace)
        lock = FileLock(workspace.window_lock)
        if not lock.acquire():
            raise WindowAlreadyOpen(workspace.root)
    except HotlineDeskError as error:
        sys.stderr.write(sentence(error) + "\n")
        return FAILED
    try:
        _begin_log(workspace)
        return run(workspace)
    finally:
        lock.release()


def _run(workspace: Workspace, begin: Callable[[MainWindow], None] | None = None) -> int:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  only where there is a display

    from hotline_desk.ui import crash  # noqa: PLC0415
    from hotline_desk.ui.chinese import speak_chinese  # noqa: PLC0415
    from hotline_desk.ui.desk import Desk  # noqa: PLC0415
    from hotline_desk.ui.jobs import Jobs  # noqa: PLC0415
    from hotline_desk.ui.main_window import MainWindow  # noqa: PLC0415
    from hotline_desk.ui.office import Office  # noqa: PLC0415
    from hotline_desk.ui.style import Appearance  # noqa: PLC0415

    application = QApplication(sys.argv[:1])
    speak_chinese(application)
    settings = settings_file.load(workspace.settings)
    jobs = Jobs()
    office = Office(workspace, settings, jobs)
    desk = Desk(office)
    window = MainWindow(desk, Appearance(application, settings.theme))
    crash.install(jobs.on_gui(window.show_error))
    refusals: list[HotlineDeskError] = []
    office.refused.connect(refusals.append)
    office.refused.connect(lambda error: sys.stderr.write(sentence(error) + "\n"))
    window.show()
    application.processEvents()
    _tell_time()
    office.open_ledger()
    desk.recording.begin()
    if begin is not None:
        begin(window)
    application.exec()
    desk.recording.close()
    office.close()
    jobs.stop()
    return FAILED if refusals else DONE


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
    """Say when the window was first painted, where somebody measures it."""
    if os.environ.get(_TIMING):
        sys.stderr.write(f"first paint {time.time():.3f}\n")
