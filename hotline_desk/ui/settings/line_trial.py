"""A line of the settings on trial: how loud it is, and what was on it just now."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hotline_desk.errors import Cancelled, HotlineDeskError
from hotline_desk.media.levels import RETURN_DB_PER_SECOND
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from hotline_desk.capture.listening import Playback
    from hotline_desk.capture.trial import LineTrial
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import LineSetting, Settings
    from hotline_desk.ui.kit.office import Office

LISTEN_SECONDS = 5.0
_LOOK_MILLISECONDS = 100
_HOLD_LOOKS = 15


class LineTrialViewModel(ViewModel):
    """One line at a time, and none while something is recorded."""

    changed = Signal()
    """Another line is on trial, or none."""
    level_changed = Signal(float, float)
    """Its level now and the highest of late, in dBFS."""
    heard = Signal()
    """What was on it just now is being played."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self.line: LineSetting | None = None
        """The line on trial."""
        self._stopped = threading.Event()
        """Whether the last trial is not wanted any more."""
        self._trial: LineTrial | None = None
        self._playback: Playback | None = None
        self._level = self._hold = tokens.METER_FLOOR_DBFS
        self._held = 0
        self._looking = False
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def turn(self, line: LineSetting) -> None:
        """Try *line*, or no longer if it is on trial."""
        same = self.line == line
        self.stop()
        if not same:
            self.line = line
            self._stopped = threading.Event()
            self._level = self._hold = tokens.METER_FLOOR_DBFS
            self.changed.emit()
            self._office.jobs.run(
                Lane.FILES,
                partial(_open, self._office.workspace, line, self._stopped),
                owner=self,
                then=partial(self._opened, self._stopped),
                on_error=self._refused,
            )

    @Slot()
    def stop(self) -> None:
        """End the trial."""
        self._timer.stop()
        self._stopped.set()
        trial, self._trial = self._trial, None
        playback, self._playback = self._playback, None
        if trial is not None or playback is not None:
            self._office.jobs.run(Lane.FILES, partial(_close, trial, playback), owner=self)
        if self.line is not None:
            self.line = None
            self.changed.emit()

    def listen(self) -> None:
        """Play what was on the line just now on the device for listening."""
        if self._trial is not None:
            self._office.jobs.run(
                Lane.FILES,
                partial(_listen, self._trial, self._playback, self._office.settings),
                owner=self,
                then=self._played,
                on_error=self.failed.emit,
            )

    def _played(self, playback: Playback) -> None:
        self._playback = playback
        self.heard.emit()

    def _opened(self, stopped: threading.Event, trial: LineTrial) -> None:
        if stopped.is_set():  # somebody was faster
            self._office.jobs.run(Lane.FILES, trial.close, owner=self)
            return
        self._trial = trial
        self._timer.start()

    def _look(self) -> None:
        trial = self._trial
        if trial is not None and not self._looking:
            self._looking = True
            self._office.jobs.run(
                Lane.FILES, trial.read, owner=self, then=self._show, on_error=self._refused
            )

    def _show(self, peak_dbfs: float) -> None:
        self._looking = False
        fall = RETURN_DB_PER_SECOND * _LOOK_MILLISECONDS / 1000
        self._level = max(peak_dbfs, self._level - fall, tokens.METER_FLOOR_DBFS)
        self._held += 1
        if self._level >= self._hold or self._held > _HOLD_LOOKS:
            self._hold, self._held = self._level, 0
        self.level_changed.emit(self._level, self._hold)

    def _refused(self, error: HotlineDeskError) -> None:
        self._looking = False
        if self.line is not None:
            self.stop()
            self.failed.emit(error)


def _open(workspace: Workspace, line: LineSetting, stopped: threading.Event) -> LineTrial:
    from hotline_desk.capture.trial import try_line  # noqa: PLC0415  in the lane

    trial = try_line(workspace, line)
    if stopped.is_set():  # while the device took its time
        trial.close()
        raise Cancelled
    return trial


def _listen(trial: LineTrial, before: Playback | None, settings: Settings) -> Playback:
    _close(None, before)
    return trial.listen(LISTEN_SECONDS, settings)


def _close(trial: LineTrial | None, playback: Playback | None) -> None:
    if playback is not None:
        playback.stop()
    if trial is not None:
        trial.close()
